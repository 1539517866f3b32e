"""A comparison in words: rows by section, where the watches differ, and which is best.

"Best" is said of few rows: where more is better for everybody. What is not known is a dash with
its reason, never the worst.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app import format as say
from app import watch_facts
from app.compare_markup import Fact, FactGroup, FactRow
from app.watch_ownership import other_flows, owning_flows, service_flows
from app.watch_tiles import LEFT
from app.watch_values import Worth
from data.calc import returns
from data.calc.missing import Missing
from data.calc.returns import CashFlow
from data.comparing import Care
from data.services import KINDS

NOT_RECORDED = "Not recorded"
EMPTY = {"Owner": "The household"}  # what a dash means where something is known all the same
MOVEMENT = ("Movement", "Calibre", "Power reserve", "Complications")
RANKED: dict[str, Callable[[Worth], Decimal | int | None]] = {
    "Water resistance": lambda worth: worth.watch.water_resistance_m,
    "Power reserve": lambda worth: worth.watch.power_reserve_h,
}
MANY = 2  # one alone is neither different nor best
Rank = Decimal | float | None


@dataclass(frozen=True)
class Ranked:
    """A fact, and the number by which it is best; None: it takes no part."""

    fact: Fact
    rank: Rank = None


def groups(
    worths: Sequence[Worth],
    cares: Sequence[Care | None],
    names: Mapping[str, str],
    *,
    only_differences: bool,
) -> list[FactGroup]:
    """All rows in their sections; ``names`` are those of complications. Empty rows are left out."""
    facts = [watch_facts.groups(worth.watch, names) for worth in worths]
    kinds = [dict(found["Specification"]) for found in facts]
    identity = [dict(found["The watch"]) for found in facts]
    purchase = [dict(found["Purchase"]) for found in facts]
    rest = [label for label in kinds[0] if label not in MOVEMENT] if kinds else []
    bought = _rows(_some(purchase, ("Bought on", "Retailer or seller")), worths)
    bought += [_row("Cost", worths, _cost), _row("Held for", worths, _held)]
    wish = _told("Target price", [facts.get("Target price", "") for facts in purchase])
    status = _told("Status", [_status(worth) for worth in worths])
    found = [
        FactGroup("The watch", [status, *_rows(identity, worths)]),
        FactGroup("Purchase", bought),
        FactGroup("Specification", _rows(_some(kinds, rest), worths)),
        FactGroup("Movement", _rows(_some(kinds, MOVEMENT), worths)),
        FactGroup("Value", [*_value_rows(worths), wish]),
        FactGroup("Service", _service_rows(worths, cares)),
    ]
    kept = [
        replace(
            group,
            rows=[row for row in group.rows if _is_shown(row, only_differences=only_differences)],
        )
        for group in found
    ]
    return [group for group in kept if group.rows]


def differ(texts: Sequence[str]) -> bool:
    """Whether not all say the same, in whatever case; a dash is different from something known."""
    return len({" ".join(text.split()).casefold() for text in texts}) > 1


def best(ranks: Sequence[Rank]) -> set[int]:
    """The places of the highest; none where fewer than two are known, or all are the same."""
    known = [rank for rank in ranks if rank is not None]
    if len(known) < MANY or min(known) == max(known):
        return set()
    return {place for place, rank in enumerate(ranks) if rank == max(known)}


def _is_shown(row: FactRow, *, only_differences: bool) -> bool:
    if all(fact.text == say.ABSENT for fact in row.facts):
        return False
    return row.differs or not only_differences


def _rows(facts: Sequence[Mapping[str, str]], worths: Sequence[Worth]) -> list[FactRow]:
    """Facts that are said as they are recorded; some of them have a best."""
    return [
        _ranked_row(
            label,
            [
                Ranked(
                    _fact(found[label], EMPTY.get(label, NOT_RECORDED)),
                    RANKED[label](worth) if label in RANKED else None,
                )
                for found, worth in zip(facts, worths, strict=True)
            ],
        )
        for label in (facts[0] if facts else ())
    ]


def _some(facts: Sequence[Mapping[str, str]], labels: Sequence[str]) -> list[dict[str, str]]:
    return [{label: found[label] for label in labels} for found in facts]


def _told(label: str, texts: Sequence[str]) -> FactRow:
    return _ranked_row(label, [Ranked(_fact(text)) for text in texts])


def _row(label: str, worths: Sequence[Worth], of: Callable[[Worth], Ranked]) -> FactRow:
    return _ranked_row(label, [of(worth) for worth in worths])


def _ranked_row(label: str, ranked: Sequence[Ranked]) -> FactRow:
    facts = [one.fact for one in ranked]
    highest = best([one.rank for one in ranked])
    return FactRow(
        label,
        [replace(fact, best=place in highest) for place, fact in enumerate(facts)],
        differ([fact.text for fact in facts]),
    )


def _fact(text: str, empty: str = NOT_RECORDED) -> Fact:
    return Fact(text) if text else Fact(say.ABSENT, hint=empty)


def _status(worth: Worth) -> str:
    return watch_facts.STATUSES.get(worth.watch.status, "Owned")


def _value_rows(worths: Sequence[Worth]) -> list[FactRow]:
    return [
        _row("Value", worths, _value),
        _row("Proceeds", worths, _proceeds),
        _row("Gain", worths, _gain),
        _row("Return", worths, _return),
        _row("Annualised return", worths, _annualised),
    ]


def _service_rows(worths: Sequence[Worth], cares: Sequence[Care | None]) -> list[FactRow]:
    """What was done, what is due, what it cost; the last row only where there is a cost."""
    pairs = list(zip(worths, cares, strict=True))
    rows = [
        _ranked_row("Last service", [_last_service(care) for care in cares]),
        _ranked_row("Next due", [_next_due(worth, care) for worth, care in pairs]),
        _row("Cost of services", worths, _on_services),
        _row("Other costs", worths, _on_others),
    ]
    paid = any(worth.care or worth.extras for worth in worths)
    return [*rows, _row("Cost of ownership", worths, _owned_for)] if paid else rows


def _last_service(care: Care | None) -> Ranked:
    if care is None or care.last_kind is None:
        return Ranked(_fact(""))
    return Ranked(Fact(say.day(care.serviced_on), KINDS[care.last_kind].lower()))


def _next_due(worth: Worth, care: Care | None) -> Ranked:
    if care is None or care.due_on is None or care.due_kind is None:
        return Ranked(Fact(say.ABSENT, hint="Nothing is due"))
    late = care.due_on < worth.today
    kind = KINDS[care.due_kind].lower()
    detail = f"{kind}, overdue" if late else kind
    return Ranked(Fact(say.day(care.due_on), detail, tone="loss" if late else ""))


def _on_services(worth: Worth) -> Ranked:
    return _spent(service_flows(worth), worth.currency, ("service", "services"))


def _on_others(worth: Worth) -> Ranked:
    return _spent(other_flows(worth), worth.currency, ("payment", "payments"))


def _spent(flows: list[CashFlow] | Missing, currency: str, words: tuple[str, str]) -> Ranked:
    if isinstance(flows, Missing):
        return _absent(flows.reason.rstrip(".").replace("No rate", "no rate"))
    if not flows:
        return Ranked(_fact(""))
    total = -sum((flow.amount for flow in flows), Decimal())
    return Ranked(Fact(say.money(total, currency), say.count(len(flows), *words)))


def _owned_for(worth: Worth) -> Ranked:
    """As the tile of the watch's page; it is the cost where nothing came on top."""
    flows, cost = owning_flows(worth), worth.money.cost
    if worth.wanted:
        return _absent("not here yet")
    if isinstance(flows, Missing):
        return _absent("a payment without a rate")
    if cost is None or (worth.sold and worth.outcome is None):
        return _absent("needs a cost" if cost is None else "needs a sale price")
    spent = [-flow.amount for flow in flows]
    total = returns.cost_of_ownership(cost, spent, worth.outcome if worth.sold else None)
    return Ranked(Fact(say.money(total, worth.currency), "less proceeds" if worth.sold else ""))


def _cost(worth: Worth) -> Ranked:
    watch, cost = worth.watch, worth.money.cost
    own = watch.purchase_currency or ""
    if cost is None:
        reason = "no purchase price" if watch.cost is None else f"no rate from {own} on that day"
        return _absent(reason)
    at_rate = f"{say.money(watch.cost, own)} at the rate of {say.day(worth.money.cost_rate_on)}"
    return Ranked(Fact(say.money(cost, worth.currency), "" if own == worth.currency else at_rate))


def _held(worth: Worth) -> Ranked:
    days = worth.days
    if worth.wanted:
        return _absent("not here yet")
    if isinstance(days, Missing):
        return _absent("no purchase date")
    return Ranked(Fact(say.count(days, "day", "days")))


def _value(worth: Worth) -> Ranked:
    watch, value = worth.watch, worth.money.value
    if worth.gone:
        return _absent(_left(worth))
    if value is None:
        own = watch.value_currency
        return _absent("no value recorded" if own is None else f"no rate from {own} today")
    valued = f"of {say.day(watch.valued_on)}" if watch.valued_on else "at cost"
    if worth.wanted:
        valued = f"market price {valued}"
    return Ranked(Fact(say.money(value, worth.currency), valued), None if worth.wanted else value)


def _proceeds(worth: Worth) -> Ranked:
    if not worth.sold:
        return _absent("not sold")
    if worth.outcome is None:
        return _absent("no sale price")
    return Ranked(Fact(say.money(worth.outcome, worth.currency), _left(worth)))


def _left(worth: Worth) -> str:
    return f"{LEFT[worth.watch.status].lower()} on {say.day(worth.watch.disposed_on)}"


def _gain(worth: Worth) -> Ranked:
    gain = worth.money.gain
    if worth.wanted:
        return _absent("not here yet")
    if gain is None:
        return _absent(_needed(worth))
    detail = "realised" if worth.gone else ""
    shown = say.money(gain, worth.currency, signed=True)
    return Ranked(Fact(shown, detail, tone=say.tone(gain)), gain)


def _return(worth: Worth) -> Ranked:
    fraction = worth.money.return_fraction
    if worth.wanted:
        return _absent("not here yet")
    if fraction is None:
        return _absent("cost is 0" if worth.money.cost == 0 else _needed(worth))
    return Ranked(Fact(say.percent(fraction, signed=True), tone=say.tone(fraction)), fraction)


def _annualised(worth: Worth) -> Ranked:
    days, cost, outcome = worth.days, worth.money.cost, worth.outcome
    if worth.wanted:
        return _absent("not here yet")
    if isinstance(days, Missing):
        return _absent("no purchase date")
    if cost is None or outcome is None:
        return _absent(_needed(worth))
    found = returns.annualised(cost, outcome, days)
    if isinstance(found, Missing):
        return _absent(found.reason.rstrip(".").lower())
    return Ranked(Fact(say.percent(found, signed=True), "a year", tone=say.tone(found)), found)


def _needed(worth: Worth) -> str:
    return "needs a cost" if worth.money.cost is None else worth.needed


def _absent(reason: str) -> Ranked:
    return Ranked(Fact(say.ABSENT, reason))

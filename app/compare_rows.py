"""A comparison in words: rows by section, where the watches differ, and which is best.

"Best" is said of few rows: where more is better for everybody. What is not known is a dash with
its reason, never the worst.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app import format as say
from app import watch_facts
from app.compare_facts import (
    NOT_RECORDED,
    Rank,
    Ranked,
    annualised,
    cost,
    fact_of,
    gain,
    held,
    last_service,
    next_due,
    on_others,
    on_services,
    owned_for,
    proceeds,
    returned,
    value,
)
from app.compare_markup import FactGroup, FactRow
from app.language import N_, _
from app.watch_values import Worth
from data.comparing import Care

EMPTY = {"Owner": N_("The household")}  # what a dash means where something is known all the same
MOVEMENT = ("Movement", "Calibre", "Power reserve", "Complications")
RANKED: dict[str, Callable[[Worth], Decimal | int | None]] = {
    "Water resistance": lambda worth: worth.watch.water_resistance_m,
    "Power reserve": lambda worth: worth.watch.power_reserve_h,
}
MANY = 2  # one alone is neither different nor best


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
    bought += [_row(N_("Cost"), worths, cost), _row(N_("Held for"), worths, held)]
    wish = _told(N_("Target price"), [facts.get("Target price", "") for facts in purchase])
    status = _told(N_("Status"), [_status(worth) for worth in worths])
    found = [
        FactGroup(_("The watch"), [status, *_rows(identity, worths)]),
        FactGroup(_("Purchase"), bought),
        FactGroup(_("Specification"), _rows(_some(kinds, rest), worths)),
        FactGroup(_("Movement"), _rows(_some(kinds, MOVEMENT), worths)),
        FactGroup(_("Value"), [*_value_rows(worths), wish]),
        FactGroup(_("Service"), _service_rows(worths, cares)),
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
                    fact_of(found[label], EMPTY.get(label, NOT_RECORDED)),
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
    return _ranked_row(label, [Ranked(fact_of(text)) for text in texts])


def _row(label: str, worths: Sequence[Worth], of: Callable[[Worth], Ranked]) -> FactRow:
    return _ranked_row(label, [of(worth) for worth in worths])


def _ranked_row(label: str, ranked: Sequence[Ranked]) -> FactRow:
    facts = [one.fact for one in ranked]
    highest = best([one.rank for one in ranked])
    return FactRow(
        _(label),
        [replace(fact, best=place in highest) for place, fact in enumerate(facts)],
        differ([fact.text for fact in facts]),
    )


def _status(worth: Worth) -> str:
    return _(watch_facts.STATUSES.get(worth.watch.status, N_("Owned")))


def _value_rows(worths: Sequence[Worth]) -> list[FactRow]:
    return [
        _row(N_("Value"), worths, value),
        _row(N_("Proceeds"), worths, proceeds),
        _row(N_("Gain"), worths, gain),
        _row(N_("Return"), worths, returned),
        _row(N_("Annualised return"), worths, annualised),
    ]


def _service_rows(worths: Sequence[Worth], cares: Sequence[Care | None]) -> list[FactRow]:
    """What was done, what is due, what it cost; the last row only where there is a cost."""
    pairs = list(zip(worths, cares, strict=True))
    rows = [
        _ranked_row(N_("Last service"), [last_service(care) for care in cares]),
        _ranked_row(N_("Next due"), [next_due(worth, care) for worth, care in pairs]),
        _row(N_("Cost of services"), worths, on_services),
        _row(N_("Other costs"), worths, on_others),
    ]
    paid = any(worth.care or worth.extras for worth in worths)
    return [*rows, _row(N_("Cost of ownership"), worths, owned_for)] if paid else rows

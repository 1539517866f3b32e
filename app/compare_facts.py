"""What a comparison says of one watch: a figure, or a dash with its reason."""

from dataclasses import dataclass
from decimal import Decimal

from app import format as say
from app.compare_markup import Fact
from app.language import N_, N_n, _
from app.service_words import kind_in_text
from app.watch_ownership import other_flows, owning_flows, service_flows
from app.watch_values import Worth
from data.calc import returns
from data.calc.missing import Missing
from data.calc.returns import CashFlow
from data.comparing import Care

NOT_RECORDED = N_("Not recorded")
LEFT = {
    "sold": N_("sold on {day}"),
    "gifted": N_("given away on {day}"),
    "lost": N_("lost on {day}"),
}
Rank = Decimal | float | None


@dataclass(frozen=True)
class Ranked:
    """A fact, and the number by which it is best; None: it takes no part."""

    fact: Fact
    rank: Rank = None


def fact_of(text: str, empty: str = NOT_RECORDED) -> Fact:
    """A text as it is; a dash that says why where there is none."""
    return Fact(text) if text else Fact(say.ABSENT, hint=_(empty))


def last_service(care: Care | None) -> Ranked:
    """When it was serviced last."""
    if care is None or care.last_kind is None:
        return Ranked(fact_of(""))
    return Ranked(Fact(say.day(care.serviced_on), kind_in_text(care.last_kind)))


def next_due(worth: Worth, care: Care | None) -> Ranked:
    """What is due next, and whether it is late."""
    if care is None or care.due_on is None or care.due_kind is None:
        return Ranked(Fact(say.ABSENT, hint=_("Nothing is due")))
    late = care.due_on < worth.today
    kind = kind_in_text(care.due_kind)
    detail = _("{kind}, overdue", kind=kind) if late else kind
    return Ranked(Fact(say.day(care.due_on), detail, tone="loss" if late else ""))


def on_services(worth: Worth) -> Ranked:
    """What its services cost."""
    return _spent(service_flows(worth), worth.currency, N_n("service", "services"))


def on_others(worth: Worth) -> Ranked:
    """What else was paid for it."""
    return _spent(other_flows(worth), worth.currency, N_n("payment", "payments"))


def _spent(flows: list[CashFlow] | Missing, currency: str, words: tuple[str, str]) -> Ranked:
    if isinstance(flows, Missing):
        return _absent(say.inside(_(flows.reason).rstrip(".")))
    if not flows:
        return Ranked(fact_of(""))
    total = -sum((flow.amount for flow in flows), Decimal())
    return Ranked(Fact(say.money(total, currency), say.count(len(flows), *words)))


def owned_for(worth: Worth) -> Ranked:
    """As the tile of the watch's page; it is the cost where nothing came on top."""
    flows, cost = owning_flows(worth), worth.money.cost
    if worth.wanted:
        return _absent(_("not here yet"))
    if isinstance(flows, Missing):
        return _absent(_("a payment without a rate"))
    if cost is None or (worth.sold and worth.outcome is None):
        return _absent(_("needs a cost") if cost is None else _("needs a sale price"))
    spent = [-flow.amount for flow in flows]
    total = returns.cost_of_ownership(cost, spent, worth.outcome if worth.sold else None)
    return Ranked(Fact(say.money(total, worth.currency), _("less proceeds") if worth.sold else ""))


def cost(worth: Worth) -> Ranked:
    """What it cost."""
    watch, cost = worth.watch, worth.money.cost
    own = watch.purchase_currency or ""
    if cost is None:
        reason = (
            _("no purchase price")
            if watch.cost is None
            else _("no rate from {currency} on that day", currency=own)
        )
        return _absent(reason)
    at_rate = _(
        "{amount} at the rate of {day}",
        amount=say.money(watch.cost, own),
        day=say.day(worth.money.cost_rate_on),
    )
    return Ranked(Fact(say.money(cost, worth.currency), "" if own == worth.currency else at_rate))


def held(worth: Worth) -> Ranked:
    """For how many days it is, or was, here."""
    days = worth.days
    if worth.wanted:
        return _absent(_("not here yet"))
    if isinstance(days, Missing):
        return _absent(_("no purchase date"))
    return Ranked(Fact(say.count(days, "day", "days")))


def value(worth: Worth) -> Ranked:
    """What it is worth."""
    watch, value = worth.watch, worth.money.value
    if worth.gone:
        return _absent(_left(worth))
    if value is None:
        own = watch.value_currency
        return _absent(
            _("no value recorded")
            if own is None
            else _("no rate from {currency} today", currency=own)
        )
    valued = _("of {day}", day=say.day(watch.valued_on)) if watch.valued_on else _("at cost")
    if worth.wanted:
        valued = _("market price {when}", when=valued)
    return Ranked(Fact(say.money(value, worth.currency), valued), None if worth.wanted else value)


def proceeds(worth: Worth) -> Ranked:
    """What was left of its sale price."""
    if not worth.sold:
        return _absent(_("not sold"))
    if worth.outcome is None:
        return _absent(_("no sale price"))
    return Ranked(Fact(say.money(worth.outcome, worth.currency), _left(worth)))


def _left(worth: Worth) -> str:
    return _(LEFT[worth.watch.status], day=say.day(worth.watch.disposed_on))


def gain(worth: Worth) -> Ranked:
    """What it gained."""
    gain = worth.money.gain
    if worth.wanted:
        return _absent(_("not here yet"))
    if gain is None:
        return _absent(_needed(worth))
    detail = _("realised") if worth.gone else ""
    shown = say.money(gain, worth.currency, signed=True)
    return Ranked(Fact(shown, detail, tone=say.tone(gain)), gain)


def returned(worth: Worth) -> Ranked:
    """The gain as a share of the cost."""
    fraction = worth.money.return_fraction
    if worth.wanted:
        return _absent(_("not here yet"))
    if fraction is None:
        return _absent(_("cost is 0") if worth.money.cost == 0 else _needed(worth))
    return Ranked(Fact(say.percent(fraction, signed=True), tone=say.tone(fraction)), fraction)


def annualised(worth: Worth) -> Ranked:
    """The return a year."""
    days, cost, outcome = worth.days, worth.money.cost, worth.outcome
    if worth.wanted:
        return _absent(_("not here yet"))
    if isinstance(days, Missing):
        return _absent(_("no purchase date"))
    if cost is None or outcome is None:
        return _absent(_needed(worth))
    found = returns.annualised(cost, outcome, days)
    if isinstance(found, Missing):
        return _absent(say.inside(_(found.reason).rstrip(".")))
    return Ranked(Fact(say.percent(found, signed=True), _("a year"), tone=say.tone(found)), found)


def _needed(worth: Worth) -> str:
    return _("needs a cost") if worth.money.cost is None else worth.needed


def _absent(reason: str) -> Ranked:
    return Ranked(Fact(say.ABSENT, reason))

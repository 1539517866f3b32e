"""The tiles of a watch's page: value, cost, gain, and what the years made of them.

A number that can't be had is an en dash with its reason under it.
"""

from datetime import date
from decimal import Decimal

from app import format as say
from app.language import N_, _
from app.markup import Figure
from app.watch_ownership import ownership, owning_flows
from app.watch_values import SOURCES, SPANS, Worth, history
from data.calc import returns
from data.calc.missing import Missing
from data.calc.returns import CashFlow
from data.calc.series import Change, High

LEFT = {"sold": N_("Sold"), "gifted": N_("Given away"), "lost": N_("Lost")}


def headline(worth: Worth) -> list[Figure]:
    """The figures beside the photo: value, gain and return, or what there is instead of them."""
    if worth.wanted:
        found = [_value(worth, _("Market price"))]
        return [*found, _cost(worth, _("Price"))] if worth.watch.cost is not None else found
    if worth.gone and not worth.sold:
        return [_left(worth), _cost(worth, _("Cost"))]
    first = _sale(worth) if worth.gone else _value(worth, _("Value"))
    return [first, _gain(worth), _return(worth)]


def tiles(worth: Worth) -> list[Figure]:
    """The figures of the value tab; none for what was never here."""
    if worth.wanted:
        return []
    if worth.gone and not worth.sold:
        return [_last(worth), *ownership(worth), _held(worth)]
    held = [_cost(worth, _("Cost")), *ownership(worth), _annualised(worth), _money_weighted(worth)]
    if worth.gone:
        return [*held, _held(worth)]
    life = history(worth)
    changes = [_change(moved, worth, days) for moved, days in zip(life.changes, SPANS, strict=True)]
    return [*held, _high(life.high, worth), *changes, _held(worth)]


def _value(worth: Worth, label: str) -> Figure:
    watch, money = worth.watch, worth.money
    if watch.value_amount is None:
        if worth.wanted:
            return Figure(label, say.ABSENT, _("no value recorded"))
        return Figure(label, say.ABSENT, _("no value and no purchase price recorded"))
    own = watch.value_currency or ""
    if money.value is None:
        return Figure(label, say.ABSENT, _no_rate(own, worth.currency, worth.today))
    valued = _("at cost")
    if watch.valued_on:
        source = _(SOURCES[worth.counted[0].source]) if worth.counted else ""
        valued = f"{say.day(watch.valued_on)}, {source}"
    return Figure(
        label,
        say.money(money.value, worth.currency),
        valued,
        help=""
        if watch.valued_on
        else _("No value has been recorded yet, so it counts for what it cost."),
        more=_own(watch.value_amount, own, worth.currency, money.rate_on),
    )


def _left(worth: Worth) -> Figure:
    """Given away or lost: when, and to whom."""
    watch = worth.watch
    receiver = _("to {person}", person=watch.buyer) if watch.buyer else ""
    return Figure(_(LEFT[watch.status]), say.day(watch.disposed_on), receiver)


def _last(worth: Worth) -> Figure:
    """What it was worth on its last day here."""
    known = [point for point in history(worth).points if point.value is not None]
    if not known:
        return Figure(_("Last value"), say.ABSENT, _("no value recorded"))
    return Figure(
        _("Last value"),
        say.money(known[-1].value, worth.currency),
        _("on {day}", day=say.day(known[-1].day)) if worth.counted else _("at cost"),
    )


def _sale(worth: Worth) -> Figure:
    watch = worth.watch
    left = _("sold on {day}", day=say.day(watch.disposed_on))
    if watch.sale_price is None:
        return Figure(_("Sale price"), say.ABSENT, left, more=_("no sale price recorded"))
    own = watch.sale_currency or ""
    price, fees = say.money(watch.sale_price, own), say.money(watch.sale_fees, own)
    if own == worth.currency or worth.outcome is None:
        less = _("{sold}, less {fees} fees", sold=left, fees=fees) if watch.sale_fees else left
        return Figure(_("Sale price"), price, less)
    rate_on = say.day(worth.money.rate_on)
    at_rate = _("{amount} at the rate of {day}", amount=price, day=rate_on)
    if watch.sale_fees:
        at_rate = _(
            "{price}, less {fees} fees at the rate of {day}", price=price, fees=fees, day=rate_on
        )
    return Figure(_("Proceeds"), say.money(worth.outcome, worth.currency), left, more=at_rate)


def _gain(worth: Worth) -> Figure:
    """The gain, and the two parts it is made of: rounded, they still add up to it."""
    money, label = worth.money, _("Realised gain") if worth.gone else _("Gain")
    if money.gain is None or money.watch_gain is None:
        return Figure(label, say.ABSENT, _needed(worth))
    shown = say.money(money.gain, worth.currency, signed=True)
    mark = {"gain": "▲", "loss": "▼", "": ""}[say.tone(money.gain)]
    own = {worth.watch.purchase_currency, worth.watch.value_currency, worth.watch.sale_currency}
    if own - {None} <= {worth.currency}:
        text = _("proceeds less cost") if worth.gone else _("value less cost")
        return Figure(label, shown, f"{mark} {text}".strip(), say.tone(money.gain))
    cents = say.shows_cents(money.gain, worth.currency)
    step = say.CENT if cents else Decimal(1)
    watch_gain = say.round_to(money.watch_gain, step)
    currency_gain = say.round_to(money.gain, step) - watch_gain
    by_watch = say.money(watch_gain, worth.currency, cents=cents, signed=True)
    by_currency = say.money(currency_gain, worth.currency, cents=cents, signed=True)
    return Figure(
        label,
        shown,
        f"{mark} {_('watch {gain}', gain=by_watch)}".strip(),
        say.tone(money.gain),
        help=_(
            "The watch’s part is its gain in the currency it was bought in, at today’s rate; "
            "the currency’s part is the rest."
        ),
        more=_("currency {gain}", gain=by_currency),
    )


def _return(worth: Worth) -> Figure:
    money = worth.money
    if money.cost is None:
        return Figure(_("Return"), say.ABSENT, _no_cost(worth))
    of_cost = _("on a cost of {cost}", cost=say.money(money.cost, worth.currency))
    if money.return_fraction is None:
        reason = _("there is no cost to compare with") if money.cost == 0 else worth.needed
        return Figure(_("Return"), say.ABSENT, reason, more=of_cost)
    return Figure(_("Return"), say.percent(money.return_fraction, signed=True), of_cost)


def _cost(worth: Worth, label: str) -> Figure:
    watch, money = worth.watch, worth.money
    if money.cost is None:
        return Figure(label, say.ABSENT, _no_cost(worth))
    bought = _("day not recorded")
    if watch.purchased_on:
        bought = _("on {day}", day=say.day(watch.purchased_on))
    extra = watch.purchase_fees or watch.purchase_taxes
    return Figure(
        label,
        say.money(money.cost, worth.currency),
        "" if worth.wanted else bought,
        help=_("Price, fees and taxes.") if extra else "",
        more=_own(watch.cost, watch.purchase_currency or "", worth.currency, money.cost_rate_on),
    )


def _annualised(worth: Worth) -> Figure:
    label, days = _("Annualised return"), worth.days
    found: float | Missing
    if isinstance(days, Missing):
        found = days
    elif worth.money.cost is None or worth.outcome is None:
        found = Missing(_nothing_to_compare(worth))
    else:
        found = returns.annualised(worth.money.cost, worth.outcome, days)
    return _rate(label, found, _("a year, compounded"), _("The return as a steady rate a year."))


def _money_weighted(worth: Worth) -> Figure:
    label, bought = "XIRR", worth.watch.purchased_on
    found: float | Missing
    if bought is None:
        found = Missing(N_("The day of the purchase is not recorded."))
    elif worth.money.cost is None or worth.outcome is None:
        found = Missing(_nothing_to_compare(worth))
    else:
        paid = owning_flows(worth)
        flows = [CashFlow(bought, -worth.money.cost), CashFlow(worth.end, worth.outcome)]
        found = paid if isinstance(paid, Missing) else returns.money_weighted([*flows, *paid])
    explained = (
        _("The rate a year at which {paid} would have grown to the proceeds.", paid=_paid(worth))
        if worth.gone
        else _(
            "The rate a year at which {paid} would have grown to today’s value.", paid=_paid(worth)
        )
    )
    return _rate(label, found, _("a year, money-weighted"), explained)


def _paid(worth: Worth) -> str:
    """What went into a watch, in words: ``the cost, the services and other costs``."""
    if worth.care and worth.extras:
        return _("the cost, the services and other costs")
    if worth.care:
        return _("the cost and the services")
    return _("the cost and other costs") if worth.extras else _("the cost")


def _rate(label: str, found: float | Missing, detail: str, explained: str) -> Figure:
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, _(found.reason))
    return Figure(label, say.percent(found, signed=True), detail, help=explained)


def _high(found: High | Missing, worth: Worth) -> Figure:
    if isinstance(found, Missing):
        return Figure(_("All-time high"), say.ABSENT, _(found.reason))
    shown = say.percent(found.distance)
    below = _("{change} since {day}", change=shown, day=say.day(found.day))
    return Figure(
        _("All-time high"),
        say.money(found.amount, worth.currency),
        below if shown.startswith(say.MINUS) else _("now"),
        "loss" if shown.startswith(say.MINUS) else "",
    )


def _change(found: Change | Missing, worth: Worth, days: int) -> Figure:
    label = _("Over {number} days", number=days)
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, _(found.reason))
    detail = say.percent(found.fraction, signed=True)
    mark = {"gain": "▲ ", "loss": "▼ ", "": ""}[say.tone(found.amount)]
    shown = say.money(found.amount, worth.currency, signed=True)
    return Figure(label, shown, f"{mark}{detail}", say.tone(found.amount))


def _held(worth: Worth) -> Figure:
    if isinstance(worth.days, Missing):
        return Figure(_("Held"), say.ABSENT, _(worth.days.reason))
    since = say.day(worth.watch.purchased_on)
    if worth.gone:
        detail = _("{first} to {last}", first=since, last=say.day(worth.end))
    else:
        detail = _("since {day}", day=since)
    return Figure(_("Held"), say.count(worth.days, "day", "days"), detail)


def _own(amount: Decimal | None, own: str, shown: str, rate_on: date | None) -> str:
    """The amount in its own currency, and the day of the rate it was converted at."""
    if own == shown:
        return ""
    return _("{amount} at the rate of {day}", amount=say.money(amount, own), day=say.day(rate_on))


def _needed(worth: Worth) -> str:
    if worth.gone:
        return _("needs a sale price and a cost")
    return _("needs a value and a cost")


def _no_cost(worth: Worth) -> str:
    watch = worth.watch
    if watch.cost is None:
        return _("no purchase price recorded")
    return _no_rate(watch.purchase_currency or "", worth.currency, watch.acquired_on or worth.today)


def _no_rate(base: str, quote: str, when: date) -> str:
    return _("no rate from {base} to {quote} on {day}", base=base, quote=quote, day=say.day(when))


def _nothing_to_compare(worth: Worth) -> str:
    if worth.money.cost is None:
        return N_("There is no cost to compare with.")
    return N_("There is no sale price.") if worth.gone else N_("There is no value.")

"""The tiles of a watch's page: value, cost, gain, and what the years made of them.

A number that can't be had is an en dash with its reason under it.
"""

from datetime import date
from decimal import Decimal

from app import format as say
from app.markup import Figure
from app.watch_ownership import ownership, owning_flows
from app.watch_values import SOURCES, SPANS, Worth, history
from data.calc import returns
from data.calc.missing import Missing
from data.calc.returns import CashFlow
from data.calc.series import Change, High

LEFT = {"sold": "Sold", "gifted": "Given away", "lost": "Lost"}


def headline(worth: Worth) -> list[Figure]:
    """The figures beside the photo: value, gain and return, or what there is instead of them."""
    if worth.wanted:
        found = [_value(worth, "Market price")]
        return [*found, _cost(worth, "Price")] if worth.watch.cost is not None else found
    if worth.gone and not worth.sold:
        return [_left(worth), _cost(worth, "Cost")]
    first = _sale(worth) if worth.gone else _value(worth, "Value")
    return [first, _gain(worth), _return(worth)]


def tiles(worth: Worth) -> list[Figure]:
    """The figures of the value tab; none for what was never here."""
    if worth.wanted:
        return []
    if worth.gone and not worth.sold:
        return [_last(worth), *ownership(worth), _held(worth)]
    held = [_cost(worth, "Cost"), *ownership(worth), _annualised(worth), _money_weighted(worth)]
    if worth.gone:
        return [*held, _held(worth)]
    life = history(worth)
    changes = [_change(moved, worth, days) for moved, days in zip(life.changes, SPANS, strict=True)]
    return [*held, _high(life.high, worth), *changes, _held(worth)]


def _value(worth: Worth, label: str) -> Figure:
    watch, money = worth.watch, worth.money
    if watch.value_amount is None:
        if worth.wanted:
            return Figure(label, say.ABSENT, "no value recorded")
        return Figure(label, say.ABSENT, "no value and no purchase price recorded")
    own = watch.value_currency or ""
    if money.value is None:
        return Figure(label, say.ABSENT, _no_rate(own, worth.currency, worth.today))
    source = SOURCES[worth.counted[0].source] if worth.counted else ""
    return Figure(
        label,
        say.money(money.value, worth.currency),
        f"{say.day(watch.valued_on)}, {source}" if watch.valued_on else "at cost",
        help=""
        if watch.valued_on
        else "No value has been recorded yet, so it counts for what it cost.",
        more=_own(watch.value_amount, own, worth.currency, money.rate_on),
    )


def _left(worth: Worth) -> Figure:
    """Given away or lost: when, and to whom."""
    watch = worth.watch
    receiver = f"to {watch.buyer}" if watch.buyer else ""
    return Figure(LEFT[watch.status], say.day(watch.disposed_on), receiver)


def _last(worth: Worth) -> Figure:
    """What it was worth on its last day here."""
    known = [point for point in history(worth).points if point.value is not None]
    if not known:
        return Figure("Last value", say.ABSENT, "no value recorded")
    return Figure(
        "Last value",
        say.money(known[-1].value, worth.currency),
        f"on {say.day(known[-1].day)}" if worth.counted else "at cost",
    )


def _sale(worth: Worth) -> Figure:
    watch = worth.watch
    left = f"{LEFT[watch.status].lower()} on {say.day(watch.disposed_on)}"
    if watch.sale_price is None:
        return Figure("Sale price", say.ABSENT, left, more="no sale price recorded")
    own = watch.sale_currency or ""
    fees = f", less {say.money(watch.sale_fees, own)} fees" if watch.sale_fees else ""
    if own == worth.currency:
        return Figure("Sale price", say.money(watch.sale_price, own), left + fees)
    if worth.outcome is None:
        return Figure("Sale price", say.money(watch.sale_price, own), left + fees)
    return Figure(
        "Proceeds",
        say.money(worth.outcome, worth.currency),
        left,
        more=f"{say.money(watch.sale_price, own)}{fees} at the rate of "
        f"{say.day(worth.money.rate_on)}",
    )


def _gain(worth: Worth) -> Figure:
    """The gain, and the two parts it is made of: rounded, they still add up to it."""
    money, label = worth.money, "Realised gain" if worth.gone else "Gain"
    if money.gain is None or money.watch_gain is None:
        return Figure(label, say.ABSENT, f"{worth.needed} and a cost")
    shown = say.money(money.gain, worth.currency, signed=True)
    mark = {"gain": "▲", "loss": "▼", "": ""}[say.tone(money.gain)]
    own = {worth.watch.purchase_currency, worth.watch.value_currency, worth.watch.sale_currency}
    if own - {None} <= {worth.currency}:
        text = f"{mark} {'proceeds' if worth.gone else 'value'} less cost".strip()
        return Figure(label, shown, text, say.tone(money.gain))
    cents = "." in shown
    step = say.CENT if cents else Decimal(1)
    watch_gain = say.round_to(money.watch_gain, step)
    currency_gain = say.round_to(money.gain, step) - watch_gain
    return Figure(
        label,
        shown,
        f"{mark} watch {say.money(watch_gain, worth.currency, cents=cents, signed=True)}".strip(),
        say.tone(money.gain),
        help="The watch’s part is its gain in the currency it was bought in, at today’s rate; "
        "the currency’s part is the rest.",
        more=f"currency {say.money(currency_gain, worth.currency, cents=cents, signed=True)}",
    )


def _return(worth: Worth) -> Figure:
    money = worth.money
    if money.cost is None:
        return Figure("Return", say.ABSENT, _no_cost(worth))
    cost = say.money(money.cost, worth.currency)
    if money.return_fraction is None:
        reason = "there is no cost to compare with" if money.cost == 0 else worth.needed
        return Figure("Return", say.ABSENT, reason, more=f"on a cost of {cost}")
    return Figure("Return", say.percent(money.return_fraction, signed=True), f"on a cost of {cost}")


def _cost(worth: Worth, label: str) -> Figure:
    watch, money = worth.watch, worth.money
    if money.cost is None:
        return Figure(label, say.ABSENT, _no_cost(worth))
    bought = f"on {say.day(watch.purchased_on)}" if watch.purchased_on else "day not recorded"
    extra = watch.purchase_fees or watch.purchase_taxes
    return Figure(
        label,
        say.money(money.cost, worth.currency),
        "" if worth.wanted else bought,
        help="Price, fees and taxes." if extra else "",
        more=_own(watch.cost, watch.purchase_currency or "", worth.currency, money.cost_rate_on),
    )


def _annualised(worth: Worth) -> Figure:
    label, days = "Annualised return", worth.days
    found: float | Missing
    if isinstance(days, Missing):
        found = days
    elif worth.money.cost is None or worth.outcome is None:
        found = Missing(_nothing_to_compare(worth))
    else:
        found = returns.annualised(worth.money.cost, worth.outcome, days)
    return _rate(label, found, "a year, compounded", "The return as a steady rate a year.")


def _money_weighted(worth: Worth) -> Figure:
    label, bought = "XIRR", worth.watch.purchased_on
    found: float | Missing
    if bought is None:
        found = Missing("The day of the purchase is not recorded.")
    elif worth.money.cost is None or worth.outcome is None:
        found = Missing(_nothing_to_compare(worth))
    else:
        paid = owning_flows(worth)
        flows = [CashFlow(bought, -worth.money.cost), CashFlow(worth.end, worth.outcome)]
        found = paid if isinstance(paid, Missing) else returns.money_weighted([*flows, *paid])
    return _rate(
        label,
        found,
        "a year, money-weighted",
        f"The rate a year at which {_paid(worth)} would have grown to "
        + ("the proceeds." if worth.gone else "today’s value."),
    )


def _paid(worth: Worth) -> str:
    """What went into a watch, in words: ``the cost, the services and other costs``."""
    more = ["the services"] if worth.care else []
    more += ["other costs"] if worth.extras else []
    return " and ".join([", ".join(["the cost", *more[:-1]]), *more[-1:]])


def _rate(label: str, found: float | Missing, detail: str, explained: str) -> Figure:
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, found.reason)
    return Figure(label, say.percent(found, signed=True), detail, help=explained)


def _high(found: High | Missing, worth: Worth) -> Figure:
    if isinstance(found, Missing):
        return Figure("All-time high", say.ABSENT, found.reason)
    shown = say.percent(found.distance)
    below = f"{shown} since {say.day(found.day)}"
    return Figure(
        "All-time high",
        say.money(found.amount, worth.currency),
        below if shown.startswith(say.MINUS) else "now",
        "loss" if shown.startswith(say.MINUS) else "",
    )


def _change(found: Change | Missing, worth: Worth, days: int) -> Figure:
    label = f"Over {days} days"
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, found.reason)
    detail = say.percent(found.fraction, signed=True)
    mark = {"gain": "▲ ", "loss": "▼ ", "": ""}[say.tone(found.amount)]
    shown = say.money(found.amount, worth.currency, signed=True)
    return Figure(label, shown, f"{mark}{detail}", say.tone(found.amount))


def _held(worth: Worth) -> Figure:
    if isinstance(worth.days, Missing):
        return Figure("Held", say.ABSENT, worth.days.reason)
    until = f" to {say.day(worth.end)}" if worth.gone else ""
    since = say.day(worth.watch.purchased_on)
    return Figure(
        "Held",
        say.count(worth.days, "day", "days"),
        f"{since}{until}" if worth.gone else f"since {since}",
    )


def _own(amount: Decimal | None, own: str, shown: str, rate_on: date | None) -> str:
    """The amount in its own currency, and the day of the rate it was converted at."""
    if own == shown:
        return ""
    return f"{say.money(amount, own)} at the rate of {say.day(rate_on)}"


def _no_cost(worth: Worth) -> str:
    watch = worth.watch
    if watch.cost is None:
        return "no purchase price recorded"
    return _no_rate(watch.purchase_currency or "", worth.currency, watch.acquired_on or worth.today)


def _no_rate(base: str, quote: str, when: date) -> str:
    return f"no rate from {base} to {quote} on {say.day(when)}"


def _nothing_to_compare(worth: Worth) -> str:
    if worth.money.cost is None:
        return "There is no cost to compare with."
    return "There is no sale price." if worth.gone else "There is no value."

"""The overview in words: the headline's lines and notes, four figures, a card a watch.

Amounts are in one display currency. Everything is worked out by data/figures.py; here it is said.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from app import format as say
from app.language import N_, N_n, _, ngettext
from app.markup import Card, Figure, Line, linked
from app.photo_links import photo_url
from data.figures import Totals, TrendPoint
from data.listing import WatchRow

STATUSES = {
    "wishlist": N_("On the wishlist"),
    "ordered": N_("Ordered"),
    "sold": N_("Sold"),
    "gifted": N_("Given away"),
    "lost": N_("Lost"),
}
COUNTED = {  # so many of each
    "wishlist": N_n("{shown} on the wishlist", "{shown} on the wishlist"),
    "ordered": N_n("{shown} ordered", "{shown} ordered"),
    "sold": N_n("{shown} sold", "{shown} sold"),
    "gifted": N_n("{shown} given away", "{shown} given away"),
    "lost": N_n("{shown} lost", "{shown} lost"),
}
OWNED = {"status": "owned"}  # lists of the watches page, as in its URL
NEVER_VALUED = {"status": "owned", "valued": "no"}
AT_COST = N_n("{watches} is counted at cost", "{watches} are counted at cost")
WITHOUT_VALUE = N_n(
    "{watches} has no value and is not in the total",
    "{watches} have no value and are not in the total",
)
WITHOUT_RATE = N_n(
    "{watches} is in a currency without a rate and is not in the total",
    "{watches} are in a currency without a rate and are not in the total",
)
FRESH = 7  # days: older exchange rates are named
NEEDS_BOTH = N_("This needs a watch with both a cost and a value.")
COST_HELP = N_("Price, fees and taxes, each at the exchange rate of the day the watch came.")
GAIN_HELP = N_(
    "Value less cost. The watches’ part is their gain in the currency they were bought "
    "in, at today’s rate; the currencies’ part is the rest."
)
RETURN_HELP = N_("Gain divided by cost, over the watches that have both.")


def lines(total: Totals, points: Sequence[TrendPoint], currency: str, since: str) -> list[Line]:
    """Under the headline: gain and return, and how the value moved."""
    said = []
    if total.measured:
        text = say.change(total.gain, currency, total.return_fraction)
        against = [_("against cost"), _of_all(total.measured, total)]
        said.append(Line(text, say.tone(total.gain), ", ".join(filter(None, against))))
    if _comparable(points) and total.valued:
        moved = points[-1].value - points[0].value
        paid = say.round_to(points[-1].invested - points[0].invested, say.CENT)
        amount = say.money(abs(paid), currency)
        detail = since
        if paid > 0:
            detail = _("{since}, {amount} net invested", since=since, amount=amount)
        elif paid:
            detail = _("{since}, {amount} net taken out", since=since, amount=amount)
        said.append(Line(say.change(moved, currency), say.tone(moved), detail))
    return said


def notes(total: Totals, today: date) -> list[str]:
    """What the headline leaves out or goes by; only what is true, each leading to its list."""
    facts = (
        (total.at_cost, AT_COST, NEVER_VALUED),
        (total.without_value, WITHOUT_VALUE, NEVER_VALUED),
        (total.without_rate, WITHOUT_RATE, OWNED),
    )
    said: list[str] = [
        linked(ngettext(*words, number, watches=_watches(number)), f"/watches?{urlencode(query)}")
        for number, words, query in facts
        if number
    ]
    if total.rate_on and (today - total.rate_on).days > FRESH:
        said.append(_("Rates of {day}", day=say.day(total.rate_on)))
    return said


def tiles(total: Totals, points: Sequence[TrendPoint], currency: str, since: str) -> list[Figure]:
    """Cost, gain, return and watches: each with its change over the period, and its line."""
    watches = Figure(
        _("Watches"),
        say.number(total.watches),
        _moved(points, since, lambda p: Decimal(p.watches), _signed)[0],
        spark=[float(point.watches) for point in points],
        help=_("Owned today: not wished for, ordered, sold, given away or lost."),
    )
    shown = [
        _cost(total, points, currency, since),
        _gain(total, points, currency, since),
        _returned(total, points, since),
        watches,
    ]
    return [one if one.detail else replace(one, detail=one.more, more="") for one in shown]


def card(row: WatchRow, currency: str) -> Card:
    """A watch of the strip: its return beside its value, or why it has none."""
    mark = _(STATUSES.get(row.status, ""))
    owned_return = None if mark else row.return_fraction
    return Card(
        f"/watch?id={row.watch_id}",
        row.brand,
        row.model,
        row.reference or "",
        "" if mark else say.money(row.value, currency),
        "" if owned_return is None else say.percent(owned_return, signed=True),
        say.tone(owned_return),
        mark or (_("Private") if row.is_private else ""),
        photo_url=photo_url(row.cover, "card"),
    )


def _cost(total: Totals, points: Sequence[TrendPoint], currency: str, since: str) -> Figure:
    moved, __ = _moved(points, since, lambda p: p.cost, _money(currency))
    if not total.costed:
        unknown = _("No watch has a purchase price yet.")
        return Figure(_("Cost"), say.ABSENT, spark=[], help=unknown)
    return Figure(
        _("Cost"),
        say.money(total.cost, currency),
        moved,
        spark=[float(point.cost) for point in points if not point.missing],
        help=_(COST_HELP),
        more=_of_all(total.costed, total),
    )


def gain_split(total: Totals, currency: str) -> str:
    """The two parts of the gain in words: rounded, they still add up to it."""
    cents = say.shows_cents(total.gain, currency)
    step = say.CENT if cents else Decimal(1)
    watches = say.round_to(total.watch_gain, step)
    currencies = say.round_to(total.gain, step) - watches
    parts = ((_("watches"), watches), (_("currencies"), currencies))
    return ", ".join(
        f"{name}{say.SPACE}{say.money(part, currency, cents=cents, signed=True)}"
        for name, part in parts
    )


def _gain(total: Totals, points: Sequence[TrendPoint], currency: str, since: str) -> Figure:
    if not total.measured:
        return Figure(_("Gain"), say.ABSENT, spark=[], help=_(NEEDS_BOTH))
    moved, by = _moved(points, since, lambda p: p.gain, _money(currency))
    return Figure(
        _("Gain"),
        say.money(total.gain, currency, signed=True),
        moved,
        say.tone(by),
        spark=[float(point.gain) for point in points if not point.missing],
        help=_(GAIN_HELP),
        more=gain_split(total, currency),
    )


def _returned(total: Totals, points: Sequence[TrendPoint], since: str) -> Figure:
    if total.return_fraction is None:
        return Figure(_("Return"), say.ABSENT, spark=[], help=_(NEEDS_BOTH))
    moved, by = _moved(points, since, _return, _points)
    series = [share for point in points if (share := _return(point)) is not None]
    return Figure(
        _("Return"),
        say.percent(total.return_fraction, signed=True),
        moved,
        say.tone(by),
        spark=[float(share) for share in series],
        help=_(RETURN_HELP),
        more=_of_all(total.measured, total),
    )


def _return(point: TrendPoint) -> Decimal | None:
    return None if point.missing or point.cost <= 0 else point.gain / point.cost


def _moved(
    points: Sequence[TrendPoint],
    since: str,
    number: Callable[[TrendPoint], Decimal | None],
    shown: Callable[[Decimal], str],
) -> tuple[str, Decimal | None]:
    """How a figure moved, in words and as a number; nothing where two days can't be compared."""
    then, now = number(points[0]), number(points[-1])
    if not _comparable(points) or then is None or now is None:
        return "", None
    text = shown(now - then)
    if text[0] not in f"+{say.MINUS}":  # it rounds to nothing
        return _("unchanged {since}", since=since), None
    return f"{text} {since}", now - then


def _comparable(points: Sequence[TrendPoint]) -> bool:
    """Whether the first and the last day leave nothing out."""
    return len(points) > 1 and not points[0].missing and not points[-1].missing


def _money(currency: str) -> Callable[[Decimal], str]:
    return lambda amount: say.money(amount, currency, signed=True)


def _signed(number: Decimal) -> str:
    return say.measure(number, "").strip() if number <= 0 else say.localised(f"+{number:,}")


def _points(fraction: Decimal) -> str:
    """How a return moved: ``+1.2 points``."""
    number = say.percent(fraction, signed=True).removesuffix("%").rstrip()
    return f"{number}{say.SPACE}{_('points')}"


def _watches(number: int) -> str:
    return say.count(number, "watch", "watches")


def _of_all(number: int, total: Totals) -> str:
    """Over how many watches a figure goes, when not over all."""
    if number == total.watches:
        return ""
    return _("{number} of {watches}", number=say.number(number), watches=_watches(total.watches))

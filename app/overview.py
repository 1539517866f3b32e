"""The overview in words: the headline's lines and notes, four figures, lists of watches.

Amounts are in one display currency. Everything is worked out by data/figures.py; here it is said.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from app import format as say
from app.list_markup import Link
from app.markup import Card, Figure, Line, Row, linked
from app.overview_markup import Listed
from app.photo_links import photo_url
from data.figures import NeedsValue, Performer, Totals, TrendPoint
from data.listing import WatchRow

STATUSES = {
    "wishlist": "On the wishlist",
    "ordered": "Ordered",
    "sold": "Sold",
    "gifted": "Given away",
    "lost": "Lost",
}
OWNED = {"status": "owned"}  # lists of the watches page, as in its URL
NEVER_VALUED = {"status": "owned", "valued": "no"}
VALUED_LONG_AGO = {"status": "owned", "valued": "stale"}
FRESH = 7  # days: older exchange rates are named
NEEDS_BOTH = "This needs a watch with both a cost and a value."
COST_HELP = "Price, fees and taxes, each at the exchange rate of the day the watch came."
GAIN_HELP = (
    "Value less cost. The watches’ part is their gain in the currency they were bought "
    "in, at today’s rate; the currencies’ part is the rest."
)
RETURN_HELP = "Gain divided by cost, over the watches that have both."


def lines(total: Totals, points: Sequence[TrendPoint], currency: str, since: str) -> list[Line]:
    """Under the headline: gain and return, and how the value moved."""
    said = []
    if total.measured:
        text = say.change(total.gain, currency, total.return_fraction)
        detail = f"against cost{_of_all(total.measured, total, before=', ')}"
        said.append(Line(text, say.tone(total.gain), detail))
    if _comparable(points) and total.valued:
        moved = points[-1].value - points[0].value
        paid = say.round_to(points[-1].invested - points[0].invested, say.CENT)
        word = "net invested" if paid > 0 else "net taken out"
        detail = f"{since}, {say.money(abs(paid), currency)} {word}" if paid else since
        said.append(Line(say.change(moved, currency), say.tone(moved), detail))
    return said


def notes(total: Totals, today: date) -> list[str]:
    """What the headline leaves out or goes by; only what is true, each leading to its list."""
    facts = (
        (total.at_cost, "is counted at cost", "are counted at cost", NEVER_VALUED),
        (
            total.without_value,
            "has no value and is not in the total",
            "have no value and are not in the total",
            NEVER_VALUED,
        ),
        (
            total.without_rate,
            "is in a currency without a rate and is not in the total",
            "are in a currency without a rate and are not in the total",
            OWNED,
        ),
    )
    said: list[str] = [
        linked(f"{_watches(number)} {one if number == 1 else many}", f"/watches?{urlencode(query)}")
        for number, one, many, query in facts
        if number
    ]
    if total.rate_on and (today - total.rate_on).days > FRESH:
        said.append(f"Rates of {say.day(total.rate_on)}")
    return said


def tiles(total: Totals, points: Sequence[TrendPoint], currency: str, since: str) -> list[Figure]:
    """Cost, gain, return and watches: each with its change over the period, and its line."""
    watches = Figure(
        "Watches",
        f"{total.watches:,}",
        _moved(points, since, lambda p: Decimal(p.watches), _signed)[0],
        spark=[float(point.watches) for point in points],
        help="Owned today: not wished for, ordered, sold, given away or lost.",
    )
    shown = [
        _cost(total, points, currency, since),
        _gain(total, points, currency, since),
        _returned(total, points, since),
        watches,
    ]
    return [one if one.detail else replace(one, detail=one.more, more="") for one in shown]


def lists(
    performers: Sequence[Performer],
    needing: Sequence[NeedsValue],
    total: Totals,
    currency: str,
    *,
    writes: bool,
) -> list[Listed]:
    """Lists of watches, none of them empty; each title is true whatever the returns are.

    A single watch has no list of returns: its return is the collection's.
    """
    best = [one for one in performers if one.best]
    found = []
    if worst := [one for one in performers[::-1] if not one.best]:
        found.append(Listed("Highest returns", _performer_rows(best, currency)))
        found.append(Listed("Lowest returns", _performer_rows(worst, currency)))
    if needing:  # never valued, or over a year ago
        wholes = _lists_without_value(total)
        wholes = [Link("Update values", "/update_values"), *wholes] if writes else wholes
        found.append(Listed("Without a recent value", _needing_rows(needing), wholes))
    return found


def _performer_rows(performers: Sequence[Performer], currency: str) -> list[Row]:
    """Watches with their return, and the gain under it."""
    return [
        Row(
            f"/watch?id={one.watch_id}",
            one.model,
            f"{one.brand} · {say.money(one.value, currency)}",
            say.percent(one.return_fraction, signed=True),
            say.change(one.gain, currency),
            say.tone(one.gain),
            photo_url(one.cover, "thumb"),
        )
        for one in performers
    ]


def _needing_rows(watches: Sequence[NeedsValue]) -> list[Row]:
    """Watches to value; each leads to the field for it."""
    return [
        Row(
            f"/watch?id={one.watch_id}&tab=value",
            one.model,
            one.brand,
            say.money(one.value_amount, one.value_currency or ""),
            _why(one),
            photo_url=photo_url(one.cover, "thumb"),
        )
        for one in watches
    ]


def _lists_without_value(total: Totals) -> list[Link]:
    """The whole lists behind the short one of those without a recent value."""
    never = total.at_cost + total.without_value
    found = (
        (never, "All that were never valued", NEVER_VALUED),
        (total.stale, "All valued over a year ago", VALUED_LONG_AGO),
    )
    return [Link(label, f"/watches?{urlencode(query)}") for number, label, query in found if number]


def card(row: WatchRow, currency: str) -> Card:
    """A watch of the strip: its return beside its value, or why it has none."""
    mark = STATUSES.get(row.status, "")
    owned_return = None if mark else row.return_fraction
    return Card(
        f"/watch?id={row.watch_id}",
        row.brand,
        row.model,
        row.reference or "",
        "" if mark else say.money(row.value, currency),
        "" if owned_return is None else say.percent(owned_return, signed=True),
        say.tone(owned_return),
        mark,
        photo_url=photo_url(row.cover, "card"),
    )


def _cost(total: Totals, points: Sequence[TrendPoint], currency: str, since: str) -> Figure:
    moved, _ = _moved(points, since, lambda p: p.cost, _money(currency))
    if not total.costed:
        return Figure("Cost", say.ABSENT, spark=[], help="No watch has a purchase price yet.")
    return Figure(
        "Cost",
        say.money(total.cost, currency),
        moved,
        spark=[float(point.cost) for point in points if not point.missing],
        help=COST_HELP,
        more=_of_all(total.costed, total),
    )


def gain_split(total: Totals, currency: str) -> str:
    """The two parts of the gain in words: rounded, they still add up to it."""
    cents = "." in say.money(total.gain, currency, signed=True)
    step = say.CENT if cents else Decimal(1)
    watches = say.round_to(total.watch_gain, step)
    currencies = say.round_to(total.gain, step) - watches
    parts = (("watches", watches), ("currencies", currencies))
    return ", ".join(
        f"{name}{say.SPACE}{say.money(part, currency, cents=cents, signed=True)}"
        for name, part in parts
    )


def _gain(total: Totals, points: Sequence[TrendPoint], currency: str, since: str) -> Figure:
    if not total.measured:
        return Figure("Gain", say.ABSENT, spark=[], help=NEEDS_BOTH)
    moved, by = _moved(points, since, lambda p: p.gain, _money(currency))
    return Figure(
        "Gain",
        say.money(total.gain, currency, signed=True),
        moved,
        say.tone(by),
        spark=[float(point.gain) for point in points if not point.missing],
        help=GAIN_HELP,
        more=gain_split(total, currency),
    )


def _returned(total: Totals, points: Sequence[TrendPoint], since: str) -> Figure:
    if total.return_fraction is None:
        return Figure("Return", say.ABSENT, spark=[], help=NEEDS_BOTH)
    moved, by = _moved(
        points,
        since,
        _return,
        lambda n: say.percent(n, signed=True).replace("%", f"{say.SPACE}points"),
    )
    series = [share for point in points if (share := _return(point)) is not None]
    return Figure(
        "Return",
        say.percent(total.return_fraction, signed=True),
        moved,
        say.tone(by),
        spark=[float(share) for share in series],
        help=RETURN_HELP,
        more=_of_all(total.measured, total),
    )


def _why(watch: NeedsValue) -> str:
    """Since when a watch waits for a value."""
    if watch.valued_on:
        return f"on {say.day(watch.valued_on)}"
    return "no value, no cost" if watch.value_amount is None else "at cost"


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
        return f"unchanged {since}", None
    return f"{text} {since}", now - then


def _comparable(points: Sequence[TrendPoint]) -> bool:
    """Whether the first and the last day leave nothing out."""
    return len(points) > 1 and not points[0].missing and not points[-1].missing


def _money(currency: str) -> Callable[[Decimal], str]:
    return lambda amount: say.money(amount, currency, signed=True)


def _signed(number: Decimal) -> str:
    return say.measure(number, "").strip() if number <= 0 else f"+{number:,}"


def _watches(number: int) -> str:
    return say.count(number, "watch", "watches")


def _of_all(number: int, total: Totals, before: str = "") -> str:
    """Over how many watches a figure goes, when not over all."""
    return "" if number == total.watches else f"{before}{number:,} of {_watches(total.watches)}"

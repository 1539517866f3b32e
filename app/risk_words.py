"""Risk in words: falls, the all-time high, swings, and how much hangs on a few watches.

Figures in, words out. A number that can't be had is an en dash with its reason under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app import format as say
from app.markup import Figure
from app.overview_markup import Bar
from data.analytics import Holding
from data.calc.missing import Missing
from data.calc.risk import FEWEST_POINTS, LONGEST_GAP, Concentration, Drawdown
from data.calc.series import High

FALL_HELP = (
    "How far the time-weighted return was below its highest point so far: what was bought or sold "
    "is no rise and no fall."
)
SWING_HELP = (
    "The standard deviation of the returns from one end of a month to the next, for a year. Only "
    "where values are recorded regularly: a value that is carried on looks calm, and is not."
)
HIGH_HELP = "The highest value on any day, with what was bought and sold until then."
REGULAR = 0.9  # of the value must be of watches that are valued regularly
FEW = 2  # alike: so few equal watches are a lot in one place
MANY = 10
TOP = 5  # so few are all of it


@dataclass(frozen=True)
class Swings:
    """Volatility a year (a fraction), or why there is none."""

    volatility: float | Missing
    downward: float | Missing  # what returns below the mean make of it


def tiles(
    fall: Drawdown | Missing, high: High | Missing, swings: Swings, currency: str, watches: int
) -> list[Figure]:
    """The deepest fall, the present one, the all-time high, the volatility."""
    return [_deepest(fall), _present(fall, watches), _high(high, currency), _swings(swings)]


def _deepest(found: Drawdown | Missing) -> Figure:
    label = "Deepest fall"
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, found.reason, help=FALL_HELP)
    if not _seen(found.deepest):
        return Figure(label, say.percent(0), "never below its peak", help=FALL_HELP)
    back = f"made up by {say.day(found.recovered_on)}" if found.recovered_on else "not made up yet"
    span = f"{say.day(found.peak_on)} to {say.day(found.bottom_on)}"
    return Figure(label, _down(found.deepest), span, help=FALL_HELP, more=back)


def _present(found: Drawdown | Missing, watches: int) -> Figure:
    label = "Below the peak now"
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, "not known either")
    if not watches:
        return Figure(label, say.ABSENT, "nothing is held now")
    longest = f"longest below a peak: {_days(found.longest_days)}" if _seen(found.deepest) else ""
    if not _seen(found.present):
        return Figure(label, say.percent(0), "at its peak", more=longest)
    since = f"since {say.day(found.present_peak_on)}"
    return Figure(label, _down(found.present), since, more=longest)


def _high(found: High | Missing, currency: str) -> Figure:
    label = "All-time high"
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, found.reason, help=HIGH_HELP)
    shown = say.percent(found.distance)
    below = shown.startswith(say.MINUS)
    return Figure(
        label,
        say.money(found.amount, currency),
        f"{shown} since {say.day(found.day)}" if below else "now",
        "loss" if below else "",
        help=HIGH_HELP,
    )


def _swings(found: Swings) -> Figure:
    if isinstance(found.volatility, Missing) or isinstance(found.downward, Missing):
        return Figure("Volatility", say.ABSENT, "see below why", help=SWING_HELP)
    down = f"downwards alone {say.percent(found.downward)}"
    text = say.percent(found.volatility)
    return Figure("Volatility", text, "a year", help=SWING_HELP, more=down)


def fell(found: Drawdown | Missing, since: str) -> str:
    """The deepest fall, whether it was made up, and where it is now."""
    if isinstance(found, Missing):
        return found.reason
    if not _seen(found.deepest):
        return f"Never below its peak {since}, as far as values were recorded."
    said = (
        f"The deepest fall {since} was {say.percent(found.deepest)}, from "
        f"{say.day(found.peak_on)} to {say.day(found.bottom_on)}"
    )
    if found.recovered_on:
        took = (found.recovered_on - found.peak_on).days
        said += f"; it was made up by {say.day(found.recovered_on)}, after {_days(took)}"
    else:
        said += "; it is not made up yet"
    if not _seen(found.present):
        return f"{said}. Now it is at its peak."
    return f"{said}. Now it is {say.percent(found.present)} below the peak."


def high(found: High | Missing, currency: str, watches: int) -> str:
    """Where the value is against its highest; empty where that is not known."""
    if isinstance(found, Missing):
        return ""
    amount, when = say.money(found.amount, currency), say.day(found.day)
    if not watches:
        return f"The value was highest on {when}, with {amount}; nothing is held now."
    below = say.percent(abs(found.distance))
    if not _seen(abs(found.distance)):
        return f"The value is at its all-time high of {amount}."
    return f"The value was highest on {when}, with {amount}; it is {below} below that now."


def hangs_on(found: Concentration | Missing, held: Sequence[Holding]) -> str:
    """What the concentration means, in plain words; ``held`` are the watches with a value."""
    if isinstance(found, Missing):
        return "Nothing that is held has a value, so there is nothing to share out."
    first = max(held, key=lambda one: one.value or 0)
    name = f"{first.brand} {first.model}"
    if found.watches == 1:
        return f"All of the value is one watch, the {name}."
    alike = f"{found.alike:.1f}".removesuffix(".0")
    if found.alike < FEW:
        meaning = "most of it hangs on one watch"
    elif found.alike < MANY:
        meaning = "a few watches decide how it moves"
    else:
        meaning = "no single watch decides how it moves"
    return (
        f"It is as concentrated as {alike} watches of equal value would be: {meaning}. "
        f"The largest is the {name}."
    )


def bars(found: Concentration, held: Sequence[Holding], currency: str) -> list[Bar]:
    """The largest watch, the five largest, the index."""
    values = sorted((one.value or Decimal() for one in held), reverse=True)
    first = say.money(values[0], currency)
    rows = [Bar("The largest", first, say.percent(found.largest), found.largest)]
    if len(values) > TOP:
        amount = say.money(sum(values[:TOP], Decimal()), currency)
        rows.append(Bar("The five largest", amount, say.percent(found.top_five), found.top_five))
    index = f"of {say.count(found.watches, 'watch', 'watches')}"
    return [*rows, Bar("Herfindahl index", index, f"{found.herfindahl:.3f}", found.herfindahl)]


def swing(found: Swings) -> str:
    """What the volatility says, or why there is none."""
    if isinstance(found.volatility, Missing):
        return found.volatility.reason
    return (
        f"In two years of three, a year’s return lies within {say.percent(found.volatility)} of "
        "the usual one, if the future swings as the period did."
    )


def irregular(share: float) -> Missing:
    """Why there is no volatility: too little of the value is valued regularly."""
    return Missing(
        f"Not known. It needs regular values in this period, {FEWEST_POINTS} or more and mostly at "
        f"most {LONGEST_GAP} days apart, for {REGULAR:.0%} of the value; here it is "
        f"{say.percent(share)}. Values that are only carried on look calmer than they are."
    )


def too_short(ends: int) -> Missing:
    """Why there is no volatility: the period has too few ends of months."""
    return Missing(
        f"Not known. It needs a period with {FEWEST_POINTS} ends of months; this one has {ends}."
    )


def _seen(fall: float) -> bool:
    """Whether it is more than nothing as shown."""
    return say.percent(fall) != say.percent(0)


def _down(fall: float) -> str:
    return say.percent(-fall)


def _days(number: int) -> str:
    return say.count(number, "day", "days")

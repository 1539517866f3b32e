"""Risk in words: falls, the all-time high, swings, and how much hangs on a few watches.

Figures in, words out. A number that can't be had is an en dash with its reason under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app import format as say
from app.language import N_, _
from app.markup import Figure
from app.overview_markup import Bar
from data.analytics import Holding
from data.calc.missing import Missing
from data.calc.risk import FEWEST_POINTS, LONGEST_GAP, Concentration, Drawdown
from data.calc.series import High
from data.said import said

FALL_HELP = N_(
    "How far the time-weighted return was below its highest point so far: what "
    "was bought or sold is no rise and no fall."
)
SWING_HELP = N_(
    "The standard deviation of the returns from one end of a month to the next, "
    "for a year. Only where values are recorded regularly: a value that is "
    "carried on looks calm, and is not."
)
HIGH_HELP = N_("The highest value on any day, with what was bought and sold until then.")
REGULAR = 0.9  # of the value must be of watches that are valued regularly
FEW = 2  # alike: so few equal watches are a lot in one place
MANY = 10
TOP = 5  # so few are all of it
ON_ONE = N_(
    "It is as concentrated as {number} watches of equal value would be: most of it hangs on one "
    "watch."
)
ON_FEW = N_(
    "It is as concentrated as {number} watches of equal value would be: a few watches decide how "
    "it moves."
)
ON_NONE = N_(
    "It is as concentrated as {number} watches of equal value would be: no single watch decides "
    "how it moves."
)


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
    label = _("Deepest fall")
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, _(found.reason), help=_(FALL_HELP))
    if not _seen(found.deepest):
        return Figure(label, say.percent(0), _("never below its peak"), help=_(FALL_HELP))
    back = (
        _("made up by {day}", day=say.day(found.recovered_on))
        if found.recovered_on
        else _("not made up yet")
    )
    span = _("{first} to {last}", first=say.day(found.peak_on), last=say.day(found.bottom_on))
    return Figure(label, _down(found.deepest), span, help=_(FALL_HELP), more=back)


def _present(found: Drawdown | Missing, watches: int) -> Figure:
    label = _("Below the peak now")
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, _("not known either"))
    if not watches:
        return Figure(label, say.ABSENT, _("nothing is held now"))
    longest = (
        _("longest below a peak: {days}", days=_days(found.longest_days))
        if _seen(found.deepest)
        else ""
    )
    if not _seen(found.present):
        return Figure(label, say.percent(0), _("at its peak"), more=longest)
    since = _("since {day}", day=say.day(found.present_peak_on))
    return Figure(label, _down(found.present), since, more=longest)


def _high(found: High | Missing, currency: str) -> Figure:
    label = _("All-time high")
    if isinstance(found, Missing):
        return Figure(label, say.ABSENT, _(found.reason), help=_(HIGH_HELP))
    shown = say.percent(found.distance)
    below = shown.startswith(say.MINUS)
    return Figure(
        label,
        say.money(found.amount, currency),
        _("{share} since {day}", share=shown, day=say.day(found.day)) if below else _("now"),
        "loss" if below else "",
        help=_(HIGH_HELP),
    )


def _swings(found: Swings) -> Figure:
    if isinstance(found.volatility, Missing) or isinstance(found.downward, Missing):
        return Figure(_("Volatility"), say.ABSENT, _("see below why"), help=_(SWING_HELP))
    down = _("downwards alone {share}", share=say.percent(found.downward))
    text = say.percent(found.volatility)
    return Figure(_("Volatility"), text, _("a year"), help=_(SWING_HELP), more=down)


def fell(found: Drawdown | Missing, since: str) -> str:
    """The deepest fall, whether it was made up, and where it is now."""
    if isinstance(found, Missing):
        return _(found.reason)
    if not _seen(found.deepest):
        return _("Never below its peak {since}, as far as values were recorded.", since=since)
    values = {
        "since": since,
        "share": say.percent(found.deepest),
        "peak": say.day(found.peak_on),
        "bottom": say.day(found.bottom_on),
    }
    if found.recovered_on:
        said = _(
            "The deepest fall {since} was {share}, from {peak} to {bottom}; it was made up by "
            "{day}, after {days}.",
            **values,
            day=say.day(found.recovered_on),
            days=_days((found.recovered_on - found.peak_on).days),
        )
    else:
        said = _(
            "The deepest fall {since} was {share}, from {peak} to {bottom}; it is not made up yet.",
            **values,
        )
    now = _("Now it is at its peak.")
    if _seen(found.present):
        now = _("Now it is {share} below the peak.", share=say.percent(found.present))
    return f"{said} {now}"


def high(found: High | Missing, currency: str, watches: int) -> str:
    """Where the value is against its highest; empty where that is not known."""
    if isinstance(found, Missing):
        return ""
    amount, when = say.money(found.amount, currency), say.day(found.day)
    if not watches:
        return _(
            "The value was highest on {day}, with {amount}; nothing is held now.",
            day=when,
            amount=amount,
        )
    below = say.percent(abs(found.distance))
    if not _seen(abs(found.distance)):
        return _("The value is at its all-time high of {amount}.", amount=amount)
    return _(
        "The value was highest on {day}, with {amount}; it is {share} below that now.",
        day=when,
        amount=amount,
        share=below,
    )


def hangs_on(found: Concentration | Missing, held: Sequence[Holding]) -> str:
    """What the concentration means, in plain words; ``held`` are the watches with a value."""
    if isinstance(found, Missing):
        return _("Nothing that is held has a value, so there is nothing to share out.")
    first = max(held, key=lambda one: one.value or 0)
    name = f"{first.brand} {first.model}"
    if found.watches == 1:
        return _("All of the value is one watch, the {watch}.", watch=name)
    alike = say.localised(f"{found.alike:.1f}".removesuffix(".0"))
    text = ON_ONE if found.alike < FEW else ON_FEW if found.alike < MANY else ON_NONE
    return f"{_(text, number=alike)} {_('The largest is the {watch}.', watch=name)}"


def bars(found: Concentration, held: Sequence[Holding], currency: str) -> list[Bar]:
    """The largest watch, the five largest, the index."""
    values = sorted((one.value or Decimal() for one in held), reverse=True)
    first = say.money(values[0], currency)
    rows = [Bar(_("The largest"), first, say.percent(found.largest), found.largest)]
    if len(values) > TOP:
        amount = say.money(sum(values[:TOP], Decimal()), currency)
        rows.append(Bar(_("The five largest"), amount, say.percent(found.top_five), found.top_five))
    index = _("of {watches}", watches=say.count(found.watches, "watch", "watches"))
    return [
        *rows,
        Bar(
            _("Herfindahl index"), index, say.localised(f"{found.herfindahl:.3f}"), found.herfindahl
        ),
    ]


def swing(found: Swings) -> str:
    """What the volatility says, or why there is none."""
    if isinstance(found.volatility, Missing):
        return _(found.volatility.reason)
    return _(
        "In two years of three, a year’s return lies within {share} of the usual "
        "one, if the future swings as the period did.",
        share=say.percent(found.volatility),
    )


def irregular(share: float) -> Missing:
    """Why there is no volatility: too little of the value is valued regularly."""
    return Missing(
        said(
            "Not known. It needs regular values in this period, {number} or more and mostly at "
            "most {days} days apart, for {needed}% of the value; here it is {share}. Values that "
            "are only carried on look calmer than they are.",
            number=FEWEST_POINTS,
            days=LONGEST_GAP,
            needed=round(REGULAR * 100),
            share=say.percent(share),
        )
    )


def too_short(ends: int) -> Missing:
    """Why there is no volatility: the period has too few ends of months."""
    return Missing(
        said(
            "Not known. It needs a period with {number} ends of months; this one has {ends}.",
            number=FEWEST_POINTS,
            ends=ends,
        )
    )


def _seen(fall: float) -> bool:
    """Whether it is more than nothing as shown."""
    return say.percent(fall) != say.percent(0)


def _down(fall: float) -> str:
    return say.percent(-fall)


def _days(number: int) -> str:
    return say.count(number, "day", "days")

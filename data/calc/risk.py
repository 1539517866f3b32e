"""How far a collection fell, how much it swings, how much of it hangs on a few watches.

A level is what one unit of money became: 1 + accumulated TTWROR. Falls and shares are fractions.
"""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from data.calc.missing import Missing
from data.said import said

_YEAR_DAYS = 365.25
_FEWEST_LEVELS = 2
FEWEST_POINTS = 12
LONGEST_GAP = 45  # days: the middle of the gaps between valuations may be that long
_TOP = 5


@dataclass(frozen=True)
class Level:
    """What one unit of money had become at the end of a day; not negative."""

    day: date
    level: float


@dataclass(frozen=True)
class Drawdown:
    """The falls from a peak (0.25: a quarter of the peak is gone); ``deepest`` 0: it never fell.

    ``longest`` is the longest time from the last day at a peak until the peak was reached again,
    or until the last day.
    """

    deepest: float
    peak_on: date  # the last day at the peak before the deepest fall
    bottom_on: date  # the first day of the deepest fall
    recovered_on: date | None  # when that peak was reached again; None: not yet
    present: float
    present_peak_on: date  # the last day at the highest level so far
    longest: tuple[date, date]

    @property
    def longest_days(self) -> int:
        """How long that was."""
        return (self.longest[1] - self.longest[0]).days


@dataclass(frozen=True)
class Concentration:
    """How much hangs on a few; shares of the value.

    ``herfindahl`` is the sum of the squared shares: 1 for a single watch, 1/n for n watches of the
    same value. ``alike`` is its inverse: as many equal watches would be as concentrated.
    """

    watches: int
    largest: float
    top_five: float
    herfindahl: float

    @property
    def alike(self) -> float:
        """From 1 to the number of watches."""
        return 1 / self.herfindahl


def falls(levels: Sequence[float]) -> list[float]:
    """How far each level is below the highest so far.

    Source:
        (peak - level) / peak; 0 where the peak is nothing.
    """
    found, peak = [], -math.inf
    for level in levels:
        peak = max(peak, level)
        found.append((peak - level) / peak if peak > 0 else 0.0)
    return found


def drawdown(levels: Sequence[Level]) -> Drawdown | Missing:
    """The deepest and the present fall, and the longest time below a peak; levels in order."""
    if len(levels) < _FEWEST_LEVELS:
        return Missing(said("A fall needs values on two days at least."))
    depth = falls([one.level for one in levels])
    bottom = max(range(len(depth)), key=depth.__getitem__)
    top = max(at for at in range(bottom + 1) if not depth[at])
    back = (at for at in range(bottom + 1, len(levels)) if levels[at].level >= levels[top].level)
    again = next(back, None)
    peaks = [one.day for one, fall in zip(levels, depth, strict=True) if not fall]
    spans = [*pairwise(peaks), (peaks[-1], levels[-1].day)]
    return Drawdown(
        depth[bottom],
        levels[top].day,
        levels[bottom].day,
        None if again is None else levels[again].day,
        depth[-1],
        peaks[-1],
        max(spans, key=lambda span: span[1] - span[0]),
    )


def swing(returns: Sequence[float]) -> float:
    """Volatility over a whole period from its returns: above -1, 0 for fewer than two.

    Source:
        standard deviation of ln(1 + r) * sqrt(number of returns).
    """
    logs = _logs(returns)
    return statistics.stdev(logs) * math.sqrt(len(logs)) if len(logs) >= _FEWEST_LEVELS else 0.0


def downward_swing(returns: Sequence[float]) -> float:
    """The part of ``swing`` that returns below the mean make (semi-deviation)."""
    logs = _logs(returns)
    if len(logs) < _FEWEST_LEVELS:
        return 0.0
    mean = statistics.fmean(logs)
    below = math.fsum((one - mean) ** 2 for one in logs if one < mean)
    return math.sqrt(below / (len(logs) - 1) * len(logs))


def volatility(levels: Sequence[Level]) -> float | Missing:
    """How much it swings a year, of regular and real valuations: days in order, at most one each.

    Source:
        standard deviation of ln(level / level before) * sqrt(periods a year).
    """
    return _a_year(levels, swing)


def downward_volatility(levels: Sequence[Level]) -> float | Missing:
    """The part of ``volatility`` that returns below the mean make."""
    return _a_year(levels, downward_swing)


def is_regular(gaps: Sequence[int]) -> bool:
    """Whether so many days between valuations make a series that shows its swings."""
    return len(gaps) >= FEWEST_POINTS - 1 and statistics.median_low(gaps) <= LONGEST_GAP


def concentration(values: Sequence[Decimal]) -> Concentration | Missing:
    """How the value is shared out; values are not negative."""
    total = sum(values, Decimal())
    if total <= 0:
        return Missing(said("There is no value to share out."))
    shares = sorted((float(value / total) for value in values), reverse=True)
    return Concentration(
        len(values),
        shares[0],
        min(math.fsum(shares[:_TOP]), 1.0),
        min(math.fsum(share**2 for share in shares), 1.0),
    )


def _a_year(
    levels: Sequence[Level], swing_of: Callable[[Sequence[float]], float]
) -> float | Missing:
    if len(levels) < FEWEST_POINTS:
        return Missing(
            said(
                "Swings need {number} values at least; there are {found}.",
                number=FEWEST_POINTS,
                found=len(levels),
            )
        )
    gaps = [(after.day - before.day).days for before, after in pairwise(levels)]
    if not is_regular(gaps):
        return Missing(
            said(
                "Swings need values at most {days} days apart, most of the time.", days=LONGEST_GAP
            )
        )
    if any(one.level <= 0 for one in levels):
        return Missing(said("A value of nothing has no swings."))
    returns = [after.level / before.level - 1 for before, after in pairwise(levels)]
    years = (levels[-1].day - levels[0].day).days / _YEAR_DAYS
    return swing_of(returns) / math.sqrt(years)


def _logs(returns: Sequence[float]) -> list[float]:
    return [math.log1p(one) for one in returns if one > -1]

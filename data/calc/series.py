"""Values over time: a series is a step function, each value holding until the next.

Points are sorted by day, at most one a day, in one currency; amounts are not negative.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from data.calc.missing import Missing
from data.said import said

_FEWEST_FOR_HIGH = 2


@dataclass(frozen=True)
class Point:
    """What something was worth from a day on."""

    day: date
    amount: Decimal


@dataclass(frozen=True)
class Change:
    """A rise (+) or fall (-), also as a fraction of the earlier value (None if that is 0)."""

    amount: Decimal
    fraction: float | None


@dataclass(frozen=True)
class High:
    """The first day of the highest value, and how far the last one is from it (0.0 or negative)."""

    day: date
    amount: Decimal
    distance: float


def value_on(points: Sequence[Point], day: date) -> Decimal | None:
    """The newest value on or before ``day``; None before the first."""
    known = bisect_right(points, day, key=lambda point: point.day)
    return points[known - 1].amount if known else None


def change_since(points: Sequence[Point], today: date, days: int) -> Change | Missing:
    """Value today less value ``days`` days ago."""
    now, then = value_on(points, today), value_on(points, today - timedelta(days=days))
    if now is None or then is None:
        return Missing(said("There was no value {days} days ago.", days=days))
    return Change(now - then, float((now - then) / then) if then else None)


def all_time_high(points: Sequence[Point]) -> High | Missing:
    """The highest value ever.

    Source:
        distance = last / high - 1.
    """
    if len(points) < _FEWEST_FOR_HIGH:
        return Missing(said("An all-time high needs at least two values."))
    high = max(points, key=lambda point: point.amount)
    distance = float(points[-1].amount / high.amount) - 1 if high.amount else 0.0
    return High(high.day, high.amount, distance)

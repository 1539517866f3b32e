"""A step series as months: the value at each month's end, as long as real values stand behind it.

A stretch in which a value is only carried forward is no calm. So a month's end counts while its
value is fresh, recorded at most half a year before, and months with values of their own are needed.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.calc.missing import Missing
from data.calc.series import Point, value_on
from data.said import said

FRESH_DAYS = 183  # so long a recorded value counts as known
REPEATED_DAYS = 365  # after so long without a change, the same amount again is no new value
FEWEST_MONTHS = 24
FEWEST_RECORDED = 12  # of these months with a value recorded in them
MOST_MONTHS = 120  # ten years: what was before says little about the next one

STALE = said("The newest values are over half a year old, or only repeat older ones.")
NOTHING = said("There is no value today to look ahead from.")


@dataclass(frozen=True)
class Basis:
    """What stands behind the value at a month's end.

    ``recorded``: a value was recorded in this month. ``fresh``: most of the value was recorded, or
    paid, at most FRESH_DAYS before.
    """

    recorded: bool
    fresh: bool


@dataclass(frozen=True)
class Monthly:
    """The ends of full months in a row, oldest first, all above zero; and the value today."""

    ends: tuple[Point, ...]
    today: Point


def regular(points: Sequence[Point], basis: Mapping[date, Basis], today: date) -> Monthly | Missing:
    """The longest row of months up to the last full one that real values stand behind.

    ``basis`` is by the last day of a month; a month that is not in it has none.
    """
    now = value_on(points, today)
    if now is None or now <= 0:
        return Missing(NOTHING)
    end = last_month_end(today)
    found: list[Point] = []
    recorded = 0
    while len(found) < MOST_MONTHS and (behind := basis.get(end)) and behind.fresh:
        amount = value_on(points, end)
        if amount is None or amount <= 0:
            break
        found.append(Point(end, amount))
        recorded += behind.recorded
        end = _month_end_before(end)
    if not found and any(one.recorded for one in basis.values()):
        return Missing(STALE)
    if len(found) < FEWEST_MONTHS:
        return Missing(
            said(
                "It takes {needed} months in a row whose values are at most half a year old; "
                "so far there are {months}.",
                needed=FEWEST_MONTHS,
                months=len(found),
            )
        )
    if recorded < FEWEST_RECORDED:
        return Missing(
            said(
                "It takes values recorded in {needed} different months; "
                "of the last {months} there are {recorded} with one.",
                needed=FEWEST_RECORDED,
                months=len(found),
                recorded=recorded,
            )
        )
    return Monthly(tuple(reversed(found)), Point(today, now))


def basis_of(recorded: Iterable[Point], today: date) -> dict[date, Basis]:
    """What stands behind the months of one watch, by its recorded values, in any order.

    Imported series are often filled up with one amount, so a value counts only if the amount
    changed within REPEATED_DAYS before.
    """
    days = _real(sorted((one for one in recorded if one.day <= today), key=lambda one: one.day))
    found: dict[date, Basis] = {}
    end = last_month_end(today)
    while days and end >= days[0]:
        newest = days[bisect_right(days, end) - 1]
        found[end] = Basis(newest >= end.replace(day=1), (end - newest).days <= FRESH_DAYS)
        end = _month_end_before(end)
    return found


def last_month_end(day: date) -> date:
    """The last day of the last month that is over at the end of ``day``."""
    return _month_end_before(day + timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _real(recorded: Sequence[Point]) -> list[date]:
    """The days of values that are no mere repetition of a long series of the same."""
    days: list[date] = []
    changed, amount = date.min, None
    for one in recorded:
        if one.amount != amount:
            changed, amount = one.day, one.amount
        if (one.day - changed).days <= REPEATED_DAYS:
            days.append(one.day)
    return days


def _month_end_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)

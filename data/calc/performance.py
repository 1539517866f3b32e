# ruff: noqa: D102  (the fields of a row say what they are)
"""What a collection earned over time: TTWROR by day and month, XIRR, the change net of payments.

Returns are fractions (0.07 is 7 %). Money is in one currency per call.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Protocol, TypeVar
from uuid import UUID

from data.calc.missing import Missing
from data.calc.returns import CashFlow, annualised, money_weighted
from data.calc.series import Point
from data.said import said

_SHORTEST_YEAR = 365  # days from which a return is also told a year
_FEWEST_DAYS = 2
_TOO_LARGE = 1e12  # times what it was: an error in the record, not a return

NO_COST = said("no cost, or no exchange rate for it")
NO_DAY = said("the day of the purchase is not recorded")
NO_VALUE = said("no value, or no exchange rate for it")
NO_PROCEEDS = said("gone without a sale price, or no exchange rate for it")
NO_RATE = said("no exchange rate for a payment")

Key = TypeVar("Key", bound=Hashable)


class Valued(Protocol):
    """A day of a collection. What is paid in counts from its start, taken out at its end."""

    @property
    def day(self) -> date: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def paid_in(self) -> Decimal: ...
    @property
    def taken_out(self) -> Decimal: ...
    @property
    def missing(self) -> bool: ...  # something held has no rate and is not in the value


class Held(Protocol):
    """A watch that is here, or was; None: not available."""

    @property
    def watch_id(self) -> UUID: ...
    @property
    def cost(self) -> Decimal | None: ...
    @property
    def acquired_on(self) -> date | None: ...
    @property
    def dated(self) -> bool: ...  # the day of the purchase is recorded
    @property
    def disposed_on(self) -> date | None: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def proceeds(self) -> Decimal | None: ...


class Paid(Protocol):
    """What a watch took (watch_id None: all of them together); amount None: no rate."""

    @property
    def watch_id(self) -> UUID | None: ...
    @property
    def day(self) -> date: ...
    @property
    def amount(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Earned:
    """The return of a day, and of all days so far; ``held``: there was something to earn on."""

    day: date
    fraction: float
    total: float
    held: bool


@dataclass(frozen=True)
class Performance:
    """The time-weighted return (TTWROR) of a period, day by day.

    ``from_nothing`` are amounts that came of a value of 0: they are in no percentage.
    """

    days: tuple[Earned, ...]  # oldest first; the first is what the others are compared with
    since: date  # the first day with anything
    until: date  # the last one
    from_nothing: tuple[Point, ...]

    @property
    def total(self) -> float:
        """The return of the whole period."""
        return self.days[-1].total

    @property
    def held(self) -> tuple[Earned, ...]:
        """The days while there was anything, after the one they are compared with."""
        first = next(at for at, one in enumerate(self.days) if one.day >= self.since)
        return tuple(one for one in self.days[max(first - 1, 0) :] if one.day <= self.until)

    @property
    def a_year(self) -> float | Missing:
        """The same as a steady rate a year, from 365 days on."""
        span = (self.until - self.since).days
        if span < _SHORTEST_YEAR:
            return Missing(said("Under a year, so it is not told as a rate a year."))
        return annualised(Decimal(1), Decimal(1 + self.total), span)


@dataclass(frozen=True)
class MoneyWeighted:
    """The XIRR of watches taken together, over how many it goes, and what it leaves out."""

    rate: float | Missing
    watches: int
    left_out: tuple[tuple[UUID, str], ...]  # a watch, and why
    payments_left_out: int  # of the whole collection, for want of a rate


def time_weighted(days: Sequence[Valued]) -> Performance | Missing:
    """TTWROR of days in order that hold every day with a payment, and its eve.

    Days up to the last one that leaves something out are not looked at: their values compare with
    nothing.

    Source:
        (value + taken out) / (value before + paid in) - 1, chained.
    """
    if days and days[-1].missing:
        return Missing(said("Something that is held has no exchange rate on the last day."))
    known = days[max((at + 1 for at, day in enumerate(days) if day.missing), default=0) :]
    if len(known) < _FEWEST_DAYS:
        return Missing(said("A return over time needs values on two days at least."))
    earned = _chain(known)
    held = [at for at, one in enumerate(earned) if one.held]
    if not held:
        return Missing(said("Nothing with a value was held in this period."))
    if max(one.total for one in earned) > _TOO_LARGE:
        return Missing(said("The values rise too much to be true: please check them."))
    came = (
        Point(after.day, after.value + after.taken_out)
        for before, after in pairwise(known)
        if not before.value + after.paid_in and after.value + after.taken_out > 0
    )
    since, until = earned[held[0]].day, earned[held[-1]].day
    return Performance(tuple(earned), since, until, tuple(came))


def return_of_day(before: Decimal, day: Valued) -> float:
    """The return of one day after a value of ``before``; 0 where there was nothing to earn on."""
    base = before + day.paid_in
    if base <= 0:
        return 0.0
    return max(float((day.value + day.taken_out) / base) - 1, -1.0)


def by_month(days: Sequence[Earned]) -> dict[tuple[int, int], float | None]:
    """The return of each (year, month) in order; None: nothing was held in it.

    The first month counts from the first day, the last one to the last.
    """
    return _chained(days, lambda day: (day.year, day.month))


def by_year(days: Sequence[Earned]) -> dict[int, float | None]:
    """The return of each year in order; None: nothing was held in it."""
    return _chained(days, lambda day: day.year)


def gained(days: Sequence[Valued]) -> Decimal:
    """The change of the value without what was paid in and taken out after the first day."""
    if not days:
        return Decimal()
    paid = sum((day.paid_in - day.taken_out for day in days[1:]), Decimal())
    return days[-1].value - days[0].value - paid


def money_weighted_of(
    watches: Iterable[Held], payments: Iterable[Paid], today: date
) -> MoneyWeighted:
    """XIRR of watches: costs and payments go out, proceeds and today's values come in.

    A watch counts with all of its flows or not at all. Payments of a watch that is not among
    ``watches`` are not looked at.
    """
    spent: dict[UUID | None, list[Paid]] = {}
    for payment in payments:
        spent.setdefault(payment.watch_id, []).append(payment)
    flows: list[CashFlow] = []
    left_out: list[tuple[UUID, str]] = []
    counted = 0
    for watch in watches:
        found = _flows_of(watch, spent.get(watch.watch_id, ()), today)
        if isinstance(found, str):
            left_out.append((watch.watch_id, found))
        else:
            flows += found
            counted += 1
    common = [
        CashFlow(one.day, -one.amount) for one in spent.get(None, ()) if one.amount is not None
    ]
    rate = (
        money_weighted(flows + common)
        if counted
        else Missing(said("A yearly return needs a watch with a cost, its day, and a value."))
    )
    return MoneyWeighted(rate, counted, tuple(left_out), len(spent.get(None, ())) - len(common))


def _chain(days: Sequence[Valued]) -> list[Earned]:
    """The first day is the reference: its return is 0, whatever was paid in on it."""
    level = 1.0
    earned = [Earned(days[0].day, 0.0, 0.0, days[0].value > 0)]
    for before, day in pairwise(days):
        fraction = return_of_day(before.value, day)
        level *= 1 + fraction
        earned.append(Earned(day.day, fraction, level - 1, before.value + day.paid_in > 0))
    return earned


def _chained(days: Sequence[Earned], key: Callable[[date], Key]) -> dict[Key, float | None]:
    levels: dict[Key, float | None] = {}
    for one in days[1:]:
        span = key(one.day)
        before = levels.setdefault(span, None)
        if one.held:
            levels[span] = (1.0 if before is None else before) * (1 + one.fraction)
    return {
        span: None if level is None or level > _TOO_LARGE else level - 1
        for span, level in levels.items()
    }


def _flows_of(watch: Held, payments: Sequence[Paid], today: date) -> list[CashFlow] | str:
    """Everything a watch took and brought; or why that is not known."""
    if watch.cost is None:
        return NO_COST
    if not watch.dated or watch.acquired_on is None:
        return NO_DAY
    brought = watch.value if watch.disposed_on is None else watch.proceeds
    if brought is None:
        return NO_VALUE if watch.disposed_on is None else NO_PROCEEDS
    flows = [
        CashFlow(watch.acquired_on, -watch.cost),
        CashFlow(watch.disposed_on or today, brought),
    ]
    for payment in payments:
        if payment.amount is None:
            return NO_RATE
        flows.append(CashFlow(payment.day, -payment.amount))
    return flows

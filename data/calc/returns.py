"""What a watch or a collection earned: simple, annualised and money-weighted return.

Returns are fractions (0.07 is 7 %). Money is in one currency per call, as stored: finite, with
two decimals, below 10^12.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyxirr import xirr

from data.calc.missing import Missing
from data.said import said

_YEAR_DAYS = 365.25
_SHORTEST_YEAR = 365  # days held from which a return is shown per year
_SHORTEST_XIRR = 30  # days; a rate a year from less says nothing


@dataclass(frozen=True, order=True)
class CashFlow:
    """Money on a day: purchases and costs negative, proceeds and today's value positive."""

    day: date
    amount: Decimal


def simple_return(cost: Decimal, value: Decimal) -> float | Missing:
    """Gain over cost (ROI): value / cost - 1; a value of 0 is -1.0."""
    problem = _why_not(cost, value)
    return problem or float((value - cost) / cost)


def annualised(cost: Decimal, value: Decimal, days: int) -> float | Missing:
    """The return a year, for what was held ``days`` days, 365 or more.

    Source:
        (value / cost) ** (365.25 / days) - 1.
    """
    if problem := _why_not(cost, value):
        return problem
    if days < _SHORTEST_YEAR:
        return Missing(said("Held for less than a year."))
    return math.pow(value / cost, _YEAR_DAYS / days) - 1


def cost_of_ownership(
    cost: Decimal, services: Sequence[Decimal], proceeds: Decimal | None = None
) -> Decimal:
    """What having it has taken: cost and services, less what its sale brought."""
    return cost + sum(services, Decimal()) - (proceeds or Decimal())


def money_weighted(flows: Sequence[CashFlow]) -> float | Missing:
    """Money-weighted return a year (XIRR), flows in any order.

    Source:
        r with sum(amount / (1 + r) ** (days / 365)) = 0, Actual/365 from the first flow. Where
        several rates solve it (money in, out and in again), it is the one pyxirr finds.
    """
    paid = sorted(flow for flow in flows if flow.amount)
    if {flow.amount > 0 for flow in paid} != {True, False}:
        return Missing(said("A yearly return needs both money paid and money received or a value."))
    if (paid[-1].day - paid[0].day).days < _SHORTEST_XIRR:
        return Missing(said("Less than 30 days: too short for a yearly return."))
    rate = _rate(paid)
    return Missing(said("No yearly return fits these payments.")) if rate is None else rate


def _why_not(cost: Decimal, value: Decimal) -> Missing | None:
    if cost <= 0:
        return Missing(said("There is no cost to compare with."))
    if value < 0:
        return Missing(said("A value below zero: something is missing from the record."))
    return None


def _rate(paid: Sequence[CashFlow]) -> float | None:
    """The root, looked for forwards, then backwards in time.

    pyxirr gives up on big losses after many years, where discounting makes terms enormous. With
    time mirrored they are small, and 1 + r becomes 1 / (1 + r).
    """
    amounts = [flow.amount for flow in paid]
    rate = xirr([flow.day for flow in paid], amounts)
    if rate is not None and math.isfinite(rate):
        return rate
    first, last = paid[0].day, paid[-1].day
    mirrored = xirr([first + (last - flow.day) for flow in paid], amounts)
    if mirrored is not None and math.isfinite(mirrored):
        return -mirrored / (1 + mirrored)
    return None

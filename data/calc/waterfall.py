# ruff: noqa: D102  (the fields of a row say what they are)
"""From what watches cost to what they are worth: price, fees, currency; and what owning took.

Amounts are in one currency per call.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Protocol
from uuid import UUID

from data.calc.missing import Missing
from data.said import said

CENT = Decimal("0.01")


class Costed(Protocol):
    """A watch that is here; ``watch_gain`` + ``fees`` is the change of the price itself."""

    @property
    def watch_id(self) -> UUID: ...
    @property
    def cost(self) -> Decimal | None: ...
    @property
    def fees(self) -> Decimal | None: ...  # None with a cost: it has none
    @property
    def value(self) -> Decimal | None: ...
    @property
    def watch_gain(self) -> Decimal | None: ...  # None: its currency has no rate today
    @property
    def currency_gain(self) -> Decimal | None: ...


class Spent(Protocol):
    """A service or another cost (watch_id None: of all watches); amount None: no rate."""

    @property
    def watch_id(self) -> UUID | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def amount(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Waterfall:
    """cost + price - fees + currency = value, exactly, in rounded amounts.

    ``services`` and ``others`` are what owning took beside the cost; the value knows nothing of it.
    """

    cost: Decimal
    price: Decimal
    fees: Decimal
    currency: Decimal
    value: Decimal
    services: Decimal
    others: Decimal
    watches: int
    unsplit: int  # of them, those whose whole gain is told as price, for want of today's rate
    payments_left_out: int  # for want of a rate

    @property
    def after_owning(self) -> Decimal:
        """The value less what owning took."""
        return self.value - self.services - self.others


def from_cost_to_value(
    watches: Iterable[Costed], payments: Iterable[Spent], step: Decimal = CENT
) -> Waterfall | Missing:
    """How the cost became the value, over the watches that have both; rounded to ``step``."""
    both = [one for one in watches if one.cost is not None and one.value is not None]
    if not both:
        return Missing(said("This needs a watch with both a cost and a value."))
    cost = _sum(one.cost for one in both)
    value = _sum(one.value for one in both)
    fees = _sum(one.fees for one in both if one.watch_gain is not None)
    unsplit = [one for one in both if one.watch_gain is None]
    price = _sum(one.watch_gain for one in both) + fees
    price += _sum(one.value for one in unsplit) - _sum(one.cost for one in unsplit)
    currency = _sum(one.currency_gain for one in both if one.watch_gain is not None)
    first, last = _rounded(cost, step), _rounded(value, step)
    parts = shared_out(last - first, [price, -fees, currency], step)
    counted = {one.watch_id for one in both}
    spent = [one for one in payments if one.watch_id is None or one.watch_id in counted]
    return Waterfall(
        first,
        parts[0],
        -parts[1],
        parts[2],
        last,
        _rounded(_sum(one.amount for one in spent if one.kind == "service"), step),
        _rounded(_sum(one.amount for one in spent if one.kind != "service"), step),
        len(both),
        len(unsplit),
        sum(one.amount is None for one in spent),
    )


def shared_out(total: Decimal, parts: Sequence[Decimal], step: Decimal = CENT) -> list[Decimal]:
    """The parts rounded to ``step`` so that they add up to ``total`` (largest remainder).

    ``total`` is a multiple of ``step`` and less than one of it from the sum of the parts.
    """
    exact = [part / step for part in parts]
    whole = [one.to_integral_value(ROUND_FLOOR) for one in exact]
    left = int(total / step - sum(whole, Decimal()))
    nearest = sorted(range(len(parts)), key=lambda at: whole[at] - exact[at])
    for at in nearest[:left]:
        whole[at] += 1
    return [one * step for one in whole]


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal())


def _rounded(amount: Decimal, step: Decimal) -> Decimal:
    return amount.quantize(step, ROUND_HALF_UP)

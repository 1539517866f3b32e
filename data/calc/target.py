"""How far a price is from what a watch may cost."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Distance:
    """Price less target, in the currency of both; below zero: it costs less than it may.

    ``fraction`` is of the target; None where the target is nothing.
    """

    amount: Decimal
    fraction: float | None

    @property
    def reached(self) -> bool:
        """At the target or below."""
        return self.amount <= 0


def distance(price: Decimal, target: Decimal) -> Distance:
    """Both in one currency, neither below zero."""
    amount = price - target
    return Distance(amount, float(amount / target) if target else None)

"""What is wished for or ordered: what it may cost, what it costs now, how near the two are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.calc.missing import Missing
from data.calc.target import Distance, distance
from data.said import said


@dataclass(frozen=True)
class Wish:
    """A watch that is not here yet; None: not known, or no rate."""

    watch_id: UUID
    brand: str
    model: str
    reference: str | None
    status: str  # wishlist or ordered
    cover: str | None  # content hash of its first photo
    added_at: datetime
    target_amount: Decimal | None  # what it may cost, in target_currency
    target_currency: str | None
    price_amount: Decimal | None  # its newest market value, in price_currency
    price_currency: str | None
    priced_on: date | None
    agreed_amount: Decimal | None  # the price that was agreed, with fees, in agreed_currency
    agreed_currency: str | None
    price_at_target: Decimal | None  # the market value in target_currency, at today's rate
    target: Decimal | None  # these three: in the display currency, at today's rate
    price: Decimal | None
    agreed: Decimal | None
    rate_on: date | None  # of the oldest rate that is used

    @property
    def distance(self) -> Distance | Missing:
        """How far the market price is from the target, in the target's currency."""
        if self.target_amount is None:
            return Missing(said("No target price yet."))
        if self.price_amount is None:
            return Missing(said("No market price yet."))
        if self.price_at_target is None:
            return Missing(
                said(
                    "No rate from {currency} to {other}.",
                    currency=self.price_currency,
                    other=self.target_currency,
                )
            )
        return distance(self.price_at_target, self.target_amount)

    @property
    def takes(self) -> Decimal | None:
        """What it would take today, in the display currency: agreed, else market, else target."""
        if self.status == "ordered" and self.agreed_amount is not None:
            return self.agreed
        return self.target if self.price_amount is None else self.price


def every(db: Connection, member: Member, currency: str, today: date) -> tuple[Wish, ...]:
    """The nearest to its target first (or furthest below it); those without a distance last."""
    keys = {"household_id": member.household_id, "currency": currency, "today": today}
    return tuple(sorted(queries.many(db, Wish, "wishlist", **keys), key=_nearness))


def total(wishes: Sequence[Wish]) -> tuple[Decimal, int]:
    """What they would take together, and how many of them are in it."""
    known = [wish.takes for wish in wishes if wish.takes is not None]
    return sum(known, Decimal()), len(known)


def _nearness(wish: Wish) -> tuple[int, float]:
    found = wish.distance
    if isinstance(found, Missing):
        return 1 if wish.target_amount is not None else 2, 0.0
    return 0, float("inf") if found.fraction is None else found.fraction

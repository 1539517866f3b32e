"""What a collection is worth, what it cost, and how that moved. One definition for every page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.scope import EVERYTHING, Scope


@dataclass(frozen=True)
class Totals:
    """The watches owned today, in one currency. Each sum says over how many watches it goes."""

    watches: int
    valued: int
    value: Decimal
    costed: int
    cost: Decimal
    measured: int  # watches with both value and cost
    gain: Decimal
    watch_gain: Decimal  # gain in the purchase currency, at today's rate
    currency_gain: Decimal  # the rest
    return_fraction: Decimal | None  # Σ gain / Σ cost of the measured ones
    at_cost: int
    without_value: int
    without_rate: int  # a value in a currency that has no rate
    stale: int  # valued more than a year ago
    rate_on: date | None  # the day of the oldest rate used; None: nothing was converted


@dataclass(frozen=True)
class Money:
    """One watch in one currency; None: a part is unknown, or has no rate."""

    value: Decimal | None
    cost: Decimal | None
    gain: Decimal | None
    watch_gain: Decimal | None
    currency_gain: Decimal | None
    return_fraction: Decimal | None
    rate_on: date | None
    cost_rate_on: date | None


@dataclass(frozen=True)
class TrendPoint:
    """One day of the collection, or of a watch, in one currency."""

    day: date
    value: Decimal
    gain: Decimal  # of the watches whose cost is known
    invested: Decimal  # Σ costs − Σ proceeds so far, each at its own day's rate
    cost: Decimal  # of the watches held that day
    watches: int
    missing: bool  # something held that day has no rate and is not in the sums


@dataclass(frozen=True)
class Slice:
    """A part of the collection's value; label None: in no collection."""

    label: str | None
    colour: str | None
    amount: Decimal
    watches: int


@dataclass(frozen=True)
class Performer:
    """A watch among the highest or the lowest returns."""

    watch_id: UUID
    brand: str
    model: str
    value: Decimal | None
    gain: Decimal | None
    return_fraction: Decimal | None
    best: bool
    cover: str | None  # content hash of its first photo


@dataclass(frozen=True)
class NeedsValue:
    """An owned watch that was never valued, or not for a year."""

    watch_id: UUID
    brand: str
    model: str
    valued_on: date | None
    value_amount: Decimal | None
    value_currency: str | None
    cover: str | None  # content hash of its first photo


def totals(
    db: Connection, member: Member, currency: str, today: date, scope: Scope = EVERYTHING
) -> Totals:
    """The headline numbers, of all that is owned or of a part of it."""
    keys = {**_keys(member, currency, today), **scope.params()}
    found = queries.first(db, Totals, "household_totals", **keys)
    return cast("Totals", found)


def of_watch(
    db: Connection, member: Member, watch_id: UUID, currency: str, today: date
) -> Money | None:
    """The figures of one watch; None: no such watch."""
    keys = _keys(member, currency, today)
    return queries.first(db, Money, "watch_money_of", watch_id=watch_id, **keys)


def trend(
    db: Connection,
    member: Member,
    currency: str,
    start: date,
    end: date,
    step: int = 1,
    watch_id: UUID | None = None,
) -> list[TrendPoint]:
    """Value and cost every ``step`` days, oldest first, ``end`` always among them."""
    days = {"from": min(start, end), "to": end, "step": step}
    return queries.many(
        db,
        TrendPoint,
        "value_trend",
        household_id=member.household_id,
        currency=currency,
        watch_id=watch_id,
        **days,
    )


def first_day(db: Connection, member: Member) -> date | None:
    """Since when the household owns a watch; None: it never did."""
    found = queries.value(db, "first_day", household_id=member.household_id)
    return cast("date | None", found)


def by_brand(db: Connection, member: Member, currency: str, today: date) -> list[Slice]:
    """What is owned, by brand; the largest first. Watches without a value are in no slice."""
    return queries.many(db, Slice, "allocation_by_brand", **_keys(member, currency, today))


def by_collection(db: Connection, member: Member, currency: str, today: date) -> list[Slice]:
    """What is owned, by collection; the largest first. Watches without a value are in no slice."""
    return queries.many(db, Slice, "allocation_by_collection", **_keys(member, currency, today))


def performers(db: Connection, member: Member, currency: str, today: date) -> list[Performer]:
    """The five highest and the five lowest returns, highest first."""
    return queries.many(db, Performer, "performers", **_keys(member, currency, today))


def needing_value(db: Connection, member: Member, today: date, limit: int) -> list[NeedsValue]:
    """Owned watches without a value, then those valued longest ago (more than a year)."""
    return queries.many(
        db,
        NeedsValue,
        "needing_value",
        household_id=member.household_id,
        today=today,
        limit=limit,
    )


def _keys(member: Member, currency: str, today: date) -> dict[str, object]:
    return {"household_id": member.household_id, "currency": currency, "today": today}

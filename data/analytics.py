"""The collection as a portfolio: day by day with what was paid in and taken out, watch by watch.

Value, cost and gain are those of data/figures.py. Everything is in one display currency; a part
that is unknown or has no rate is None, or is left out and said so.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.scope import Scope

Division = Literal["brand", "collection", "movement"]


@dataclass(frozen=True)
class Day:
    """A day of the collection. What is paid in counts from its start, what is taken out at its end.

    A watch without a cost (or with cost 0) is paid in at its value of that day, and one that went
    without a price is taken out at its last: neither is a gain or a loss. What went is taken out on
    the day after its last, when it is no longer in the value, at the rate of its last.
    """

    day: date
    value: Decimal  # of the watches held
    invested: Decimal  # Σ costs − Σ proceeds so far, each at its own day's rate
    cost: Decimal  # of the watches held
    watches: int
    paid_in: Decimal  # on this day
    taken_out: Decimal  # on this day
    rate: Decimal | None  # units of the display currency for 1 EUR; None: no rate
    regular: bool  # one of the evenly spaced days, for drawing
    missing: bool  # something held on this day has no rate and is not in the value
    incomplete: bool  # something paid or received so far has no rate and is not in the sums


@dataclass(frozen=True)
class Holding:
    """A watch of the scope, owned or gone, with its figures; None: not available.

    ``gain`` of a watch that is gone is realised: proceeds less cost. ``fees`` is the part of the
    cost that was fees and taxes, at today's rate (as ``watch_gain`` is), so that
    watch_gain + fees is the change of the price itself.
    """

    watch_id: UUID
    brand: str
    model: str
    reference: str | None
    cover: str | None  # content hash of its first photo
    status: str
    collection: str | None
    colour: str | None  # of the collection
    movement: str | None
    material: str | None
    production_year: int | None
    value_amount: Decimal | None  # as recorded, in value_currency
    value_currency: str | None
    purchase_currency: str | None
    acquired_on: date | None
    dated: bool  # the day of the purchase is recorded (else acquired_on is the first day known)
    disposed_on: date | None
    valued_on: date | None  # None: at cost, or without a value
    value: Decimal | None
    cost: Decimal | None
    fees: Decimal | None
    gain: Decimal | None
    watch_gain: Decimal | None
    currency_gain: Decimal | None
    return_fraction: Decimal | None
    proceeds: Decimal | None  # of a watch that is gone
    rate_on: date | None
    cost_rate_on: date | None
    fees_paid: Decimal | None  # of ``cost``, the fees and taxes; None: cost 0 or unknown


@dataclass(frozen=True)
class Payment:
    """A service or another cost, at the rate of its day; watch_id None: of the whole collection."""

    watch_id: UUID | None
    kind: str  # service, insurance, storage, accessory, shipping, appraisal, other
    day: date
    own_amount: Decimal
    currency: str
    amount: Decimal | None  # in the display currency; None: no rate


@dataclass(frozen=True)
class GroupDay:
    """What a group of watches is worth on a day; label None: in none, or (``rest``) all others."""

    day: date
    label: str | None
    rest: bool  # the groups behind the eight largest, as one
    value: Decimal


@dataclass(frozen=True)
class Move:
    """A watch that came or went, for a mark on the trend; amount None: unknown, or no rate."""

    day: date
    watch_id: UUID
    brand: str
    model: str
    came: bool
    amount: Decimal | None  # all-in cost, or proceeds


def days(
    db: Connection, member: Member, scope: Scope, currency: str, start: date, end: date, step: int
) -> tuple[Day, ...]:
    """The days of a period that tell all about it, oldest first.

    Each on which anything moved, the eves of those with a payment, the last of each month, and
    every ``step`` days; the first and the last always.
    """
    asked = {"from": min(start, end), "to": end, "step": step}
    keys = {"household_id": member.household_id, "currency": currency, **scope.params()}
    return tuple(queries.many(db, Day, "collection_days", narrowed=scope.narrowed, **keys, **asked))


def holdings(
    db: Connection,
    member: Member,
    scope: Scope,
    currency: str,
    today: date,
) -> tuple[Holding, ...]:
    """The watches that are here and (in a scope with them) those that are gone, in no order.

    Wished-for and ordered watches are not among them.
    """
    keys = {"household_id": member.household_id, "currency": currency, **scope.params()}
    return tuple(queries.many(db, Holding, "holdings", **keys, today=today))


def payments(
    db: Connection, member: Member, scope: Scope, currency: str, today: date
) -> tuple[Payment, ...]:
    """What services and other costs took up to today, oldest first.

    Costs of the whole collection are only in a scope that is not narrowed to a part of it.
    """
    keys = {"household_id": member.household_id, "currency": currency, **scope.params()}
    whole = not scope.narrowed or scope == Scope(gone=scope.gone)
    return tuple(queries.many(db, Payment, "ownership_payments", **keys, today=today, whole=whole))


def grouped_days(
    db: Connection,
    member: Member,
    scope: Scope,
    by: Division,
    currency: str,
    start: date,
    end: date,
    step: int,
) -> tuple[GroupDay, ...]:
    """The value every ``step`` days, by group; oldest first, ``end`` always among them.

    The groups of a day come in the order of their value on the last one, ``rest`` at the end.
    """
    keys = {"household_id": member.household_id, "currency": currency, **scope.params()}
    asked = {"from": min(start, end), "to": end, "step": step, "by": by}
    return tuple(queries.many(db, GroupDay, "collection_days_by", **keys, **asked))


def moves(
    db: Connection, member: Member, scope: Scope, currency: str, start: date, end: date, limit: int
) -> tuple[Move, ...]:
    """Watches that came or went in the period: the ``limit`` largest amounts, oldest first."""
    keys = {"household_id": member.household_id, "currency": currency, **scope.params()}
    asked = {"from": start, "to": end, "limit": limit}
    return tuple(queries.many(db, Move, "collection_moves", **keys, **asked))

"""Series to compare a collection with: an index or a price that a household brought in, and gold.

A benchmark is a step function like a watch's value: each amount holds until the next. Its prices
have a currency; points of an index have none and are never converted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import gold, queries
from data.accounts import Member
from data.calc.series import Point
from data.errors import ConflictError, NotFoundError, RefusedError
from data.said import said
from data.typed import cleaned

GOLD = "gold"  # the key of the price of gold
CHANGED = said("Someone else changed this series meanwhile. Look at it again.")
NOT_HERE = said("This series is not here any more.")
NAME_LIMIT = 60


@dataclass(frozen=True)
class Benchmark:
    """A series of the household; ``version`` is what a change must quote back."""

    benchmark_id: UUID
    name: str
    currency: str | None  # ISO 4217; None: points of an index
    first_day: date | None  # None: it has no points
    last_day: date | None
    last_amount: Decimal | None  # on last_day, in currency
    points: int
    version: int


@dataclass(frozen=True)
class Removed:
    """A series that was removed, whole, so that it can come back."""

    benchmark: Benchmark
    points: tuple[Point, ...]


def every(db: Connection, member: Member) -> list[Benchmark]:
    """All series of the household, by name; gold is not among them."""
    return queries.many(db, Benchmark, "benchmark_list", household_id=member.household_id)


def get(db: Connection, member: Member, benchmark_id: UUID) -> Benchmark:
    """One series. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "benchmark_id": benchmark_id}
    found = queries.first(db, Benchmark, "benchmark_get", **keys)
    if found is None:
        raise NotFoundError(NOT_HERE)
    return found


def gold_until(db: Connection, member: Member) -> date | None:  # noqa: ARG001  (as `cached` asks)
    """The day of the newest price of gold; None: there is none, see ``gold.MISSING``."""
    return gold.newest(db)


def own_points(db: Connection, member: Member, benchmark_id: UUID) -> tuple[Point, ...]:
    """Every day of a series as it was brought in, oldest first; none for an unknown one."""
    keys = {"household_id": member.household_id, "benchmark_id": benchmark_id}
    return tuple(queries.many(db, Point, "benchmark_own_points", **keys))


def points(
    db: Connection, member: Member, key: str, currency: str, start: date, end: date
) -> tuple[Point, ...]:
    """A series in one currency, oldest first: what held on ``start``, then each later price.

    ``key`` is ``GOLD`` (of a gram) or a benchmark's id as text. Each price is at the rate of its
    day, what held on ``start`` at that day's; a day without a rate is left out. Empty when nothing
    is known, or for an unknown key. A single point means that the series ended before ``start``,
    or that it begins on ``end``.
    """
    asked = {"currency": currency, "from": min(start, end), "to": end}
    if key == GOLD:
        return tuple(queries.many(db, Point, "gold_points", **asked))
    try:
        keys = {"household_id": member.household_id, "benchmark_id": UUID(key)}
    except ValueError:  # it comes from the URL
        return ()
    return tuple(queries.many(db, Point, "benchmark_points", **keys, **asked))


def add(
    db: Connection,
    member: Member,
    name: str | None,
    currency: str | None,
    points: Sequence[Point],
) -> UUID:
    """Bring a series in; returns its id. Raises RefusedError."""
    if not points:
        raise RefusedError({"points": said("A series needs at least one day with a price.")})
    found = queries.value(
        db,
        "benchmark_insert",
        household_id=member.household_id,
        benchmark_id=None,
        full_name=_name(name),
        currency=currency,
    )
    benchmark_id = cast("UUID", found)
    _put(db, member, benchmark_id, points)
    return benchmark_id


def rename(db: Connection, member: Member, old: Benchmark, name: str | None) -> None:
    """Give a series another name, if it is still as ``old``. Raises RefusedError, ConflictError."""
    found = queries.value(db, "benchmark_rename", full_name=_name(name), **_keys(member, old))
    _still(db, member, old, found)


def put_points(
    db: Connection, member: Member, old: Benchmark, points: Sequence[Point], *, replace: bool
) -> None:
    """Add days to a series; a day it has gets the new price. ``replace``: instead of all it has.

    Raises:
        RefusedError: there is no point.
        ConflictError: someone else changed it meanwhile.
    """
    if not points:
        raise RefusedError({"points": said("There is no day with a price in it.")})
    _still(db, member, old, queries.value(db, "benchmark_touch", **_keys(member, old)))
    if replace:
        keys = {"household_id": member.household_id, "benchmark_id": old.benchmark_id}
        queries.do(db, "benchmark_clear_points", **keys)
    _put(db, member, old.benchmark_id, points)


def remove(db: Connection, member: Member, old: Benchmark) -> Removed:
    """Take a series away; what is returned brings it back. Raises ConflictError, NotFoundError."""
    points = own_points(db, member, old.benchmark_id)
    found = queries.value(db, "benchmark_delete", **_keys(member, old))
    _still(db, member, old, found)
    return Removed(old, points)


def restore(db: Connection, member: Member, removed: Removed) -> None:
    """Bring a removed series back under its id. Raises RefusedError: its name is taken now."""
    old = removed.benchmark
    queries.value(
        db,
        "benchmark_insert",
        household_id=member.household_id,
        benchmark_id=old.benchmark_id,
        full_name=old.name,
        currency=old.currency,
    )
    _put(db, member, old.benchmark_id, removed.points)


def _put(db: Connection, member: Member, benchmark_id: UUID, points: Sequence[Point]) -> None:
    """Keep points; of two of one day the last."""
    amounts = {point.day: point.amount for point in points}
    queries.do(
        db,
        "benchmark_put_points",
        household_id=member.household_id,
        benchmark_id=benchmark_id,
        days=list(amounts),
        amounts=list(amounts.values()),
    )


def _keys(member: Member, old: Benchmark) -> dict[str, object]:
    return {
        "household_id": member.household_id,
        "benchmark_id": old.benchmark_id,
        "version": old.version,
    }


def _still(db: Connection, member: Member, old: Benchmark, found: object) -> None:
    if found is None:
        get(db, member, old.benchmark_id)
        raise ConflictError(CHANGED)


def _name(typed: str | None) -> str:
    name = cleaned(typed)
    if name is None or len(name) > NAME_LIMIT:
        raise RefusedError(
            {"name": said("Give the series a name of up to {limit} characters.", limit=NAME_LIMIT)}
        )
    return name

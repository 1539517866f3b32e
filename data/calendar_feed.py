"""The calendar of due dates: a private address, and what stands in it. No amounts.

The code in the address is known to nobody but who has it: what is stored is its SHA-256.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.db import Asker

MOST = 5_000  # dates in one calendar


@dataclass(frozen=True)
class Reader:
    """Whose calendar an address leads to; as an asker, that member."""

    household_id: UUID
    user_id: UUID
    household: str
    language: str | None
    number_format: str | None
    time_zone: str | None


@dataclass(frozen=True)
class DueDate:
    """Something about a watch that has a day."""

    kind: str  # service_due, back or warranty_ending
    watch_id: UUID
    thing: str  # tells two of a kind of one watch apart
    service: str | None  # a kind of service
    day: date
    brand: str
    model: str
    reference: str | None


def set_up(db: Connection, member: Asker, token_hash: bytes) -> None:
    """Give this member's calendar a new address; the one before leads nowhere."""
    queries.do(db, "calendar_set", token_hash=token_hash, **_who(member))


def switch_off(db: Connection, member: Asker) -> None:
    """This member's calendar has no address any more."""
    queries.do(db, "calendar_drop", **_who(member))


def made_at(db: Connection, member: Asker) -> datetime | None:
    """Since when this member's calendar has its address; None: it has none."""
    return cast("datetime | None", queries.value(db, "calendar_made_at", **_who(member)))


def find(db: Connection, token_hash: bytes) -> Reader | None:
    """Whose calendar it is; None for an unknown or old address: all the same."""
    return queries.first(db, Reader, "calendar_open", token_hash=token_hash)


def dates(db: Connection, reader: Asker, today: date) -> list[DueDate]:
    """What comes, and what came in the last year, by day."""
    keys = {"household_id": reader.household_id, "today": today, "limit": MOST}
    return queries.many(db, DueDate, "calendar_dates", **keys)


def _who(member: Asker) -> dict[str, object]:
    return {"household_id": member.household_id, "user_id": member.user_id}

"""The people of a household."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member


@dataclass(frozen=True)
class Person:
    """Somebody of the household."""

    user_id: UUID
    name: str


def every(db: Connection, member: Member) -> list[Person]:
    """Who belongs to this household, by name."""
    return queries.many(db, Person, "member_list", household_id=member.household_id)

"""All that the box keeps for a person: about themselves, and of the households they belong to.

Read as that person in each household, so watches that are private to others are not in it. Tables
come row by row, since one of a large household may be too much to hold.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from data import media, queries
from data.accounts import Member, Visitor, log
from data.db import read
from data.members import Household

OF_A_PERSON = {  # table → its query
    "profile": "takeout_profile",
    "sessions": "takeout_sessions",
    "households": "takeout_households",
    "security": "takeout_security",
}
OF_A_HOUSEHOLD = {
    "watches": "takeout_watches",
    "valuations": "takeout_valuations",
    "services": "takeout_services",
    "expenses": "takeout_expenses",
    "documents": "takeout_documents",
    "photos": "takeout_photos",
}


@dataclass(frozen=True)
class In:
    """A person in one of their households, whichever one they look at."""

    household_id: UUID
    user_id: UUID


@dataclass(frozen=True)
class Table:
    """A table that is read while it is written elsewhere."""

    columns: list[str]
    rows: Iterator[Sequence[object]]


@dataclass(frozen=True)
class File:
    """The file of a photo (without a title) or a document."""

    watch: str
    watch_id: UUID
    title: str | None
    id: UUID
    content_hash: str
    media_type: str

    def key(self, household_id: UUID) -> str:
        """Where data/media.py keeps it: of a photo, the full size."""
        if self.title is None:
            return media.photo_key(household_id, self.content_hash, "full")
        return media.document_key(household_id, self.content_hash, self.media_type)


def households(member: Member) -> list[Household]:
    """The households that a person belongs to, by name."""
    with read(member) as db:
        return queries.many(db, Household, "takeout_households")


@contextmanager
def of_person(member: Member, name: str) -> Iterator[Table]:
    """One of ``OF_A_PERSON``; its rows are there as long as this lasts."""
    keys = {"user_id": member.user_id} if name in {"profile", "sessions"} else {}
    with read(member) as db, queries.stream(db, OF_A_PERSON[name], **keys) as found:
        yield Table(*found)


@contextmanager
def of_household(who: In, name: str) -> Iterator[Table]:
    """One of ``OF_A_HOUSEHOLD``; its rows are there as long as this lasts."""
    keys = {"household_id": who.household_id}
    with read(who) as db, queries.stream(db, OF_A_HOUSEHOLD[name], **keys) as found:
        yield Table(*found)


def files(who: In) -> list[File]:
    """The files of a household, by watch: first photos in their order, then documents."""
    with read(who) as db:
        return queries.many(db, File, "takeout_files", household_id=who.household_id)


def note(db: Connection, member: Member, visitor: Visitor, *, with_files: bool) -> None:
    """Log that somebody takes all of it with them."""
    log(
        db,
        "data_downloaded",
        visitor,
        user_id=member.user_id,
        email=member.email,
        detail="with files" if with_files else "",
    )

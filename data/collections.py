"""Collections: coloured groups of watches, one of them the default for new ones."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.errors import ConflictError, RefusedError
from data.said import said
from data.typed import cleaned

COLOURS = ("brass", "steel", "navy", "forest", "burgundy", "sand", "slate", "plum")
CHANGED = said("Someone else changed this collection meanwhile. Look at it again.")
NAME_LIMIT = 60


@dataclass(frozen=True)
class Collection:
    """A group of watches."""

    collection_id: UUID
    name: str
    colour: str  # one of COLOURS
    is_default: bool
    version: int
    watches: int


def every(db: Connection, member: Member) -> list[Collection]:
    """All collections of the household, by name."""
    return queries.many(db, Collection, "collection_list", household_id=member.household_id)


def add(db: Connection, member: Member, name: str | None, colour: str) -> UUID:
    """Make a collection; returns its id. Raises RefusedError."""
    found = queries.value(
        db, "collection_insert", household_id=member.household_id, name=_name(name), colour=colour
    )
    return cast("UUID", found)


def change(db: Connection, member: Member, old: Collection, name: str | None, colour: str) -> None:
    """Rename or recolour a collection, if it is still as ``old``.

    Raises:
        RefusedError: the name is blank, too long or taken.
        ConflictError: someone else changed it meanwhile.
    """
    _still(
        queries.value(
            db, "collection_update", name=_name(name), colour=colour, **_keys(member, old)
        )
    )


def make_default(db: Connection, member: Member, chosen: Collection | None) -> None:
    """New watches go to ``chosen`` from now on; None: to no collection. Raises ConflictError."""
    queries.do(db, "collection_no_default", household_id=member.household_id)
    if chosen:
        keys = {"household_id": member.household_id, "collection_id": chosen.collection_id}
        _still(queries.value(db, "collection_make_default", **keys))


def remove(db: Connection, member: Member, old: Collection) -> None:
    """Delete a collection; its watches stay, without one. Raises ConflictError."""
    _still(queries.value(db, "collection_delete", **_keys(member, old)))


def _keys(member: Member, old: Collection) -> dict[str, object]:
    return {
        "household_id": member.household_id,
        "collection_id": old.collection_id,
        "version": old.version,
    }


def _still(found: object) -> None:
    if found is None:
        raise ConflictError(CHANGED)


def _name(typed: str | None) -> str:
    name = cleaned(typed)
    if name is None or len(name) > NAME_LIMIT:
        raise RefusedError(
            {
                "name": said(
                    "Give the collection a name of up to {limit} characters.", limit=NAME_LIMIT
                )
            }
        )
    return name

"""Tags across collections: every word in use, renamed, merged or taken away everywhere at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.errors import NotFoundError, RefusedError
from data.said import said
from data.typed import cleaned
from data.watches import TAG_LIMIT

NOT_HERE = said("No watch carries this tag any more.")


@dataclass(frozen=True)
class Tag:
    """A word on watches."""

    tag: str
    watches: int  # that carry it; those in the bin are not counted


def every(db: Connection, member: Member) -> list[Tag]:
    """All tags, by name."""
    return queries.many(db, Tag, "tag_counts", household_id=member.household_id)


def rename(db: Connection, member: Member, tag: str, typed: str | None) -> list[UUID]:
    """Another word for a tag, on every watch; with the name of another tag the two become one.

    Returns the watches that carried it.

    Raises:
        RefusedError: the new name is blank or too long.
        NotFoundError: no watch carries the tag.
    """
    new = cleaned(typed)
    if new is None or len(new) > TAG_LIMIT:
        raise RefusedError(
            {"tag": said("Give the tag a name of up to {limit} characters.", limit=TAG_LIMIT)}
        )
    if new == tag:
        return []
    return _touched(db, "tag_rename", member, tag=tag, new_tag=new)


def remove(db: Connection, member: Member, tag: str) -> list[UUID]:
    """Take a tag off every watch; returns them, for ``put_back``. Raises NotFoundError."""
    return _touched(db, "tag_remove", member, tag=tag)


def put_back(db: Connection, member: Member, tag: str, watch_ids: Sequence[UUID]) -> None:
    """Put a tag on these watches again, as far as they are still here. Raises NotFoundError."""
    _touched(db, "tag_put", member, tag=tag, watch_ids=list(watch_ids))


def _touched(db: Connection, name: str, member: Member, **given: object) -> list[UUID]:
    found = queries.run(db, name, {"household_id": member.household_id, **given}).scalars()
    watch_ids = [cast("UUID", one) for one in found]
    if not watch_ids:
        raise NotFoundError(NOT_HERE)
    return watch_ids

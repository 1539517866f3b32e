"""Saved searches: lists of watches a member comes back to; own ones, and those others share."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.errors import ConflictError, NotFoundError, RefusedError
from data.said import said
from data.typed import cleaned

NAME_LIMIT = 60  # characters
CHANGED = said("This search was changed meanwhile, in another window. Look at it again.")
NOT_HERE = said("This search is not here any more.")


@dataclass(frozen=True)
class SavedSearch:
    """A search with its name; ``query`` is as in the address of the watches page."""

    saved_search_id: UUID
    name: str
    query: str  # "status=owned&sort=value"; empty: all watches
    shared: bool
    version: int
    is_own: bool
    is_default: bool  # the watches page opens with it, for this member
    owner: str  # name of who saved it


def every(db: Connection, member: Member) -> list[SavedSearch]:
    """What this member can use: own searches by name, then shared ones of others."""
    return queries.many(db, SavedSearch, "saved_search_list", **_who(member))


def add(db: Connection, member: Member, name: str | None, query: str, *, shared: bool) -> UUID:
    """Save a search; returns its id. Raises RefusedError."""
    found = queries.value(
        db, "saved_search_insert", title=_name(name), query=query, shared=shared, **_who(member)
    )
    return cast("UUID", found)


def change(
    db: Connection, member: Member, old: SavedSearch, name: str | None, query: str, *, shared: bool
) -> None:
    """Rename one's own search, share it or not, or let it find something else.

    Raises:
        RefusedError: the name is blank, too long or taken.
        ConflictError: it is not as ``old`` any more, or not one's own.
    """
    keys = {"title": _name(name), "query": query, "shared": shared}
    if queries.value(db, "saved_search_update", **keys, **_keys(member, old)) is None:
        raise ConflictError(CHANGED)


def remove(db: Connection, member: Member, old: SavedSearch) -> None:
    """Delete one's own search. Raises ConflictError."""
    if queries.value(db, "saved_search_delete", **_keys(member, old)) is None:
        raise ConflictError(CHANGED)


def open_with(db: Connection, member: Member, saved_search_id: UUID) -> None:
    """The watches page opens with this search from now on. Raises NotFoundError."""
    keys = {"saved_search_id": saved_search_id, **_who(member)}
    if queries.value(db, "default_search_set", **keys) is None:
        raise NotFoundError(NOT_HERE)


def open_without(db: Connection, member: Member, saved_search_id: UUID) -> None:
    """The watches page does not open with this search any more."""
    queries.do(db, "default_search_clear", saved_search_id=saved_search_id, **_who(member))


def _who(member: Member) -> dict[str, object]:
    return {"household_id": member.household_id, "user_id": member.user_id}


def _keys(member: Member, old: SavedSearch) -> dict[str, object]:
    return {"saved_search_id": old.saved_search_id, "version": old.version, **_who(member)}


def _name(typed: str | None) -> str:
    name = cleaned(typed)
    if name is None or len(name) > NAME_LIMIT:
        raise RefusedError(
            {"name": said("Give the search a name of up to {limit} characters.", limit=NAME_LIMIT)}
        )
    return " ".join(name.split())

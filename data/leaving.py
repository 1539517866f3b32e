"""Leaving for good: an account with all that is only its person's, a household with all in it.

The functions of PostgreSQL do it whole (sql/migrations/0015.admin.sql) and ask who asks; files go
with the next daily sweep. What members of other households wrote down stays, without a name.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from data import accounts, queries
from data.accounts import Member, Visitor
from data.errors import NotFoundError, RefusedError
from data.said import said

DELETE = "delete"  # a choice for a household; the other ones are ids of new owners
PATIENCE = "2min"  # a household of 100,000 watches goes in less


@dataclass(frozen=True)
class Leaving:
    """What becomes of a household when somebody's account is deleted."""

    household_id: UUID
    name: str
    others: int  # who else belongs to it
    must_choose: bool  # its last owner says who is next, or that it goes
    heir_ids: list[UUID]  # who may be its owner next
    heirs: list[str]  # their names, in the same order
    watches: int | None  # what goes with it; None: who asks is an admin and is not told
    photos: int | None
    documents: int | None
    private_watches: int | None  # only the leaver sees these; they go in any case

    @property
    def goes(self) -> bool:
        """Whether it goes without being asked: nobody else is in it."""
        return self.others == 0


def plan(db: Connection, user_id: UUID) -> list[Leaving]:
    """The households of an account that is to be deleted, by name.

    Raises:
        RefusedError: it is somebody else's account, and who asks is no admin.
    """
    return queries.many(db, Leaving, "leaving", user_id=user_id)


def delete_account(
    db: Connection, member: Member, choices: Mapping[UUID, str], visitor: Visitor
) -> None:
    """Delete one's own account. ``choices``: household → DELETE, or the id of its new owner.

    Raises:
        RefusedError: a household would be left without an owner, or the box without an admin.
    """
    _delete_account(db, member.user_id, choices)
    accounts.log(
        db, "account_deleted", visitor, user_id=member.user_id, email=member.email, detail=""
    )


def delete_account_of(
    db: Connection,
    admin: Member,
    user_id: UUID,
    choices: Mapping[UUID, str],
    visitor: Visitor,
) -> None:
    """Delete somebody else's account, as an admin; ``choices`` as in ``delete_account``.

    Raises:
        NotFoundError: it was gone already.
        RefusedError: who asks is no admin or deletes themselves; or as ``delete_account``.
    """
    if user_id == admin.user_id:
        raise RefusedError({"": said("Delete your own account under Account and security.")})
    email = _delete_account(db, user_id, choices)
    accounts.log(
        db,
        "account_deleted_by_admin",
        visitor,
        user_id=admin.user_id,
        email=admin.email,
        detail=email,
    )


def delete_household(db: Connection, member: Member, visitor: Visitor) -> None:
    """Delete the household that is looked at, with all in it; its members keep their accounts.

    Raises:
        RefusedError: who asks is no owner of it.
    """
    queries.do(db, "patience", limit=PATIENCE)
    queries.do(db, "household_delete", household_id=member.household_id)
    accounts.log(
        db,
        "household_deleted",
        visitor,
        user_id=member.user_id,
        email=member.email,
        detail=member.household,
    )


def check_typed(typed: str, word: str) -> None:
    """Refuse to delete when the word was not typed, but for case and blanks around it.

    Raises:
        RefusedError: at ``typed``.
    """
    if typed.strip().casefold() != word.strip().casefold():
        raise RefusedError({"typed": said("Write {word} to go on.", word=word)})


def _delete_account(db: Connection, user_id: UUID, choices: Mapping[UUID, str]) -> str:
    given = json.dumps({str(home): choice for home, choice in choices.items()})
    queries.do(db, "patience", limit=PATIENCE)
    email = queries.value(db, "account_delete", user_id=user_id, choices=given)
    if email is None:
        raise NotFoundError(said("This account is not here any more."))
    return str(email)

"""A new password for who forgot theirs, by a link that works once.

Links are written and read by functions of PostgreSQL only (sql/migrations/0013.sign_in.sql). Codes
come here as SHA-256 digests, passwords as hashes. A new password, by whichever way, ends all links.
"""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import accounts, queries
from data.accounts import Member, Visitor
from data.errors import NotFoundError
from data.said import said


@dataclass(frozen=True)
class Addressee:
    """Who gets a mail, and how they read it."""

    user_id: UUID
    name: str
    email: str
    language: str | None = None  # ISO 639-1; None: not chosen
    number_format: str | None = None  # a locale; None: not chosen


@dataclass(frozen=True)
class Reset:
    """What a link is good for: a new password of this person."""

    user_id: UUID
    email: str


def ask(db: Connection, email: str, token_hash: bytes, visitor: Visitor) -> Addressee | None:
    """Make a link for whose address this is, good for an hour; the two before it stay good.

    None when nobody has this address, or nobody who may sign in; either is logged.
    """
    found = queries.first(db, Addressee, "reset_ask", email=email, token_hash=token_hash)
    user_id = found.user_id if found else None
    accounts.log(db, "password_reset_asked", visitor, user_id=user_id, email=email)
    return found


def make_link(
    db: Connection, member: Member, user_id: UUID, token_hash: bytes, visitor: Visitor
) -> str:
    """Make a link that the admin hands on, good for 24 hours; the admin's one before it ends.

    Returns the e-mail address of the person.

    Raises:
        RefusedError: who asks is no admin.
        NotFoundError: there is no such person.
    """
    email = cast(
        "str | None", queries.value(db, "reset_make", user_id=user_id, token_hash=token_hash)
    )
    if email is None:
        raise NotFoundError(said("This person has no account any more."))
    accounts.log(
        db,
        "password_reset_link_made",
        visitor,
        user_id=member.user_id,
        email=member.email,
        detail=email,
    )
    return email


def find(db: Connection, token_hash: bytes) -> Reset | None:
    """What a link is good for; None when it is unknown, used or late."""
    return queries.first(db, Reset, "reset_offer", token_hash=token_hash)


def purge(db: Connection) -> None:
    """Forget links that are late; as the owner of the schema."""
    queries.do(db, "purge_resets")


def use(
    db: Connection, token_hash: bytes, password_hash: str, visitor: Visitor
) -> Addressee | None:
    """Set a new password: every session of the person ends, and their locks are forgiven.

    None when the link is not good any more.
    """
    found = queries.first(
        db, Addressee, "reset_use", token_hash=token_hash, password_hash=password_hash
    )
    if found is not None:
        queries.do(db, "half_sign_in_end_all", user_id=found.user_id)
        accounts.log(db, "password_reset", visitor, user_id=found.user_id, email=found.email)
    return found

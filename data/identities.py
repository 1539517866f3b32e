"""Who people are at an OpenID provider, and browsers that are away there.

The pair of issuer and subject is who somebody is; an e-mail address never is. States and browsers
come here as SHA-256 digests.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import accounts, queries
from data.accounts import Member, Visitor


@dataclass(frozen=True)
class Visit:
    """What a browser went to the provider for, and what its answer must fit."""

    nonce: str
    verifier: str
    return_url: str
    next_path: str
    user_id: UUID | None = None  # whose account is to be connected; None: to sign in
    invitation_hash: bytes | None = None  # to be accepted on the way in


@dataclass(frozen=True)
class Known:
    """The account that an identity lets in."""

    user_id: UUID
    email: str


@dataclass(frozen=True)
class Connected:
    """The identity of a member, as the page shows it."""

    email: str
    linked_at: datetime


def begin_visit(db: Connection, state_hash: bytes, visit: Visit) -> None:
    """Remember for 10 minutes why a browser went to the provider."""
    queries.do(
        db,
        "oidc_visit_add",
        state_hash=state_hash,
        nonce=visit.nonce,
        verifier=visit.verifier,
        return_url=visit.return_url,
        next_path=visit.next_path,
        user_id=visit.user_id,
        invitation_hash=visit.invitation_hash,
    )


def take_visit(db: Connection, state_hash: bytes) -> Visit | None:
    """Use a state up; None: it is unknown, used, late, or of another browser."""
    return queries.first(db, Visit, "oidc_visit_take", state_hash=state_hash)


def account_of(db: Connection, issuer: str, subject: str) -> Known | None:
    """The account that an identity lets in; None: it is connected to none, or to a closed one."""
    return queries.first(db, Known, "identity_user", issuer=issuer, subject=subject)


def is_known(db: Connection, issuer: str, subject: str) -> bool:
    """Whether an identity is connected to any account, a closed one too."""
    return cast("bool", queries.value(db, "identity_is_known", issuer=issuer, subject=subject))


def of_member(db: Connection, member: Member, issuer: str) -> Connected | None:
    """The identity of a member at this provider; None: not connected."""
    return queries.first(db, Connected, "identity_of_member", user_id=member.user_id, issuer=issuer)


def connect(
    db: Connection, issuer: str, subject: str, who: Known, email: str, visitor: Visitor
) -> None:
    """Let an identity in to an account; ``email`` is the provider's, to show.

    Raises:
        RefusedError: (when ``write()`` ends) one of them is connected already.
    """
    queries.do(db, "identity_add", issuer=issuer, subject=subject, user_id=who.user_id, email=email)
    accounts.log(
        db, "identity_connected", visitor, user_id=who.user_id, email=who.email, detail=issuer
    )


def disconnect(db: Connection, member: Member, issuer: str, visitor: Visitor) -> None:
    """Let the provider's identity in no more."""
    if queries.do(db, "identity_remove", user_id=member.user_id, issuer=issuer):
        accounts.log(
            db,
            "identity_disconnected",
            visitor,
            user_id=member.user_id,
            email=member.email,
            detail=issuer,
        )


def purge(db: Connection) -> None:
    """Forget browsers that never came back."""
    queries.do(db, "purge_oidc_visits")

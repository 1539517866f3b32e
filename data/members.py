"""The people of a household: who they are, what they may do, how they come and go.

Membership is written by functions of PostgreSQL only (sql/migrations/0009.household.sql): they ask
who asks, take turns, and keep an owner in every household. Codes of invitations come here as
SHA-256 digests.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import accounts, queries
from data.accounts import Member, Visitor
from data.errors import NotFoundError, RefusedError
from data.said import said
from data.typed import cleaned

ROLES = ("owner", "editor", "viewer")  # from the most to the least
GONE = said("This person is not a member of the household any more.")


@dataclass(frozen=True)
class Person:
    """Somebody of the household."""

    user_id: UUID
    name: str


@dataclass(frozen=True)
class MemberDetails:
    """A member as the page of members shows them."""

    user_id: UUID
    name: str
    email: str
    role: str
    joined_at: datetime


@dataclass(frozen=True)
class Invitation:
    """A link that still opens the door; its code is known to who has the link only."""

    invitation_id: UUID
    role: str
    email: str | None
    note: str | None
    created_at: datetime
    expires_at: datetime
    inviter: str


@dataclass(frozen=True)
class Offer:
    """What a link offers to whoever has it."""

    household_id: UUID
    household: str
    role: str
    inviter: str
    email: str | None  # whom it was made for


@dataclass(frozen=True)
class Household:
    """A household of a person, and what they may do there."""

    household_id: UUID
    name: str
    role: str


def every(db: Connection, member: Member) -> list[Person]:
    """Who belongs to this household, by name."""
    return queries.many(db, Person, "member_list", household_id=member.household_id)


def details(db: Connection, member: Member) -> list[MemberDetails]:
    """Who belongs to this household with role and since when: owners first, then by name."""
    return queries.many(db, MemberDetails, "member_details", household_id=member.household_id)


def set_role(
    db: Connection, member: Member, person: MemberDetails, role: str, visitor: Visitor
) -> None:
    """Give a member another role.

    Raises:
        RefusedError: who asks is no owner, or the household would be left without one.
        NotFoundError: the person has left meanwhile.
    """
    _check_role(role)
    _done(queries.value(db, "member_set_role", user_id=person.user_id, role=role))
    _log(db, member, "role_changed", visitor, f"{person.email}: {person.role} → {role}")


def hand_over(db: Connection, member: Member, person: MemberDetails, visitor: Visitor) -> None:
    """Make another member an owner; who asks is an editor from then on.

    Raises:
        RefusedError, NotFoundError: as ``set_role``.
    """
    if person.user_id == member.user_id:
        raise RefusedError({"": said("Choose somebody else to hand the household over to.")})
    _done(queries.value(db, "member_hand_over", user_id=person.user_id))
    _log(db, member, "ownership_handed_over", visitor, person.email)


def remove(db: Connection, member: Member, person: MemberDetails, visitor: Visitor) -> None:
    """Take somebody out of the household, at once; their watches stay as the household's.

    Raises:
        RefusedError, NotFoundError: as ``set_role``.
    """
    _done(queries.value(db, "member_end", user_id=person.user_id))
    _log(db, member, "member_removed", visitor, person.email)


def leave(db: Connection, member: Member, visitor: Visitor) -> None:
    """Leave the household; who belongs nowhere else then gets an empty one of their own.

    Raises:
        RefusedError: the last owner can't leave.
        NotFoundError: they had been removed already.
    """
    _done(queries.value(db, "member_end", user_id=member.user_id))
    _log(db, member, "member_left", visitor, "")


def invite(
    db: Connection,
    member: Member,
    token_hash: bytes,
    *,
    role: str,
    email: str | None,
    note: str | None,
    visitor: Visitor,
) -> None:
    """Make a link that lets one person join within 7 days.

    Raises:
        RefusedError: who asks is no owner, or there is no such role; or (when ``write()`` ends) a
            constraint objects.
    """
    _check_role(role)
    queries.do(
        db,
        "invitation_add",
        household_id=member.household_id,
        user_id=member.user_id,
        token_hash=token_hash,
        role=role,
        email=cleaned(email),
        note=cleaned(note),
    )
    _log(db, member, "invitation_created", visitor, f"{role} {email or ''}".strip())


def invitations(db: Connection, member: Member) -> list[Invitation]:
    """The links that still open the door, the newest first; none for who is no owner."""
    return queries.many(db, Invitation, "invitation_list", household_id=member.household_id)


def revoke(db: Connection, member: Member, invitation: Invitation, visitor: Visitor) -> None:
    """Make a link worthless.

    Raises:
        RefusedError: who asks is no owner.
        NotFoundError: it has been used, or is worthless already.
    """
    found = queries.value(
        db,
        "invitation_revoke",
        household_id=member.household_id,
        invitation_id=invitation.invitation_id,
    )
    if found is None:
        raise NotFoundError(said("This invitation is not open any more."))
    detail = f"{invitation.role} {invitation.email or ''}".strip()
    _log(db, member, "invitation_revoked", visitor, detail)


def find_offer(db: Connection, token_hash: bytes) -> Offer | None:
    """What a link offers; None when it is unknown, used, expired or revoked."""
    return queries.first(db, Offer, "invitation_offer", token_hash=token_hash)


def accept(
    db: Connection, user_id: UUID, email: str, token_hash: bytes, visitor: Visitor
) -> UUID | None:
    """Make a person a member by a link, which is used up; returns the household.

    None when the link is not good. Of who is a member already nothing changes.
    """
    found = queries.value(db, "invitation_accept", token_hash=token_hash, user_id=user_id)
    if found is not None:
        accounts.log(
            db, "invitation_accepted", visitor, user_id=user_id, email=email, detail=str(found)
        )
    return cast("UUID | None", found)


def sign_up(
    db: Connection,
    *,
    email: str,
    name: str,
    password_hash: str,
    currency: str,
    token_hash: bytes,
    visitor: Visitor,
) -> UUID | None:
    """Create an account for who was invited, also while registration is closed.

    Returns the account; None when the link is not good.

    Raises:
        RefusedError: (when ``write()`` ends) a constraint objects.
    """
    user_id = cast(
        "UUID | None",
        queries.value(
            db,
            "invitation_sign_up",
            email=email,
            full_name=name,
            password_hash=password_hash,
            currency=currency,
            token_hash=token_hash,
        ),
    )
    if user_id is not None:
        accounts.log(db, "sign_up", visitor, user_id=user_id, email=email, detail="invited")
    return user_id


def households(db: Connection) -> list[Household]:
    """The households of who asks, by name."""
    return queries.many(db, Household, "household_list")


def household_of_watch(db: Connection, watch_id: UUID) -> Household | None:
    """In which household of who asks a watch is; None where they may not see it, or it is none."""
    return queries.first(db, Household, "household_of_watch", watch_id=watch_id)


def add_household(db: Connection, member: Member, name: str, visitor: Visitor) -> UUID:
    """Start one more household, owned by who asks.

    Raises:
        RefusedError: it has no proper name, or they own 20 already.
    """
    found = cast("UUID", queries.value(db, "household_add", household_name=name))
    _log(db, member, "household_created", visitor, name)
    return found


def look_at(db: Connection, member: Member, token_hash: bytes, household_id: UUID) -> None:
    """Let this browser show another household of the person, in all of its tabs.

    Raises:
        RefusedError: (when ``write()`` ends) they do not belong to it.
    """
    queries.do(
        db,
        "household_choose",
        token_hash=token_hash,
        user_id=member.user_id,
        household_id=household_id,
    )


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise RefusedError({"role": said("A member is an owner, an editor or a viewer.")})


def _done(found: object) -> None:
    if not found:
        raise NotFoundError(GONE)


def _log(db: Connection, member: Member, kind: str, visitor: Visitor, detail: str) -> None:
    """A line of the security log, with the household it happened in."""
    accounts.log(
        db,
        kind,
        visitor,
        user_id=member.user_id,
        email=member.email,
        detail=f"{member.household}: {detail}" if detail else member.household,
    )

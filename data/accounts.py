"""Accounts: people, their households, and the browsers they are signed in with.

Passwords come here as hashes, tokens and codes as SHA-256 digests: nothing that opens a door is
stored. E-mail addresses are compared without regard to case.
"""

import ipaddress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.errors import RefusedError
from data.said import said

MINUTE = 60


@dataclass(frozen=True)
class Member:
    """A signed-in person and their household, as of this rerun."""

    user_id: UUID
    household_id: UUID
    role: str  # owner, editor or viewer
    name: str
    email: str
    is_admin: bool
    currency: str  # ISO 4217; the one this person reads amounts in
    time_zone: str | None  # IANA name; None: as the browser says
    household: str
    data_version: int  # grows with every write to the household's data
    households: int = 1  # how many this person belongs to
    language: str | None = None  # ISO 639-1, of texts; None: as the browser says
    number_format: str | None = None  # a locale; None: that of the language
    theme: str | None = None  # light or dark; None: as the device says


@dataclass(frozen=True)
class Profile:
    """What a person says of themselves; None: as the browser or the device says."""

    name: str
    currency: str  # ISO 4217
    time_zone: str | None = None  # IANA name
    language: str | None = None  # ISO 639-1
    number_format: str | None = None  # a locale
    theme: str | None = None  # light or dark


@dataclass(frozen=True)
class Credentials:
    """What a typed password is compared with."""

    user_id: UUID
    password_hash: str
    is_disabled: bool = False  # the admin keeps this person out


@dataclass(frozen=True)
class Handoff:
    """What a one-time code was good for."""

    user_id: UUID
    next_path: str
    household_id: UUID | None = None  # which to look at; None: the one looked at last


@dataclass(frozen=True)
class SignedInBrowser:
    """A live session; ``client`` is the browser's own description."""

    token_hash: bytes
    client: str
    address: str  # from which it signed in; empty: not known
    created_at: datetime
    seen_at: datetime  # to five minutes


@dataclass(frozen=True)
class Visitor:
    """Where a request comes from, for the security log and the locks."""

    address: str = ""
    client: str = ""

    @property
    def network(self) -> str:
        """What is locked out together: an IPv4 address, or the /64 of an IPv6 one."""
        try:
            address = ipaddress.ip_address(self.address)
        except ValueError:
            return f"address {self.address[:100]}"
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
            return f"address {ipaddress.ip_network((address, 64), strict=False)}"
        return f"address {getattr(address, 'ipv4_mapped', None) or address}"


def find_member(db: Connection, token_hash: bytes) -> Member | None:
    """The person behind a live session; None when it ended or never was."""
    return queries.first(db, Member, "session_member", token_hash=token_hash)


def note_seen(db: Connection, token_hash: bytes) -> None:
    """Remember that a session is in use."""
    queries.do(db, "session_seen", token_hash=token_hash)


def has_accounts(db: Connection) -> bool:
    """False on a new box: the next account becomes its admin."""
    return cast("bool", queries.value(db, "account_exists"))


def registration_is_open(db: Connection) -> bool:
    """Whether strangers may create an account."""
    return cast("bool", queries.value(db, "registration_open"))


def set_registration(db: Connection, member: Member, *, is_open: bool) -> None:
    """Open or close the box for new accounts.

    Raises:
        RefusedError: only its admin may.
    """
    if not member.is_admin:
        raise RefusedError({"registration": said("Only the admin of this box can change this.")})
    queries.do(db, "registration_set", is_open=is_open)


def sign_up(
    db: Connection,
    *,
    email: str,
    name: str,
    password_hash: str,
    household: str,
    currency: str,
    visitor: Visitor,
) -> UUID:
    """Create an account with a household of its own; the first one becomes admin of the box.

    Raises:
        RefusedError: registration is closed, or (when ``write()`` ends) a constraint objects.
    """
    user_id = cast(
        "UUID",
        queries.value(
            db,
            "sign_up",
            email=email,
            full_name=name,
            password_hash=password_hash,
            household=household,
            currency=currency,
        ),
    )
    log(db, "sign_up", visitor, user_id=user_id, email=email)
    return user_id


def find_credentials(db: Connection, email: str) -> Credentials | None:
    """The password hash of an account, by e-mail address."""
    return queries.first(db, Credentials, "credentials_by_email", email=email)


def email_of(db: Connection, user_id: UUID) -> str:
    """The e-mail address of an account; empty for one that is not here."""
    return cast("str", queries.value(db, "email_of_user", user_id=user_id) or "")


def get_credentials(db: Connection, member: Member) -> Credentials:
    """The password hash of a signed-in person."""
    found = queries.first(db, Credentials, "credentials_by_user", user_id=member.user_id)
    if found is None:
        raise RefusedError({"password": said("This account is not here any more.")})
    return found


def begin_sign_in(db: Connection, attempt_id: UUID, email: str, visitor: Visitor) -> str:
    """Note an attempt before its password is looked at.

    Returns why none is allowed now (too many have failed, for this account or from this address),
    or nothing: go on.
    """
    until = queries.value(
        db, "begin_sign_in", attempt_id=attempt_id, email=email, address=visitor.network
    )
    return "" if until is None else locked_sentence(cast("datetime", until))


def end_failed_sign_in(db: Connection, email: str, visitor: Visitor) -> str:
    """Log a wrong password; returns the sentence for the person who typed it."""
    log(db, "sign_in_failed", visitor, email=email)
    until = queries.value(db, "lock_when_full", email=email, address=visitor.network)
    if until is None:
        return said("This e-mail address and password do not belong together.")
    log(db, "locked", visitor, email=email)
    return locked_sentence(cast("datetime", until))


def end_disabled_sign_in(db: Connection, user_id: UUID, email: str, visitor: Visitor) -> None:
    """Log a right password of an account that is closed; the attempt stays counted."""
    log(db, "sign_in_refused", visitor, user_id=user_id, email=email)


def end_right_sign_in(
    db: Connection, attempt_id: UUID, user_id: UUID, email: str, visitor: Visitor
) -> None:
    """Log a right password, and forget what failed before it; a second step may come yet."""
    forgive(db, attempt_id, email)
    half = queries.value(db, "second_step_is_on", user_id=user_id)
    log(db, "password_right" if half else "sign_in", visitor, user_id=user_id, email=email)


def forgive(db: Connection, attempt_id: UUID, email: str) -> None:
    """Take back an attempt with a right password, and what failed before for this account."""
    queries.do(db, "forgive_sign_in", attempt_id=attempt_id, email=email)
    queries.do(db, "forget_lock", email=email)


def locked_sentence(until: datetime) -> str:
    """Why even a right password is refused now, and for how long."""
    minutes = minutes_until(until)
    if minutes == 1:
        return said("Too many wrong passwords. Try again in 1 minute.")
    return said("Too many wrong passwords. Try again in {minutes} minutes.", minutes=minutes)


def minutes_until(until: datetime) -> int:
    """How many minutes are left, at least one."""
    return max(1, -int((datetime.now(UTC) - until).total_seconds() // MINUTE))


def log(
    db: Connection,
    kind: str,
    visitor: Visitor,
    *,
    user_id: UUID | None = None,
    email: str | None = None,
    detail: str = "",
) -> None:
    """Add a line to the security log; ``detail`` says to whom or to what it happened."""
    queries.do(
        db,
        "security_event_add",
        kind=kind,
        user_id=user_id,
        email=email,
        address=visitor.address[:100],
        client=visitor.client[:300],
        detail=detail[:500],
    )


def create_handoff(
    db: Connection,
    user_id: UUID,
    code_hash: bytes,
    next_path: str,
    household_id: UUID | None = None,
    *,
    passed: bool = False,
) -> None:
    """Store a one-time code that turns into a session within 30 seconds.

    ``passed``: the second step was taken too.

    Raises:
        RefusedError: this account has a second step, and it was not taken.
    """
    queries.do(db, "purge_handoffs")
    stored = queries.do(
        db,
        "handoff_add",
        code_hash=code_hash,
        user_id=user_id,
        next_path=next_path,
        household_id=household_id,
        passed=passed,
    )
    if not stored:
        raise RefusedError({"": said("This account asks for a code as well. Sign in again.")})


def redeem_handoff(db: Connection, code_hash: bytes) -> Handoff | None:
    """Use a code up; None when it is unknown, used or late."""
    return queries.first(db, Handoff, "handoff_redeem", code_hash=code_hash)


def create_session(
    db: Connection,
    user_id: UUID,
    token_hash: bytes,
    visitor: Visitor,
    household_id: UUID | None = None,
) -> None:
    """Sign a browser in, for 30 days; it looks at this household, else at the last one."""
    queries.do(
        db,
        "session_add",
        token_hash=token_hash,
        user_id=user_id,
        client=visitor.client[:300],
        address=visitor.address[:100],
        household_id=household_id,
    )


def revoke_session(db: Connection, token_hash: bytes, visitor: Visitor) -> bool:
    """Sign a browser out; False when it was not signed in."""
    user_id = queries.value(db, "session_revoke", token_hash=token_hash)
    if user_id is None:
        return False
    log(db, "sign_out", visitor, user_id=cast("UUID", user_id))
    return True


def end_session(db: Connection, member: Member, token_hash: bytes, visitor: Visitor) -> bool:
    """Sign another browser of this person out; False when it was out already."""
    ended = queries.do(db, "session_end_one", token_hash=token_hash, user_id=member.user_id)
    if ended:
        log(db, "signed_out_elsewhere", visitor, user_id=member.user_id, email=member.email)
    return bool(ended)


def revoke_other_sessions(
    db: Connection, member: Member, token_hash: bytes, visitor: Visitor
) -> int:
    """Sign out everywhere else; returns how many browsers that were."""
    ended = _revoke_others(db, member, token_hash)
    log(db, "signed_out_everywhere", visitor, user_id=member.user_id, email=member.email)
    return ended


def change_password(
    db: Connection, member: Member, password_hash: str, token_hash: bytes, visitor: Visitor
) -> None:
    """Set a new password; every other browser is signed out in the same transaction."""
    queries.do(db, "password_set", user_id=member.user_id, password_hash=password_hash)
    _revoke_others(db, member, token_hash)
    log(db, "password_changed", visitor, user_id=member.user_id, email=member.email)


def _revoke_others(db: Connection, member: Member, token_hash: bytes) -> int:
    queries.do(db, "handoff_revoke", user_id=member.user_id)
    queries.do(db, "half_sign_in_end_all", user_id=member.user_id)
    return queries.do(db, "session_revoke_others", user_id=member.user_id, token_hash=token_hash)


def sessions(db: Connection, member: Member) -> list[SignedInBrowser]:
    """Where a person is signed in, the latest used first."""
    return queries.many(db, SignedInBrowser, "session_list", user_id=member.user_id)


def change_profile(db: Connection, member: Member, profile: Profile) -> None:
    """Set what a person says of themselves."""
    queries.do(db, "profile_set", user_id=member.user_id, **asdict(profile))


def rename_household(db: Connection, member: Member, name: str) -> None:
    """Give the household another name.

    Raises:
        RefusedError: only an owner may.
    """
    if member.role != "owner":
        raise RefusedError({"household": said("Only an owner can rename the household.")})
    queries.do(db, "household_rename", household_id=member.household_id, household_name=name)


def purge(db: Connection) -> None:
    """Forget sessions, codes, failures and locks that mean nothing any more."""
    for name in ("purge_sessions", "purge_handoffs", "purge_failures", "purge_locks"):
        queries.do(db, name)

"""The second step of signing in: a shared secret, codes that work once, and half sign-ins.

What a code must look like and which half minute it is of is app/second_step.py's; here is what
was used up. Recovery codes and browsers come here as SHA-256 digests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import accounts, queries, vault
from data.accounts import Member, Visitor
from data.errors import RefusedError
from data.said import said


@dataclass(frozen=True)
class State:
    """The second step of an account, where it is on."""

    since: datetime
    codes_left: int  # recovery codes that have not been used


@dataclass(frozen=True)
class HalfSignIn:
    """Who typed the right password in a browser and owes a code."""

    user_id: UUID
    email: str
    invitation_hash: bytes | None  # accepted once the code is right


def is_on(db: Connection, user_id: UUID) -> bool:
    """Whether this account asks for a code after the password."""
    return cast("bool", queries.value(db, "second_step_is_on", user_id=user_id))


def find(db: Connection, member: Member) -> State | None:
    """The second step of a member; None: off."""
    return queries.first(db, State, "second_step_state", user_id=member.user_id)


def start(db: Connection, member: Member, secret: str) -> None:
    """Begin to set it up with this secret; nothing is asked for until a code confirms it.

    Raises:
        RefusedError: it is on already.
    """
    sealed = vault.seal(secret)
    if queries.value(db, "second_step_start", user_id=member.user_id, secret=sealed) is None:
        raise RefusedError({"": said("Two-step sign-in is on already.")})


def being_set_up(db: Connection, member: Member) -> str | None:
    """The secret that waits for its first code, for 15 minutes; None: nothing is being set up.

    Raises:
        UnavailableError: the key of this box is not the one it was sealed with.
    """
    sealed = queries.value(db, "second_step_setup", user_id=member.user_id)
    return None if sealed is None else vault.unseal(cast("bytes", sealed))


def cancel(db: Connection, member: Member) -> None:
    """Forget what is being set up."""
    queries.do(db, "second_step_cancel", user_id=member.user_id)


def confirm(
    db: Connection, member: Member, step: int, code_hashes: Sequence[bytes], visitor: Visitor
) -> None:
    """Ask for codes from now on; ``step`` is the half minute of the code that proved it.

    Raises:
        RefusedError: nothing is being set up any more.
    """
    sealed = queries.value(db, "second_step_setup", user_id=member.user_id)
    values = {"user_id": member.user_id, "secret": sealed, "step": step}
    if sealed is None or not queries.do(db, "second_step_confirm", **values):
        raise RefusedError({"": said("This took too long. Turn it on again.")})
    _replace_codes(db, member, code_hashes)
    _log(db, "second_step_on", member, visitor)


def renew_codes(
    db: Connection, member: Member, code_hashes: Sequence[bytes], visitor: Visitor
) -> None:
    """Put these recovery codes in the place of all that there are.

    Raises:
        RefusedError: it is off.
    """
    if not is_on(db, member.user_id):
        raise RefusedError({"": said("Two-step sign-in is off.")})
    _replace_codes(db, member, code_hashes)
    _log(db, "recovery_codes_renewed", member, visitor)


def _replace_codes(db: Connection, member: Member, code_hashes: Sequence[bytes]) -> None:
    queries.do(db, "recovery_codes_forget", user_id=member.user_id)
    queries.do(db, "recovery_codes_add", user_id=member.user_id, code_hashes=list(code_hashes))


def switch_off(db: Connection, member: Member, visitor: Visitor) -> None:
    """Ask for no codes any more; secret and recovery codes are forgotten."""
    if queries.do(db, "second_step_off", user_id=member.user_id):
        _log(db, "second_step_off", member, visitor)


def switch_off_for(
    db: Connection, admin: Member, user_id: UUID, email: str, visitor: Visitor
) -> bool:
    """Let somebody in by password alone who has lost phone and codes; False: it was off.

    ``email``: theirs, for the security log. Who they are is for the admin to find out.

    Raises:
        RefusedError: only an admin of the box may.
    """
    if not admin.is_admin:
        raise RefusedError({"": said("Only the admin of this box can change this.")})
    if not queries.do(db, "second_step_off", user_id=user_id):
        return False
    queries.do(db, "half_sign_in_end_all", user_id=user_id)
    detail = f"by {admin.email}"
    accounts.log(
        db, "second_step_off_by_admin", visitor, user_id=user_id, email=email, detail=detail
    )
    return True


def secret_of(db: Connection, user_id: UUID) -> str | None:
    """The secret that codes are compared with; None: it is off.

    Raises:
        UnavailableError: the key of this box is not the one it was sealed with.
    """
    sealed = queries.value(db, "second_step_secret", user_id=user_id)
    return None if sealed is None else vault.unseal(cast("bytes", sealed))


def use_code(db: Connection, user_id: UUID, step: int) -> bool:
    """Use the code of a half minute up; False: it, or a later one, has been used."""
    return queries.do(db, "second_step_use", user_id=user_id, step=step) == 1


def use_recovery_code(db: Connection, user_id: UUID, code_hash: bytes) -> bool:
    """Use a recovery code up; False: it is none of this account, or used."""
    return queries.do(db, "recovery_code_use", user_id=user_id, code_hash=code_hash) == 1


def begin_attempt(db: Connection, attempt_id: UUID, user_id: UUID, visitor: Visitor) -> str:
    """Note an attempt before its code is looked at; returns why none is allowed now, or nothing."""
    until = queries.value(
        db,
        "begin_sign_in",
        attempt_id=attempt_id,
        email=_subject(user_id),
        address=visitor.network,
    )
    return "" if until is None else _locked(cast("datetime", until))


def end_failed_attempt(db: Connection, half: HalfSignIn, visitor: Visitor) -> str:
    """Log a wrong code; returns the sentence of the lock if this was one too many, or nothing."""
    accounts.log(db, "second_step_failed", visitor, user_id=half.user_id, email=half.email)
    subjects = {"email": _subject(half.user_id), "address": visitor.network}
    until = queries.value(db, "lock_when_full", **subjects)
    if until is None:
        return ""
    accounts.log(db, "locked", visitor, user_id=half.user_id, email=half.email, detail="codes")
    return _locked(cast("datetime", until))


def end_right_attempt(
    db: Connection, attempt_id: UUID, half: HalfSignIn, visitor: Visitor, detail: str
) -> None:
    """Log a right code, which completes the sign-in, and forget what failed before it."""
    accounts.forgive(db, attempt_id, _subject(half.user_id))
    accounts.log(db, "sign_in", visitor, user_id=half.user_id, email=half.email, detail=detail)


def _subject(user_id: UUID) -> str:
    """Under what wrong codes of an account are counted; no e-mail address looks like it."""
    return f"second step {user_id}"


def _locked(until: datetime) -> str:
    minutes = accounts.minutes_until(until)
    if minutes == 1:
        return said("Too many wrong codes. Try again in 1 minute.")
    return said("Too many wrong codes. Try again in {minutes} minutes.", minutes=minutes)


def begin_half(
    db: Connection, browser_hash: bytes, user_id: UUID, invitation_hash: bytes | None
) -> None:
    """Remember for 5 minutes who typed the right password in this browser."""
    queries.do(
        db,
        "half_sign_in_begin",
        browser_hash=browser_hash,
        user_id=user_id,
        invitation_hash=invitation_hash,
    )


def find_half(db: Connection, browser_hash: bytes) -> HalfSignIn | None:
    """Who owes a code in this browser, if anybody."""
    return queries.first(db, HalfSignIn, "half_sign_in_find", browser_hash=browser_hash)


def end_half(db: Connection, browser_hash: bytes, user_id: UUID) -> bool:
    """Forget it; False: it had ended before, or was somebody else's."""
    return bool(queries.do(db, "half_sign_in_end", browser_hash=browser_hash, user_id=user_id))


def purge(db: Connection) -> None:
    """Forget half sign-ins that came to nothing."""
    queries.do(db, "purge_half_sign_ins")


def _log(db: Connection, kind: str, member: Member, visitor: Visitor) -> None:
    accounts.log(db, kind, visitor, user_id=member.user_id, email=member.email)

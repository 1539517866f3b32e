"""The second step of signing in: six digits from an app on the phone (TOTP), or a recovery code.

Every function that takes what somebody typed counts wrong attempts in PostgreSQL, before it looks
at the code; five within 15 minutes close the door for a while, as wrong passwords do.
"""

import re
import secrets
from datetime import UTC, datetime
from hmac import compare_digest
from string import ascii_lowercase, digits
from uuid import UUID, uuid4

import pyotp
from sqlalchemy import Connection

from app.authenticator import digest, refuse_if
from app.language import N_
from data import db, second_step
from data.accounts import Member, Visitor
from data.errors import RefusedError
from data.second_step import HalfSignIn

ISSUER = "Caseback"
SECONDS = 30  # a code is good for, give or take one
CODES = 10
UNLIKE = "ilou"  # look or sound like others
LETTERS = "".join(one for one in ascii_lowercase + digits if one not in UNLIKE)
MISREAD = str.maketrans("ilo", "110")  # what is written in place of a digit
LONGEST_CODE = 40  # characters, with the spaces people type
DIGITS = re.compile(r"[0-9]{6}")
RECOVERY = re.compile(rf"[{LETTERS}]{{16}}")
WRONG = N_("This code is not right, or no longer. Codes change every 30 seconds.")
USED = N_("This code has been used. Wait for the next one.")
NO_SUCH_RECOVERY_CODE = N_("This recovery code is not one of yours, or has been used.")
ODD = N_("Write the six digits of your app, or a recovery code of 16 letters and digits.")
LATE = N_("This took too long. Turn it on again.")
OVER = N_("This took too long. Sign in again.")


def new_secret() -> str:
    """160 random bits, as authenticator apps want them."""
    return pyotp.random_base32()


def uri(secret: str, email: str) -> str:
    """What the QR code says: the secret, and what the app calls it."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def new_recovery_codes() -> list[str]:
    """Ten codes of 80 random bits, as ``abcd-efgh-jkmn-pqrs``."""
    return [
        "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _part in range(4))
        for _code in range(CODES)
    ]


def recovery_digest(code: str) -> bytes:
    """What is stored of a recovery code, however it is written."""
    return digest(_plain(code))


def _plain(code: str) -> str:
    """A typed code without the spaces and dashes that make it readable, and as it was meant."""
    bare = re.sub(r"[\s\-\u2010-\u2015]", "", code[:LONGEST_CODE]).lower()
    return bare.translate(MISREAD)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Which half minute around that time the code is of; None: of none."""
    app, now = pyotp.TOTP(secret), int(at.timestamp()) // SECONDS
    found = None
    for step in (now - 1, now, now + 1):  # all three are compared, whichever it is
        if compare_digest(app.generate_otp(step), code):
            found = step
    return found


def confirm(member: Member, code: str, visitor: Visitor) -> list[str]:
    """Turn it on with the first code of the app; returns the recovery codes, to show once.

    Raises:
        RefusedError: the code is wrong, or nothing is being set up any more.
        UnavailableError: the secret cannot be read.
    """
    with db.read(member) as connection:
        secret = second_step.being_set_up(connection, member)
    if secret is None:
        raise RefusedError({"": LATE})
    step = step_of(secret, _plain(code), datetime.now(UTC))
    if step is None:
        raise RefusedError({"code": WRONG})
    codes = new_recovery_codes()
    with db.write(member) as connection:
        second_step.confirm(connection, member, step, digests(codes), visitor)
    return codes


def digests(codes: list[str]) -> list[bytes]:
    """What is stored of these recovery codes."""
    return [recovery_digest(code) for code in codes]


def is_asked_for(user_id: UUID) -> bool:
    """Whether who typed the right password of this account owes a code."""
    with db.read(None) as connection:
        return second_step.is_on(connection, user_id)


def begin(user_id: UUID, browser_secret: str, invitation_hash: bytes | None = None) -> None:
    """Remember that the right password came from this browser. Nobody is signed in by it."""
    with db.write(None) as connection:
        second_step.begin_half(connection, _browser_hash(browser_secret), user_id, invitation_hash)


def waiting(browser_secret: str) -> HalfSignIn | None:
    """Who owes a code in this browser, if anybody."""
    with db.read(None) as connection:
        return second_step.find_half(connection, _browser_hash(browser_secret))


def give_up(half: HalfSignIn, browser_secret: str) -> None:
    """Forget that a password was typed in this browser."""
    with db.write(None) as connection:
        second_step.end_half(connection, _browser_hash(browser_secret), half.user_id)


def take(browser_secret: str, typed: str, visitor: Visitor) -> HalfSignIn:
    """The one who owed a code in this browser and has given it; the code is used up.

    Raises:
        RefusedError: it is wrong or used, too many were wrong, or the password is too long ago.
        UnavailableError: the secret cannot be read; a recovery code works nevertheless.
    """
    half, code = waiting(browser_secret), _plain(typed)
    if half is None:
        raise RefusedError({"": OVER})
    refuse_if({"code": "" if DIGITS.fullmatch(code) or RECOVERY.fullmatch(code) else ODD})
    attempt_id = uuid4()
    with db.write(None) as connection:
        locked = second_step.begin_attempt(connection, attempt_id, half.user_id, visitor)
    refuse_if({"code": locked})
    with db.write(None) as connection:
        wrong, how = _use(connection, half, code)
        if not wrong and not second_step.end_half(
            connection, _browser_hash(browser_secret), half.user_id
        ):
            raise RefusedError({"": OVER})  # and the code is not used up
        if not wrong:
            second_step.end_right_attempt(connection, attempt_id, half, visitor, how)
            return half
        locked = second_step.end_failed_attempt(connection, half, visitor)
    raise RefusedError({"code": locked or wrong})


def _use(connection: Connection, half: HalfSignIn, code: str) -> tuple[str, str]:
    """Use a code up: what is wrong with it, or nothing; and what kind of code it is."""
    if RECOVERY.fullmatch(code):
        right = second_step.use_recovery_code(connection, half.user_id, recovery_digest(code))
        return "" if right else NO_SUCH_RECOVERY_CODE, "with a recovery code"
    secret = second_step.secret_of(connection, half.user_id)
    step = step_of(secret, code, datetime.now(UTC)) if secret else None
    if step is None:
        return WRONG, ""
    right = second_step.use_code(connection, half.user_id, step)
    return "" if right else USED, "with a code"


def _browser_hash(browser_secret: str) -> bytes:
    """What is stored of a browser that owes a code."""
    return digest(f"half {browser_secret}")

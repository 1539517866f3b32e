"""Who may come in: rules for what is typed, password hashes, and the one-time code after them.

The hashing and the shape of the rules are streamlit-authenticator's; the forms are in
app/auth.py, and why they are not the library's is in docs/decisions/0001-sign-in-widgets.md.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID, uuid4

from streamlit_authenticator import Hasher, Validator

from data import accounts, db
from data.accounts import Member, Visitor
from data.currencies import CURRENCIES
from data.errors import RefusedError

HANDOFF = "/session/handoff"
END = "/session/end"
SHORTEST, LONGEST = 12, 72  # bytes; bcrypt reads no more than 72
LONGEST_NAME, LONGEST_EMAIL = 100, 254
EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+\.[^@\s\x00-\x1f\x7f]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
NOBODY = "$2b$12$LiRbuEJeul8bw48fl53q7.Iml889pfCQRjvkPjxY32ytxRZXPW21."  # of no password
FIELD_OF = {  # constraint → the field of the form that shows its sentence
    "user_email_taken": "email",
    "user_email_plausible": "email",
    "user_name_given": "name",
    "user_currency_known": "currency",
    "household_name_given": "household",
}


class Rules(Validator):  # type: ignore[misc]  # the library has no types
    """What may be typed; each ``diagnose_…`` returns the sentence for the field, or nothing."""

    def diagnose_password(self, password: str) -> str:
        """12 to 72 bytes, whatever the characters."""
        if len(password.encode()) < SHORTEST:
            return f"Use at least {SHORTEST} characters; a few words in a row are good."
        if len(password.encode()) > LONGEST:
            return (
                f"Use at most {LONGEST} characters (bytes, to be exact: "
                "an accented letter counts as two, an emoji as four)."
            )
        return "Leave out the invisible characters." if "\0" in password else ""

    def validate_password(self, password: str) -> bool:
        """Whether the password may be used."""
        return not self.diagnose_password(password)

    def validate_email(self, email: str) -> bool:
        """Whether this looks like an e-mail address."""
        return len(email) <= LONGEST_EMAIL and bool(EMAIL.fullmatch(email))

    def diagnose_email(self, email: str) -> str:
        """An address with an @ and a dot after it."""
        return "" if self.validate_email(email) else "Write an e-mail address like ana@example.com."

    def diagnose_name(self, name: str, of: str = "your name") -> str:
        """Any characters that can be seen, up to 100."""
        if not name or CONTROL.search(name):
            return f"Write {of}."
        return "" if len(name) <= LONGEST_NAME else f"Use at most {LONGEST_NAME} characters."


RULES = Rules()


@dataclass(frozen=True)
class NewAccount:
    """What a person types to create an account; an empty household is named after them."""

    name: str
    email: str
    password: str
    household: str
    currency: str

    @property
    def household_name(self) -> str:
        """The household as typed, else "Ana's watches"."""
        return self.household or f"{self.name}'s watches"[:LONGEST_NAME]

    def check(self) -> None:
        """Refuse what cannot become an account.

        Raises:
            RefusedError: with a sentence for every wrong field.
        """
        refuse_if(
            {
                "name": RULES.diagnose_name(self.name),
                "email": RULES.diagnose_email(self.email),
                "password": RULES.diagnose_password(self.password),
                "household": self.household and RULES.diagnose_name(self.household, "its name"),
                "currency": "" if self.currency in CURRENCIES else "Choose a currency.",
            }
        )


def check_name(name: str, field: str, of: str) -> None:
    """Refuse a name that is empty, too long or invisible; ``of`` says whose it is.

    Raises:
        RefusedError: with the sentence for the field.
    """
    refuse_if({field: RULES.diagnose_name(name, of)})


def refuse_if(problems: dict[str, str]) -> None:
    """Raise the sentences that are not empty, if any."""
    if found := {field: sentence for field, sentence in problems.items() if sentence}:
        raise RefusedError(found)


def hash_password(password: str) -> str:
    """The bcrypt hash to store."""
    return str(Hasher.hash(password))


def is_password(password: str, password_hash: str) -> bool:
    """Whether the hash is of this password; costs the same when there can be no such password."""
    fits = RULES.validate_password(password)
    return bool(Hasher.check_pw(password if fits else "no such password", password_hash)) and fits


def sign_in(email: str, password: str, visitor: Visitor) -> UUID:
    """The account that e-mail address and password belong to.

    An unknown address takes as long, is counted and locked like a known one.

    Raises:
        RefusedError: they do not belong together, or too many attempts have failed.
    """
    refuse_if({"email": RULES.diagnose_email(email), "password": _missing(password)})
    attempt_id = uuid4()
    with db.write(None) as connection:
        locked = accounts.begin_sign_in(connection, attempt_id, email, visitor)
        found = accounts.find_credentials(connection, email)
    refuse_if({"password": locked})
    right = is_password(password, found.password_hash if found else NOBODY)
    with db.write(None) as connection:
        if found and right:
            accounts.end_right_sign_in(connection, attempt_id, found.user_id, email, visitor)
            return found.user_id
        sentence = accounts.end_failed_sign_in(connection, email, visitor)
    raise RefusedError({"password": sentence})


def sign_up(draft: NewAccount, visitor: Visitor) -> UUID:
    """Create an account; who already has it and types its password is let in instead.

    Raises:
        RefusedError: with a sentence for every wrong field, or because registration is closed.
    """
    draft.check()
    password_hash = hash_password(draft.password)
    try:
        with db.write(None) as connection:
            return accounts.sign_up(
                connection,
                email=draft.email,
                name=draft.name,
                password_hash=password_hash,
                household=draft.household_name,
                currency=draft.currency,
                visitor=visitor,
            )
    except RefusedError as error:
        if "user_email_taken" not in error.problems:
            raise by_field(error) from error
        taken = error
    try:  # a double click, or somebody who forgot that they have an account
        return sign_in(draft.email, draft.password, visitor)
    except RefusedError:
        raise by_field(taken) from taken


def change_password(
    member: Member, current: str, new: str, token_hash: bytes, visitor: Visitor
) -> None:
    """Set a new password, which signs every other browser out.

    Raises:
        RefusedError: the current one is wrong, or the new one breaks a rule.
    """
    refuse_if({"current": _missing(current), "new": RULES.diagnose_password(new)})
    attempt_id = uuid4()
    with db.write(member) as connection:
        locked = accounts.begin_sign_in(connection, attempt_id, member.email, visitor)
        found = accounts.get_credentials(connection, member)
    refuse_if({"current": locked})
    right, new_hash = is_password(current, found.password_hash), hash_password(new)
    with db.write(member) as connection:
        if right:
            accounts.forgive(connection, attempt_id, member.email)
            accounts.change_password(connection, member, new_hash, token_hash, visitor)
            return
        accounts.end_failed_sign_in(connection, member.email, visitor)
    raise RefusedError({"current": "This is not your current password."})


def handoff_url(
    user_id: UUID, next_path: str, browser_secret: str, household_id: UUID | None = None
) -> str:
    """Where to send the browser so that it gets its session cookie, and looks at a household.

    The code in it works once, within 30 seconds, and only in the browser that typed the password:
    a link to it, sent to somebody else, signs nobody in.
    """
    code = secrets.token_urlsafe(32)
    with db.write(None) as connection:
        accounts.create_handoff(
            connection,
            user_id,
            digest(code + browser_secret),
            safe_path(next_path),
            household_id,
        )
    return f"{HANDOFF}?{urlencode({'code': code})}"


def digest(secret: str) -> bytes:
    """What is stored of a token or a code: its SHA-256."""
    return hashlib.sha256(secret.encode()).digest()


def safe_path(path: str) -> str:
    """The path if it stays on this site, else the front page."""
    stays = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if stays and path.isprintable() and not path.startswith("/session/") else "/"


def by_field(error: RefusedError) -> RefusedError:
    """The same refusal, keyed by the fields of our forms instead of by constraints."""
    return RefusedError(
        {FIELD_OF.get(name, name): sentence for name, sentence in error.problems.items()}
    )


def _missing(password: str) -> str:
    return "" if password else "Write your password."

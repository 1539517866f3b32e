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

from app import rate_limits
from app.language import N_, _
from data import accounts, db
from data.accounts import Member, Visitor
from data.currencies import CURRENCIES
from data.errors import RefusedError
from data.said import said

HANDOFF = "/session/handoff"
END = "/session/end"
SHORTEST, LONGEST = 12, 72  # bytes; bcrypt reads no more than 72
LONGEST_NAME, LONGEST_EMAIL = 100, 254
EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+\.[^@\s\x00-\x1f\x7f]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
NOBODY = "$2b$12$LiRbuEJeul8bw48fl53q7.Iml889pfCQRjvkPjxY32ytxRZXPW21."  # of no password
CLOSED = N_("This account is closed for now. Ask the admin of this box.")
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
            return said(
                "Use at least {number} characters; a few words in a row are good.", number=SHORTEST
            )
        if len(password.encode()) > LONGEST:
            return said(
                "Use at most {number} characters (bytes, to be exact: "
                "an accented letter counts as two, an emoji as four).",
                number=LONGEST,
            )
        return N_("Leave out the invisible characters.") if "\0" in password else ""

    def validate_password(self, password: str) -> bool:
        """Whether the password may be used."""
        return not self.diagnose_password(password)

    def validate_email(self, email: str) -> bool:
        """Whether this looks like an e-mail address."""
        return len(email) <= LONGEST_EMAIL and bool(EMAIL.fullmatch(email))

    def diagnose_email(self, email: str) -> str:
        """An address with an @ and a dot after it."""
        if self.validate_email(email):
            return ""
        return N_("Write an e-mail address like ana@example.com.")

    def diagnose_name(self, name: str, missing: str = N_("Write your name.")) -> str:
        """Any characters that can be seen, up to 100; ``missing`` asks for it."""
        if not name or CONTROL.search(name):
            return missing
        if len(name) <= LONGEST_NAME:
            return ""
        return said("Use at most {number} characters.", number=LONGEST_NAME)


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
        return self.household or _("{name}'s watches", name=self.name)[:LONGEST_NAME]

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
                "household": self.household
                and RULES.diagnose_name(self.household, N_("Write its name.")),
                "currency": "" if self.currency in CURRENCIES else N_("Choose a currency."),
            }
        )


def check_name(name: str, field: str, missing: str) -> None:
    """Refuse a name that is empty, too long or invisible; ``missing`` is said of an empty one.

    Raises:
        RefusedError: with the sentence for the field.
    """
    refuse_if({field: RULES.diagnose_name(name, missing)})


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
        if found and right and not found.is_disabled:
            accounts.end_right_sign_in(connection, attempt_id, found.user_id, email, visitor)
            return found.user_id
        if found and right:  # who knows the password may know why it does not help
            accounts.end_disabled_sign_in(connection, found.user_id, email, visitor)
            sentence = CLOSED
        else:
            sentence = accounts.end_failed_sign_in(connection, email, visitor)
    raise RefusedError({"password": sentence})


def sign_up(draft: NewAccount, visitor: Visitor) -> UUID:
    """Create an account; who already has it and types its password is let in instead.

    Raises:
        RefusedError: with a sentence for every wrong field, or because registration is closed.
    """
    draft.check()
    rate_limits.check("sign_up", visitor.network, field="email")
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
    prove(member, current, visitor)
    new_hash = hash_password(new)
    with db.write(member) as connection:
        accounts.change_password(connection, member, new_hash, token_hash, visitor)


def prove(member: Member, current: str, visitor: Visitor) -> None:
    """Make sure that who is signed in knows the password, before something grave is changed.

    Raises:
        RefusedError: at ``current``: it is wrong, or too many attempts have failed.
    """
    refuse_if({"current": _missing(current)})
    attempt_id = uuid4()
    with db.write(member) as connection:
        locked = accounts.begin_sign_in(connection, attempt_id, member.email, visitor)
        found = accounts.get_credentials(connection, member)
    refuse_if({"current": locked})
    right = is_password(current, found.password_hash)
    with db.write(member) as connection:
        if right:
            accounts.forgive(connection, attempt_id, member.email)
            return
        accounts.end_failed_sign_in(connection, member.email, visitor)
    raise RefusedError({"current": N_("This is not your current password.")})


def handoff_url(
    user_id: UUID,
    next_path: str,
    browser_secret: str,
    household_id: UUID | None = None,
    *,
    passed: bool = False,
) -> str:
    """Where to send the browser so that it gets its session cookie, and looks at a household.

    The code in it works once, within 30 seconds, and only in the browser that typed the password:
    a link to it, sent to somebody else, signs nobody in. ``passed``: the second step was taken.

    Raises:
        RefusedError: this account has a second step, and it was not taken.
    """
    code = handoff_code(user_id, next_path, browser_secret, household_id, passed=passed)
    return f"{HANDOFF}?{urlencode({'code': code})}"


def handoff_code(
    user_id: UUID,
    next_path: str,
    browser_secret: str,
    household_id: UUID | None = None,
    *,
    passed: bool = False,
) -> str:
    """The code that ``handoff_url`` sends the browser with."""
    code = secrets.token_urlsafe(32)
    with db.write(None) as connection:
        accounts.create_handoff(
            connection,
            user_id,
            digest(code + browser_secret),
            safe_path(next_path),
            household_id,
            passed=passed,
        )
    return code


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
    return "" if password else N_("Write your password.")

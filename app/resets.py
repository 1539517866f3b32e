"""A new password for who forgot theirs: the link that is asked for, and what it does.

Whoever asks gets the same answer at once, whether there is such an account or not: that is looked
up by the worker that sends mail. The link is made from WATCH_URL alone, since what a browser says
about the address of this box would lead the mail's reader wherever its sender likes.
"""

import secrets
from urllib.parse import urlencode
from uuid import UUID

from app import mailing, rate_limits, session
from app.authenticator import RULES, digest, hash_password, refuse_if
from app.language import N_, _, reader_of, used
from data import db, mail, resets
from data.accounts import Member, Visitor
from data.errors import RefusedError
from data.resets import Addressee, Reset

NOT_GOOD = N_("This link can’t be used any more. Ask for a new one.")


def by_mail() -> bool:
    """Whether this box can send the link: it has a mail server, and knows its public address."""
    return mail.is_configured() and bool(mail.site())


def ask(email: str, accepted_languages: str, visitor: Visitor) -> None:
    """Send a link to that address if it is one of an account; who asks can't tell.

    Raises:
        RefusedError: it is no address, or there were too many tries, of an account or of nobody's.
    """
    refuse_if({"email": RULES.diagnose_email(email)})
    rate_limits.check("reset_asked_address", visitor.network, field="email")
    rate_limits.check("reset_asked", email.casefold(), field="email")
    mailing.do(lambda: _send(email, accepted_languages, visitor))


def _send(email: str, accepted_languages: str, visitor: Visitor) -> None:
    """In the worker: the link, if there is such an account, and the mail with it."""
    code = secrets.token_urlsafe(32)
    with db.write(None) as connection:
        found = resets.ask(connection, email, digest(code), visitor)
    if found is None:
        return
    with used(reader_of(found.language, found.number_format, accepted_languages)):
        subject, text = _asked_for(found, _link(mail.site(), code))
    mail.send(found.email, subject, text)


def _asked_for(found: Addressee, link: str) -> tuple[str, str]:
    return _("Choose a new password"), _(
        "Hello {name},\n\n"
        "somebody, probably you, asked for a new password for your account at {site}.\n\n"
        "Choose it here within an hour. The link works once:\n\n"
        "{link}\n\n"
        "If it was not you, do nothing: your password stays as it is.\n",
        name=found.name,
        site=mail.site(),
        link=link,
    )


def link_by_admin(member: Member, user_id: UUID) -> str:
    """A link to hand on by another way than mail, good for 24 hours, once.

    Raises:
        RefusedError: who asks is no admin.
        NotFoundError: there is no such person.
    """
    code = secrets.token_urlsafe(32)
    with session.write() as connection:
        resets.make_link(connection, member, user_id, digest(code), session.visitor())
    return _link(mailing.site(), code)


def _link(site: str, code: str) -> str:
    return f"{site}/reset?{urlencode({'code': code})}"


def find(code: str, visitor: Visitor) -> Reset | None:
    """What a link is good for; None when it is not.

    Raises:
        RefusedError: too many that were not good came from this address.
    """
    if not rate_limits.is_left("reset_tried", visitor.network):
        raise RefusedError({"": rate_limits.SENTENCES["reset_tried"]})
    with db.read(None) as connection:
        found = resets.find(connection, digest(code))
    if found is None:
        rate_limits.take("reset_tried", visitor.network)
    return found


def choose(code: str, password: str, accepted_languages: str, visitor: Visitor) -> None:
    """Set the password: the link is used up, every session of the person ends, and they are told.

    Raises:
        RefusedError: the password breaks a rule, or the link is not good any more.
    """
    refuse_if({"password": RULES.diagnose_password(password)})
    password_hash = hash_password(password)
    with db.write(None) as connection:
        found = resets.use(connection, digest(code), password_hash, visitor)
    if found is None:
        rate_limits.take("reset_tried", visitor.network)
        raise RefusedError({"": NOT_GOOD})
    tell_changed(found, accepted_languages)


def tell_changed(found: Addressee | Member, accepted_languages: str = "") -> None:
    """Write to somebody that their password was changed, if this box can send mail."""
    if not mail.is_configured():
        return
    with used(reader_of(found.language, found.number_format, accepted_languages)):
        text = _(
            "Hello {name},\n\n"
            "the password of your account was changed just now, and every other browser was "
            "signed out.\n\n"
            "If it was not you, ask the admin of the box to help you at once.\n",
            name=found.name,
        )
        mailing.later(found.email, _("Your password was changed"), text)

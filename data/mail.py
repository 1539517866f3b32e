"""Sending mail, by the SMTP server that SMTP_URL names; without it nothing is sent.

``smtp://user:password@host:587?from=watches@example.com`` (with STARTTLS wherever the server
offers it), or ``smtps://…`` for TLS from the first byte. MAIL_FROM names the sender as well, with a
name if wanted: ``Caseback <watches@example.com>``. A password goes over a protected connection
only, or to this machine itself.
"""

import os
import re
import smtplib
import ssl
from contextlib import ExitStack
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from data.errors import UnavailableError
from data.said import said

SECONDS = 10  # for each answer of the server
LONGEST_ADDRESS, LONGEST_SUBJECT = 254, 200
PORTS = {"smtp": 587, "smtps": 465}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
NOT_SET_UP = said("This box can't send mail.")
WRONG_SET_UP = said("Sending mail is set up wrongly on this box. Tell its admin.")
NO_ADDRESS = said("No mail can be sent to this e-mail address.")
NOT_SENT = said("The mail could not be sent. Try again in a few minutes.")
# One address: what could end a header, begin a second address or a comment is not in it.
PLAIN_ADDRESS = re.compile(
    r"[^@\s\x00-\x20\x7f<>()\[\],;:\\\"]+@[^@\s\x00-\x20\x7f<>()\[\],;:\\\"]+"
)
CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")


@dataclass(frozen=True)
class Server:
    """Where mail is handed in, and whom it is from."""

    host: str
    port: int
    user: str
    password: str
    sender: str  # an e-mail address, with a name before it or not
    is_wrapped: bool  # TLS from the first byte

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine: nobody listens in between."""
        return self.host in THIS_MACHINE


def is_configured() -> bool:
    """Whether this box can send mail."""
    return bool(os.environ.get("SMTP_URL"))


def site() -> str:
    """The public address of this box as WATCH_URL says (scheme and host); empty without.

    A link in a mail that a stranger can cause is made from this alone: what a browser says about
    the address it uses is not to be believed.
    """
    parts = urlsplit(os.environ.get("WATCH_URL", "").strip())
    is_good = parts.scheme in ("http", "https") and parts.netloc and "@" not in parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if is_good else ""


def send(to: str, subject: str, text: str) -> None:
    """Hand one mail to the server; takes up to half a minute when it is slow.

    Raises:
        UnavailableError: no server is named, it does not take the mail, or ``to`` is no address.
    """
    server = _server()
    try:
        message = _message(server, to, subject, text)
        with _connection(server) as smtp:
            smtp.send_message(message, parseaddr(server.sender)[1], [to])
    except (OSError, smtplib.SMTPException) as error:
        raise UnavailableError(NOT_SENT) from error
    except ValueError as error:  # an address or a name of a host that can't be written in ASCII
        raise UnavailableError(NO_ADDRESS) from error


def _message(server: Server, to: str, subject: str, text: str) -> EmailMessage:
    """The mail; no name, address or subject can add a header or a receiver.

    Raises:
        UnavailableError: ``to`` is not one plain address, or the sender is none.
    """
    if not PLAIN_ADDRESS.fullmatch(to) or len(to) > LONGEST_ADDRESS:
        raise UnavailableError(NO_ADDRESS)
    name, address = parseaddr(server.sender)
    if not PLAIN_ADDRESS.fullmatch(address):
        raise UnavailableError(WRONG_SET_UP)
    message = EmailMessage()
    message["From"] = Address(_line(name), addr_spec=address)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = _line(subject)[:LONGEST_SUBJECT]
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=address.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # nobody's "I am away" answers it
    message.set_content(text)
    return message


def _line(text: str) -> str:
    return CONTROL.sub(" ", text).strip()


def _connection(server: Server) -> smtplib.SMTP:
    """The server, ready for a mail.

    Raises:
        OSError, SMTPException: it is not there, or does not want us.
    """
    trust = ssl.create_default_context()
    if server.is_here:  # its certificate is made by itself as a rule
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    with ExitStack() as stack:
        smtp = stack.enter_context(
            smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=trust)
            if server.is_wrapped
            else smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        )
        _enter(smtp, server, trust)
        stack.pop_all()  # who asked closes it
    return smtp


def _enter(smtp: smtplib.SMTP, server: Server, trust: ssl.SSLContext) -> None:
    """Protect the connection where it can be, and say who we are."""
    smtp.ehlo()
    is_protected = server.is_wrapped
    if not is_protected and smtp.has_extn("starttls"):
        smtp.starttls(context=trust)
        smtp.ehlo()
        is_protected = True
    if server.user:
        if not is_protected and not server.is_here:
            raise smtplib.SMTPNotSupportedError("No password over an open connection.")
        smtp.login(server.user, server.password)


def _server() -> Server:
    """What SMTP_URL and MAIL_FROM say.

    Raises:
        UnavailableError: nothing, or nothing that can be understood.
    """
    written = os.environ.get("SMTP_URL", "")
    if not written:
        raise UnavailableError(NOT_SET_UP)
    try:
        parts = urlsplit(written)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise UnavailableError(WRONG_SET_UP) from error
    if not parts.hostname:
        raise UnavailableError(WRONG_SET_UP)
    return Server(
        parts.hostname,
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        _sender(parts),
        parts.scheme == "smtps",
    )


def _sender(parts: SplitResult) -> str:
    """Whom mail is from: MAIL_FROM, else ``from`` of the address, else the user."""
    named = os.environ.get("MAIL_FROM") or parse_qs(parts.query).get("from", [""])[0]
    user = unquote(parts.username or "")
    return named or (user if "@" in user else f"caseback@{parts.hostname}")

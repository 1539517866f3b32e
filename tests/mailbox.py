"""A real mail server for tests: it takes every mail and keeps it, and refuses whom it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from queue import Empty, Queue

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SENDER = "Caseback <watches@example.com>"
USER, PASSWORD = "caseback", "p@ss:word/?"
SECONDS = 20  # a busy machine


class Mailbox:
    """What has arrived, one mail after the other."""

    def __init__(self, refuses: tuple[str, ...] = ()) -> None:
        self.refuses = refuses
        self.arrived: Queue[tuple[list[str], EmailMessage]] = Queue()
        self.port = 0

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if address in self.refuses:
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.arrived.put((envelope.rcpt_tos, message))
        return "250 Message accepted for delivery"

    def next(self) -> EmailMessage:
        """The mail that arrived, or arrives now."""
        return self.arrived.get(timeout=SECONDS)[1]

    def next_receivers(self) -> list[str]:
        """Whom the mail was handed in for, whatever its headers say."""
        return self.arrived.get(timeout=SECONDS)[0]

    def is_empty(self) -> bool:
        """Whether nothing (more) has arrived so far."""
        try:
            self.arrived.put(self.arrived.get_nowait())
        except Empty:
            return True
        return False


def _is_right(
    server: SMTP, session: Session, envelope: Envelope, how: str, said: object
) -> AuthResult:
    right = isinstance(said, LoginPassword) and said.login == USER.encode()
    return AuthResult(success=right and said.password == PASSWORD.encode())


@contextmanager
def mail_server(*refuses: str, asks_password: bool = False) -> Iterator[Mailbox]:
    """A mail server on a free port of this machine, as long as it is used."""
    mailbox = Mailbox(refuses)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        mailbox.port = probe.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        auth_required=asks_password,
        auth_require_tls=False,
        authenticator=_is_right,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()

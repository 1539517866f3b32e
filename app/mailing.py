"""Mails on their way out: one worker hands them to the server, and nobody waits for it.

What a mail says is made in the worker too where a stranger asked for it: how long the answer takes
then tells nothing.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from threading import BoundedSemaphore
from uuid import uuid4

from app import session
from data import mail
from data.errors import UnavailableError

log = logging.getLogger(__name__)
MOST_WAITING = 200  # mails; more are dropped, and the log says so
_places = BoundedSemaphore(MOST_WAITING)


def is_configured() -> bool:
    """Whether this box can send mail."""
    return mail.is_configured()


def site() -> str:
    """Where a link of a signed-in person leads: the public address, else the one they use."""
    return mail.site() or session.site()


def later(to: str, subject: str, text: str) -> None:
    """Send one mail soon; that it fails is logged."""
    do(lambda: mail.send(to, subject, text))


def do(work: Callable[[], None]) -> None:
    """Let the worker do something that ends in a mail; returns at once."""
    if not _places.acquire(blocking=False):
        log.error("Too many mails wait to be sent; one was dropped.")
        return
    _worker().submit(work).add_done_callback(_done)


def stop() -> None:
    """Send what waits; before the database is closed."""
    if _worker.cache_info().currsize:
        _worker().shutdown()
        _worker.cache_clear()


def _done(result: Future[None]) -> None:
    """Nobody looks at the result: what went wrong is logged."""
    _places.release()
    error = result.exception()
    if isinstance(error, UnavailableError):
        log.warning("A mail was not sent: %s (%r)", error, error.__cause__)
    elif error is not None:
        log.error("error %s", uuid4().hex[:8], exc_info=error)


@cache
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="mail")

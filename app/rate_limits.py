"""How often something may be tried.

Counted in the memory of this process, or where RATE_LIMIT_STORAGE says, so that several processes
count together: ``postgresql`` is our own database, ``redis://…`` and the like are storages of the
library `limits`. While a storage does not answer, this process counts by itself. None of these
limits is the only guard; signing in is counted in PostgreSQL always (``accounts.begin_sign_in``).
"""

import logging
import os
from functools import cache
from hashlib import sha256

from limits import RateLimitItem, parse
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from app.language import N_
from data import attempts, db
from data.errors import RefusedError, UnavailableError

log = logging.getLogger(__name__)
OURS = "postgresql"
LIMITS = {
    "share_password": "10/15 minutes",  # for one link, from one address
    "share_password_link": "60/hour",  # for one link
    "share_password_address": "30/15 minutes",  # from one address
    "share_link": "60/hour",  # made by one person
    "share_view": "20/hour",  # visits counted for one link, from one address
    "invite": "30/hour",  # by one person
    "sign_up": "30/hour",  # from one address
    "reset_asked": "3/hour",  # for one account
    "reset_asked_address": "20/hour",  # from one address
    "reset_tried": "30/15 minutes",  # links that are not good, from one address
    "calendar": "120/hour",  # one calendar, from one address
    "notice_test": "10/hour",  # by one person
    "notice_url": "20/hour",  # looked at for one person
    "upload": "600/hour",  # files, by one person
    "takeout": "10/hour",  # downloads of all data, by one person
    "oidc": "60/15 minutes",  # browsers sent to the OpenID provider, from one address
}
SENTENCES = {  # what is said when there were too many, by kind
    "sign_up": N_("Many accounts were made from here in a short time. Try again in an hour."),
    "reset_asked": N_("This was asked for too often. Try again in an hour."),
    "reset_asked_address": N_("This was asked for too often. Try again in an hour."),
    "reset_tried": N_("Too many links from here were not good. Try again in 15 minutes."),
    "oidc": N_("Too many tried to sign in from here. Try again in 15 minutes."),
    "notice_url": N_("Too many addresses were tried. Try again in an hour."),
    "notice_test": N_("Too many tests were sent. Try again in an hour."),
    "upload": N_("You added many files in a short time. Add this one again in an hour."),
}
ITEMS: dict[str, RateLimitItem] = {kind: parse(limit) for kind, limit in LIMITS.items()}


def take(kind: str, *subject: str) -> bool:
    """Count an attempt of a subject (an address, a link); False: there were too many, not now."""
    item = ITEMS[kind]
    try:
        if os.environ.get("RATE_LIMIT_STORAGE") == OURS:
            with db.write(None) as connection:
                return attempts.take(
                    connection, _digest(kind, *subject), item.amount, item.get_expiry()
                )
        return _limiter().hit(item, kind, *subject)
    except (StorageError, UnavailableError) as error:
        log.warning("The storage of limits does not answer (%s); counting here.", error)
        return _own_limiter().hit(item, kind, *subject)


def check(kind: str, *subject: str, field: str = "") -> None:
    """Count an attempt.

    Raises:
        RefusedError: at that field, with the sentence of this kind: there were too many.
    """
    if not take(kind, *subject):
        raise RefusedError({field: SENTENCES[kind]})


def is_left(kind: str, *subject: str) -> bool:
    """Whether there may be one more attempt of a subject; counts none."""
    item = ITEMS[kind]
    try:
        if os.environ.get("RATE_LIMIT_STORAGE") == OURS:
            with db.read(None) as connection:
                left = attempts.left(
                    connection, _digest(kind, *subject), item.amount, item.get_expiry()
                )
            return left > 0
        return _limiter().test(item, kind, *subject)
    except (StorageError, UnavailableError):
        return _own_limiter().test(item, kind, *subject)


def forget() -> None:
    """Begin to count anew in this process."""
    _limiter.cache_clear()
    _own_limiter.cache_clear()


@cache
def _limiter() -> MovingWindowRateLimiter:
    """The counter that RATE_LIMIT_STORAGE names; a setting that can't work is told in the log."""
    uri = os.environ.get("RATE_LIMIT_STORAGE", "")
    if not uri:
        return _own_limiter()
    try:
        return MovingWindowRateLimiter(storage_from_string(uri, wrap_exceptions=True))
    except (ConfigurationError, NotImplementedError, StorageError, ValueError) as error:
        log.error("RATE_LIMIT_STORAGE can't be used (%s); counting in memory.", error)  # noqa: TRY400
        return _own_limiter()


@cache
def _own_limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


def _digest(*subject: str) -> bytes:
    return sha256("\0".join(subject).encode()).digest()

"""How often something may be tried, counted in the memory of this process.

Signing in is counted in PostgreSQL instead (``accounts.begin_sign_in``). Several processes count
apart, so together they allow that many times as much; none of these limits is the only guard.
"""

from functools import cache

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

LIMITS = {
    "share_password": "10/15 minutes",  # for one link, from one address
    "share_password_link": "60/hour",  # for one link
    "share_password_address": "30/15 minutes",  # from one address
    "share_link": "60/hour",  # made by one person
    "share_view": "20/hour",  # visits counted for one link, from one address
    "invite": "30/hour",  # by one person
}
ITEMS: dict[str, RateLimitItem] = {kind: parse(limit) for kind, limit in LIMITS.items()}


@cache
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


def take(kind: str, *subject: str) -> bool:
    """Count an attempt of a subject (an address, a link); False: there were too many, not now."""
    return _limiter().hit(ITEMS[kind], kind, *subject)


def forget() -> None:
    """Begin to count anew."""
    _limiter.cache_clear()

"""How often something was tried, counted in PostgreSQL so that several processes count together.

app/rate_limits.py says how often what may be tried, and whether it is counted here.
"""

from typing import cast

from sqlalchemy import Connection

from data import queries


def take(db: Connection, subject: bytes, most: int, seconds: int) -> bool:
    """Count an attempt; False: there were ``most`` in the last ``seconds``, and it is not counted.

    ``subject``: the SHA-256 of what is tried and by whom.
    """
    return cast(
        "bool", queries.value(db, "attempt_take", subject=subject, most=most, seconds=seconds)
    )


def left(db: Connection, subject: bytes, most: int, seconds: int) -> int:
    """How many attempts there may still be; counts none."""
    return cast(
        "int", queries.value(db, "attempts_left", subject=subject, most=most, seconds=seconds)
    )


def purge(db: Connection) -> None:
    """Forget what is a day old; as the owner of the schema."""
    queries.do(db, "purge_attempts")

"""The security log, for the admin: who came in, who tried, who changed what about accounts.

Lines are added by ``accounts.log`` and kept for 400 days.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from data import queries

DAYS_KEPT = 400
MOST = 100_000  # lines of an export


@dataclass(frozen=True)
class LogFilter:
    """Which lines; None: all."""

    kind: str | None = None
    email: str | None = None  # whose: by the address or by the account that has it now
    address: str | None = None  # the network address, whole
    since: datetime | None = None
    until: datetime | None = None  # the first moment that is too late


@dataclass(frozen=True)
class LogLine:
    """Something that happened."""

    event_id: int
    happened_at: datetime
    kind: str
    user_id: UUID | None  # who did it; None: nobody known
    email: str | None
    address: str
    client: str
    detail: str

    @property
    def cursor(self) -> str:
        """Where the earlier lines start; fit for a URL."""
        return f"{self.happened_at.isoformat()}~{self.event_id}"


def page(db: Connection, asked: LogFilter, after: str | None, limit: int) -> list[LogLine]:
    """The next lines after the cursor ``after``, the newest first.

    Raises:
        RefusedError: who asks is no admin.
    """
    after_at, after_id = _parsed(after)
    keys = {**asdict(asked), "after_at": after_at, "after_id": after_id, "limit": limit}
    return queries.many(db, LogLine, "security_page", **keys)


def export(
    db: Connection, asked: LogFilter
) -> AbstractContextManager[tuple[list[str], Iterator[Sequence[object]]]]:
    """The columns and the lines, the newest ``MOST``. Raises RefusedError for who is no admin."""
    return queries.stream(db, "security_export", **asdict(asked), limit=MOST)


def purge(db: Connection) -> int:
    """Forget lines older than ``DAYS_KEPT``; returns how many (maintenance)."""
    return queries.do(db, "purge_security_log")


def _parsed(cursor: str | None) -> tuple[datetime | None, int | None]:
    """A cursor's time and id; (None, None) for anything else (it comes from the URL)."""
    at, _, event_id = (cursor or "").partition("~")
    try:
        when = datetime.fromisoformat(at)
        number = int(event_id)
    except ValueError:
        return None, None
    return (when, number) if when.tzinfo and 0 <= number < 2**63 else (None, None)

"""The life of one watch as a stream: what was bought, valued, serviced, filed, changed, deleted."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member

TOPICS = ("value", "care", "files", "edits")


@dataclass(frozen=True)
class Line:
    """Something that happened on a day, or will; what does not apply to its kind is None.

    Kinds: purchase, left, added, value, serviced, handed_over, paid, due, document, photos; and of
    the record itself: status, edit, binned, restored, purged. What one person did to the record in
    one minute is one line.
    """

    kind: str
    topic: str  # one of TOPICS
    day: date
    at: datetime  # orders the lines of a day
    key: str
    who: str | None  # None: nobody of this household any more, or not known
    amount: Decimal | None  # in currency
    currency: str | None
    what: str | None  # the kind of value, service, cost or document; the status before
    title: str | None  # source, provider, retailer, months between payments; the status after
    note: str | None
    entity: str | None  # the table a change was made in
    entity_id: UUID | None
    hashes: list[str] | None  # content hashes of the first photos
    fields: list[str] | None  # what was edited: "watch.notes", "valuation.amount"
    count: int  # photos added, records changed
    event_id: int | None  # the last event of a change, for data/history.py

    @property
    def cursor(self) -> str:
        """Where the earlier lines start; fit for a URL."""
        return f"{self.day.isoformat()}~{self.at.isoformat()}~{self.key}"


def page(
    db: Connection,
    member: Member,
    watch_id: UUID,
    topic: str | None,
    zone: str,
    after: str | None,
    limit: int,
) -> list[Line]:
    """The next ``limit`` lines after the cursor ``after``, newest first; days are of ``zone``."""
    after_day, after_at, after_key = _parsed(after)
    return queries.many(
        db,
        Line,
        "timeline_page",
        household_id=member.household_id,
        watch_id=watch_id,
        topic=topic,
        zone=zone,
        after_day=after_day,
        after_at=after_at,
        after_key=after_key,
        limit=limit,
    )


def _parsed(cursor: str | None) -> tuple[date | None, datetime | None, str | None]:
    """A cursor's parts; three times None for anything else (it comes from the URL)."""
    day, _, rest = (cursor or "").partition("~")
    at, _, key = rest.partition("~")
    try:
        when = datetime.fromisoformat(at)
        return (date.fromisoformat(day), when, key) if when.tzinfo and key else (None, None, None)
    except ValueError:
        return None, None, None

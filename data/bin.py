"""The bin of a household: what was deleted, for 30 days; put it back, or remove it for good."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection

from data import documents, expenses, photos, queries, services, valuations, watches
from data.accounts import Member
from data.errors import NotFoundError, RefusedError
from data.said import said

STAYS = timedelta(days=30)
NOT_THERE = said("This is not in the bin any more.")
RESTORE: dict[str, Callable[[Connection, Member, UUID], None]] = {
    "watch": watches.restore,
    "value": valuations.restore,
    "photo": photos.restore,
    "document": documents.restore,
    "service": services.restore,
    "expense": expenses.restore,
}
KINDS = tuple(RESTORE)
PURGE = {  # a kind → the query that removes one of it
    "watch": "bin_purge_watch",
    "value": "bin_purge_value",
    "photo": "bin_purge_photo",
    "document": "bin_purge_document",
    "service": "bin_purge_service",
    "expense": "bin_purge_expense",
}
EMPTY = {  # watches last: what belongs to them goes with them
    "value": "bin_empty_value",
    "photo": "bin_empty_photo",
    "document": "bin_empty_document",
    "service": "bin_empty_service",
    "expense": "bin_empty_expense",
    "watch": "bin_empty_watch",
}
EXPIRE = {
    "value": "bin_expire_value",
    "document": "bin_expire_document",
    "service": "bin_expire_service",
    "expense": "bin_expire_expense",
    "watch": "bin_expire_watch",
}


@dataclass(frozen=True)
class Binned:
    """Something in the bin, and the watch it is, or belongs to.

    A cost of the whole collection belongs to none.
    """

    kind: str  # one of KINDS
    id: UUID
    watch_id: UUID | None
    deleted_at: datetime
    amount: Decimal | None  # of a value, a service or a cost, in currency
    currency: str | None
    day: date | None  # of a value, a document, a service or a cost
    what: str | None  # the kind of value, document, service or cost; what a photo shows
    title: str | None  # of a document; the caption of a photo; the provider of a service
    hash: str | None  # content hash of a photo
    brand: str | None
    model: str | None
    watch_is_in_bin: bool
    who: str | None  # who put it there; None: nobody of this household any more

    @property
    def watch(self) -> str:
        """The watch by name; empty for a cost of the whole collection."""
        return f"{self.brand} {self.model}" if self.watch_id else ""

    @property
    def until(self) -> datetime:
        """When it goes for good."""
        return self.deleted_at + STAYS

    @property
    def cursor(self) -> str:
        """Where the next page starts; fit for a URL."""
        return f"{self.deleted_at.isoformat()}~{self.id}"


@dataclass(frozen=True)
class Count:
    """How many of a kind are in the bin."""

    kind: str
    number: int


def page(
    db: Connection, member: Member, kind: str | None, after: str | None, limit: int
) -> list[Binned]:
    """What was put there last comes first; the next ``limit`` after the cursor ``after``."""
    after_at, after_id = _parsed(after)
    return queries.many(
        db,
        Binned,
        "bin_page",
        household_id=member.household_id,
        kind=kind,
        after_at=after_at,
        after_id=after_id,
        limit=limit,
    )


def find(db: Connection, member: Member, kind: str, thing_id: UUID) -> Binned | None:
    """One thing in the bin; None when it is not there."""
    keys = {"household_id": member.household_id, "kind": kind, "id": thing_id}
    return queries.first(db, Binned, "bin_find", **keys)


def counts(db: Connection, member: Member) -> dict[str, int]:
    """Kind → how many of it are there; in the order of KINDS, and only what there is."""
    rows = queries.many(db, Count, "bin_counts", household_id=member.household_id)
    found = {row.kind: row.number for row in rows}
    return {kind: found[kind] for kind in KINDS if kind in found}


def restore(db: Connection, member: Member, kind: str, thing_id: UUID) -> None:
    """Take it out of the bin.

    Raises:
        NotFoundError: it is not there.
        RefusedError: the watch it belongs to is in the bin; or a rule of its own (a serial number
            that is taken meanwhile, a photo that is there again).
    """
    found = find(db, member, kind, thing_id)
    if found is None:
        raise NotFoundError(NOT_THERE)
    if kind != "watch" and found.watch_is_in_bin:
        raise RefusedError(
            {"": said("{watch} is in the bin itself. Restore the watch first.", watch=found.watch)}
        )
    RESTORE[kind](db, member, thing_id)


def purge(db: Connection, member: Member, kind: str, thing_id: UUID) -> None:
    """Remove one thing for good; its files go with the next nightly sweep. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "id": thing_id}
    if kind not in PURGE or queries.value(db, PURGE[kind], **keys) is None:
        raise NotFoundError(NOT_THERE)


def empty(db: Connection, member: Member, until: datetime) -> int:
    """Remove for good what was in the bin at ``until``; returns how many."""
    keys = {"household_id": member.household_id, "until": until}
    return sum(queries.do(db, query, **keys) for query in EMPTY.values())


def purge_old(db: Connection) -> dict[str, int]:
    """Remove for good what has been in a bin for 30 days; kind → how many (maintenance)."""
    gone = {"photo": photos.purge(db)}
    return gone | {kind: queries.do(db, query) for kind, query in EXPIRE.items()}


def _parsed(cursor: str | None) -> tuple[datetime | None, UUID | None]:
    """A cursor's time and id; (None, None) for anything else (it comes from the URL)."""
    at, _, thing_id = (cursor or "").partition("~")
    try:
        when = datetime.fromisoformat(at)
        return (when, UUID(thing_id)) if when.tzinfo else (None, None)
    except ValueError:
        return None, None

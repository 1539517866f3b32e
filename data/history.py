"""Who changed what on a record, before and after; and an old value put back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from sqlalchemy import Connection

from data import documents, expenses, photos, queries, services, valuations, watches
from data.accounts import Member
from data.documents import DocumentDraft
from data.errors import NotFoundError
from data.expenses import ExpenseDraft
from data.said import said
from data.services import ServiceDraft
from data.valuations import StrikingError, ValuationDraft
from data.watches import WatchDraft

LISTS = {"watch_tag": "tags", "watch_complication": "complications"}
NOT_RESTORABLE = said("This can't be put back.")


@dataclass(frozen=True)
class Photographed:
    """What a person says about a photo; the picture itself has no way back."""

    role: str = "other"
    caption: str | None = None


DRAFTS: dict[str, type[Any]] = {  # a table → what a person enters in it
    "watch": WatchDraft,
    "watch_tag": WatchDraft,
    "watch_complication": WatchDraft,
    "valuation": ValuationDraft,
    "service": ServiceDraft,
    "expense": ExpenseDraft,
    "document": DocumentDraft,
    "photo": Photographed,
}
HELD = {table: {field.name for field in fields(draft)} for table, draft in DRAFTS.items()}


@dataclass(frozen=True)
class Change:
    """A field of a record, before and after an edit, as PostgreSQL writes them; None is empty.

    Of a tag or complication only one is there: it was taken away, or added.
    """

    event_id: int
    happened_at: datetime
    who: str | None  # None: nobody of this household any more
    entity: str  # the table
    entity_id: UUID  # of tags and complications: the watch's
    field: str
    before: str | None
    after: str | None
    before_name: str | None  # of a brand or collection
    after_name: str | None
    now: str | None  # what it holds today
    version: int | None  # of the record today; None: it is gone
    is_in_bin: bool
    amount: Decimal | None  # of a value, service or cost, today: to tell which one
    currency: str | None
    title: str | None  # the day of a value, kind of a service or cost, title of a document, caption

    @property
    def record(self) -> tuple[str, UUID]:
        """Which record it belongs to; tags and complications are the watch's."""
        return ("watch" if self.entity in LISTS else self.entity), self.entity_id

    @property
    def is_restorable(self) -> bool:
        """Whether the record is here, holds something else now, and has a way back to it."""
        if self.version is None or self.is_in_bin or self.field not in HELD.get(self.entity, ()):
            return False
        if self.entity in LISTS:
            return (self.now is None) == (self.before is not None)
        return self.now != self.before


def of_minute(db: Connection, member: Member, watch_id: UUID, event_id: int) -> list[Change]:
    """What the person behind an event changed on a watch in that minute; empty: no such event."""
    keys = {"household_id": member.household_id, "watch_id": watch_id, "event_id": event_id}
    return queries.many(db, Change, "history_minute", **keys)


def restore(db: Connection, member: Member, changes: Sequence[Change], today: date) -> None:
    """Put back what the fields of one record held before these changes.

    It goes the way of every edit: the rules of the record hold, and the version that was shown
    (``Change.version``) must still be the one in force.

    Raises:
        RefusedError: a rule of the record.
        NotFoundError: the record, or the way back, is not there.
        ConflictError: it was changed after these changes were shown.
    """
    first = changes[0]
    if len({change.record for change in changes}) > 1 or not all(c.is_restorable for c in changes):
        raise NotFoundError(NOT_RESTORABLE)
    old = {c.field: _typed(c) for c in changes if c.entity not in LISTS}
    lists = [change for change in changes if change.entity in LISTS]
    PUT_BACK[first.record[0]](db, member, first, old, lists, today)


Old = Mapping[str, object]
PutBack = Callable[[Connection, Member, Change, Old, Sequence[Change], date], None]


def _watch(
    db: Connection, member: Member, seen: Change, old: Old, lists: Sequence[Change], today: date
) -> None:
    watch = watches.get(db, member, seen.entity_id)
    held = {"tags": watch.tags, "complications": watch.complications}
    for change in lists:
        name = LISTS[change.entity]
        rest = [each for each in held[name] if each != change.after]
        held[name] = [*rest, change.before] if change.before is not None else rest
    draft = replace(watches.draft_of(watch), **{**held, **old})  # type: ignore[arg-type]
    watches.change(db, member, watch.watch_id, seen.version or 0, draft, today)


def _value(
    db: Connection, member: Member, seen: Change, old: Old, _lists: Sequence[Change], today: date
) -> None:
    value = valuations.get(db, member, seen.entity_id)
    shown = replace(value, version=seen.version or 0)
    held = {name.name: getattr(value, name.name) for name in fields(ValuationDraft)}
    draft = ValuationDraft(**{**held, **old})
    try:
        valuations.change(db, member, shown, draft, today)
    except StrikingError:  # it was here before: that is the confirmation
        valuations.change(db, member, shown, replace(draft, confirmed=True), today)


def _service(
    db: Connection, member: Member, seen: Change, old: Old, _lists: Sequence[Change], today: date
) -> None:
    service = replace(services.get(db, member, seen.entity_id), version=seen.version or 0)
    draft = replace(services.draft_of(service), **old)  # type: ignore[arg-type]
    services.change(db, member, service, draft, today)


def _expense(
    db: Connection, member: Member, seen: Change, old: Old, _lists: Sequence[Change], today: date
) -> None:
    expense = replace(expenses.get(db, member, seen.entity_id), version=seen.version or 0)
    draft = replace(expenses.draft_of(expense), **old)  # type: ignore[arg-type]
    expenses.change(db, member, expense, draft, today)


def _document(
    db: Connection, member: Member, seen: Change, old: Old, _lists: Sequence[Change], today: date
) -> None:
    document = replace(documents.get(db, member, seen.entity_id), version=seen.version or 0)
    held = {name.name: getattr(document, name.name) for name in fields(DocumentDraft)}
    documents.change(db, member, document, DocumentDraft(**{**held, **old}), today)


def _photo(
    db: Connection, member: Member, seen: Change, old: Old, _lists: Sequence[Change], _today: date
) -> None:
    photo = replace(photos.get(db, member, seen.entity_id), version=seen.version or 0)
    said = replace(Photographed(photo.role, photo.caption), **old)  # type: ignore[arg-type]
    photos.change(db, member, photo, said.role, said.caption)


PUT_BACK: dict[str, PutBack] = {
    "watch": _watch,
    "valuation": _value,
    "service": _service,
    "expense": _expense,
    "document": _document,
    "photo": _photo,
}


def _typed(change: Change) -> object:
    """What the field held before, as its draft declares it."""
    if change.before is None:
        return None
    hint = get_type_hints(DRAFTS[change.entity])[change.field]
    kind = next((one for one in get_args(hint) if one is not NoneType), hint)
    if kind is bool:
        return change.before == "true"
    if kind is date:
        return date.fromisoformat(change.before)
    return kind(change.before)

"""Many watches at once: one statement, one transaction, a word on each that was not changed.

Each watch is named with the version it was read at. One that somebody changed or removed since is
left alone and reported; the others are changed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.errors import RefusedError
from data.said import said
from data.watches import TAG_LIMIT, Watch, WatchDraft, draft_of

Picked = Mapping[UUID, int]  # watch → the version it was read at
SERIAL_TAKEN = said("A watch of this brand with this serial number is already here.")


@dataclass(frozen=True)
class Outcome:
    """What became of each watch."""

    changed: list[UUID]
    conflicts: list[UUID]  # somebody else changed it since; left as it is
    gone: list[UUID]  # somebody put it into the bin since

    @property
    def left_alone(self) -> list[UUID]:
        """What was not changed."""
        return [*self.conflicts, *self.gone]


class RowsRefusedError(RefusedError):
    """Some watches break a rule, and none was changed; ``rows``: watch → field → sentence."""

    def __init__(self, rows: Mapping[UUID, Mapping[str, str]]) -> None:
        super().__init__({"": " ".join(s for found in rows.values() for s in found.values())})
        self.rows = rows


@dataclass(frozen=True)
class Listed:
    """A watch on paper; ``cost`` and ``value`` in the reader's currency, None: not known."""

    watch_id: UUID
    brand: str
    model: str
    reference: str | None
    serial_number: str | None
    nickname: str | None
    status: str
    purchased_on: date | None
    purchase_currency: str | None
    paid: Decimal | None  # with fees and taxes, in purchase_currency
    cost: Decimal | None
    value: Decimal | None
    valued_on: date | None  # None: at cost
    cover: str | None


def get(db: Connection, member: Member, watch_ids: Sequence[UUID]) -> list[Watch]:
    """These watches, in this order; those in the bin or of others are left out."""
    keys = {"household_id": member.household_id, "watch_ids": list(watch_ids)}
    return queries.many(db, Watch, "bulk_get", **keys)


def listed(
    db: Connection, member: Member, watch_ids: Sequence[UUID], currency: str, today: date
) -> list[Listed]:
    """These watches for a printed list, in this order; without those in the bin or of others."""
    keys = {"household_id": member.household_id, "watch_ids": list(watch_ids)}
    return queries.many(db, Listed, "bulk_listed", currency=currency, today=today, **keys)


def set_collection(
    db: Connection, member: Member, picked: Picked, collection_id: UUID | None
) -> Outcome:
    """Put watches into a collection; None: into none. Raises RefusedError when it is gone."""
    return _change(db, member, picked, "bulk_set_collection", collection_id=collection_id)


def set_condition(db: Connection, member: Member, picked: Picked, condition: str | None) -> Outcome:
    """Say in which condition watches are; None: not known."""
    return _change(db, member, picked, "bulk_set_condition", condition=condition)


def set_status(
    db: Connection, member: Member, picked: Picked, status: str, left_on: date | None, today: date
) -> Outcome:
    """Say where watches stand; ``left_on`` is the day they left, for sold, gifted and lost.

    A watch that has this status keeps its own day. One that comes back loses its sale.

    Raises:
        RowsRefusedError: the day is missing, to come, or before a watch was bought.
    """
    found = [one for one in get(db, member, list(picked)) if one.status != status]
    drafts = {
        one.watch_id: replace(draft_of(one), status=status, disposed_on=left_on) for one in found
    }
    same = {one: version for one, version in picked.items() if one not in drafts}
    outcome = save(db, member, picked, drafts, today)
    rest = _outcome(db, member, same, set(same))
    return Outcome(
        [*outcome.changed, *rest.conflicts], outcome.conflicts, [*outcome.gone, *rest.gone]
    )


def add_tags(db: Connection, member: Member, picked: Picked, typed: Sequence[str]) -> Outcome:
    """Put tags on watches; the tags they have stay. Raises RefusedError."""
    return _change(db, member, picked, "bulk_add_tags", tags=_tags(typed))


def remove_tags(db: Connection, member: Member, picked: Picked, tags: Sequence[str]) -> Outcome:
    """Take tags off watches. Raises RefusedError."""
    return _change(db, member, picked, "bulk_remove_tags", tags=_tags(tags))


def to_bin(db: Connection, member: Member, picked: Picked) -> Outcome:
    """Put watches into the bin; ``from_bin`` takes them out again."""
    return _change(db, member, picked, "bulk_to_bin")


def from_bin(db: Connection, member: Member, watch_ids: Sequence[UUID]) -> list[UUID]:
    """Take watches out of the bin; returns those that were there.

    Raises:
        RefusedError: the serial number of one was given to another watch meanwhile.
    """
    keys: dict[str, object] = {"household_id": member.household_id, "watch_ids": list(watch_ids)}
    return _ids(db, "bulk_from_bin", keys)


def save(
    db: Connection, member: Member, picked: Picked, drafts: Mapping[UUID, WatchDraft], today: date
) -> Outcome:
    """Replace watches, each by its own draft (but not tags and complications).

    Raises:
        RowsRefusedError: some break a rule; none is changed.
    """
    tidy = {watch_id: draft.tidy() for watch_id, draft in drafts.items()}
    _check(db, member, tidy, today)
    rows = [
        {"watch_id": str(watch_id), "version": picked[watch_id], **_stored(draft)}
        for watch_id, draft in tidy.items()
    ]
    keys: dict[str, object] = {"household_id": member.household_id, "rows": json.dumps(rows)}
    changed = _ids(db, "bulk_save", keys) if rows else []
    return _outcome(db, member, {one: picked[one] for one in tidy}, set(tidy) - set(changed))


def _check(db: Connection, member: Member, drafts: Mapping[UUID, WatchDraft], today: date) -> None:
    """Every rule for every watch, before any is changed."""
    problems: dict[UUID, dict[str, str]] = {}
    for watch_id, draft in drafts.items():
        try:
            draft.check(today)
        except RefusedError as error:
            problems[watch_id] = error.problems
    for watch_id in _same_serial(db, member, drafts):
        problems.setdefault(watch_id, {})["serial_number"] = SERIAL_TAKEN
    if problems:
        raise RowsRefusedError(problems)


def _same_serial(db: Connection, member: Member, drafts: Mapping[UUID, WatchDraft]) -> list[UUID]:
    """Those whose serial number another watch of their brand has, among these or elsewhere."""
    numbered = [(one, draft) for one, draft in drafts.items() if draft.serial_number]
    seen: dict[tuple[UUID | None, str], UUID] = {}
    twice = []
    for watch_id, draft in numbered:
        key = (draft.brand_id, (draft.serial_number or "").upper())
        if seen.setdefault(key, watch_id) != watch_id:
            twice.append(watch_id)
    keys: dict[str, object] = {
        "household_id": member.household_id,
        "watch_ids": list(drafts),
        "brand_ids": [draft.brand_id for _, draft in numbered],
        "serials": [draft.serial_number for _, draft in numbered],
    }
    if not numbered:
        return []
    places = queries.run(db, "bulk_serials_taken", keys).scalars()
    return twice + [numbered[cast("int", place) - 1][0] for place in places]


def _stored(draft: WatchDraft) -> dict[str, object]:
    """The draft's columns as JSON; dates, ids and amounts as exact texts."""
    lists = ("tags", "complications")
    return {
        name: held if held is None or isinstance(held, int) else str(held)
        for name, held in asdict(draft).items()
        if name not in lists
    }


def _change(db: Connection, member: Member, picked: Picked, name: str, **given: object) -> Outcome:
    keys: dict[str, object] = {
        "household_id": member.household_id,
        "watch_ids": list(picked),
        "versions": list(picked.values()),
        **given,
    }
    changed = set(_ids(db, name, keys))
    return _outcome(db, member, picked, set(picked) - changed)


def _outcome(db: Connection, member: Member, picked: Picked, missed: set[UUID]) -> Outcome:
    """Tell what somebody changed from what is gone."""
    keys: dict[str, object] = {"household_id": member.household_id, "watch_ids": list(missed)}
    here = set(_ids(db, "bulk_here", keys)) if missed else set()
    return Outcome(
        [one for one in picked if one not in missed],
        [one for one in picked if one in here],
        [one for one in picked if one in missed and one not in here],
    )


def _ids(db: Connection, name: str, keys: dict[str, object]) -> list[UUID]:
    return [cast("UUID", one) for one in queries.run(db, name, keys).scalars()]


def _tags(typed: Sequence[str]) -> list[str]:
    tags = WatchDraft(tags=list(typed)).tidy().tags
    if not tags:
        raise RefusedError({"tags": said("Choose a tag, or type a new one.")})
    if any(len(tag) > TAG_LIMIT for tag in tags):
        raise RefusedError({"tags": said("A tag has up to {limit} characters.", limit=TAG_LIMIT)})
    return tags

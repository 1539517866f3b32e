"""A round of values: what many watches are worth, recorded together, and taken back together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.bulk import RowsRefusedError
from data.errors import RefusedError
from data.valuations import Earlier, ValuationDraft, why_striking

Drafts = Mapping[UUID, ValuationDraft]  # watch → its new value


@dataclass(frozen=True)
class ToValue:
    """An owned watch, and what it is worth so far."""

    watch_id: UUID
    brand: str
    model: str
    reference: str | None
    collection_id: UUID | None
    value_amount: Decimal | None  # in currency; None: not known
    currency: str | None  # of its value, else of its price; None: it has neither
    valued_on: date | None  # None: never valued; value_amount is the cost, if anything
    sort_name: str  # brand, model and reference, folded


@dataclass(frozen=True)
class Before(Earlier):
    """The value of a watch that a new one is compared with."""

    watch_id: UUID


@dataclass(frozen=True)
class Stored:
    """A value of a round, at the version it was left at."""

    valuation_id: UUID
    watch_id: UUID
    version: int


def every(db: Connection, member: Member) -> tuple[ToValue, ...]:
    """What is owned: never valued watches first, then those valued longest ago."""
    keys = {"household_id": member.household_id}
    return tuple(queries.many(db, ToValue, "value_round_watches", **keys))


def before(
    db: Connection, member: Member, watch_ids: Sequence[UUID], kind: str, day: date
) -> dict[UUID, Before]:
    """The last value of that kind up to a day, of each watch that has one."""
    kinds, days = [kind] * len(watch_ids), [day] * len(watch_ids)
    return _before(db, member, list(watch_ids), kinds, days)


def record(db: Connection, member: Member, drafts: Drafts, today: date) -> list[Stored]:
    """Record all of them, in one statement; watches in the bin are left out of the answer.

    Raises:
        RowsRefusedError: some break a rule, or are far from the value before and nobody said that
            they are right; none is recorded.
    """
    problems: dict[UUID, dict[str, str]] = {}
    for watch_id, draft in drafts.items():
        try:
            draft.check(today)
        except RefusedError as error:
            problems[watch_id] = error.problems
    if not problems:
        problems = _striking(db, member, drafts)
    if problems:
        raise RowsRefusedError(problems)
    values = drafts.values()
    return queries.many(
        db,
        Stored,
        "value_round_insert",
        household_id=member.household_id,
        watch_ids=list(drafts),
        amounts=[draft.amount for draft in values],
        currencies=[draft.currency for draft in values],
        days=[draft.valued_on for draft in values],
        kinds=[draft.kind for draft in values],
        sources=[draft.source for draft in values],
        notes=[draft.note for draft in values],
        confirmed=[draft.confirmed for draft in values],
    )


def remove(db: Connection, member: Member, stored: Sequence[Stored]) -> list[Stored]:
    """Put them into the bin; returns those that nobody changed meanwhile, as they are there."""
    return queries.many(db, Stored, "value_round_to_bin", **_seen(member, stored))


def restore(db: Connection, member: Member, stored: Sequence[Stored]) -> list[Stored]:
    """Take them out of the bin again; returns those that were still there."""
    return queries.many(db, Stored, "value_round_from_bin", **_seen(member, stored))


def _striking(db: Connection, member: Member, drafts: Drafts) -> dict[UUID, dict[str, str]]:
    """What a person has to look at once more."""
    kinds = [draft.kind for draft in drafts.values()]
    days = [draft.valued_on for draft in drafts.values()]
    earlier = _before(db, member, list(drafts), kinds, days)
    found = {one: why_striking(draft, earlier.get(one)) for one, draft in drafts.items()}
    return {watch_id: {"amount": why} for watch_id, why in found.items() if why}


def _before(
    db: Connection,
    member: Member,
    watch_ids: list[UUID],
    kinds: list[str],
    days: Sequence[date | None],
) -> dict[UUID, Before]:
    keys = {"household_id": member.household_id, "watch_ids": watch_ids}
    rows = queries.many(db, Before, "value_round_before", kinds=kinds, days=list(days), **keys)
    return {row.watch_id: row for row in rows}


def _seen(member: Member, stored: Sequence[Stored]) -> dict[str, object]:
    return {
        "household_id": member.household_id,
        "valuation_ids": [one.valuation_id for one in stored],
        "versions": [one.version for one in stored],
    }

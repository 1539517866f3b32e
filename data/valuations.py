"""What a watch was worth: record, correct, remove values."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.errors import ConflictError, NotFoundError, RefusedError
from data.said import said
from data.watches import EARLIEST, NOT_HERE

KINDS = ("market", "insured", "replacement", "appraisal")
SOURCES = ("manual", "chrono24", "import", "api")
STRIKING = 3  # times the previous value, or a third of it: ask
GONE = said("This value is not here any more.")


@dataclass(frozen=True)
class ValuationDraft:
    """A value as a person enters it."""

    amount: Decimal | None = None
    currency: str = "EUR"  # ISO 4217
    valued_on: date | None = None
    kind: str = "market"
    source: str = "manual"
    note: str | None = None
    confirmed: bool = False  # "yes, this striking amount is right"

    def check(self, today: date) -> None:
        """Refuse what a form explains better than a constraint. Raises RefusedError."""
        problems: dict[str, str] = {}
        if self.amount is None:
            problems["amount"] = said("Write what the watch is worth.")
        if self.valued_on is None:
            problems["valued_on"] = said("Say of which day this value is.")
        elif self.valued_on > today:
            problems["valued_on"] = said("This day has not come yet.")
        elif self.valued_on < EARLIEST:
            problems["valued_on"] = said("This must be in 1900 or later.")
        if len(self.note or "") > 1000:  # noqa: PLR2004
            problems["note"] = said("A note has up to 1,000 characters; please shorten it.")
        if problems:
            raise RefusedError(problems)


@dataclass(frozen=True)
class Valuation(ValuationDraft):
    """A stored value; ``version`` is what an edit must quote back."""

    valuation_id: UUID = field(kw_only=True)
    watch_id: UUID = field(kw_only=True)
    version: int = field(kw_only=True)
    recorded_at: datetime = field(kw_only=True)


@dataclass(frozen=True)
class Earlier:
    """The value before: what a new one is compared with."""

    amount: Decimal
    currency: str
    valued_on: date


class StrikingError(RefusedError):
    """The amount is far from the value before; a person has to say that it is right."""

    def __init__(self, sentence: str, before: Earlier) -> None:
        super().__init__({"amount": sentence})
        self.before = before


def why_striking(draft: ValuationDraft, before: Earlier | None) -> str | None:
    """Why a person has to say that this amount is right; None: nobody has to, or somebody did."""
    if draft.confirmed or draft.amount is None:
        return None
    if before is None or before.currency != draft.currency:
        return None
    if before.amount <= STRIKING * draft.amount and draft.amount <= STRIKING * before.amount:
        return None
    return said(
        "That is far from the value before, {currency} {amount}.",
        currency=before.currency,
        amount=before.amount,
    )


def of_watch(db: Connection, member: Member, watch_id: UUID) -> list[Valuation]:
    """The values of a watch, newest first."""
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    return queries.many(db, Valuation, "valuation_list", **keys)


def get(db: Connection, member: Member, valuation_id: UUID) -> Valuation:
    """One value. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "valuation_id": valuation_id}
    found = queries.first(db, Valuation, "valuation_get", **keys)
    if found is None:
        raise NotFoundError(GONE)
    return found


def add(db: Connection, member: Member, watch_id: UUID, draft: ValuationDraft, today: date) -> UUID:
    """Record a value; returns its id.

    Raises:
        RefusedError: a field breaks a rule.
        StrikingError: more than three times or less than a third of the value before.
        NotFoundError: the watch is gone.
    """
    draft.check(today)
    _ask_if_striking(db, member, watch_id, draft, None)
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    found = queries.value(db, "valuation_insert", **keys, **asdict(draft))
    if found is None:
        raise NotFoundError(NOT_HERE)
    return cast("UUID", found)


def change(
    db: Connection, member: Member, old: Valuation, draft: ValuationDraft, today: date
) -> None:
    """Correct a value, if it is still as ``old``. Raises as ``add``, and ConflictError."""
    draft.check(today)
    _ask_if_striking(db, member, old.watch_id, draft, old.valuation_id)
    if queries.value(db, "valuation_update", **_keys(member, old), **asdict(draft)) is None:
        get(db, member, old.valuation_id)
        raise ConflictError(said("Someone else changed this value while you were editing it."))


def remove(db: Connection, member: Member, old: Valuation) -> None:
    """Put a value into the bin. Raises NotFoundError, ConflictError."""
    if queries.value(db, "valuation_to_bin", **_keys(member, old)) is None:
        get(db, member, old.valuation_id)
        raise ConflictError(said("Someone else changed this value meanwhile. It was not removed."))


def restore(db: Connection, member: Member, valuation_id: UUID) -> None:
    """Take a value out of the bin. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "valuation_id": valuation_id}
    if queries.value(db, "valuation_from_bin", **keys) is None:
        raise NotFoundError(GONE)


def _ask_if_striking(
    db: Connection, member: Member, watch_id: UUID, draft: ValuationDraft, own: UUID | None
) -> None:
    """Three times up or down in the same currency is more often a slip than a market."""
    keys = {"household_id": member.household_id, "watch_id": watch_id, "valuation_id": own}
    before = queries.first(
        db, Earlier, "valuation_before", **keys, kind=draft.kind, valued_on=draft.valued_on
    )
    why = why_striking(draft, before)
    if why and before:
        raise StrikingError(why, before)


def _keys(member: Member, old: Valuation) -> dict[str, object]:
    return {
        "household_id": member.household_id,
        "valuation_id": old.valuation_id,
        "version": old.version,
    }


def add_many(
    db: Connection, member: Member, values: Sequence[tuple[UUID, ValuationDraft]]
) -> list[UUID]:
    """Record (watch, value) pairs in one statement, as they are; returns their ids."""
    drafts = [draft for _, draft in values]
    given: dict[str, object] = {
        "household_id": member.household_id,
        "watch_ids": [watch_id for watch_id, _ in values],
        "amounts": [draft.amount for draft in drafts],
        "currencies": [draft.currency for draft in drafts],
        "days": [draft.valued_on for draft in drafts],
        "kinds": [draft.kind for draft in drafts],
        "sources": [draft.source for draft in drafts],
        "notes": [draft.note for draft in drafts],
    }
    return [cast("UUID", one) for one in queries.run(db, "valuation_import", given).scalars()]

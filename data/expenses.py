"""What owning costs beside price and service: of one watch, or of the collection as a whole."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.errors import ConflictError, NotFoundError, RefusedError
from data.said import said
from data.typed import cleaned
from data.watches import EARLIEST, NOT_HERE

KINDS = {
    "insurance": said("Insurance"),
    "storage": said("Storage"),
    "accessory": said("Accessory"),
    "shipping": said("Shipping"),
    "appraisal": said("Appraisal"),
    "other": said("Other"),
}
LONGEST = 120  # months between two payments
NOTE_LIMIT = 1_000  # characters
GONE = said("This cost is not here any more.")


@dataclass(frozen=True)
class ExpenseDraft:
    """A cost as a person enters it."""

    kind: str = "other"  # one of KINDS
    paid_on: date | None = None  # of a repeated one, the first time
    amount: Decimal | None = None  # each time; in currency
    currency: str | None = None  # ISO 4217
    every_months: int | None = None  # paid again after so many; None: once
    ends_on: date | None = None  # no payment after this day; None: it goes on
    note: str | None = None

    def tidy(self) -> "ExpenseDraft":
        """The same without stray blanks, and without an end of what is paid once."""
        ends_on = None if self.every_months is None else self.ends_on
        return replace(self, note=cleaned(self.note), ends_on=ends_on)

    def check(self, today: date) -> None:
        """Refuse what a form explains better than a constraint.

        Raises:
            RefusedError: with a sentence for every wrong field.
        """
        problems = self._day_problems(today)
        if self.kind not in KINDS:
            problems["kind"] = said("Choose a type of cost from the list.")
        if self.amount is None:
            problems["amount"] = said("Write what it cost.")
        elif self.amount < 0:
            problems["amount"] = said("A cost can't be negative.")
        if not self.currency:
            problems["currency"] = said("An amount needs a currency.")
        if self.every_months is not None and not 1 <= self.every_months <= LONGEST:
            problems["every_months"] = said(
                "A cost repeats every 1 to {limit} months.", limit=LONGEST
            )
        if len(self.note or "") > NOTE_LIMIT:
            problems["note"] = said(
                "This has up to {limit} characters; please shorten it.", limit=f"{NOTE_LIMIT:,}"
            )
        if problems:
            raise RefusedError(problems)

    def _day_problems(self, today: date) -> dict[str, str]:
        if self.paid_on is None:
            return {"paid_on": said("Say when it was paid.")}
        if self.paid_on > today:
            return {"paid_on": said("This day has not come yet.")}
        if self.paid_on < EARLIEST:
            return {"paid_on": said("This must be in 1900 or later.")}
        if self.ends_on and self.ends_on < self.paid_on:
            return {"ends_on": said("It can't end before it began.")}
        return {}


@dataclass(frozen=True)
class Expense(ExpenseDraft):
    """A stored cost; ``version`` is what an edit must quote back."""

    expense_id: UUID = field(kw_only=True)
    watch_id: UUID | None = field(kw_only=True)  # None: of the collection as a whole
    version: int = field(kw_only=True)
    added_at: datetime = field(kw_only=True)


@dataclass(frozen=True)
class Recorded(Expense):
    """A cost in a list."""

    times: int = field(kw_only=True)  # so often it was paid up to the day of the question

    @property
    def so_far(self) -> Decimal:
        """What it cost up to that day, in its currency."""
        return (self.amount or Decimal()) * self.times


@dataclass(frozen=True)
class Paid:
    """A payment for a watch, and that in the reader's currency at the rate of its day."""

    watch_id: UUID
    expense_id: UUID
    kind: str
    day: date
    own_cost: Decimal  # in currency
    currency: str
    cost: Decimal | None  # None: no rate


def draft_of(expense: ExpenseDraft) -> ExpenseDraft:
    """The part of a cost that a person enters."""
    return ExpenseDraft(**{name.name: getattr(expense, name.name) for name in fields(ExpenseDraft)})


def of_watch(db: Connection, member: Member, watch_id: UUID, today: date) -> list[Recorded]:
    """The costs of a watch, the latest begun first."""
    return _list(db, member, watch_id, today)


def of_collection(db: Connection, member: Member, today: date) -> list[Recorded]:
    """The costs of the collection as a whole, the latest begun first."""
    return _list(db, member, None, today)


def payments(
    db: Connection, member: Member, watch_ids: Sequence[UUID], currency: str, today: date
) -> list[Paid]:
    """What was paid for these watches up to today, oldest first."""
    keys = {"household_id": member.household_id, "watch_ids": list(watch_ids)}
    return queries.many(db, Paid, "expense_payments", currency=currency, today=today, **keys)


def get(db: Connection, member: Member, expense_id: UUID) -> Expense:
    """One cost. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "expense_id": expense_id}
    found = queries.first(db, Expense, "expense_get", **keys)
    if found is None:
        raise NotFoundError(GONE)
    return found


def add(
    db: Connection, member: Member, watch_id: UUID | None, draft: ExpenseDraft, today: date
) -> UUID:
    """Record a cost of a watch, or (None) of the collection; returns its id.

    Raises:
        RefusedError: a field breaks a rule.
        NotFoundError: the watch is gone.
    """
    draft = draft.tidy()
    draft.check(today)
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    found = queries.value(db, "expense_insert", **keys, **asdict(draft))
    if found is None:
        raise NotFoundError(NOT_HERE)
    return cast("UUID", found)


def change(db: Connection, member: Member, old: Expense, draft: ExpenseDraft, today: date) -> None:
    """Correct a cost, if it is still as ``old``.

    Raises:
        RefusedError: a field breaks a rule.
        NotFoundError: it is gone.
        ConflictError: it has been changed meanwhile.
    """
    draft = draft.tidy()
    draft.check(today)
    if queries.value(db, "expense_update", **_keys(member, old), **asdict(draft)) is None:
        get(db, member, old.expense_id)
        raise ConflictError("Someone else changed this cost while you were editing it.")


def remove(db: Connection, member: Member, old: Expense) -> None:
    """Put a cost into the bin. Raises NotFoundError, ConflictError."""
    if queries.value(db, "expense_to_bin", **_keys(member, old)) is None:
        get(db, member, old.expense_id)
        raise ConflictError("Someone else changed this cost meanwhile. It was not removed.")


def restore(db: Connection, member: Member, expense_id: UUID) -> None:
    """Take a cost out of the bin. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "expense_id": expense_id}
    if queries.value(db, "expense_from_bin", **keys) is None:
        raise NotFoundError(GONE)


def _list(db: Connection, member: Member, watch_id: UUID | None, today: date) -> list[Recorded]:
    keys = {"household_id": member.household_id, "watch_id": watch_id, "today": today}
    return queries.many(db, Recorded, "expense_list", **keys)


def _keys(member: Member, old: Expense) -> dict[str, object]:
    return {
        "household_id": member.household_id,
        "expense_id": old.expense_id,
        "version": old.version,
    }

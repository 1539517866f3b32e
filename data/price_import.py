"""A price series becomes recorded values of a watch: only what is new, and back again as a whole.

What a person recorded is never touched: a day with a value that was not imported stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from sqlalchemy import Connection

from data import queries, valuations, value_rounds
from data.accounts import Member
from data.calc.price_rows import Priced
from data.errors import NotFoundError, RefusedError
from data.said import said
from data.valuations import Earlier, Valuation, ValuationDraft, why_striking
from data.value_rounds import Stored
from data.watches import NOT_HERE


@dataclass(frozen=True)
class Other:
    """A row of the file, and the value that is recorded for its day."""

    row: Priced
    recorded: Valuation


@dataclass(frozen=True)
class Plan:
    """What the rows of a file are beside what is recorded; each row is in one of the four."""

    new: tuple[Priced, ...] = ()
    same: tuple[Priced, ...] = ()  # imported before
    different: tuple[Other, ...] = ()  # imported before, with another amount or currency
    by_hand: tuple[Other, ...] = ()  # a person recorded this day: kept


@dataclass(frozen=True)
class Imported:
    """What an import did to a watch, so that it can be undone."""

    watch_id: UUID
    added: tuple[Stored, ...]
    replaced: tuple[Stored, ...]  # values that are in the bin since


@dataclass(frozen=True)
class Undone:
    """How many values an undo took away, and how many it left, since somebody changed them."""

    removed: int
    left: int


def plan(recorded: Sequence[Valuation], rows: Sequence[Priced]) -> Plan:
    """Compare rows, one a day, with all recorded values of a watch."""
    days: dict[date, list[Valuation]] = {}
    for value in recorded:
        if value.kind == "market" and value.valued_on is not None:
            days.setdefault(value.valued_on, []).append(value)
    new, same, different, by_hand = [], [], [], []
    for row in rows:
        here = sorted(days.get(row.day, ()), key=lambda value: value.recorded_at)
        own = [value for value in here if value.source != "import"]
        if own:
            by_hand.append(Other(row, own[-1]))
        elif not here:
            new.append(row)
        elif (here[-1].amount, here[-1].currency) == (row.amount, row.currency):
            same.append(row)
        else:
            different.append(Other(row, here[-1]))
    return Plan(tuple(new), tuple(same), tuple(different), tuple(by_hand))


def far_off(recorded: Sequence[Valuation], rows: Sequence[Priced]) -> list[Other]:
    """Where new rows begin or end more than three times, or under a third of, what is recorded.

    That is more often the series of another watch than a market.
    """
    line: list[tuple[date, Priced | Valuation]] = [(row.day, row) for row in rows]
    line += [
        (value.valued_on, value)
        for value in recorded
        if value.kind == "market" and value.valued_on and value.amount
    ]
    line.sort(key=lambda each: each[0])
    found = []
    for (_, before), (_, after) in pairwise(line):
        row, value = (before, after) if isinstance(before, Priced) else (after, before)
        if isinstance(row, Priced) and isinstance(value, Valuation) and _strikes(row, value):
            found.append(Other(row, value))
    return found


def bring_in(
    db: Connection, member: Member, watch_id: UUID, rows: Sequence[Priced], *, replace: bool
) -> Imported:
    """Record what is new; ``replace``: also what was imported before and is different now.

    The comparison is made again here: what was recorded since the person looked is kept.

    Raises:
        NotFoundError: the watch is gone.
        RefusedError: a row has no currency.
    """
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    if queries.value(db, "price_import_lock", **keys) is None:
        raise NotFoundError(NOT_HERE)
    if any(row.currency is None for row in rows):
        raise RefusedError({"currency": said("Say which currency the prices are in.")})
    recorded = valuations.of_watch(db, member, watch_id)
    found = plan(recorded, rows)
    others = found.different if replace else ()
    days = {other.row.day for other in others}
    old = [
        Stored(value.valuation_id, watch_id, value.version)
        for value in recorded
        if value.kind == "market" and value.valued_on in days
    ]
    replaced = value_rounds.remove(db, member, old) if old else []
    drafts = [_draft(row) for row in (*found.new, *(other.row for other in others))]
    ids = valuations.add_many(db, member, [(watch_id, draft) for draft in drafts]) if drafts else []
    return Imported(watch_id, tuple(Stored(one, watch_id, 1) for one in ids), tuple(replaced))


def undo(db: Connection, member: Member, imported: Imported) -> Undone:
    """Put the whole import into the bin, and back what it had replaced; changed values stay."""
    removed = value_rounds.remove(db, member, imported.added)
    value_rounds.restore(db, member, imported.replaced)
    return Undone(len(removed), len(imported.added) - len(removed))


def _draft(row: Priced) -> ValuationDraft:
    return ValuationDraft(row.amount, row.currency or "", row.day, source="import")


def _strikes(row: Priced, value: Valuation) -> bool:
    """As for a value that is typed."""
    if value.amount is None or value.valued_on is None:
        return False
    before = Earlier(value.amount, value.currency, value.valued_on)
    return why_striking(_draft(row), before) is not None

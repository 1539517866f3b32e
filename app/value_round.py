"""Values of many watches at once: which are asked for, what is typed, what it means, saving it.

What is typed is kept by watch and not by cell, so that another filter, order or page of the list
loses none of it. Nothing is stored before all of it can be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import amounts, session
from app import format as say
from app.cache import cached, shared
from app.language import N_, _
from app.list_markup import Cell
from app.many import name_of
from app.value_form import far_from
from app.watch_list import STALE
from data import collections, value_rounds
from data.typed import cleaned
from data.valuations import ValuationDraft, why_striking
from data.value_rounds import Before, ToValue

PATH = "/update_values"
TYPED = "update_values.typed"  # watch → Typed
CONFIRMED = "update_values.confirmed"  # watch → the draft of which somebody said that it is right
REFUSED = "update_values.refused"  # why the last save was refused
ALL, STALE_ONES, NEVER = "all", "stale", "never"
SORTS = {"age": N_("Oldest value first"), "name": N_("Brand and model")}
GRID, FIELDS = "grid", "fields"
NO_COLLECTION = "none"
LONGEST = 100  # characters of a cell that are looked at; an amount has fewer
MOST_PAGES = 4  # digits of the number of a page


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as far as it is understood."""

    show: str
    collection: str  # an id, NO_COLLECTION, or empty: any
    sort: str
    view: str
    page: int  # from 1

    def address(self, page: int) -> str:
        """A link to another page of the same list."""
        usual = {"show": ALL, "collection": "", "sort": "age"}
        given = {name: getattr(self, name) for name in usual}
        query = {name: text for name, text in given.items() if text != usual[name]}
        return f"{PATH}?{urlencode({**query, 'view': self.view, 'page': page})}"


@dataclass(frozen=True)
class Typed:
    """What stands in the cells of a watch."""

    row: ToValue
    amount: str
    currency: str


@dataclass(frozen=True)
class Common:
    """What all values of the round share; valued_on None: no day is chosen."""

    valued_on: date | None
    kind: str
    source: str


@dataclass(frozen=True)
class Entry:
    """What was typed for a watch: a value to record, or a problem."""

    row: ToValue
    draft: ValuationDraft | None
    problem: str = ""  # what to change in the amount
    before: Before | None = None  # the last value of this kind
    striking: str = ""  # why somebody has to say that it is right

    @property
    def name(self) -> str:
        """What a sentence calls the watch."""
        return name_of(self.row.brand, self.row.model, self.row.reference)


def asked() -> Asked:
    """Read the address; a phone gets a field a watch, others a grid."""
    given = st.query_params
    show, group, page = given.get("show"), given.get("collection", ""), given.get("page", "")
    sort, view = given.get("sort", ""), given.get("view", "")
    known = {str(one.collection_id) for one in cached(collections.every)} | {NO_COLLECTION}
    is_number = page.isascii() and page.isdigit() and len(page) <= MOST_PAGES
    return Asked(
        show if show in (STALE_ONES, NEVER) else ALL,
        group if group in known else "",
        sort if sort in SORTS else "age",
        view if view in (GRID, FIELDS) else FIELDS if session.on_a_phone() else GRID,
        max(int(page), 1) if is_number else 1,
    )


def go(**changes: str) -> None:
    """Put changes into the address, and show its first page; what is typed stays."""
    st.query_params.update({**{name: text or [] for name, text in changes.items()}, "page": []})
    st.rerun()


def every() -> tuple[ToValue, ...]:
    """All owned watches, as they are now: never valued ones first, then by age."""
    return shared(value_rounds.every)


def is_stale(row: ToValue, today: date) -> bool:
    """Valued more than a year ago."""
    return row.valued_on is not None and today - row.valued_on > STALE


def chosen(rows: Iterable[ToValue], wanted: Asked, today: date) -> list[ToValue]:
    """Those that are asked for, in the order that is asked for."""
    found = [
        row
        for row in rows
        if _is_in(row, wanted.collection)
        and (wanted.show != STALE_ONES or is_stale(row, today))
        and (wanted.show != NEVER or row.valued_on is None)
    ]
    return sorted(found, key=lambda row: row.sort_name) if wanted.sort == "name" else found


def currency_of(row: ToValue, home: str) -> str:
    """The currency a new value of this watch is in, unless another is chosen."""
    return row.currency or home


def typed() -> dict[UUID, Typed]:
    """What is typed so far."""
    return session.get(TYPED, {})


def keep(found: Iterable[Typed], home: str) -> None:
    """Keep what stands in these cells; of those that are as they were there is nothing to keep."""
    kept = dict(typed())
    for one in found:
        kept.pop(one.row.watch_id, None)
        amount, usual = cleaned(one.amount, LONGEST) or "", currency_of(one.row, home)
        if amount or one.currency not in ("", usual):
            kept[one.row.watch_id] = Typed(one.row, amount, one.currency or usual)
    session.put(TYPED, kept)


def entries(common: Common) -> list[Entry]:
    """What the typed amounts mean, also of watches that are not shown now."""
    found = [_read(one, common) for one in typed().values() if one.amount]
    ids = tuple(one.row.watch_id for one in found if one.draft)
    if common.valued_on is None or not ids:
        return found
    earlier = cached(value_rounds.before, ids, common.kind, common.valued_on)
    return [_compared(one, earlier) for one in found]


def problem_of(amount: str, currency: str) -> str:
    """What to change in what was typed; empty when it can be read, or is blank."""
    try:
        if amount.strip():
            amounts.parse(amount, currency)
    except ValueError as problem:
        return str(problem)
    return ""


def confirm(found: Sequence[Entry]) -> None:
    """Somebody said that these striking amounts are right; another one is asked about again."""
    right = {one.row.watch_id: one.draft for one in found if one.striking}
    session.put(CONFIRMED, session.get(CONFIRMED, {}) | right)


def last_value(row: ToValue) -> str:
    """The value so far, as it was recorded."""
    if row.value_amount is None or not row.currency:
        return say.ABSENT
    return say.money(row.value_amount, row.currency)


def age(row: ToValue, today: date) -> str:
    """When it was valued last, in words and as a date."""
    if row.valued_on:
        return f"{say.ago(row.valued_on, today)}, {say.day(row.valued_on)}"
    return _("never valued") if row.value_amount is None else _("never valued, at cost")


def cells_of(one: Entry) -> list[Cell]:
    """What was, what will be recorded, and by how much it differs."""
    draft, before = one.draft, one.before
    if draft is None or draft.amount is None:
        return [Cell(say.ABSENT)] * 3
    was, change = Cell(say.ABSENT, "muted", _("Nothing to compare with")), Cell(say.ABSENT, "muted")
    if before:
        was = Cell(f"{say.money(before.amount, before.currency)}, {say.day(before.valued_on)}")
    if before and before.currency == draft.currency:
        share = draft.amount / before.amount - 1
        change = Cell(say.percent(share, signed=True), say.tone(share))
    return [was, Cell(say.money(draft.amount, draft.currency)), change]


def _read(one: Typed, common: Common) -> Entry:
    if problem := problem_of(one.amount, one.currency):
        return Entry(one.row, None, problem)
    amount = amounts.parse(one.amount, one.currency)
    day, kind, source = common.valued_on, common.kind, common.source
    draft = ValuationDraft(amount, one.currency, day, kind, source)
    confirmed: dict[UUID, ValuationDraft] = session.get(CONFIRMED, {})
    return Entry(one.row, replace(draft, confirmed=confirmed.get(one.row.watch_id) == draft))


def _compared(one: Entry, earlier: Mapping[UUID, Before]) -> Entry:
    before = earlier.get(one.row.watch_id)
    if one.draft is None:
        return one
    is_striking = before and why_striking(one.draft, before)
    return replace(one, before=before, striking=far_from(before) if before and is_striking else "")


def _is_in(row: ToValue, collection: str) -> bool:
    if collection == NO_COLLECTION:
        return row.collection_id is None
    return not collection or str(row.collection_id) == collection

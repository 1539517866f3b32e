"""Many watches in a grid to type in: what was changed, what can't be read, saving it at once.

What was typed is compared with the watches as they were opened, cell by cell. A watch that somebody
else saved meanwhile is not overwritten: it is opened afresh with what was typed still in its cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

import pandas as pd
import streamlit as st

from app import language, many, session
from app.language import N_, _
from app.many import name_of
from app.watch_facts import BOX_PAPERS, CONDITION_NAMES
from app.watch_form import FIELD_OF
from app.watch_words import (
    LABELS,
    STATUSES,
    read_amount,
    read_number,
    typed_amount,
    typed_number,
)
from data import bulk, collections
from data.bulk import Outcome
from data.currencies import CURRENCIES
from data.db import constraint_sentences, read
from data.errors import RefusedError
from data.typed import cleaned
from data.watches import EARLIEST, Watch, WatchDraft, draft_of

Cells = Mapping[str, object]  # field → what stands in its cell; a text, a day, or None
NAMES: dict[str, dict[str, str]] = {
    "status": {str(status): name for status, name in STATUSES.items()},
    "condition": CONDITION_NAMES,
    "box_papers": BOX_PAPERS,
}
DAYS = ("purchased_on", "disposed_on")
FIELDS = (
    "model", "reference", "serial_number", "nickname", "production_year", "status", "disposed_on",
    "condition", "box_papers", "collection", "purchased_on", "purchase_price",
    "purchase_currency", "retailer", "notes",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """The grid as it was opened; ``pending``: what was typed before, and could not be saved yet."""

    watches: list[Watch]
    groups: dict[UUID, str]  # collections by name
    pending: dict[UUID, Cells]


@dataclass(frozen=True)
class Edit:
    """What was typed for one watch, and what can't be saved like that: field → sentence."""

    watch: Watch
    cells: Cells  # only those that were changed
    draft: WatchDraft
    problems: dict[str, str]

    @property
    def name(self) -> str:
        """What a sentence calls the watch."""
        return name_of(self.watch.brand, self.watch.model or "", self.watch.reference)


def sheet(watch_ids: Sequence[UUID]) -> Sheet:
    """The grid of these watches as it was opened, with their versions."""

    def load() -> Sheet:
        member = session.member()
        with read(member) as db:
            groups = {one.collection_id: one.name for one in collections.every(db, member)}
            found = bulk.get(db, member, watch_ids)
        kept: dict[UUID, Cells] = session.drop("many.pending") or {}
        return Sheet(found, groups, kept)

    return session.opened("many.grid", load)


def cell(watch: Watch, name: str) -> object:
    """What a cell shows of a stored watch."""
    held = getattr(watch, name)
    if name in NAMES:
        return _names(name).get(held or "")
    if name == "purchase_price":
        return typed_amount(held) or None
    return typed_number(held) or None if name == "production_year" else held


def _names(field: str) -> dict[str, str]:
    """Key → name, where a cell holds one of a list."""
    return {key: _(name) for key, name in NAMES[field].items()}


def _fields() -> Sequence[str]:
    """The columns; without the one of amounts in privacy mode."""
    hides = language.reader().hides_amounts
    return [name for name in FIELDS if not (hides and name == "purchase_price")]


def editor(shown: Sheet) -> list[Edit]:
    """Draw the grid; returns what was changed in it, watch by watch."""
    lines = [
        {"watch": watch.brand}
        | {
            name: shown.pending.get(watch.watch_id, {}).get(name, cell(watch, name))
            for name in _fields()
        }
        for watch in shown.watches
    ]
    edited = st.data_editor(
        pd.DataFrame(lines, dtype=object),
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        disabled=["watch"],
        height=min(len(lines) * 35 + 40, 560),
        key=many.key(),
        column_config=_columns(shown),
    )
    rows = cast("list[dict[str, object]]", edited.to_dict("records"))
    today = session.today()
    found = [
        read_row(watch, row, shown.groups, today)
        for watch, row in zip(shown.watches, rows, strict=True)
    ]
    return [one for one in found if one]


def read_row(watch: Watch, row: Cells, groups: Mapping[UUID, str], today: date) -> Edit | None:
    """What was typed in a line of the grid; None when nothing was changed."""
    cells = {
        name: typed
        for name in FIELDS
        if name in row and (typed := _plain(row[name])) != _plain(cell(watch, name))
    }
    if not cells:
        return None
    values: dict[str, object] = {}
    problems: dict[str, str] = {}
    currency = cells.get("purchase_currency", watch.purchase_currency)
    for name, typed in cells.items():
        try:
            values.update(_read(name, typed, cast("str | None", currency), groups))
        except ValueError as error:
            problems[name] = str(error)
    draft = replace(draft_of(watch), **values).tidy()  # type: ignore[arg-type]
    try:
        draft.check(today)
    except RefusedError as error:
        problems = error.problems | problems
    return Edit(watch, cells, draft, problems)


def summary(edits: Sequence[Edit]) -> list[tuple[str, str, str, str]]:
    """(watch, column, before, after) of every cell that was changed."""
    return [
        (edit.name, _(LABELS[name]), said(cell(edit.watch, name)), said(typed))
        for edit in edits
        for name, typed in edit.cells.items()
    ]


def refused(edits: Sequence[Edit]) -> list[str]:
    """A sentence for every cell that can't be saved, with its watch and column."""
    return [
        _told(edit.name, name, sentence)
        for edit in edits
        for name, sentence in edit.problems.items()
    ]


def save(edits: Sequence[Edit]) -> Outcome:
    """All in one transaction. Raises RefusedError, and then nothing is saved."""
    member = session.member()
    picked = {edit.watch.watch_id: edit.watch.version for edit in edits}
    drafts = {edit.watch.watch_id: edit.draft for edit in edits}
    with session.write() as db:
        return bulk.save(db, member, picked, drafts, session.today())


def keep(edits: Sequence[Edit], watch_ids: Sequence[UUID]) -> None:
    """What was typed for these watches stays in their cells when the grid is opened afresh."""
    wanted = set(watch_ids)
    kept = {edit.watch.watch_id: edit.cells for edit in edits if edit.watch.watch_id in wanted}
    session.put("many.pending", kept)


def why(error: RefusedError, edits: Sequence[Edit]) -> list[str]:
    """What stood in the way of a save, with watch and column where they are known."""
    if not isinstance(error, bulk.RowsRefusedError):
        return [
            _("{field}: {sentence}", field=_(LABELS[field]), sentence=_(sentence))
            if (field := FIELD_OF.get(name, name)) in LABELS
            else _(sentence)
            for name, sentence in error.problems.items()
        ]
    names = {edit.watch.watch_id: edit.name for edit in edits}
    return [
        _told(names[watch_id], name, sentence)
        for watch_id, problems in error.rows.items()
        for name, sentence in problems.items()
    ]


def _told(watch: str, name: str, sentence: str) -> str:
    field = _(LABELS.get(name, name))
    return _("{watch}, {field}: {sentence}", watch=watch, field=field, sentence=_(sentence))


def said(held: object) -> str:
    """A cell in a sentence."""
    text = " ".join(str(held if held is not None else "–").split())
    return text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004


def _read(
    name: str, typed: object, currency: str | None, groups: Mapping[UUID, str]
) -> dict[str, object]:
    """What a cell means for the record. Raises ValueError with the sentence."""
    text = typed if isinstance(typed, str) else ""
    if name in DAYS:
        return {name: typed}
    if name in NAMES:
        keys = {shown: key for key, shown in _names(name).items()}
        if typed is None and name == "status":
            raise ValueError(N_("Choose a status from the list."))
        return {name: keys.get(text)}
    if name == "collection":
        ids = {shown: key for key, shown in groups.items()}
        return {"collection_id": ids.get(text)}
    if name == "purchase_price":
        return {name: read_amount(text, currency)}
    if name == "production_year":
        return {name: read_number(text, name, constraint_sentences())}
    return {name: typed}


def _plain(held: object) -> object:
    """A cell without the ways in which pandas says that nothing is there."""
    if isinstance(held, str):
        return cleaned(held)
    if isinstance(held, pd.Timestamp):
        return held.date()
    return None if held is None or pd.isna(held) else held  # type: ignore[call-overload]


def _columns(shown: Sheet) -> dict[str, Any]:
    """How each column takes what is typed."""
    config = st.column_config
    columns: dict[str, Any] = {"watch": config.TextColumn(_("Brand"), pinned=True, width="small")}
    for name in FIELDS:
        label = _(LABELS[name])
        if name in DAYS:
            columns[name] = config.DateColumn(
                label, min_value=EARLIEST, max_value=session.today(), format="YYYY-MM-DD"
            )
        elif name in NAMES:
            columns[name] = config.SelectboxColumn(label, options=list(_names(name).values()))
        elif name == "collection":
            columns[name] = config.SelectboxColumn(label, options=list(shown.groups.values()))
        elif name == "purchase_currency":
            columns[name] = config.SelectboxColumn(label, options=list(CURRENCIES))
        else:
            columns[name] = config.TextColumn(label, pinned=name == "model" or None)
    return columns

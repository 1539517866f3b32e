"""Many watches in one list: which are shown, as they were when it was opened, and which are ticked.

The rows stay as they were read until something is changed here or the address is another, so that
a tick means the watch it was put at, and a change quotes the version that was seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs
from uuid import UUID

import pandas as pd
import streamlit as st

from app import format as say
from app import language, session, watch_filters
from app.language import N_, _
from app.photo_links import photo_url
from app.watch_facts import CONDITION_NAMES
from app.watch_filters import Asked
from app.watch_words import STATUSES
from data import listing
from data.bulk import Outcome
from data.db import read
from data.listing import WatchRow
from data.watches import Status

MODE = "many.mode"
ROUND = "many.round"  # grows with every reading of the list: its table is a fresh one
TICKED = "many.ticked"  # what stays ticked when the list is read again
SAID = "many.said"  # what was left alone, and why
SELECT, GRID = "select", "grid"
MODES = {SELECT: N_("Select"), GRID: N_("Edit in the grid")}
AT_ONCE = {SELECT: 500, GRID: 200}
NAMED = 5  # watches that a sentence names
ROW_HEIGHT = 44


@dataclass(frozen=True)
class Opened:
    """The list as it was read."""

    address: str
    mode: str
    rows: list[WatchRow]
    total: int

    @property
    def names(self) -> dict[UUID, str]:
        """What a sentence calls each watch."""
        return {row.watch_id: name_of(row.brand, row.model, row.reference) for row in self.rows}


def name_of(brand: str, model: str, reference: str | None) -> str:
    """Brand, model and reference, not too long."""
    name = " ".join(filter(None, (brand, model, reference)))
    return name if len(name) <= 60 else f"{name[:59]}…"  # noqa: PLR2004


def mode() -> str:
    """Ticks, or a grid to type in: ``?mode=grid``."""
    return GRID if st.query_params.get("mode") == GRID else SELECT


def choose_mode() -> str:
    """The way between the two, kept in the address."""
    shown = mode()
    chosen = st.segmented_control(
        _("What to do"),
        list(MODES),
        default=shown,
        required=True,
        format_func=lambda key: _(MODES[key]),
        key=f"{MODE}.{shown}",
        label_visibility="collapsed",
    )
    if chosen and chosen != shown:
        st.query_params.update({"mode": [GRID] if chosen == GRID else []})
        st.rerun()
    return shown


def key() -> str:
    """Of the table or grid; every reading of the list makes it another one."""
    return f"many.{mode()}.{session.get(ROUND, 0)}"


def asked(today: date) -> Asked:
    """Which watches: the same address as that of the list of watches."""
    return watch_filters.from_url(st.query_params.get("q", ""), today)


def opened(wanted: Asked, currency: str, today: date) -> Opened:
    """The list as it was when this page, with this address, was opened."""
    here = mode()

    def load() -> Opened:
        session.put(ROUND, session.get(ROUND, 0) + 1)
        member = session.member()
        with read(member) as db:
            total = listing.count(db, member, wanted.wanted, currency, today)
            rows = listing.page(
                db, member, wanted.wanted, wanted.sort, wanted.descending, currency, today,
                None, AT_ONCE[here],
            )  # fmt: skip
        return Opened(wanted.written, here, rows, total)

    if not session.is_shown(key()):  # another page, or the other mode, was here meanwhile
        session.close("many")
        session.close("many.grid")
    found = session.opened("many", load)
    if (found.address, found.mode) != (wanted.written, here):
        again()
        found = session.opened("many", load)
    return found


def again(ticked: Sequence[UUID] = ()) -> None:
    """Read the list afresh with the next run; these stay ticked."""
    session.close("many")
    session.close("many.grid")
    session.put(TICKED, list(ticked))


def counted(shown: Opened) -> str:
    """How many there are, and how many of them this page takes."""
    watches = say.count(shown.total, "watch", "watches")
    if shown.total <= len(shown.rows):
        return watches
    return _(
        "The first {number} of {watches}. Filter the list to reach the others.",
        number=say.number(len(shown.rows)),
        watches=watches,
    )


def table(shown: Opened, currency: str) -> list[WatchRow]:
    """The watches with a box to tick each; returns those that are ticked."""
    frame = pd.DataFrame([_line(row) for row in shown.rows])
    if not any(row.cover for row in shown.rows):
        frame = frame.drop(columns="photo")
    if language.reader().hides_amounts:
        frame = frame.drop(columns="value")
    ticked: list[UUID] = session.get(TICKED, [])
    places = [n for n, row in enumerate(shown.rows) if row.watch_id in set(ticked)]
    chosen = st.dataframe(
        frame,
        hide_index=True,
        height=min(len(shown.rows) * ROW_HEIGHT + 40, 560),
        row_height=ROW_HEIGHT,
        placeholder=say.ABSENT,
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": places, "columns": [], "cells": []}},
        key=key(),
        column_config={
            "photo": st.column_config.ImageColumn(_("Photo"), width=64),
            "brand": _("Brand"),
            "model": st.column_config.TextColumn(_("Model"), width="medium"),
            "reference": _("Reference"),
            "status": _("Status"),
            "collection": _("Collection"),
            "condition": _("Condition"),
            "value": st.column_config.NumberColumn(
                _("Value, {currency}", currency=currency), format="localized"
            ),
        },
    )
    rows = chosen["selection"]["rows"]
    return [shown.rows[place] for place in rows if place < len(shown.rows)]


def tell(outcome: Outcome, names: Mapping[UUID, str], done: str) -> None:
    """Say what was done, and keep in view what was left alone."""
    said = []
    if outcome.conflicts:
        named = listed(outcome.conflicts, names)
        said.append(
            _(
                "Somebody else changed {watches} meanwhile; not changed here. Look at it again.",
                watches=named,
            )
        )
    if outcome.gone:
        named = listed(outcome.gone, names)
        said.append(_("Somebody put {watches} into the bin meanwhile.", watches=named))
    session.put(SAID, said)
    if outcome.changed:
        watches = say.count(len(outcome.changed), "watch", "watches")
        session.notice(_("{done} for {watches}.", done=done, watches=watches))


def left_alone() -> list[str]:
    """Sentences about what the last change did not reach."""
    nothing: list[str] = []
    return session.get(SAID, nothing)


def listed(ids: Sequence[UUID], names: Mapping[UUID, str]) -> str:
    """The first few by name, the rest as a number."""
    shown = [names.get(one, _("a watch")) for one in ids[:NAMED]]
    said, more = ", ".join(shown), len(ids) - len(shown)
    return _("{names} and {number} more", names=said, number=say.number(more)) if more else said


def way_back(wanted: Asked) -> dict[str, list[str]]:
    """The filters for a link to the list."""
    return parse_qs(wanted.written) or {"list": ["all"]}


def _line(row: WatchRow) -> dict[str, object]:
    return {
        "photo": photo_url(row.cover, "thumb"),
        "brand": row.brand,
        "model": row.model,
        "reference": row.reference,
        "status": _(STATUSES[Status(row.status)]),
        "collection": row.collection,
        "condition": _(CONDITION_NAMES.get(row.condition or "", "")) or None,
        "value": None if row.value is None else float(round(row.value, 2)),
    }

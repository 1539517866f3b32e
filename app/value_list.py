"""The recorded values of a watch as a dense list: a click opens one, a removal can be undone."""

from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import format as say
from app import session, ui
from app.list_markup import Cell, Column, Link, TableRow
from app.value_form import REMOVED, address
from app.watch_values import KINDS, SOURCES, Worth, counts
from data import valuations
from data.errors import AppError
from data.valuations import Valuation

COLUMNS = (
    Column("Day"),
    Column("Amount", number=True),
    Column("Kind"),
    Column("Source", extra=True),
    Column("Note", extra=True),
)
FEW = 12  # are shown at first
EVERY = "values"  # ?values=all


def show(worth: Worth) -> None:
    """The recorded values, newest first; a click on one opens it, but not for a viewer."""
    values = worth.values
    if not values:
        return
    shown = values if st.query_params.get(EVERY) == "all" else values[:FEW]
    is_viewer = session.member().role == "viewer"
    lines = [
        TableRow(
            "" if is_viewer else address(value.valuation_id),
            "",
            say.day(value.valued_on),
            cells=[
                Cell(say.money(value.amount, value.currency)),
                Cell(KINDS[value.kind]),
                Cell(_source(value)),
                Cell(value.note or "", hint=value.note or ""),
            ],
        )
        for value in shown
    ]
    with st.container(key="stay_at_values"):
        ui.table("Recorded values, newest first", COLUMNS, lines)
        if len(shown) < len(values):
            query = st.query_params.to_dict() | {EVERY: "all"}
            ui.links([Link(f"All {len(values):,} values", "?" + urlencode(query))])


def undo_removal(watch_id: UUID) -> None:
    """After a removal: what was removed, and the way back."""
    gone = session.get(REMOVED, None)
    if gone is None or gone.watch_id != watch_id:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        text = f"{say.money(gone.amount, gone.currency)} of {say.day(gone.valued_on)} was removed."
        st.caption(ui.plain(text), width="content")
        if st.button("Undo", icon=":material/undo:", key="value.undo"):
            session.drop(REMOVED)
            try:
                with session.write() as db:
                    valuations.restore(db, session.member(), gone.valuation_id)
            except AppError as error:
                session.notice(str(error))
            st.rerun()


def _source(value: Valuation) -> str:
    source = SOURCES[value.source].capitalize()
    return source if counts(value) or value.kind != "market" else f"{source}, not counted"

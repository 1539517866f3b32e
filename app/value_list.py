"""The recorded values of a watch as a dense list: a click opens one, a removal can be undone."""

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import format as say
from app import price_import, record_form, session, ui
from app.language import _
from app.list_markup import Cell, Column, Link, TableRow
from app.value_form import FORM, told
from app.watch_values import KINDS, SOURCE_NAMES, Worth, counts
from data import valuations
from data.valuations import Valuation

FEW = 12  # are shown at first
EVERY = "values"  # ?values=all


def show(worth: Worth) -> None:
    """The recorded values, newest first, and the way to import many."""
    if worth.values:
        _table(worth)
    if session.member().role != "viewer":
        price_import.link(worth.watch)


def _table(worth: Worth) -> None:
    """A line each; a click on one opens it, but not for a viewer."""
    values = worth.values
    shown = values if st.query_params.get(EVERY) == "all" else values[:FEW]
    is_viewer = session.member().role == "viewer"
    lines = [
        TableRow(
            "" if is_viewer else FORM.address(value.valuation_id),
            "",
            say.day(value.valued_on),
            cells=[
                Cell(say.money(value.amount, value.currency)),
                Cell(_(KINDS[value.kind])),
                Cell(_source(value)),
                Cell(value.note or "", hint=value.note or ""),
            ],
        )
        for value in shown
    ]
    with st.container(key="stay_at_values"):
        ui.table(_("Recorded values, newest first"), _columns(), lines)
        if len(shown) < len(values):
            query = st.query_params.to_dict() | {EVERY: "all"}
            ui.links(
                [
                    Link(
                        _("All {number} values", number=say.number(len(values))),
                        "?" + urlencode(query),
                    )
                ]
            )


def undo_removal(watch_id: UUID) -> None:
    """After a removal, or an import: what was done, and the way back."""
    price_import.undo(watch_id)
    gone: Valuation | None = session.get(FORM.removed, None)
    if gone is not None and gone.watch_id == watch_id:
        restore = partial(valuations.restore, valuation_id=gone.valuation_id)
        record_form.undo(FORM.name, _("{value} was removed.", value=told(gone)), restore)


def _source(value: Valuation) -> str:
    source = _(SOURCE_NAMES[value.source])
    if counts(value) or value.kind != "market":
        return source
    return _("{source}, not counted", source=source)


def _columns() -> list[Column]:
    return [
        Column(_("Day")),
        Column(_("Amount"), number=True),
        Column(_("Kind")),
        Column(_("Source"), extra=True),
        Column(_("Note"), extra=True),
    ]

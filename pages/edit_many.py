"""Edit many: tick watches and change them together, or type in a grid. Filters as in the list."""

import streamlit as st

from app import amounts, many, many_actions, many_grid, navigation, session, ui, watch_filters
from app import format as say
from app.language import _, ngettext
from app.list_markup import Cell, Column, TableRow
from app.many import GRID, Opened
from app.many_grid import Edit
from data.errors import AppError, RefusedError

member = session.member()
currency = amounts.currency()
today = session.today()
asked = many.asked(today)
SHOWN = 50  # changes and problems that are listed


def problems(said: list[str]) -> None:
    """What stands in the way, a sentence each."""
    for sentence in said[:SHOWN]:
        ui.field_problem({"": sentence}, "")
    if len(said) > SHOWN:
        st.caption(_("And {number} more.", number=say.number(len(said) - SHOWN)))


def changes(edits: list[Edit]) -> None:
    """Before and after, cell by cell."""
    found = many_grid.summary(edits)
    ui.table(
        _("What changes"),
        [Column(_("Watch")), Column(_("Field")), Column(_("Before")), Column(_("After"))],
        [
            TableRow("", "", watch, cells=[Cell(field), Cell(before, "muted"), Cell(after)])
            for watch, field, before, after in found[:SHOWN]
        ],
    )
    if len(found) > SHOWN:
        st.caption(
            ngettext(
                "And {changes} more change.",
                "And {changes} more changes.",
                len(found) - SHOWN,
                changes=say.number(len(found) - SHOWN),
            )
        )


def save(edits: list[Edit], shown: Opened) -> None:
    """All at once. Refused: nothing is saved, and the grid keeps what was typed."""
    if session.member().role == "viewer":
        return
    try:
        outcome = many_grid.save(edits)
    except RefusedError as error:
        session.put("many.refused", many_grid.why(error, edits))
    except AppError as error:
        session.put("many.refused", [_(str(error))])
    else:
        session.drop("many.refused")
        many_grid.keep(edits, outcome.conflicts)
        many.tell(outcome, shown.names, _("Saved"))
        many.again()
    st.rerun()


def start_over() -> None:
    """Forget what was typed; the watches as they are now."""
    session.drop("many.refused")
    session.drop(many.SAID)
    many.again()
    st.rerun()


def grid(shown: Opened) -> None:
    """Type in the cells; look at what changes; save it."""
    sheet = many_grid.sheet([row.watch_id for row in shown.rows])
    edits = many_grid.editor(sheet)
    if not edits:
        session.drop("many.refused")
        st.caption(
            _("Type in the cells, or paste from a spreadsheet. Nothing is saved until you say so.")
        )
        return
    unread = many_grid.refused(edits)
    with st.container(key="many_changes"):
        changes(edits)
        problems(unread or session.get("many.refused", []))
        with st.container(horizontal=True, vertical_alignment="center"):
            label = _("Save {watches}", watches=say.count(len(edits), "watch", "watches"))
            if st.button(label, type="primary", disabled=bool(unread)):
                save(edits, shown)
            if st.button(_("Start over")):
                start_over()


ui.page_title(_("Edit many"))
if member.role == "viewer":
    st.info(_("You can look at this collection. Owners and editors can change its watches."))
    st.page_link(navigation.WATCHES, label=_("All watches"), icon=":material/watch:")
else:
    mode = many.choose_mode()
    shown = many.opened(asked, currency, today)
    ui.summary(many.counted(shown), watch_filters.chips(asked, currency), asked.cleared())
    for sentence in many.left_alone():
        st.warning(ui.plain(sentence), icon=":material/group:")
    if not shown.rows:
        ui.empty(_("No watch matches"), _("Take a filter away in the list of watches."))
        many_actions.bar(shown, [], currency)
    elif mode == GRID:
        grid(shown)
    else:
        many_actions.bar(shown, many.table(shown, currency), currency)
    st.page_link(
        navigation.WATCHES,
        label=_("Back to the list"),
        icon=":material/arrow_back:",
        query_params=many.way_back(asked),
    )

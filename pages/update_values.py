"""Update values: what many watches are worth now, down a column, saved at once."""

from uuid import UUID

import streamlit as st

from app import format as say
from app import navigation, session, ui, value_round, value_round_bar, value_round_cells
from app.language import _
from app.list_markup import Column, TableRow
from app.value_round import FIELDS, Entry
from data.value_rounds import ToValue

member = session.member()
today = session.today()
SHOWN = 50  # lines and problems that are listed


def counted(rows: tuple[ToValue, ...]) -> str:
    """How many there are, and how many wait for a value."""
    stale = sum(value_round.is_stale(row, today) for row in rows)
    never = sum(row.valued_on is None for row in rows)
    watches = say.count(len(rows), "watch", "watches")
    counts = {"watches": watches, "stale": say.number(stale), "never": say.number(never)}
    if stale and never:
        return _(
            "{watches} owned: {stale} valued over a year ago and {never} never valued.", **counts
        )
    if stale:
        return _("{watches} owned: {stale} valued over a year ago.", **counts)
    if never:
        return _("{watches} owned: {never} never valued.", **counts)
    return _("{watches} owned, all valued within a year.", **counts)


def changes(found: list[Entry]) -> None:
    """What will be recorded, beside what was."""
    read = [one for one in found if one.draft]
    if not read:
        return
    title = _("What will be recorded")
    ui.heading(title)
    columns = [
        Column(_("Watch")),
        Column(_("Before"), extra=True),
        Column(_("New value"), number=True),
        Column(_("Change"), number=True),
    ]
    lines = [TableRow("", "", one.name, cells=value_round.cells_of(one)) for one in read[:SHOWN]]
    ui.table(title, columns, lines)
    if len(read) > SHOWN:
        st.caption(_("And {number} more.", number=say.number(len(read) - SHOWN)))


def look_again(found: list[Entry], at_fields: set[UUID]) -> None:
    """What can't be recorded like that, and what somebody has to say is right."""
    said = [
        f"{one.name}: {_(one.problem)}"
        for one in found
        if one.problem and one.row.watch_id not in at_fields
    ]
    said += [f"{one.name}: {_(one.striking)}" for one in found if one.striking]
    for sentence in [*said, *session.get(value_round.REFUSED, [])][:SHOWN]:
        ui.field_problem({"": sentence}, "")
    if len(said) > SHOWN:
        st.caption(_("And {number} more.", number=say.number(len(said) - SHOWN)))
    if striking := sum(bool(one.striking) for one in found):
        several = _("Yes, all {number} are right", number=say.number(striking))
        label = _("Yes, it is right") if striking == 1 else several
        st.button(
            label,
            icon=":material/check:",
            on_click=value_round.confirm,
            args=(found,),
            key="update_values.confirm",
        )


def round_of_values() -> None:
    """The cells, what they mean, and saving it."""
    wanted = value_round.asked()
    value_round_cells.choices(wanted)
    shown = value_round_cells.sheet(wanted)
    common, problems = value_round_cells.common()
    if shown.rows:
        value_round_cells.cells(shown, member.currency)
        value_round_cells.pager(shown)
    else:
        ui.empty(_("No watch matches"), _("Show all of them, or another collection."))
    found = value_round.entries(common)
    if not value_round.typed():
        st.caption(_("Type down the column, or paste one. Nothing is saved until you say so."))
    here = {row.watch_id for row in shown.rows} if shown.wanted.view == FIELDS else set()
    with st.container(key="value_round_again"):
        look_again(found, here)
    with st.container(key="value_round_changes"):
        changes(found)
    value_round_bar.bar(found, problems)


every = value_round.every()
ui.page_title(_("Update values"), counted(every) if every else None)
if not every:
    ui.empty(
        _("Nothing to value yet"),
        _("Watches you own will be here in a table, to type or paste down what each is worth now."),
    )
    if member.role != "viewer":
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(
                navigation.ADD_WATCH, label=_("Add watch"), icon=":material/add:", width="content"
            )
elif member.role == "viewer":
    st.info(_("You can look at this collection. Owners and editors can record values."))
    st.page_link(navigation.WATCHES, label=_("All watches"), icon=":material/watch:")
else:
    round_of_values()

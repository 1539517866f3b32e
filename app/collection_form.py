"""The forms of collections: make one, rename or recolour it, make it the default, delete it."""

from collections.abc import Callable
from typing import NoReturn
from uuid import UUID

import streamlit as st
from sqlalchemy import Connection

from app import format as say
from app import navigation, session, ui
from app.language import N_, _, ngettext
from data import collections
from data.collections import COLOURS, Collection
from data.db import read
from data.errors import ConflictError, RefusedError

COLOUR_NAMES = {
    "brass": N_("Brass"),
    "steel": N_("Steel"),
    "navy": N_("Navy"),
    "forest": N_("Forest"),
    "burgundy": N_("Burgundy"),
    "sand": N_("Sand"),
    "slate": N_("Slate"),
    "plum": N_("Plum"),
}
FIELD_OF = {"name": "name", "collection_name_taken": "name", "collection_name_given": "name"}


def opened(collection_id: UUID) -> Collection | None:
    """The collection as it was when its form was opened; None: gone, or never ours."""
    form = _form_of(collection_id)
    if not session.is_shown(f"{form}.name"):
        _forget(form)
    return session.opened(form, lambda: _find(collection_id))


def create(groups: list[Collection]) -> None:
    """A new collection; a colour that is free is offered."""
    member = session.member()
    taken = {one.colour for one in groups}
    free = next((colour for colour in COLOURS if colour not in taken), COLOURS[0])
    form = f"collection.new.{len(groups)}"  # after one is made, the form is a fresh one
    if not session.is_shown(f"{form}.name"):
        _forget(form)
    st.header(_("New collection"), anchor=False)
    name, colour, pressed = _fields(form, "", free, _("Create collection"))
    if pressed:
        _attempt(
            form, lambda db: collections.add(db, member, name, colour), _("Collection created.")
        )


def edit(one: Collection) -> None:
    """Rename or recolour it, make it the default, delete it."""
    member, form = session.member(), _form_of(one.collection_id)
    name, colour, pressed = _fields(form, one.name, one.colour, _("Save"))
    if pressed:
        saved = _("Collection saved.")
        _attempt(form, lambda db: collections.change(db, member, one, name, colour), saved)
    with st.container(horizontal=True, vertical_alignment="center"):
        if one.is_default and st.button(_("Stop using as default")):
            saved = _("New watches go to no collection.")
            _attempt(form, lambda db: collections.make_default(db, member, None), saved)
        if not one.is_default and st.button(_("Use as default")):
            saved = _("New watches go to {collection}.", collection=ui.plain(one.name))
            _attempt(form, lambda db: collections.make_default(db, member, one), saved)
        if st.button(_("Delete"), icon=":material/delete:"):
            session.put(f"{form}.delete", value=True)
    if session.get(f"{form}.delete", default=False):
        st.warning(f"{_stays(one.watches)} {_('This cannot be undone.')}")
        if st.button(
            _("Delete {name}", name=ui.plain(one.name)), type="primary", key=f"{form}.sure"
        ):
            _attempt(form, lambda db: collections.remove(db, member, one), _("Collection deleted."))


def _fields(form: str, name: str, colour: str, button: str) -> tuple[str, str, bool]:
    """Name and colour as typed, and whether the button was pressed."""
    nothing: dict[str, str] = {}
    problems = session.get(f"{form}.problems", nothing)
    with st.form(form, border=False):
        typed = st.text_input(_("Name"), name, key=f"{form}.name", autocomplete="off")
        ui.field_problem(problems, "name")
        chosen = st.pills(
            _("Colour"),
            COLOURS,
            default=colour,
            required=True,
            format_func=lambda key: _(COLOUR_NAMES[key]),
            key=f"collection_colour.{form}",
        )
        ui.field_problem(problems, "")
        with st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.form_submit_button(button, type="primary")
            if name:
                st.page_link(navigation.COLLECTIONS, label=_("Cancel"), width="content")
    return typed, chosen, pressed


def _attempt(form: str, change: Callable[[Connection], object], said: str) -> NoReturn:
    """Do it, say so and show the list; or say what to change, with what was typed still there."""
    try:
        with session.write() as db:
            change(db)
    except RefusedError as error:
        found = {FIELD_OF.get(name, ""): text for name, text in error.problems.items()}
        session.put(f"{form}.problems", found)
    except ConflictError as error:
        session.close(form)  # what it is now is read next, and may be saved over
        session.put(f"{form}.problems", {"": _(str(error))})
    else:
        _forget(form)
        session.notice(said)
        st.query_params.pop("edit", None)
    st.rerun()


def _forget(form: str) -> None:
    """Nothing is open, wrong or about to be deleted in this form."""
    session.close(form)
    session.drop(f"{form}.problems")
    session.drop(f"{form}.delete")


def _find(collection_id: UUID) -> Collection | None:
    """The collection as it is now."""
    member = session.member()
    with read(member) as db:
        every = collections.every(db, member)
    return next((one for one in every if one.collection_id == collection_id), None)


def _form_of(collection_id: UUID) -> str:
    return f"collection.{collection_id}"


def _stays(watches: int) -> str:
    """What becomes of the watches of a collection that is deleted."""
    if watches == 0:
        return _("It holds no watches.")
    return ngettext(
        "Its watch stays, without a collection.",
        "Its {watches} watches stay, without a collection.",
        watches,
        watches=say.number(watches),
    )

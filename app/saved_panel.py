"""Saved searches above the list of watches: follow one, save what is shown, change one's own.

The address stays the truth: a saved search is a link, and the one a member opens the page with is
put into the address.
"""

from collections.abc import Callable, Sequence
from urllib.parse import parse_qs

import streamlit as st
from sqlalchemy import Connection

from app import session, ui
from app.cache import cached
from app.language import _
from app.watch_filters import PATH, Asked
from data import saved_searches
from data.errors import AppError, RefusedError
from data.saved_searches import SavedSearch

OPEN = "watches.saved"  # the popover
SHOWN_AT = "watches.saved.at"  # what was asked for when it was opened; another list closes it
LAST = "watches.saved.last"  # one's own search that was shown last
PROBLEMS = "watches.saved.problems"
TAKEN = "saved_search_name_taken"
FIELD_OF = {"name": "name", TAKEN: "name"}
LABEL = 24  # characters of a name on the button


def open_default() -> None:
    """On the way in, without anything asked for: what this member opens the page with."""
    if st.query_params or session.is_shown(OPEN):
        return
    default = next((one for one in cached(saved_searches.every) if one.is_default), None)
    if default and default.query:
        st.query_params.from_dict(parse_qs(default.query))


def button(asked: Asked) -> None:
    """One button, named like the search that is shown; what is behind it is drawn when it opens."""
    every = cached(saved_searches.every)
    active = next((one for one in every if one.query == asked.written), None)
    if active and active.is_own:
        session.put(LAST, active.saved_search_id)
    if session.get(SHOWN_AT, default="-") != asked.written:
        session.fill(OPEN, False)

    def turn() -> None:
        session.put(SHOWN_AT, asked.written)
        session.put(PROBLEMS, {})

    place = st.popover(
        ui.plain(_short(active.name)) if active else _("Saved"),
        icon=":material/bookmark:",
        key=OPEN,
        on_change=turn,
    )
    if place.open:
        with place, st.container(width=340, key="saved_searches"):
            _list(every, active)
            if active and active.is_own:
                _own(active)
            elif active:
                _of_another(active)
            else:
                _new(asked, every)


def _list(every: Sequence[SavedSearch], active: SavedSearch | None) -> None:
    if not every:
        st.caption(_("Keep a search with its filters and order, and come back to it from here."))
        return
    ui.rows(
        ui.Row(
            href=f"{PATH}?{one.query or 'list=all'}",
            title=one.name,
            detail=_about(one),
            text=_("Shown") if one == active else "",
            tone="accent",
        )
        for one in every
    )


def _about(one: SavedSearch) -> str:
    """Whose it is, and what else is to know about it."""
    whose = (_("Shared") if one.shared else "") if one.is_own else _("By {name}", name=one.owner)
    return " · ".join(filter(None, (whose, _("Opens first") if one.is_default else "")))


def _new(asked: Asked, every: Sequence[SavedSearch]) -> None:
    """Save what is shown, under a new name or in place of one's own."""
    own = {one.saved_search_id: one for one in every if one.is_own}
    last = next((one for key, one in own.items() if key == session.get(LAST, None)), None)
    if last and st.button(
        _("Update {name}", name=ui.plain(_short(last.name))), icon=":material/sync:"
    ):
        _replace(last, asked)
    name, shared, opens, pressed, __ = _form(_("Save this search"), "", shared=False, opens=False)
    if pressed:

        def save(db: Connection) -> None:
            member = session.member()
            found = saved_searches.add(db, member, name, asked.written, shared=shared)
            if opens:
                saved_searches.open_with(db, member, found)

        _attempt(save, _("Search saved."))
    if TAKEN in session.get(PROBLEMS, {}):
        same = next((one for one in own.values() if one.name.lower() == name.strip().lower()), None)
        if same and st.button(
            _("Replace {name} with this search", name=ui.plain(_short(same.name)))
        ):
            _replace(same, asked)


def _own(active: SavedSearch) -> None:
    """Rename it, share it, open the page with it, delete it."""
    name, shared, opens, pressed, deleted = _form(
        _("Save changes"),
        active.name,
        shared=active.shared,
        opens=active.is_default,
        mark=str(active.version),
    )
    member = session.member()
    if pressed:

        def save(db: Connection) -> None:
            saved_searches.change(db, member, active, name, active.query, shared=shared)
            _open_with(db, active, opens=opens)

        _attempt(save, _("Search saved."))
    if deleted:
        _attempt(
            lambda db: saved_searches.remove(db, member, active),
            _("Search deleted. Its watches are still shown: it can be saved again."),
        )


def _of_another(active: SavedSearch) -> None:
    """Somebody else's can be opened first; only they change it."""
    label = _("Stop opening Watches with it") if active.is_default else _("Open Watches with it")
    if st.button(label):
        opens = not active.is_default
        _attempt(lambda db: _open_with(db, active, opens=opens), _("Saved."))


def _form(
    label: str, name: str, *, shared: bool, opens: bool, mark: str = "new"
) -> tuple[str, bool, bool, bool, bool]:
    """Name, shared, opened first; whether to save, and whether to delete."""
    found: dict[str, str] = session.get(PROBLEMS, {})
    problems = {FIELD_OF.get(key, ""): text for key, text in found.items()}
    key = f"{OPEN}.{mark}.{name}"
    with st.form(key, border=False):
        typed = st.text_input(_("Name"), name, key=f"{key}.name", autocomplete="off")
        ui.field_problem(problems, "name")
        may_share = session.member().role != "viewer"
        share = may_share and st.checkbox(
            _("Share with the household"), shared, key=f"{key}.shared"
        )
        first = st.checkbox(_("Open Watches with it"), opens, key=f"{key}.opens")
        ui.field_problem(problems, "")
        with st.container(horizontal=True):
            pressed = st.form_submit_button(label, type="primary")
            deleted = bool(name) and st.form_submit_button(_("Delete"), icon=":material/delete:")
    return typed, share, first, pressed, deleted


def _replace(old: SavedSearch, asked: Asked) -> None:
    member = session.member()
    _attempt(
        lambda db: saved_searches.change(
            db, member, old, old.name, asked.written, shared=old.shared
        ),
        _("{name} now finds these watches.", name=ui.plain(old.name)),
    )


def _open_with(db: Connection, one: SavedSearch, *, opens: bool) -> None:
    """The page opens with it from now on, or does not any more."""
    change = saved_searches.open_with if opens else saved_searches.open_without
    change(db, session.member(), one.saved_search_id)


def _attempt(change: Callable[[Connection], object], said: str) -> None:
    """Do it and close; or say at the field what to change."""
    try:
        with session.write() as db:
            change(db)
    except RefusedError as error:
        session.put(PROBLEMS, error.problems)
    except AppError as error:
        session.put(PROBLEMS, {"": str(error)})
    else:
        session.put(PROBLEMS, {})
        session.drop(SHOWN_AT)
        session.notice(said)
    st.rerun()


def _short(name: str) -> str:
    return name if len(name) <= LABEL else f"{name[: LABEL - 1]}…"

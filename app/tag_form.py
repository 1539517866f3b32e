"""The tags on the page of collections: rename one everywhere, merge two, take one away."""

from collections.abc import Sequence
from typing import NoReturn
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import format as say
from app import navigation, session, ui
from app.cache import cached
from app.language import _
from data import tags
from data.errors import AppError, RefusedError
from data.tags import Tag

REMOVED = "tags.removed"  # (tag, watches) that was taken away last, to be put back


def section() -> None:
    """Every tag with its watches; an editor can open one."""
    every = cached(tags.every)
    removed: tuple[str, list[UUID]] | None = session.get(REMOVED, None)
    if not every and not removed:
        return
    st.header(_("Tags"), anchor=False)
    if removed:
        _undo(*removed)
    may_edit = session.member().role != "viewer"
    ui.groups(
        ui.Group(
            href=f"/watches?{urlencode({'tag': one.tag})}",
            name=one.tag,
            colour="none",
            detail="" if one.watches else _("Only on watches in the bin"),
            text=say.count(one.watches, "watch", "watches"),
            edit_href=f"/collections?{urlencode({'tag': one.tag})}" if may_edit else "",
        )
        for one in every
    )


def asked() -> Tag | None:
    """The tag of the address; None when no watch carries it."""
    name = st.query_params.get("tag", "")
    return next((one for one in cached(tags.every) if one.tag == name), None)


def edit(tag: Tag) -> None:
    """Rename it, with the name of another merge the two, or take it off all watches."""
    form = f"tag.{tag.tag}"
    nothing: dict[str, str] = {}
    problems = session.get(f"{form}.problems", nothing)
    others = [one.tag for one in cached(tags.every) if one.tag != tag.tag]
    with st.form(form, border=False):
        typed = st.selectbox(
            _("Name"),
            [tag.tag, *others],
            key=f"{form}.name",
            accept_new_options=True,
            help=_("The name of another tag merges the two."),
        )
        ui.field_problem(problems, "tag")
        ui.field_problem(problems, "")
        with st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.form_submit_button(_("Save"), type="primary")
            deleted = st.form_submit_button(_("Delete"), icon=":material/delete:")
            st.page_link(navigation.COLLECTIONS, label=_("Cancel"), width="content")
    if pressed:
        _rename(form, tag, typed, others)
    if deleted:
        _remove(form, tag)


def _rename(form: str, tag: Tag, typed: str | None, others: Sequence[str]) -> NoReturn:
    try:
        with session.write() as db:
            tags.rename(db, session.member(), tag.tag, typed)
    except AppError as error:
        _refuse(form, error)
    watches = say.count(tag.watches, "watch", "watches")
    if typed in others:
        _leave(form, _("Tag merged on {watches}.", watches=watches))
    _leave(form, _("Tag renamed on {watches}.", watches=watches))


def _remove(form: str, tag: Tag) -> NoReturn:
    """At once; the list then offers the way back."""
    try:
        with session.write() as db:
            session.put(REMOVED, (tag.tag, tags.remove(db, session.member(), tag.tag)))
    except AppError as error:
        _refuse(form, error)
    _leave(form, _("{tag} was taken off all watches.", tag=ui.plain(tag.tag)))


def _undo(tag: str, watch_ids: list[UUID]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        watches = say.count(len(watch_ids), "watch", "watches")
        said = _("“{tag}” was taken off {watches}.", tag=tag, watches=watches)
        st.markdown(ui.plain(said), width="content")
        if st.button(_("Undo"), icon=":material/undo:", key="tags.undo"):
            session.drop(REMOVED)
            try:
                with session.write() as db:
                    tags.put_back(db, session.member(), tag, watch_ids)
            except AppError as error:
                session.notice(_(str(error)))
            st.rerun()


def _refuse(form: str, error: AppError) -> NoReturn:
    found = error.problems if isinstance(error, RefusedError) else {"": str(error)}
    session.put(f"{form}.problems", found)
    st.rerun()


def _leave(form: str, said: str) -> NoReturn:
    session.drop(f"{form}.problems")
    session.notice(said)
    st.query_params.pop("tag", None)
    st.rerun()

"""What can be done with a watch as a whole: record a value, edit, duplicate, delete, restore."""

from datetime import timedelta
from uuid import UUID

import streamlit as st

from app import copy_link, navigation, session, share_panel, value_form
from app import format as say
from app.language import _, pgettext
from data import watches
from data.errors import AppError
from data.watches import GONE, Watch

IN_BIN = timedelta(days=30)
JUST_REMOVED = "watch.removed"  # the watch that was deleted last, here: its way back is "Undo"


def bar(watch: Watch) -> None:
    """Record value, Edit, Duplicate; Compare, Share and Delete behind "More"."""
    with st.container(horizontal=True, vertical_alignment="center", key="watch_actions"):
        st.button(
            _("Record value"),
            type="secondary" if watch.status in GONE else "primary",
            icon=":material/add:",
            on_click=value_form.FORM.open,
        )
        st.page_link(
            navigation.EDIT_WATCH,
            label=_("Edit"),
            icon=":material/edit:",
            width="content",
            query_params={"id": str(watch.watch_id)},
        )
        if st.button(_("Duplicate"), icon=":material/content_copy:"):
            _duplicate(watch.watch_id)
        more = {
            "Compare": _("Compare"),
            "Share": pgettext("verb", "Share"),
            "Delete": _("Delete"),
        }
        copy_link.offer()
        chosen = st.menu_button(_("More"), list(more), format_func=more.__getitem__, key="more")
        if chosen == "Compare":
            st.switch_page(navigation.COMPARE, query_params={"ids": str(watch.watch_id)})
        if chosen == "Share":
            share_panel.start()
        if chosen == "Delete":
            _remove(watch)


def to_compare(watch: Watch) -> None:
    """For who can only look: put this watch beside others, or copy its address."""
    with st.container(horizontal=True, vertical_alignment="center", key="watch_actions"):
        st.page_link(
            navigation.COMPARE,
            label=_("Compare"),
            icon=":material/compare_arrows:",
            width="content",
            query_params={"ids": str(watch.watch_id)},
        )
        copy_link.offer()


def in_the_bin(watch: Watch) -> None:
    """Until when it can be had back, and the one click for it."""
    zone = session.time_zone()
    until = (watch.deleted_at + IN_BIN).astimezone(zone).date() if watch.deleted_at else None
    st.markdown(_("This watch is in the bin until {day}.", day=say.day(until)))
    with st.container(horizontal=True, vertical_alignment="center", key="bin_actions"):
        just = session.get(JUST_REMOVED, None) == watch.watch_id
        if session.member().role != "viewer" and st.button(
            _("Undo") if just else _("Restore"),
            type="primary",
            icon=":material/undo:",
            key="restore",
        ):
            session.drop(JUST_REMOVED)
            try:
                with session.write() as db:
                    watches.restore(db, session.member(), watch.watch_id)
            except AppError as error:  # its serial number is taken now, or somebody was faster
                session.notice(_(str(error)))
            st.rerun()
        st.page_link(navigation.WATCHES, label=_("All watches"), width="content")


def _duplicate(watch_id: UUID) -> None:
    """A second one like it, opened to be changed."""
    with session.write() as db:
        copy = watches.duplicate(db, session.member(), watch_id, session.today())
    session.notice(_("This is the copy. It has no serial number and no values yet."))
    st.switch_page(navigation.EDIT_WATCH, query_params={"id": str(copy)})


def _remove(watch: Watch) -> None:
    """Into the bin at once; this page then offers the way back."""
    try:
        with session.write() as db:
            watches.remove(db, session.member(), watch.watch_id, watch.version)
        session.put(JUST_REMOVED, watch.watch_id)
    except AppError as error:
        session.notice(_(str(error)))
    st.rerun()

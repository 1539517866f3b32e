"""Edit watch: every field of one watch; two people who edit it are told. ``/edit_watch?id=…``."""

from dataclasses import replace
from functools import partial
from typing import Literal
from uuid import UUID

import streamlit as st

from app import elsewhere, navigation, session, ui, watch_conflict, watch_form
from app.language import N_, _
from app.watch_fields import Entry, choose_status
from data import watches
from data.db import read
from data.errors import AppError, ConflictError, NotFoundError
from data.watches import Watch, draft_of

SAVE, MINE, THEIRS = N_("Save"), N_("Save mine over it"), N_("Take theirs")
member = session.member()


def load(watch_id: UUID) -> Watch:
    """The watch as it is now, with the version a save must quote back."""
    with read(member) as db:
        return watches.get(db, member, watch_id)


def asked() -> Watch | None:
    """The watch of the URL as it was opened here; None when it is none of ours."""
    try:
        watch_id = UUID(st.query_params.get("id", ""))
        return watch_conflict.opened(watch_id, partial(load, watch_id))
    except (ValueError, NotFoundError):
        return None


def bar(watch: Watch, entry: Entry) -> str | None:
    """Save and Cancel; or, after somebody else's save, both ways on. Returns what was pressed."""
    theirs = watch_conflict.met(watch)
    if theirs:
        watch_conflict.describe(watch, theirs, entry)
    pressed = None
    with st.container(horizontal=True, vertical_alignment="center"):
        for label in (MINE, THEIRS) if theirs else (SAVE,):
            kind: Literal["primary", "secondary"] = "secondary" if label == THEIRS else "primary"
            if st.form_submit_button(_(label), type=kind):
                pressed = label
        link_to(watch, _("Cancel"))
    return pressed


def link_to(watch: Watch, label: str) -> None:
    """The way to the watch's own page."""
    st.page_link(
        navigation.WATCH, label=label, width="content", query_params={"id": str(watch.watch_id)}
    )


def edit(watch: Watch) -> None:
    """The form, and what its bar asks for."""
    form = watch_conflict.form_of(watch)
    shown = replace(draft_of(watch), status=choose_status(form, watch.status))
    entry, pressed = watch_form.edit(form, shown, watch.brand, partial(bar, watch))
    if pressed is None:
        return
    if pressed == THEIRS:
        leave(watch)
        st.rerun()
    try:
        watch_form.save(form, entry, partial(watch_conflict.store, watch, over=pressed == MINE))
    except ConflictError:
        watch_conflict.meet(watch, load(watch.watch_id))
        watch_form.settled(form)
        st.rerun()
    except NotFoundError as error:
        watch_form.refuse(form, entry, error, see=f"/watch?id={watch.watch_id}")
    except AppError as error:
        watch_form.refuse(form, entry, error)
    leave(watch)
    session.notice(_("Watch saved."))
    st.switch_page(navigation.WATCH, query_params={"id": str(watch.watch_id)})


def leave(watch: Watch) -> None:
    """Forget this form."""
    watch_form.settled(watch_conflict.form_of(watch))
    watch_conflict.close(watch)


watch = asked()
if watch is None:
    elsewhere.watch()
else:
    st.set_page_config(page_title=_("Edit {watch}", watch=watch.title))
    ui.page_title(_("Edit watch"), watch.title)
    if member.role == "viewer":
        st.info(_("You can look at this collection. Owners and editors can change its watches."))
        link_to(watch, _("Back to the watch"))
    elif watch.deleted_at:
        st.info(_("This watch is in the bin. Restore it to edit it."))
        link_to(watch, _("Look at it there"))
    else:
        with st.container(width=880):
            edit(watch)

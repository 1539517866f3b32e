"""Add watch: brand and model are enough; everything else can follow."""

import streamlit as st

from app import draft_photos, navigation, quick_entry, session, ui, watch_form
from app.cache import cached
from app.language import _
from app.watch_fields import choose_status
from data import collections, watches
from data.errors import AppError
from data.watches import Status, WatchDraft

FORM = "add"
member = session.member()


def blank(status: str) -> WatchDraft:
    """What the form offers: bought today, in the member's currency, for the default collection."""
    default = next((one for one in cached(collections.every) if one.is_default), None)
    dated = status not in {Status.WISHLIST, Status.ORDERED}
    return WatchDraft(
        status=status,
        purchased_on=session.today() if dated else None,
        purchase_currency=member.currency,
        sale_currency=member.currency,
        collection_id=default.collection_id if default else None,
    )


def add() -> None:
    """One line or a photo to begin with, and the form; what it saves opens at once."""
    from_line = quick_entry.line_field(FORM)
    draft_photos.start(FORM)
    asked = st.query_params.get("status", "")
    status = choose_status(FORM, asked if asked in set(Status) else Status.OWNED)
    place = st.container()
    everything = st.toggle(_("All fields"), key="details", bind="query-params")
    with place:
        entry = watch_form.new(
            FORM,
            blank(status),
            everything=everything,
            more=quick_entry.found(FORM),
            left=quick_entry.left(FORM),
        )
    if from_line:
        quick_entry.shown(FORM)
    if entry is None or from_line:
        return
    try:
        watch_id = watch_form.save(
            FORM, entry, lambda db, draft: watches.add(db, member, draft, session.today())
        )
    except AppError as error:
        watch_form.refuse(FORM, entry, error)
    else:
        watch_form.settled(FORM)
        session.notice(_("Watch added."))
        for problem in draft_photos.store(FORM, watch_id):
            session.notice(_("A photo was not added: {reason}", reason=_(problem)))
        st.switch_page(navigation.WATCH, query_params={"id": str(watch_id)})


ui.page_title(_("Add watch"))
if member.role == "viewer":
    st.info(_("You can look at this collection. Owners and editors can add watches to it."))
else:
    with st.container(width=640):
        add()

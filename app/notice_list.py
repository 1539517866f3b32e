"""The feed of notices: a line each, the newest first; a click marks one as read and leads on."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from app import bell, navigation, notice_words, paging, session, ui
from app import format as say
from app.language import _, ngettext
from data import notices
from data.accounts import Member
from data.db import read
from data.errors import NotFoundError
from data.notices import Notice

OPEN, PAGE = "open", "p"  # in the URL
PER_PAGE = 50
PAGES = {
    "watch": navigation.WATCH,
    "account": navigation.ACCOUNT,
    "notices": navigation.NOTICES,
}


def follow() -> None:
    """The notice that the URL names is read now; go to what it is about."""
    asked = st.query_params.get(OPEN, "")
    if not asked:
        return
    try:
        with session.write() as db:
            kind, watch_id = notices.read(db, session.member(), UUID(asked))
    except (ValueError, NotFoundError):
        st.info(_(notices.GONE))
        return
    bell.forget(session.member())
    page, query = notice_words.leads_to(kind, watch_id)
    st.switch_page(PAGES[page], query_params=query)


def section(member: Member) -> None:
    """The notices of one page, and the way to mark all as read."""
    with read(member) as db:
        counts = notices.counts(db, member)
        at = paging.asked(PAGE, counts.every, PER_PAGE)
        found = notices.page(db, member, PER_PAGE, at * PER_PAGE)
    if not found:
        ui.empty(
            _("Nothing to tell"),
            _("What comes due, ends or changes shows here, once each."),
        )
        return
    if counts.unread:
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.caption(ngettext("{number} unread", "{number} unread", counts.unread))
            if st.button(_("Mark all as read"), icon=":material/done_all:", key="notices.read_all"):
                _read_all(member, max(one.made_at for one in found), at)
    ui.rows(_row(one) for one in found)
    paging.ways(PAGE, at, counts.every, PER_PAGE)


def _row(notice: Notice) -> ui.Row:
    when = notice.made_at.astimezone(session.time_zone()).date()
    return ui.Row(
        href=notice_words.address(notice),
        title=notice_words.title(notice),
        detail=notice_words.sentence(notice),
        text=say.ago(when, session.today()),
        text_detail="" if notice.read_at else _("New"),
        tone="" if notice.read_at else "accent",
    )


def _read_all(member: Member, newest: datetime, at: int) -> None:
    """All up to the newest that is shown; on a later page, up to the newest of all."""
    with read(member) as db:
        first = notices.page(db, member, 1) if at else []
    with session.write() as db:
        notices.read_all(db, member, first[0].made_at if first else newest)
    bell.forget(member)
    st.rerun()

"""Subscribing to the due dates in one's own calendar: the address, a new one, none at all."""

import secrets

import streamlit as st

from app import calendar_routes, mailing, session
from app import format as say
from app.authenticator import digest
from app.language import _
from data import accounts, calendar_feed
from data.accounts import Member
from data.db import read

LINK = "calendar.link"  # the new address, until the page is left


def section(member: Member) -> None:
    """Whether the calendar has an address, and what can be done with it."""
    st.subheader(_("Subscribe in your calendar"), anchor=False)
    with read(member) as db:
        since = calendar_feed.made_at(db, member)
    link = session.get(LINK, "")
    if link and since:
        st.caption(
            _("Shown only now. Whoever has this link can read the dates: keep it to yourself.")
        )
        st.code(link, language=None, wrap_lines=True)
    elif since:
        day = say.day(since.astimezone(session.time_zone()).date())
        st.caption(_("Your calendar has had its link since {day}.", day=day))
    else:
        st.caption(
            _(
                "Services, warranties and watches at the watchmaker, by a private link for the "
                "calendar on your phone or computer. No amounts are in it."
            )
        )
    with st.container(horizontal=True):
        words = _("Make a new link") if since else _("Make the link")
        if st.button(
            words,
            icon=":material/calendar_add_on:",
            help=_("The link before it stops working.") if since else None,
            key="calendar.make",
        ):
            _make(member)
        if since and st.button(_("Switch off"), key="calendar.off"):
            _switch_off(member)


def _make(member: Member) -> None:
    token = secrets.token_urlsafe(32)
    with session.write() as db:
        calendar_feed.set_up(db, member, digest(token))
        accounts.log(
            db,
            "calendar_link_made",
            session.visitor(),
            user_id=member.user_id,
            email=member.email,
        )
    session.put(LINK, mailing.site() + calendar_routes.PATH.format(token=token))
    st.rerun()


def _switch_off(member: Member) -> None:
    with session.write() as db:
        calendar_feed.switch_off(db, member)
        accounts.log(
            db,
            "calendar_link_ended",
            session.visitor(),
            user_id=member.user_id,
            email=member.email,
        )
    session.drop(LINK)
    session.notice(_("The calendar was switched off."))
    st.rerun()

"""The form for a new password of who is signed in."""

import streamlit as st

from app import auth, resets, session
from app.authenticator import LONGEST, change_password
from app.language import N_, _
from data.accounts import Member

CHANGED = N_("Password changed. Every other browser is signed out.")


def section(member: Member) -> None:
    """A new password; it signs every other browser out."""
    st.subheader(_("Password"), anchor=False)
    with st.form("password", clear_on_submit=False):
        current = st.text_input(
            _("Current password"),
            type="password",
            autocomplete="current-password",
            key="password.current",
        )
        places = {"current": st.container()}
        new = st.text_input(
            _("New password"),
            type="password",
            autocomplete="new-password",
            max_chars=LONGEST,
            placeholder=_("12 characters or more"),
            key="password.new",
        )
        places["new"] = st.container()
        st.caption(_("Every other browser is signed out."))
        pressed = st.form_submit_button(_("Change password"))
    if pressed:
        with auth.problems_at(places):
            change_password(member, current, new, session.session_hash(), session.visitor())
            resets.tell_changed(member)
            session.notice(_(CHANGED))
            st.rerun()

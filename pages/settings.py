"""Settings: who I am, how I sign in and where, the household, and (for the admin) the box."""

import streamlit as st

from app import auth, format, profile_form, session, ui  # noqa: A004  (app/format.py is ours)
from app.authenticator import LONGEST, LONGEST_NAME, change_password, check_name
from data import accounts
from data.db import read

member = session.member()


def household() -> None:
    """The name of the household; only an owner may change it."""
    with st.form("household"):
        name = st.text_input(
            "Household",
            member.household,
            max_chars=LONGEST_NAME,
            disabled=member.role != "owner",
            help="The people who share this collection. An owner can rename it.",
            key="household.name",
        )
        places = {"household": st.container()}
        pressed = st.form_submit_button("Rename household", disabled=member.role != "owner")
    if pressed:
        with auth.problems_at(places):
            check_name(name.strip(), "household", "a name for the household")
            with session.write() as db:
                accounts.rename_household(db, member, name.strip())
            session.notice("Household renamed.")
            st.rerun()


def password() -> None:
    """A new password; it signs every other browser out."""
    with st.form("password", clear_on_submit=False):
        current = st.text_input(
            "Current password",
            type="password",
            autocomplete="current-password",
            key="password.current",
        )
        places = {"current": st.container()}
        new = st.text_input(
            "New password",
            type="password",
            autocomplete="new-password",
            max_chars=LONGEST,
            placeholder="12 characters or more",
            key="password.new",
        )
        places["new"] = st.container()
        st.caption("Every other browser is signed out.")
        pressed = st.form_submit_button("Change password")
    if pressed:
        with auth.problems_at(places):
            change_password(member, current, new, session.session_hash(), session.visitor())
            session.notice("Password changed. Every other browser is signed out.")
            st.rerun()


def sessions() -> None:
    """Where this person is signed in, and the way to end it all but here."""
    with read(member) as db:
        live = accounts.sessions(db, member)
    here, today = session.session_hash(), session.today()
    for one in live:
        used = format.ago(one.seen_at.astimezone(session.time_zone()).date(), today)
        when = "this browser" if one.token_hash == here else f"last used {used}"
        st.markdown(f"{ui.plain(auth.browser_name(one.client))} :gray[· {when}]")
    others = len(live) - 1
    if st.button("Sign out everywhere else", disabled=others < 1, icon=":material/logout:"):
        with session.write() as db:
            accounts.revoke_other_sessions(db, member, here, session.visitor())
        session.notice("Signed out everywhere else.")
        st.rerun()


def box() -> None:
    """For the admin: whether strangers may create an account on this box."""
    with read(member) as db:
        is_open = accounts.registration_is_open(db)
    wanted = st.toggle(
        "Anyone who can reach this box may create an account",
        is_open,
        help="Each new account starts a household of its own and sees nothing of yours.",
        key="box.registration",
    )
    if wanted != is_open:
        with session.write() as db:
            accounts.set_registration(db, member, is_open=wanted)
        st.toast("Registration is open." if wanted else "Registration is closed.")


ui.page_title("Settings")
left, right = st.columns(2, gap="large")
with left:
    st.subheader("Profile", anchor=False)
    profile_form.section(member)
    st.subheader("Household", anchor=False)
    household()
with right:
    st.subheader("Password", anchor=False)
    password()
    st.subheader("Signed in on", anchor=False)
    sessions()
    if member.is_admin:
        st.subheader("This box", anchor=False)
        box()

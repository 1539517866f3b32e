"""Settings: who I am, and the household; how I sign in is elsewhere, and so is the admin's."""

import streamlit as st

from app import auth, profile_form, session, ui
from app.authenticator import LONGEST_NAME, check_name
from app.language import N_, _
from data import accounts

member = session.member()


def household() -> None:
    """The name of the household; only an owner may change it."""
    with st.form("household"):
        name = st.text_input(
            _("Household"),
            member.household,
            max_chars=LONGEST_NAME,
            disabled=member.role != "owner",
            help=_("The people who share this collection. An owner can rename it."),
            key="household.name",
        )
        places = {"household": st.container()}
        pressed = st.form_submit_button(_("Rename household"), disabled=member.role != "owner")
    if pressed:
        with auth.problems_at(places):
            check_name(name.strip(), "household", N_("Write a name for the household."))
            with session.write() as db:
                accounts.rename_household(db, member, name.strip())
            session.notice(_("Household renamed."))
            st.rerun()


ui.page_title(_("Settings"))
ways = [ui.Link(_("Account and security"), "/account"), ui.Link(_("Notices"), "/notices")]
if member.is_admin:
    ways.append(ui.Link(_("Admin"), "/admin"))
with st.container(key="settings_ways"):
    ui.links(ways)
left, right = st.columns(2, gap="large")
with left:
    st.subheader(_("Profile"), anchor=False)
    profile_form.section(member)
with right:
    st.subheader(_("Household"), anchor=False)
    household()

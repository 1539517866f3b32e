"""The households of a person: which one is looked at, and how to start another."""

import streamlit as st

from app import auth, navigation, session, ui
from app.authenticator import LONGEST_NAME, check_name
from app.language import N_, _
from data import members
from data.accounts import Member
from data.db import read
from data.errors import AppError


def who(member: Member) -> None:
    """In the menu: who is here, and in which household; who belongs to several chooses one."""
    if member.households == 1:
        st.caption(f"{ui.plain(member.name)}  \n{ui.plain(member.household)}")
    else:
        st.caption(ui.plain(member.name))
        _switch(member)


def _switch(member: Member) -> None:
    with read(member) as db:
        mine = members.households(db)
    here = next((n for n, o in enumerate(mine) if o.household_id == member.household_id), None)
    if here is None:  # removed a moment ago; the next run knows
        return
    chosen = st.selectbox(
        _("Household"),
        mine,
        index=here,
        format_func=lambda one: one.name,
        label_visibility="collapsed",
        key=f"household.of.{member.household_id}",  # what was chosen elsewhere is not chosen here
    )
    if chosen.household_id != member.household_id:
        try:
            look_at(member, chosen)
        except AppError as error:
            session.notice(_(str(error)))
        st.rerun()


def look_at(member: Member, chosen: members.Household | members.Offer) -> None:
    """This browser looks at another household of theirs from its next run on.

    Raises:
        RefusedError: they do not belong to it any more.
    """
    with session.write() as db:
        members.look_at(db, member, session.session_hash(), chosen.household_id)


def start_another(member: Member) -> None:
    """A form for one more household, which they own and look at next."""
    with st.form("another_household", border=False):
        name = st.text_input(
            _("Name of the new household"),
            max_chars=LONGEST_NAME,
            autocomplete="off",
            key="another_household.name",
        )
        places = {"household": st.container()}
        pressed = st.form_submit_button(_("Start household"))
    if pressed:
        with auth.problems_at(places):
            check_name(name.strip(), "household", N_("Write a name for the household."))
            with session.write() as db:
                home = members.add_household(db, member, name.strip(), session.visitor())
                members.look_at(db, member, session.session_hash(), home)
            st.switch_page(navigation.OVERVIEW)

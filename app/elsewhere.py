"""The page in place of a watch that is not here: whom to ask, or the household of theirs it is in.

It says the same for a watch that was never there, of strangers, deleted, or private to somebody.
"""

from uuid import UUID

import streamlit as st

from app import households, navigation, session, ui
from app.language import _
from data import members, watches
from data.db import read
from data.errors import AppError
from data.members import Household

MOST_NAMES = 5


def watch() -> None:
    """For the address ``?id=…`` of a watch that is not in this household."""
    member = session.member()
    found = _household_of(st.query_params.get("id", ""))
    if found is None or found.household_id == member.household_id:
        ui.page_title(_(watches.NOT_HERE), _whom_to_ask())
    else:
        ui.page_title(
            _(watches.NOT_HERE),
            _("It is in {household}, where you are a member too.", household=found.name),
        )
        label = _("Look at it in {household}", household=found.name)
        if st.button(ui.plain(label), type="primary", key="elsewhere.go"):
            _go(found)
    st.page_link(navigation.WATCHES, label=_("All watches"), icon=":material/watch:")


def _household_of(written: str) -> Household | None:
    """In which household of who asks the watch is, as far as they may see it there."""
    member = session.member()
    if member.households == 1:
        return None
    try:
        watch_id = UUID(written)
    except ValueError:
        return None
    with read(member) as db:
        return members.household_of_watch(db, watch_id)


def _whom_to_ask() -> str:
    member = session.member()
    with read(member) as db:
        every = members.details(db, member)
    owners = [one.name for one in every if one.role == "owner" and one.user_id != member.user_id]
    if not owners:
        return _("The link may be incomplete, or from another household.")
    return _(
        "It is not in {household}. If it should be, ask an owner: {names}.",
        household=member.household,
        names=", ".join(owners[:MOST_NAMES]),
    )


def _go(found: Household) -> None:
    """This browser looks at that household from now on, and at this address."""
    try:
        households.look_at(session.member(), found)
    except AppError as error:
        session.notice(ui.plain(_(str(error))))
        st.rerun()
    if member := session.find_member():
        session.entered(member)
        session.notice(ui.plain(_("You are looking at {household} now.", household=found.name)))
    st.rerun()

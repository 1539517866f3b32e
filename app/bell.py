"""The bell in the menu: how many notices are unread, and the way to them.

It is one element and asks at most once a minute: a rerun finds the number in the cache.
"""

from uuid import UUID

import streamlit as st

from app import navigation
from app.language import _
from data import notices
from data.accounts import Member
from data.db import Asker, read

SECONDS = 60
MOST = 100  # more are shown as 99+


def bell(member: Member) -> None:
    """In the menu: the page of notices, with the number of unread ones."""
    unread = _unread(member.household_id, member.user_id, member)
    shown = f"{MOST - 1}+" if unread >= MOST else str(unread)
    st.page_link(
        navigation.NOTICES,
        label=_("Notices") + (f" :primary-badge[{shown}]" if unread else ""),
        icon=":material/notifications_unread:" if unread else ":material/notifications:",
    )


def forget(member: Asker) -> None:
    """The number has changed: count again."""
    _unread.clear(member.household_id, member.user_id)


@st.cache_data(ttl=SECONDS, max_entries=10_000, show_spinner=False)
def _unread(household_id: UUID, user_id: UUID, _member: Asker) -> int:  # noqa: ARG001  (the key)
    with read(_member) as db:
        return notices.unread(db, _member, MOST)

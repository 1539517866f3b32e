"""Members: who shares this collection, what each may do, and inviting others.

``?person=…`` opens one, for an owner.
"""

import streamlit as st

from app import format as say
from app import households, invite, member_form, session, ui
from app.cache import cached
from app.member_words import AS, ROLES
from data import members
from data.members import MemberDetails

member = session.member()
is_owner = member.role == "owner"


def listed(every: list[MemberDetails]) -> None:
    """Everybody with role and since when; the line leads to their watches."""
    zone = session.time_zone()
    ui.groups(
        ui.Group(
            href=f"/watches?owner={one.user_id}",
            name=f"{one.name} (you)" if one.user_id == member.user_id else one.name,
            colour="none",
            detail=f"{one.email} · since {say.day(one.joined_at.astimezone(zone).date())}",
            text=ROLES[one.role],
            edit_href=f"/sharing?person={one.user_id}" if is_owner else "",
        )
        for one in every
    )


every = cached(members.details)
chosen = member_form.asked(every) if is_owner else None
with st.container(width=720):
    if chosen:
        ui.page_title(chosen.name, f"{ROLES[chosen.role]} of {member.household}")
        member_form.edit(member, chosen, every)
    else:
        ui.page_title("Members", f"Who shares {member.household}")
        if is_owner and "person" in st.query_params:
            st.info("This person is not a member of your household any more.")
        listed(every)
        if not is_owner:
            st.caption(
                f"You are {AS[member.role]}. Owners say who belongs here and what they may do."
            )
        if is_owner:
            st.header("Invite somebody", anchor=False)
            invite.form(member)
            invite.open_ones(member)
        with st.expander("Start another household"):
            st.caption(
                "For a collection with other people. You can switch between them in the menu."
            )
            households.start_another(member)
        member_form.leave(member, every)

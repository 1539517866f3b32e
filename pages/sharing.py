"""Members: who shares this collection, what each may do, and inviting others.

``?person=…`` opens one, for an owner.
"""

from zoneinfo import ZoneInfo

import streamlit as st

from app import format as say
from app import household_delete, households, invite, member_form, session, ui
from app.cache import cached
from app.language import _
from app.member_words import AS, role_name
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
            name=_("{name} (you)", name=one.name) if one.user_id == member.user_id else one.name,
            colour="none",
            detail=f"{one.email} · {since(one, zone)}",
            text=role_name(one.role),
            edit_href=f"/sharing?person={one.user_id}" if is_owner else "",
        )
        for one in every
    )


def since(one: MemberDetails, zone: ZoneInfo) -> str:
    """Since which day somebody belongs here."""
    return _("since {day}", day=say.day(one.joined_at.astimezone(zone).date()))


every = cached(members.details)
chosen = member_form.asked(every) if is_owner else None
with st.container(width=720):
    if chosen:
        role = _("{role} of {household}", role=role_name(chosen.role), household=member.household)
        ui.page_title(chosen.name, role)
        member_form.edit(member, chosen, every)
    else:
        who = _("Who shares {household}", household=member.household)
        ui.page_title(_("Members"), who)
        if is_owner and "person" in st.query_params:
            st.info(_("This person is not a member of your household any more."))
        listed(every)
        if not is_owner:
            st.caption(
                _(
                    "You are {role}. Owners say who belongs here and what they may do.",
                    role=_(AS[member.role]),
                )
            )
        if is_owner:
            st.header(_("Invite somebody"), anchor=False)
            invite.form(member)
            invite.open_ones(member)
        with st.expander(_("Start another household")):
            st.caption(
                _("For a collection with other people. You can switch between them in the menu.")
            )
            households.start_another(member)
        member_form.leave(member, every)
        household_delete.section(member)

"""One member, as an owner opens them: another role, handing over, removing; and leaving."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import streamlit as st
from sqlalchemy import Connection

from app import navigation, session, ui
from app.language import N_, _, pgettext
from app.member_words import AS, ROLES, explained
from data import members
from data.accounts import Member
from data.errors import AppError
from data.members import MemberDetails

LAST_OWNER = N_("You are the only owner. Make somebody else an owner first.")


def asked(every: list[MemberDetails]) -> MemberDetails | None:
    """The member of the address; None when it names none of this household."""
    with suppress(ValueError):
        user_id = UUID(st.query_params.get("person", ""))
        return next((one for one in every if one.user_id == user_id), None)
    return None


def edit(member: Member, person: MemberDetails, every: list[MemberDetails]) -> None:
    """Role, hand-over and removal of one member."""
    visitor, name = session.visitor(), ui.plain(person.name)
    is_last = is_last_owner(person, every)
    with st.form("member", border=False):
        role = st.radio(
            _("Role"),
            list(ROLES),
            index=ROLES.index(person.role),
            format_func=explained,
            disabled=is_last,
            key=f"member.role.{person.user_id}",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.form_submit_button(_("Save role"), type="primary", disabled=is_last)
            st.page_link(navigation.SHARING, label=_("Cancel"), width="content")
    if is_last:
        st.caption(_("A household needs an owner: make somebody else an owner first."))
    if pressed:
        _do(
            lambda db: members.set_role(db, member, person, role, visitor),
            _("{person} is {role} now.", person=name, role=_(AS[role])),
        )
    if person.user_id != member.user_id:
        with st.container(horizontal=True):
            _hand_over(member, person)
            _remove(member, person)


def _hand_over(member: Member, person: MemberDetails) -> None:
    name, visitor = ui.plain(person.name), session.visitor()
    with st.popover(_("Hand over ownership"), icon=":material/swap_horiz:"):
        st.markdown(
            _(
                "{person} becomes an owner, and you an editor. Only an owner can undo this.",
                person=name,
            )
        )
        if st.button(_("Hand over"), type="primary", key="member.hand_over"):
            _do(
                lambda db: members.hand_over(db, member, person, visitor),
                _("{person} is an owner now, and you are an editor.", person=name),
            )


def _remove(member: Member, person: MemberDetails) -> None:
    name, visitor = ui.plain(person.name), session.visitor()
    with st.popover(pgettext("verb", "Remove"), icon=":material/person_remove:"):
        st.markdown(
            _(
                "{person} loses sight of this household at once. "
                "Their watches stay here and belong to the household.",
                person=name,
            )
        )
        if st.button(_("Remove from household"), type="primary", key="member.remove"):
            _do(
                lambda db: members.remove(db, member, person, visitor),
                _("{person} is not a member any more.", person=name),
            )


def leave(member: Member, every: list[MemberDetails]) -> None:
    """The way out, for everybody but the last owner."""
    visitor = session.visitor()
    me = next((one for one in every if one.user_id == member.user_id), None)
    is_last = me is not None and is_last_owner(me, every)
    with st.popover(
        _("Leave household"),
        icon=":material/logout:",
        disabled=is_last,
        help=_(LAST_OWNER) if is_last else None,
    ):
        st.markdown(
            _(
                "You lose sight of this household at once. Watches of yours stay here and belong "
                "to the household."
            )
        )
        if st.button(pgettext("verb", "Leave"), type="primary", key="member.leave"):
            _do(lambda db: members.leave(db, member, visitor), "")


def is_last_owner(person: MemberDetails, every: list[MemberDetails]) -> bool:
    """Whether no other member is an owner."""
    others = [one for one in every if one.role == "owner" and one.user_id != person.user_id]
    return person.role == "owner" and not others


def _do(change: Callable[[Connection], None], said: str) -> None:
    """Write, say so on the list of members; or say why not."""
    try:
        with session.write() as db:
            change(db)
    except AppError as error:
        st.error(ui.plain(_(str(error))), icon=":material/error:")
        return
    if said:
        session.notice(said)
    st.switch_page(navigation.SHARING)

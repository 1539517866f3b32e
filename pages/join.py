"""An invitation: who invites to what, and the way in, with or without an account.

``?code=…`` is the secret of the link. Whatever is wrong with it, the page says the same.
"""

from uuid import UUID

import streamlit as st

from app import auth, households, invited, navigation, oidc_form, second_step_form, session, ui
from app.authenticator import NewAccount, digest
from app.language import N_, _, pgettext
from app.member_words import AS, explained
from data import members
from data.accounts import Member, Visitor
from data.db import read
from data.errors import AppError
from data.members import Offer

UNUSABLE = N_(
    "It may have been used or taken back, or its time is over. Ask whoever sent it for a new one."
)
code_hash = digest(st.query_params.get("code", ""))
member = session.find_member()


def said(offer: Offer) -> None:
    """Who invites to which household, and what that allows."""
    st.title(ui.plain(_("Join {household}", household=offer.household)), anchor=False)
    role = _(AS[offer.role])
    told = _("{inviter} invites you as {role}.", inviter=offer.inviter, role=role)
    st.markdown(ui.plain(told))
    st.caption(ui.plain(f"{explained(offer.role)}."))


def join_signed_in(member: Member, offer: Offer) -> None:
    """One click for who is signed in; a member already just goes there."""
    with read(member) as db:
        mine = {one.household_id for one in members.households(db)}
    told = _("You are signed in as {name} ({email}).", name=member.name, email=member.email)
    st.caption(ui.plain(told))
    if offer.household_id in mine:
        st.info(_("You belong to this household already."))
    label = _("Go there") if offer.household_id in mine else pgettext("verb", "Join")
    if st.button(label, type="primary"):
        try:
            if offer.household_id not in mine:
                invited.accept(member.user_id, code_hash, session.visitor())
            households.look_at(member, offer)
        except AppError as error:
            st.error(ui.plain(_(str(error))), icon=":material/error:")
            return
        st.switch_page(navigation.OVERVIEW)


def join_by_form(offer: Offer) -> None:
    """An account is made or proved right here; either way leads into the household."""

    def sign_up(draft: NewAccount, visitor: Visitor) -> UUID:
        user_id = invited.with_new_account(code_hash, draft, visitor)
        auth.arrived(user_id, way)
        return user_id

    way = auth.Way("/", offer.household_id, sign_up=sign_up)
    with_account = auth.Way("/", invitation_hash=code_hash)
    if (half := second_step_form.waiting()) and half.invitation_hash == code_hash:
        second_step_form.ask(half, with_account)
    elif session.get("creating_account", default=True):
        auth.ask_for_account(way, may_sign_in=True, invited=offer.email or "")
        oidc_form.offer("/", code_hash)
    else:
        auth.ask_who(with_account, may_sign_up=True)
        oidc_form.offer("/", code_hash)


with read(None) as db:
    offer = members.find_offer(db, code_hash)
if member is None and auth.is_arriving():
    with auth.door():
        auth.go_on()
elif offer is None and member is None:
    with auth.door():
        ui.empty(_("This invitation can’t be used"), _(UNUSABLE))
        ui.links([ui.Link(_("Sign in"), "/")])
elif offer is None:
    ui.empty(_("This invitation can’t be used"), _(UNUSABLE))
elif member is None:
    with auth.door():
        said(offer)
        join_by_form(offer)
else:
    with st.container(width=560):
        said(offer)
        join_signed_in(member, offer)

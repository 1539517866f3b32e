"""An invitation: who invites to what, and the way in, with or without an account.

``?code=…`` is the secret of the link. Whatever is wrong with it, the page says the same.
"""

from uuid import UUID

import streamlit as st

from app import auth, households, invited, navigation, session, ui
from app.authenticator import NewAccount, digest
from app.member_words import AS, MAY, ROLES
from data import members
from data.accounts import Member, Visitor
from data.db import read
from data.errors import AppError
from data.members import Offer

JOINED = "join.joined"  # who has just come in by the form; a second click finds the link used
UNUSABLE = (
    "It may have been used or taken back, or its time is over. Ask whoever sent it for a new one."
)
code_hash = digest(st.query_params.get("code", ""))
member = session.find_member()


def said(offer: Offer) -> None:
    """Who invites to which household, and what that allows."""
    st.title(ui.plain(f"Join {offer.household}"), anchor=False)
    st.markdown(ui.plain(f"{offer.inviter} invites you as {AS[offer.role]}."))
    st.caption(ui.plain(f"{ROLES[offer.role]}: {MAY[offer.role][0].lower()}{MAY[offer.role][1:]}"))


def join_signed_in(member: Member, offer: Offer) -> None:
    """One click for who is signed in; a member already just goes there."""
    with read(member) as db:
        mine = {one.household_id for one in members.households(db)}
    st.caption(ui.plain(f"You are signed in as {member.name} ({member.email})."))
    if offer.household_id in mine:
        st.info("You belong to this household already.")
    if st.button("Go there" if offer.household_id in mine else "Join", type="primary"):
        try:
            if offer.household_id not in mine:
                invited.accept(member.user_id, member.email, code_hash, session.visitor())
            households.look_at(member, offer)
        except AppError as error:
            st.error(ui.plain(str(error)), icon=":material/error:")
            return
        st.switch_page(navigation.OVERVIEW)


def join_by_form(offer: Offer) -> None:
    """An account is made or proved right here; either way leads into the household."""

    def sign_in(email: str, password: str, visitor: Visitor) -> UUID:
        return kept(offer, invited.with_account(code_hash, email, password, visitor))

    def sign_up(draft: NewAccount, visitor: Visitor) -> UUID:
        return kept(offer, invited.with_new_account(code_hash, draft, visitor))

    way = auth.Way("/", offer.household_id, sign_in, sign_up)
    if session.get("creating_account", default=True):
        auth.ask_for_account(way, may_sign_in=True, invited=offer.email or "")
    else:
        auth.ask_who(way, may_sign_up=True)


def kept(offer: Offer, user_id: UUID) -> UUID:
    """Note who has come in, in this tab: the link is used up, and a form may be sent twice."""
    session.put(JOINED, (user_id, auth.Way("/", offer.household_id)))
    return user_id


with read(None) as db:
    offer = members.find_offer(db, code_hash)
joined: tuple[UUID, auth.Way] | None = session.get(JOINED, None)
if joined and member is None:
    with auth.door():
        user_id, way = joined
        auth.let_in(lambda: user_id, way, {})
elif offer is None and member is None:
    with auth.door():
        ui.empty("This invitation can’t be used", UNUSABLE)
        ui.links([ui.Link("Sign in", "/")])
elif offer is None:
    ui.empty("This invitation can’t be used", UNUSABLE)
elif member is None:
    with auth.door():
        said(offer)
        join_by_form(offer)
else:
    with st.container(width=560):
        said(offer)
        join_signed_in(member, offer)

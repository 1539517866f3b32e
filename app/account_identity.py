"""The part of the account page about the OpenID provider: connect it, or let it in no more."""

import streamlit as st

from app import auth, oidc, oidc_form, session, ui
from app import format as say
from app.authenticator import prove
from app.language import _
from app.oidc import Provider
from data import identities
from data.accounts import Member
from data.db import read
from data.identities import Connected


def section(member: Member) -> None:
    """Whether the provider lets in to this account; nothing where none is set up."""
    provider = oidc.provider()
    if provider is None:
        return
    with read(member) as db:
        found = identities.of_member(db, member, provider.issuer)
    st.subheader(_("Sign in with {name}", name=ui.plain(provider.name)), anchor=False)
    oidc_form.say_trouble()
    st.caption(_said(found))
    with st.form("identity"):
        current = st.text_input(
            _("Current password"),
            type="password",
            autocomplete="current-password",
            key="identity.current",
        )
        places = {"current": st.container()}
        pressed = st.form_submit_button(_("Connect") if found is None else _("Disconnect"))
    if pressed:
        with auth.problems_at(places):
            prove(member, current, session.visitor())
            if found is None:
                oidc_form.go("/account", user_id=member.user_id)
            else:
                _disconnect(member, provider)


def _said(found: Connected | None) -> str:
    if found is None:
        return _("Connect it, and you can sign in here without your password.")
    day = say.day(found.linked_at.astimezone(session.time_zone()).date())
    if not found.email:
        return _("Connected since {day}.", day=day)
    return _("Connected since {day} as {email}.", day=day, email=ui.plain(found.email))


def _disconnect(member: Member, provider: Provider) -> None:
    with session.write() as db:
        identities.disconnect(db, member, provider.issuer, session.visitor())
    session.notice(_("You can’t sign in with {name} any more.", name=ui.plain(provider.name)))
    st.rerun()

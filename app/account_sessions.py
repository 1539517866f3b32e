"""Where a person is signed in, and the ways to end it: one browser, or all but this one."""

import streamlit as st

from app import auth, session, ui
from app import format as say
from app.language import N_, _, ngettext
from data import accounts
from data.accounts import Member, SignedInBrowser
from data.db import read

MOST = 20  # shown; the latest used first
SIGNED_OUT = N_("That browser was signed out.")
ALL_OUT = N_("Signed out everywhere else.")
GONE = N_("That browser was signed out already.")


def section(member: Member) -> None:
    """Every browser with when it was used last and where it signed in; this one first."""
    with read(member) as db:
        live = accounts.sessions(db, member)
    here = session.session_hash()
    live.sort(key=lambda one: one.token_hash != here)
    st.subheader(_("Signed in on"), anchor=False)
    for one in live[:MOST]:
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.markdown(_said(one, is_here=one.token_hash == here), width="content")
            if one.token_hash != here and st.button(
                _("Sign out"), key=f"session.end.{one.token_hash.hex()[:16]}"
            ):
                _sign_out(member, one)
    if len(live) > MOST:
        st.caption(ngettext("and {number} more", "and {number} more", len(live) - MOST))
    if st.button(_("Sign out everywhere else"), disabled=len(live) <= 1, icon=":material/logout:"):
        with session.write() as db:
            accounts.revoke_other_sessions(db, member, here, session.visitor())
        session.notice(_(ALL_OUT))
        st.rerun()


def _said(one: SignedInBrowser, *, is_here: bool) -> str:
    """The browser in words; under it when it was used last, and where it signed in and when."""
    zone, today = session.time_zone(), session.today()
    used = say.ago(one.seen_at.astimezone(zone).date(), today)
    when = _("this browser") if is_here else _("last used {when}", when=used)
    signed_in = say.day(one.created_at.astimezone(zone).date())
    where = (
        _("signed in on {day} from {address}", day=signed_in, address=one.address)
        if one.address
        else _("signed in on {day}", day=signed_in)
    )
    name = ui.plain(auth.browser_name(one.client))
    return f"{name} :gray[· {ui.plain(when)}]  \n:gray[{ui.plain(where)}]"


def _sign_out(member: Member, one: SignedInBrowser) -> None:
    with session.write() as db:
        ended = accounts.end_session(db, member, one.token_hash, session.visitor())
    session.notice(_(SIGNED_OUT if ended else GONE))
    st.rerun()

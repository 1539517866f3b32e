"""The end of the account page: taking one's data along, and deleting the account."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from app import auth, leaving_form, session, takeout, ui
from app.authenticator import prove
from app.language import N_, _
from data import leaving
from data.accounts import Member
from data.db import read
from data.leaving import Leaving

DELETED = N_("Your account was deleted.")


def section(member: Member) -> None:
    """Download my data; delete my account."""
    st.subheader(_("Download my data"), anchor=False)
    st.caption(
        _(
            "Your profile and security log, and everything you may see in your households, "
            "as tables in a zip file."
        )
    )
    with_files = st.checkbox(_("With photos and documents"), key="takeout.files")
    ui.download(f"{takeout.PATH}{'?files=1' if with_files else ''}", "caseback.zip")
    st.subheader(_("Delete my account"), anchor=False)
    with st.expander(_("What happens, and how")):
        _delete(member)


def _delete(member: Member) -> None:
    with read(member) as db:
        plan = leaving.plan(db, member.user_id)
    st.markdown(
        _(
            "You are signed out everywhere, and nothing of this can be undone. "
            "What you noted in households that stay, stays without your name. "
            "The security log keeps its lines for 400 days."
        )
    )
    chosen = leaving_form.ask(plan, "leaving")
    word = _("delete")
    with st.form("delete_account", border=False):
        current = st.text_input(
            _("Current password"),
            type="password",
            autocomplete="current-password",
            key="delete_account.current",
        )
        places = {"current": st.container()}
        typed = st.text_input(
            _("Write {word} to go on", word=f"“{word}”"),
            autocomplete="off",
            key="delete_account.typed",
        )
        places["typed"] = st.container()
        pressed = st.form_submit_button(_("Delete my account"), icon=":material/delete_forever:")
        places["household"] = st.container()
    if pressed:
        with auth.problems_at(places):
            leaving.check_typed(typed, word)
            _go(member, current, plan, chosen)


def _go(member: Member, current: str, plan: Sequence[Leaving], chosen: Mapping[UUID, str]) -> None:
    """Delete it; the sign-in form says so.

    Raises:
        RefusedError: a choice is missing, the password is wrong, or PostgreSQL refuses.
    """
    leaving_form.check(plan, chosen)
    prove(member, current, session.visitor())
    with session.write() as db:
        leaving.delete_account(db, member, chosen, session.visitor())
    session.forget(_(DELETED))
    st.rerun()

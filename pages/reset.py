"""A new password: asking for the link, and ``?code=…``, the link that was sent or handed over.

Opened by strangers and members alike. Whatever is wrong with a link, the page says the same.
"""

from contextlib import AbstractContextManager

import streamlit as st

from app import auth, resets, session, ui
from app.authenticator import LONGEST, LONGEST_EMAIL
from app.language import _
from data.errors import RefusedError
from data.resets import Reset

ASKED, DONE = "reset.asked", "reset.done"  # the address asked for; whether a password was set


def narrow() -> AbstractContextManager[object]:
    """Strangers see a door, members a page of theirs."""
    return auth.door() if session.find_member() is None else st.container(width=400)


def ask() -> None:
    """Which address; the answer is the same for every one."""
    if not resets.by_mail():
        ui.empty(
            _("Ask the admin of this box"),
            _(
                "This box can’t send you a link by e-mail. Its admin can make one for you, "
                "with which you choose a new password."
            ),
        )
    elif email := session.get(ASKED, ""):
        said = _(
            "If {email} is the address of an account here, a link is on its way to it. It works "
            "once, within an hour. Nothing there? Look into the folder for spam.",
            email=email,
        )
        ui.empty(_("Look into your mail"), said)
    else:
        st.title(_("Forgotten password"), anchor=False)
        ask_for_address()
    ui.links([ui.Link(_("Back to the sign-in"), "/")])


def ask_for_address() -> None:
    """The form; what is typed stays when it is refused."""
    st.caption(_("We send you a link with which you choose a new one."))
    with st.form("reset_ask", border=False):
        email = st.text_input(
            _("E-mail"), key="reset.email", autocomplete="username", max_chars=LONGEST_EMAIL
        )
        places = {"email": st.container()}
        pressed = st.form_submit_button(_("Send link"), type="primary", width="stretch")
    if pressed:
        with auth.problems_at(places):
            resets.ask(email.strip(), session.accepted_languages(), session.visitor())
            session.put(ASKED, email.strip())
            st.rerun()


def choose(code: str, reset: Reset) -> None:
    """The new password, of whom the link is for."""
    st.title(_("Choose a new password"), anchor=False)
    with st.form("reset_choose", border=False):
        st.text_input(
            _("E-mail"), reset.email, disabled=True, autocomplete="username", key="reset.of"
        )
        password = st.text_input(
            _("New password"),
            type="password",
            key="reset.password",
            autocomplete="new-password",
            max_chars=LONGEST,
            placeholder=_("12 characters or more"),
        )
        places = {"password": st.container()}
        st.caption(_("Every browser that is signed in to this account is signed out."))
        pressed = st.form_submit_button(_("Set password"), type="primary", width="stretch")
    if pressed:
        with auth.problems_at(places):
            resets.choose(code, password, session.accepted_languages(), session.visitor())
            session.put(DONE, value=True)
            st.rerun()


def by_link(code: str) -> None:
    """What the link is good for, or one sentence for all that is wrong with it."""
    try:
        reset = resets.find(code, session.visitor())
    except RefusedError as error:
        st.info(_(str(error)))
        return
    if reset:
        choose(code, reset)
    else:
        text = _("It may have been used, or its time is over.")
        ui.empty(_("This link can’t be used"), text)
        ui.links([ui.Link(_("Ask for a new one"), "/reset"), ui.Link(_("Sign in"), "/")])


with narrow():
    if session.get(DONE, default=False):
        ui.empty(_("Your new password is set"), _("Sign in with it."))
        ui.links([ui.Link(_("Sign in"), "/")])
    elif code := st.query_params.get("code", ""):
        by_link(code)
    else:
        ask()

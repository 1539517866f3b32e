"""The form between the right password and the session: a code of the app, or a recovery code."""

from dataclasses import replace
from functools import partial

import streamlit as st

from app import auth, second_step, session
from app.auth import Way
from app.language import _
from data.second_step import HalfSignIn

FIELD = "second_step.code"


def waiting() -> HalfSignIn | None:
    """Who typed the right password in this browser and owes a code, if anybody."""
    return second_step.waiting(session.browser_secret())


def ask(half: HalfSignIn, way: Way) -> None:
    """Ask for the code; a right one leads on, and into the household of an invitation."""
    st.caption(_("Write the six digits of your authenticator app, or one of your recovery codes."))
    with st.form("second_step", border=False):
        code = st.text_input(
            _("Code"),
            key=FIELD,
            autocomplete="one-time-code",
            max_chars=second_step.LONGEST_CODE,
        )
        places = {"code": st.container()}
        pressed = st.form_submit_button(_("Sign in"), type="primary", width="stretch")
    st.button(_("Start over"), type="tertiary", on_click=partial(_start_over, half))
    if pressed:
        with auth.problems_at(places):
            secret = session.browser_secret()
            passed = second_step.take(secret, code, session.visitor())
            auth.go_in(
                passed.user_id,
                replace(way, invitation_hash=passed.invitation_hash),
                passed=True,
            )


def say_over() -> None:
    """In place of the form: why the code that was sent by it is not looked at."""
    if session.held(FIELD, ""):
        st.info(_(second_step.OVER))


def _start_over(half: HalfSignIn) -> None:
    second_step.give_up(half, session.browser_secret())
    session.fill(FIELD, "")

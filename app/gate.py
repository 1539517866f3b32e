"""The front door in the place of a page: sign in, take the second step, or create an account."""

from urllib.parse import urlencode

import streamlit as st

from app import auth, oidc_form, second_step_form, session
from app.auth import Way
from app.language import N_, _
from app.oidc_routes import TROUBLE
from data import accounts
from data.db import read

FIRST = N_("This box is new. The first account becomes its admin and decides who may join.")


def here(url_path: str) -> str:
    """The address that is being visited, to come back to after signing in."""
    names = [name for name in st.query_params if name != TROUBLE]
    found = [(name, value) for name in names for value in st.query_params.get_all(name)]
    return f"/{url_path}" + (f"?{urlencode(found)}" if found else "")


def gate(next_path: str) -> None:
    """Ask who is there, in place of the page; the address stays, and is where they land."""
    with read(None) as db:
        is_first = not accounts.has_accounts(db)
        is_open = accounts.registration_is_open(db)
    half = second_step_form.waiting()
    with auth.door():
        if auth.is_arriving():
            auth.go_on()
        elif half is not None:
            st.title(_("One more step"), anchor=False)
            way = Way(next_path if half.invitation_hash is None else "/")
            second_step_form.ask(half, way)
        elif is_open and session.get("creating_account", default=is_first):
            title = _("Create the first account") if is_first else _("Create an account")
            st.title(title, anchor=False)
            if is_first:
                st.caption(_(FIRST))
            auth.ask_for_account(Way(next_path), may_sign_in=not is_first)
            oidc_form.offer(next_path)
        else:
            st.title(_("Sign in"), anchor=False)
            oidc_form.say_trouble()
            second_step_form.say_over()
            auth.ask_who(Way(next_path), may_sign_up=is_open)
            oidc_form.offer(next_path)

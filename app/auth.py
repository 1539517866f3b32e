"""The front door: the forms to sign in and to create an account, and the way out."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import palette, session, ui
from app.authenticator import (
    END,
    LONGEST,
    LONGEST_EMAIL,
    LONGEST_NAME,
    NewAccount,
    by_field,
    handoff_url,
    sign_in,
    sign_up,
)
from data import accounts, currencies
from data.accounts import Visitor
from data.db import read
from data.errors import RefusedError

ASSETS = Path(__file__).parent / "assets"
Places = Mapping[str, DeltaGenerator]  # field → the container right under it
FIRST = "This box is new. The first account becomes its admin and decides who may join."
NO_COOKIE = "Signing in needs a cookie, and this browser refuses it. Allow cookies for this site."

BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Way:
    """How these forms prove who is there, and where they lead."""

    next_path: str
    household_id: UUID | None = None  # to look at; None: the one looked at last
    sign_in: Callable[[str, str, Visitor], UUID] = sign_in
    sign_up: Callable[[NewAccount, Visitor], UUID] = sign_up


# Registered once, at import: registering again warns.
_leave = st.components.v2.component("session", js=(ASSETS / "session.js").read_text("utf-8"))


def here(url_path: str) -> str:
    """The address that is being visited, to come back to after signing in."""
    found = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    return f"/{url_path}" + (f"?{urlencode(found)}" if found else "")


def gate(next_path: str) -> None:
    """Ask who is there, in place of the page; the address stays, and is where they land."""
    with read(None) as db:
        is_first = not accounts.has_accounts(db)
        is_open = accounts.registration_is_open(db)
    with door():
        if is_open and session.get("creating_account", default=is_first):
            title = "Create the first account" if is_first else "Create an account"
            st.title(title, anchor=False)
            if is_first:
                st.caption(FIRST)
            ask_for_account(Way(next_path), may_sign_in=not is_first)
        else:
            st.title("Sign in", anchor=False)
            ask_who(Way(next_path), may_sign_up=is_open)


@contextmanager
def door() -> Iterator[None]:
    """The narrow column in the middle that strangers see, under our name."""
    with st.container(horizontal_alignment="center"), st.container(width=400, key="gate"):
        st.space("large")
        dark = palette.current().mode == "dark"
        st.image(str(ASSETS / ("wordmark_dark.svg" if dark else "wordmark.svg")), alt="Caseback")
        st.space("small")
        yield


def sign_out_button() -> None:
    """Ends the session of this browser, in all of its tabs."""
    if st.button("Sign out", icon=":material/logout:", type="tertiary"):
        _leave(data={"end": END}, key="session.end")


def ask_who(way: Way, *, may_sign_up: bool) -> None:
    """The sign-in form; a wrong password keeps the e-mail address."""
    st.space("xxsmall")
    if session.was_signed_in():
        st.info("You were signed out. Sign in to go on.")
    with st.form("sign_in", border=False):
        email = st.text_input(
            "E-mail", key="sign_in.email", autocomplete="username", max_chars=LONGEST_EMAIL
        )
        email_problem = st.container()
        password = st.text_input(
            "Password", type="password", key="sign_in.password", autocomplete="current-password"
        )
        password_problem = st.container()
        pressed = st.form_submit_button("Sign in", type="primary", width="stretch")
    if may_sign_up:
        st.button(
            "Create an account",
            type="tertiary",
            on_click=partial(session.put, "creating_account", value=True),
        )
    if pressed:
        places = {"email": email_problem, "password": password_problem}
        let_in(partial(way.sign_in, email.strip(), password, session.visitor()), way, places)


def ask_for_account(way: Way, *, may_sign_in: bool, invited: str | None = None) -> None:
    """The form for a new account; who fills it in is signed in at once.

    ``invited``: the e-mail address of an invitation ("" for none); its household is named already.
    """
    places: dict[str, DeltaGenerator] = {}
    with st.form("sign_up", border=False):
        name = st.text_input(
            "Your name", key="sign_up.name", autocomplete="name", max_chars=LONGEST_NAME
        )
        places["name"] = st.container()
        email = st.text_input(
            "E-mail",
            invited or "",
            key="sign_up.email",
            autocomplete="username",
            max_chars=LONGEST_EMAIL,
        )
        places["email"] = st.container()
        password = st.text_input(
            "Password",
            type="password",
            key="sign_up.password",
            autocomplete="new-password",
            max_chars=LONGEST,
            placeholder="12 characters or more",
        )
        places["password"] = st.container()
        household = _ask_for_household(places) if invited is None else ""
        currency = choose_currency(currencies.of_locale(st.context.locale), key="sign_up.currency")
        places["currency"] = st.container()
        pressed = st.form_submit_button("Create account", type="primary", width="stretch")
    if may_sign_in:
        st.button(
            "I have an account",
            type="tertiary",
            on_click=partial(session.put, "creating_account", value=False),
        )
    if pressed:
        draft = NewAccount(name.strip(), email.strip(), password, household.strip(), currency)
        let_in(partial(way.sign_up, draft, session.visitor()), way, places)


def _ask_for_household(places: dict[str, DeltaGenerator]) -> str:
    household = st.text_input(
        "Household",
        key="sign_up.household",
        autocomplete="off",
        max_chars=LONGEST_NAME,
        placeholder="Empty: your name’s watches",
        help="The people who share one collection. You can rename it later.",
    )
    places["household"] = st.container()
    return household


def choose_currency(chosen: str, key: str) -> str:
    """The list of currencies, for the one a person reads amounts in."""
    codes = list(dict.fromkeys([*currencies.CURRENCIES, chosen]))
    return st.selectbox(
        "Currency",
        codes,
        index=codes.index(chosen),
        format_func=currencies.name,
        key=key,
        help="All amounts are shown in this currency as well. Every watch keeps its own.",
    )


def browser_name(client: str) -> str:
    """A browser's own description in a few words: "Firefox on Windows"."""
    name = next((name for mark, name in BROWSERS.items() if f"{mark}/" in client), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in client), "")
    return " on ".join(filter(None, [name or "A browser", system]))


def let_in(prove: Callable[[], UUID], way: Way, places: Places) -> None:
    """Send the browser on if it proves who is there; else say at the field what to change."""
    with problems_at(places):
        user_id = prove()
        if session.visitor().address and not session.browser_secret():
            raise RefusedError({"": NO_COOKIE})
        url = handoff_url(user_id, way.next_path, session.browser_secret(), way.household_id)
        _leave(data={"go": url}, key="session.go")
        st.caption("Signing in …")


@contextmanager
def problems_at(places: Places) -> Iterator[None]:
    """Show a refusal: each sentence under its field, what belongs to no field below the form."""
    try:
        yield
    except RefusedError as error:
        problems = by_field(error).problems
        for name, place in places.items():
            with place:
                ui.field_problem(problems, name)
        for name in problems.keys() - places.keys():
            st.error(ui.plain(problems[name]))

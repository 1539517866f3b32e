"""The front door: the forms to sign in and to create an account, and the way out."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import monotonic
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import amounts, invited, navigation, palette, second_step, session, ui
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
from app.language import N_, _
from data import currencies
from data.accounts import Visitor
from data.errors import RefusedError

ASSETS = Path(__file__).parent / "assets"
ARRIVAL, SECONDS = "auth.arrival", 30  # in the session, and how long it leads on
Places = Mapping[str, DeltaGenerator]  # field → the container right under it
NO_COOKIE = N_(
    "Signing in needs a cookie, and this browser refuses it. Allow cookies for this site."
)

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
    invitation_hash: bytes | None = None  # accepted by who proves that they have an account
    sign_up: Callable[[NewAccount, Visitor], UUID] = sign_up


@dataclass(frozen=True)
class Arrival:
    """Who has just come in by a code or an invitation: it works once, a form may be sent twice."""

    user_id: UUID
    way: Way
    passed: bool = False  # the second step as well
    at: float = field(default_factory=monotonic)


# Registered once, at import: registering again warns.
_leave = st.components.v2.component("session", js=(ASSETS / "session.js").read_text("utf-8"))


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
    if st.button(_("Sign out"), icon=":material/logout:", type="tertiary"):
        _leave(data={"end": END}, key="session.end")


def ask_who(way: Way, *, may_sign_up: bool) -> None:
    """The sign-in form; a wrong password keeps the e-mail address."""
    st.space("xxsmall")
    if farewell := session.farewell():
        st.info(farewell)
    elif session.was_signed_in():
        st.info(_("You were signed out. Sign in to go on."))
    with st.form("sign_in", border=False):
        email = st.text_input(
            _("E-mail"), key="sign_in.email", autocomplete="username", max_chars=LONGEST_EMAIL
        )
        email_problem = st.container()
        password = st.text_input(
            _("Password"), type="password", key="sign_in.password", autocomplete="current-password"
        )
        password_problem = st.container()
        pressed = st.form_submit_button(_("Sign in"), type="primary", width="stretch")
    with st.container(horizontal=True, horizontal_alignment="distribute", gap=None):
        if may_sign_up:
            st.button(
                _("Create an account"),
                type="tertiary",
                on_click=partial(session.put, "creating_account", value=True),
            )
        st.page_link(navigation.RESET, label=_("Forgotten password?"), width="content")
    if pressed:
        places = {"email": email_problem, "password": password_problem}
        let_in(partial(sign_in, email.strip(), password, session.visitor()), way, places)


def ask_for_account(way: Way, *, may_sign_in: bool, invited: str | None = None) -> None:
    """The form for a new account; who fills it in is signed in at once.

    ``invited``: the e-mail address of an invitation ("" for none); its household is named already.
    """
    places: dict[str, DeltaGenerator] = {}
    with st.form("sign_up", border=False):
        name = st.text_input(
            _("Your name"), key="sign_up.name", autocomplete="name", max_chars=LONGEST_NAME
        )
        places["name"] = st.container()
        email = st.text_input(
            _("E-mail"),
            invited or "",
            key="sign_up.email",
            autocomplete="username",
            max_chars=LONGEST_EMAIL,
        )
        places["email"] = st.container()
        password = st.text_input(
            _("Password"),
            type="password",
            key="sign_up.password",
            autocomplete="new-password",
            max_chars=LONGEST,
            placeholder=_("12 characters or more"),
        )
        places["password"] = st.container()
        household = _ask_for_household(places) if invited is None else ""
        currency = choose_currency(currencies.of_locale(st.context.locale), key="sign_up.currency")
        places["currency"] = st.container()
        pressed = st.form_submit_button(_("Create account"), type="primary", width="stretch")
    if may_sign_in:
        st.button(
            _("I have an account"),
            type="tertiary",
            on_click=partial(session.put, "creating_account", value=False),
        )
    if pressed:
        draft = NewAccount(name.strip(), email.strip(), password, household.strip(), currency)
        let_in(partial(way.sign_up, draft, session.visitor()), way, places)


def _ask_for_household(places: dict[str, DeltaGenerator]) -> str:
    household = st.text_input(
        _("Household"),
        key="sign_up.household",
        autocomplete="off",
        max_chars=LONGEST_NAME,
        placeholder=_("Empty: your name’s watches"),
        help=_("The people who share one collection. You can rename it later."),
    )
    places["household"] = st.container()
    return household


def choose_currency(chosen: str, key: str) -> str:
    """The list of currencies, for the one a person reads amounts in."""
    codes = list(dict.fromkeys([*currencies.CURRENCIES, chosen]))
    return st.selectbox(
        _("Currency"),
        codes,
        index=codes.index(chosen),
        format_func=amounts.named,
        key=key,
        help=_("All amounts are shown in this currency as well. Every watch keeps its own."),
    )


def browser_name(client: str) -> str:
    """A browser's own description in a few words: "Firefox on Windows"."""
    name = next((name for mark, name in BROWSERS.items() if f"{mark}/" in client), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in client), "")
    name = name or _("A browser")
    return _("{browser} on {system}", browser=name, system=system) if system else name


def let_in(prove: Callable[[], UUID], way: Way, places: Places) -> None:
    """Send the browser on if it proves who is there; else say at the field what to change.

    An account with a second step is asked for its code first, by the next run (app/gate.py).
    """
    with problems_at(places):
        user_id = prove()
        if session.visitor().address and not session.browser_secret():
            raise RefusedError({"": NO_COOKIE})
        if second_step.is_asked_for(user_id):
            second_step.begin(user_id, session.browser_secret(), way.invitation_hash)
            st.rerun()
        go_in(user_id, way)


def go_in(user_id: UUID, way: Way, *, passed: bool = False) -> None:
    """Sign this browser in, once it is proved who is there; ``passed``: by the second step too.

    Raises:
        RefusedError: the invitation is not good any more, or the second step was not taken.
    """
    if way.invitation_hash is not None:
        home = invited.accept(user_id, way.invitation_hash, session.visitor())
        way = replace(way, household_id=home, invitation_hash=None)
        arrived(user_id, way, passed=passed)
    elif passed:
        arrived(user_id, way, passed=True)
    _hand_off(user_id, way, passed=passed)


def arrived(user_id: UUID, way: Way, *, passed: bool = False) -> None:
    """Note who has come in by what works once: a form may be sent twice."""
    session.put(ARRIVAL, Arrival(user_id, way, passed))


def is_arriving() -> bool:
    """Whether somebody has just come in by this tab."""
    return _arrival() is not None


def _arrival() -> Arrival | None:
    found: Arrival | None = session.get(ARRIVAL, None)
    return found if found and monotonic() - found.at < SECONDS else None


def go_on() -> None:
    """Lead on who is arriving."""
    if found := _arrival():
        with problems_at({}):
            _hand_off(found.user_id, found.way, passed=found.passed)


def _hand_off(user_id: UUID, way: Way, *, passed: bool) -> None:
    secret = session.browser_secret()
    leave_for(handoff_url(user_id, way.next_path, secret, way.household_id, passed=passed))
    st.caption(_("Signing in …"))


def leave_for(url: str) -> None:
    """Leave this page for an address."""
    _leave(data={"go": url}, key="session.go")


@contextmanager
def problems_at(places: Places) -> Iterator[None]:
    """Show a refusal: each sentence under its field, what belongs to no field below the form."""
    try:
        yield
    except RefusedError as error:
        found = by_field(error).problems
        problems = {name: _(sentence) for name, sentence in found.items()}
        for name, place in places.items():
            with place:
                ui.field_problem(problems, name)
        for name in problems.keys() - places.keys():
            st.error(ui.plain(problems[name]))

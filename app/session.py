"""Who is here, what day it is, and every session_state key behind a function."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from sqlalchemy import Connection
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState

from data import accounts, db
from data.accounts import Member, Visitor
from data.errors import AppError
from data.said import said

T = TypeVar("T")
HERE = "household_here"  # the household that the run before looked at
READER = "reader"  # who this session writes for
FOUND = "watch_member"  # the attribute of a rerun's context that keeps who was found


class SignedOutError(AppError):
    """The session ended meanwhile: signed out elsewhere, password changed, expired."""


class MovedError(AppError):
    """This browser looks at another household meanwhile: chosen in another tab, or removed."""


def member() -> Member:
    """The signed-in member, as of this rerun. In a page there always is one.

    Raises:
        SignedOutError: in a callback, whose session has ended meanwhile.
        MovedError: in a callback on a page of a household that is not looked at any more.
    """
    found = find_member()
    if found is None:
        _leave(SignedOutError(said("You were signed out. Sign in to go on.")))
    if st.session_state.get(HERE, found.household_id) != found.household_id:
        told = said(
            "You are looking at {household} now. Nothing was changed.", household=found.household
        )
        _leave(MovedError(told))
    return found


def entered(found: Member) -> bool:
    """Note which household is looked at; True when the run before looked at another one.

    What was opened and typed there is forgotten, and a button pressed there does nothing: a form
    of one household must not write into another.
    """
    before = st.session_state.get(HERE, found.household_id)
    if before != found.household_id:
        st.session_state.clear()
    st.session_state[HERE] = found.household_id
    return bool(before != found.household_id)


def find_member() -> Member | None:
    """Who is here, or None. Asked of PostgreSQL once a rerun, and again in each callback.

    A fragment's rerun asks again, so a session that was ended ends in a fragment too. What a
    callback finds is not kept: the page that runs after it must see what it wrote.
    """
    context = get_script_run_ctx()
    if context is None or ThreadState.get().run_location is RunLocation.CALLBACK:
        return _look_up()
    rerun, found = getattr(context, FOUND, (None, None))
    if rerun is not context.cursors:  # Streamlit makes a new one for each rerun
        found = _look_up()
        setattr(context, FOUND, (context.cursors, found))
    return cast("Member | None", found)


def _look_up() -> Member | None:
    token_hash = session_hash()
    if not token_hash:
        return None
    with db.read(None) as connection:
        return accounts.find_member(connection, token_hash)


def _leave(reason: AppError) -> NoReturn:
    """Let main.py decide anew. A callback cannot rerun the page, so there it is an error."""
    if get_script_run_ctx() and ThreadState.get().run_location is not RunLocation.CALLBACK:
        st.rerun()
    raise reason


@contextmanager
def write() -> Iterator[Connection]:
    """``db.write`` for the signed-in member; what this rerun reads afterwards is fresh.

    Raises:
        RefusedError, UnavailableError: as ``db.write``.
    """
    with db.write(member()) as connection:
        yield connection
    if context := get_script_run_ctx():
        setattr(context, FOUND, (None, None))


def session_hash() -> bytes:
    """SHA-256 of this browser's session token, from the middleware; empty when signed out."""
    sent = st.user.get("session")
    try:
        return bytes.fromhex(sent) if isinstance(sent, str) else b""
    except ValueError:
        return b""


def visitor() -> Visitor:
    """Where this browser is, for the security log."""
    headers = _headers()
    return Visitor(headers.get("x-app-address", ""), headers.get("user-agent", ""))


def site() -> str:
    """Where this browser reaches the app: scheme and host, for links to hand on."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def browser_secret() -> str:
    """What tells this browser from all others before anybody is signed in."""
    return _headers().get("x-app-browser", "")


def on_a_phone() -> bool:
    """Whether this browser says that it is one of a phone."""
    return "Mobi" in _headers().get("user-agent", "")


def _headers() -> dict[str, str]:
    """The headers of this browser's connection; empty in tests without a browser."""
    sent = st.context.headers
    return {name: sent.get(name) or "" for name in ("user-agent", "x-app-address", "x-app-browser")}


def kept_reader(otherwise: T) -> T:
    """Who this session writes for, as main.py found out; see app/language.py."""
    if get_script_run_ctx() is None:
        return otherwise
    return cast("T", st.session_state.get(READER, otherwise))


def keep_reader(reader: object) -> None:
    """Remember who this session writes for; its callbacks and fragments run without main.py."""
    st.session_state[READER] = reader


def cookie(name: str) -> str:
    """A cookie of this browser, as of when the page was loaded; empty without."""
    return st.context.cookies.get(name) or ""


def accepted_languages() -> str:
    """What this browser asks texts to be in, as its Accept-Language says."""
    return st.context.headers.get("accept-language") or ""


def today() -> date:
    """Today where the member is: in their own time zone, else the browser's, else UTC."""
    return datetime.now(time_zone()).date()


def time_zone() -> ZoneInfo:
    """The member's own time zone, else the browser's, else UTC."""
    here = find_member()
    for name in (here and here.time_zone, st.context.timezone):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def opened(form: str, load: Callable[[], T]) -> T:
    """What a form showed when it was opened; reruns keep it until ``close(form)``."""
    key = f"opened.{form}"
    if key not in st.session_state:
        st.session_state[key] = load()
    return cast("T", st.session_state[key])


def close(form: str) -> None:
    """Forget an opened form; the next visit reads afresh."""
    st.session_state.pop(f"opened.{form}", None)


def notice(text: str) -> None:
    """Say something once, on whichever page shows next: ``notice("Watch added.")``."""
    st.session_state.setdefault("notices", []).append(text)


def show_notices() -> None:
    """Show what was to be said; main.py does this on every page."""
    for text in st.session_state.pop("notices", []):
        st.toast(text)


def get(key: str, default: T) -> T:
    """A small piece of a page's state: ``session.get("watches.view", "grid")``."""
    return cast("T", st.session_state.get(f"page.{key}", default))


def put(key: str, value: object) -> None:
    """Keep a small piece of a page's state until the browser tab closes."""
    st.session_state[f"page.{key}"] = value


def drop(key: str) -> Any:
    """Forget a small piece of a page's state; returns what it was, or None."""
    return st.session_state.pop(f"page.{key}", None)


def is_shown(key: str) -> bool:
    """Whether a keyed field stood on the page in the run before; not on a page just opened."""
    return key in st.session_state


def held(key: str, default: T) -> T:
    """What a keyed field holds; ``default`` if it does not stand on the page."""
    return cast("T", st.session_state.get(key, default))


def hold(key: str) -> None:
    """In the callback of a field bound to the URL: write what it holds into the URL ourselves.

    The browser changes the URL by itself, but what it sends with the first rerun is the old one:
    a page that changes something else in the URL then would bring the old text back.
    """
    st.session_state[key] = st.session_state[key]


def fill(key: str, value: object) -> None:
    """What a keyed field holds from now on; before it is drawn."""
    st.session_state[key] = value


def remember_signed_in() -> None:
    """Note that somebody was signed in here, so that a sign-in form can say why it shows."""
    st.session_state["was_signed_in"] = True


def forget(farewell: str) -> None:
    """Forget all that this session typed and opened; the sign-in form says farewell."""
    st.session_state.clear()
    put("farewell", farewell)


def farewell() -> str:
    """What the sign-in form is to say to who has left for good, once."""
    return cast("str", drop("farewell") or "")


def was_signed_in() -> bool:
    """Whether somebody was signed in on this page before its session ended."""
    return bool(st.session_state.get("was_signed_in"))

"""The part of the account page about two-step sign-in: on, off, and the recovery codes."""

import streamlit as st
from sqlalchemy import Connection

from app import auth, invite_markup, second_step, session, ui
from app import format as say
from app.authenticator import prove
from app.language import N_, _, ngettext
from data import second_step as stored
from data.accounts import Member
from data.db import read
from data.errors import AppError
from data.second_step import State

CODES = "second_step.codes"  # in the session: shown once, until "Done" or the page is left
ON = N_("Two-step sign-in is on.")
OFF = N_("Two-step sign-in is off.")
LOW = 3  # recovery codes; fewer, and the page says so


def section(member: Member) -> None:
    """Whether a code is asked for after the password, and the way to change that."""
    st.subheader(_("Two-step sign-in"), anchor=False)
    codes: list[str] = session.get(CODES, [])
    if codes:
        _show_codes(codes)
        return
    with read(member) as db:
        state = stored.find(db, member)
        secret = _secret_to_confirm(db, member) if state is None else None
    if state is not None:
        _is_on(member, state)
    elif secret is not None:
        _ask_for_first_code(member, secret)
    else:
        _is_off(member)


def _secret_to_confirm(db: Connection, member: Member) -> str | None:
    try:
        return stored.being_set_up(db, member)
    except AppError:  # the key of this box was replaced meanwhile: begin again
        return None


def _is_off(member: Member) -> None:
    st.caption(
        _("Off. When it is on, signing in asks for a code from an app on your phone as well.")
    )
    with st.form("second_step_on"):
        current = _ask_for_password("second_step.on")
        places = {"current": st.container()}
        pressed = st.form_submit_button(_("Turn on"))
    if pressed:
        with auth.problems_at(places):
            prove(member, current, session.visitor())
            with session.write() as db:
                stored.start(db, member, second_step.new_secret())
            st.rerun()


def _ask_for_first_code(member: Member, secret: str) -> None:
    """The secret, to scan or to type; on the phone itself, to open in the app."""
    uri = second_step.uri(secret, member.email)
    st.markdown(_("Scan this with an authenticator app, then write the code that it shows."))
    ui.piece(invite_markup.qr_code(uri, _("The secret of this account as a QR code")))
    with st.expander(_("No camera at hand")):
        st.caption(_("Type this key into the app. It is time-based, six digits."))
        st.code(_in_fours(secret), language=None, wrap_lines=True)
    with st.form("second_step_confirm"):
        code = st.text_input(
            _("Code"),
            key="second_step.first",
            autocomplete="one-time-code",
            max_chars=second_step.LONGEST_CODE,
        )
        places = {"code": st.container()}
        pressed = st.form_submit_button(_("Confirm"), type="primary")
    if st.button(_("Cancel"), type="tertiary", key="second_step.cancel"):
        with session.write() as db:
            stored.cancel(db, member)
        st.rerun()
    if pressed:
        with auth.problems_at(places):
            session.put(CODES, second_step.confirm(member, code, session.visitor()))
            session.notice(_(ON))
            st.rerun()


def _in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _show_codes(codes: list[str]) -> None:
    """Ten codes, to copy or to keep as a file; only their digests are kept here."""
    with st.container(border=True, key="recovery_codes"):
        st.markdown(_("**Keep these recovery codes.** They are shown only now."))
        st.caption(_("Without your phone, each of them signs you in once in place of a code."))
        text = "\n".join(codes)
        st.code(text, language=None)
        with st.container(horizontal=True):
            st.download_button(
                _("Download"),
                f"Caseback\n\n{text}\n",
                file_name="caseback-recovery-codes.txt",
                mime="text/plain",
                on_click="ignore",
                icon=":material/download:",
            )
            if st.button(_("I have kept them"), type="primary", key="recovery_codes.done"):
                session.drop(CODES)
                st.rerun()


def _is_on(member: Member, state: State) -> None:
    left = ngettext("{number} recovery code left", "{number} recovery codes left", state.codes_left)
    day = say.day(state.since.astimezone(session.time_zone()).date())
    st.markdown(_("On since {day}, {codes_left}.", day=day, codes_left=left))
    if state.codes_left < LOW:
        st.caption(_("Make new recovery codes before they run out."))
    with st.form("second_step_change"):
        current = _ask_for_password("second_step.change")
        places = {"current": st.container()}
        with st.container(horizontal=True):
            renewed = st.form_submit_button(_("New recovery codes"))
            off = st.form_submit_button(_("Turn off"))
    if renewed or off:
        with auth.problems_at(places):
            prove(member, current, session.visitor())
            _renew(member) if renewed else _turn_off(member)
            st.rerun()


def _renew(member: Member) -> None:
    codes = second_step.new_recovery_codes()
    with session.write() as db:
        stored.renew_codes(db, member, second_step.digests(codes), session.visitor())
    session.put(CODES, codes)


def _turn_off(member: Member) -> None:
    with session.write() as db:
        stored.switch_off(db, member, session.visitor())
    session.notice(_(OFF))


def _ask_for_password(key: str) -> str:
    return st.text_input(
        _("Current password"), type="password", autocomplete="current-password", key=key
    )

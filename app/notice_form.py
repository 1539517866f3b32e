"""The form of how a member wants notices: which, how early, by what way, and when not."""

from collections.abc import Callable
from datetime import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import auth, notice_words, rate_limits, session, ui
from app.authenticator import refuse_if
from app.language import N_, _
from data import mail, notices, push
from data.accounts import Member
from data.calc import sending
from data.db import read
from data.errors import AppError, RefusedError
from data.notices import Setting, SettingDraft

FORM = "notice_setting"
SAVED = N_("Saved.")
REMOVED = N_("Nothing is sent to your phone or chat any more.")
TEST, IT_WORKS = N_("A test"), N_("Notices arrive here.")


def section(member: Member) -> None:
    """The form; and below it, where notices leave the app, the way to test that."""
    with read(member) as db:
        stored = notices.setting(db, member)
    opened = session.opened(FORM, lambda: stored)
    st.subheader(_("What you want to be told"), anchor=False)
    with st.form(FORM, border=False):
        places: dict[str, DeltaGenerator] = {}
        kinds = st.pills(
            _("Kinds of notices"),
            list(notices.KINDS),
            selection_mode="multi",
            default=[kind for kind in notices.KINDS if kind in opened.kinds],
            format_func=lambda kind: _(notice_words.KINDS[kind]),
            key=f"{FORM}.kinds",
        )
        lead_days, percent = _how_early(opened, places)
        by_mail = _by_mail(member, opened)
        url = _push_url(opened)
        places["push_url"] = st.container()
        rhythm = st.selectbox(
            _("Send"),
            list(sending.RHYTHMS),
            sending.RHYTHMS.index(opened.rhythm),
            format_func=lambda one: _(notice_words.RHYTHMS[one]),
            help=_("By e-mail and to your phone or chat. In the app a notice shows at once."),
            key=f"{FORM}.rhythm",
        )
        quiet = _quiet(member, opened)
        places["quiet"] = st.container()
        pressed = st.form_submit_button(_("Save"), type="primary")
    if pressed:
        draft = SettingDraft(kinds, lead_days, percent, by_mail, rhythm, *quiet)
        _save(member, opened, draft, url, places)
    _other_ways(member, stored)


def _how_early(opened: Setting, places: dict[str, DeltaGenerator]) -> tuple[int, int]:
    left, right = st.columns(2)
    with left:
        lead_days = st.number_input(
            _("Days before a date"),
            0,
            notices.LONGEST_LEAD,
            opened.lead_days,
            help=_("How long before a service is due or a warranty ends."),
            key=f"{FORM}.lead_days",
        )
        places["lead_days"] = st.container()
    with right:
        percent = st.number_input(
            _("Price change, %"),
            1,
            notices.LARGEST_PERCENT,
            opened.price_percent,
            help=_("Within 30 days, or since the price before; once a month for a watch."),
            key=f"{FORM}.price_percent",
        )
        places["price_percent"] = st.container()
    return lead_days, percent


def _by_mail(member: Member, opened: Setting) -> bool:
    can = mail.is_configured()
    return st.checkbox(
        _("By e-mail"),
        opened.by_mail,
        disabled=not (can or opened.by_mail),
        help=member.email if can else _("This box can't send mail. Its admin can set that up."),
        key=f"{FORM}.by_mail",
    )


def _push_url(opened: Setting) -> str:
    """A new Apprise URL; the one that is kept is never shown again."""
    kept = _("Kept: {service}. Write another one to replace it.", service=opened.push_service)
    return st.text_input(
        _("To a phone or chat (Apprise URL)"),
        type="password",
        max_chars=push.LONGEST,
        autocomplete="off",
        placeholder=kept if opened.push_service else "ntfys://…",
        help=kept if opened.push_service else _("As Apprise writes it for your service."),
        key=f"{FORM}.push_url.{opened.version}",  # empty again once it is saved
    ).strip()


def _quiet(member: Member, opened: Setting) -> tuple[time | None, time | None]:
    zone = member.time_zone or "UTC"
    left, right = st.columns(2)
    with left:
        begins = st.time_input(
            _("Quiet from"),
            opened.quiet_from,
            help=_("Nothing is sent then. Time zone: {zone}, from your profile.", zone=zone),
            key=f"{FORM}.quiet_from",
        )
    with right:
        ends = st.time_input(_("Quiet until"), opened.quiet_until, key=f"{FORM}.quiet_until")
    return begins, ends


def _save(
    member: Member,
    opened: Setting,
    draft: SettingDraft,
    url: str,
    places: dict[str, DeltaGenerator],
) -> None:
    with auth.problems_at(places):
        try:
            draft.check()
            too_many = url and not rate_limits.take("notice_url", str(member.user_id))
            refuse_if({"push_url": rate_limits.SENTENCES["notice_url"] if too_many else ""})
            service = push.check(url) if url else ""
            with session.write() as db:
                notices.change_setting(db, member, opened, draft)
                if url:
                    notices.set_push(db, member, url, service)
        except RefusedError:
            raise
        except AppError as error:  # in conflict, or the service can't be reached
            raise RefusedError({"": str(error)}) from error
        _again(SAVED)


def _other_ways(member: Member, stored: Setting) -> None:
    """What can be done with the ways that are switched on."""
    if not (stored.push_service or stored.by_mail):
        return
    with st.container(horizontal=True):
        if st.button(_("Send a test"), icon=":material/send:", key="notices.test"):
            _test(member, stored)
        if stored.push_service and st.button(
            _("Remove {service}", service=stored.push_service), key="notices.unpush"
        ):
            with session.write() as db:
                notices.set_push(db, member, "", "")
            _again(REMOVED)


def _test(member: Member, stored: Setting) -> None:
    """Send one message by each way, now, whatever the hour; say which arrived."""
    if not rate_limits.take("notice_test", str(member.user_id)):
        st.error(_(rate_limits.SENTENCES["notice_test"]))
        return
    ways: dict[str, Callable[[], None]] = {}
    if stored.by_mail:
        ways[member.email] = lambda: mail.send(member.email, _(TEST), _(IT_WORKS) + "\n")
    if stored.push_service:
        ways[stored.push_service] = lambda: _push(member)
    for name, send in ways.items():
        try:
            with st.spinner(_("Sending…")):
                send()
        except AppError as error:
            st.error(ui.plain(f"{name}: {_(str(error))}"))
        else:
            st.success(ui.plain(_("Sent to {name}.", name=name)))


def _push(member: Member) -> None:
    """Raises UnavailableError."""
    with read(member) as db:
        url = notices.push_url(db, member)
    push.send(url, _(TEST), _(IT_WORKS))


def _again(sentence: str) -> None:
    session.close(FORM)
    session.notice(_(sentence))
    st.rerun()

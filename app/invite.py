"""Inviting: the form, the link that is shown once, and the invitations that are still open."""

import secrets
from urllib.parse import urlencode

import streamlit as st

from app import auth, invite_markup, mailing, rate_limits, session, ui
from app import format as say
from app.authenticator import LONGEST_EMAIL, RULES, digest, refuse_if
from app.language import N_, _, pgettext
from app.member_words import AS, ROLES, explained, role_name
from data import mail, members
from data.accounts import Member
from data.db import read
from data.errors import AppError, RefusedError, UnavailableError
from data.members import Invitation

LINK = "sharing.link"  # the newest invitation's, until the page is left
SENT = "sharing.sent"  # … and whether it went out by mail too, as a sentence
LONGEST_NOTE = 200
TOO_MANY = N_("You made many invitations in a short time. Try again in an hour.")
BY_HAND = N_("Fills in their form. The link works for whoever has it, so hand it on with care.")
BY_MAIL = N_("The link is sent there too. It works for whoever has it, so hand it on with care.")


def form(member: Member) -> None:
    """Ask whom to invite to what; then, in its place, the link."""
    if link := session.get(LINK, ""):
        _show(link)
        return
    with st.form("invite", border=False, clear_on_submit=False):
        role = st.radio(_("Role"), list(ROLES), index=1, format_func=explained, key="invite.role")
        email = st.text_input(
            _("E-mail (optional)"),
            max_chars=LONGEST_EMAIL,
            autocomplete="off",
            help=_(BY_MAIL if mailing.is_configured() else BY_HAND),
            key="invite.email",
        )
        places = {"email": st.container()}
        note = st.text_input(
            _("Note (optional)"),
            max_chars=LONGEST_NOTE,
            autocomplete="off",
            help=_("For you, to tell open invitations apart."),
            key="invite.note",
        )
        places["note"] = st.container()
        pressed = st.form_submit_button(_("Create invitation"), type="primary")
    if pressed:
        with auth.problems_at(places):
            link = _create(member, role, email.strip(), note.strip())
            session.put(LINK, link)
            session.put(SENT, _sent(member, role, email.strip(), link))
            st.rerun()


def _create(member: Member, role: str, email: str, note: str) -> str:
    """A new link.

    Raises:
        RefusedError: with a sentence for every wrong field, or because there were too many.
    """
    refuse_if({"email": email and RULES.diagnose_email(email)})
    if not rate_limits.take("invite", str(member.user_id)):
        raise RefusedError({"": TOO_MANY})
    code = secrets.token_urlsafe(32)
    with session.write() as db:
        members.invite(
            db,
            member,
            digest(code),
            role=role,
            email=email or None,
            note=note or None,
            visitor=session.visitor(),
        )
    return f"{mailing.site()}/join?{urlencode({'code': code})}"


def _sent(member: Member, role: str, email: str, link: str) -> str:
    """Send the link if this box can and an address was given; says whether it went out."""
    if not email or not mail.is_configured():
        return ""
    names = {"inviter": member.name, "household": member.household, "link": link}
    try:
        mail.send(
            email,
            _("{inviter} invites you to {household}", **names),
            _(
                "Hello,\n\n"
                "{inviter} invites you to {household}, a collection of watches, as {role}.\n\n"
                "Join here within 7 days. The link works once:\n\n"
                "{link}\n\n"
                "If you do not know {inviter}, do nothing.\n",
                role=_(AS[role]),
                **names,
            ),
        )
    except UnavailableError as error:
        return _("It was not sent to {email}. {why}", email=email, why=_(str(error)))
    return _("It was sent to {email}.", email=email)


def _show(link: str) -> None:
    """The link to copy and to scan; only its digest is kept, so this is the only time."""
    with st.container(border=True, key="invite_link"):
        st.markdown(
            _("**Send this link.** It is shown only now, works once and is good for 7 days.")
        )
        if sent := session.get(SENT, ""):
            st.caption(ui.plain(sent))
        st.code(link, language=None, wrap_lines=True)
        ui.piece(invite_markup.qr_code(link, _("The link of the invitation as a QR code")))
        if st.button(pgettext("button", "Done"), key="invite.done"):
            session.drop(LINK)
            session.drop(SENT)
            st.rerun()


def open_ones(member: Member) -> None:
    """The invitations that still open the door, each with the way to take it back."""
    with read(member) as db:
        waiting = members.invitations(db, member)
    if not waiting:
        return
    st.header(_("Open invitations"), anchor=False)
    for one in waiting:
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.markdown(_said(one), width="content")
            if st.button(_("Revoke"), key=f"invite.revoke.{one.invitation_id}"):
                _revoke(member, one)


def _said(one: Invitation) -> str:
    """Whom it is for and how long it is good."""
    whom = " · ".join(filter(None, [one.email, one.note])) or _("Whoever has the link")
    until = say.ago(one.expires_at.astimezone(session.time_zone()).date(), session.today())
    more = _("by {inviter} · ends {when}", inviter=one.inviter, when=until)
    return f"{ui.plain(whom)}  \n:gray[{ui.plain(role_name(one.role))} · {ui.plain(more)}]"


def _revoke(member: Member, one: Invitation) -> None:
    try:
        with session.write() as db:
            members.revoke(db, member, one, session.visitor())
        session.notice(_("The invitation was taken back."))
    except AppError as error:
        session.notice(ui.plain(_(str(error))))
    session.drop(LINK)
    st.rerun()

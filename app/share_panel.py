"""The dialog that makes a share link, opened by ``?share=new`` on the page of what is shared.

The link is shown once, right after it was made: only its digest is kept.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

import streamlit as st

from app import amounts, invite_markup, navigation, rate_limits, record_form, session, ui
from app.authenticator import LONGEST, RULES, digest, hash_password, refuse_if
from app.language import N_, _, pgettext
from app.record_form import Places
from data import share_links
from data.collections import Collection
from data.errors import RefusedError
from data.share_links import COLLECTION, COMPARISON, DAYS, NOTE_LIMIT, OVERVIEW, WATCH, LinkDraft
from data.watches import Watch

ASKED, NEW = "share", "new"  # in the URL
OTHERS = {"value", "service", "expense"}  # dialogs that the URL may open on the same page
MADE = "share.made"  # what was shared last, and its link; until the dialog is left
UNTIL = {
    1: N_("1 day"),
    7: N_("1 week"),
    DAYS: N_("30 days"),
    90: N_("90 days"),
    365: N_("1 year"),
    0: N_("Until it is revoked"),
}
FIELD_OF = {"share_link_note_length": "note", "share_link_time_plausible": "days"}
TOO_MANY = N_("You made many links in a short time. Try again in an hour.")
PARTS = {  # option → its name, and what to know about it
    "show_values": (N_("Values"), ""),
    "show_prices": (
        N_("Purchase prices"),
        N_("With values also gains. Unvalued watches count at cost."),
    ),
    "show_serials": (N_("Serial numbers"), N_("Photos of serial numbers too.")),
    "show_documents": (N_("Documents"), N_("They may show prices and serial numbers.")),
}


def may_share() -> bool:
    """Owners and editors share; who may only look does not."""
    return session.member().role != "viewer"


def start() -> None:
    """Ask for a new link of what this page shows."""
    for name in OTHERS & set(st.query_params):
        del st.query_params[name]
    session.drop(MADE)
    st.query_params[ASKED] = NEW


def offer() -> None:
    """The button that opens the dialog, for who may share."""
    if may_share():
        st.button(
            pgettext("verb", "Share"), icon=":material/share:", on_click=start, key="share.open"
        )


def is_open() -> bool:
    """Whether the URL asks for the dialog, and for no other."""
    asked = st.query_params.get(ASKED) == NEW and not OTHERS & set(st.query_params)
    return asked and may_share()


def watch(one: Watch) -> None:
    """The dialog on the page of a watch; of a private one it only says why there is no link."""
    if not one.is_private:
        _show(LinkDraft(WATCH, (one.watch_id,)), _("Share {what}", what=one.title))
    elif is_open():
        title = ui.plain(_("Share {what}", what=one.title))
        st.dialog(title, on_dismiss=_close)(partial(st.info, _(share_links.PRIVATE)))()


def comparison(watch_ids: Sequence[UUID]) -> None:
    """The dialog on the page that compares them."""
    if len(watch_ids) > 1:
        _show(LinkDraft(COMPARISON, tuple(watch_ids)), _("Share this comparison"))


def collection(one: Collection) -> None:
    """The button and the dialog on the page of a collection."""
    offer()
    _show(LinkDraft(COLLECTION, collection_id=one.collection_id), _("Share {what}", what=one.name))


def overview() -> None:
    """The button and the dialog on the overview."""
    offer()
    _show(LinkDraft(OVERVIEW), _("Share the overview"))


def _show(what: LinkDraft, title: str) -> None:
    """The dialog for a link of ``what``, if it is open."""
    if is_open():
        st.dialog(ui.plain(title), on_dismiss=_close)(partial(_body, what))()


def _body(what: LinkDraft) -> None:
    shared, link = session.get(MADE, (None, ""))
    if link and shared == what:
        _hand_over(link)
    else:
        _ask(what)


def _ask(what: LinkDraft) -> None:
    """What to show, for whom, until when, behind which password."""
    st.caption(_("Whoever has the link sees it without an account, as it is on that day."))
    key = f"share.{what.kind}.{what.collection_id}.{'.'.join(map(str, what.watch_ids))}"
    places: Places = {}
    with st.form(key, border=False):
        alone = st.radio(
            _("What to show"),
            [False, True],
            format_func={False: _("Photos and facts"), True: _("Photos only")}.__getitem__,
            horizontal=True,
            key=f"{key}.alone",
        )
        parts = {
            option: st.checkbox(_(name), help=_(known) or None, key=f"{key}.{option}")
            for option, (name, known) in PARTS.items()
            if option != "show_documents" or what.kind == WATCH
        }
        note = st.text_input(
            _("For whom (optional)"), key=f"{key}.note", autocomplete="off", max_chars=NOTE_LIMIT
        )
        places["note"] = st.container()
        days = st.selectbox(
            _("Works for"),
            list(UNTIL),
            index=2,
            format_func=lambda one: _(UNTIL[one]),
            key=f"{key}.days",
        )
        places["days"] = st.container()
        password = st.text_input(
            _("Password (optional)"),
            type="password",
            key=f"{key}.password",
            autocomplete="new-password",
            max_chars=LONGEST,
            help=_("Tell it by another way than the link."),
        )
        places["password"] = st.container()
        pressed = st.form_submit_button(_("Make link"), type="primary", width="stretch")
    draft = replace(
        what,
        photos_only=alone,
        show_values=parts["show_values"],
        show_prices=parts["show_prices"],
        show_serials=parts["show_serials"],
        show_documents=parts.get("show_documents", False),
        note=note,
        days=days or None,
        currency=amounts.currency(),
    )
    if pressed and record_form.saved(partial(_make, what, password), draft, {}, places, FIELD_OF):
        st.rerun()


def _make(what: LinkDraft, password: str, draft: LinkDraft) -> None:
    """Store the link and keep its address for the dialog.

    Raises:
        RefusedError: with a sentence for every wrong field, or because there were too many.
    """
    refuse_if({"password": password and RULES.diagnose_password(password)})
    member = session.member()
    if not rate_limits.take("share_link", str(member.user_id)):
        raise RefusedError({"": TOO_MANY})
    token = secrets.token_urlsafe(32)
    hashed = hash_password(password) if password else None
    with session.write() as db:
        share_links.add(db, member, draft, digest(token), hashed, session.visitor())
    session.put(MADE, (what, f"{session.site()}/share/{token}"))


def _hand_over(link: str) -> None:
    """The link to copy and to scan."""
    st.markdown(_("**Send this link.** It is shown only now."))
    st.code(link, language=None, wrap_lines=True)
    ui.piece(invite_markup.qr_code(link, _("The link as a QR code")))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(pgettext("button", "Done"), type="primary", key="share.done"):
            _close()
            st.rerun()
        st.page_link(navigation.SHARE_LINKS, label=_("All share links"), icon=":material/link:")


def _close() -> None:
    st.query_params.pop(ASKED, None)
    session.drop(MADE)

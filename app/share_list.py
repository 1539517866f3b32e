"""Share links in words, and the dialog that ends one: ``/share_links?link=<id>``."""

from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from app import format as say
from app import session, share_words, ui
from app.language import N_, _, pgettext
from data import share_links
from data.errors import AppError
from data.share_links import COLLECTION, COMPARISON, OVERVIEW, ShareLink

OPENED = "link"  # in the URL
PARTS = {
    "show_values": N_("values"),
    "show_prices": N_("prices"),
    "show_serials": N_("serial numbers"),
    "show_documents": N_("documents"),
}


def what(link: ShareLink) -> str:
    """``Omega Speedmaster``, ``Collection Divers``, ``Overview``."""
    if link.kind == OVERVIEW:
        return _("Overview")
    if link.kind == COLLECTION and link.collection:
        return _("Collection {name}", name=link.collection)
    if link.kind == COLLECTION:
        return _("A deleted collection")
    if not link.names:
        return _("Deleted watches") if link.kind == COMPARISON else _("A deleted watch")
    return share_words.listed(link.names)


def shows(link: ShareLink) -> str:
    """``Photos only``, ``Facts, values, prices``."""
    if link.photos_only:
        return _("Photos only")
    parts = [_(name) for part, name in PARTS.items() if getattr(link, part)]
    return ", ".join([_("Facts"), *parts])


def until(link: ShareLink) -> str:
    """Whether it works, and how long."""
    if link.revoked_at:
        return _("Revoked {day}", day=_day(link.revoked_at))
    if link.expires_at and link.expires_at <= datetime.now(link.expires_at.tzinfo):
        return _("Ended {day}", day=_day(link.expires_at))
    if not link.works:
        return _("Ended: who made it may not share any more")
    if link.expires_at:
        return _("Until {day}", day=_day(link.expires_at))
    return _("Until it is revoked")


def row(link: ShareLink) -> ui.Row:
    """A line of the list; it opens the link."""
    password = _("password") if link.has_password else ""
    note = _("For {whom}", whom=link.note) if link.note else ""
    told = (note, until(link), shows(link), password)
    return ui.Row(
        href=f"/share_links?{OPENED}={link.link_id}",
        title=what(link),
        detail=" · ".join(filter(None, told)),
        text=say.count(link.views, "view", "views") if link.works else _("Ended"),
        text_detail=say.ago(_local(link.seen_at).date(), session.today())
        if link.seen_at
        else _("not yet"),
    )


def show(found: list[ShareLink]) -> None:
    """The dialog of the link that the URL names, if any."""
    asked = st.query_params.get(OPENED, "")
    if not asked:
        return
    link = next((one for one in found if str(one.link_id) == asked), None)
    st.dialog(_("Share link"), on_dismiss=_close)(partial(_one, link))()


def _one(link: ShareLink | None) -> None:
    """All about it, and its end behind a second press."""
    if link is None:
        st.info(_(share_links.GONE))
        return
    ui.facts((label, text) for label, text in _facts(link) if text)
    if not link.works:
        return
    form = f"share_link.{link.link_id}"
    if problem := session.get(f"{form}.problem", ""):
        ui.field_problem({"": problem}, "")
    st.caption(_("Who has this link will see nothing any more. It can't be undone."))
    key, icon = f"{form}.revoke", ":material/link_off:"
    if st.button(_("Revoke link"), type="primary", icon=icon, key=key):
        _revoke(form, link.link_id)


def _facts(link: ShareLink) -> list[tuple[str, str]]:
    last = f"{_day(link.seen_at)}, {_browser(link.client or '')}" if link.seen_at else ""
    maker = link.maker or _("someone who left")
    return [
        (_("What"), what(link)),
        (_("For whom"), link.note or ""),
        (pgettext("share link", "Shows"), shows(link)),
        (_("Works"), until(link)),
        (_("Password"), _("Yes") if link.has_password else ""),
        (_("Made"), _("{day} by {person}", day=_day(link.created_at), person=maker)),
        (_("Views"), say.number(link.views)),
        (_("Last view"), last),
    ]


def _browser(noted: str) -> str:
    """A browser as the visit noted it, in English: "Firefox on Windows"."""
    browser, on, system = noted.partition(" on ")
    return _("{browser} on {system}", browser=_(browser), system=system) if on else _(noted)


def _revoke(form: str, link_id: UUID) -> None:
    try:
        with session.write() as db:
            share_links.revoke(db, session.member(), link_id, session.visitor())
    except AppError as error:
        session.put(f"{form}.problem", str(error))
    else:
        session.notice(_("The link was revoked."))
        _close()
    st.rerun()


def _close() -> None:
    st.query_params.pop(OPENED, None)


def _local(when: datetime) -> datetime:
    return when.astimezone(session.time_zone())


def _day(when: datetime) -> str:
    return say.day(_local(when).date())

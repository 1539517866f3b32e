"""Share links in words, and the dialog that ends one: ``/share_links?link=<id>``."""

from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from app import format as say
from app import session, share_words, ui
from data import share_links
from data.errors import AppError
from data.share_links import COLLECTION, COMPARISON, OVERVIEW, ShareLink

OPENED = "link"  # in the URL
PARTS = {
    "show_values": "values",
    "show_prices": "prices",
    "show_serials": "serial numbers",
    "show_documents": "documents",
}


def what(link: ShareLink) -> str:
    """``Omega Speedmaster``, ``Collection Divers``, ``Overview``."""
    if link.kind == OVERVIEW:
        return "Overview"
    if link.kind == COLLECTION:
        return f"Collection {link.collection}" if link.collection else "A deleted collection"
    if not link.names:
        return "Deleted watches" if link.kind == COMPARISON else "A deleted watch"
    return share_words.listed(link.names)


def shows(link: ShareLink) -> str:
    """``Photos only``, ``Facts, values, prices``."""
    if link.photos_only:
        return "Photos only"
    return ", ".join(["Facts", *[name for part, name in PARTS.items() if getattr(link, part)]])


def until(link: ShareLink) -> str:
    """Whether it works, and how long."""
    if link.revoked_at:
        return f"Revoked {_day(link.revoked_at)}"
    if link.expires_at and link.expires_at <= datetime.now(link.expires_at.tzinfo):
        return f"Ended {_day(link.expires_at)}"
    if not link.works:
        return "Ended: who made it may not share any more"
    return f"Until {_day(link.expires_at)}" if link.expires_at else "Until it is revoked"


def row(link: ShareLink) -> ui.Row:
    """A line of the list; it opens the link."""
    password = "password" if link.has_password else ""
    note = f"For {link.note}" if link.note else ""
    told = (note, until(link), shows(link), password)
    return ui.Row(
        href=f"/share_links?{OPENED}={link.link_id}",
        title=what(link),
        detail=" · ".join(filter(None, told)),
        text=say.count(link.views, "view", "views") if link.works else "Ended",
        text_detail=say.ago(_local(link.seen_at).date(), session.today())
        if link.seen_at
        else "not yet",
    )


def show(found: list[ShareLink]) -> None:
    """The dialog of the link that the URL names, if any."""
    asked = st.query_params.get(OPENED, "")
    if not asked:
        return
    link = next((one for one in found if str(one.link_id) == asked), None)
    st.dialog("Share link", on_dismiss=_close)(partial(_one, link))()


def _one(link: ShareLink | None) -> None:
    """All about it, and its end behind a second press."""
    if link is None:
        st.info(share_links.GONE)
        return
    ui.facts((label, text) for label, text in _facts(link) if text)
    if not link.works:
        return
    form = f"share_link.{link.link_id}"
    if problem := session.get(f"{form}.problem", ""):
        ui.field_problem({"": problem}, "")
    st.caption("Who has this link will see nothing any more. It can't be undone.")
    if st.button("Revoke link", type="primary", icon=":material/link_off:", key=f"{form}.revoke"):
        _revoke(form, link.link_id)


def _facts(link: ShareLink) -> list[tuple[str, str]]:
    last = f"{_day(link.seen_at)}, {link.client}" if link.seen_at else ""
    return [
        ("What", what(link)),
        ("For whom", link.note or ""),
        ("Shows", shows(link)),
        ("Works", until(link)),
        ("Password", "Yes" if link.has_password else ""),
        ("Made", f"{_day(link.created_at)} by {link.maker or 'someone who left'}"),
        ("Views", f"{link.views:,}"),
        ("Last view", last),
    ]


def _revoke(form: str, link_id: UUID) -> None:
    try:
        with session.write() as db:
            share_links.revoke(db, session.member(), link_id, session.visitor())
    except AppError as error:
        session.put(f"{form}.problem", str(error))
    else:
        session.notice("The link was revoked.")
        _close()
    st.rerun()


def _close() -> None:
    st.query_params.pop(OPENED, None)


def _local(when: datetime) -> datetime:
    return when.astimezone(session.time_zone())


def _day(when: datetime) -> str:
    return say.day(_local(when).date())

"""Share links: what outsiders may see, until when, and how often they looked.

``?link=…`` opens one, ``?p=2`` shows earlier ones.
"""

import streamlit as st

from app import session, share_list, ui
from app.language import _
from data import share_links
from data.db import read

PER_PAGE, LAST_PAGE = 50, 10_000
PAGE = "p"  # in the URL
member = session.member()


def number() -> int:
    """Which page of the list the URL asks for; the first when it makes no sense."""
    asked = st.query_params.get(PAGE, "")
    return min(int(asked), LAST_PAGE) if asked.isdecimal() and len(asked) < 6 else 1  # noqa: PLR2004


def nothing_here() -> None:
    """What this place is for."""
    ui.empty(
        _("Nothing is shared"),
        _(
            "A link shows a watch, a comparison, a collection or the overview to somebody without "
            "an account. Open what you want to show and choose Share."
        ),
    )


ui.page_title(_("Share links"), _("What people without an account may see."))
if member.role == "viewer":
    ui.empty(
        _("Links are made by owners and editors"), _("Ask an owner to share something for you.")
    )
else:
    at = max(number(), 1)
    with read(member) as db:
        found = share_links.page(db, member, PER_PAGE + 1, (at - 1) * PER_PAGE)
    with st.container(width=720, key="share_links"):
        if found:
            ui.rows(share_list.row(one) for one in found[:PER_PAGE])
        else:
            nothing_here()
        newer = ui.Link(_("Newer"), f"/share_links?{PAGE}={at - 1}") if at > 1 else None
        older = ui.Link(_("Older"), f"/share_links?{PAGE}={at + 1}") if found[PER_PAGE:] else None
        if newer or older:
            ui.pager("", newer, older)
    share_list.show(found[:PER_PAGE])

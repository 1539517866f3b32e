"""The link that copies the address of this page, for others of the household."""

from app import list_markup, session, ui
from app.language import _
from app.markup import Safe


def html() -> Safe:
    """One click copies it; app/assets/links.js does it and says so."""
    said = _(
        "Link copied. Members of {household} can open it.", household=session.member().household
    )
    return list_markup.copy_link(_("Copy link"), said, _("The link could not be copied."))


def offer() -> None:
    """The link as a button, among others."""
    ui.piece(html(), wide=False)

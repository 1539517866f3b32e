"""The pages, in menu order. A new page is a line in menu() and a file in pages/."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from app.language import _

PAGES = Path(__file__).parent.parent / "pages"
OVERVIEW = PAGES / "overview.py"
WATCHES = PAGES / "watches.py"
WATCH = PAGES / "watch.py"
ADD_WATCH = PAGES / "add_watch.py"
EDIT_WATCH = PAGES / "edit_watch.py"
EDIT_MANY = PAGES / "edit_many.py"
COMPARE = PAGES / "compare.py"
ANALYTICS = PAGES / "analytics.py"
UPDATE_VALUES = PAGES / "update_values.py"
WISHLIST = PAGES / "wishlist.py"
WHAT_IF = PAGES / "what_if.py"
IMPORT_PRICES = PAGES / "import_prices.py"
BENCHMARKS = PAGES / "benchmarks.py"
SERVICE = PAGES / "service.py"
COLLECTIONS = PAGES / "collections.py"
BIN = PAGES / "bin.py"
SHARING = PAGES / "sharing.py"
SHARE_LINKS = PAGES / "share_links.py"
JOIN = PAGES / "join.py"
RESET = PAGES / "reset.py"
NOTICES = PAGES / "notices.py"
GUIDE = PAGES / "guide.py"
SETTINGS = PAGES / "settings.py"
ACCOUNT = PAGES / "account.py"
ADMIN = PAGES / "admin.py"
PUBLIC = {"join", "reset"}  # addresses of pages for strangers too; they ask nothing of a member
# As a browser asks for them; the theme a person chooses is kept by address.
ADDRESSES = [
    "/", "/watches", "/watch", "/add_watch", "/edit_watch", "/edit_many", "/compare",
    "/analytics", "/update_values", "/wishlist", "/what_if", "/import_prices",
    "/benchmarks", "/service", "/collections", "/bin",
    "/sharing", "/share_links", "/join", "/guide", "/settings", "/account", "/notices", "/reset",
    "/admin",
]  # fmt: skip


def menu(*, visible: bool = True, shares: bool = True, admin: bool = False) -> StreamlitPage:
    """Draw the menu; return the page that is asked for. Strangers see no menu.

    ``shares``: who is here may make share links; ``admin``: they may be one of the box. For
    others the page of the admin does not exist.
    """
    groups = {
        _("Collection"): [
            _page(OVERVIEW, _("Overview"), "dashboard", first=True),
            _page(WATCHES, _("Watches"), "watch"),
            _page(ADD_WATCH, _("Add watch"), "add"),
            _page(COMPARE, _("Compare"), "compare_arrows"),
            _page(WATCH, _("Watch"), "watch", hidden=True),
            _page(EDIT_WATCH, _("Edit watch"), "edit", hidden=True),
            _page(EDIT_MANY, _("Edit many"), "checklist", hidden=True),
        ],
        _("Money"): [
            _page(ANALYTICS, _("Analytics"), "monitoring"),
            _page(UPDATE_VALUES, _("Update values"), "edit_note"),
            _page(WISHLIST, _("Wishlist"), "favorite"),
            _page(WHAT_IF, _("What if"), "science"),
            _page(IMPORT_PRICES, _("Import prices"), "upload_file", hidden=True),
            _page(BENCHMARKS, _("Benchmarks"), "show_chart", hidden=True),
        ],
        _("Care"): [
            _page(SERVICE, _("Service"), "build"),
        ],
        _("Household"): [
            _page(COLLECTIONS, _("Collections"), "folder"),
            _page(BIN, _("Bin"), "delete"),
            _page(SHARING, _("Members"), "group"),
            _page(SHARE_LINKS, _("Share links"), "link", hidden=not shares),
            _page(JOIN, _("Invitation"), "mail", hidden=True),
            _page(SETTINGS, _("Settings"), "settings"),
            _page(ACCOUNT, _("Account and security"), "lock", hidden=True),
            _page(NOTICES, _("Notices"), "notifications", hidden=True),
            _page(RESET, _("New password"), "lock_reset", hidden=True),
            _page(GUIDE, _("Guide"), "menu_book"),
            *([_page(ADMIN, _("Admin"), "shield_person")] if admin else []),
        ],
    }
    return st.navigation(groups, position="sidebar" if visible else "hidden", expanded=True)


def _page(
    path: Path, title: str, icon: str, *, first: bool = False, hidden: bool = False
) -> StreamlitPage:
    return st.Page(
        path,
        title=title,
        icon=f":material/{icon}:",
        default=first,
        visibility="hidden" if hidden else "visible",
    )

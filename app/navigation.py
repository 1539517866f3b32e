"""The pages, in menu order. A new page is a line in menu() and a file in pages/."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

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
GUIDE = PAGES / "guide.py"
SETTINGS = PAGES / "settings.py"
PUBLIC = {"join"}  # addresses of pages that run for strangers too; they ask nothing of a member
# As a browser asks for them; the theme a person chooses is kept by address.
ADDRESSES = [
    "/", "/watches", "/watch", "/add_watch", "/edit_watch", "/edit_many", "/compare",
    "/analytics", "/update_values", "/wishlist", "/what_if", "/import_prices",
    "/benchmarks", "/service", "/collections", "/bin",
    "/sharing", "/share_links", "/join", "/guide", "/settings",
]  # fmt: skip


def menu(*, visible: bool = True, shares: bool = True) -> StreamlitPage:
    """Draw the menu; return the page that is asked for. Strangers see no menu.

    ``shares``: who is here may make share links.
    """
    groups = {
        "Collection": [
            _page(OVERVIEW, "Overview", "dashboard", first=True),
            _page(WATCHES, "Watches", "watch"),
            _page(ADD_WATCH, "Add watch", "add"),
            _page(COMPARE, "Compare", "compare_arrows"),
            _page(WATCH, "Watch", "watch", hidden=True),
            _page(EDIT_WATCH, "Edit watch", "edit", hidden=True),
            _page(EDIT_MANY, "Edit many", "checklist", hidden=True),
        ],
        "Money": [
            _page(ANALYTICS, "Analytics", "monitoring"),
            _page(UPDATE_VALUES, "Update values", "edit_note"),
            _page(WISHLIST, "Wishlist", "favorite"),
            _page(WHAT_IF, "What if", "science"),
            _page(IMPORT_PRICES, "Import prices", "upload_file", hidden=True),
            _page(BENCHMARKS, "Benchmarks", "show_chart", hidden=True),
        ],
        "Care": [
            _page(SERVICE, "Service", "build"),
        ],
        "Household": [
            _page(COLLECTIONS, "Collections", "folder"),
            _page(BIN, "Bin", "delete"),
            _page(SHARING, "Members", "group"),
            _page(SHARE_LINKS, "Share links", "link", hidden=not shares),
            _page(JOIN, "Invitation", "mail", hidden=True),
            _page(SETTINGS, "Settings", "settings"),
            _page(GUIDE, "Guide", "menu_book"),
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

"""Keys for the whole app, and the quiet button that lists them; see app/assets/shortcuts.js."""

from pathlib import Path

import streamlit as st

from app.language import _, pgettext
from data.accounts import Member

JS = Path(__file__).parent / "assets" / "shortcuts.js"

# Registered once, at import. Without a shadow root, so that quick_entry.css applies.
_keys = st.components.v2.component("shortcuts", js=JS.read_text("utf-8"), isolate_styles=False)


def mount(member: Member) -> None:
    """Listen on every page; who can only look gets no keys that change something."""
    with st.container(key="shortcuts"):
        data = {"writes": member.role != "viewer", "words": _words()}
        _keys(key="shortcuts.js", data=data)


def _words() -> dict[str, str]:
    """What the browser's part says."""
    return {
        "title": _("Keyboard shortcuts"),
        "search": _("Search the watches"),
        "add": _("Add a watch"),
        "edit": _("Edit the watch you are looking at"),
        "show": _("Show these shortcuts"),
        "leave": _("Close what is open, or leave a field"),
        "photos": _("The photo before or after, where a photo fills the screen"),
        "escape": pgettext("key", "Esc"),
        "on": _("Single keys are on in this browser"),
        "close": _("Close"),
    }

"""Keys for the whole app, and the quiet button that lists them; see app/assets/shortcuts.js."""

from pathlib import Path

import streamlit as st

from data.accounts import Member

JS = Path(__file__).parent / "assets" / "shortcuts.js"

# Registered once, at import. Without a shadow root, so that quick_entry.css applies.
_keys = st.components.v2.component("shortcuts", js=JS.read_text("utf-8"), isolate_styles=False)


def mount(member: Member) -> None:
    """Listen on every page; who can only look gets no keys that change something."""
    with st.container(key="shortcuts"):
        _keys(key="shortcuts.js", data={"writes": member.role != "viewer"})

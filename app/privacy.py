"""Privacy mode: one click hides every amount of money on this device, as when friends look on.

Amounts are not sent to the browser at all while it is on (app/format.py). A cookie remembers it.
"""

import streamlit as st

from app import language, session
from app.language import _

COOKIE = "watch_privacy"  # written by app/assets/links.js; tells nothing about a person
CHOSEN = "privacy.chosen"


def is_on() -> bool:
    """Whether amounts are hidden on this device."""
    return session.get(CHOSEN, session.cookie(COOKIE) == "1")


def switch() -> None:
    """In the menu: hide amounts, or show them again."""
    hidden = language.reader().hides_amounts
    st.button(
        _("Show amounts") if hidden else _("Hide amounts"),
        icon=":material/visibility:" if hidden else ":material/visibility_off:",
        type="tertiary",
        key="privacy.switch",
        on_click=lambda: session.put(CHOSEN, not hidden),
    )

"""Buttons whose choice stands in the URL, by a key that is the same in every language."""

from collections.abc import Mapping

import streamlit as st


def buttons(label: str, names: Mapping[str, str], key: str, usual: str) -> str:
    """Buttons of which one is chosen, as ``?key=`` says; returns the chosen key of ``names``.

    Streamlit's own binding would write the word on the button into the URL, and a link of a
    German reader would mean nothing to an English one. The widget's key names the choice, so
    that it follows the address when a person goes back.
    """
    asked = st.query_params.get(key, usual)
    shown = asked if asked in names else usual
    chosen = st.segmented_control(
        label,
        list(names),
        default=shown,
        required=True,
        format_func=names.__getitem__,
        key=f"{key}.{shown}",
        label_visibility="collapsed",
    )
    if chosen and chosen != shown:
        st.query_params.update({key: [] if chosen == usual else chosen})
        st.rerun()
    return shown

"""In which currency this page shows amounts: the link's, else the member's own."""

from typing import Literal

import streamlit as st

from app import session
from data.currencies import CURRENCIES, name


def currency() -> str:
    """``?currency=CHF`` when it is one we convert to, else the member's currency (ISO 4217)."""
    asked = st.query_params.get("currency", "").upper()
    return asked if asked in CURRENCIES else session.member().currency


def choose_currency(width: int | Literal["stretch"] = "stretch") -> str:
    """A select box that puts the choice into the URL; returns the currency in force.

    Its key names the currency, so that it follows the address when a person goes back.
    """
    codes, shown = list(CURRENCIES), currency()
    chosen = st.selectbox(
        "Currency",
        codes,
        index=codes.index(shown),
        format_func=name,
        key=f"shown.currency.{shown}",
        label_visibility="collapsed",
        width=width,
    )
    if chosen != shown:
        st.query_params["currency"] = chosen
        st.rerun()
    return shown

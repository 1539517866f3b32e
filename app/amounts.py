"""In which currency this page shows amounts: the link's, else the member's own."""

from decimal import Decimal
from functools import cache
from typing import Any, Literal

import streamlit as st
from babel.numbers import get_currency_name

from app import format as say
from app import language, session
from app.language import _
from data.calc.amount import parse_amount
from data.currencies import CURRENCIES, name


def currency() -> str:
    """``?currency=CHF`` when it is one we convert to, else the member's currency (ISO 4217)."""
    asked = st.query_params.get("currency", "").upper()
    return asked if asked in CURRENCIES else session.member().currency


def field(label: str, typed: str = "", *, key: str, **options: Any) -> str:
    """A field to type an amount into; in privacy mode it shows dots, and an eye to look."""
    kind: Literal["password", "default"]
    kind = "password" if language.reader().hides_amounts else "default"
    return str(st.text_input(label, typed, key=key, autocomplete="off", type=kind, **options))


def parse(typed: str, currency: str | None = None) -> Decimal:
    """The amount a person typed in their own number format; see ``parse_amount``.

    Raises:
        ValueError: not an amount; its text is the sentence to show, in English.
    """
    return parse_amount(typed, currency, say.separators()[0])


def named(currency: str) -> str:
    """How a list shows a currency: the code, a dash, the name in the reader's language."""
    spoken = language.reader().language
    return name(currency) if spoken == "en" else _foreign_name(currency, spoken)


@cache
def _foreign_name(currency: str, spoken: str) -> str:
    return f"{currency} – {get_currency_name(currency, locale=spoken)}"


def choose_currency(width: int | Literal["stretch"] = "stretch") -> str:
    """A select box that puts the choice into the URL; returns the currency in force.

    Its key names the currency, so that it follows the address when a person goes back.
    """
    codes, shown = list(CURRENCIES), currency()
    chosen = st.selectbox(
        _("Currency"),
        codes,
        index=codes.index(shown),
        format_func=named,
        key=f"shown.currency.{shown}",
        label_visibility="collapsed",
        width=width,
    )
    if chosen != shown:
        st.query_params["currency"] = chosen
        st.rerun()
    return shown

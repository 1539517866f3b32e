"""Fields that the forms of several kinds of records have: an amount with its currency, a day."""

from datetime import date
from decimal import Decimal

import streamlit as st

from app import amounts, session
from app.language import _
from app.record_form import Places
from app.watch_words import read_amount, typed_amount
from data.currencies import CURRENCIES


def amount(
    label: str, form: str, name: str, held: Decimal | None, currency: str | None, places: Places
) -> tuple[Decimal | None, str, dict[str, str]]:
    """An amount beside its currency: what was read, and what can't be."""
    left, right = st.columns([3, 2])
    with left:
        typed = amounts.field(label, typed_amount(held), key=f"{form}.{name}")
    first = currency or session.member().currency
    codes = list(dict.fromkeys([*CURRENCIES, first]))
    with right:
        chosen = st.selectbox(_("Currency"), codes, codes.index(first), key=f"{form}.currency")
    places[name] = places["currency"] = st.container()
    found, problems = read(typed, chosen, name)
    return found, chosen, problems


def read(typed: str, currency: str, name: str) -> tuple[Decimal | None, dict[str, str]]:
    """What was typed as an amount; else the sentence for the field of that name."""
    try:
        return read_amount(typed, currency), {}
    except ValueError as error:
        return None, {name: str(error)}


def day(label: str, name: str, held: date | None, help: str | None = None) -> date | None:  # noqa: A002
    """A day that can be emptied again: one with a default could not be."""
    if not session.is_shown(f"page.{name}"):
        session.put(name, held)
    chosen = st.date_input(
        label,
        None,
        min_value=date.min,  # a day out of range would be dropped without a word; ours is refused
        max_value=date.max,
        format="YYYY-MM-DD",
        key=f"page.{name}",  # where session.put finds it
        help=help,
    )
    return chosen if isinstance(chosen, date) else None

"""The fields of a service: of one that is done, and of one the watch is away for.

``places`` are filled, one under each field, for the sentence that says what to change in it.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import format as say
from app import session
from app.cache import cached
from app.watch_words import read_amount, typed_amount
from data import care_plans, services
from data.currencies import CURRENCIES
from data.services import ServiceDraft

Places = dict[str, DeltaGenerator]


def done_fields(
    form: str, watch_id: UUID, shown: ServiceDraft, draft: ServiceDraft, places: Places
) -> tuple[ServiceDraft, dict[str, str]]:
    """Of a service that is done: who did it, what it cost, when it is due again."""
    provider = _provider(form, shown, places)
    cost, currency, problems = _amount("Cost", "cost", form, shown, shown.cost, places)
    planned = None
    if draft.serviced_on:
        planned = cached(care_plans.proposed_due, watch_id, draft.kind, draft.serviced_on)
    held = shown.next_due_on or planned
    due_key = f"{form}.next_due_on" if shown.next_due_on else f"{form}.next_due_on.{planned}"
    due_on = day(
        "Next due",
        due_key,
        held,
        help="As planned, unless you choose another day." if planned else "Empty: not planned.",
    )
    if planned and shown.next_due_on:
        st.caption(f"By the plan it would be {say.day(planned)}. Empty: by the plan.")
    elif planned:
        st.caption(
            "By the plan, and it moves with the plan. Choose another day if you know better."
        )
    places["next_due_on"] = st.container()
    follows = due_on == planned and shown.next_due_on is None
    with st.expander("Handed over and quote", expanded=False):
        handed = day("Handed over", f"{form}.handed_over_on", shown.handed_over_on)
        places["handed_over_on"] = st.container()
        quoted = st.text_input(
            "Quote", typed_amount(shown.quote), key=f"{form}.quote", autocomplete="off"
        )
        places["quote"] = st.container()
    quote, unread = _parse(quoted, currency, "quote")
    draft = replace(
        draft,
        provider=provider,
        cost=cost,
        currency=currency,
        next_due_on=None if follows else due_on,
        handed_over_on=handed,
        quote=quote,
    )
    return draft, problems | unread


def away_fields(
    form: str, shown: ServiceDraft, draft: ServiceDraft, places: Places
) -> tuple[ServiceDraft, dict[str, str]]:
    """Of a watch at the watchmaker: since when, until when, and what it will cost."""
    left, right = st.columns(2)
    with left:
        handed = day("Handed over", f"{form}.away_since", shown.handed_over_on or session.today())
        places["handed_over_on"] = places["serviced_on"] = st.container()
    with right:
        back = day("Expected back", f"{form}.expected_back_on", shown.expected_back_on)
        places["expected_back_on"] = st.container()
    provider = _provider(form, shown, places)
    quote, currency, problems = _amount("Quote", "quote", form, shown, shown.quote, places)
    draft = replace(
        draft,
        serviced_on=None,
        handed_over_on=handed,
        expected_back_on=back,
        provider=provider,
        quote=quote,
        currency=currency,
    )
    return draft, problems


def _provider(form: str, shown: ServiceDraft, places: Places) -> str | None:
    """Who does it: earlier ones to choose from, and new ones as they are typed."""
    held = shown.provider
    known = [*([""] if held else []), *([held] if held else []), *cached(services.providers)]
    options = list(dict.fromkeys(known))
    chosen = st.selectbox(
        "Provider",
        options,
        index=options.index(held) if held else None,
        format_func=lambda one: one or "Not known",
        key=f"{form}.provider",
        accept_new_options=True,
        placeholder="Type or choose",
    )
    places["provider"] = st.container()
    return chosen or None


def _amount(
    label: str,
    name: str,
    form: str,
    shown: ServiceDraft,
    held: Decimal | None,
    places: Places,
) -> tuple[Decimal | None, str, dict[str, str]]:
    """An amount beside its currency: what was read, and what can't be."""
    left, right = st.columns([3, 2])
    with left:
        typed = st.text_input(label, typed_amount(held), key=f"{form}.{name}", autocomplete="off")
    first = shown.currency or session.member().currency
    codes = list(dict.fromkeys([*CURRENCIES, first]))
    with right:
        currency = st.selectbox("Currency", codes, codes.index(first), key=f"{form}.currency")
    places[name] = places["currency"] = st.container()
    amount, problems = _parse(typed, currency, name)
    return amount, currency, problems


def _parse(typed: str, currency: str, name: str) -> tuple[Decimal | None, dict[str, str]]:
    try:
        return read_amount(typed, currency), {}
    except ValueError as error:
        return None, {name: str(error)}


def description(form: str, shown: ServiceDraft, places: Places) -> str | None:
    """What was done, in the words of a person."""
    typed = st.text_area(
        "Description", shown.description or "", key=f"{form}.description", height=90
    )
    places["description"] = st.container()
    return typed.strip() or None


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

"""The fields of a service: of one that is done, and of one the watch is away for.

``places`` are filled, one under each field, for the sentence that says what to change in it.
"""

from dataclasses import replace
from uuid import UUID

import streamlit as st

from app import amounts, session
from app import format as say
from app.cache import cached
from app.language import _
from app.record_fields import amount, day, read
from app.record_form import Places
from app.watch_words import typed_amount
from data import care_plans, services
from data.services import ServiceDraft


def done_fields(
    form: str, watch_id: UUID, shown: ServiceDraft, draft: ServiceDraft, places: Places
) -> tuple[ServiceDraft, dict[str, str]]:
    """Of a service that is done: who did it, what it cost, when it is due again."""
    provider = _provider(form, shown, places)
    cost, currency, problems = amount(_("Cost"), form, "cost", shown.cost, shown.currency, places)
    planned = None
    if draft.serviced_on:
        planned = cached(care_plans.proposed_due, watch_id, draft.kind, draft.serviced_on)
    held = shown.next_due_on or planned
    due_key = f"{form}.next_due_on" if shown.next_due_on else f"{form}.next_due_on.{planned}"
    due_on = day(
        _("Next due"),
        due_key,
        held,
        help=_("As planned, unless you choose another day.")
        if planned
        else _("Empty: not planned."),
    )
    if planned and shown.next_due_on:
        st.caption(_("By the plan it would be {day}. Empty: by the plan.", day=say.day(planned)))
    elif planned:
        st.caption(
            _("By the plan, and it moves with the plan. Choose another day if you know better.")
        )
    places["next_due_on"] = st.container()
    follows = due_on == planned and shown.next_due_on is None
    with st.expander(_("Handed over and quote"), expanded=False):
        handed = day(_("Handed over"), f"{form}.handed_over_on", shown.handed_over_on)
        places["handed_over_on"] = st.container()
        quoted = amounts.field(_("Quote"), typed_amount(shown.quote), key=f"{form}.quote")
        places["quote"] = st.container()
    quote, unread = read(quoted, currency, "quote")
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
        handed = day(
            _("Handed over"), f"{form}.away_since", shown.handed_over_on or session.today()
        )
        places["handed_over_on"] = places["serviced_on"] = st.container()
    with right:
        back = day(_("Expected back"), f"{form}.expected_back_on", shown.expected_back_on)
        places["expected_back_on"] = st.container()
    provider = _provider(form, shown, places)
    quote, currency, problems = amount(
        _("Quote"), form, "quote", shown.quote, shown.currency, places
    )
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
        _("Provider"),
        options,
        index=options.index(held) if held else None,
        format_func=lambda one: one or _("Not known"),
        key=f"{form}.provider",
        accept_new_options=True,
        placeholder=_("Type or choose"),
    )
    places["provider"] = st.container()
    return chosen or None


def description(form: str, shown: ServiceDraft, places: Places) -> str | None:
    """What was done, in the words of a person."""
    typed = st.text_area(
        _("Description"), shown.description or "", key=f"{form}.description", height=90
    )
    places["description"] = st.container()
    return typed.strip() or None

"""The form for a value of a watch, new or old, in a dialog that keeps what was typed.

``?value=new`` or ``?value=<id>`` in the URL opens it, until it is saved or dismissed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

import streamlit as st

from app import amounts, record_form, session, ui
from app import format as say
from app.language import _
from app.record_form import NEW, Places
from app.watch_values import KINDS, SOURCE_NAMES, Worth
from app.watch_words import typed_amount
from data import valuations
from data.currencies import CURRENCIES
from data.valuations import Earlier, StrikingError, Valuation, ValuationDraft

LONGEST = 1_000  # characters of a note


def told(value: Valuation) -> str:
    """Which value it is: ``CHF 12,400 of 3 May 2026``."""
    return _(
        "{amount} of {day}",
        amount=say.money(value.amount, value.currency),
        day=say.day(value.valued_on),
    )


def far_from(before: Earlier) -> str:
    """Why a striking amount is asked about."""
    amount = say.money(before.amount, before.currency)
    return _("That is far from the value before, {amount}.", amount=amount)


FORM = record_form.Kind("value", "value", valuations.GONE, told, valuations.get, valuations.remove)


def show(worth: Worth) -> None:
    """The dialog, if one is open; nobody who may only look ever sees one."""
    wanted = FORM.asked
    if wanted == NEW:
        FORM.dialog(_("Record value"), partial(record, worth))
    elif wanted:
        here = (v.valuation_id for v in worth.values if str(v.valuation_id) == wanted)
        FORM.dialog(_("Edit value"), partial(edit, next(here, None)))


def record(worth: Worth) -> None:
    """A new value: an amount and Enter is enough."""
    last = worth.values[0].currency if worth.values else worth.watch.purchase_currency
    shown = ValuationDraft(None, last or session.member().currency, session.today())
    watch_id = worth.watch.watch_id

    def save(draft: ValuationDraft) -> None:
        with session.write() as db:
            valuations.add(db, session.member(), watch_id, draft, session.today())
        session.notice(_("Value recorded."))

    if _ask(f"value.{watch_id}", shown, save, _("Record value")):
        FORM.done()


def edit(valuation_id: UUID | None) -> None:
    """A recorded value: save, remove, or settle that somebody else changed it meanwhile."""
    FORM.edit(valuation_id, _correct)


def _correct(form: str, shown: Valuation, old: Valuation) -> bool:
    def save(draft: ValuationDraft) -> None:
        same = (draft.amount, draft.currency) == (old.amount, old.currency)
        kept = replace(draft, confirmed=draft.confirmed or (old.confirmed and same))
        with session.write() as db:
            valuations.change(db, session.member(), old, kept, session.today())
        session.notice(_("Value saved."))

    return _ask(form, shown, save, _("Save"))


def _ask(
    form: str, shown: ValuationDraft, save: Callable[[ValuationDraft], None], button: str
) -> bool:
    """The fields, with ``shown`` in them; True once what was typed is saved."""
    places: Places = {}
    with st.form(form, border=False):
        draft, problems = _fields(form, shown, places)
        pressed = st.form_submit_button(button, type="primary", width="stretch")
    striking = f"{form}.striking"
    if pressed:
        session.drop(striking)
        attempt = partial(_unless_striking, striking, save)
        done = record_form.saved(attempt, draft, problems, places)
        if done and session.get(striking, None) is None:
            return True
    nothing: tuple[ValuationDraft | None, Earlier | None] = (None, None)
    asked, before = session.get(striking, nothing)
    if asked is None or before is None or asked != draft:
        return False
    with places["amount"]:
        ui.field_problem({"amount": far_from(before)}, "amount")
        amount = say.money(draft.amount, draft.currency)
        confirmed = st.form_submit_button(
            _("Yes, it is {amount}", amount=amount), icon=":material/check:"
        )
    if confirmed:
        session.drop(striking)
        save(replace(draft, confirmed=True))
    return confirmed


def _unless_striking(
    striking: str, save: Callable[[ValuationDraft], None], draft: ValuationDraft
) -> None:
    """Save it; one that is far off is kept, to be asked about."""
    try:
        save(draft)
    except StrikingError as error:
        session.put(striking, (draft, error.before))


def _fields(
    form: str, shown: ValuationDraft, places: Places
) -> tuple[ValuationDraft, dict[str, str]]:
    """What is typed now, and what is wrong with it; ``places`` are filled, one under each field."""
    left, right = st.columns([3, 2])
    with left:
        typed = amounts.field(
            _("Amount"),
            typed_amount(shown.amount),
            key=f"{form}.amount",
            placeholder=say.localised("12,390.50"),
        )
    codes = list(dict.fromkeys([*CURRENCIES, shown.currency]))
    with right:
        currency = st.selectbox(
            _("Currency"), codes, index=codes.index(shown.currency), key=f"{form}.currency"
        )
    places["amount"] = st.container()
    valued_on = st.date_input(
        _("Value of"),
        shown.valued_on,
        min_value=date.min,  # a day out of range would be dropped without a word; ours is refused
        max_value=date.max,
        format="YYYY-MM-DD",
        key=f"{form}.valued_on",
    )
    places["valued_on"] = st.container()
    folded = (shown.kind, shown.source, shown.note) == ("market", "manual", None)
    with st.expander(_("Kind, source and note"), expanded=not folded):
        kind = st.selectbox(
            _("Kind"),
            list(KINDS),
            index=list(KINDS).index(shown.kind),
            format_func=lambda key: _(KINDS[key]),
            key=f"{form}.kind",
            help=_("Only market values count: insured and replacement values are kept apart."),
        )
        source = st.selectbox(
            _("Source"),
            list(SOURCE_NAMES),
            index=list(SOURCE_NAMES).index(shown.source),
            format_func=lambda key: _(SOURCE_NAMES[key]),
            key=f"{form}.source",
        )
        note = st.text_area(_("Note"), shown.note or "", key=f"{form}.note", height=80)
        places["note"] = st.container()
    amount, problems = _parse(typed, currency)
    valued = valued_on if isinstance(valued_on, date) else None
    return ValuationDraft(amount, currency, valued, kind, source, note.strip() or None), problems


def _parse(typed: str, currency: str) -> tuple[Decimal | None, dict[str, str]]:
    if not typed.strip():
        return None, {}  # data/valuations.py has the sentence for that
    try:
        return amounts.parse(typed, currency), {}
    except ValueError as error:
        return None, {"amount": str(error)}

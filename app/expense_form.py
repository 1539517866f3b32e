"""The form for another cost, of a watch or of the whole collection, in a dialog.

``?expense=new`` or ``?expense=<id>`` in the URL opens it, until it is saved or dismissed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

import streamlit as st

from app import format as say
from app import record_form, session
from app.language import N_, _
from app.record_fields import amount, day
from app.record_form import NEW, Places
from app.service_words import every
from data import expenses
from data.expenses import KINDS, Expense, ExpenseDraft, Recorded

ONCE = 0  # as a number of months: an option that is None could be emptied
OFTEN = (ONCE, 1, 2, 3, 4, 6, 12, 24, 36, 60)  # months
IN_TEXT = {  # in the middle of a sentence
    "insurance": N_("insurance"),
    "storage": N_("storage"),
    "accessory": N_("accessory"),
    "shipping": N_("shipping"),
    "appraisal": N_("appraisal"),
    "other": N_("other"),
}
USUAL = {  # what a new one is offered as: of a watch, of the whole collection
    True: ExpenseDraft("accessory"),
    False: ExpenseDraft("insurance", every_months=12),
}


def told(expense: Expense) -> str:
    """Which cost it is: ``insurance of 3 May 2026, CHF 480 every year``."""
    paid = say.money(expense.amount, expense.currency or "")
    often = f" {every(expense.every_months)}" if expense.every_months else ""
    return _(
        "{kind} of {day}, {amount}",
        kind=_(IN_TEXT[expense.kind]),
        day=say.day(expense.paid_on),
        amount=paid + often,
    )


FORM = record_form.Kind("expense", "cost", expenses.GONE, told, expenses.get, expenses.remove)


def show(watch_id: UUID | None, recorded: Sequence[Recorded]) -> None:
    """The dialog, if one is open; nobody who may only look ever sees one.

    ``watch_id`` None: costs of the whole collection.
    """
    wanted = FORM.asked
    if wanted == NEW:
        FORM.dialog(_("Record cost"), partial(record, watch_id, recorded))
    elif wanted:
        here = (one.expense_id for one in recorded if str(one.expense_id) == wanted)
        FORM.dialog(_("Edit cost"), partial(FORM.edit, next(here, None), _correct))


def record(watch_id: UUID | None, recorded: Sequence[Recorded]) -> None:
    """A new cost: an amount is enough."""
    last = recorded[0].currency if recorded else session.member().currency
    usual = USUAL[watch_id is not None]
    shown = replace(usual, paid_on=session.today(), currency=last)

    def save(draft: ExpenseDraft) -> None:
        with session.write() as db:
            expenses.add(db, session.member(), watch_id, draft, session.today())
        session.notice(_("Cost recorded."))

    if _ask(f"expense.of.{watch_id}", shown, save, _("Record cost")):
        FORM.done()


def _correct(form: str, shown: Expense, old: Expense) -> bool:
    def save(draft: ExpenseDraft) -> None:
        with session.write() as db:
            expenses.change(db, session.member(), old, draft, session.today())
        session.notice(_("Cost saved."))

    return _ask(form, shown, save, _("Save"))


def _ask(form: str, shown: ExpenseDraft, save: Callable[[ExpenseDraft], None], button: str) -> bool:
    """The fields, with ``shown`` in them; True once what was typed is saved.

    How often stands before the form, since what is paid once has no end.
    """
    places: Places = {}
    left, right = st.columns(2)
    with left:
        kind = st.selectbox(
            _("Type"),
            list(KINDS),
            list(KINDS).index(shown.kind),
            lambda one: _(KINDS[one]),
            key=f"{form}.kind",
        )
    with right:
        held = shown.every_months or ONCE
        often = list(dict.fromkeys([*OFTEN, held]))
        months = st.selectbox(
            _("How often"), often, often.index(held), _often, key=f"{form}.every_months"
        )
    with st.form(form, border=False):
        paid, currency, problems = amount(
            _("Amount"), form, "amount", shown.amount, shown.currency, places
        )
        draft = replace(
            expenses.draft_of(shown),
            kind=kind,
            amount=paid,
            currency=currency,
            every_months=months or None,
        )
        draft = _days(form, shown, draft, places)
        note = st.text_area(_("Note"), shown.note or "", key=f"{form}.note", height=80)
        places["note"] = st.container()
        pressed = st.form_submit_button(button, type="primary", width="stretch")
    draft = replace(draft, note=note)
    return pressed and record_form.saved(save, draft, problems, places)


def _days(form: str, shown: ExpenseDraft, draft: ExpenseDraft, places: Places) -> ExpenseDraft:
    """When it was paid; of what repeats, the first time and the end."""
    if draft.every_months is None:
        paid_on = day(_("Paid on"), f"{form}.paid_on", shown.paid_on)
        places["paid_on"] = st.container()
        return replace(draft, paid_on=paid_on, ends_on=None)
    left, right = st.columns(2)
    with left:
        paid_on = day(_("First paid on"), f"{form}.paid_on", shown.paid_on)
        places["paid_on"] = st.container()
    with right:
        ends_on = day(
            _("Ends on"),
            f"{form}.ends_on",
            shown.ends_on,
            help=_("Empty: it goes on. What is paid for one watch ends when the watch leaves."),
        )
        places["ends_on"] = st.container()
    return replace(draft, paid_on=paid_on, ends_on=ends_on)


def _often(months: int) -> str:
    if not months:
        return _("Once")
    shown = every(months)
    return shown[0].upper() + shown[1:]

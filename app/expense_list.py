"""Other costs, of a watch or of the whole collection, as a table: a click on one opens it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from uuid import UUID

import streamlit as st

from app import format as say
from app import record_form, session, ui
from app.expense_form import FORM, told
from app.language import _
from app.list_markup import Cell, Column, TableRow
from app.service_words import every
from data import expenses
from data.expenses import KINDS, Expense, Recorded


def table(
    caption: str,
    recorded: Sequence[Recorded],
    currency: str,
    converted: Mapping[UUID, Decimal | None] | None = None,
) -> None:
    """The latest begun first; nothing opens for a viewer.

    ``converted`` is what each took so far in ``currency``, to show on hover.
    """
    writes = session.member().role != "viewer"
    repeats = any(one.every_months for one in recorded)
    lines = []
    for one in recorded:
        amount, so_far = _amounts(one, currency, converted or {})
        middle = [amount, so_far] if repeats else [amount]
        lines.append(
            TableRow(
                FORM.address(one.expense_id) if writes else "",
                "",
                _when(one),
                cells=[Cell(_what(one)), *middle, Cell(one.note or "", hint=one.note or "")],
            )
        )
    with st.container(key="stay_at_expenses"):
        ui.table(caption, _columns(repeats=repeats), lines)


def _columns(*, repeats: bool) -> list[Column]:
    shown = [Column(_("Paid")), Column(_("Type")), Column(_("Amount"), number=True)]
    so_far = [Column(_("So far"), number=True, extra=True)] if repeats else []
    return [*shown, *so_far, Column(_("Note"), extra=True)]


def button() -> None:
    """Asks for a new one."""
    st.button(
        _("Record cost"), icon=":material/receipt_long:", on_click=FORM.open, key="expense.new"
    )


def undo_removal(watch_id: UUID | None) -> None:
    """After a removal: what was removed, and the way back."""
    gone: Expense | None = session.get(FORM.removed, None)
    if gone is not None and gone.watch_id == watch_id:
        restore = partial(expenses.restore, expense_id=gone.expense_id)
        said = told(gone)
        sentence = _("{record} was removed.", record=said[0].upper() + said[1:])
        record_form.undo(FORM.name, sentence, restore)


def _when(one: Recorded) -> str:
    """The day, or the days between which it repeats."""
    paid = say.day(one.paid_on)
    if not one.every_months:
        return paid
    if one.ends_on:
        return _("{first} to {last}", first=paid, last=say.day(one.ends_on))
    return _("since {day}", day=paid)


def _what(one: Recorded) -> str:
    often = f", {every(one.every_months)}" if one.every_months else ""
    return f"{_(KINDS[one.kind])}{often}"


def _amounts(
    one: Recorded, currency: str, converted: Mapping[UUID, Decimal | None]
) -> tuple[Cell, Cell]:
    """What it costs each time, and what it cost so far where it repeats."""
    own, hint = one.currency or "", _hint(one, currency, converted)
    shown = say.money(one.amount, own)
    if not one.every_months:
        return Cell(shown, hint=hint), Cell("")
    times = say.count(one.times, "payment", "payments")
    so_far = Cell(say.money(one.so_far, own), hint=", ".join(filter(None, [times, hint])))
    return Cell(shown), so_far


def _hint(one: Recorded, currency: str, converted: Mapping[UUID, Decimal | None]) -> str:
    """What it took so far in the reader's currency, where that is another one."""
    if one.currency == currency or one.expense_id not in converted:
        return ""
    shown = converted[one.expense_id]
    if shown is None:
        return _("no rate to {currency} on every day", currency=currency)
    amount = say.money(shown, currency)
    if one.times > 1:
        return _("{amount} at the rates of their days", amount=amount)
    return _("{amount} at the rate of the day", amount=amount)

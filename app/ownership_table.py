"""The watches with what each took to own, and those that were sold with their result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import streamlit as st

from app import format as say
from app import paging, ui
from app.analytics_asked import Asked
from app.language import N_, _
from app.list_markup import Cell, Column, TableRow
from app.watch_words import STATUSES
from data.analytics import Holding
from data.calc.missing import Missing
from data.calc.ownership import Ownership
from data.watches import Status

PAGE = 50  # lines
USUAL = "total"
LABELS = {
    "name": N_("Watch"),
    "purchase": N_("Purchase"),
    "fees": N_("Fees"),
    "service": N_("Services"),
    "insurance": N_("Insurance"),
    "other": N_("Other"),
    "total": N_("In all"),
    "year": N_("A year"),
    "month": N_("A month"),
    "net": N_("Less value"),
}
SHOWN = {"name", "total", "month"}  # also on a phone
SOLD = (
    Column(N_("Watch")),
    Column(N_("Sold on"), number=True, extra=True),
    Column(N_("Cost"), number=True, extra=True),
    Column(N_("Beside the price"), number=True, extra=True),
    Column(N_("Proceeds"), number=True),
    Column(N_("Gain"), number=True),
    Column(N_("After all costs"), number=True, extra=True),
)
Held = Mapping[UUID, Holding]


def watches(found: Sequence[Ownership], held: Held, asked: Asked) -> None:
    """A page of all of them, sorted by a click on a heading."""
    order = st.query_params.get("sort", USUAL)
    order = order if order in LABELS else USUAL
    down = st.query_params.get("dir", "up" if order == "name" else "down") == "down"
    lines = ordered(found, held, order, descending=down)
    page = paging.asked("p", len(lines), PAGE)
    columns = [
        Column(
            _(label),
            _sorted_by(key, order, down=down),
            ("descending" if down else "ascending") if key == order else "",
            number=key != "name",
            extra=key not in SHOWN,
        )
        for key, label in LABELS.items()
    ]
    shown = [_line(one, held[one.watch_id], asked.currency) for one in _part(lines, page)]
    with st.container(key="stay_at_ownership"):
        ui.table(_("What each watch took, in {currency}", currency=asked.currency), columns, shown)
        paging.ways("p", page, len(lines), PAGE)


def ordered(
    found: Sequence[Ownership], held: Held, order: str, *, descending: bool
) -> list[Ownership]:
    """In that order; what has no such number comes last in both directions."""

    def name(one: Ownership) -> tuple[str, str]:
        watch = held[one.watch_id]
        return f"{watch.brand} {watch.model}".casefold(), str(one.watch_id)

    if order == "name":
        return sorted(found, key=name, reverse=descending)
    number = ORDERS[order]
    by_name = sorted(found, key=name)
    known = [one for one in by_name if not isinstance(number(one), Missing)]
    rest = [one for one in by_name if isinstance(number(one), Missing)]
    return [*sorted(known, key=number, reverse=descending), *rest]


ORDERS: dict[str, Callable[[Ownership], Any]] = {
    "purchase": lambda one: one.parts.purchase,
    "fees": lambda one: one.parts.fees,
    "service": lambda one: one.parts.service,
    "insurance": lambda one: one.parts.insurance,
    "other": lambda one: one.parts.other,
    "total": lambda one: one.total,
    "year": lambda one: one.a_year,
    "month": lambda one: one.a_month,
    "net": lambda one: one.less_value,
}


def sold(found: Sequence[Ownership], held: Held, asked: Asked) -> None:
    """A page of what was sold, the last first, with its realised result."""
    lines = sorted(
        found,
        key=lambda one: (str(held[one.watch_id].disposed_on), str(one.watch_id)),
        reverse=True,
    )
    page = paging.asked("sold", len(lines), PAGE)
    columns = [replace(column, label=_(column.label)) for column in SOLD]
    shown = [_sale(one, held[one.watch_id], asked.currency) for one in _part(lines, page)]
    with st.container(key="stay_at_sold"):
        ui.table(_("What was sold, the last first"), columns, shown)
        paging.ways("sold", page, len(lines), PAGE)


def _part(lines: Sequence[Ownership], page: int) -> Sequence[Ownership]:
    return lines[page * PAGE : (page + 1) * PAGE]


def _sorted_by(key: str, order: str, *, down: bool) -> str:
    usual = "up" if key == "name" else "down"
    other = "up" if down else "down"
    return paging.address(sort=key, dir=other if key == order else usual, p="")


def _line(one: Ownership, watch: Holding, currency: str) -> TableRow:
    parts, gone = one.parts, watch.disposed_on is not None
    bought: list[Decimal | None] = [parts.purchase, parts.fees]
    if watch.cost is None:
        bought = [None, None]
    return TableRow(
        f"/watch?id={one.watch_id}&tab=service",
        watch.brand,
        watch.model,
        _(STATUSES[Status(watch.status)]) if gone else "",
        [
            *(Cell(_paid(amount, currency)) for amount in bought),
            *(
                Cell(_paid(amount, currency))
                for amount in (parts.service, parts.insurance, parts.other)
            ),
            _amount(one.total, currency, _less(one, currency)),
            _amount(one.a_year, currency),
            _amount(one.a_month, currency),
            _amount(
                one.less_value, currency, "" if not gone else _("It is gone: nothing to deduct")
            ),
        ],
    )


def _paid(amount: Decimal | None, currency: str) -> str:
    """An amount, and nothing for nothing: most watches need no more than a price."""
    return say.money(amount, currency) if amount is None or amount else ""


def _less(one: Ownership, currency: str) -> str:
    return (
        _("Less proceeds {amount}", amount=say.money(one.proceeds, currency))
        if one.proceeds
        else ""
    )


def _amount(found: Decimal | Missing, currency: str, hint: str = "") -> Cell:
    if isinstance(found, Missing):
        return Cell(say.ABSENT, hint=_(found.reason))
    return Cell(say.money(found, currency), hint=hint)


def _sale(one: Ownership, watch: Holding, currency: str) -> TableRow:
    left = Missing("") if isinstance(one.total, Missing) else -one.total
    after = _amount(one.total, currency)
    if not isinstance(left, Missing):
        after = Cell(say.money(left, currency, signed=True), say.tone(left))
    return TableRow(
        f"/watch?id={one.watch_id}&tab=service",
        watch.brand,
        watch.model,
        cells=[
            Cell(say.day(watch.disposed_on)),
            Cell(say.money(watch.cost, currency)),
            Cell(say.money(one.parts.beside, currency)),
            Cell(say.money(watch.proceeds, currency)),
            Cell(say.money(watch.gain, currency, signed=True), say.tone(watch.gain)),
            after,
        ],
    )

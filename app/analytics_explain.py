"""How a headline number is worked out: its formula, its inputs, the rates used, what is left out.

``?explain=value`` opens it, on a link that can be shared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import streamlit as st

from app import format as say
from app import ui
from app.analytics_asked import Asked, holdings_of, payments_of
from app.analytics_head import EXPLAIN, money_weighted
from app.cache import cached
from app.language import N_, _, pgettext
from app.list_markup import Cell, Column, TableRow
from data import figures
from data.analytics import Holding
from data.calc.missing import Missing
from data.figures import Totals

SHOWN = 30  # watches that are listed
TITLES = {
    "value": N_("Value"),
    "cost": N_("Cost"),
    "gain": N_("Gain"),
    "return": N_("Return"),
    "xirr": "XIRR",
}
FORMULAS = {
    "value": N_(
        "The sum over the watches owned today of the newest market value, or the cost where "
        "there is none, each at the newest exchange rate."
    ),
    "cost": N_(
        "The sum over the watches owned today of purchase price + fees + taxes, each at the "
        "exchange rate of the day the watch came."
    ),
    "gain": N_(
        "Value − cost, over the watches owned today that have both. The watches’ part is "
        "(value − cost) with both at today’s rate; the currencies’ part is the rest."
    ),
    "xirr": N_(
        "The rate r a year with Σ flow ÷ (1 + r)^(days ÷ 365) = 0, days from the first flow. "
        "Flows are costs, services and other costs (out), and proceeds and today’s values (in), "
        "each at the exchange rate of its day. What is gone counts too."
    ),
    "return": N_(
        "Gain ÷ cost, over the watches owned today that have both: the sum of the gains "
        "divided by the sum of the costs, not the mean of the percentages."
    ),
}
NEEDS: dict[str, Callable[[Holding], bool]] = {
    "value": lambda one: one.value is not None,
    "cost": lambda one: one.cost is not None,
    "gain": lambda one: one.gain is not None,
    "return": lambda one: one.gain is not None,
}


@dataclass(frozen=True)
class Working:
    """What a number is made of: what goes in, which watches, and which not and why."""

    inputs: Sequence[tuple[str, str]]
    counted: Sequence[TableRow]
    columns: Sequence[str]
    left_out: Sequence[tuple[Holding, str]]


def show(asked: Asked) -> None:
    """The panel, if one is asked for."""
    number = st.query_params.get(EXPLAIN, "")
    if number in TITLES:
        title = _("{label}: how it is worked out", label=_(TITLES[number]))
        st.dialog(title, width="large", on_dismiss=_close)(lambda: body(asked, number))()


def body(asked: Asked, number: str) -> None:
    """Formula, inputs, rates, what is left out, and what is counted."""
    working = of_xirr(asked) if number == "xirr" else of_total(asked, number)
    st.markdown(ui.plain(_(FORMULAS[number])))
    ui.facts(working.inputs)
    held = [one for one in holdings_of(asked) if one.disposed_on is None]
    if number != "cost" and (rates := rates_used(held, asked.currency)):
        ui.heading(_("Exchange rates used today"))
        ui.facts(rates)
    if working.left_out:
        ui.heading(_("Left out"))
        rows = [_row(one, [Cell(_(reason))]) for one, reason in working.left_out[:SHOWN]]
        ui.table(_("Watches that are left out"), [Column(_("Watch")), Column(_("Why"))], rows)
        _more(len(working.left_out))
    if working.counted:
        ui.heading(_("Counted"))
        columns = [Column(_("Watch")), *(Column(one, number=True) for one in working.columns)]
        ui.table(_("Watches that are counted"), columns, working.counted[:SHOWN])
        _more(len(working.counted))


def of_total(asked: Asked, number: str) -> Working:
    """Value, cost, gain or return of what is owned."""
    total = cached(figures.totals, asked.currency, asked.today, asked.scope)
    held = [one for one in holdings_of(asked) if one.disposed_on is None]
    counted = sorted(
        (one for one in held if NEEDS[number](one)),
        key=lambda one: -abs((one.cost if number == "cost" else one.value) or Decimal()),
    )
    return Working(
        inputs(total, number, asked.currency),
        [_row(one, cells(one, asked)) for one in counted],
        [_("Value"), _("Cost"), _("Rate of the cost")],
        [(one, why(one, number, asked)) for one in held if not NEEDS[number](one)],
    )


def of_xirr(asked: Asked) -> Working:
    """The return a year: everything paid and received, by watch."""
    found = money_weighted(asked)
    held = {one.watch_id: one for one in holdings_of(asked)}
    out = dict(found.left_out)
    spent: dict[UUID | None, Decimal] = {}
    for one in payments_of(asked):
        spent[one.watch_id] = spent.get(one.watch_id, Decimal()) + (one.amount or Decimal())
    counted = sorted(
        (one for one in held.values() if one.watch_id not in out),
        key=lambda one: -(one.cost or Decimal()),
    )
    cost = sum((one.cost or Decimal() for one in counted), Decimal())
    back = sum((one.value or one.proceeds or Decimal() for one in counted), Decimal())
    other = sum((spent.get(one.watch_id, Decimal()) for one in counted), Decimal())
    rate = found.rate
    said = _(rate.reason) if isinstance(rate, Missing) else say.percent(rate, signed=True)
    exact = [
        (_("Paid for watches"), cost),
        (_("Services and other costs"), other + spent.get(None, Decimal())),
        (_("Received, or worth today"), back),
    ]
    return Working(
        [
            ("XIRR", said),
            *((label, say.money(amount, asked.currency, cents=True)) for label, amount in exact),
            (_("Counted"), _of(found.watches, len(held))),
        ],
        [_row(one, _flows(one, spent.get(one.watch_id, Decimal()), asked)) for one in counted],
        [
            pgettext("amount", "Paid"),
            pgettext("day", "On"),
            _("Other costs"),
            _("Received or worth"),
            _("Until"),
        ],
        [(held[watch_id], reason) for watch_id, reason in found.left_out if watch_id in held],
    )


def _flows(one: Holding, spent: Decimal, asked: Asked) -> list[Cell]:
    """What a watch took and brought, and when."""
    back = one.value if one.disposed_on is None else one.proceeds
    return [
        Cell(say.money(one.cost, asked.currency)),
        Cell(say.day(one.acquired_on)),
        Cell(say.money(spent, asked.currency) if spent else ""),
        Cell(say.money(back, asked.currency)),
        Cell(say.day(one.disposed_on) if one.disposed_on else _("today")),
    ]


def inputs(total: Totals, number: str, currency: str) -> list[tuple[str, str]]:
    """The numbers that go in, and the one that comes out; exact to the cent."""

    def exact(amount: Decimal) -> str:
        return say.money(amount, currency, cents=True)

    if number == "value":
        return [
            (_("Value"), exact(total.value)),
            (_("Counted"), _of(total.valued, total.watches)),
            (_("At cost, never valued"), say.number(total.at_cost)),
            (_("Valued over a year ago"), say.number(total.stale)),
        ]
    if number == "cost":
        return [(_("Cost"), exact(total.cost)), (_("Counted"), _of(total.costed, total.watches))]
    base = total.gain / total.return_fraction if total.return_fraction else None
    found = [
        (_("Gain"), exact(total.gain)),
        (_("Of the watches"), exact(total.watch_gain)),
        (_("Of the currencies"), exact(total.currency_gain)),
        (_("Counted"), _of(total.measured, total.watches)),
    ]
    if number == "return":
        found += [(_("Return"), say.percent(total.return_fraction, signed=True))]
        found += [(_("Cost of those"), exact(base))] if base is not None else []
    return found


def rates_used(held: Sequence[Holding], currency: str) -> list[tuple[str, str]]:
    """For each currency of a value: what one unit is today, and of which day that rate is."""
    found: dict[str, tuple[str, str]] = {}
    for one in held:
        own = one.value_currency
        if own and own != currency and own not in found and one.value and one.value_amount:
            rate = say.localised(f"{one.value / one.value_amount:.6g}")
            day = say.day(one.rate_on)
            text = _("{amount}, of {day}", amount=f"{currency}{say.SPACE}{rate}", day=day)
            found[own] = (f"1 {own}", text)
    return [found[own] for own in sorted(found)]


def why(one: Holding, number: str, asked: Asked) -> str:
    """What a watch that is left out lacks."""
    reasons = []
    if number != "cost" and one.value is None:
        if one.value_amount is None:
            return _("no value and no purchase price")
        reasons.append(
            _("no rate from {first} to {second}", first=one.value_currency, second=asked.currency)
        )
    if number != "value" and one.cost is None:
        bought = one.purchase_currency
        when = say.day(one.acquired_on)
        no_rate = _(
            "no rate from {first} to {second} on {day}",
            first=bought,
            second=asked.currency,
            day=when,
        )
        reasons.append(_("no purchase price") if bought is None else no_rate)
    return ", ".join(reasons)


def cells(one: Holding, asked: Asked) -> list[Cell]:
    """What goes in of one watch."""
    own = say.money(one.value_amount, one.value_currency or "")
    dated = _("of {day}", day=say.day(one.valued_on)) if one.valued_on else _("at cost")
    return [
        Cell(say.money(one.value, asked.currency), hint=f"{own}, {dated}"),
        Cell(say.money(one.cost, asked.currency)),
        Cell("" if one.purchase_currency == asked.currency else say.day(one.cost_rate_on)),
    ]


def _row(one: Holding, cells: list[Cell]) -> TableRow:
    return TableRow(f"/watch?id={one.watch_id}&tab=value", one.brand, one.model, cells=cells)


def _of(number: int, total: int) -> str:
    watches = say.count(total, "watch", "watches")
    return _("{number} of {watches}", number=say.number(number), watches=watches)


def _more(total: int) -> None:
    if total > SHOWN:
        st.caption(
            _(
                "And {number} more; the Watches tab has all of them.",
                number=say.number(total - SHOWN),
            )
        )


def _close() -> None:
    st.query_params.pop(EXPLAIN, None)

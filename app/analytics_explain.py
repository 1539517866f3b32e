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
from app.list_markup import Cell, Column, TableRow
from data import figures
from data.analytics import Holding
from data.calc.missing import Missing
from data.figures import Totals

SHOWN = 30  # watches that are listed
TITLES = {"value": "Value", "cost": "Cost", "gain": "Gain", "return": "Return", "xirr": "XIRR"}
FORMULAS = {
    "value": "The sum over the watches owned today of the newest market value, or the cost where "
    "there is none, each at the newest exchange rate.",
    "cost": "The sum over the watches owned today of purchase price + fees + taxes, each at the "
    "exchange rate of the day the watch came.",
    "gain": "Value − cost, over the watches owned today that have both. The watches’ part is "
    "(value − cost) with both at today’s rate; the currencies’ part is the rest.",
    "xirr": "The rate r a year with Σ flow ÷ (1 + r)^(days ÷ 365) = 0, days from the first flow. "
    "Flows are costs, services and other costs (out), and proceeds and today’s values (in), each "
    "at the exchange rate of its day. What is gone counts too.",
    "return": "Gain ÷ cost, over the watches owned today that have both: the sum of the gains "
    "divided by the sum of the costs, not the mean of the percentages.",
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
        title = f"{TITLES[number]}: how it is worked out"
        st.dialog(title, width="large", on_dismiss=_close)(lambda: body(asked, number))()


def body(asked: Asked, number: str) -> None:
    """Formula, inputs, rates, what is left out, and what is counted."""
    working = of_xirr(asked) if number == "xirr" else of_total(asked, number)
    st.markdown(ui.plain(FORMULAS[number]))
    ui.facts(working.inputs)
    held = [one for one in holdings_of(asked) if one.disposed_on is None]
    if number != "cost" and (rates := rates_used(held, asked.currency)):
        ui.heading("Exchange rates used today")
        ui.facts(rates)
    if working.left_out:
        ui.heading("Left out")
        rows = [_row(one, [Cell(reason)]) for one, reason in working.left_out[:SHOWN]]
        ui.table("Watches that are left out", [Column("Watch"), Column("Why")], rows)
        _more(len(working.left_out))
    if working.counted:
        ui.heading("Counted")
        columns = [Column("Watch"), *(Column(one, number=True) for one in working.columns)]
        ui.table("Watches that are counted", columns, working.counted[:SHOWN])
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
        ["Value", "Cost", "Rate of the cost"],
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
    said = rate.reason if isinstance(rate, Missing) else say.percent(rate, signed=True)
    exact = [
        ("Paid for watches", cost),
        ("Services and other costs", other + spent.get(None, Decimal())),
        ("Received, or worth today", back),
    ]
    return Working(
        [
            ("XIRR", said),
            *((label, say.money(amount, asked.currency, cents=True)) for label, amount in exact),
            ("Counted", f"{found.watches:,} of {say.count(len(held), 'watch', 'watches')}"),
        ],
        [_row(one, _flows(one, spent.get(one.watch_id, Decimal()), asked)) for one in counted],
        ["Paid", "On", "Other costs", "Received or worth", "Until"],
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
        Cell(say.day(one.disposed_on) if one.disposed_on else "today"),
    ]


def inputs(total: Totals, number: str, currency: str) -> list[tuple[str, str]]:
    """The numbers that go in, and the one that comes out; exact to the cent."""

    def exact(amount: Decimal) -> str:
        return say.money(amount, currency, cents=True)

    of = f"of {say.count(total.watches, 'watch', 'watches')}"
    if number == "value":
        return [
            ("Value", exact(total.value)),
            ("Counted", f"{total.valued:,} {of}"),
            ("At cost, never valued", f"{total.at_cost:,}"),
            ("Valued over a year ago", f"{total.stale:,}"),
        ]
    if number == "cost":
        return [("Cost", exact(total.cost)), ("Counted", f"{total.costed:,} {of}")]
    base = total.gain / total.return_fraction if total.return_fraction else None
    found = [
        ("Gain", exact(total.gain)),
        ("Of the watches", exact(total.watch_gain)),
        ("Of the currencies", exact(total.currency_gain)),
        ("Counted", f"{total.measured:,} {of}"),
    ]
    if number == "return":
        found += [("Return", say.percent(total.return_fraction, signed=True))]
        found += [("Cost of those", exact(base))] if base is not None else []
    return found


def rates_used(held: Sequence[Holding], currency: str) -> list[tuple[str, str]]:
    """For each currency of a value: what one unit is today, and of which day that rate is."""
    found: dict[str, tuple[str, str]] = {}
    for one in held:
        own = one.value_currency
        if own and own != currency and own not in found and one.value and one.value_amount:
            rate = one.value / one.value_amount
            text = f"{currency}{say.SPACE}{rate:.6g}, of {say.day(one.rate_on)}"
            found[own] = (f"1 {own}", text)
    return [found[own] for own in sorted(found)]


def why(one: Holding, number: str, asked: Asked) -> str:
    """What a watch that is left out lacks."""
    reasons = []
    if number != "cost" and one.value is None:
        if one.value_amount is None:
            return "no value and no purchase price"
        reasons.append(f"no rate from {one.value_currency} to {asked.currency}")
    if number != "value" and one.cost is None:
        bought = one.purchase_currency
        when = say.day(one.acquired_on)
        no_rate = f"no rate from {bought} to {asked.currency} on {when}"
        reasons.append("no purchase price" if bought is None else no_rate)
    return ", ".join(reasons)


def cells(one: Holding, asked: Asked) -> list[Cell]:
    """What goes in of one watch."""
    own = say.money(one.value_amount, one.value_currency or "")
    dated = f"of {say.day(one.valued_on)}" if one.valued_on else "at cost"
    return [
        Cell(say.money(one.value, asked.currency), hint=f"{own}, {dated}"),
        Cell(say.money(one.cost, asked.currency)),
        Cell("" if one.purchase_currency == asked.currency else say.day(one.cost_rate_on)),
    ]


def _row(one: Holding, cells: list[Cell]) -> TableRow:
    return TableRow(f"/watch?id={one.watch_id}&tab=value", one.brand, one.model, cells=cells)


def _more(total: int) -> None:
    if total > SHOWN:
        st.caption(f"And {total - SHOWN:,} more; the Watches tab has all of them.")


def _close() -> None:
    st.query_params.pop(EXPLAIN, None)

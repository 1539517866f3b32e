"""Analytics, ownership: what having the watches takes, year by year, watch by watch."""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go
import streamlit as st

from app import expense_form, expense_list, ownership_table, palette, session, ui
from app import format as say
from app import ownership_charts as charts
from app.analytics_asked import Asked, holdings_of, payments_of
from app.cache import cached, cached_figure, computed
from app.markup import Figure
from app.ownership_table import Held
from app.palette import Palette
from data import expenses
from data.calc import ownership
from data.calc.missing import Missing
from data.calc.ownership import MONTH, SHORTEST_MONTH, SHORTEST_YEAR, YEAR, Ownership, Whole
from data.expenses import KINDS
from data.scope import Scope

NAMED = 3  # of a list in a sentence; the rest are a number
HELP = {
    "total": "Purchase prices, fees, taxes, services and other costs, each at the rate of its day, "
    "less what sales brought.",
    "beside": "Fees, taxes, services, insurance and other costs: all but the price itself.",
    "net": "What it takes if everything were sold today at its value: the cost of ownership less "
    "that. Below zero, the watches have earned more than they took.",
}


def tab(asked: Asked) -> None:
    """All together, by year, by watch, what was sold, and what is of no single watch."""
    found = computed(whole, asked)
    held = {one.watch_id: one for one in holdings_of(asked)}
    ui.heading("What owning takes")
    if held or found.parts.total:
        st.markdown(ui.plain(answer(found, held, asked.currency)))
        ui.figures(tiles(found, held, asked.currency))
        for sentence in left_out(found, held):
            st.caption(ui.plain(sentence))
        _years(found, asked)
    else:
        ui.empty("No watch here", "No watch that is or was owned matches these filters.")
    if held:
        ui.heading("Watch by watch")
        st.markdown(ui.plain(dearest(found, held, asked.currency)))
        ownership_table.watches(found.watches, held, asked)
    if sales := [one for one in found.watches if held[one.watch_id].status == "sold"]:
        ui.heading("What was sold")
        st.markdown(ui.plain(realised(sales, held, asked.currency)))
        ownership_table.sold(sales, held, asked)
    _common(found, asked)


def whole(asked: Asked) -> Whole:
    """What the watches of the scope took."""
    return ownership.of_all(holdings_of(asked), payments_of(asked), asked.today)


def answer(found: Whole, held: Held, currency: str) -> str:
    """What owning takes, in words."""
    of = say.count(len(held), "watch", "watches")
    beside = f"{say.money(found.parts.beside, currency)} beside the price"
    if not held:
        return f"{say.money(found.common.total, currency)} was paid for the whole collection."
    if not is_priced(held):
        unknown = f"What {of} cost to buy is not known"
        return f"{unknown}; {beside} is." if found.parts.beside else f"{unknown}."
    said = f"{of} took {say.money(found.parts.purchase, currency)} to buy and {beside}"
    if found.common.total:
        said += f", {say.money(found.common.total, currency)} of it for the whole collection"
    if found.proceeds:
        said += f"; sales brought {say.money(found.proceeds, currency)} back"
    return f"{said}."


def is_priced(held: Held) -> bool:
    """Whether it is known of any watch what it cost."""
    return any(one.cost is not None for one in held.values())


def tiles(found: Whole, held: Held, currency: str) -> list[Figure]:
    """The total, a year of it, what is beside the price, and what is left if all were sold."""
    since = f"since {say.month(found.since)}" if found.since else ""
    running = ownership.a_time(found.parts.beside, found.days, YEAR, SHORTEST_YEAR)
    beside = Figure(
        "Beside the price",
        say.money(found.parts.beside, currency),
        f"{say.money(running, currency)} a year" if running is not None else "",
        help=HELP["beside"],
    )
    if not is_priced(held):
        needs = "needs a purchase price and its rate"
        total = Figure("Cost of ownership", say.ABSENT, needs, help=HELP["total"])
        return [total, beside] if found.parts.beside else [total]
    a_month = ownership.a_time(found.total, found.days, MONTH, SHORTEST_MONTH)
    a_year = ownership.a_time(found.total, found.days, YEAR, SHORTEST_YEAR)
    counted = f"of {found.valued:,} of {say.count(len(found.watches), 'watch', 'watches')}"
    return [
        Figure(
            "Cost of ownership",
            say.money(found.total, currency),
            f"after proceeds of {say.money(found.proceeds, currency)}" if found.proceeds else since,
            help=HELP["total"],
        ),
        Figure(
            "A year",
            say.money(a_year, currency),
            f"{say.money(a_month, currency)} a month" if a_month is not None else "",
            more=since if a_year is not None else "not a year yet",
        ),
        beside,
        Figure(
            "Less today’s value",
            say.money(found.less_value if found.valued else None, currency),
            counted if found.valued != len(found.watches) else "if all were sold today",
            help=HELP["net"],
        ),
    ]


def left_out(found: Whole, held: Held) -> list[str]:
    """What is not in the sums, by name."""
    said = []
    if unknown := found.unconverted:
        each = [f"{say.money(one.amount, one.currency)} of {say.day(one.day)}" for one in unknown]
        said.append(f"No rate on its day, and in no sum: {_listed(each)}.")
    if found.incomplete:
        each = [
            f"{held[watch_id].brand} {held[watch_id].model} ({reason.rstrip('.').lower()})"
            for watch_id, reason in found.incomplete
        ]
        of = say.count(len(each), "watch", "watches")
        said.append(f"Of {of} a part is not known, and not in the sums: {_listed(each)}.")
    return said


def dearest(found: Whole, held: Held, currency: str) -> str:
    """Which watch took most, in words."""
    known = [(one.total, one) for one in found.watches if not isinstance(one.total, Missing)]
    if not known:
        return "A watch whose purchase price is known, with its rate, has a cost of ownership here."
    total, most = max(known, key=lambda pair: (pair[0], str(pair[1].watch_id)))
    watch = held[most.watch_id]
    a_month = ""
    if not isinstance(most.a_month, Missing):
        a_month = f", {say.money(most.a_month, currency)} a month"
    return f"The {watch.brand} {watch.model} took most: {say.money(total, currency)}{a_month}."


def realised(sales: Sequence[Ownership], held: Held, currency: str) -> str:
    """What sales made, in words; over those of which cost and proceeds are known."""
    known = [
        (gain, one.total)
        for one in sales
        if (gain := held[one.watch_id].gain) is not None and not isinstance(one.total, Missing)
    ]
    watches = say.count(len(sales), "watch", "watches")
    if not known:
        return f"{watches} sold. A result needs both a cost and a sale price."
    gain = sum((each for each, _ in known), Decimal())
    left = -sum((total for _, total in known), Decimal())
    of = f" ({len(known):,} of them with cost and sale price)" if len(known) < len(sales) else ""
    said = f"{watches} sold{of}, with a realised result of {say.change(gain, currency)}"
    if say.round_to(gain - left, say.CENT):
        said += f"; {say.money(left, currency, signed=True)} after services and other costs"
    return f"{said}."


def _years(found: Whole, asked: Asked) -> None:
    """What each year took, as columns, and what for, as bars."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        ui.heading("Year by year")
        purchases = st.toggle("With purchases", key="purchases", bind="query-params")
    st.markdown(ui.plain(heaviest(found, asked.currency, purchases=purchases)))
    with st.container(key="wide_columns"):
        left, right = st.columns([2, 1], gap="large")
        with left:
            figure = cached_figure(year_figure, asked, palette.current(), purchases=purchases)
            said = charts.describe(found.years, asked.currency, purchases=purchases)
            ui.chart(figure, alt=said, key="ownership_by_year")
        with right:
            ui.bars("What it was paid for", charts.bars(found.parts, asked.currency))


def heaviest(found: Whole, currency: str, *, purchases: bool) -> str:
    """The year that took most, in words."""
    heights = {
        year: parts.total if purchases else parts.beside for year, parts in found.years.items()
    }
    year = max(heights, key=lambda one: (heights[one], one), default=None)
    what = "" if purchases else " beside the price"
    if year is None or not heights[year]:
        unknown = found.unconverted or (purchases and found.incomplete)
        return "What was paid is not known." if unknown else f"Nothing was paid{what} yet."
    return f"{year} took most: {say.money(heights[year], currency)}{what}."


def year_figure(asked: Asked, palette: Palette, *, purchases: bool) -> go.Figure:
    """The columns; for ``cached_figure``."""
    years = computed(whole, asked).years
    return charts.by_year(years, asked.currency, palette, purchases=purchases)


def _common(found: Whole, asked: Asked) -> None:
    """What is paid for the whole collection: never divided among the watches."""
    ui.heading("For the whole collection")
    if asked.scope != Scope(gone=asked.scope.gone):
        st.markdown("What is paid for all watches together is no part of a selection of them.")
        return
    recorded = cached(expenses.of_collection, asked.today)
    writes = session.member().role != "viewer"
    if found.common.total:
        amount = say.money(found.common.total, asked.currency)
        kinds = sorted({KINDS[one.kind].lower() for one in recorded})
        st.markdown(
            ui.plain(
                f"{amount} so far for {_listed(kinds)}. It is in the sums above, and in no single "
                "watch."
            )
        )
    elif not recorded:
        st.markdown(
            "Insurance, a safe, a watch box: what is paid for all watches together stands here, "
            "and is not divided among them."
        )
    if recorded:
        expense_list.table("Costs of the whole collection", recorded, asked.currency)
    expense_list.undo_removal(None)
    if writes:
        expense_list.button()
    if "explain" not in st.query_params:  # its dialog is open, and there can only be one
        expense_form.show(None, recorded)


def _listed(each: Sequence[str]) -> str:
    """``a, b, c and 4 more``."""
    rest = len(each) - NAMED
    if rest > 0:
        return f"{', '.join(each[:NAMED])} and {rest:,} more"
    return " and ".join(filter(None, [", ".join(each[:-1]), *each[-1:]]))

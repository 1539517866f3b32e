"""What services cost: by year as columns, by provider as thin bars. Rows in, shapes out."""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from app import format as say
from app.cache import cached
from app.chart_layout import layout, settled
from app.language import N_, _
from app.overview_markup import Bar
from app.palette import Palette
from data import services
from data.services import YearCost

HEIGHT = 240  # px
TOP = 6  # providers; the rest are one bar
YEARS = 15  # the last so many, at most
NAMED = 3  # amounts without a rate
NOBODY = N_("No provider named")


def by_year(costs: Sequence[YearCost]) -> list[tuple[int, Decimal]]:
    """Year and cost, every year from the first to the last, at most fifteen; oldest first."""
    sums: dict[int, Decimal] = {}
    for one in costs:
        sums[one.year] = sums.get(one.year, Decimal()) + one.cost
    if not sums:
        return []
    last = max(sums)
    first = max(min(sums), last - YEARS + 1)
    return [(year, sums.get(year, Decimal())) for year in range(first, last + 1)]


def by_provider(costs: Sequence[YearCost], currency: str) -> list[Bar]:
    """Who was paid how much, from most to least; the seventh on are one bar."""
    sums: dict[str, Decimal] = {}
    for one in costs:
        name = one.provider or _(NOBODY)
        sums[name] = sums.get(name, Decimal()) + one.cost
    rows = sorted(
        ((name, paid) for name, paid in sums.items() if paid), key=lambda r: (-r[1], r[0])
    )
    if len(rows) > TOP + 1:
        rest = rows[TOP:]
        other = _("Other {number}", number=say.number(len(rest)))
        rows = [*rows[:TOP], (other, sum((paid for __, paid in rest), Decimal()))]
    total = sum((paid for __, paid in rows), Decimal())
    longest = max((paid for __, paid in rows), default=Decimal())
    return [
        Bar(name, say.money(paid, currency), say.percent(paid / total), float(paid / longest))
        for name, paid in rows
    ]


def year_figure(currency: str, palette: Palette) -> go.Figure:
    """A column a year; for ``cached_figure``, whose key are these arguments."""
    years = by_year(cached(services.costs, currency))
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=currency))
    figure.update_layout(hovermode="x", margin={"r": 0}, bargap=0.45)
    told = _("{amount} in {year}", amount="<b>%{text}</b>", year="%{x}")
    figure.add_bar(
        x=[str(year) for year, __ in years],
        y=[float(paid) for __, paid in years],
        marker_color=palette.accent,
        text=[say.money(paid, currency) for __, paid in years],
        textposition="none",
        hovertemplate=f"{told}<extra></extra>",
        width=0.5,
    )
    figure.update_xaxes(
        type="category", showspikes=False, nticks=8, range=[-0.5, max(len(years), 3) - 0.5]
    )
    highest = max((float(paid) for __, paid in years), default=0) or 1
    figure.update_yaxes(range=[0, highest * 1.15])
    return settled(figure)


def describe(costs: Sequence[YearCost], currency: str) -> str:
    """The columns in a sentence, as their alternative text."""
    years = [(year, paid) for year, paid in by_year(costs) if paid]
    said = ", ".join(
        _("{amount} in {year}", amount=say.money(paid, currency), year=year) for year, paid in years
    )
    return _("Cost of services by year: {years}.", years=said)


def without_rate(costs: Sequence[YearCost], currency: str) -> str:
    """What is not in the sums, named; empty where everything is."""
    left_out = [amount for one in costs for amount in one.without_rate]
    if not left_out:
        return ""
    shown = ", ".join(map(_amount, left_out[:NAMED]))
    if rest := left_out[NAMED:]:
        shown = _("{names} and {number} more", names=shown, number=say.number(len(rest)))
    return _(
        "No rate to {currency} on its day, and not in these sums: {amounts}.",
        currency=currency,
        amounts=shown,
    )


def _amount(written: str) -> str:
    """``RUB 5000.00`` as the reader writes it."""
    currency, __, amount = written.partition(" ")
    return say.money(Decimal(amount), currency)

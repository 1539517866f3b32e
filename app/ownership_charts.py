"""What owning takes: by year as stacked columns, by kind as thin bars. Rows in, shapes out."""

from collections.abc import Mapping
from decimal import Decimal

import plotly.graph_objects as go

from app import format as say
from app.chart_layout import TEXT, layout, settled, with_headroom
from app.language import N_, _
from app.overview_markup import Bar
from app.palette import Palette
from data.calc.ownership import KINDS, Parts, together
from data.calc.waterfall import shared_out

HEIGHT = 320  # px
COLUMNS = 15  # the last so many years; those before are one column
PURCHASE = "purchase"
LABELS = {
    "purchase": N_("Purchases"),
    "fees": N_("Fees and taxes"),
    "service": N_("Services"),
    "insurance": N_("Insurance"),
    "other": N_("Other costs"),
}
Years = Mapping[int, Parts]


def columns(years: Years) -> list[tuple[str, Parts]]:
    """A column a year, oldest first; what is longer ago is one: ``to 2009``."""
    shown = [(str(year), parts) for year, parts in sorted(years.items())]
    if len(shown) <= COLUMNS:
        return shown
    earlier = shown[: 1 - COLUMNS]
    rest = together([parts for __, parts in earlier])
    return [(_("to {year}", year=earlier[-1][0]), rest), *shown[1 - COLUMNS :]]


def kinds(years: Years, *, purchases: bool) -> list[str]:
    """What there is anything of, in the order it is stacked."""
    every = [kind for kind in KINDS if purchases or kind != PURCHASE]
    return [kind for kind in every if any(getattr(parts, kind) for parts in years.values())]


def by_year(years: Years, currency: str, palette: Palette, *, purchases: bool) -> go.Figure:
    """A column a year, stacked by kind; with or without what the watches themselves cost."""
    shown = columns(years)
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=currency))
    for kind in kinds(years, purchases=purchases):
        amounts = [getattr(parts, kind) for __, parts in shown]
        figure.add_bar(
            x=[year for year, __ in shown],
            y=[float(amount) if amount else None for amount in amounts],
            name=_(LABELS[kind]),
            marker={
                "color": palette.categorical[KINDS.index(kind)],
                "line": {"color": palette.background, "width": 1},
            },
            text=[say.money(amount, currency) for amount in amounts],
            textposition="none",
            hovertemplate=f"{_(LABELS[kind])} <b>%{{text}}</b><extra></extra>",
            width=0.6,
        )
    highest = max((float(_height(parts, purchases=purchases)) for __, parts in shown), default=0)
    figure.update_xaxes(
        type="category", showspikes=False, nticks=8, range=[-0.5, max(len(shown), 3) - 0.5]
    )
    __, top = with_headroom(0, (highest or 1) * 1.03, HEIGHT)
    figure.update_yaxes(range=[0, top * 1.03])  # it is low: the topmost label needs more room
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "y": -0.12, "x": 0, "traceorder": "normal", "itemclick": False,
                "itemdoubleclick": False, "font": {"size": TEXT}},
        margin={"r": 8, "b": 64},
    )  # fmt: skip
    return settled(figure)


def describe(years: Years, currency: str, *, purchases: bool) -> str:
    """The columns in a sentence, as their alternative text."""
    said = ", ".join(
        _("{amount} in {year}", amount=say.money(height, currency), year=year)
        for year, parts in columns(years)
        if (height := _height(parts, purchases=purchases))
    )
    if purchases:
        return _("What was paid by year: {amounts}.", amounts=said or _("nothing"))
    return _("Costs beside the price, by year: {amounts}.", amounts=said or _("nothing"))


def bars(parts: Parts, currency: str) -> list[Bar]:
    """What for how much, from most to least; rounded so that they add up to their sum."""
    found = sorted(
        ((_(LABELS[kind]), amount) for kind in KINDS if (amount := getattr(parts, kind))),
        key=lambda one: -one[1],
    )
    if not found:
        return []
    total, step = sum((amount for _, amount in found), Decimal()), Decimal(1)
    if total < say.SMALL and currency not in say.WHOLE:
        step = say.CENT
    rounded = shared_out(say.round_to(total, step), [amount for _, amount in found], step)
    return [
        Bar(
            label,
            say.money(shown, currency),
            say.percent(amount / total),
            float(amount / found[0][1]),
        )
        for (label, amount), shown in zip(found, rounded, strict=True)
    ]


def _height(parts: Parts, *, purchases: bool) -> Decimal:
    return parts.total if purchases else parts.beside

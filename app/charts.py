# ruff: noqa: D102  (the fields of a row say what they are)
"""One function a chart: rows in, a Plotly figure out; nothing of Streamlit, nothing to click.

Only ``go`` traces that draw SVG (no WebGL: it needs ``unsafe-eval``). Money is drawn as a float and
said in the hover as the exact amount. Days without a known value are gaps, never zeros.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

import plotly.graph_objects as go

from app.chart_layout import faint, label_ends, layout, say_nothing, settled
from app.format import change, day, money
from app.language import _
from app.palette import Palette

TREND_HEIGHT, WATCH_HEIGHT = 372, 280  # px


class ValuePoint(Protocol):
    """A day of the collection; None where it cannot be known."""

    @property
    def day(self) -> date: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def invested(self) -> Decimal | None: ...


class WatchPoint(Protocol):
    """A day of one watch; ``recorded`` when a valuation was made on it, else carried forward."""

    @property
    def day(self) -> date: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def cost(self) -> Decimal | None: ...
    @property
    def recorded(self) -> bool: ...


def value_trend(points: Sequence[ValuePoint], currency: str, palette: Palette) -> go.Figure:
    """Value as a filled line over net invested as quiet steps; the gain is in the hover."""
    figure = go.Figure(layout=layout(palette, height=TREND_HEIGHT, unit=currency))
    days = [point.day.isoformat() for point in points]  # quicker to send than dates
    gains = [_gain(point.value, point.invested, currency) for point in points]
    figure.add_scatter(
        x=days,
        y=_floats([point.invested for point in points]),
        name=_("Invested"),
        mode="lines",
        line={"color": palette.muted, "width": 1.25, "shape": "hv", "dash": "dot"},
        text=[money(point.invested, currency) for point in points],
        hovertemplate=f"{_('Invested {amount}', amount='%{text}')}<extra></extra>",
    )
    figure.add_scatter(
        x=days,
        y=_floats([point.value for point in points]),
        name=_("Value"),
        mode="lines",
        line={"color": palette.accent, "width": 2},
        fill="tozeroy",
        fillcolor=faint(palette.accent),
        text=[money(point.value, currency) for point in points],
        customdata=gains,
        hovertemplate=f"<b>{_('Value {amount}', amount='%{text}')}</b><br>"
        f"{_('Gain {amount}', amount='%{customdata}')}<extra></extra>",
    )
    figure.update_yaxes(rangemode="tozero")
    label_ends(figure, palette)
    return settled(
        figure if points else say_nothing(figure, _("No values in this period"), palette)
    )


def watch_trend(points: Sequence[WatchPoint], currency: str, palette: Palette) -> go.Figure:
    """One watch's value, a dot where one was recorded, against its all-in cost."""
    figure = go.Figure(layout=layout(palette, height=WATCH_HEIGHT, unit=currency))
    days = [point.day.isoformat() for point in points]
    figure.add_scatter(
        x=days,
        y=_floats([point.cost for point in points]),
        name=_("Cost"),
        mode="lines",
        line={"color": palette.muted, "width": 1.25, "shape": "hv", "dash": "dot"},
        text=[money(point.cost, currency) for point in points],
        hovertemplate=f"{_('Cost {amount}', amount='%{text}')}<extra></extra>",
    )
    figure.add_scatter(
        x=days,
        y=_floats([point.value for point in points]),
        name=_("Value"),
        mode="lines+markers",
        cliponaxis=False,  # the first dot is whole
        line={"color": palette.accent, "width": 2, "shape": "hv"},
        marker={
            "color": palette.background,
            "line": {"color": palette.accent, "width": 2},
            "size": [8 if point.recorded else 0 for point in points],
            "opacity": [1 if point.recorded else 0 for point in points],
        },
        text=[money(point.value, currency) for point in points],
        customdata=[
            (
                _gain(point.value, point.cost, currency),
                _("recorded") if point.recorded else _("carried"),
            )
            for point in points
        ],
        hovertemplate=f"<b>{_('Value {amount}', amount='%{text}')}</b> (%{{customdata[1]}})<br>"
        f"{_('Gain {amount}', amount='%{customdata[0]}')}<extra></extra>",
    )
    label_ends(figure, palette)
    return settled(figure if points else say_nothing(figure, _("No value recorded yet"), palette))


def describe(points: Sequence[ValuePoint], currency: str) -> str:
    """The trend in a sentence, as the alternative text of its chart."""
    known = [point for point in points if point.value is not None]
    if not known:
        return _("No values in this period.")
    first, last = known[0], known[-1]
    return _(
        "Value from {first} on {first_day} to {last} on {last_day}.",
        first=money(first.value, currency),
        first_day=day(first.day),
        last=money(last.value, currency),
        last_day=day(last.day),
    )


def _floats(amounts: Sequence[Decimal | None]) -> list[float | None]:
    return [None if amount is None else float(amount) for amount in amounts]


def _gain(value: Decimal | None, cost: Decimal | None, currency: str) -> str:
    if value is None or cost is None:
        return change(None, currency)
    return change(value - cost, currency, (value - cost) / cost if cost > 0 else None)

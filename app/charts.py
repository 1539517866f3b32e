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

from app.chart_layout import TEXT, faint, label_ends, layout, plain, say_nothing
from app.format import change, count, day, money, percent
from app.palette import Palette

TREND_HEIGHT, WATCH_HEIGHT, ROW_HEIGHT = 372, 280, 40  # px
TOP = 8  # slices of an allocation; the rest are one bar


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


class Share(Protocol):
    """A part of a whole: its amount, and what fraction of the total that is."""

    @property
    def label(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def share(self) -> float: ...


def value_trend(points: Sequence[ValuePoint], currency: str, palette: Palette) -> go.Figure:
    """Value as a filled line over net invested as quiet steps; the gain is in the hover."""
    figure = go.Figure(layout=layout(palette, height=TREND_HEIGHT, unit=currency))
    days = [point.day for point in points]
    gains = [_gain(point.value, point.invested, currency) for point in points]
    figure.add_scatter(
        x=days,
        y=_floats([point.invested for point in points]),
        name="Invested",
        mode="lines",
        line={"color": palette.muted, "width": 1.25, "shape": "hv", "dash": "dot"},
        text=[money(point.invested, currency) for point in points],
        hovertemplate="Invested %{text}<extra></extra>",
    )
    figure.add_scatter(
        x=days,
        y=_floats([point.value for point in points]),
        name="Value",
        mode="lines",
        line={"color": palette.accent, "width": 2},
        fill="tozeroy",
        fillcolor=faint(palette.accent),
        text=[money(point.value, currency) for point in points],
        customdata=gains,
        hovertemplate="<b>Value %{text}</b><br>Gain %{customdata}<extra></extra>",
    )
    figure.update_yaxes(rangemode="tozero")
    label_ends(figure, palette)
    return figure if points else say_nothing(figure, "No values in this period", palette)


def watch_trend(points: Sequence[WatchPoint], currency: str, palette: Palette) -> go.Figure:
    """One watch's value, a dot where one was recorded, against its all-in cost."""
    figure = go.Figure(layout=layout(palette, height=WATCH_HEIGHT, unit=currency))
    figure.add_scatter(
        x=[point.day for point in points],
        y=_floats([point.cost for point in points]),
        name="Cost",
        mode="lines",
        line={"color": palette.muted, "width": 1.25, "shape": "hv", "dash": "dot"},
        text=[money(point.cost, currency) for point in points],
        hovertemplate="Cost %{text}<extra></extra>",
    )
    figure.add_scatter(
        x=[point.day for point in points],
        y=_floats([point.value for point in points]),
        name="Value",
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
            (_gain(point.value, point.cost, currency), "recorded" if point.recorded else "carried")
            for point in points
        ],
        hovertemplate=(
            "<b>Value %{text}</b> (%{customdata[1]})<br>Gain %{customdata[0]}<extra></extra>"
        ),
    )
    label_ends(figure, palette)
    return figure if points else say_nothing(figure, "No value recorded yet", palette)


def allocation(shares: Sequence[Share], currency: str, palette: Palette) -> go.Figure:
    """Bars from most to least, each with its name, amount and share; the ninth on are one."""
    rows = _top(shares)
    height = max(len(rows), 1) * ROW_HEIGHT + 12
    figure = go.Figure(layout=layout(palette, height=height, unit=currency))
    figure.update_layout(hovermode=False, margin={"l": 0, "r": 0, "t": 12, "b": 0}, barmode="stack")
    places = list(range(len(rows)))
    full = max((share for _, _, share in rows), default=0) or 1
    for name, widths, colour in (
        ("Share", [share for _, _, share in rows], palette.accent),
        ("Rest", [full - share for _, _, share in rows], palette.border),
    ):
        figure.add_bar(
            y=places, x=widths, name=name, orientation="h", width=0.14, marker_color=colour
        )
    for place, (label, amount, share) in enumerate(rows):
        said = f"{money(amount, currency)} · <b>{percent(share)}</b>"
        for text, x, side in ((label, 0, "left"), (said, 1, "right")):
            figure.add_annotation(
                x=x,
                xref="paper",
                y=place,
                text=text if side == "right" else plain(text),
                xanchor=side,
                yshift=14,
                showarrow=False,
                font={"size": TEXT, "color": palette.text},
            )
    figure.update_xaxes(visible=False, range=[0, full])
    figure.update_yaxes(visible=False, range=[len(rows) - 0.6, -0.75])
    return figure if rows else say_nothing(figure, "Nothing to divide yet", palette)


def describe(points: Sequence[ValuePoint], currency: str) -> str:
    """The trend in a sentence, as the alternative text of its chart."""
    known = [point for point in points if point.value is not None]
    if not known:
        return "No values in this period."
    first, last = known[0], known[-1]
    return (
        f"Value from {money(first.value, currency)} on {day(first.day)} "
        f"to {money(last.value, currency)} on {day(last.day)}."
    )


def _floats(amounts: Sequence[Decimal | None]) -> list[float | None]:
    return [None if amount is None else float(amount) for amount in amounts]


def _gain(value: Decimal | None, cost: Decimal | None, currency: str) -> str:
    if value is None or cost is None:
        return change(None, currency)
    return change(value - cost, currency, (value - cost) / cost if cost > 0 else None)


def _top(shares: Sequence[Share]) -> list[tuple[str, Decimal, float]]:
    rows = [(s.label, s.amount, s.share) for s in sorted(shares, key=lambda s: -s.amount)]
    if len(rows) <= TOP + 1:
        return rows
    rest = rows[TOP:]
    label = f"Other {count(len(rest), 'item', 'items').split()[0]}"
    return [*rows[:TOP], (label, sum((r[1] for r in rest), Decimal()), sum(r[2] for r in rest))]

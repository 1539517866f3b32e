"""The time-weighted return over time, as a line. Rows in, a Plotly figure out."""

from collections.abc import Sequence

import plotly.graph_objects as go

from app import format as say
from app.chart_layout import faint, label_ends, layout, say_nothing, settled
from app.language import _
from app.palette import Palette
from data.calc.performance import Earned

HEIGHT = 340  # px
FEW_DAYS, DAY_MS = 8, 86_400_000
FINE = 0.06  # a reach of less has a decimal at its ticks


def over_time(days: Sequence[Earned], palette: Palette) -> go.Figure:
    """How much was earned so far on each day, against nothing."""
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=""))
    totals = [one.total for one in days]
    if len(days) < 2:  # noqa: PLR2004  (a line has two ends)
        return settled(say_nothing(figure, _("No return in this period"), palette))
    figure.add_scatter(
        x=[one.day.isoformat() for one in days],
        y=totals,
        name=_("Return"),
        mode="lines",
        line={"color": palette.accent, "width": 2},
        fill="tozeroy",
        fillcolor=faint(palette.accent),
        text=[say.percent(one.total, signed=True) for one in days],
        hovertemplate="<b>%{text}</b><extra></extra>",
    )
    percent_axis(figure, max(*totals, 0) - min(*totals, 0), palette)
    label_ends(figure, palette)
    if (days[-1].day - days[0].day).days < FEW_DAYS:
        figure.update_xaxes(dtick=DAY_MS)  # else the axis would name hours
    return settled(figure)


def percent_axis(figure: go.Figure, reach: float, palette: Palette) -> None:
    """A y axis in percent, with a line at nothing."""
    figure.update_yaxes(
        tickformat=".1%" if reach < FINE else ".0%",
        tickprefix="",
        showticklabels=True,  # shares are no amounts
        rangemode="tozero",
        zeroline=True,
        zerolinecolor=palette.muted,
        zerolinewidth=1,
    )


def describe(days: Sequence[Earned]) -> str:
    """The line in a sentence, as its alternative text."""
    if not days:
        return _("No return in this period.")
    high, low = (pick(days, key=lambda one: one.total) for pick in (max, min))
    return _(
        "Time-weighted return: {share} on {day}; highest {high} on {high_day}, "
        "lowest {low} on {low_day}.",
        share=say.percent(days[-1].total, signed=True),
        day=say.day(days[-1].day),
        high=say.percent(high.total, signed=True),
        high_day=say.day(high.day),
        low=say.percent(low.total, signed=True),
        low_day=say.day(low.day),
    )

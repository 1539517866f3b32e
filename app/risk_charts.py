"""How far below its peak the return was, day by day. Rows in, a Plotly figure out."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from app import format as say
from app.chart_layout import SMALL, faint, layout, say_nothing, settled
from app.language import _
from app.palette import Palette
from app.return_charts import DAY_MS, FEW_DAYS, percent_axis
from data.calc.risk import Drawdown

HEIGHT = 300  # px
AIR = 1.22  # room under the deepest point, for its label
EDGE = 0.2  # of the width: a label there would stand out of the chart


def falls(days: Sequence[tuple[date, float]], palette: Palette) -> go.Figure:
    """The distance from the highest point so far, and the deepest of it named."""
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=""))
    if len(days) < 2:  # noqa: PLR2004  (a line has two ends)
        return settled(say_nothing(figure, _("No values in this period"), palette))
    figure.add_scatter(
        x=[day.isoformat() for day, __ in days],
        y=[-fall for __, fall in days],
        name=_("Below the peak"),
        mode="lines",
        line={"color": palette.loss, "width": 1.75},
        fill="tozeroy",
        fillcolor=faint(palette.loss),
        text=[say.percent(-fall) for __, fall in days],
        hovertemplate=f"{_('{share} from the peak', share='<b>%{text}</b>')}<extra></extra>",
    )
    bottom, deepest = max(days, key=lambda one: one[1])
    percent_axis(figure, deepest, palette)
    low = max(deepest * AIR, 0.01)
    figure.update_yaxes(range=[-low, low * 0.02])
    figure.update_layout(margin={"r": 8})
    if deepest:
        place = (bottom - days[0][0]).days / max((days[-1][0] - days[0][0]).days, 1)
        figure.add_annotation(
            x=bottom.isoformat(),
            y=-deepest,
            text=_("{share} on {day}", share=say.percent(-deepest), day=say.day(bottom)),
            yanchor="top",
            xanchor="left" if place < EDGE else "right" if place > 1 - EDGE else "center",
            yshift=-3,
            showarrow=False,
            font={"size": SMALL, "color": palette.text},
        )
    if (days[-1][0] - days[0][0]).days < FEW_DAYS:
        figure.update_xaxes(dtick=DAY_MS)  # else the axis would name hours
    return settled(figure)


def describe(found: Drawdown) -> str:
    """The chart in a sentence, as its alternative text."""
    return _(
        "Distance from the peak: {share} at the deepest, on {day}; {end} at the end.",
        share=say.percent(-found.deepest),
        day=say.day(found.bottom_on),
        end=say.percent(-found.present),
    )

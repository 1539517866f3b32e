"""The outlook as a fan: what was, the middle of the forecast, and the two bands around it.

Pure: an outlook in, a Plotly figure or a sentence out.
"""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from app import format as say
from app.chart_layout import SMALL, layout, say_nothing, settled
from app.language import _
from app.outlook_words import rough
from app.palette import Palette
from data.calc.missing import Missing
from data.calc.outlook import Ahead, Outlook
from data.calc.series import Point

HEIGHT = 340  # px
PLOT = HEIGHT - 40  # of it between the margins of app/chart_layout.py
SHOWN = 36  # months of the past: more would leave the fan no room
LINE = 15  # px between two labels
ROOM = 0.06  # of the axis stays free above and below
STRENGTHS = {95: 0.13, 80: 0.22}  # of the accent; where the bands lie on each other it adds up


def fan(found: Outlook | Missing, currency: str, palette: Palette) -> go.Figure:
    """Three years back as a line, a year ahead as a dashed one in two bands; today is marked."""
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=currency))
    if isinstance(found, Missing):
        return settled(say_nothing(figure, _(found.reason), palette))
    past, ahead = found.history[-SHOWN - 1 :], _from_today(found)
    days = [one.day.isoformat() for one in ahead]
    for chance, strength in STRENGTHS.items():
        _band(figure, ahead, chance, _shade(palette.accent, strength))
    figure.add_scatter(
        x=[point.day.isoformat() for point in past],
        y=[float(point.amount) for point in past],
        name="",
        mode="lines",
        line={"color": palette.accent, "width": 2},
        text=[f"<b>{say.money(point.amount, currency)}</b>" for point in past],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=days,
        y=[float(one.value) for one in ahead],
        name="",
        mode="lines",
        line={"color": palette.accent, "width": 2, "dash": "dash"},
        text=["", *(_words(one, currency) for one in ahead[1:])],
        hoverinfo=["skip", *("text" for _ in ahead[1:])],
        hovertemplate=["", *("%{text}<extra></extra>" for _ in ahead[1:])],
    )
    low, high = _reach(past, ahead)
    figure.update_yaxes(range=[low, high])
    figure.update_xaxes(range=[past[0].day.isoformat(), days[-1]])
    _mark_today(figure, days[0], palette)
    _label(figure, ahead[-1], PLOT / (high - low), palette)
    return settled(figure)


def describe(found: Outlook, currency: str) -> str:
    """The fan in a sentence, as its alternative text."""
    start, end = found.history[-1], found.months[-1]
    return _(
        "From {amount} on {day} the forecast leads to {value} on {end}; the 80% band "
        "then reaches from {low80} to {high80}, the 95% band from {low95} to "
        "{high95}.",
        amount=say.money(start.amount, currency),
        day=say.day(start.day),
        value=rough(end.value, currency),
        end=say.day(end.day),
        low80=rough(end.low80, currency),
        high80=rough(end.high80, currency),
        low95=rough(end.low95, currency),
        high95=rough(end.high95, currency),
    )


def _from_today(found: Outlook) -> list[Ahead]:
    """The days ahead, with today before them: the fan opens from a point."""
    start = found.history[-1]
    return [Ahead(start.day, *([start.amount] * 5)), *found.months]


def _edges(one: Ahead, chance: int) -> tuple[Decimal, Decimal]:
    return (one.low80, one.high80) if chance == 80 else (one.low95, one.high95)  # noqa: PLR2004


def _band(figure: go.Figure, ahead: Sequence[Ahead], chance: int, colour: str) -> None:
    """The area between the two edges of a band; the hover is the middle line's."""
    plain = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "name": ""}
    days = [one.day.isoformat() for one in ahead]
    lows, highs = zip(*(_edges(one, chance) for one in ahead), strict=True)
    figure.add_scatter(x=days, y=[float(low) for low in lows], **plain)
    figure.add_scatter(
        x=days, y=[float(high) for high in highs], fill="tonexty", fillcolor=colour, **plain
    )


def _words(one: Ahead, currency: str) -> str:
    """What the hover says of a day ahead."""
    lines = [f"<b>{_('Middle {amount}', amount=rough(one.value, currency))}</b>"]
    for chance in sorted(STRENGTHS):
        low, high = _edges(one, chance)
        edges = {"low": rough(low, currency), "high": rough(high, currency)}
        lines.append(_("{chance}%: {low} to {high}", chance=chance, **edges))
    return "<br>".join(lines)


def _reach(past: Sequence[Point], ahead: Sequence[Ahead]) -> tuple[float, float]:
    """The ends of the y axis."""
    low = min(*(point.amount for point in past), *(one.low95 for one in ahead))
    high = max(*(point.amount for point in past), *(one.high95 for one in ahead))
    room = float(high - low or high) * ROOM
    return float(low) - room, float(high) + room


def _mark_today(figure: go.Figure, day: str, palette: Palette) -> None:
    """An upright line where the past ends."""
    figure.add_vline(x=day, line={"color": palette.muted, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=day,
        y=0,
        yref="paper",
        text=_("Today"),
        xanchor="right",
        yanchor="bottom",
        xshift=-4,
        showarrow=False,
        font={"size": SMALL, "color": palette.muted},
    )


def _label(figure: go.Figure, last: Ahead, pixels: float, palette: Palette) -> None:
    """Names of the middle and of the upper edges at the right, one above the other."""
    names = [(_("Middle"), last.value), ("80%", last.high80), ("95%", last.high95)]
    above = float("-inf")
    for name, amount in names:
        height = float(amount) * pixels
        place = max(height, above + LINE)
        above = place
        figure.add_annotation(
            x=last.day.isoformat(),
            y=float(amount),
            text=name,
            xanchor="left",
            xshift=8,
            yshift=place - height,
            showarrow=False,
            font={"size": SMALL, "color": palette.accent},
        )


def _shade(colour: str, strength: float) -> str:
    """A colour at a part of its strength."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"

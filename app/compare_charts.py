"""Values of several watches over time, each indexed to 100, so that unequal prices compare.

Pure: readings in, a Plotly figure out. Days without a known value are gaps, never zeros.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from html import escape

import plotly.graph_objects as go

from app.chart_layout import SMALL, as_text, layout, say_nothing, settled
from app.format import day, money, number, percent
from app.language import _
from app.palette import Palette

HEIGHT, RIGHT, LABEL = 320, 150, 16  # px: of the chart, of the place for names, of a name
BASE = 100
SHORT = timedelta(days=30)  # together for less than this, a common beginning says nothing
FEW_DAYS, DAY_MS = 8, 86_400_000
HUES = {"light": (0, 1, 2, 4), "dark": (0, 1, 2, 3)}  # of the palette, the easiest to tell apart
ROOM = 0.06  # above and below the lines, of what they span


@dataclass(frozen=True)
class Reading:
    """What a watch was worth on a day; None: not known then."""

    day: date
    value: Decimal | None


@dataclass(frozen=True)
class Line:
    """A watch in the chart; its place among the columns gives it its colour."""

    place: int
    name: str
    readings: Sequence[Reading]


def colour(palette: Palette, place: int) -> str:
    """The colour of the watch in that column."""
    return palette.categorical[HUES[palette.mode][place]]


def common_day(lines: Sequence[Line]) -> date | None:
    """The first day on which each has a value above zero; None: there is none, or hardly any."""
    if not lines:
        return None
    known = [{r.day for r in line.readings if r.value} for line in lines]
    together = set.intersection(*known)
    if len(lines) > 1 and (not together or max(together) - min(together) < SHORT):
        return None
    return min(together, default=None)


def indexed(line: Line, base: date | None) -> list[float | None]:
    """The value as so many percent of that on ``base``, or, without one, of its own first."""
    first = next(
        (r.value for r in line.readings if r.value and (base is None or r.day == base)), None
    )
    return [
        None if first is None or r.value is None else float(r.value / first * BASE)
        for r in line.readings
    ]


def indexed_lines(lines: Sequence[Line], currency: str, palette: Palette) -> go.Figure:
    """One line a watch, its name at the right; the hover has the amounts."""
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=""))
    figure.update_layout(margin={"r": RIGHT})
    figure.update_yaxes(
        showtickprefix="none", showticklabels=True, tickformat=",.0f", zeroline=False
    )
    base = common_day(lines)
    drawn = [(line, indexed(line, base)) for line in lines]
    if not any(y is not None for __, ys in drawn for y in ys):
        return settled(say_nothing(figure, _("No value over time to compare yet"), palette))
    for line, ys in drawn:
        figure.add_scatter(
            x=[r.day.isoformat() for r in line.readings],
            y=ys,
            name=escape(line.name),
            mode="lines",
            line={"color": colour(palette, line.place), "width": 2, "shape": "hv"},
            text=[money(r.value, currency) for r in line.readings],
            hovertemplate=f"{as_text(line.name)} <b>%{{text}}</b> (%{{y:.1f}})<extra></extra>",
        )
    days = sorted(r.day for line in lines for r in line.readings)
    figure.update_xaxes(range=[days[0].isoformat(), days[-1].isoformat()])
    if (days[-1] - days[0]).days < FEW_DAYS:
        figure.update_xaxes(dtick=DAY_MS)  # else the axis would name hours
    figure.add_hline(y=BASE, line={"color": palette.muted, "width": 1, "dash": "dot"})
    _name_ends(figure, drawn, palette)
    return settled(figure)


def _name_ends(
    figure: go.Figure, drawn: Sequence[tuple[Line, list[float | None]]], palette: Palette
) -> None:
    """Each name at the right, at the height its line ends, but none over another."""
    every = [y for __, ys in drawn for y in ys if y is not None] + [float(BASE)]
    low, high = min(every), max(every)
    room = (high - low) * ROOM or BASE * ROOM
    low, high = low - room, high + room
    figure.update_yaxes(range=[low, high])
    margin = figure.layout.margin
    plot = HEIGHT - margin.t - margin.b
    ends = [
        (line, [y for y in ys if y is not None][-1])
        for line, ys in drawn
        if any(y is not None for y in ys)
    ]
    ends.sort(key=lambda end: end[1])
    heights = spread([(y - low) / (high - low) * plot for __, y in ends], LABEL, plot)
    for (line, y), height in zip(ends, heights, strict=True):
        hue, end = colour(palette, line.place), number(round(y))
        figure.add_annotation(
            xref="paper",
            x=1,
            y=height / plot,
            yref="paper",
            yanchor="middle",
            text=f'<span style="color:{hue}"><b>—</b></span> {as_text(line.name)} {end}',
            xanchor="left",
            xshift=4,
            showarrow=False,
            font={"size": SMALL, "color": palette.text},
        )


def spread(heights: Sequence[float], gap: float, top: float) -> list[float]:
    """Rising heights moved apart by at least ``gap``, none above ``top`` while there is room."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + gap) if found else max(height, gap / 2))
    ceiling = top - gap / 2
    for place in range(len(found) - 1, -1, -1):
        found[place] = min(found[place], ceiling)
        ceiling = found[place] - gap
    return found


def basis(lines: Sequence[Line]) -> str:
    """What 100 is, in a sentence."""
    if base := common_day(lines):
        if len(lines) > 1:
            return _(
                "100 is what each was worth on {day}, the first day all of them were here.",
                day=day(base),
            )
        return _("100 is what each was worth on {day}, its first day.", day=day(base))
    return _(
        "Each begins at 100 on its own first day: they were here together for less than 30 days, "
        "or never."
    )


def describe(lines: Sequence[Line], currency: str) -> str:
    """The chart in a sentence, as its alternative text."""
    said = []
    for line in lines:
        known = [r for r in line.readings if r.value is not None]
        if not known:
            continue
        first, last = known[0], known[-1]
        moved = None if not first.value or last.value is None else last.value / first.value - 1
        said.append(
            _(
                "{name} from {before} on {first_day} to {now} on {last_day} ({change})",
                name=line.name,
                before=money(first.value, currency),
                first_day=day(first.day),
                now=money(last.value, currency),
                last_day=day(last.day),
                change=percent(moved, signed=True),
            )
        )
    if not said:
        return _("No value over time is known.")
    return _("Values over time: {watches}.", watches="; ".join(said))

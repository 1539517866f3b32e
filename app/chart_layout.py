"""What every chart shares: its layout and hover, labels at the end of lines, an empty state."""

from html import escape
from math import floor, log10
from typing import Any
from zlib import crc32

import plotly.graph_objects as go

from app import format as say
from app import language
from app.palette import Palette

CONFIG: dict[str, Any] = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
FACE = '"Source Sans", sans-serif'  # Streamlit's own
SMALL, TEXT = 12, 13  # px
TICKS = 5  # lines of the grid at most
ROOM = 0.055  # of the axis stays free beyond its lines
LABEL, MARGINS = 22, 40  # px: a label over its line; above and below the plot
CLOSE = 0.09  # two end labels nearer than this share of the axis would touch


# How the axis writes a day, a month, and a whole date. Plotly knows English names of months only.
DATES = {
    "en": ("%-d %b", "%b %Y", "%-d %b %Y"),
    "de": ("%-d.%-m.", "%-m/%Y", "%-d.%-m.%Y"),
    "fr": ("%-d/%-m", "%-m/%Y", "%-d/%-m/%Y"),
}


def layout(palette: Palette, *, height: int, unit: str) -> go.Layout:
    """What all charts share; ``unit`` stands before the topmost value of the y axis.

    The page behind shows through, the grid is the border's colour, values stand inside the plot
    above their line so that a phone keeps its width, and a finger scrolls the page, not the chart.
    """
    font = {"family": FACE, "size": SMALL, "color": palette.muted}
    reader = language.reader()
    day, month, full = DATES[reader.language]
    return go.Layout(
        separators="".join(say.separators()),
        template="none",  # not Plotly's colours
        height=height,
        margin={"l": 0, "r": 60, "t": 12, "b": 28},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor=palette.background,
        font=font,
        colorway=palette.categorical,
        showlegend=False,
        legend={"traceorder": "reversed"},  # the hover lists what is drawn on top first
        dragmode=False,
        hovermode="x unified",
        hoverlabel={
            "bgcolor": palette.surface,
            "bordercolor": palette.border,
            "font": {"family": FACE, "size": TEXT, "color": palette.text},
            "align": "left",
        },
        xaxis={
            "type": "date",
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "showline": True,
            "linecolor": palette.border,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": palette.border,
            "nticks": 6,
            "tickformatstops": [
                {"dtickrange": [None, 86_400_000 * 27], "value": day},
                {"dtickrange": [86_400_000 * 27, "M11"], "value": month},
                {"dtickrange": ["M11", None], "value": "%Y"},
            ],
            "hoverformat": full,
            "showspikes": True,
            "spikemode": "across",
            "spikethickness": 1,
            "spikedash": "solid",
            "spikecolor": palette.border,
        },
        yaxis={
            "fixedrange": True,
            "gridcolor": palette.border,
            "zeroline": False,
            "nticks": TICKS,
            "tickfont": {"size": SMALL, "color": palette.muted},  # inside labels default to #444
            "tickformat": "~s",
            "tickprefix": f"{unit} ",
            "showtickprefix": "last",
            "showticklabels": not reader.hides_amounts,
            "ticklabelposition": "inside top",
            "title": {"text": ""},
        },
    )


def settled(figure: go.Figure) -> go.Figure:
    """The finished figure, so that its second drawing has nothing to do.

    Streamlit hands each chart to Plotly twice, as two equal objects. A template, even an empty
    one, or data without a revision would have Plotly draw all of it again. Ranges are said
    outright: where it draws nothing again, Plotly forgets those it found itself.
    """
    days = sorted(x for trace in figure.data for x in trace.x)
    if figure.layout.xaxis.range is None and days and days[0] != days[-1]:
        figure.update_xaxes(range=[days[0], days[-1]])
    if figure.layout.yaxis.range is None:
        figure.update_yaxes(range=_reach(figure))
    figure.layout.template = None
    if figure.layout.yaxis.showticklabels is False:
        _scale(figure)
    figure.layout.datarevision = crc32(str(figure.to_json()).encode())
    return figure


def _scale(figure: go.Figure) -> None:
    """Heights from 0 to 1 instead of amounts, which privacy mode does not even send."""
    highest = max((abs(y) for trace in figure.data for y in trace.y if y is not None), default=0)
    if not highest:
        return
    for trace in figure.data:
        trace.y = [None if y is None else y / highest for y in trace.y]
    for one in figure.layout.annotations:
        if one.yref != "paper":
            one.y = one.y / highest
    if figure.layout.yaxis.range:
        figure.layout.yaxis.range = [end / highest for end in figure.layout.yaxis.range]


def say_nothing(figure: go.Figure, sentence: str, palette: Palette) -> go.Figure:
    """An empty chart that says so, at the height it will have."""
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure.add_annotation(
        text=sentence,
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        showarrow=False,
        font={"size": TEXT, "color": palette.muted},
    )


def as_text(name: str) -> str:
    """A person's text for Plotly, which reads tags and, in a template, %{…}."""
    return escape(name).replace("%", "&#37;")


def faint(colour: str) -> str:
    """A colour at a tenth of its strength, for the area under a line."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.10)"


def label_ends(figure: go.Figure, palette: Palette) -> None:
    """Name each line at its last known point, apart from its neighbour; the axis ends there too."""
    ends = [
        (xy[-1][1], xy[-1][0], trace.name, trace.line.color)
        for trace in figure.data
        if (xy := [(x, y) for x, y in zip(trace.x, trace.y, strict=True) if y is not None])
    ]
    if len(days := sorted(x for trace in figure.data for x in trace.x)) > 1:
        figure.update_xaxes(range=[days[0], days[-1]])  # else the labels would widen it
    low, high = _reach(figure)
    figure.update_yaxes(range=[low, high])
    ends.sort(key=lambda end: end[0])
    touching = len(ends) > 1 and (ends[-1][0] - ends[0][0]) / (high - low) < CLOSE
    for rank, (y, x, name, colour) in enumerate(ends):
        figure.add_annotation(
            x=x,
            y=y,
            text=name,
            xanchor="left",
            xshift=8,
            yshift=(9 if rank else -9) if touching else 0,
            showarrow=False,
            font={"size": SMALL, "color": colour or palette.muted},
        )


def _reach(figure: go.Figure) -> tuple[float, float]:
    """The ends of the y axis: all that is drawn, and some room."""
    drawn = [float(y) for trace in figure.data for y in trace.y if y is not None]
    if figure.layout.yaxis.rangemode == "tozero":
        drawn.append(0)
    low, high = min(drawn, default=0), max(drawn, default=0)
    room = (high - low or abs(high) or 1) * ROOM
    height = float(figure.layout.height)
    return with_headroom(low - room if low else 0, high + room if high or not low else 0, height)


def with_headroom(low: float, high: float, height: float) -> tuple[float, float]:
    """The ends of an axis, so that the label of its highest line has room above it.

    ``height``: of the figure in pixels; Plotly leaves a label out that does not fit.
    """
    share = LABEL / (height - MARGINS)
    return low, max(high, _topmost(low, high) + (high - low) * share / (1 - share))


def _topmost(low: float, high: float) -> float:
    """The highest line of the grid, whose label needs room above it; as Plotly chooses it."""
    rough = (high - low) / TICKS
    scale = 10.0 ** floor(log10(rough))
    step = next(nice * scale for nice in (1, 2, 5, 10) if nice * scale >= rough)
    return floor(high / step) * step

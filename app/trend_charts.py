"""Value against what was paid in: as lines with the gain between them, stacked by group, indexed.

Pure: rows in, a Plotly figure out. Days that leave something out are gaps, never zeros.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from app import chart_layout
from app import format as say
from app.chart_layout import as_text, layout, say_nothing, settled
from app.language import N_, _, ngettext
from app.palette import Palette
from data.analytics import Day, GroupDay, Move

HEIGHT = 400  # px
FEW_DAYS, DAY_MS = 8, 86_400_000
NOTHING = N_("No values in this period")
MARKS = {True: (N_("Bought {watch}"), "triangle-up"), False: (N_("Gone {watch}"), "triangle-down")}
NAMED = 4  # of the marks of one day


@dataclass(frozen=True)
class Drawn:
    """A day of the chart; None is a gap."""

    day: date
    value: float | None
    invested: float | None
    words: str  # of the hover


def drawn(days: Sequence[Day], currency: str) -> list[Drawn]:
    """The evenly spaced days; what leaves something out is a gap, unless the last day does too."""
    shown = [one for one in days if one.regular]
    partial = bool(shown) and shown[-1].missing
    return [
        Drawn(
            one.day,
            float(one.value) if partial or not one.missing else None,
            None if one.incomplete and not shown[-1].incomplete else float(one.invested),
            _words(one, currency),
        )
        for one in shown
    ]


def value_and_invested(
    days: Sequence[Day], moves: Sequence[Move], currency: str, palette: Palette
) -> go.Figure:
    """Value and net invested, the area between them, and marks for what came and went."""
    points = drawn(days, currency)
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=currency))
    if len(points) < 2 or not any(one.value for one in points):  # noqa: PLR2004  (a line has two ends)
        return settled(say_nothing(figure, _(NOTHING), palette))
    _area(figure, points, max, palette.gain)
    _area(figure, points, min, palette.loss)
    when = [one.day.isoformat() for one in points]
    figure.add_scatter(
        x=when,
        y=[one.invested for one in points],
        name=_("Invested"),
        mode="lines",
        line={"color": palette.muted, "width": 1.25, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=when,
        y=[one.value for one in points],
        name=_("Value"),
        mode="lines",
        line={"color": palette.accent, "width": 2},
        text=[one.words for one in points],
        hovertemplate="%{text}<extra></extra>",
    )
    _mark(figure, moves, points, currency, palette)
    _label(figure, palette)
    return settled(_whole_days(figure, points[0].day, points[-1].day))


def stacked(rows: Sequence[GroupDay], nothing: str, currency: str, palette: Palette) -> go.Figure:
    """The value by group, the largest at the bottom; ``nothing`` names those in no group."""
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=currency))
    groups = list(dict.fromkeys((row.rest, row.label) for row in rows))
    days = sorted({row.day for row in rows})
    if len(days) < 2 or not any(row.value for row in rows):  # noqa: PLR2004
        return settled(say_nothing(figure, _(NOTHING), palette))
    amounts = {(row.rest, row.label, row.day): row.value for row in rows}
    last = days[-1]
    groups.sort(key=lambda one: (one[0], -amounts.get((*one, last), Decimal())))
    for place, (rest, label) in enumerate(groups):
        name = _("All others") if rest else label or nothing
        colour = palette.border if rest else palette.categorical[place % 8]
        held = [amounts.get((rest, label, day), Decimal()) for day in days]
        figure.add_scatter(
            x=[day.isoformat() for day in days],
            y=[float(amount) for amount in held],
            name=as_text(name),
            mode="lines",
            stackgroup="value",
            line={"color": palette.background, "width": 0.75},
            fillcolor=colour,
            text=[say.money(amount, currency) for amount in held],
            hovertemplate=f"{as_text(name)} <b>%{{text}}</b><extra></extra>",
        )
    highest = max(sum(amounts.get((*one, day), Decimal()) for one in groups) for day in days)
    figure.update_yaxes(range=chart_layout.with_headroom(0, float(highest) * 1.03, HEIGHT))
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "y": -0.12, "x": 0, "traceorder": "normal", "itemclick": False,
                "itemdoubleclick": False, "font": {"size": chart_layout.TEXT}},
        margin={"r": 8, "b": 64},
    )  # fmt: skip
    return settled(_whole_days(figure, days[0], days[-1]))


@dataclass(frozen=True)
class Indexed:
    """A series that begins at 100; oldest first."""

    name: str
    points: Sequence[tuple[date, float]]


def indexed(series: Sequence[Indexed], palette: Palette) -> go.Figure:
    """Each from 100 at its first day: the first in the accent, the others in quiet tones."""
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=""))
    figure.update_yaxes(showtickprefix="none", showticklabels=True, tickformat=",.0f")
    figure.update_layout(margin={"r": 110})
    for place, one in enumerate(series):
        figure.add_scatter(
            x=[day.isoformat() for day, __ in one.points],
            y=[level for __, level in one.points],
            name=as_text(one.name),
            mode="lines",
            line={
                "color": palette.categorical[place] if place else palette.accent,
                "width": 1.5 if place else 2,
            },
            hovertemplate=f"{as_text(one.name)} <b>%{{y:,.1f}}</b><extra></extra>",
        )
    days = [day for one in series for day, __ in one.points]
    if len(set(days)) < 2:  # noqa: PLR2004
        return settled(say_nothing(figure, _(NOTHING), palette))
    figure.add_hline(y=100, line={"color": palette.muted, "width": 1, "dash": "dot"})
    chart_layout.label_ends(figure, palette)
    return settled(_whole_days(figure, min(days), max(days)))


def describe(days: Sequence[Day], currency: str) -> str:
    """The trend in a sentence, as the alternative text of its chart."""
    if not days:
        return _("No values in this period.")
    first, last = days[0], days[-1]
    return _(
        "Value from {value} on {day} to {now} on {end}, with {invested} invested.",
        value=say.money(first.value, currency),
        day=say.day(first.day),
        now=say.money(last.value, currency),
        end=say.day(last.day),
        invested=say.money(last.invested, currency),
    )


def _words(one: Day, currency: str) -> str:
    """What a day's hover says: value, invested, the gain, watches and the rate."""
    gain = one.value - one.invested
    share = gain / one.invested if one.invested > 0 else None
    lines = [
        f"<b>{_('Value {amount}', amount=say.money(one.value, currency))}</b>",
        _("Invested {amount}", amount=say.money(one.invested, currency)),
        _("Gain {amount}", amount=say.change(gain, currency, share)),
        say.count(one.watches, "watch", "watches"),
    ]
    if one.rate is not None and currency != "EUR":
        lines[-1] += f", 1 EUR = {currency}{say.SPACE}{say.localised(f'{one.rate:.4f}')}"
    return "<br>".join(lines)


def _area(figure: go.Figure, points: Sequence[Drawn], end: object, colour: str) -> None:
    """The area between net invested and the value, where the value is the higher (or lower) one."""
    pick = max if end is max else min
    known = [one for one in points if one.value is not None and one.invested is not None]
    when = [one.day.isoformat() for one in known]
    plain = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": when, "name": ""}
    figure.add_scatter(y=[one.invested for one in known], **plain)
    figure.add_scatter(
        y=[pick(one.value, one.invested) for one in known],  # type: ignore[type-var]
        fill="tonexty",
        fillcolor=chart_layout.faint(colour),
        **plain,
    )


def _mark(
    figure: go.Figure,
    moves: Sequence[Move],
    points: Sequence[Drawn],
    currency: str,
    palette: Palette,
) -> None:
    """A triangle on the line for each watch that came or went; several of a day share one."""
    for came, (text, symbol) in MARKS.items():
        by_day: dict[date, list[Move]] = {}
        for move in moves:
            if move.came is came and (on := _nearest(points, move.day)) is not None:
                by_day.setdefault(points[on].day, []).append(move)
        heights = {one.day: one.value for one in points}
        figure.add_scatter(
            x=[day.isoformat() for day in by_day],
            y=[heights[day] for day in by_day],
            name="",
            mode="markers",
            cliponaxis=False,
            marker={
                "symbol": symbol,
                "size": 9,
                "color": palette.background,
                "line": {"color": palette.text, "width": 1.25},
            },
            text=[_came(found, text, currency) for found in by_day.values()],
            hovertemplate="%{text}<extra></extra>",
        )


def _came(found: Sequence[Move], text: str, currency: str) -> str:
    """The watches of one day, the first of them by name."""
    lines = [_(text, watch=_named(one, currency)) for one in found[:NAMED]]
    if rest := found[NAMED:]:
        lines.append(ngettext("and {number} more", "and {number} more", len(rest)))
    return "<br>".join(lines)


def _named(move: Move, currency: str) -> str:
    amount = f", {say.money(move.amount, currency)}" if move.amount is not None else ""
    return f"{as_text(f'{move.brand} {move.model}'[:60])}{amount}"


def _nearest(points: Sequence[Drawn], day: date) -> int | None:
    """The first drawn day on or after this one; None where it is a gap or outside."""
    for place, point in enumerate(points):
        if point.day >= day:
            return None if point.value is None else place
    return None


def _label(figure: go.Figure, palette: Palette) -> None:
    """Names at the ends of the two lines; areas and marks have none."""
    lines = go.Figure(
        [trace for trace in figure.data if trace.name in {_("Value"), _("Invested")}], figure.layout
    )
    chart_layout.label_ends(lines, palette)
    figure.layout = lines.layout


def _whole_days(figure: go.Figure, first: date, last: date) -> go.Figure:
    if (last - first).days < FEW_DAYS:
        figure.update_xaxes(dtick=DAY_MS)  # else the axis would name hours
    return figure

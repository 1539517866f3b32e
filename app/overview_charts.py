"""What the overview draws: value over time as a line, the allocation as bars.

Arguments are few and small, because they are the keys of ``cached_figure``; rows are read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from app import charts
from app import format as say
from app.cache import cached
from app.format import money, percent
from app.language import _
from app.overview_markup import Bar
from app.palette import Palette
from app.period import Period
from data import figures
from data.figures import Slice, TrendPoint

DIVISIONS = {"brand": figures.by_brand, "collection": figures.by_collection}
FEW_DAYS, DAY_MS = 8, 86_400_000
TOP = 8  # bars of an allocation; the rest are one
TENTHS = 1000  # of a percent, in a whole


@dataclass(frozen=True)
class DrawnPoint:
    """A day of the chart; None is a gap."""

    day: date
    value: Decimal | None
    invested: Decimal | None


@dataclass(frozen=True)
class Part:
    """A part of the value; ``share`` is a fraction rounded to a tenth of a percent."""

    label: str
    amount: Decimal
    share: float


def points_of(currency: str, over: Period) -> list[TrendPoint]:
    """The days of the period, oldest first."""
    return cached(figures.trend, currency, over.start, over.end, over.step)


def trend(currency: str, over: Period, palette: Palette) -> go.Figure:
    """Value against net invested."""
    figure = charts.value_trend(drawn(points_of(currency, over)), currency, palette)
    if over.days < FEW_DAYS:
        figure.update_xaxes(dtick=DAY_MS)  # else the axis would name hours
    return figure


def drawn(points: Sequence[TrendPoint]) -> list[DrawnPoint]:
    """Days that leave something out are gaps, unless today does too: the notes then say so."""
    partial = points[-1].missing
    return [
        DrawnPoint(p.day, p.value, p.invested)
        if partial or not p.missing
        else DrawnPoint(p.day, None, None)
        for p in points
    ]


def bars(by: str, currency: str, today: date) -> list[Bar]:
    """What the value is made of, from most to least; a tenth part makes the ninth on one bar."""
    rows = parts(cached(DIVISIONS[by], currency, today))
    if len(rows) > TOP + 1:
        rest = rows[TOP:]
        amount = sum((one.amount for one in rest), Decimal())
        other = Part(
            _("Other {number}", number=say.number(len(rest))),
            amount,
            sum(one.share for one in rest),
        )
        rows = [*rows[:TOP], other]
    longest = max((one.share for one in rows), default=0) or 1
    return [
        Bar(one.label, money(one.amount, currency), percent(one.share), one.share / longest)
        for one in rows
    ]


def parts(slices: Sequence[Slice]) -> list[Part]:
    """Shares that add up to 100.0 % as they are shown (largest remainder)."""
    total = sum((one.amount for one in slices), Decimal())
    if total <= 0:
        return []
    exact = [one.amount * TENTHS / total for one in slices]
    tenths = [int(share) for share in exact]
    nearest = sorted(range(len(exact)), key=lambda i: tenths[i] - exact[i])
    for i in nearest[: TENTHS - sum(tenths)]:
        tenths[i] += 1
    return [
        Part(one.label or _("No collection"), one.amount, share / TENTHS)
        for one, share in zip(slices, tenths, strict=True)
    ]

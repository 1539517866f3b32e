"""The two charts of the overview, each with its sentence: value over time, allocation.

Arguments are few and small, because they are the keys of ``cached_figure``; rows are read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from app import charts
from app.cache import cached
from app.format import money, percent
from app.palette import Palette
from app.period import Period
from data import figures
from data.figures import Slice, TrendPoint

DIVISIONS = {"brand": figures.by_brand, "collection": figures.by_collection}
FEW_DAYS, DAY_MS = 8, 86_400_000
LINE = 42  # characters of a bar: its name, then its amount and share
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


def allocation(by: str, currency: str, today: date, palette: Palette) -> go.Figure:
    """What the value is made of."""
    short = [
        Part(_short(part.label, LINE - len(money(part.amount, currency))), part.amount, part.share)
        for part in parts_of(by, currency, today)
    ]
    return charts.allocation(short, currency, palette)


def describe_allocation(by: str, currency: str, today: date) -> str:
    """The allocation in a sentence, as the alternative text of its chart."""
    named = [
        f"{part.label} {money(part.amount, currency)} ({percent(part.share)})"
        for part in parts_of(by, currency, today)
    ]
    if not named:
        return "Nothing to divide yet."
    more = [f"and {len(named) - charts.TOP} more"] if len(named) > charts.TOP else []
    return f"Value by {by}: {', '.join(named[: charts.TOP] + more)}."


def parts_of(by: str, currency: str, today: date) -> list[Part]:
    """The parts by brand or by collection, the largest first."""
    return parts(cached(DIVISIONS[by], currency, today))


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
        Part(one.label or "No collection", one.amount, share / TENTHS)
        for one, share in zip(slices, tenths, strict=True)
    ]


def _short(name: str, room: int) -> str:
    """A name that leaves room for `` · 12.3%`` and a gap; capitals are wide."""
    room = max(room - 9, 8) * 4 // (5 if name.isupper() else 4)
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"

"""Analytics, the risk: how far it fell, how much it swings, how much hangs on a few watches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import plotly.graph_objects as go
import streamlit as st

from app import palette, risk_charts, risk_words, ui
from app.analytics_asked import Asked, all_days_of, days_of, holdings_of
from app.analytics_return import earned_in
from app.cache import cached, cached_figure, computed
from app.language import N_, _
from app.markup import Figure
from app.overview_markup import Bar
from app.palette import Palette
from app.risk_words import Swings
from data import rhythm
from data.analytics import Holding
from data.calc import risk, series
from data.calc.missing import Missing
from data.calc.risk import Drawdown, Level
from data.calc.series import High, Point
from data.said import said

JUDGED = 200  # watches by which regularity is judged: those worth the most
INDEX = N_(
    "The Herfindahl index adds up the squared shares: 1 is a single watch, 0.1 is ten of equal "
    "value."
)


@dataclass(frozen=True)
class Content:
    """All that the tab says."""

    tiles: list[Figure]
    fell: str
    high: str
    alt: str  # of the chart; empty: there is none
    hangs_on: str
    bars: list[Bar]
    swings: str


def tab(asked: Asked) -> None:
    """Four figures, the falls, on how few it hangs, how much it swings."""
    found = computed(content, asked)
    ui.figures(found.tiles)
    with st.container(key="wide_columns"):
        left, right = st.columns([2, 1], gap="large")
        with left:
            ui.heading(_("How far it fell"))
            st.markdown(ui.plain(found.fell))
            if found.alt:
                figure = cached_figure(falls_figure, asked, palette.current())
                ui.chart(figure, alt=found.alt, key="falls")
            if found.high:
                st.markdown(ui.plain(found.high))
        with right:
            ui.heading(_("On how few it hangs"))
            st.markdown(ui.plain(found.hangs_on))
            if found.bars:
                ui.bars(_("Concentration"), found.bars)
                st.caption(_(INDEX))
            ui.heading(_("How much it swings"))
            st.markdown(ui.plain(found.swings))


def content(asked: Asked) -> Content:
    """What there is to say; for ``computed``."""
    fall, top, swings, held = drawdown(asked), high(asked), swings_of(asked), here(asked)
    shares = risk.concentration([one.value or Decimal() for one in held])
    return Content(
        risk_words.tiles(fall, top, swings, asked.currency, len(held)),
        risk_words.fell(fall, asked.over.since),
        risk_words.high(top, asked.currency, len(held)),
        "" if isinstance(fall, Missing) else risk_charts.describe(fall),
        risk_words.hangs_on(shares, held),
        [] if isinstance(shares, Missing) else risk_words.bars(shares, held, asked.currency),
        risk_words.swing(swings),
    )


def here(asked: Asked) -> list[Holding]:
    """The watches that are here and have a value."""
    return [one for one in holdings_of(asked) if one.disposed_on is None and one.value is not None]


def levels(asked: Asked) -> list[Level] | Missing:
    """What one unit of money became, day by day."""
    earned = computed(earned_in, asked)
    if isinstance(earned, Missing):
        return earned
    return [Level(one.day, 1 + one.total) for one in earned.days]


def drawdown(asked: Asked) -> Drawdown | Missing:
    """The falls of the period."""
    found = levels(asked)
    return found if isinstance(found, Missing) else risk.drawdown(found)


def high(asked: Asked) -> High | Missing:
    """The highest value there ever was, up to the end of the period."""
    days = all_days_of(asked)
    if days and days[-1].missing:
        return Missing(said("Something that is held has no exchange rate today."))
    points = [Point(day.day, day.value) for day in days if not day.missing]
    if not any(point.amount for point in points):
        return Missing(said("Nothing that was held has had a value."))
    return series.all_time_high(points)


def swings_of(asked: Asked) -> Swings:
    """Volatility from ends of months, where the watches that make the value are valued often."""
    found = regular_levels(asked)
    if isinstance(found, Missing):
        return Swings(found, found)
    return Swings(risk.volatility(found), risk.downward_volatility(found))


def regular_levels(asked: Asked) -> list[Level] | Missing:
    """The ends of months; or why they would show no swings."""
    held = sorted(here(asked), key=lambda one: -(one.value or 0))[:JUDGED]
    total = sum((one.value or Decimal() for one in held), Decimal())
    if not total:
        return Missing(said("Nothing that is held has a value, so nothing swings."))
    ids = tuple(one.watch_id for one in held)
    regular = cached(rhythm.regular, ids, asked.over.start, asked.over.end)
    share = sum((one.value or Decimal() for one in held if one.watch_id in regular), Decimal())
    if (part := float(share / total)) < risk_words.REGULAR:
        return risk_words.irregular(part)
    found = levels(asked)
    if isinstance(found, Missing):
        return found
    ends = month_ends(found)
    return ends if len(ends) >= risk.FEWEST_POINTS else risk_words.too_short(len(ends))


def month_ends(found: Sequence[Level]) -> list[Level]:
    """The last days of the months, which are always among the days."""
    return [one for one in found if (one.day + timedelta(days=1)).day == 1]


def falls_figure(asked: Asked, palette: Palette) -> go.Figure:
    """The evenly spaced days and the deepest one; for ``cached_figure``."""
    found = levels(asked)
    points = [] if isinstance(found, Missing) else found
    depth = risk.falls([one.level for one in points])
    deepest = max(depth, default=0)
    kept = {day.day for day in days_of(asked) if day.regular}
    days: list[tuple[date, float]] = [
        (one.day, below)
        for one, below in zip(points, depth, strict=True)
        if one.day in kept or below == deepest
    ]
    return risk_charts.falls(days, palette)

"""Analytics, the trend: value against what was paid in, by group, or against a benchmark."""

from collections.abc import Sequence
from typing import Literal

import plotly.graph_objects as go
import streamlit as st

from app import analytics_benchmark, analytics_watches, navigation, palette, trend_charts, ui
from app import format as say
from app.analytics_asked import Asked, days_of
from app.cache import cached_figure, computed, shared
from app.palette import Palette
from data import analytics
from data.analytics import Day, Division, GroupDay, Move
from data.calc import performance

VIEWS: tuple[Literal["gain"] | Division, ...] = ("gain", "brand", "collection", "movement")
NOTHING = {"brand": "No brand", "collection": "No collection", "movement": "Movement not known"}
MARKS = 40  # comings and goings that are marked, the largest amounts
NOTE_MOST = 0.5  # of the change: one watch is most of it


def tab(asked: Asked) -> None:
    """The answer in words, how to look at it, the chart, and what it is compared with."""
    days = shown_days(asked)
    ui.answered("How the value moved", computed(answer, asked))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = st.segmented_control(
            "Show",
            VIEWS,
            default=VIEWS[0],
            required=True,
            key="view",
            bind="query-params",
            label_visibility="collapsed",
        )
        against = analytics_benchmark.choose()
    if against:
        analytics_benchmark.chart(asked, against)
    elif view and view != "gain":
        figure = cached_figure(group_figure, asked, view, palette.current())
        ui.chart(figure, alt=f"Value by {view} over time.", key="trend")
    else:
        figure = cached_figure(value_figure, asked, palette.current())
        ui.chart(figure, alt=trend_charts.describe(days, asked.currency), key="trend")
    st.page_link(navigation.BENCHMARKS, label="Gold and other series to compare with")


def shown_days(asked: Asked) -> list[Day]:
    """The days of the period, without the eve it is compared with."""
    return [day for day in days_of(asked) if day.day >= asked.over.start]


def answer(asked: Asked) -> str:
    """How the value moved in the period, in words, and which watch most of it was."""
    days = shown_days(asked)
    if len(days) < 2 or not any(day.value for day in days):  # noqa: PLR2004
        return "The line begins with a value: give watches a purchase date and their values since."
    if days[-1].missing or days[0].missing:
        return "A currency has no rate on the first or the last day, so the change can’t be said."
    gained = performance.gained(days_of(asked))  # with what the first watch gained on its first day
    if not say.round_to(gained, say.CENT):
        return f"Unchanged {asked.over.since}, apart from what was bought and sold."
    word = "Up" if gained > 0 else "Down"
    said = f"{word} {say.money(abs(gained), asked.currency)} {asked.over.since}"
    moved = analytics_watches.movers_of(asked)
    most = (moved[0] if gained > 0 else moved[-1]) if moved else None
    if most and most.rising + most.falling > 1 and most.moved / gained > NOTE_MOST:
        said += f", most of it the {most.name}"
    paid = days[-1].invested - days_of(asked)[0].invested
    if say.round_to(paid, say.CENT):
        flow = "More was paid in than taken out" if paid > 0 else "More was taken out than paid in"
        said += f". {flow}: {say.money(abs(paid), asked.currency)}"
    return f"{said}."


def value_figure(asked: Asked, palette: Palette) -> go.Figure:
    """Value, net invested, the gain between them."""
    over = asked.over
    moves: Sequence[Move] = shared(
        analytics.moves, asked.scope, asked.currency, over.start, over.end, MARKS
    )
    return trend_charts.value_and_invested(shown_days(asked), moves, asked.currency, palette)


def group_figure(asked: Asked, by: Division, palette: Palette) -> go.Figure:
    """The value by group, stacked."""
    over = asked.over
    step = max(over.step, over.days // 200)
    rows: Sequence[GroupDay] = shared(
        analytics.grouped_days, asked.scope, by, asked.currency, over.start, over.end, step
    )
    return trend_charts.stacked(rows, NOTHING[by], asked.currency, palette)

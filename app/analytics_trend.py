"""Analytics, the trend: value against what was paid in, by group, or against a benchmark."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import plotly.graph_objects as go
import streamlit as st

from app import (
    analytics_benchmark,
    analytics_watches,
    choice,
    navigation,
    palette,
    trend_charts,
    ui,
)
from app import format as say
from app.analytics_asked import Asked, days_of
from app.cache import cached_figure, computed, shared
from app.language import N_, _
from app.palette import Palette
from data import analytics
from data.analytics import Day, Division, GroupDay, Move
from data.calc import performance

NOTHING = {
    "brand": N_("No brand"),
    "collection": N_("No collection"),
    "movement": N_("Movement not known"),
}
NAMES = {
    "gain": N_("gain"),
    "brand": N_("brand"),
    "collection": N_("collection"),
    "movement": N_("movement"),
}
BY: dict[str, tuple[Division, str]] = {
    "brand": ("brand", N_("Value by brand over time.")),
    "collection": ("collection", N_("Value by collection over time.")),
    "movement": ("movement", N_("Value by movement over time.")),
}
MARKS = 40  # comings and goings that are marked, the largest amounts
NOTE_MOST = 0.5  # of the change: one watch is most of it


def tab(asked: Asked) -> None:
    """The answer in words, how to look at it, the chart, and what it is compared with."""
    days = shown_days(asked)
    ui.answered(_("How the value moved"), computed(answer, asked))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {key: _(name) for key, name in NAMES.items()}
        view = choice.buttons(_("Show"), names, "view", "gain")
        against = analytics_benchmark.choose()
    if against:
        analytics_benchmark.chart(asked, against)
    elif view in BY:
        by, alt = BY[view]
        figure = cached_figure(group_figure, asked, by, palette.current())
        ui.chart(figure, alt=_(alt), key="trend")
    else:
        figure = cached_figure(value_figure, asked, palette.current())
        ui.chart(figure, alt=trend_charts.describe(days, asked.currency), key="trend")
    st.page_link(navigation.BENCHMARKS, label=_("Gold and other series to compare with"))


def shown_days(asked: Asked) -> list[Day]:
    """The days of the period, without the eve it is compared with."""
    return [day for day in days_of(asked) if day.day >= asked.over.start]


def answer(asked: Asked) -> str:
    """How the value moved in the period, in words, and which watch most of it was."""
    days = shown_days(asked)
    if len(days) < 2 or not any(day.value for day in days):  # noqa: PLR2004
        return _(
            "The line begins with a value: give watches a purchase date and their values since."
        )
    if days[-1].missing or days[0].missing:
        return _(
            "A currency has no rate on the first or the last day, so the change can’t be said."
        )
    gained = performance.gained(days_of(asked))  # with what the first watch gained on its first day
    if not say.round_to(gained, say.CENT):
        since = asked.over.since
        return _("Unchanged {since}, apart from what was bought and sold.", since=since)
    paid = days[-1].invested - days_of(asked)[0].invested
    said = [_gained(gained, asked)]
    amount = say.money(abs(paid), asked.currency)
    if say.round_to(paid, say.CENT) > 0:
        said.append(_("More was paid in than taken out: {amount}.", amount=amount))
    elif say.round_to(paid, say.CENT):
        said.append(_("More was taken out than paid in: {amount}.", amount=amount))
    return " ".join(said)


def _gained(gained: Decimal, asked: Asked) -> str:
    """By how much, and which watch was most of it."""
    amount, since = say.money(abs(gained), asked.currency), asked.over.since
    moved = analytics_watches.movers_of(asked)
    most = (moved[0] if gained > 0 else moved[-1]) if moved else None
    if most and most.rising + most.falling > 1 and most.moved / gained > NOTE_MOST:
        values = {"amount": amount, "since": since, "watch": most.name}
        if gained > 0:
            return _("Up {amount} {since}, most of it the {watch}.", **values)
        return _("Down {amount} {since}, most of it the {watch}.", **values)
    if gained > 0:
        return _("Up {amount} {since}.", amount=amount, since=since)
    return _("Down {amount} {since}.", amount=amount, since=since)


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
    if by == "movement":
        rows = [replace(row, label=row.label and _(row.label)) for row in rows]
    return trend_charts.stacked(rows, _(NOTHING[by]), asked.currency, palette)

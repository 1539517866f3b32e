"""Analytics, the return: what was earned over time, month by month, and what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from app import (
    palette,
    return_charts,
    return_markup,
    return_months,
    return_waterfall,
    return_words,
    ui,
)
from app.analytics_asked import Asked, days_of, holdings_of, payments_of
from app.analytics_head import money_weighted
from app.cache import cached, cached_figure, computed
from app.language import _
from app.markup import Figure, Safe
from app.palette import Palette
from data import figures
from data.analytics import Day
from data.calc import performance, waterfall
from data.calc.missing import Missing
from data.calc.performance import Earned, Performance
from data.calc.waterfall import Waterfall

NOTHING = Safe("")


@dataclass(frozen=True)
class Section:
    """A question's answer: a sentence, what is drawn under it, what it leaves out."""

    said: str
    drawn: Safe = NOTHING
    note: str = ""
    alt: str = ""  # of a chart; empty: there is none


@dataclass(frozen=True)
class Content:
    """All that the tab says."""

    tiles: list[Figure]
    over_time: Section
    cost_to_value: Section
    by_month: Section | None


def tab(asked: Asked) -> None:
    """Four figures; return over time and from cost to value; months by years."""
    found = computed(content, asked)
    ui.figures(found.tiles)
    with st.container(key="wide_columns"):
        left, right = st.columns([2, 1], gap="large")
        with left:
            ui.heading(_("Return over time"))
            st.markdown(ui.plain(found.over_time.said))
            if found.over_time.alt:
                figure = cached_figure(time_weighted_figure, asked, palette.current())
                ui.chart(figure, alt=found.over_time.alt, key="return")
            note(found.over_time)
        with right:
            ui.heading(_("From cost to value"))
            show(found.cost_to_value)
    if found.by_month:
        ui.heading(_("Month by month"))
        show(found.by_month)


def show(section: Section) -> None:
    """A sentence, and our own drawing under it."""
    st.markdown(ui.plain(section.said))
    if section.drawn:
        ui.piece(section.drawn)
    note(section)


def note(section: Section) -> None:
    """What a section leaves out, if anything."""
    if section.note:
        st.caption(ui.plain(section.note))


def content(asked: Asked) -> Content:
    """What there is to say; for ``computed``."""
    earned = computed(earned_in, asked)
    total = cached(figures.totals, asked.currency, asked.today, asked.scope)
    sold = return_words.realised(holdings_of(asked))
    return Content(
        return_words.tiles(earned, total, sold, asked.currency, asked.over),
        _over_time(asked, earned),
        _cost_to_value(asked, total.watches),
        None if isinstance(earned, Missing) else _by_month(earned.held),
    )


def _over_time(asked: Asked, earned: Performance | Missing) -> Section:
    rate = computed(money_weighted, asked)
    first = asked.over.end if isinstance(earned, Missing) else earned.days[0].day
    gained = performance.gained([day for day in days_of(asked) if day.day >= first])
    names = {one.watch_id: f"{one.brand} {one.model}" for one in holdings_of(asked)}
    return Section(
        return_words.over_time(earned, gained, rate, asked.currency, asked.over),
        note=return_words.notes(earned, asked.over.start, rate, names),
        alt="" if isinstance(earned, Missing) else return_charts.describe(earned.days),
    )


def _cost_to_value(asked: Asked, owned: int) -> Section:
    found = cost_to_value(asked)
    said = return_waterfall.said(found, asked.currency, owned)
    if isinstance(found, Missing):
        return Section(said)
    steps = return_waterfall.steps(found, asked.currency)
    drawn = return_markup.waterfall(_("From cost to value"), steps)
    return Section(said, drawn, return_waterfall.notes(found))


def _by_month(days: Sequence[Earned]) -> Section:
    said = return_words.by_month(performance.by_month(days))
    years = return_months.years(days)
    caption = _("Time-weighted return by month and year")
    drawn = return_markup.heat_map(caption, years) if years else NOTHING
    return Section(said, drawn, return_months.left_out(days))


def earned_in(asked: Asked) -> Performance | Missing:
    """TTWROR of the period."""
    return performance.time_weighted(days_of(asked))


def cost_to_value(asked: Asked) -> Waterfall | Missing:
    """The steps over the watches that are here, in amounts as they are shown."""
    held = [one for one in holdings_of(asked) if one.disposed_on is None]
    exact = waterfall.from_cost_to_value(held, payments_of(asked))
    if isinstance(exact, Missing):
        return exact
    step = return_waterfall.step_of(exact, asked.currency)
    return waterfall.from_cost_to_value(held, payments_of(asked), step)


def time_weighted_figure(asked: Asked, palette: Palette) -> go.Figure:
    """The evenly spaced days of the period; for ``cached_figure``."""
    earned = computed(earned_in, asked)
    found = () if isinstance(earned, Missing) else earned.days
    return return_charts.over_time(drawn(days_of(asked), found), palette)


def drawn(days: Sequence[Day], earned: Sequence[Earned]) -> list[Earned]:
    """The days of a line: those that are evenly spaced."""
    regular = {day.day for day in days if day.regular}
    return [one for one in earned if one.day in regular]

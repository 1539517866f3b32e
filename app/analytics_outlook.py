"""Analytics, the outlook: what a part of the collection may be worth in a year."""

from dataclasses import replace
from decimal import Decimal

import plotly.graph_objects as go
import streamlit as st

from app import outlook_chart, outlook_words, palette, ui
from app.analytics_asked import Asked, all_days_of
from app.cache import cached_figure, computed, shared
from app.language import N_, _
from app.palette import Palette
from app.period import Period
from data import outlook as records
from data.calc import performance
from data.calc.missing import Missing
from data.calc.monthly import Basis, regular
from data.calc.outlook import Outlook, outlook
from data.calc.series import Point
from data.said import said

HALF = 2  # of the value must be fresh for a month to count
TAKEN_OUT = N_(
    "What was bought and sold is taken out: the line is today’s value, moved back as the "
    "collection’s return (TTWROR) moved, so that a purchase is no growth."
)


def tab(asked: Asked) -> None:
    """The answer in words, the fan, the back-test."""
    ui.heading(_("The next 12 months"))
    with st.spinner(_("Looking ahead, and trying it on the past …")):
        found = computed(of_scope, _until_today(asked))
    if isinstance(found, Missing):
        ui.empty(_("No outlook yet"), _(found.reason))
        return
    st.markdown(ui.plain(outlook_words.answer(found, asked.currency)))
    figure = cached_figure(figure_of_scope, _until_today(asked), palette.current())
    ui.chart(figure, alt=outlook_chart.describe(found, asked.currency), key="outlook")
    st.caption(ui.plain(f"{_(TAKEN_OUT)} {_(outlook_words.NO_ADVICE)}"))
    ui.heading(_("How good it would have been"))
    st.markdown(ui.plain(outlook_words.verdict(found)))
    if not isinstance(found.backtest, Missing):
        ui.figures(outlook_words.tiles(found.backtest))


def figure_of_scope(asked: Asked, palette: Palette) -> go.Figure:
    """The fan; for ``cached_figure``, whose key are these few arguments."""
    return outlook_chart.fan(computed(of_scope, asked), asked.currency, palette)


def of_scope(asked: Asked) -> Outlook | Missing:
    """The outlook of a part of the collection, by its return over time."""
    days = all_days_of(asked)
    earned = performance.time_weighted(days)
    if isinstance(earned, Missing):
        return earned
    index = [Point(one.day, Decimal(1 + one.total)) for one in earned.days]
    rows = shared(records.months, asked.scope, asked.currency, asked.today)
    basis = {
        row.day: Basis(row.recorded > 0, row.held > 0 and row.fresh * HALF >= row.held)
        for row in rows
    }
    monthly = regular(index, basis, asked.today)
    if isinstance(monthly, Missing):
        return monthly
    value = days[-1].value
    return outlook(monthly, value) if value > 0 else Missing(said("Nothing is held today."))


def _until_today(asked: Asked) -> Asked:
    """The same part, with all its days: a forecast has no period to look back on."""
    return replace(asked, over=Period(asked.today, asked.today, ""))

"""The outlook of one watch, folded under its values: it takes a second, so only who asks waits."""

from datetime import date
from uuid import UUID

import plotly.graph_objects as go
import streamlit as st
from sqlalchemy import Connection

from app import outlook_chart, outlook_words, palette, ui
from app import watch_values as values
from app.cache import cached_figure, computed, shared
from app.language import _
from app.palette import Palette
from app.watch_values import Worth
from data import figures
from data.accounts import Member
from data.calc.missing import Missing
from data.calc.monthly import MOST_MONTHS, Monthly, basis_of, months_later, regular
from data.calc.outlook import Outlook, outlook
from data.calc.series import Point


def section(worth: Worth) -> None:
    """A fold with the fan and its back-test; one quiet line where the values are too few."""
    if worth.wanted or worth.gone or not worth.counted:
        return
    asked = (worth.watch.watch_id, worth.currency, worth.today)
    monthly = shared(monthly_of, *asked)
    if isinstance(monthly, Missing):
        st.caption(ui.plain(f"{_('No outlook yet.')} {_(monthly.reason)}"))
        return
    fold = st.expander(_("Outlook for the next 12 months"), key="outlook", bind="query-params")
    if fold.open:
        with fold:
            _unfolded(asked)


def _unfolded(asked: tuple[UUID, str, date]) -> None:
    currency = asked[1]
    with st.spinner(_("Looking ahead, and trying it on the past …")):
        found = computed(of_watch, *asked)
    if isinstance(found, Missing):
        st.markdown(ui.plain(_(found.reason)))
        return
    st.markdown(ui.plain(outlook_words.answer(found, currency)))
    figure = cached_figure(figure_of_watch, *asked, palette.current())
    ui.chart(figure, alt=outlook_chart.describe(found, currency), key="fan")
    st.markdown(ui.plain(outlook_words.verdict(found)))
    if not isinstance(found.backtest, Missing):
        ui.figures(outlook_words.tiles(found.backtest))
    st.caption(ui.plain(_(outlook_words.NO_ADVICE)))


def figure_of_watch(watch_id: UUID, currency: str, today: date, palette: Palette) -> go.Figure:
    """The fan; for ``cached_figure``, whose key are these few arguments."""
    return outlook_chart.fan(computed(of_watch, watch_id, currency, today), currency, palette)


def of_watch(watch_id: UUID, currency: str, today: date) -> Outlook | Missing:
    """The outlook of one watch's value."""
    monthly = shared(monthly_of, watch_id, currency, today)
    if isinstance(monthly, Missing):
        return monthly
    return outlook(monthly, monthly.today.amount)


def monthly_of(
    db: Connection, member: Member, watch_id: UUID, currency: str, today: date
) -> Monthly | Missing:
    """Its value at the ends of months, up to the last day that has no rate."""
    worth = values.read(db, member, watch_id, currency, today)
    start = max(worth.watch.acquired_on or today, months_later(today, -MOST_MONTHS - 1))
    days = figures.trend(db, member, currency, start, today, 1, watch_id)
    known = max((place + 1 for place, one in enumerate(days) if one.missing), default=0)
    points = [Point(one.day, one.value) for one in days[known:]]
    recorded = [
        Point(one.valued_on, one.amount)
        for one in worth.counted
        if one.valued_on and one.amount is not None
    ]
    return regular(points, basis_of(recorded, today), today)

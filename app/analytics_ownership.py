"""Analytics, ownership: what having the watches takes, year by year, watch by watch."""

import plotly.graph_objects as go
import streamlit as st

from app import expense_form, expense_list, ownership_table, ownership_words, palette, session, ui
from app import format as say
from app import ownership_charts as charts
from app.analytics_asked import Asked, holdings_of, payments_of
from app.cache import cached, cached_figure, computed
from app.language import _
from app.palette import Palette
from data import expenses
from data.calc import ownership
from data.calc.ownership import Whole
from data.expenses import KINDS
from data.scope import Scope


def tab(asked: Asked) -> None:
    """All together, by year, by watch, what was sold, and what is of no single watch."""
    found = computed(whole, asked)
    held = {one.watch_id: one for one in holdings_of(asked)}
    ui.heading(_("What owning takes"))
    if held or found.parts.total:
        st.markdown(ui.plain(ownership_words.answer(found, held, asked.currency)))
        ui.figures(ownership_words.tiles(found, held, asked.currency))
        for sentence in ownership_words.left_out(found, held):
            st.caption(ui.plain(sentence))
        _years(found, asked)
    else:
        ui.empty(_("No watch here"), _("No watch that is or was owned matches these filters."))
    if held:
        ui.heading(_("Watch by watch"))
        st.markdown(ui.plain(ownership_words.dearest(found, held, asked.currency)))
        ownership_table.watches(found.watches, held, asked)
    if sales := [one for one in found.watches if held[one.watch_id].status == "sold"]:
        ui.heading(_("What was sold"))
        st.markdown(ui.plain(ownership_words.realised(sales, held, asked.currency)))
        ownership_table.sold(sales, held, asked)
    _common(found, asked)


def whole(asked: Asked) -> Whole:
    """What the watches of the scope took."""
    return ownership.of_all(holdings_of(asked), payments_of(asked), asked.today)


def _years(found: Whole, asked: Asked) -> None:
    """What each year took, as columns, and what for, as bars."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        ui.heading(_("Year by year"))
        purchases = st.toggle(_("With purchases"), key="purchases", bind="query-params")
    st.markdown(ui.plain(ownership_words.heaviest(found, asked.currency, purchases=purchases)))
    with st.container(key="wide_columns"):
        left, right = st.columns([2, 1], gap="large")
        with left:
            figure = cached_figure(year_figure, asked, palette.current(), purchases=purchases)
            said = charts.describe(found.years, asked.currency, purchases=purchases)
            ui.chart(figure, alt=said, key="ownership_by_year")
        with right:
            ui.bars(_("What it was paid for"), charts.bars(found.parts, asked.currency))


def year_figure(asked: Asked, palette: Palette, *, purchases: bool) -> go.Figure:
    """The columns; for ``cached_figure``."""
    years = computed(whole, asked).years
    return charts.by_year(years, asked.currency, palette, purchases=purchases)


def _common(found: Whole, asked: Asked) -> None:
    """What is paid for the whole collection: never divided among the watches."""
    ui.heading(_("For the whole collection"))
    if asked.scope != Scope(gone=asked.scope.gone):
        st.markdown(_("What is paid for all watches together is no part of a selection of them."))
        return
    recorded = cached(expenses.of_collection, asked.today)
    writes = session.member().role != "viewer"
    if found.common.total:
        amount = say.money(found.common.total, asked.currency)
        kinds = sorted({say.inside(_(KINDS[one.kind])) for one in recorded})
        st.markdown(
            ui.plain(
                _(
                    "{amount} so far for {kinds}. It is in the sums above, and in no single watch.",
                    amount=amount,
                    kinds=ownership_words.listed(kinds),
                )
            )
        )
    elif not recorded:
        st.markdown(
            _(
                "Insurance, a safe, a watch box: what is paid for all watches together stands "
                "here, and is not divided among them."
            )
        )
    if recorded:
        expense_list.table(_("Costs of the whole collection"), recorded, asked.currency)
    expense_list.undo_removal(None)
    if writes:
        expense_list.button()
    if "explain" not in st.query_params:  # its dialog is open, and there can only be one
        expense_form.show(None, recorded)

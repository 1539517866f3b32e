"""Analytics: what it is worth, cost and gained, and why; any part of it, over any time."""

import streamlit as st

from app import (
    amounts,
    analytics_allocation,
    analytics_explain,
    analytics_filters,
    analytics_head,
    analytics_outlook,
    analytics_ownership,
    analytics_return,
    analytics_risk,
    analytics_trend,
    analytics_watches,
    navigation,
    period,
    session,
    ui,
)
from app.analytics_asked import Asked
from app.cache import cached
from data import figures

member = session.member()
today = session.today()
# As on the page; in small letters as in the URL.
TABS = {
    "Trend": analytics_trend.tab,
    "Return": analytics_return.tab,
    "Risk": analytics_risk.tab,
    "Watches": analytics_watches.tab,
    "Allocation": analytics_allocation.tab,
    "Ownership": analytics_ownership.tab,
    "Outlook": analytics_outlook.tab,
}


def nothing_yet() -> None:
    """No watch was ever here: what this page is for, and the one next step."""
    ui.empty(
        "What did your watches earn?",
        "Value against what was paid, return, risk and what owning takes: it begins with the "
        "first watch that is owned.",
    )
    if member.role != "viewer":
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(
                navigation.ADD_WATCH, label="Add watch", icon=":material/add:", width="content"
            )


def tabs(asked: Asked) -> None:
    """The tabs; the URL says which one is open, and only that one is worked out."""
    wanted = st.query_params.get("tab", "").capitalize()
    session.put("tab", wanted if wanted in TABS else "Trend")
    shown = st.tabs(list(TABS), key="page.tab", on_change=note_tab)
    for show, tab in zip(TABS.values(), shown, strict=True):
        with tab:
            if tab.open:
                show(asked)


def note_tab() -> None:
    """Put the tab that was clicked into the URL."""
    st.query_params["tab"] = session.get("tab", "").lower()


ui.page_title("Analytics")
first = cached(figures.first_day)
if first is None:
    nothing_yet()
else:
    query, scope = analytics_filters.from_url()
    with st.container(horizontal=True, vertical_alignment="center", key="analytics_line"):
        over = period.choose(first, today, period.EVERY)
        currency = amounts.choose_currency(width=200)
        analytics_filters.button()
    analytics_filters.panel(query)
    if chips := analytics_filters.chips(query):
        ui.summary("Only", chips, analytics_filters.cleared())
    asked = Asked(scope, over, currency, today)
    analytics_head.show(asked, query)
    tabs(asked)
    st.page_link(
        navigation.GUIDE, label="What these numbers mean", query_params={"chapter": "analytics"}
    )
    analytics_explain.show(asked)

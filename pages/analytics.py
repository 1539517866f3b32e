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
    copy_link,
    navigation,
    period,
    session,
    ui,
)
from app.analytics_asked import Asked
from app.cache import cached
from app.language import N_, _
from data import figures

member = session.member()
today = session.today()
# As in the URL; what each is called, and what it shows.
TABS = {
    "trend": (N_("Trend"), analytics_trend.tab),
    "return": (N_("Return"), analytics_return.tab),
    "risk": (N_("Risk"), analytics_risk.tab),
    "watches": (N_("Watches"), analytics_watches.tab),
    "allocation": (N_("Allocation"), analytics_allocation.tab),
    "ownership": (N_("Ownership"), analytics_ownership.tab),
    "outlook": (N_("Outlook"), analytics_outlook.tab),
}


def nothing_yet() -> None:
    """No watch was ever here: what this page is for, and the one next step."""
    ui.empty(
        _("What did your watches earn?"),
        _(
            "Value against what was paid, return, risk and what owning takes: it begins with the "
            "first watch that is owned."
        ),
    )
    if member.role != "viewer":
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(
                navigation.ADD_WATCH, label=_("Add watch"), icon=":material/add:", width="content"
            )


def tabs(asked: Asked) -> None:
    """The tabs; the URL says which one is open, and only that one is worked out."""
    wanted = st.query_params.get("tab", "")
    session.put("tab", _(TABS[wanted if wanted in TABS else "trend"][0]))
    shown = st.tabs([_(name) for name, __ in TABS.values()], key="page.tab", on_change=note_tab)
    for (__, show), tab in zip(TABS.values(), shown, strict=True):
        with tab:
            if tab.open:
                show(asked)


def note_tab() -> None:
    """Put the tab that was clicked into the URL."""
    clicked = session.get("tab", "")
    keys = {_(name): key for key, (name, __) in TABS.items()}
    st.query_params["tab"] = keys.get(clicked, "trend")


ui.page_title(_("Analytics"))
first = cached(figures.first_day)
if first is None:
    nothing_yet()
else:
    query, scope = analytics_filters.from_url()
    with st.container(horizontal=True, vertical_alignment="center", key="analytics_line"):
        over = period.choose(first, today, period.EVERY)
        currency = amounts.choose_currency(width=200)
        analytics_filters.choose_whose(query)
        analytics_filters.button()
        copy_link.offer()
    analytics_filters.panel(query)
    if chips := analytics_filters.chips(query):
        ui.summary(_("Only"), chips, analytics_filters.cleared())
    asked = Asked(scope, over, currency, today)
    analytics_head.show(asked, query)
    tabs(asked)
    st.page_link(
        navigation.GUIDE, label=_("What these numbers mean"), query_params={"chapter": "analytics"}
    )
    analytics_explain.show(asked)

"""Service: what is due, what is at the watchmaker, what was done and what it cost."""

import streamlit as st

from app import (
    amounts,
    care_plan_form,
    navigation,
    palette,
    service_charts,
    service_page,
    session,
    ui,
)
from app.cache import cached, cached_figure
from app.language import _
from data import care_plans, listing, services
from data.listing import WatchFilter

member = session.member()
today = session.today()
currency = amounts.currency()
writes = member.role != "viewer"


def nothing_yet() -> None:
    """No record and no plan: what this page is for, and the one next step."""
    ui.empty(
        _("When is which watch due?"),
        _(
            "Plan how often, record what was done, and this page says what is overdue, what comes "
            "next and what it all cost."
        ),
    )
    if not writes:
        return
    care_plan_form.undo_removal()
    if cached(listing.count, WatchFilter(), member.currency, today):
        with st.container(horizontal_alignment="center"):
            service_page.usual(_("Begin with the usual intervals"), "primary")
    else:
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(
                navigation.ADD_WATCH,
                label=_("Add your first watch"),
                icon=":material/add:",
                width="content",
            )


def ahead() -> None:
    """What needs doing now, and the twelve months to come."""
    due, away = cached(services.due, today), cached(services.at_the_watchmaker)
    if listed := service_page.lists(due, away, today):
        ui.lists(listed)
    else:
        st.markdown(_("Nothing is overdue, due in 90 days or at the watchmaker."))
    ui.heading(_("The next 12 months"))
    ui.months(_("What comes due, by month"), service_page.months(due, away, today))


def cost(paid: list[services.YearCost]) -> None:
    """What services cost, by year and by provider."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        ui.heading(_("What it cost"))
        with st.container(width=200):
            amounts.choose_currency()
    if missing := service_charts.without_rate(paid, currency):
        st.caption(ui.plain(missing))
    if not any(one.cost for one in paid):
        st.caption(_("Costs show here by year and by provider once a service has one."))
        return
    with st.container(key="wide_columns"):
        left, right = st.columns([2, 1], gap="large")
        with left:
            figure = cached_figure(service_charts.year_figure, currency, palette.current())
            ui.chart(figure, alt=service_charts.describe(paid, currency), key="by_year")
        with right:
            ui.bars(_("Cost by provider"), service_charts.by_provider(paid, currency))


plans = cached(care_plans.every)
paid = cached(services.costs, currency)
ui.page_title(_("Service"))
if not plans and not paid:
    nothing_yet()
else:
    ahead()
    if paid:
        cost(paid)
    if any(one.services for one in paid):
        ui.heading(_("History"))
        year, provider = service_page.filters(paid)
        service_page.history(year, provider, currency)
    ui.heading(_("Care plans"))
    if not plans:
        st.caption(_("How often is what due? A plan is for all watches or for a type of movement."))
    service_page.plans(plans, writes=writes)
care_plan_form.show(plans)

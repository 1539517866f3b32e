"""Watches: search, filter, sort and page through the collection; record values down the list."""

import streamlit as st

from app import (
    amounts,
    compare_pick,
    filter_panel,
    navigation,
    quick_value,
    saved_panel,
    session,
    ui,
    watch_list,
    watch_list_notes,
)
from app.cache import cached
from app.language import _
from app.watch_filters import Asked
from app.watch_list import Page
from data import listing
from data.listing import WatchFilter

member = session.member()
today = session.today()
writes = member.role != "viewer"


def nothing_yet() -> None:
    """A household without a watch: one next step."""
    ui.empty(
        _("Your watches will be here"),
        _(
            "Search them, filter them, and see what each is worth. A brand, a model and a price "
            "are enough to begin."
        ),
    )
    if writes:
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(
                navigation.ADD_WATCH,
                label=_("Add your first watch"),
                icon=":material/add:",
                width="content",
            )


def way_to_update(asked: Asked) -> None:
    """Where values of many are asked about: the page that records them down a table."""
    show = {"no": "never", "stale": "stale"}.get(asked.wanted.valued or "")
    if writes and (show or asked.view == "values"):
        st.page_link(
            navigation.UPDATE_VALUES,
            label=_("Update values down a table"),
            icon=":material/edit_note:",
            query_params={"show": show} if show else {},
        )


def rows(asked: Asked, page: Page, currency: str) -> None:
    """The page itself, as it is asked for."""
    searched = page.wanted.search
    way_to_update(asked)
    if asked.view == "values":
        st.caption(_("Type what a watch is worth today and press Enter."))
        quick_value.fields(page.rows, currency)
    elif asked.view == "table":
        ui.table(
            watch_list.about(page.rows),
            watch_list.columns(asked, currency),
            [
                compare_pick.line(
                    asked, watch_list.line(row, currency, searched, today), row.watch_id
                )
                for row in page.rows
            ],
        )
    else:
        ui.cards(
            [
                compare_pick.card(asked, watch_list.card(row, currency, searched), row.watch_id)
                for row in page.rows
            ]
        )


def watches(currency: str) -> None:
    """The list of a household that has watches."""
    asked = filter_panel.bar(today, writes=writes)
    filter_panel.panel(asked, currency, today)
    page = watch_list.page(asked, currency, today)
    watch_list.summary(asked, page, currency)
    watch_list_notes.notes(asked, page)
    if not page.total:
        watch_list_notes.nothing_found(asked)
        compare_pick.bar(asked)
        return
    with st.container(key="stay_choosing" if asked.picked else None):
        rows(asked, page, currency)
    said, before, following = watch_list.steps(asked, page)
    if before or following:
        ui.pager(said, before, following)
    quick_value.last_recorded()
    compare_pick.bar(asked)


saved_panel.open_default()
ui.page_title(_("Watches"))
if cached(listing.count, WatchFilter(), member.currency, today):
    watches(amounts.currency())
else:
    nothing_yet()

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
    watch_filters,
    watch_list,
)
from app.cache import cached
from app.list_markup import Link
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
        "Your watches will be here",
        "Search them, filter them, and see what each is worth. A brand, a model and a price are "
        "enough to begin.",
    )
    if writes:
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(
                navigation.ADD_WATCH,
                label="Add your first watch",
                icon=":material/add:",
                width="content",
            )


def nothing_found(asked: Asked) -> None:
    """What to change in a search or in filters that find nothing."""
    typed = asked.wanted.search
    if typed and asked.filtered:
        ui.empty(
            f"Nothing matches “{typed}” with these filters",
            "Search without the filters, or take some of them away.",
        )
        ui.links(
            [
                Link("Search without filters", asked.cleared()),
                Link("Clear all", asked.cleared(search=True)),
            ]
        )
    elif typed:
        ui.empty(
            f"Nothing matches “{typed}”",
            "Every word must be in the brand, model, reference, notes or another field. Try fewer "
            "words, or only the beginning of one.",
        )
        ui.links([Link("Clear search", asked.cleared(search=True))])
    else:
        ui.empty("No watch matches these filters", "Take one away, or widen a range.")
        ui.links([Link("Clear filters", asked.cleared())])


def notes(asked: Asked, page: Page) -> None:
    """What is shown is not quite what was asked for: say so."""
    if page.corrected:
        st.caption(
            ui.plain(f"Nothing matches “{asked.wanted.search}”. Showing “{page.corrected}”.")
        )
    if asked.left_out:
        names = ", ".join(filter_panel.label(name).lower() for name in asked.left_out)
        st.caption(ui.plain(f"Part of this link is not known here and was left out: {names}."))


def way_to_update(asked: Asked) -> None:
    """Where values of many are asked about: the page that records them down a table."""
    show = {"no": "never", "stale": "stale"}.get(asked.wanted.valued or "")
    if writes and (show or asked.view == "values"):
        st.page_link(
            navigation.UPDATE_VALUES,
            label="Update values down a table",
            icon=":material/edit_note:",
            query_params={"show": show} if show else {},
        )


def rows(asked: Asked, page: Page, currency: str) -> None:
    """The page itself, as it is asked for."""
    searched = page.wanted.search
    way_to_update(asked)
    if asked.view == "values":
        st.caption("Type what a watch is worth today and press Enter.")
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
    ui.summary(
        watch_list.counted(asked, page), watch_filters.chips(asked, currency), asked.cleared()
    )
    notes(asked, page)
    if not page.total:
        nothing_found(asked)
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
ui.page_title("Watches")
if cached(listing.count, WatchFilter(), member.currency, today):
    watches(amounts.currency())
else:
    nothing_yet()

"""Benchmarks: series to compare the collection with, and gold. ``?series=…`` opens one."""

import streamlit as st

from app import navigation, series_list, session, ui
from app.cache import cached
from app.language import _
from data import benchmarks

member = session.member()
writes = member.role != "viewer"
wanted = st.query_params.get(series_list.OPENED, "")


def bring_in(*, first: bool) -> None:
    """The way to a new series."""
    with st.container(horizontal_alignment="center" if first else "left", key="primary_step"):
        st.page_link(
            navigation.IMPORT_PRICES,
            label=_("Import a series"),
            icon=":material/upload_file:",
            width="content",
            query_params={series_list.OPENED: "new"},
        )


def every() -> None:
    """The list, and gold."""
    ui.page_title(_("Benchmarks"), _("What the collection can be compared with."))
    st.page_link(
        navigation.ANALYTICS,
        label=_("Back to the trend"),
        icon=":material/arrow_back:",
        query_params={"tab": "trend"},
    )
    found = cached(benchmarks.every)
    if writes:
        series_list.undo_removal()
    if found:
        series_list.table(found)
    else:
        ui.empty(
            _("No series yet"),
            _(
                "Bring in an index, the price of another watch or of a share: a file with a day "
                "and a value in each line."
            ),
        )
    if writes:
        bring_in(first=not found)
    series_list.about_gold()


one = series_list.find(wanted) if wanted else None
if one:
    st.set_page_config(page_title=one.name)
    series_list.show(one, writes=writes)
elif wanted:
    ui.page_title(
        _(benchmarks.NOT_HERE), _("The link may be incomplete, or from another household.")
    )
    st.page_link(navigation.BENCHMARKS, label=_("All series"), icon=":material/show_chart:")
else:
    every()

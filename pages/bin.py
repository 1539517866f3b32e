"""Bin: what was deleted, for 30 days; put it back, or remove it for good. ``/bin?kind=photo``."""

from urllib.parse import urlencode

import streamlit as st

from app import bin_list, bin_markup, navigation, session, timeline_markup, ui
from app import format as say
from app.cache import cached
from app.language import _, pgettext
from app.list_markup import Link
from data import bin as household_bin

KIND, AFTER = "kind", "after"  # in the URL
LIMIT = 50
member = session.member()
writes = member.role != "viewer"


def address(**parts: str) -> str:
    """This page with these parts in its URL."""
    return "/bin?" + urlencode({name: part for name, part in parts.items() if part})


def nothing_here() -> None:
    """What this place is for."""
    ui.empty(
        _("The bin is empty"),
        _(
            "What is deleted stays here for 30 days: watches, values, photos, documents, services "
            "and other costs. Until then it can be had back."
        ),
    )
    with st.container(horizontal_alignment="center"):
        st.page_link(
            navigation.WATCHES, label=_("All watches"), icon=":material/watch:", width="content"
        )


def filters(counts: dict[str, int], kind: str) -> None:
    """A chip for each kind that is there, and the way to empty it all."""
    names = {
        found: f"{_(bin_list.SEVERAL[found])} {say.number(number)}"
        for found, number in counts.items()
    }
    chips = [
        Link(pgettext("topics", "All"), address()),
        *(Link(names[one], address(kind=one)) for one in names),
    ]
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        ui.piece(
            timeline_markup.choices(
                _("What to show"), chips, names.get(kind, pgettext("topics", "All"))
            )
        )
        if writes:
            st.button(
                _("Empty the bin"),
                icon=":material/delete_forever:",
                on_click=bin_list.ask_to_empty,
                key="bin.empty",
            )


def things(kind: str) -> None:
    """One page of what is there, the last thrown away first."""
    cursor = st.query_params.get(AFTER)
    found = cached(household_bin.page, kind or None, cursor, LIMIT + 1)
    shown = found[:LIMIT]
    if not shown:
        ui.empty(_("Nothing more here"), _("What was here is restored, or gone for good."))
    with st.container(key="stay_at_bin"):
        ui.piece(bin_markup.thrown(bin_list.line(thing, writes=writes) for thing in shown))
    before = Link(_("Newest"), address(kind=kind)) if cursor else None
    more = len(found) > LIMIT
    after = Link(_("Earlier"), address(kind=kind, after=shown[-1].cursor)) if more else None
    if before or after:
        ui.pager("", before, after)


counts = cached(household_bin.counts)
kind = st.query_params.get(KIND, "")
kind = kind if kind in counts else ""
ui.page_title(_("Bin"), _("What is deleted can be had back for 30 days.") if counts else None)
if counts:
    filters(counts, kind)
    things(kind)
else:
    nothing_here()
bin_list.show()

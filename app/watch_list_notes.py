"""What is said about a list of watches that shows nothing, or not quite what was asked for."""

import streamlit as st

from app import filter_panel, ui
from app.format import inside
from app.language import _
from app.list_markup import Link
from app.watch_filters import Asked
from app.watch_list import Page


def nothing_found(asked: Asked) -> None:
    """What to change in a search or in filters that find nothing."""
    typed = asked.wanted.search
    if typed and asked.filtered:
        ui.empty(
            _("Nothing matches “{typed}” with these filters", typed=typed),
            _("Search without the filters, or take some of them away."),
        )
        ui.links(
            [
                Link(_("Search without filters"), asked.cleared()),
                Link(_("Clear all"), asked.cleared(search=True)),
            ]
        )
    elif typed:
        ui.empty(
            _("Nothing matches “{typed}”", typed=typed),
            _(
                "Every word must be in the brand, model, reference, notes or another field. Try "
                "fewer words, or only the beginning of one."
            ),
        )
        ui.links([Link(_("Clear search"), asked.cleared(search=True))])
    else:
        ui.empty(_("No watch matches these filters"), _("Take one away, or widen a range."))
        ui.links([Link(_("Clear filters"), asked.cleared())])


def notes(asked: Asked, page: Page) -> None:
    """What is shown is not quite what was asked for: say so."""
    if page.corrected:
        told = _(
            "Nothing matches “{typed}”. Showing “{meant}”.",
            typed=asked.wanted.search,
            meant=page.corrected,
        )
        st.caption(ui.plain(told))
    if asked.left_out:
        names = ", ".join(inside(filter_panel.label(name)) for name in asked.left_out)
        told = _("Part of this link is not known here and was left out: {names}.", names=names)
        st.caption(ui.plain(told))

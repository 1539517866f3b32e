"""What if: sell a watch or buy a wish on paper, and see what it does. Nothing is recorded."""

import streamlit as st

from app import (
    amounts,
    navigation,
    session,
    ui,
    what_if,
    what_if_markup,
    what_if_moves,
    what_if_words,
)
from app import format as say
from app.cache import cached
from app.language import _, ngettext
from app.what_if import Known, Move
from data import listing
from data.listing import WatchFilter
from data.watches import Status

HERE = [Status.OWNED.value, Status.WISHLIST.value, Status.ORDERED.value]
member = session.member()
today = session.today()


def nothing_yet() -> None:
    """Nothing to sell and nothing to buy."""
    ui.empty(
        _("Nothing to sell or buy yet"),
        _("Add watches you own or wish for: here you see what selling or buying one would do."),
    )
    if member.role != "viewer":
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(
                navigation.ADD_WATCH, label=_("Add watch"), icon=":material/add:", width="content"
            )


def outcome(moves: list[Move], here: Known) -> None:
    """The collection after the moves, against now."""
    found = what_if.result(moves, here)
    ui.hero(
        _("Value after {moves}", moves=say.count(len(found.counted), "move", "moves")),
        say.money(found.then.value, here.currency),
        delta_lines=what_if_words.lines(found, here.currency),
        notes=what_if_words.notes(found, here),
    )
    ui.heading(_("Before and after"))
    rows = what_if_words.figures(found, here.currency)
    ui.table(_("Before and after"), what_if_words.columns(), rows)
    with st.container(key="wide_columns"):
        left, right = st.columns(2, gap="large")
    with left:
        ui.heading(_("Allocation by brand"))
        said, twins = what_if_words.allocation(found)
        st.markdown(ui.plain(said))
        ui.piece(what_if_markup.twins(_("Share of each brand, now and after"), twins))
    with right:
        ui.heading(_("Concentration"))
        said, lines = what_if_words.concentration(found)
        st.markdown(ui.plain(said))
        if lines:
            ui.table(_("Concentration"), what_if_words.columns(), lines)


def page() -> None:
    """What to sell and buy, at what price, and what comes of it."""
    if not cached(listing.count, WatchFilter(statuses=HERE), member.currency, today):
        nothing_yet()
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        places = st.container(horizontal=True, key="what_if_choose"), st.container(width=200)
        with places[1]:
            currency = amounts.choose_currency()
        here = what_if.known(currency, today)
        moves, left_out = what_if.from_url(here)
        with places[0]:
            what_if_moves.choose(moves, here)
    if left_out:
        st.caption(
            ngettext(
                "{number} part of this link is not known here and was left out.",
                "{number} parts of this link are not known here and were left out.",
                left_out,
            )
        )
    what_if_moves.rows(moves, here)
    if moves:
        st.space("small")
        outcome(moves, here)
    else:
        ui.empty(
            _("What would it do?"),
            _(
                "Choose a watch to sell or a wish to buy. You see value, cost, gains and shares "
                "before and after; nothing is recorded."
            ),
        )


ui.page_title(_("What if"), _("Sell and buy on paper. Nothing is recorded."))
page()

"""Wishlist: what is wished for or ordered, how near each is to its target, what all would cost."""

import streamlit as st

from app import amounts, navigation, session, ui, wishlist, wishlist_markup
from app.cache import shared
from app.language import _
from data import wishlist as wished
from data.watches import Status

member = session.member()
today = session.today()
writes = member.role != "viewer"


def add_a_wish(key: str) -> None:
    """The way to the form, ready for a wish."""
    if writes:
        with st.container(key=key, width="content"):
            st.page_link(
                navigation.ADD_WATCH,
                label=_("Add a wish"),
                icon=":material/add:",
                width="content",
                query_params={"status": Status.WISHLIST.value},
            )


def nothing_yet() -> None:
    """No wish: what this place is for."""
    ui.empty(
        _("Nothing wished for yet"),
        _("Add a watch you would like and what it may cost. Here you see how near it is to that."),
    )
    with st.container(horizontal_alignment="center"):
        add_a_wish("primary_step")


def wishes() -> None:
    """Totals, then each wish, the nearest first."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        add_a_wish("wishlist_add")
        currency = amounts.choose_currency(width=200)
    found = shared(wished.every, currency, today)
    ui.figures(wishlist.tiles(found, currency))
    lines = [wishlist.line(wish, today, writes=writes) for wish in found]
    ui.piece(wishlist_markup.wishes(lines))
    if old := wishlist.rates(found, today):
        st.caption(old)


ui.page_title(_("Wishlist"))
if shared(wished.every, member.currency, today):
    wishes()
else:
    nothing_yet()

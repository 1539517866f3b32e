"""Compare: two to four watches side by side. ``/compare?ids=a,b,c&only=differences``."""

import streamlit as st

from app import (
    amounts,
    compare,
    compare_charts,
    compare_rows,
    compare_words,
    copy_link,
    navigation,
    palette,
    session,
    share_panel,
    ui,
)
from app.cache import cached, cached_figure
from app.compare import DIFFERENCES, MOST, Comparison
from app.compare_markup import Head
from app.language import _
from app.overview_markup import Listed
from app.photo_links import photo_url
from data import listing, reference_data
from data.listing import WatchFilter

member = session.member()
today = session.today()
currency = amounts.currency()
asked = compare.from_url()


def nothing_to_compare() -> None:
    """A household without a watch: one next step."""
    ui.empty(
        _("Two watches, side by side"),
        _("What they cost, what became of it, and how they differ. Add watches to begin."),
    )
    if member.role != "viewer":
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(
                navigation.ADD_WATCH, label=_("Add watch"), icon=":material/add:", width="content"
            )


def bar(found: Comparison) -> str:
    """What to add, what to show, in which currency; returns what is searched for."""
    typed = ""
    with st.container(horizontal=True, vertical_alignment="center", key="compare_tools"):
        if len(found.watches) < MOST:
            typed = st.text_input(
                _("Add a watch"),
                key=f"compare.add.{'.'.join(map(str, found.ids))}",  # empty after each choice
                type="search",
                live="350ms",
                placeholder=_("Add a watch: brand, model, reference"),
                label_visibility="collapsed",
            )
        if len(found.watches) > 1:
            only = st.toggle(
                _("Only differences"),
                value=asked.only_differences,
                key=f"compare.only.{asked.only_differences}",
            )
            if only != asked.only_differences:
                st.query_params.update({"only": DIFFERENCES if only else []})
                st.rerun()
        if found.watches:
            amounts.choose_currency(190)
        if len(found.watches) > 1:
            copy_link.offer()
            share_panel.offer()
    return typed


def offers(found: Comparison, typed: str) -> None:
    """Watches to add: what was searched for, or, while there are fewer than two, the newest."""
    if len(found.watches) == MOST or (len(found.watches) > 1 and not typed.strip()):
        return
    rows = compare.offered(typed, found, currency, today)
    with st.container(key="compare_offers"):
        if rows:
            title = _("Add to the comparison") if typed.strip() else _("Recently added")
            ui.lists([Listed(title, rows)])
        elif typed.strip():
            st.caption(ui.plain(_("Nothing else matches “{typed}”.", typed=typed.strip())))


def table(found: Comparison) -> None:
    """The watches, a column each."""
    heads = [
        Head(
            href=f"/watch?id={one.watch.watch_id}",
            brand=one.watch.brand,
            model=one.watch.model or "",
            detail=one.watch.reference or "",
            photo_url=photo_url(one.watch.cover, "card"),
            colours=(
                compare_charts.colour(palette.LIGHT, place),
                compare_charts.colour(palette.DARK, place),
            ),
            remove_href=compare.address(
                [other for other in found.ids if other != one.watch.watch_id],
                only_differences=asked.only_differences,
            ),
        )
        for place, one in enumerate(found.watches)
    ]
    names = {choice.key: _(choice.name) for choice in cached(reference_data.complications)}
    worths = [one.worth for one in found.watches]
    only = asked.only_differences and len(worths) > 1
    groups = compare_rows.groups(
        worths, [one.care for one in found.watches], names, only_differences=only
    )
    ui.comparison(_("{watches} side by side", watches=compare.names(found)), heads, groups)
    if not groups:
        st.caption(_("In everything that is recorded they are the same."))


def chart(found: Comparison) -> None:
    """Their values over time, each from 100."""
    lines = compare.lines(found)
    if not lines:
        return
    ui.heading(_("Value over time"))
    said = [compare_charts.basis(lines)]
    if missing := ", ".join(compare.without_line(found)):
        said.append(_("No value over time is known of {watches}.", watches=missing))
    st.caption(ui.plain(" ".join(said)))
    figure = cached_figure(compare.figure, tuple(found.ids), currency, today, palette.current())
    ui.chart(figure, alt=compare_charts.describe(lines, currency), key="compare_trend")


found = compare.load(asked, currency, today)
if found.watches:
    st.set_page_config(page_title=_("Compare {watches}", watches=compare.names(found)))
ui.page_title(_("Compare"))
if not cached(listing.count, WatchFilter(), member.currency, today):
    nothing_to_compare()
else:
    typed = bar(found)
    if notes := compare_words.notes(found):
        st.caption(" ".join(notes))
    if len(found.watches) < 2:  # noqa: PLR2004  (one has nothing beside it)
        st.caption(compare_words.invitation(found))
    offers(found, typed)
    if found.watches:
        table(found)
        chart(found)
    share_panel.comparison(found.ids)

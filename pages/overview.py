"""Overview: what the collection is worth, how that moved, and what it leaves out."""

import streamlit as st

from app import (
    amounts,
    charts,
    choice,
    navigation,
    overview,
    overview_charts,
    overview_lists,
    palette,
    period,
    service_words,
    session,
    share_panel,
    ui,
    watch_list,
)
from app.cache import cached, cached_figure
from app.format import count, money, number
from app.language import _, ngettext
from app.period import Period
from data import figures, listing, services
from data.figures import Totals, TrendPoint
from data.listing import Sort, WatchFilter
from data.watches import Status

FEW, STRIP = 5, 8  # lines of a short list, photos in a line
ALL = ui.Link(_("All watches"), "/watches")
member, today = session.member(), session.today()
colours = palette.current()


def next_step(label: str) -> None:
    """The one thing to do where there is nothing to show yet."""
    if member.role != "viewer":
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(navigation.ADD_WATCH, label=label, icon=":material/add:", width="content")


def first_steps() -> None:
    """An empty household: what this is for, and where to begin."""
    ui.empty(
        _("What are your watches worth?"),
        _("Here you see value and gain, and how they moved. Brand, model and price are enough."),
    )
    next_step(_("Add your first watch"))
    if member.role != "viewer":
        with st.container(horizontal=True, horizontal_alignment="center"):
            label = _("Choose your currency, now {currency}", currency=member.currency)
            st.page_link(navigation.SETTINGS, label=label, width="content")
            st.page_link(navigation.COLLECTIONS, label=_("Make collections"), width="content")


def nothing_owned() -> None:
    """Only wishes, orders, or watches that are gone."""
    counts = {
        words: cached(listing.count, WatchFilter(statuses=[status]), member.currency, today)
        for status, words in overview.COUNTED.items()
    }
    said = [ngettext(*words, many, shown=number(many)) for words, many in counts.items() if many]
    ui.empty(
        _("No watch is owned at the moment"),
        _("{counts}. The value counts what is owned.", counts=", ".join(said)),
    )
    next_step(_("Add watch"))
    st.space("small")
    strip(_("Last added"), WatchFilter(), member.currency)


def trend(points: list[TrendPoint], currency: str, over: Period) -> None:
    """Value against net invested."""
    ui.heading(_("Value over time"))
    drawn = overview_charts.drawn(points)
    if len(drawn) == 1 or not any(point.value for point in drawn):
        ui.empty(
            _("The line begins with a value"),
            _("Give watches a purchase date and what they were worth since: it goes back to then."),
        )
    else:
        figure = cached_figure(overview_charts.trend, currency, over, colours)
        ui.chart(figure, alt=charts.describe(drawn, currency), key="trend")


def allocation(currency: str) -> None:
    """What the value is made of."""
    line = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    with line:
        ui.heading(_("Allocation"))
        names = {"brand": _("brand"), "collection": _("collection")}
        by = choice.buttons(_("Allocation by"), names, "by", "brand")
    title = _("Value by collection") if by == "collection" else _("Value by brand")
    ui.bars(title, overview_charts.bars(by, currency, today))


def lists(total: Totals, currency: str) -> None:
    """The highest and the lowest returns, what has no value of the last year, what is due."""
    found = cached(figures.performers, currency, today)
    needing = cached(figures.needing_value, today, FEW)
    writes = member.role != "viewer"
    due = service_words.due_soon(cached(services.due, today), today, FEW)
    if listed := overview_lists.lists(found, needing, total, currency, writes=writes) + due:
        ui.lists(listed)


def strip(title: str, wanted: WatchFilter, currency: str) -> None:
    """The newest watches, as a line of photos."""
    found = cached(listing.page, wanted, Sort.ADDED, True, currency, today, None, STRIP)
    ui.strip(title, ALL, [watch_list.card(row, currency, None) for row in found])


def at_a_glance() -> None:
    """The collection of a household that owns something."""
    top = st.container(horizontal=True)
    left = top.container()
    with top.container(horizontal=True, vertical_alignment="center", width="content", key="period"):
        over = period.choose(cached(figures.first_day) or today, today)
        currency = amounts.choose_currency(width=200)
        share_panel.overview()
    total = cached(figures.totals, currency, today)
    points = overview_charts.points_of(currency, over)
    with left:
        ui.hero(
            _("Value of {watches}", watches=count(total.watches, "watch", "watches")),
            money(total.value if total.valued else None, currency),
            delta_lines=overview.lines(total, points, currency, over.since),
            notes=overview.notes(total, today),
        )
    ui.figures(overview.tiles(total, points, currency, over.since))
    with st.container(key="wide_columns"):
        left, right = st.columns([2, 1], gap="large")
        with left:
            trend(points, currency, over)
        with right:
            allocation(currency)
    lists(total, currency)
    strip(_("Newest"), WatchFilter(statuses=[Status.OWNED]), currency)


ui.page_title(_("Overview"))
if not cached(listing.count, WatchFilter(), member.currency, today):
    first_steps()
elif not cached(figures.totals, member.currency, today).watches:
    nothing_owned()
else:
    at_a_glance()

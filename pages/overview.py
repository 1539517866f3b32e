"""Overview: what the collection is worth, how that moved, and what it leaves out."""

import streamlit as st

from app import amounts, charts, navigation, overview, overview_charts, palette, period, session, ui
from app.cache import cached, cached_figure
from app.format import count, money
from app.period import Period
from data import figures, listing
from data.figures import Totals
from data.listing import Sort, WatchFilter
from data.watches import Status

FEW, STRIP = 5, 8  # lines of a short list, photos in a line
member = session.member()
today = session.today()
colours = palette.current()


def next_step(label: str) -> None:
    """The one thing to do where there is nothing to show yet."""
    if member.role != "viewer":
        with st.container(horizontal_alignment="center", key="primary_step"):
            st.page_link(navigation.ADD_WATCH, label=label, icon=":material/add:", width="content")


def first_steps() -> None:
    """An empty household: what this is for, and where to begin."""
    ui.empty(
        "What are your watches worth?",
        "Here you see value and gain, and how they moved. Brand, model and price are enough.",
    )
    next_step("Add your first watch")
    if member.role != "viewer":
        with st.container(horizontal=True, horizontal_alignment="center"):
            label = f"Choose your currency, now {member.currency}"
            st.page_link(navigation.SETTINGS, label=label, width="content")
            st.page_link(navigation.COLLECTIONS, label="Make collections", width="content")


def nothing_owned() -> None:
    """Only wishes, orders, or watches that are gone."""
    counts = {
        words: cached(listing.count, WatchFilter(statuses=[status]), member.currency, today)
        for status, words in overview.STATUSES.items()
    }
    said = ", ".join(f"{number:,} {words.lower()}" for words, number in counts.items() if number)
    ui.empty("No watch is owned at the moment", f"{said}. The value counts what is owned.")
    next_step("Add watch")
    st.space("small")
    strip("Last added", WatchFilter(), member.currency)


def trend(currency: str, over: Period) -> None:
    """Value against net invested."""
    heading("Value over time")
    points = overview_charts.drawn(overview_charts.points_of(currency, over))
    if len(points) == 1 or not any(point.value for point in points):
        ui.empty(
            "The line begins with a value",
            "Give watches a purchase date and what they were worth since: it goes back to then.",
        )
    else:
        figure = cached_figure(overview_charts.trend, currency, over, colours)
        ui.chart(figure, alt=charts.describe(points, currency), key="trend")


def allocation(currency: str) -> None:
    """What the value is made of."""
    with heading("Allocation"):
        chosen = st.segmented_control(
            "Allocation by",
            list(overview_charts.DIVISIONS),
            default="brand",
            required=True,
            key="by",
            bind="query-params",
            label_visibility="collapsed",
        )
    by = chosen or "brand"
    alt = overview_charts.describe_allocation(by, currency, today)
    figure = cached_figure(overview_charts.allocation, by, currency, today, colours)
    ui.chart(figure, alt=alt, key="allocation")


def lists(total: Totals, currency: str) -> None:
    """The highest and the lowest returns, and what has no value of the last year."""
    found = cached(figures.performers, currency, today)
    titled = overview.lists(found, cached(figures.needing_value, today, FEW), currency)
    places = st.columns(max(len(titled), 2), gap="medium")
    for (title, rows), place in zip(titled.items(), places, strict=False):
        with place:
            heading(title)
            ui.rows(rows)
            if title == overview.UNVALUED:
                for label, query in overview.lists_without_value(total):
                    st.page_link(navigation.WATCHES, label=label, query_params=query)


def strip(title: str, wanted: WatchFilter, currency: str) -> None:
    """The newest watches, as a line of photos."""
    found = cached(listing.page, wanted, Sort.ADDED, True, currency, today, None, STRIP)
    with heading(title):
        st.page_link(navigation.WATCHES, label="All watches", width="content")
    ui.strip([overview.card(row, currency) for row in found])


def heading(title: str) -> st.delta_generator.DeltaGenerator:
    """A section's heading; what is put into it stands at the right."""
    line = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    line.header(title, anchor=False, width="content")
    return line


def at_a_glance() -> None:
    """The collection of a household that owns something."""
    left, right = st.columns([5, 4])
    with right, st.container(horizontal=True, horizontal_alignment="right", key="period"):
        over = period.choose(cached(figures.first_day) or today, today)
        with st.container(width=200):
            currency = amounts.choose_currency()
    total = cached(figures.totals, currency, today)
    points = overview_charts.points_of(currency, over)
    with left:
        ui.hero(
            f"Value of {count(total.watches, 'watch', 'watches')}",
            money(total.value if total.valued else None, currency),
            delta_lines=overview.lines(total, points, currency, over.since),
            notes=overview.notes(total, today),
        )
    ui.figures(overview.tiles(total, points, currency, over.since))
    with st.container(key="wide_columns"):
        left, right = st.columns([2, 1], gap="large")
        with left:
            trend(currency, over)
        with right:
            allocation(currency)
        lists(total, currency)
    strip("Newest", WatchFilter(statuses=[Status.OWNED]), currency)


ui.page_title("Overview")
if not cached(listing.count, WatchFilter(), member.currency, today):
    first_steps()
elif not cached(figures.totals, member.currency, today).watches:
    nothing_owned()
else:
    at_a_glance()

"""The controls above the list of watches: search, filters, order, grid or table."""

import zlib
from datetime import date
from urllib.parse import parse_qs

import streamlit as st

from app import amounts, compare_pick, navigation, saved_panel, session, ui, watch_filters, whose
from app.language import N_, _
from app.watch_filters import AMOUNTS, CHOICES, DATES, SORTS, VALUED, Asked
from data.currencies import CURRENCIES
from data.listing import Sort
from data.watches import EARLIEST

OPEN = "watches.filters"  # whether the panel is open
RESTART = "watches.restart"  # a new search while another page than the first was shown
BUTTON = "watches.filters_button"
ENDS = {  # what comes first: going down, going up
    Sort.ADDED: (N_("Newest first"), N_("Oldest first")),
    Sort.PURCHASED: (N_("Newest first"), N_("Oldest first")),
    Sort.NAME: (N_("Z to A"), N_("A to Z")),
}
VIEWS = {"grid": N_("Grid"), "table": N_("Table"), "values": N_("Values")}


def bar(today: date, *, writes: bool) -> Asked:
    """Search box, whose, filters, order and view; returns what is asked for."""
    if not session.is_shown(BUTTON):  # another page was here: its link counts, not the old search
        session.fill("q", st.query_params.get("q", ""))
    line = st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key="search_line"
    )
    with line:
        typed = st.text_input(
            _("Search watches"),
            key="q",
            bind="query-params",
            type="search",
            live="350ms",
            placeholder=_("Brand, model, reference, serial number, notes"),
            label_visibility="collapsed",
            on_change=_search,
        )
    if session.drop(RESTART):
        watch_filters.first_page()
    views = [view for view in VIEWS if view != "values" or writes]
    asked = watch_filters.from_url(typed, today, views)
    with line:
        _whose(asked)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        _filters_button()
        _order(asked)
        _view(asked, views)
        compare_pick.button(asked)
        saved_panel.button(asked)
        if writes:
            _edit_many(asked)
    return asked


def panel(asked: Asked, currency: str, today: date) -> None:
    """The filters, when they are open. They take effect together, on Enter or "Show watches"."""
    if not session.get(OPEN, default=False):
        return
    mark = f"{zlib.crc32(asked.address().encode()):x}"  # another address: fields begin anew
    problems: dict[str, str] = session.get("watches.problems", {})
    given: dict[str, list[str] | str | None] = {}
    with st.form("watches.panel"):
        # A row at a time, so that Tab and a phone go through them in reading order.
        keys = _offered()
        for place, key in zip(st.columns(4), keys[:4], strict=True):
            with place:
                given[key] = _choice(asked, key, mark)
        second = st.columns(4)
        for place, key in zip(second, keys[4:], strict=False):
            with place:
                given[key] = _choice(asked, key, mark)
        for place, (key, label) in zip(st.columns(4), AMOUNTS.items(), strict=True):
            with place:
                text = asked.query.get(key, [""])[0]
                given[key] = st.text_input(
                    f"{_(label)}, {currency}", text, key=f"filter.{key}.{mark}"
                )
                ui.field_problem(problems, key)
        last = st.columns(4)
        for place, (key, label) in zip(last, DATES.items(), strict=False):
            with place:
                given[key] = _date(asked, key, _(label), today, mark)
                ui.field_problem(problems, key)
        free = [*second[len(keys) - 4 :], *last[len(DATES) :], st.container()]
        with free[0]:
            given["valued"] = st.selectbox(
                _("Value"),
                list(VALUED),
                list(VALUED).index(asked.wanted.valued) if asked.wanted.valued else None,
                format_func=lambda key: _(VALUED[key]),
                placeholder=_("Any"),
                key=f"filter.valued.{mark}",
            )
        with free[1]:
            codes = list(CURRENCIES)
            chosen = st.selectbox(
                _("Show amounts in"),
                codes,
                codes.index(currency),
                format_func=amounts.named,
                key=f"filter.currency.{mark}",
            )
        with (
            free[2],
            st.container(horizontal=True, vertical_alignment="bottom", height="stretch"),
        ):
            pressed = st.form_submit_button(_("Show watches"), type="primary")
    if pressed:
        _apply(asked, given, currency, chosen)


def _offered() -> list[str]:
    """The choices there are; whose a watch is only where there is more than one person."""
    return [key for key in CHOICES if key != "owner" or len(CHOICES[key].options()) > 1]


def _choice(asked: Asked, key: str, mark: str) -> list[str]:
    choice = CHOICES[key]
    options = choice.options()
    return st.multiselect(
        _(choice.label),
        list(options),
        asked.query.get(key, []),
        format_func=options.__getitem__,
        placeholder=_("All of them") if key == "complication" else _("Any"),
        key=f"filter.{key}.{mark}",
    )


def _date(asked: Asked, key: str, label: str, today: date, mark: str) -> str | None:
    when = st.date_input(
        label,
        date.fromisoformat(asked.query[key][0]) if key in asked.query else None,
        min_value=EARLIEST,
        max_value=today,
        format="YYYY-MM-DD",
        key=f"filter.{key}.{mark}",
    )
    return when.isoformat() if when else None


def _apply(
    asked: Asked, given: dict[str, list[str] | str | None], currency: str, chosen: str
) -> None:
    """Into the address with it, or say at the field what to change."""
    problems = {}
    for key in AMOUNTS:
        if typed := str(given[key] or "").strip():
            try:
                given[key] = f"{amounts.parse(typed, currency):f}"
            except ValueError as problem:
                problems[key] = str(problem)
    if given["from"] and given["to"] and str(given["from"]) > str(given["to"]):
        problems["to"] = N_("This is before the day on the left.")
    session.put("watches.problems", problems)
    if problems:
        st.rerun()
    session.put(OPEN, value=False)
    home = session.member().currency
    given["currency"] = None if chosen == home else chosen
    watch_filters.go(asked, **given)


def _search() -> None:
    """Another search begins at its own first page."""
    if "after" in st.query_params:
        session.hold("q")
        session.put(RESTART, value=True)


def _whose(asked: Asked) -> None:
    """All, mine or the household's, as one click."""
    chosen = whose.choose(asked.query.get("owner", []))
    if chosen is not None:
        watch_filters.go(asked, owner=chosen)


def _filters_button() -> None:
    is_open = session.get(OPEN, default=False)

    def turn() -> None:
        session.put(OPEN, value=not is_open)
        session.put("watches.problems", {})

    st.button(
        _("Close filters") if is_open else _("Filters"),
        icon=":material/tune:",
        key=BUTTON,
        on_click=turn,
    )


def _order(asked: Asked) -> None:
    """What to sort by, and which end comes first."""
    sorts = [sort for sort in SORTS if sort is not Sort.BEST or asked.wanted.search]
    with st.container(width=190):
        chosen = st.selectbox(
            _("Sort by"),
            sorts,
            sorts.index(asked.sort),
            format_func=lambda sort: _(SORTS[sort]),
            key=f"sort.{asked.sort}.{len(sorts)}",
            label_visibility="collapsed",
        )
    if chosen is not asked.sort:
        watch_filters.go(asked, sort=chosen.value, dir=None)
    if asked.sort is not Sort.BEST:
        words = ENDS.get(asked.sort, (N_("Highest first"), N_("Lowest first")))
        st.button(
            _(words[0] if asked.descending else words[1]),
            icon=":material/swap_vert:",
            key="watches.direction",
            on_click=watch_filters.put,
            args=(asked,),
            kwargs={"dir": "up" if asked.descending else "down"},
        )


def _view(asked: Asked, views: list[str]) -> None:
    """Grid or table; who may write also gets a field a watch for its value of today."""
    chosen = st.segmented_control(
        _("View"),
        views,
        default=asked.view,
        format_func=lambda view: _(VIEWS[view]),
        required=True,
        key=f"view.{asked.view}",
        label_visibility="collapsed",
    )
    if chosen and chosen != asked.view:
        watch_filters.go(asked, view=chosen)


def _edit_many(asked: Asked) -> None:
    """To the same watches as a list of which several can be changed at once."""
    query = parse_qs(asked.written)
    with st.container(key="edit_many_link", width="content"):
        st.page_link(
            navigation.EDIT_MANY,
            label=_("Edit many"),
            icon=":material/checklist:",
            width="content",
            query_params={name: given for name, given in query.items() if name != "view"},
        )


def label(key: str) -> str:
    """What a filter is called."""
    if key in CHOICES:
        return _(CHOICES[key].label)
    return _({**AMOUNTS, **DATES}.get(key, N_("Value")))

"""What the list of watches shows, as an address: every filter is in the URL and comes from it.

The address is the only truth: chips, headings and pages are links, and what a form takes goes into
the address first. What is not understood in it is left out, and named.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import whose
from app.cache import cached
from app.format import day, money
from app.language import N_, _
from app.list_markup import Link
from app.watch_facts import CONDITION_NAMES
from data import collections, reference_data, saved_searches, watches
from data.calc.amount import parse_amount
from data.currencies import CURRENCIES
from data.listing import Sort, WatchFilter
from data.typed import cleaned
from data.watches import EARLIEST

PATH = "/watches"
ALL = "list=all"
SEARCHED = 200  # characters of a search that are looked at
PICKING = "pick"  # ?compare= while watches to compare are being chosen, before the first one
VIEWS = ("grid", "table", "values")
SORTS = {
    Sort.BEST: N_("Best match"),
    Sort.ADDED: N_("Recently added"),
    Sort.NAME: N_("Brand and model"),
    Sort.PURCHASED: N_("Purchase date"),
    Sort.COST: N_("Cost"),
    Sort.VALUE: N_("Value"),
    Sort.GAIN: N_("Gain"),
    Sort.RETURN: N_("Return"),
}
STATUSES = {
    "owned": N_("Owned"),
    "wishlist": N_("On the wishlist"),
    "ordered": N_("Ordered"),
    "sold": N_("Sold"),
    "gifted": N_("Given away"),
    "lost": N_("Lost"),
}
VALUED = {
    "yes": N_("With a recorded value"),
    "no": N_("Without a recorded value"),
    "stale": N_("Valued over a year ago"),
}
AMOUNTS = {
    "cost_min": N_("Cost from"),
    "cost_max": N_("Cost to"),
    "value_min": N_("Value from"),
    "value_max": N_("Value to"),
}
DATES = {"from": N_("Bought from"), "to": N_("Bought to")}


def _collections() -> dict[str, str]:
    return {str(one.collection_id): one.name for one in cached(collections.every)}


def _brands() -> dict[str, str]:
    return {str(one.brand_id): one.name for one in cached(watches.brands) if one.watches}


def _movements() -> dict[str, str]:
    return {one.key: _(one.name) for one in cached(reference_data.movement_types)}


def _statuses() -> dict[str, str]:
    return {key: _(name) for key, name in STATUSES.items()}


def _conditions() -> dict[str, str]:
    return {key: _(name) for key, name in CONDITION_NAMES.items()}


def _complications() -> dict[str, str]:
    return {one.key: _(one.name) for one in cached(reference_data.complications)}


@dataclass(frozen=True)
class Choice:
    """A filter that takes several values: its label, its field, what there is to choose."""

    label: str
    field: str  # of WatchFilter
    options: Callable[[], Mapping[str, str]]  # what stands in the address → what people read
    stored: Callable[[str], object] = str


CHOICES = {
    "collection": Choice(N_("Collection"), "collection_ids", _collections, UUID),
    "brand": Choice(N_("Brand"), "brand_ids", _brands, UUID),
    "status": Choice(N_("Status"), "statuses", _statuses),
    "movement": Choice(N_("Movement"), "movement_types", _movements),
    "condition": Choice(N_("Condition"), "conditions", _conditions),
    "complication": Choice(N_("Complications"), "complications", _complications),
    "tag": Choice(N_("Tags"), "tags", lambda: {tag: tag for tag in cached(watches.tags)}),
    "owner": Choice(N_("Owner"), "owner_ids", whose.options, whose.stored),
}
FILTERS = (*CHOICES, *AMOUNTS, *DATES, "valued")
NAMES = ("q", *FILTERS, "sort", "dir", "view", "currency")
Query = dict[str, list[str]]


@dataclass(frozen=True)
class Asked:
    """What an address asks for, as far as it is understood."""

    query: Query  # the address again, without what was left out and without the page
    wanted: WatchFilter
    sort: Sort
    descending: bool
    view: str
    after: str | None
    left_out: tuple[str, ...]  # names of what was not understood
    picked: str = ""  # ?compare=, the watches being chosen; empty: none are
    home: str = PATH  # the address of the list without anything asked for

    @property
    def filtered(self) -> bool:
        """Whether anything but the search narrows the list."""
        return any(name in self.query for name in FILTERS)

    def address(self, after: str | None = None, /, **changes: list[str] | str | None) -> str:
        """A link to this list with these changes, at its first page or at ``after``."""
        pairs: list[tuple[str, list[str] | str]] = [
            (name, given) for name in NAMES if (given := changes.get(name, self.query.get(name)))
        ]
        pairs += [("after", after)] if after else []
        picked = changes.get("compare", self.picked)
        pairs += [("compare", picked)] if picked else []
        return f"{PATH}?{urlencode(pairs, doseq=True, safe=',')}" if pairs else self.home

    @property
    def written(self) -> str:
        """What is asked for, as a saved search keeps it; empty: all watches, newest first."""
        return urlencode([(n, self.query[n]) for n in NAMES if n in self.query], doseq=True)

    def cleared(self, *, search: bool = False) -> str:
        """A link to the same list without its filters; ``search``: without the search too."""
        names = (*FILTERS, "q") if search else FILTERS
        return self.address(**dict.fromkeys(names))


def from_url(search: str, today: date, views: Sequence[str] = VIEWS) -> Asked:
    """Read the address. ``search`` is what stands in the search box; the first view is usual."""
    given: Query = {
        name: [text for text in st.query_params.get_all(name) if text] for name in NAMES
    }
    query: Query = {}
    wanted: dict[str, object] = {}
    if text := cleaned(search, SEARCHED):
        wanted["search"] = " ".join(text.split())
        query["q"] = [text]
    for name, (field, written, stored) in _understood(given, today).items():
        query[name], wanted[field] = written, stored
    sort, descending = _order(given, query, searching="search" in wanted)
    if (view := _last(given["view"])) in views[1:]:
        query["view"] = [view]
    if (currency := _last(given["currency"]).upper()) in CURRENCIES:
        query["currency"] = [currency]
    return Asked(
        query,
        WatchFilter(**wanted),  # type: ignore[arg-type]
        sort,
        descending,
        view if view in views else views[0],
        st.query_params.get("after") or None,
        tuple(n for n in FILTERS if len(set(given[n])) > len(query.get(n, ()))),
        st.query_params.get("compare", ""),
        _home(),
    )


def _home() -> str:
    """All watches. Who opens the page with a search of theirs asks for them in so many words."""
    has_default = any(one.is_default for one in cached(saved_searches.every))
    return f"{PATH}?{ALL}" if has_default else PATH


def _understood(given: Query, today: date) -> dict[str, tuple[str, list[str], object]]:
    """What narrows the list: name → (field of WatchFilter, as it is written, as it is stored)."""
    found: dict[str, tuple[str, list[str], object]] = {}
    for name, choice in CHOICES.items():
        if given[name] and (known := [key for key in choice.options() if key in given[name]]):
            found[name] = (choice.field, known, [choice.stored(key) for key in known])
    for name in AMOUNTS:
        if (amount := _amount(_last(given[name]))) is not None:
            found[name] = (name, [f"{amount:f}"], amount)
    for name, field in (("from", "purchased_from"), ("to", "purchased_to")):
        if when := _day(_last(given[name]), today):
            found[name] = (field, [when.isoformat()], when)
    if (valued := _last(given["valued"])) in VALUED:
        found["valued"] = ("valued", [valued], valued)
    return found


def usual_direction(sort: Sort) -> bool:
    """Whether an order goes down at first: all but names do."""
    return sort is not Sort.NAME


def chips(asked: Asked, currency: str) -> list[Link]:
    """A chip for each filter; following it takes the filter away."""
    found = []
    for name, choice in CHOICES.items():
        here = asked.query.get(name, [])
        if name == "owner" and whose.is_view(here):
            continue  # the choice beside the search says so already
        options = choice.options() if here else {}
        for key in here:
            rest = [other for other in here if other != key]
            found.append(Link(options[key], asked.address(**{name: rest})))
    for name, text in _single(asked.wanted, currency).items():
        found.append(Link(text, asked.address(**{name: None})))
    return found


def _single(wanted: WatchFilter, currency: str) -> dict[str, str]:
    """The filters that take one value, in words."""
    said = {
        name: f"{_(label)} {money(getattr(wanted, name), currency)}"
        for name, label in AMOUNTS.items()
        if getattr(wanted, name) is not None
    }
    if wanted.purchased_from:
        said["from"] = f"{_(DATES['from'])} {day(wanted.purchased_from)}"
    if wanted.purchased_to:
        said["to"] = f"{_(DATES['to'])} {day(wanted.purchased_to)}"
    if wanted.valued:
        said["valued"] = _(VALUED[wanted.valued])
    return said


def go(asked: Asked, **changes: list[str] | str | None) -> None:
    """Put changes into the address and show its first page; the search box keeps its own part."""
    put(asked, **changes)
    st.rerun()


def put(asked: Asked, **changes: list[str] | str | None) -> None:
    """The same in a callback, where a rerun follows anyway."""
    names = [name for name in NAMES if name != "q"]
    given = {name: changes.get(name, asked.query.get(name)) or [] for name in names}
    name, __, everything = ALL.partition("=")
    bare = asked.home != PATH and not any(given.values()) and "q" not in asked.query
    given[name] = [everything] if bare else []
    st.query_params.update({**given, "after": []})  # one step in the browser's history


def first_page() -> None:
    """Leave the page of the list that the address names."""
    st.query_params.update({"after": []})


def _order(given: Query, query: Query, *, searching: bool) -> tuple[Sort, bool]:
    """The order asked for, else the usual one: best match of a search, else newest first."""
    usual = Sort.BEST if searching else Sort.ADDED
    asked = _last(given["sort"])
    sort = Sort(asked) if asked in set(Sort) else usual
    if sort is Sort.BEST and not searching:
        sort = usual
    if sort is not usual:
        query["sort"] = [sort.value]
    down = {"up": False, "down": True}.get(_last(given["dir"]), usual_direction(sort))
    if sort is Sort.BEST:
        down = True
    if down != usual_direction(sort):
        query["dir"] = ["down" if down else "up"]
    return sort, down


def _last(given: list[str]) -> str:
    return given[-1] if given else ""


def _amount(text: str) -> Decimal | None:
    try:
        return parse_amount(text)
    except ValueError:
        return None


def _day(text: str, today: date) -> date | None:
    try:
        when = date.fromisoformat(text)
    except ValueError:
        return None
    return when if EARLIEST <= when <= today else None

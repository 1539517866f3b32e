"""Which part of the collection analytics is about: chosen in a panel, kept in the address."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import session, whose
from app.language import N_, _
from app.list_markup import Link
from app.watch_filters import CHOICES
from data.scope import Scope

PATH = "/analytics"
OPEN = "analytics.filters"  # whether the panel is open
GONE, LEFT_OUT = "gone", "no"  # ?gone=no: without what was sold, given away or lost
NOT_GONE = N_("Without what is gone")
Query = dict[str, list[str]]


@dataclass(frozen=True)
class Part:
    """A filter: its label, its field of Scope, what there is to choose, how it is stored."""

    label: str
    field: str
    options: Callable[[], Mapping[str, str]]  # what stands in the address → what people read
    stored: Callable[[str], UUID | str | None]


PARTS = {
    "collection": Part(N_("Collection"), "collection_ids", CHOICES["collection"].options, UUID),
    "brand": Part(N_("Brand"), "brand_ids", CHOICES["brand"].options, UUID),
    "tag": Part(N_("Tags"), "tags", CHOICES["tag"].options, str),
    "owner": Part(N_("Owner"), "owner_ids", whose.options, whose.stored),
}


def from_url() -> tuple[Query, Scope]:
    """What the address narrows the collection to; what is not understood in it is left out."""
    query: Query = {}
    found: dict[str, tuple[UUID | str | None, ...]] = {}
    for name, part in PARTS.items():
        given = st.query_params.get_all(name)
        if given and (known := [key for key in part.options() if key in given]):
            query[name] = known
            found[part.field] = tuple(part.stored(key) for key in known)
    if st.query_params.get(GONE) == LEFT_OUT:
        query[GONE] = [LEFT_OUT]
    return query, Scope(**found, gone=GONE not in query)  # type: ignore[arg-type]


def choose_whose(query: Query) -> None:
    """All, mine or the household's, as one click."""
    chosen = whose.choose(query.get("owner", []))
    if chosen is not None:
        st.query_params.update({"owner": chosen})
        st.rerun()


def button() -> None:
    """Opens and closes the panel."""
    is_open = session.get(OPEN, default=False)
    st.button(
        _("Close filters") if is_open else _("Filters"),
        icon=":material/tune:",
        key="analytics.filters_button",
        on_click=lambda: session.put(OPEN, value=not is_open),
    )


def panel(query: Query) -> None:
    """The filters, when they are open. They take effect together, on "Show"."""
    if not session.get(OPEN, default=False):
        return
    mark = f"{zlib.crc32(urlencode(query, doseq=True).encode()):x}"  # elsewhere: fields begin anew
    given: Query = {}
    with st.form("analytics.panel"):
        for place, (name, part) in zip(st.columns(len(PARTS)), PARTS.items(), strict=True):
            options = part.options()
            with place:
                given[name] = st.multiselect(
                    _(part.label),
                    list(options),
                    query.get(name, []),
                    format_func=options.__getitem__,
                    placeholder=_("Any"),
                    key=f"analytics.{name}.{mark}",
                )
        with st.container(horizontal=True, vertical_alignment="center"):
            gone = st.checkbox(
                _("Include what was sold, given away or lost"),
                GONE not in query,
                key=f"analytics.gone.{mark}",
            )
            pressed = st.form_submit_button(_("Show"), type="primary")
    if pressed:
        session.put(OPEN, value=False)
        st.query_params.update({**given, GONE: [] if gone else [LEFT_OUT]})
        st.rerun()


def chips(query: Query) -> list[Link]:
    """A chip for each filter; following it takes the filter away and nothing else."""
    here = {name: st.query_params.get_all(name) for name in st.query_params}
    found = []
    for name, part in PARTS.items():
        options = part.options() if name in query else {}
        for key in () if _is_chosen(name, query) else query.get(name, ()):
            rest = [other for other in query[name] if other != key]
            found.append(Link(options[key], address({**here, name: rest})))
    if GONE in query:
        found.append(Link(_(NOT_GONE), address({**here, GONE: []})))
    return found


def cleared() -> str:
    """The same page of the whole collection."""
    names = {*PARTS, GONE}
    return address({n: st.query_params.get_all(n) for n in st.query_params if n not in names})


def address(query: Mapping[str, Sequence[str]]) -> str:
    """A link to analytics with these parameters."""
    written = urlencode([(name, one) for name, given in query.items() for one in given])
    return f"{PATH}?{written}" if written else PATH


def said(query: Query) -> str:
    """The part of the collection in words, for a title: "Omega, Tudor"; empty: all of it."""
    return ", ".join(
        whose.named(key) if name == "owner" else part.options()[key]
        for name, part in PARTS.items()
        for key in query.get(name, [])
    )


def _is_chosen(name: str, query: Query) -> bool:
    """Whether a choice of its own above the figures says already what a chip would."""
    return name == "owner" and whose.is_view(query.get(name, []))

"""Which watches are compared, and what is known of them. The address is the only choice there is.

``/compare?ids=a,b,c`` in the order of the columns; ``only=differences``, ``currency=CHF``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

import plotly.graph_objects as go
import streamlit as st
from sqlalchemy import Connection

from app import compare_charts
from app import format as say
from app.cache import cached
from app.compare_charts import Line, Reading
from app.markup import Row
from app.palette import Palette
from app.photo_links import photo_url
from app.watch_values import NO_MONEY, Worth
from data import comparing, expenses, figures, listing, watches
from data.accounts import Member
from data.comparing import Care
from data.errors import NotFoundError
from data.listing import Sort, WatchFilter
from data.watches import Watch

PATH = "/compare"
MOST = 4  # watches side by side
LOOKED_AT = 12  # ids of an address; who writes more is not waited for
DRAWN = 240  # points of a line
OFFERED = 6  # watches to add
DIFFERENCES = "differences"  # ?only=differences


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    ids: tuple[UUID, ...]  # distinct, in order
    odd: int  # parts that are no ids at all
    only_differences: bool


@dataclass(frozen=True)
class Compared:
    """A watch, its figures, and its value over time."""

    worth: Worth
    care: Care | None
    readings: tuple[Reading, ...]  # the same days for all that are compared

    @property
    def watch(self) -> Watch:
        """What is recorded of it."""
        return self.worth.watch


@dataclass(frozen=True)
class Comparison:
    """The watches side by side, and what of the address is not among them."""

    watches: tuple[Compared, ...]
    left_out: int  # not in this collection, or in the bin
    is_too_long: bool  # the address names more than fit

    @property
    def ids(self) -> list[UUID]:
        """In the order of the columns."""
        return [one.watch.watch_id for one in self.watches]


def from_url() -> Asked:
    """Read the address; it may be cut, doubled, or of somebody else."""
    given = [text.strip() for text in ",".join(st.query_params.get_all("ids")).split(",")]
    ids, odd = read_ids([text for text in given if text])
    return Asked(ids, odd, st.query_params.get("only") == DIFFERENCES)


def read_ids(given: Sequence[str]) -> tuple[tuple[UUID, ...], int]:
    """Distinct ids in order, and how many are none."""
    ids: dict[UUID, None] = {}
    odd = 0
    for text in given:
        try:
            ids[UUID(text)] = None
        except ValueError:
            odd += 1
    return tuple(ids), odd


def address(ids: Sequence[UUID], *, only_differences: bool = False) -> str:
    """A link to a comparison of these, in the currency of this page."""
    query = {"ids": ",".join(str(one) for one in ids)} if ids else {}
    if only_differences:
        query["only"] = DIFFERENCES
    if currency := st.query_params.get("currency"):
        query["currency"] = currency
    return f"{PATH}?{urlencode(query, safe=',')}" if query else PATH


def load(asked: Asked, currency: str, today: date) -> Comparison:
    """Everything about the first four watches of the address that are ours."""
    found = cached(read, asked.ids[:LOOKED_AT], currency, today)
    return Comparison(found.watches, found.left_out + asked.odd, found.is_too_long)


def read(
    db: Connection, member: Member, ids: tuple[UUID, ...], currency: str, today: date
) -> Comparison:
    """What ``load`` keeps: for each watch its facts, its figures and its value over time."""
    found: list[Watch] = []
    left_out, examined = 0, 0
    for watch_id in ids:
        if len(found) == MOST:
            break
        examined += 1
        watch = _find(db, member, watch_id)
        if watch:
            found.append(watch)
        else:
            left_out += 1
    return Comparison(
        _compared(db, member, _worths(db, member, found, currency, today)),
        left_out,
        is_too_long=examined < len(ids),
    )


def _find(db: Connection, member: Member, watch_id: UUID) -> Watch | None:
    """The watch, if it is ours and not in the bin."""
    try:
        watch = watches.get(db, member, watch_id)
    except NotFoundError:
        return None
    return None if watch.deleted_at else watch


def _worths(
    db: Connection, member: Member, found: Sequence[Watch], currency: str, today: date
) -> list[Worth]:
    """Their figures, and what their services cost and else was paid for them."""
    ids = [watch.watch_id for watch in found]
    if not ids:
        return []
    money = comparing.money(db, member, ids, currency, today)
    care = comparing.service_costs(db, member, ids, currency)
    extras = expenses.payments(db, member, ids, currency, today)
    return [
        Worth(
            watch,
            money.get(watch.watch_id, NO_MONEY),
            (),
            currency,
            today,
            tuple(one for one in care if one.watch_id == watch.watch_id),
            tuple(one for one in extras if one.watch_id == watch.watch_id),
        )
        for watch in found
    ]


def _compared(db: Connection, member: Member, found: Sequence[Worth]) -> tuple[Compared, ...]:
    """On the same days for all: every so many, counted back from the last one any of them has."""
    care = comparing.care(db, member, [worth.watch.watch_id for worth in found])
    drawn = [worth for worth in found if _has_line(worth)]
    last = max((worth.end for worth in drawn), default=None)
    first = min((worth.watch.acquired_on or worth.end for worth in drawn), default=None)
    step = max(1, -(-(last - first).days // DRAWN)) if first and last else 1
    return tuple(
        Compared(
            worth,
            care.get(worth.watch.watch_id),
            _readings(db, member, worth, last, step) if last and worth in drawn else (),
        )
        for worth in found
    )


def _has_line(worth: Worth) -> bool:
    """Whether it was ever here, with a value or a cost."""
    watch = worth.watch
    is_known = watch.value_amount is not None or watch.cost is not None
    return is_known and watch.acquired_on is not None and watch.acquired_on <= worth.end


def _readings(
    db: Connection, member: Member, worth: Worth, last: date, step: int
) -> tuple[Reading, ...]:
    """Its value on every ``step``-th day before ``last`` on which it was here; a gap is None."""
    start = worth.watch.acquired_on or last
    points = figures.trend(db, member, worth.currency, start, last, step, worth.watch.watch_id)
    return tuple(
        Reading(point.day, None if point.missing else point.value)
        for point in points
        if point.watches
    )


def names(comparison: Comparison) -> str:
    """The watches in a line, for the title of the browser."""
    return ", ".join(shortened(one.watch.title, 40) for one in comparison.watches)


def names_of(db: Connection, member: Member, ids: tuple[UUID, ...]) -> dict[UUID, str]:
    """The names of those that are ours."""
    found = [_find(db, member, watch_id) for watch_id in ids[:MOST]]
    return {watch.watch_id: watch.title for watch in found if watch}


def offered(typed: str, comparison: Comparison, currency: str, today: date) -> list[Row]:
    """What can be added: what the search finds, else the newest; each a link that adds it."""
    ids = comparison.ids
    typed = " ".join(typed.split())
    rows = _found(typed, currency, today, OFFERED + len(ids))
    if typed and not rows and (meant := cached(listing.corrected, typed)):
        rows = _found(meant, currency, today, OFFERED + len(ids))
    only = from_url().only_differences
    return [
        Row(
            address([*ids, row.watch_id], only_differences=only),
            f"{row.brand} {row.model}",
            " · ".join(filter(None, (row.reference, row.nickname, row.collection))),
            say.money(row.value, currency),
            photo_url=photo_url(row.cover, "thumb"),
        )
        for row in rows
        if row.watch_id not in ids
    ][:OFFERED]


def _found(typed: str, currency: str, today: date, limit: int) -> list[listing.WatchRow]:
    sort = Sort.BEST if typed else Sort.ADDED
    wanted = WatchFilter(search=typed or None)
    return cached(listing.page, wanted, sort, True, currency, today, None, limit)


def lines(comparison: Comparison) -> list[Line]:
    """Those that have a value over time, with their place among the columns."""
    labels = distinct([one.watch.model or one.watch.title for one in comparison.watches])
    return [
        Line(place, label, one.readings)
        for place, (label, one) in enumerate(zip(labels, comparison.watches, strict=True))
        if len(one.readings) > 1
    ]


def figure(ids: tuple[UUID, ...], currency: str, today: date, palette: Palette) -> go.Figure:
    """The lines over each other; for ``cached_figure``, whose key are these few arguments."""
    return compare_charts.indexed_lines(
        lines(cached(read, ids, currency, today)), currency, palette
    )


def without_line(comparison: Comparison) -> list[str]:
    """The names of those that have no line."""
    return [
        shortened(one.watch.title, 40)
        for one in comparison.watches
        if len(one.readings) < 2  # noqa: PLR2004  (a line has two ends)
    ]


def distinct(labels: Sequence[str]) -> list[str]:
    """Short names that differ: a second of the same name gets its number."""
    short = [shortened(label, 16) for label in labels]
    return [
        f"{label} {place + 1}" if short.count(label) > 1 else label
        for place, label in enumerate(short)
    ]


def shortened(text: str, limit: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"

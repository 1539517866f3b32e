"""The list of watches: filter, search, sort, and page through it without losing a row."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member

SEARCH_LIMIT = 400  # characters looked at


class Sort(StrEnum):
    """Orders the list knows."""

    BEST = "best"  # best match; only with a search
    ADDED = "added"
    NAME = "name"  # brand and model
    PURCHASED = "purchased"
    COST = "cost"
    VALUE = "value"
    GAIN = "gain"
    RETURN = "return"


FIGURES = frozenset({Sort.COST, Sort.VALUE, Sort.GAIN, Sort.RETURN})


@dataclass(frozen=True)
class WatchFilter:
    """What to list; None means "any". Amounts are in the reader's currency."""

    search: str | None = None
    statuses: list[str] | None = None
    brand_ids: list[UUID] | None = None
    collection_ids: list[UUID] | None = None
    owner_ids: list[UUID | None] | None = None  # members; None among them: the household
    movement_types: list[str] | None = None
    conditions: list[str] | None = None
    tags: list[str] | None = None  # any of them
    complications: list[str] | None = None  # all of them
    purchased_from: date | None = None
    purchased_to: date | None = None
    valued: str | None = None  # yes, no, stale (older than a year)
    cost_min: Decimal | None = None
    cost_max: Decimal | None = None
    value_min: Decimal | None = None
    value_max: Decimal | None = None


@dataclass(frozen=True)
class WatchRow:
    """One watch of the list. value, cost, gain: in the reader's currency; None: not available."""

    watch_id: UUID
    version: int
    brand: str
    model: str
    reference: str | None
    nickname: str | None
    status: str
    condition: str | None
    collection: str | None
    colour: str | None
    purchased_on: date | None
    added_at: datetime
    disposed_on: date | None
    is_private: bool
    value_amount: Decimal | None  # in value_currency, as it was recorded
    value_currency: str | None
    valued_on: date | None  # None: at cost
    value: Decimal | None
    cost: Decimal | None
    gain: Decimal | None
    return_fraction: Decimal | None
    cover: str | None  # content hash of the photo that stands for it
    sort_key: str | None

    @property
    def cursor(self) -> str:
        """Where the next page starts; fit for a URL."""
        return f"{self.watch_id}~{'' if self.sort_key is None else self.sort_key}"


def page(
    db: Connection,
    member: Member,
    wanted: WatchFilter,
    sort: Sort,
    descending: bool,
    currency: str,
    today: date,
    after: str | None,
    limit: int,
) -> list[WatchRow]:
    """The next ``limit`` watches after the cursor ``after`` (None, or one that is none: the first).

    What is not available comes last in both directions.
    """
    order = Sort.ADDED if sort is Sort.BEST and not wanted.search else sort
    after_id, after_key = _parsed(after, order)
    given: dict[str, object] = {
        **asdict(wanted), "household_id": member.household_id, "currency": currency, "today": today,
        "after_id": after_id, "after_key": after_key, "limit": limit,
    }  # fmt: skip
    if order is Sort.BEST:
        given |= {"typed": wanted.search, "search": None}
        return queries.many(db, WatchRow, "watch_page_best", **given)
    if order in FIGURES:
        given |= {"figure": order.value, "direction": -1 if descending else 1}
        return queries.many(db, WatchRow, "watch_page_figure", **given)
    return queries.many(db, WatchRow, PAGES[order, descending], **given)


PAGES = {
    (Sort.ADDED, True): "watch_page_added_down",
    (Sort.ADDED, False): "watch_page_added_up",
    (Sort.NAME, True): "watch_page_name_down",
    (Sort.NAME, False): "watch_page_name_up",
    (Sort.PURCHASED, True): "watch_page_purchased_down",
    (Sort.PURCHASED, False): "watch_page_purchased_up",
}


def count(db: Connection, member: Member, wanted: WatchFilter, currency: str, today: date) -> int:
    """How many watches match."""
    keys = {"household_id": member.household_id, "currency": currency, "today": today}
    return cast("int", queries.value(db, "watch_count", **keys, **asdict(wanted)))


def corrected(db: Connection, member: Member, typed: str) -> str | None:  # noqa: ARG001  (the wall knows)
    """What was probably meant by a search that finds nothing, or None."""
    return cast("str | None", queries.value(db, "search_corrected", typed=typed))


def _parsed(cursor: str | None, order: Sort) -> tuple[UUID | None, str | None]:
    """A cursor's id and key; (None, None) for anything else (it comes from the URL)."""
    given, _, key = (cursor or "").partition("~")
    try:
        watch_id = UUID(given)
        if order in {Sort.ADDED, Sort.PURCHASED} and key:
            datetime.fromisoformat(key)
    except ValueError:
        return None, None
    if not key and (order in FIGURES or order is Sort.PURCHASED):
        return watch_id, None  # among those that come last
    return (watch_id, key) if _KEYS[order].fullmatch(key) else (None, None)


_FIGURE = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,60})?")
_KEYS = {  # what PostgreSQL writes for the key of each order, and reads again
    Sort.BEST: re.compile(r"[0-9](\.[0-9]{1,10})?(e-[0-3][0-9])?"),
    Sort.ADDED: re.compile(r"[-0-9]{10} [:0-9]{8}(\.[0-9]{1,6})?[+-](0[0-9]|1[0-4])(:[0-5][0-9])?"),
    Sort.NAME: re.compile(r"[^\0]{1,400}"),
    Sort.PURCHASED: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    **dict.fromkeys(FIGURES, _FIGURE),
}

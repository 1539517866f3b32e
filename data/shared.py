"""What a share link shows: read on its behalf, group by group, and only the groups it allows.

``asker`` is always the opened link (``share_links.find``); the transaction is its household's and
nobody's. The queries are in sql/queries/share_links.sql.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import documents, media, queries
from data.errors import NotFoundError
from data.said import said
from data.share_links import COLLECTION, Opened


@dataclass(frozen=True)
class SharedWatch:
    """What a watch is called."""

    watch_id: UUID
    brand: str
    model: str | None


@dataclass(frozen=True)
class Facts:
    """What anybody could see who held the watch in their hands."""

    watch_id: UUID
    reference: str | None
    nickname: str | None
    production_year: int | None
    condition: str | None
    box_papers: str | None
    movement: str | None
    calibre: str | None
    complications: list[str]
    case_material: str | None
    case_diameter_mm: Decimal | None
    thickness_mm: Decimal | None
    lug_to_lug_mm: Decimal | None
    lug_width_mm: Decimal | None
    water_resistance_m: int | None
    power_reserve_h: Decimal | None
    crystal: str | None
    dial_colour: str | None
    bezel: str | None
    strap: str | None


@dataclass(frozen=True)
class Worth:
    """In the link's currency; None: not known, or only at a price that is not to be shown."""

    watch_id: UUID
    value: Decimal | None
    valued_on: date | None  # None: at cost


@dataclass(frozen=True)
class Price:
    """What it cost with fees and taxes, in the link's currency; None: not known."""

    watch_id: UUID
    cost: Decimal | None
    purchased_on: date | None


@dataclass(frozen=True)
class Gain:
    """In the link's currency; None: not known."""

    watch_id: UUID
    gain: Decimal | None
    return_fraction: Decimal | None


@dataclass(frozen=True)
class Serial:
    """The serial number of a watch."""

    watch_id: UUID
    serial_number: str | None


@dataclass(frozen=True)
class SharedPhoto:
    """A photo, by the hash that names its files."""

    watch_id: UUID
    content_hash: str


@dataclass(frozen=True)
class SharedDocument:
    """A paper of a watch."""

    document_id: UUID
    kind: str
    title: str
    media_type: str
    size_bytes: int
    pages: int | None
    content_hash: str

    @property
    def file_name(self) -> str:
        """What it is called when it is downloaded."""
        return documents.download_name(self.title, self.media_type)


@dataclass(frozen=True)
class Sum:
    """An amount over watches, in the link's currency, and of how many of them it is known."""

    known: int
    amount: Decimal | None


@dataclass(frozen=True)
class SumGain:
    """A gain over watches, in the link's currency, and as a part of what those cost."""

    gain: Decimal | None
    return_fraction: Decimal | None


@dataclass(frozen=True)
class Page:
    """Everything that a page of a link shows; a group that is not allowed is empty or None."""

    link: Opened
    title: str | None  # of a collection
    count: int  # watches of the link, on all pages
    watches: list[SharedWatch]
    photos: dict[UUID, list[str]]
    facts: dict[UUID, Facts]
    values: dict[UUID, Worth]
    prices: dict[UUID, Price]
    gains: dict[UUID, Gain]
    serials: dict[UUID, str]
    documents: list[SharedDocument]
    value: Sum | None
    cost: Sum | None
    gain: SumGain | None


def page(db: Connection, asker: Opened, today: date, limit: int, offset: int = 0) -> Page:
    """What a link shows, ``limit`` watches of it.

    Raises:
        NotFoundError: nothing of it is here any more.
    """
    scope = _scope(asker)
    watches = queries.many(db, SharedWatch, "share_watches", limit=limit, offset=offset, **scope)
    if not watches:
        raise NotFoundError(said("There is nothing here."))
    shown = {**scope, "shown": [one.watch_id for one in watches]}
    priced = {"currency": asker.currency, "today": today}
    photos: dict[UUID, list[str]] = {}
    for photo in queries.many(db, SharedPhoto, "share_photos", **shown, **_pictures(asker)):
        photos.setdefault(photo.watch_id, []).append(photo.content_hash)
    facts = [] if asker.photos_only else queries.many(db, Facts, "share_facts", **shown)
    values, prices, gains, serials = [], [], [], []
    value = cost = gain = None
    if asker.show_values:
        at_cost = {"show_prices": asker.show_prices}
        values = queries.many(db, Worth, "share_values", **shown, **priced, **at_cost)
        value = queries.first(db, Sum, "share_total_value", **scope, **priced, **at_cost)
    if asker.show_prices:
        prices = queries.many(db, Price, "share_prices", **shown, **priced)
        cost = queries.first(db, Sum, "share_total_cost", **scope, **priced)
    if asker.show_values and asker.show_prices:
        gains = queries.many(db, Gain, "share_gains", **shown, **priced)
        gain = queries.first(db, SumGain, "share_total_gain", **scope, **priced)
    if asker.show_serials:
        serials = queries.many(db, Serial, "share_serials", **shown)
    return Page(
        asker,
        _collection_name(db, asker),
        cast("int", queries.value(db, "share_count", **scope)),
        watches,
        photos,
        {one.watch_id: one for one in facts},
        {one.watch_id: one for one in values},
        {one.watch_id: one for one in prices},
        {one.watch_id: one for one in gains},
        {one.watch_id: one.serial_number for one in serials if one.serial_number},
        papers(db, asker),
        value,
        cost,
        gain,
    )


def papers(db: Connection, asker: Opened) -> list[SharedDocument]:
    """The documents that a link shows; none where it shows none."""
    if not asker.show_documents:
        return []
    return queries.many(db, SharedDocument, "share_documents", **_scope(asker))


def shows_photo(db: Connection, asker: Opened, content_hash: str) -> bool:
    """Whether this photo is one of those that the link shows."""
    keys = {**_scope(asker), **_pictures(asker), "content_hash": content_hash}
    return cast("bool", queries.value(db, "share_photo_is_shown", **keys))


def find_file(asker: Opened, document: SharedDocument) -> bytes | None:
    """The file of a document; None if the store has lost it."""
    return media.find(
        media.document_key(asker.household_id, document.content_hash, document.media_type)
    )


def _collection_name(db: Connection, asker: Opened) -> str | None:
    if asker.kind != COLLECTION:
        return None
    keys = {"household_id": asker.household_id, "collection_id": asker.collection_id}
    return cast("str | None", queries.value(db, "share_collection_name", **keys))


def _scope(asker: Opened) -> dict[str, object]:
    return {
        "household_id": asker.household_id,
        "kind": asker.kind,
        "watch_ids": asker.watch_ids,
        "collection_id": asker.collection_id,
    }


def _pictures(asker: Opened) -> dict[str, object]:
    return {"show_serials": asker.show_serials, "show_documents": asker.show_documents}

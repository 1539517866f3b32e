"""The watches of a household: list, find, read, add, change, remove."""

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.errors import ConflictError, NotFoundError, RefusedError
from data.said import said
from data.typed import cleaned

NOT_HERE = said("This watch is not in your collection.")
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


class Status(StrEnum):
    """Where a watch stands."""

    OWNED = "owned"
    WISHLIST = "wishlist"
    ORDERED = "ordered"
    SOLD = "sold"
    GIFTED = "gifted"
    LOST = "lost"


GONE = frozenset({Status.SOLD, Status.GIFTED, Status.LOST})
WANTED = frozenset({Status.WISHLIST, Status.ORDERED})  # not here yet
CONDITIONS = ("mint", "excellent", "good", "fair", "poor")
BOX_PAPERS = ("none", "box", "papers", "full_set")


TAG_LIMIT = 40  # characters
TEXT_LIMITS = {  # characters
    "model": 200, "reference": 100, "serial_number": 100, "nickname": 100, "notes": 10_000,
    "retailer": 200, "buyer": 200, "calibre": 100, "case_material": 100, "crystal": 100,
    "dial_colour": 100, "bezel": 100, "strap": 100,
}  # fmt: skip


@dataclass(frozen=True)
class WatchDraft:
    """A watch as a person enters it; None is "unknown". Amounts in the currency beside them."""

    brand_id: UUID | None = None
    model: str | None = None
    reference: str | None = None
    serial_number: str | None = None
    nickname: str | None = None
    production_year: int | None = None
    status: str = Status.OWNED
    condition: str | None = None
    box_papers: str | None = None
    collection_id: UUID | None = None
    notes: str | None = None
    purchased_on: date | None = None
    retailer: str | None = None
    purchase_price: Decimal | None = None
    purchase_fees: Decimal | None = None
    purchase_taxes: Decimal | None = None
    purchase_currency: str | None = None  # ISO 4217
    disposed_on: date | None = None  # the day it was sold, given away or lost
    buyer: str | None = None
    sale_price: Decimal | None = None
    sale_fees: Decimal | None = None
    sale_currency: str | None = None  # ISO 4217
    movement_type: str | None = None
    calibre: str | None = None
    case_material: str | None = None
    case_diameter_mm: Decimal | None = None  # without crown
    thickness_mm: Decimal | None = None
    lug_to_lug_mm: Decimal | None = None
    lug_width_mm: Decimal | None = None
    water_resistance_m: int | None = None
    power_reserve_h: Decimal | None = None
    crystal: str | None = None
    dial_colour: str | None = None
    bezel: str | None = None
    strap: str | None = None
    owner_id: UUID | None = None  # a member; None: the household
    is_private: bool = False  # nobody but its owner sees it
    target_price: Decimal | None = None  # what it may cost, while it is not here yet
    target_currency: str | None = None  # ISO 4217
    warranty_until: date | None = None  # its last day
    tags: list[str] = field(default_factory=list)
    complications: list[str] = field(default_factory=list)

    def tidy(self) -> "WatchDraft":
        """The same without stray blanks, and without what its status rules out."""
        texts = {
            name.name: cleaned(text)
            for name in fields(self)
            if isinstance(text := getattr(self, name.name), str)
        }
        gone = self.status in GONE
        texts |= {} if self.purchase_price is not None else {"purchase_currency": None}
        texts |= {} if self.sale_price is not None and gone else {"sale_currency": None}
        if not gone:
            texts["buyer"] = None
        plain: dict[str, object] = {**texts, "tags": _distinct(self.tags)}
        if not gone:
            plain |= {"disposed_on": None, "sale_price": None, "sale_fees": None}
        if self.status not in WANTED:
            plain["target_price"] = None
        if plain.get("target_price", self.target_price) is None:
            plain["target_currency"] = None
        return replace(self, **plain)  # type: ignore[arg-type]

    def check(self, today: date) -> None:
        """Refuse what a form explains better than a constraint.

        Raises:
            RefusedError: with a sentence for every wrong field.
        """
        problems = self._identity_problems(today) | self._date_problems(today)
        problems |= self._money_problems()
        if problems:
            raise RefusedError(problems)

    def _identity_problems(self, today: date) -> dict[str, str]:
        problems: dict[str, str] = {}
        if self.brand_id is None:
            problems["brand"] = said("Choose a brand, or type a new one.")
        if not cleaned(self.model):
            problems["model"] = said("Give the watch a model name.")
        for name, limit in TEXT_LIMITS.items():
            if len(cast("str | None", getattr(self, name)) or "") > limit:
                problems[name] = said(
                    "This has up to {limit} characters; please shorten it.", limit=Decimal(limit)
                )
        if self.production_year and not 1500 <= self.production_year <= today.year + 1:  # noqa: PLR2004
            problems["production_year"] = said(
                "Write a year between 1500 and {last}.", last=today.year + 1
            )
        if any(len(tag) > TAG_LIMIT for tag in self.tags):
            problems["tags"] = said("A tag has up to {limit} characters.", limit=TAG_LIMIT)
        return problems

    def _date_problems(self, today: date) -> dict[str, str]:
        problems: dict[str, str] = {}
        for name in ("purchased_on", "disposed_on"):
            day = cast("date | None", getattr(self, name))
            if day and day > today:
                problems[name] = said("This day has not come yet.")
            elif day and day < EARLIEST:
                problems[name] = said("This must be in 1900 or later.")
        if self.warranty_until and not EARLIEST <= self.warranty_until <= LATEST:
            problems["warranty_until"] = said("Check the year of the end of the warranty.")
        if self.status in GONE and self.disposed_on is None:
            problems["disposed_on"] = said("Say on which day it left the collection.")
        if self.disposed_on and self.purchased_on and self.disposed_on < self.purchased_on:
            problems["disposed_on"] = said(
                "A watch can't leave the collection before it was bought."
            )
        return problems

    def _money_problems(self) -> dict[str, str]:
        problems: dict[str, str] = {}
        if self.purchase_price is not None and not self.purchase_currency:
            problems["purchase_currency"] = said("A price needs a currency.")
        if self.purchase_price is None and (self.purchase_fees or self.purchase_taxes):
            problems["purchase_price"] = said("Fees and taxes need a purchase price beside them.")
        if self.sale_price is not None and not self.sale_currency:
            problems["sale_currency"] = said("A sale price needs a currency.")
        if self.sale_price is None and self.sale_fees:
            problems["sale_price"] = said("Sale fees need a sale price beside them.")
        if self.target_price is not None and not self.target_currency:
            problems["target_currency"] = said("A target price needs a currency.")
        return problems


@dataclass(frozen=True)
class Watch(WatchDraft):
    """A stored watch; ``version`` is what an edit must quote back."""

    watch_id: UUID = field(kw_only=True)
    version: int = field(kw_only=True)
    brand: str = field(kw_only=True)
    collection: str | None = field(kw_only=True)
    colour: str | None = field(kw_only=True)
    owner: str | None = field(kw_only=True)  # their name; None: the household
    movement_name: str | None = field(kw_only=True)
    added_at: datetime = field(kw_only=True)
    deleted_at: datetime | None = field(kw_only=True)
    cost: Decimal | None = field(kw_only=True)  # price + fees + taxes, in purchase_currency
    proceeds: Decimal | None = field(kw_only=True)  # sale price − fees, in sale_currency
    acquired_on: date | None = field(kw_only=True)  # since when it counts
    value_amount: Decimal | None = field(kw_only=True)  # what it is worth now
    value_currency: str | None = field(kw_only=True)
    valued_on: date | None = field(kw_only=True)  # None: value_amount is the cost
    cover: str | None = field(kw_only=True)  # content hash of its first photo

    @property
    def title(self) -> str:
        """Brand and model, as people call it."""
        return f"{self.brand} {self.model}"


def draft_of(watch: WatchDraft) -> WatchDraft:
    """The part of a watch that a person enters."""
    return WatchDraft(**{name.name: getattr(watch, name.name) for name in fields(WatchDraft)})


def get(db: Connection, member: Member, watch_id: UUID) -> Watch:
    """One watch, to show or to edit; also one in the bin (``deleted_at``).

    Raises:
        NotFoundError: no such watch in this household.
    """
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    found = queries.first(db, Watch, "watch_get", **keys)
    if found is None:
        raise NotFoundError(NOT_HERE)
    return found


def add(db: Connection, member: Member, draft: WatchDraft, today: date) -> UUID:
    """Store a new watch; returns its id. Raises RefusedError."""
    draft = draft.tidy()
    draft.check(today)
    watch_id = cast(
        "UUID",
        queries.value(db, "watch_insert", household_id=member.household_id, **_columns(draft)),
    )
    _set_lists(db, member, watch_id, draft)
    return watch_id


def change(
    db: Connection, member: Member, watch_id: UUID, version: int, draft: WatchDraft, today: date
) -> None:
    """Replace a watch, if it is still at ``version``.

    Raises:
        RefusedError: a field breaks a rule.
        NotFoundError: it is gone.
        ConflictError: it has been changed meanwhile.
    """
    draft = draft.tidy()
    draft.check(today)
    keys = {"household_id": member.household_id, "watch_id": watch_id, "version": version}
    if queries.value(db, "watch_update", **keys, **_columns(draft)) is None:
        if get(db, member, watch_id).deleted_at:
            raise NotFoundError(said("Someone put this watch into the bin meanwhile."))
        raise ConflictError(said("Someone else changed this watch while you were editing it."))
    _set_lists(db, member, watch_id, draft)


def differences(before: WatchDraft, after: WatchDraft) -> list[tuple[str, object, object]]:
    """(field, before, after) for what differs, in the order of the record."""
    pairs = [
        (name.name, getattr(before, name.name), getattr(after, name.name))
        for name in fields(WatchDraft)
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


def duplicate(db: Connection, member: Member, watch_id: UUID, today: date) -> UUID:
    """A second watch like this one, without its serial number and its values; returns its id."""
    return add(db, member, replace(draft_of(get(db, member, watch_id)), serial_number=None), today)


def remove(db: Connection, member: Member, watch_id: UUID, version: int) -> None:
    """Put a watch into the bin, if it is still at ``version``.

    Raises:
        NotFoundError: it is gone already.
        ConflictError: it has been changed meanwhile.
    """
    keys = {"household_id": member.household_id, "watch_id": watch_id, "version": version}
    if queries.value(db, "watch_to_bin", **keys) is None:
        if get(db, member, watch_id).deleted_at:
            raise NotFoundError(said("This watch is in the bin already."))
        raise ConflictError(said("Someone else changed this watch meanwhile. It was not removed."))


def restore(db: Connection, member: Member, watch_id: UUID) -> None:
    """Take a watch out of the bin.

    Raises:
        NotFoundError: it is not there.
    """
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    if queries.value(db, "watch_from_bin", **keys) is None:
        raise NotFoundError(said("This watch is not in the bin."))


@dataclass(frozen=True)
class Brand:
    """A maker, as this household writes it."""

    brand_id: UUID
    name: str
    watches: int


def brands(db: Connection, member: Member) -> list[Brand]:
    """The brands of this household, by name."""
    return queries.many(db, Brand, "brand_list", household_id=member.household_id)


def brand_names(db: Connection, member: Member) -> list[str]:
    """For type-ahead: the household's brands first, then the makers of the reference data."""
    own = [brand.name for brand in brands(db, member)]
    known = [str(name) for name in queries.run(db, "brand_reference_names", {}).scalars()]
    return own + [name for name in known if name not in set(own)]


def brand_spellings(db: Connection, member: Member) -> dict[str, str]:
    """Each known way to write a brand, and its name as this household writes it."""
    spellings: dict[str, str] = {}
    for row in queries.run(db, "brand_reference_spellings", {}):
        spellings |= dict.fromkeys([*row.aliases, row.name], str(row.name))
    return spellings | {brand.name: brand.name for brand in brands(db, member)}


def take_brand(db: Connection, member: Member, name: str | None) -> UUID | None:
    """The id of the brand of that name, made if it is new; None for a blank.

    Raises:
        RefusedError: the name is too long.
    """
    typed = cleaned(name)
    if typed is None:
        return None
    if len(typed) > 100:  # noqa: PLR2004
        raise RefusedError({"brand": said("A brand has up to 100 characters; please shorten it.")})
    found = queries.value(db, "brand_take", household_id=member.household_id, name=typed)
    return cast("UUID", found)


def tags(db: Connection, member: Member) -> list[str]:
    """The tags in use, by name."""
    found = queries.run(db, "tag_list", {"household_id": member.household_id})
    return [str(tag) for tag in found.scalars()]


def retailers(db: Connection, member: Member) -> list[str]:
    """Retailers of earlier purchases, for type-ahead."""
    found = queries.run(db, "retailer_list", {"household_id": member.household_id})
    return [str(name) for name in found.scalars()]


def _columns(draft: WatchDraft) -> dict[str, object]:
    """The draft's fields that are columns of the table."""
    return {name: value for name, value in asdict(draft).items() if name not in _LISTS}


_LISTS = ("tags", "complications")


def _set_lists(db: Connection, member: Member, watch_id: UUID, draft: WatchDraft) -> None:
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    queries.do(db, "watch_tags_set", **keys, tags=draft.tags)
    queries.do(db, "watch_complications_set", **keys, complications=draft.complications)


def _distinct(typed: list[str]) -> list[str]:
    """Tags without blanks and without a second of the same word; in the order typed."""
    kept = {tag.casefold(): tag for raw in reversed(typed) if (tag := cleaned(raw))}
    return list(reversed(kept.values()))

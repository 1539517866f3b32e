"""The fields of a watch in words: their labels, and what a person types and reads in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import cast

from app import amounts, language
from app import format as say
from app.language import N_, _
from app.watch_facts import BOX_PAPERS, CONDITION_NAMES
from data.said import said
from data.watches import Status, Watch, WatchDraft

LABELS = {
    "status": N_("Status"),
    "brand": N_("Brand"),
    "model": N_("Model"),
    "reference": N_("Reference"),
    "serial_number": N_("Serial number"),
    "nickname": N_("Nickname"),
    "production_year": N_("Year of production"),
    "condition": N_("Condition"),
    "box_papers": N_("Box and papers"),
    "collection": N_("Collection"),
    "notes": N_("Notes"),
    "tags": N_("Tags"),
    "purchase_price": N_("Price"),
    "purchase_currency": N_("Currency"),
    "purchased_on": N_("Purchase date"),
    "retailer": N_("Retailer or seller"),
    "purchase_fees": N_("Fees"),
    "purchase_taxes": N_("Taxes"),
    "disposed_on": N_("Left the collection on"),
    "buyer": N_("Buyer or new owner"),
    "sale_price": N_("Sale price"),
    "sale_fees": N_("Sale fees"),
    "sale_currency": N_("Sale currency"),
    "movement_type": N_("Movement"),
    "calibre": N_("Calibre"),
    "complications": N_("Complications"),
    "case_material": N_("Case material"),
    "case_diameter_mm": N_("Case diameter (mm)"),
    "thickness_mm": N_("Thickness (mm)"),
    "lug_to_lug_mm": N_("Lug to lug (mm)"),
    "lug_width_mm": N_("Lug width (mm)"),
    "water_resistance_m": N_("Water resistance (m)"),
    "power_reserve_h": N_("Power reserve (h)"),
    "crystal": N_("Crystal"),
    "dial_colour": N_("Dial colour"),
    "bezel": N_("Bezel"),
    "strap": N_("Strap or bracelet"),
    "owner": N_("Owner"),
    "is_private": N_("Private"),
    "warranty_until": N_("Warranty until"),
    "target_price": N_("Target price"),
    "target_currency": N_("Target currency"),
}
STATUSES = {
    Status.OWNED: N_("Owned"),
    Status.WISHLIST: N_("Wishlist"),
    Status.ORDERED: N_("Ordered"),
    Status.SOLD: N_("Sold"),
    Status.GIFTED: N_("Given away"),
    Status.LOST: N_("Lost"),
}
NAMES: dict[str, Mapping[str, str]] = {
    "status": {str(status): name for status, name in STATUSES.items()},
    "condition": CONDITION_NAMES,
    "box_papers": BOX_PAPERS,
    "is_private": {"true": N_("Yes"), "false": N_("No")},
}
NAMED_BY = {  # fields that hold an id → the field of a stored watch that holds its name
    "brand_id": "brand",
    "collection_id": "collection",
    "movement_type": "movement_name",
    "owner_id": "owner",
}
THOUSAND = 1_000
SHORT = 80  # characters of a text in a sentence


@dataclass(frozen=True)
class Measure:
    """What a number may be; ``constraint`` is the one in PostgreSQL that has the sentence."""

    low: Decimal | int
    high: int
    decimals: int
    example: str
    constraint: str


MEASURES = {  # the limits are those of the constraints; a test compares them
    "production_year": Measure(1500, 2200, 0, "1968", "watch_year_plausible"),
    "case_diameter_mm": Measure(5, 100, 1, "40.5", "watch_diameter_plausible"),
    "thickness_mm": Measure(Decimal("0.5"), 60, 1, "12.5", "watch_thickness_plausible"),
    "lug_to_lug_mm": Measure(5, 120, 1, "48", "watch_lug_to_lug_plausible"),
    "lug_width_mm": Measure(4, 40, 1, "20", "watch_lug_width_plausible"),
    "water_resistance_m": Measure(0, 20000, 0, "100", "watch_water_plausible"),
    "power_reserve_h": Measure(0, 20000, 1, "72", "watch_reserve_plausible"),
}
_NUMBER = re.compile(r"(?P<minus>[-−])?(?P<digits>[0-9]+(?:[.,'’ ][0-9]+)*) ?(?:mm|m|h)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?P<group>[.,'’ ])[0-9]{3}(?:(?P=group)[0-9]{3})*")


def read_number(typed: str, name: str, sentences: Mapping[str, str]) -> Decimal | int | None:
    """The number a person typed: ``40,5`` and ``40.5 mm`` are 40.5; None for a blank.

    ``sentences`` are those of the constraints (``data.db.constraint_sentences``).

    Raises:
        ValueError: not a number, or not a plausible one; its text is the sentence to show.
    """
    measure, text = MEASURES[name], " ".join(typed.split())
    if not text:
        return None
    unreadable = ValueError(
        said("Write this as a number, such as {example}.", example=measure.example)
    )
    shape = _NUMBER.fullmatch(text)
    if shape is None:
        raise unreadable
    digits = shape["digits"]
    grouped = _GROUPED.fullmatch(digits)
    if grouped and measure.high > THOUSAND:
        digits = digits.replace(grouped["group"], "")
    whole, __, decimals = digits.replace(",", ".").partition(".")
    if not whole.isdigit() or (decimals and not decimals.isdigit()):
        raise unreadable
    if len(decimals.rstrip("0")) > measure.decimals:
        raise ValueError(
            said("This has one decimal; write it like {example}.", example=measure.example)
            if measure.decimals
            else said("This has no decimals; write it like {example}.", example=measure.example)
        )
    number = Decimal(f"{whole}.{decimals or 0}") * (-1 if shape["minus"] else 1)
    if not measure.low <= number <= measure.high:
        raise ValueError(sentences[measure.constraint])
    return number if measure.decimals else int(number)


def read_amount(typed: str, currency: str | None) -> Decimal | None:
    """The amount a person typed, or None for a blank. Raises ValueError with the sentence."""
    return amounts.parse(typed, currency) if typed.strip() else None


def typed_amount(amount: Decimal | None) -> str:
    """An amount as one would type it: ``12,390`` or ``89.50``."""
    return "" if amount is None else say.localised(f"{amount:,.2f}".removesuffix(".00"))


def written_amount(amount: Decimal) -> str:
    """The same in a sentence; three dots in privacy mode."""
    return say.HIDDEN if language.reader().hides_amounts else typed_amount(amount)


def typed_number(number: Decimal | int | None) -> str:
    """A number as one would type it: ``40.5``, ``200``."""
    if number is None:
        return ""
    shown = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def label(name: str) -> str:
    """What a field of a draft is called."""
    return _(LABELS[name.removesuffix("_id")])


def in_words(watch: Watch, name: str, complications: Mapping[str, str]) -> str:
    """What a field of a stored watch holds, for a sentence; a dash where it is empty."""
    held = getattr(watch, NAMED_BY.get(name, name))
    names = {"complications": complications, **NAMES}.get(name, {})
    if isinstance(held, bool):
        return _(names[str(held).lower()])
    if isinstance(held, list):
        return ", ".join(names.get(each, each) for each in held) or say.ABSENT
    if isinstance(held, date):
        return say.day(held)
    if name in MEASURES:
        return typed_number(cast("Decimal | None", held)) or say.ABSENT
    if isinstance(held, Decimal):
        return written_amount(held)
    if held in names or name == "movement_type":
        held = _(names.get(held, held) or "")
    text = " ".join((held or say.ABSENT).split())
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def touched(before: WatchDraft, mine: WatchDraft) -> dict[str, object]:
    """Field → what it holds in ``mine``, for those that differ from ``before``."""
    names = [field.name for field in fields(WatchDraft)]
    return {
        name: getattr(mine, name)
        for name in names
        if not same(getattr(before, name), getattr(mine, name))
    }


def same(one: object, other: object) -> bool:
    """Whether two values of a field say the same; the order of tags says nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return one == other

"""What a share link shows, in words: titles, facts, amounts. Nothing here asks for more."""

from collections.abc import Sequence
from dataclasses import fields

from app import format as say
from app.document_words import FORMATS, KINDS, size
from app.watch_facts import BOX_PAPERS
from data.share_links import COLLECTION, OVERVIEW, Opened
from data.shared import Facts, Gain, Page, SharedDocument, SharedWatch, SumGain

LABELS = {  # in the order they are shown
    "reference": "Reference",
    "nickname": "Nickname",
    "production_year": "Year of production",
    "condition": "Condition",
    "box_papers": "Box and papers",
    "movement": "Movement",
    "calibre": "Calibre",
    "complications": "Complications",
    "case_material": "Case material",
    "case_diameter_mm": "Case diameter",
    "thickness_mm": "Thickness",
    "lug_to_lug_mm": "Lug to lug",
    "lug_width_mm": "Lug width",
    "water_resistance_m": "Water resistance",
    "power_reserve_h": "Power reserve",
    "crystal": "Crystal",
    "dial_colour": "Dial colour",
    "bezel": "Bezel",
    "strap": "Strap or bracelet",
}
UNITS = {"mm", "m", "h"}
assert set(LABELS) | {"watch_id"} == {one.name for one in fields(Facts)}  # noqa: S101  (at import)


def name(watch: SharedWatch) -> str:
    """``Omega Speedmaster``."""
    return f"{watch.brand} {watch.model or ''}".strip()


def title(page: Page) -> str:
    """What a message with the link shows: ``Omega Speedmaster``, ``Divers: 3 watches``."""
    many = say.count(page.count, "watch", "watches").replace(say.SPACE, " ")
    if page.link.kind == OVERVIEW:
        return many
    if page.link.kind == COLLECTION:
        return f"{page.title}: {many}"
    return listed([name(one) for one in page.watches])


def listed(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def fact(facts: Facts, label: str) -> str:
    """One of LABELS as text; empty when it is not known."""
    held, unit = getattr(facts, label), label.rpartition("_")[2]
    if held in (None, "", []):
        return ""
    if label == "complications":
        return ", ".join(held)
    if label == "condition":
        return str(held).capitalize()
    if label == "box_papers":
        return BOX_PAPERS.get(held, "")
    return say.measure(held, unit) if unit in UNITS else str(held)


def value(page: Page, watch: SharedWatch) -> tuple[str, str]:
    """What it is worth, and since when that is known."""
    found = page.values[watch.watch_id]
    when = f"of {say.day(found.valued_on)}" if found.valued_on else "at cost"
    return say.money(found.value, page.link.currency), when if found.value is not None else ""


def price(page: Page, watch: SharedWatch) -> tuple[str, str]:
    """What it cost, and when it was bought."""
    found = page.prices[watch.watch_id]
    bought = f"bought {say.day(found.purchased_on)}" if found.purchased_on else ""
    return say.money(found.cost, page.link.currency), bought


def gain(found: Gain | SumGain, currency: str) -> tuple[str, str, str]:
    """What was gained with its sign, as a part of the cost, and the tone of it."""
    share = "" if found.return_fraction is None else say.percent(found.return_fraction, signed=True)
    return say.change(found.gain, currency), share, say.tone(found.gain)


def document(one: SharedDocument) -> str:
    """``Receipt · PDF, 2 pages · 340 kB``."""
    pages = f", {say.count(one.pages, 'page', 'pages')}" if one.pages else ""
    return f"{KINDS[one.kind]} · {FORMATS[one.media_type]}{pages} · {size(one.size_bytes)}"


def footing(link: Opened) -> list[str]:
    """How amounts are to be read, and how long the link works."""
    amounts = link.show_values or link.show_prices
    return [
        *([f"Amounts in {link.currency}, cost at the rate of its day."] if amounts else []),
        *([f"This link works until {say.day(link.expires_at.date())}."] if link.expires_at else []),
    ]

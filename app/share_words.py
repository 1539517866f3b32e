"""What a share link shows, in words: titles, facts, amounts. Nothing here asks for more."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from app import format as say
from app.document_words import FORMATS, KINDS, size
from app.language import N_, _
from app.watch_facts import BOX_PAPERS, CONDITION_NAMES
from data.share_links import COLLECTION, OVERVIEW, Opened
from data.shared import Facts, Gain, Page, SharedDocument, SharedWatch, SumGain

LABELS = {  # in the order they are shown
    "reference": N_("Reference"),
    "nickname": N_("Nickname"),
    "production_year": N_("Year of production"),
    "condition": N_("Condition"),
    "box_papers": N_("Box and papers"),
    "movement": N_("Movement"),
    "calibre": N_("Calibre"),
    "complications": N_("Complications"),
    "case_material": N_("Case material"),
    "case_diameter_mm": N_("Case diameter"),
    "thickness_mm": N_("Thickness"),
    "lug_to_lug_mm": N_("Lug to lug"),
    "lug_width_mm": N_("Lug width"),
    "water_resistance_m": N_("Water resistance"),
    "power_reserve_h": N_("Power reserve"),
    "crystal": N_("Crystal"),
    "dial_colour": N_("Dial colour"),
    "bezel": N_("Bezel"),
    "strap": N_("Strap or bracelet"),
}
NAMES: dict[str, Mapping[str, str]] = {"condition": CONDITION_NAMES, "box_papers": BOX_PAPERS}
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
        return _("{collection}: {watches}", collection=page.title, watches=many)
    return listed([name(one) for one in page.watches])


def listed(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    *others, last = names
    return _("{others} and {last}", others=", ".join(others), last=last) if others else last


def fact(facts: Facts, label: str) -> str:
    """One of LABELS as text; empty when it is not known."""
    held, unit = getattr(facts, label), label.rpartition("_")[2]
    if held in (None, "", []):
        return ""
    if label == "complications":
        return ", ".join(_(name) for name in held)
    if label in NAMES:
        return _(NAMES[label].get(held, ""))
    if label == "movement":
        return _(held)
    return say.measure(held, unit) if unit in UNITS else str(held)


def value(page: Page, watch: SharedWatch) -> tuple[str, str]:
    """What it is worth, and since when that is known."""
    found = page.values[watch.watch_id]
    when = _("of {day}", day=say.day(found.valued_on)) if found.valued_on else _("at cost")
    return say.money(found.value, page.link.currency), when if found.value is not None else ""


def price(page: Page, watch: SharedWatch) -> tuple[str, str]:
    """What it cost, and when it was bought."""
    found = page.prices[watch.watch_id]
    bought = _("bought {day}", day=say.day(found.purchased_on)) if found.purchased_on else ""
    return say.money(found.cost, page.link.currency), bought


def gain(found: Gain | SumGain, currency: str) -> tuple[str, str, str]:
    """What was gained with its sign, as a part of the cost, and the tone of it."""
    share = "" if found.return_fraction is None else say.percent(found.return_fraction, signed=True)
    return say.change(found.gain, currency), share, say.tone(found.gain)


def document(one: SharedDocument) -> str:
    """``Receipt · PDF, 2 pages · 340 kB``."""
    pages = f", {say.count(one.pages, 'page', 'pages')}" if one.pages else ""
    return f"{_(KINDS[one.kind])} · {FORMATS[one.media_type]}{pages} · {size(one.size_bytes)}"


def footing(link: Opened) -> list[str]:
    """How amounts are to be read, and how long the link works."""
    said = []
    if link.show_values or link.show_prices:
        currency = link.currency
        said.append(_("Amounts in {currency}, cost at the rate of its day.", currency=currency))
    if link.expires_at:
        said.append(_("This link works until {day}.", day=say.day(link.expires_at.date())))
    return said

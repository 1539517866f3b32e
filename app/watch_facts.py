"""A watch in words: its badges, and its facts in groups; unknown ones are only named."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app import format as say
from app.language import N_, _
from app.markup import Badge
from data.watches import WANTED, Watch

STATUSES = {
    "wishlist": N_("On the wishlist"),
    "ordered": N_("Ordered"),
    "sold": N_("Sold"),
    "gifted": N_("Given away"),
    "lost": N_("Lost"),
}
CONDITION_NAMES = {
    "mint": N_("Mint"),
    "excellent": N_("Excellent"),
    "good": N_("Good"),
    "fair": N_("Fair"),
    "poor": N_("Poor"),
}
BOX_PAPERS = {
    "none": N_("No box or papers"),
    "box": N_("Box"),
    "papers": N_("Papers"),
    "full_set": N_("Full set"),
}
LEFT = {"sold": N_("Sold on"), "gifted": N_("Given away on"), "lost": N_("Lost on")}
BUYERS = {"sold": N_("Buyer"), "gifted": N_("Given to")}
NAMED = 2  # unknown facts that are named
OWNER = N_("Owner")  # without one it is the household's: that is known
Facts = list[tuple[str, str]]


def badges(watch: Watch) -> list[Badge]:
    """Status when it is not simply owned, condition, collection, box and papers, tags."""
    found = [Badge(_(STATUSES[watch.status]), "accent")] if watch.status in STATUSES else []
    if watch.is_private:
        found.append(Badge(_("Private"), "accent"))
    if watch.condition:
        found.append(Badge(_(CONDITION_NAMES[watch.condition])))
    if watch.collection:
        found.append(Badge(watch.collection, colour=watch.colour or ""))
    if watch.box_papers:
        found.append(Badge(_(BOX_PAPERS[watch.box_papers])))
    return found + [Badge(tag, "muted") for tag in watch.tags]


def groups(watch: Watch, names: Mapping[str, str]) -> dict[str, Facts]:
    """All facts by heading, ``""`` where one is unknown; ``names`` are those of complications.

    Headings and labels are translated where they are shown.
    """
    complications = ", ".join(names.get(key, key) for key in watch.complications)
    box_papers = _(BOX_PAPERS.get(watch.box_papers or "", ""))
    condition = _(CONDITION_NAMES.get(watch.condition or "", ""))
    wish = [(N_("Target price"), _money(watch.target_price, watch.target_currency))]
    wish = wish if watch.status in WANTED else []
    found = {
        N_("The watch"): [
            (N_("Reference"), watch.reference or ""),
            (N_("Serial number"), watch.serial_number or ""),
            (N_("Nickname"), watch.nickname or ""),
            (N_("Year of production"), str(watch.production_year or "")),
            (N_("Condition"), condition),
            (N_("Box and papers"), box_papers),
            (N_("Collection"), watch.collection or ""),
            (OWNER, watch.owner or ""),
            (N_("Tags"), ", ".join(watch.tags)),
        ],
        N_("Purchase"): [
            (N_("Bought on"), _day(watch, "purchased_on")),
            (N_("Retailer or seller"), watch.retailer or ""),
            (N_("Price"), _money(watch.purchase_price, watch.purchase_currency)),
            (N_("Fees"), _money(watch.purchase_fees, watch.purchase_currency)),
            (N_("Taxes"), _money(watch.purchase_taxes, watch.purchase_currency)),
            (N_("Warranty until"), _day(watch, "warranty_until")),
            *wish,
        ],
        N_("Specification"): [
            (N_("Movement"), _(watch.movement_name or "")),
            (N_("Calibre"), watch.calibre or ""),
            (N_("Complications"), complications),
            (N_("Case material"), watch.case_material or ""),
            (N_("Case diameter"), _known(say.mm(watch.case_diameter_mm))),
            (N_("Thickness"), _known(say.mm(watch.thickness_mm))),
            (N_("Lug to lug"), _known(say.mm(watch.lug_to_lug_mm))),
            (N_("Lug width"), _known(say.mm(watch.lug_width_mm))),
            (N_("Water resistance"), _known(say.measure(watch.water_resistance_m, "m"))),
            (N_("Power reserve"), _known(say.measure(watch.power_reserve_h, "h"))),
            (N_("Crystal"), watch.crystal or ""),
            (N_("Dial colour"), watch.dial_colour or ""),
            (N_("Bezel"), watch.bezel or ""),
            (N_("Strap or bracelet"), watch.strap or ""),
        ],
    }
    if watch.status in LEFT:
        found[N_("How it left")] = _departure(watch)
    return found


def unknown(facts: Mapping[str, Facts]) -> list[str]:
    """The names of facts nobody has entered yet."""
    return [
        label for group in facts.values() for label, text in group if not text and label != OWNER
    ]


def to_add(missing: Sequence[str]) -> str:
    """Three of them by name, the rest as a number: ``Add calibre, crystal, bezel and 4 more``."""
    named = [say.inside(_(name)) for name in missing]
    rest = len(named) - NAMED
    if rest > 0:
        return _("Add {facts} and {number} more", facts=", ".join(named[:NAMED]), number=rest)
    *others, last = named
    if not others:
        return _("Add {fact}", fact=last)
    return _("Add {facts} and {fact}", facts=", ".join(others), fact=last)


def _departure(watch: Watch) -> Facts:
    left = [(LEFT[watch.status], _day(watch, "disposed_on"))]
    if watch.status in BUYERS:
        left.append((BUYERS[watch.status], watch.buyer or ""))
    if watch.status == "sold":
        left.append((N_("Sale price"), _money(watch.sale_price, watch.sale_currency)))
        left.append((N_("Sale fees"), _money(watch.sale_fees, watch.sale_currency)))
    return left


def _day(watch: Watch, name: str) -> str:
    return _known(say.day(getattr(watch, name)))


def _money(amount: Decimal | None, currency: str | None) -> str:
    return "" if amount is None else say.money(amount, currency or "")


def _known(text: str) -> str:
    return "" if text == say.ABSENT else text

"""A watch in words: its badges, and its facts in groups; unknown ones are only named."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app import format as say
from app.markup import Badge
from data.watches import WANTED, Watch

STATUSES = {
    "wishlist": "On the wishlist",
    "ordered": "Ordered",
    "sold": "Sold",
    "gifted": "Given away",
    "lost": "Lost",
}
BOX_PAPERS = {"none": "No box or papers", "box": "Box", "papers": "Papers", "full_set": "Full set"}
LEFT = {"sold": "Sold on", "gifted": "Given away on", "lost": "Lost on"}
BUYERS = {"sold": "Buyer", "gifted": "Given to"}
NAMED = 2  # unknown facts that are named
OWNER = "Owner"  # without one it is the household's: that is known
Facts = list[tuple[str, str]]


def badges(watch: Watch) -> list[Badge]:
    """Status when it is not simply owned, condition, collection, box and papers, tags."""
    found = [Badge(STATUSES[watch.status], "accent")] if watch.status in STATUSES else []
    if watch.condition:
        found.append(Badge(watch.condition.capitalize()))
    if watch.collection:
        found.append(Badge(watch.collection, colour=watch.colour or ""))
    if watch.box_papers:
        found.append(Badge(BOX_PAPERS[watch.box_papers]))
    return found + [Badge(tag, "muted") for tag in watch.tags]


def groups(watch: Watch, names: Mapping[str, str]) -> dict[str, Facts]:
    """All facts by heading, ``""`` where one is unknown; ``names`` are those of complications."""
    complications = ", ".join(names.get(key, key) for key in watch.complications)
    box_papers = BOX_PAPERS.get(watch.box_papers or "", "")
    wish = [("Target price", _money(watch.target_price, watch.target_currency))]
    wish = wish if watch.status in WANTED else []
    found = {
        "The watch": [
            ("Reference", watch.reference or ""),
            ("Serial number", watch.serial_number or ""),
            ("Nickname", watch.nickname or ""),
            ("Year of production", str(watch.production_year or "")),
            ("Condition", (watch.condition or "").capitalize()),
            ("Box and papers", box_papers),
            ("Collection", watch.collection or ""),
            (OWNER, watch.owner or ""),
            ("Tags", ", ".join(watch.tags)),
        ],
        "Purchase": [
            ("Bought on", _day(watch, "purchased_on")),
            ("Retailer or seller", watch.retailer or ""),
            ("Price", _money(watch.purchase_price, watch.purchase_currency)),
            ("Fees", _money(watch.purchase_fees, watch.purchase_currency)),
            ("Taxes", _money(watch.purchase_taxes, watch.purchase_currency)),
            *wish,
        ],
        "Specification": [
            ("Movement", watch.movement_name or ""),
            ("Calibre", watch.calibre or ""),
            ("Complications", complications),
            ("Case material", watch.case_material or ""),
            ("Case diameter", _known(say.mm(watch.case_diameter_mm))),
            ("Thickness", _known(say.mm(watch.thickness_mm))),
            ("Lug to lug", _known(say.mm(watch.lug_to_lug_mm))),
            ("Lug width", _known(say.mm(watch.lug_width_mm))),
            ("Water resistance", _known(say.measure(watch.water_resistance_m, "m"))),
            ("Power reserve", _known(say.measure(watch.power_reserve_h, "h"))),
            ("Crystal", watch.crystal or ""),
            ("Dial colour", watch.dial_colour or ""),
            ("Bezel", watch.bezel or ""),
            ("Strap or bracelet", watch.strap or ""),
        ],
    }
    if watch.status in LEFT:
        found["How it left"] = _departure(watch)
    return found


def unknown(facts: Mapping[str, Facts]) -> list[str]:
    """The names of facts nobody has entered yet."""
    return [
        label for group in facts.values() for label, text in group if not text and label != OWNER
    ]


def to_add(missing: Sequence[str]) -> str:
    """Three of them by name, the rest as a number: ``Add calibre, crystal, bezel and 4 more``."""
    named = [name[0].lower() + name[1:] for name in missing]
    rest = len(named) - NAMED
    if rest > 0:
        return f"Add {', '.join(named[:NAMED])} and {rest} more"
    return f"Add {' and '.join([', '.join(named[:-1]), named[-1]] if named[1:] else named)}"


def _departure(watch: Watch) -> Facts:
    left = [(LEFT[watch.status], _day(watch, "disposed_on"))]
    if watch.status in BUYERS:
        left.append((BUYERS[watch.status], watch.buyer or ""))
    if watch.status == "sold":
        left.append(("Sale price", _money(watch.sale_price, watch.sale_currency)))
        left.append(("Sale fees", _money(watch.sale_fees, watch.sale_currency)))
    return left


def _day(watch: Watch, name: str) -> str:
    return _known(say.day(getattr(watch, name)))


def _money(amount: Decimal | None, currency: str | None) -> str:
    return "" if amount is None else say.money(amount, currency or "")


def _known(text: str) -> str:
    return "" if text == say.ABSENT else text

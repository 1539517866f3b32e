"""The wishlist in words: what each wish may cost, what it costs, how near the two are."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app import format as say
from app.list_markup import Link
from app.markup import Badge, Figure
from app.overview import FRESH
from app.photo_links import photo_url
from app.wishlist_markup import Sum, WishLine
from data import wishlist
from data.calc.missing import Missing
from data.wishlist import Wish

TAKES_HELP = (
    "What all of it would cost at today’s rates: the price that was agreed for what is ordered, "
    "else the newest market value, else the target."
)
REACHED_HELP = "The newest market value is at the target price, or below it."


def tiles(wishes: Sequence[Wish], currency: str) -> list[Figure]:
    """How many, what they would cost together, what they may cost, how many are near enough."""
    ordered = sum(wish.status == "ordered" for wish in wishes)
    takes, counted = wishlist.total(wishes)
    aimed = [wish for wish in wishes if wish.target_amount is not None]
    targets = [wish.target for wish in aimed if wish.target is not None]
    reached = sum(is_reached(wish) for wish in wishes)
    return [
        Figure(
            "Would cost",
            say.money(takes if counted else None, currency),
            _of(counted, len(wishes)),
            help=TAKES_HELP,
        ),
        Figure(
            "At your targets",
            say.money(sum(targets, Decimal()) if targets else None, currency),
            _of(len(targets), len(wishes)),
        ),
        Figure(
            "Reached",
            f"{reached:,}" if aimed else say.ABSENT,
            f"of {len(aimed):,} with a target" if aimed else "no target yet",
            help=REACHED_HELP,
        ),
        Figure("Wishes", f"{len(wishes):,}", f"{ordered:,} ordered" if ordered else ""),
    ]


def rates(wishes: Sequence[Wish], today: date) -> str:
    """Of which day the rates are, when they are not of these days."""
    days = [wish.rate_on for wish in wishes if wish.rate_on]
    is_old = bool(days) and (today - min(days)).days > FRESH
    return f"Rates of {say.day(min(days))}." if is_old else ""


def is_reached(wish: Wish) -> bool:
    """Whether it costs no more than it may."""
    found = wish.distance
    return not isinstance(found, Missing) and found.reached


def line(wish: Wish, today: date, *, writes: bool) -> WishLine:
    """A wish in the list."""
    marks = [Badge("Reached", "gain")] if is_reached(wish) else []
    marks += [Badge("Ordered", "accent")] if wish.status == "ordered" else []
    return WishLine(
        f"/watch?id={wish.watch_id}",
        photo_url(wish.cover, "thumb"),
        wish.brand,
        wish.model,
        wish.reference or "",
        marks,
        [_target(wish), _price(wish, today), *_distance(wish)],
        _ways(wish, writes=writes),
    )


def _target(wish: Wish) -> Sum:
    text = say.money(wish.target_amount, wish.target_currency or "")
    agreed = wish.status == "ordered" and wish.agreed_amount is not None
    detail = f"agreed {say.money(wish.agreed_amount, wish.agreed_currency or '')}" if agreed else ""
    return Sum("Target", text, detail or ("" if wish.target_amount is not None else "not set"))


def _price(wish: Wish, today: date) -> Sum:
    if wish.price_amount is None:
        return Sum("Market price", say.ABSENT, "not recorded")
    text = say.money(wish.price_amount, wish.price_currency or "")
    return Sum("Market price", text, f"{say.day(wish.priced_on)}, {say.ago(wish.priced_on, today)}")


def _distance(wish: Wish) -> list[Sum]:
    """How far the price is from the target, with its sign; or that there is no rate."""
    found = wish.distance
    if isinstance(found, Missing):
        known = wish.target_amount is not None and wish.price_amount is not None
        return [Sum("Distance", say.ABSENT, found.reason)] if known else []
    share = "" if found.fraction is None else f" ({say.percent(found.fraction, signed=True)})"
    text = say.money(found.amount, wish.target_currency or "", signed=True)
    where = "above the target" if found.amount > 0 else "below the target"
    if not found.amount:
        where = "at the target"
    return [Sum("Distance", f"{text}{share}", where, "gain" if found.reached else "")]


def _ways(wish: Wish, *, writes: bool) -> list[Link]:
    """What can be done about a wish."""
    ways = [Link("What if I buy it", f"/what_if?buy={wish.watch_id}")]
    if not writes:
        return ways
    here = f"id={wish.watch_id}"
    return [
        Link("Record price", f"/watch?{here}&tab=value&value=new"),
        Link("Set target" if wish.target_amount is None else "Edit target", f"/edit_watch?{here}"),
        *ways,
    ]


def _of(number: int, wishes: int) -> str:
    """Over how many wishes a sum goes."""
    return "" if number == wishes else f"{number:,} of {say.count(wishes, 'wish', 'wishes')}"

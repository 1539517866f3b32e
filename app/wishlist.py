"""The wishlist in words: what each wish may cost, what it costs, how near the two are."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app import format as say
from app.language import N_, _
from app.list_markup import Link
from app.markup import Badge, Figure
from app.overview import FRESH
from app.photo_links import photo_url
from app.wishlist_markup import Sum, WishLine
from data import wishlist
from data.calc.missing import Missing
from data.wishlist import Wish

TAKES_HELP = N_(
    "What all of it would cost at today’s rates: the price that was agreed for what is ordered, "
    "else the newest market value, else the target."
)
REACHED_HELP = N_("The newest market value is at the target price, or below it.")


def tiles(wishes: Sequence[Wish], currency: str) -> list[Figure]:
    """How many, what they would cost together, what they may cost, how many are near enough."""
    ordered = sum(wish.status == "ordered" for wish in wishes)
    takes, counted = wishlist.total(wishes)
    aimed = [wish for wish in wishes if wish.target_amount is not None]
    targets = [wish.target for wish in aimed if wish.target is not None]
    reached = sum(is_reached(wish) for wish in wishes)
    return [
        Figure(
            _("Would cost"),
            say.money(takes if counted else None, currency),
            _of(counted, len(wishes)),
            help=_(TAKES_HELP),
        ),
        Figure(
            _("At your targets"),
            say.money(sum(targets, Decimal()) if targets else None, currency),
            _of(len(targets), len(wishes)),
        ),
        Figure(
            _("Reached"),
            say.number(reached) if aimed else say.ABSENT,
            _("of {number} with a target", number=say.number(len(aimed)))
            if aimed
            else _("no target yet"),
            help=_(REACHED_HELP),
        ),
        Figure(
            _("Wishes"),
            say.number(len(wishes)),
            _("{number} ordered", number=say.number(ordered)) if ordered else "",
        ),
    ]


def rates(wishes: Sequence[Wish], today: date) -> str:
    """Of which day the rates are, when they are not of these days."""
    days = [wish.rate_on for wish in wishes if wish.rate_on]
    is_old = bool(days) and (today - min(days)).days > FRESH
    return _("Rates of {day}.", day=say.day(min(days))) if is_old else ""


def is_reached(wish: Wish) -> bool:
    """Whether it costs no more than it may."""
    found = wish.distance
    return not isinstance(found, Missing) and found.reached


def line(wish: Wish, today: date, *, writes: bool) -> WishLine:
    """A wish in the list."""
    marks = [Badge(_("Reached"), "gain")] if is_reached(wish) else []
    marks += [Badge(_("Ordered"), "accent")] if wish.status == "ordered" else []
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
    price = say.money(wish.agreed_amount, wish.agreed_currency or "")
    detail = _("agreed {amount}", amount=price) if agreed else ""
    return Sum(
        _("Target"), text, detail or ("" if wish.target_amount is not None else _("not set"))
    )


def _price(wish: Wish, today: date) -> Sum:
    if wish.price_amount is None:
        return Sum(_("Market price"), say.ABSENT, _("not recorded"))
    text = say.money(wish.price_amount, wish.price_currency or "")
    return Sum(
        _("Market price"), text, f"{say.day(wish.priced_on)}, {say.ago(wish.priced_on, today)}"
    )


def _distance(wish: Wish) -> list[Sum]:
    """How far the price is from the target, with its sign; or that there is no rate."""
    found = wish.distance
    if isinstance(found, Missing):
        known = wish.target_amount is not None and wish.price_amount is not None
        return [Sum(_("Distance"), say.ABSENT, _(found.reason))] if known else []
    share = "" if found.fraction is None else f" ({say.percent(found.fraction, signed=True)})"
    text = say.money(found.amount, wish.target_currency or "", signed=True)
    where = _("above the target") if found.amount > 0 else _("below the target")
    if not found.amount:
        where = _("at the target")
    return [Sum(_("Distance"), f"{text}{share}", where, "gain" if found.reached else "")]


def _ways(wish: Wish, *, writes: bool) -> list[Link]:
    """What can be done about a wish."""
    ways = [Link(_("What if I buy it"), f"/what_if?buy={wish.watch_id}")]
    if not writes:
        return ways
    here = f"id={wish.watch_id}"
    return [
        Link(_("Record price"), f"/watch?{here}&tab=value&value=new"),
        Link(
            _("Set target") if wish.target_amount is None else _("Edit target"),
            f"/edit_watch?{here}",
        ),
        *ways,
    ]


def _of(number: int, wishes: int) -> str:
    """Over how many wishes a sum goes."""
    if number == wishes:
        return ""
    return _(
        "{number} of {wishes}",
        number=say.number(number),
        wishes=say.count(wishes, "wish", "wishes"),
    )

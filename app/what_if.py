"""What if: the moves in the address, what each may be made at, and what they come to.

``?sell=<id>~12000~CHF~600&buy=<id>~9000~EUR``: amount, currency and fees may be left out; then a
watch is sold at its value of today, and a wish bought at what it would cost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import streamlit as st

from app import format as say
from app.analytics_asked import Asked, holdings_of
from app.cache import cached, shared
from app.language import N_, _
from app.many import name_of
from app.period import Period
from data import fx, wishlist
from data.analytics import Holding
from data.calc import what_if
from data.calc.amount import parse_amount
from data.calc.missing import Missing
from data.calc.what_if import Piece, Purchase, Sale, Standing
from data.currencies import CURRENCIES
from data.fx import Rate
from data.scope import EVERYTHING
from data.wishlist import Wish

PATH = "/what_if"
SELL, BUY = "sell", "buy"
MOST = 20  # moves that are looked at
PARTS = 4  # of a move in the address


@dataclass(frozen=True)
class Offer:
    """What a move may be made at: "Today's value", CHF 12,000."""

    label: str
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Move:
    """A watch that would be sold or bought; amount None: no price is known or given yet."""

    kind: str  # SELL or BUY
    watch_id: UUID
    brand: str
    name: str  # brand, model and reference
    amount: Decimal | None
    currency: str
    fees: Decimal
    offers: tuple[Offer, ...]

    @property
    def written(self) -> str:
        """As it stands in the address."""
        if self.amount is None:
            return str(self.watch_id)
        fees = f"~{self.fees:f}" if self.fees else ""
        return f"{self.watch_id}~{self.amount:f}~{self.currency}{fees}"


@dataclass(frozen=True)
class Known:
    """What there is to sell and to buy, and the rates of today; amounts in ``currency``."""

    owned: Mapping[UUID, Holding]
    wishes: Mapping[UUID, Wish]
    rates: Mapping[str, Rate]
    currency: str
    realised: Decimal  # so far, by what is gone
    today: date

    @property
    def currencies(self) -> list[str]:
        """Those that can be converted."""
        return [code for code in CURRENCIES if code in self.rates or code == self.currency]

    def shown(self, amount: Decimal, currency: str) -> Decimal | None:
        """An amount in the display currency; None: no rate."""
        if currency == self.currency:
            return amount
        own, other = self.rates.get(currency), self.rates.get(self.currency)
        return amount * other.eur_rate / own.eur_rate if own and other else None


@dataclass(frozen=True)
class Result:
    """Now and after the moves; ``waiting``: moves that are not counted, with the reason."""

    now: Standing
    then: Standing
    counted: tuple[Move, ...]
    waiting: tuple[tuple[Move, str], ...]
    unknown_gain: tuple[Move, ...]  # sales whose gain nobody knows


def known(currency: str, today: date) -> Known:
    """Everything the page needs to know."""
    holdings = holdings_of(Asked(EVERYTHING, Period(today, today, ""), currency, today))
    gains = (one.gain for one in holdings if one.disposed_on and one.gain is not None)
    return Known(
        {one.watch_id: one for one in holdings if one.disposed_on is None},
        {one.watch_id: one for one in shared(wishlist.every, currency, today)},
        cached(fx.in_force, today),
        currency,
        sum(gains, Decimal()),
        today,
    )


def from_url(here: Known) -> tuple[list[Move], int]:
    """The moves of the address, sales first; and how many parts of it were not understood."""
    moves: dict[UUID, Move] = {}
    given = [(kind, text) for kind in (SELL, BUY) for text in st.query_params.get_all(kind)]
    for kind, text in given[:MOST]:
        move = _read(kind, text, here)
        if move and move.watch_id not in moves:
            moves[move.watch_id] = move
    return list(moves.values()), len(given) - len(moves)


def go(moves: Sequence[Move]) -> None:
    """Put these moves into the address, and nothing of those that were there."""
    st.query_params.update(
        {kind: [move.written for move in moves if move.kind == kind] for kind in (SELL, BUY)}
    )


def usual(kind: str, watch_id: UUID, here: Known) -> Move | None:
    """The move at its first offer; None: there is no such watch to sell or to buy."""
    if kind == SELL and (owned := here.owned.get(watch_id)):
        return _move(kind, owned, _value_of(owned), here)
    if kind == BUY and (wish := here.wishes.get(watch_id)):
        return _move(kind, wish, _prices_of(wish), here)
    return None


def result(moves: Sequence[Move], here: Known) -> Result:
    """What the moves come to."""
    pieces = [Piece(o.watch_id, o.brand, o.value, o.cost) for o in here.owned.values()]
    sales: list[Sale] = []
    purchases: list[Purchase] = []
    counted: list[Move] = []
    waiting: list[tuple[Move, str]] = []
    for move in moves:
        price = move.amount and here.shown(move.amount, move.currency)
        fees = here.shown(move.fees, move.currency)
        if reason := _why_not(move, here):
            waiting.append((move, reason))
        elif price is not None and fees is not None:
            counted.append(move)
            if move.kind == SELL:
                sales.append(Sale(move.watch_id, price, fees))
            else:
                market = here.wishes[move.watch_id].price
                purchases.append(Purchase(move.watch_id, move.brand, price, fees, market))
    unknown = {
        one.watch_id for one in sales if isinstance(what_if.realised_by(one, pieces), Missing)
    }
    return Result(
        what_if.standing(pieces, here.realised),
        what_if.after(pieces, sales, purchases, here.realised),
        tuple(counted),
        tuple(waiting),
        tuple(move for move in counted if move.watch_id in unknown),
    )


def old_rates(here: Known, fresh: int) -> str:
    """Of which day the rates are, when it is more than so many days ago."""
    rate = here.rates.get(here.currency)
    is_old = rate is not None and (here.today - rate.rate_date).days > fresh
    return _("Rates of {day}", day=say.day(rate.rate_date)) if rate and is_old else ""


def _why_not(move: Move, here: Known) -> str:
    """Why a move can't be counted; empty when it can."""
    if move.amount is None:
        return _("write a price")
    used = {move.currency, here.currency}
    if move.kind == BUY and (market := here.wishes[move.watch_id].price_currency):
        used.add(market)
    missing = sorted(used - here.rates.keys()) if len(used) > 1 else []
    return _("no exchange rate for {currency}", currency=missing[0]) if missing else ""


def _read(kind: str, text: str, here: Known) -> Move | None:
    """A move as it is written in the address; None where anything of it is not understood."""
    parts = text.split("~")
    try:
        move = usual(kind, UUID(parts[0]), here)
        given = [parse_amount(parts[place]) for place in (1, 3) if len(parts) > place]
    except ValueError:
        return None
    if move is None or len(parts) > PARTS:
        return None
    if not given:
        return move
    currency = parts[2] if len(parts) > 2 else move.currency  # noqa: PLR2004  (the third)
    if currency not in here.currencies:
        return None
    fees = given[1] if len(given) > 1 else Decimal()
    return replace(move, amount=given[0], currency=currency, fees=fees)


def _move(kind: str, one: Holding | Wish, offers: list[Offer], here: Known) -> Move:
    possible = tuple(offer for offer in offers if offer.currency in here.currencies)
    name = name_of(one.brand, one.model, one.reference)
    first = possible[0] if possible else Offer("", Decimal(), here.currency)
    amount = first.amount if possible else None
    return Move(kind, one.watch_id, one.brand, name, amount, first.currency, Decimal(), possible)


def _value_of(owned: Holding) -> list[Offer]:
    label = N_("Today’s value") if owned.valued_on else N_("Cost")
    return _offers([(label, owned.value_amount, owned.value_currency)])


def _prices_of(wish: Wish) -> list[Offer]:
    agreed = wish.agreed_amount if wish.status == "ordered" else None
    return _offers(
        [
            (N_("Agreed"), agreed, wish.agreed_currency),
            (N_("Market price"), wish.price_amount, wish.price_currency),
            (N_("Target"), wish.target_amount, wish.target_currency),
        ]
    )


def _offers(found: Sequence[tuple[str, Decimal | None, str | None]]) -> list[Offer]:
    return [
        Offer(label, amount, currency)
        for label, amount, currency in found
        if amount is not None and currency
    ]

"""What selling and buying would do to a collection: value, cost, gains, and how it is shared out.

All amounts are in one currency at today's rates. Nothing is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from data.calc.missing import Missing
from data.calc.risk import Concentration, concentration
from data.said import said

NOTHING = Decimal()


@dataclass(frozen=True)
class Piece:
    """A watch that is owned, or would be; None: not known, or no rate."""

    watch_id: UUID
    brand: str
    value: Decimal | None
    cost: Decimal | None

    @property
    def gain(self) -> Decimal | None:
        """Value less cost."""
        return None if self.value is None or self.cost is None else self.value - self.cost


@dataclass(frozen=True)
class Sale:
    """A watch of the collection that would be sold."""

    watch_id: UUID
    price: Decimal
    fees: Decimal = NOTHING

    @property
    def proceeds(self) -> Decimal:
        """What would be received."""
        return self.price - self.fees


@dataclass(frozen=True)
class Purchase:
    """A watch that would come; without a market price it is worth its cost."""

    watch_id: UUID
    brand: str
    price: Decimal
    fees: Decimal = NOTHING
    market: Decimal | None = None

    @property
    def cost(self) -> Decimal:
        """What would be paid."""
        return self.price + self.fees

    @property
    def piece(self) -> Piece:
        """As a watch of the collection."""
        return Piece(
            self.watch_id, self.brand, self.cost if self.market is None else self.market, self.cost
        )


@dataclass(frozen=True)
class Standing:
    """A collection at one moment; each sum says over how many watches it goes."""

    watches: int
    valued: int
    value: Decimal
    costed: int
    cost: Decimal
    measured: int  # with both value and cost
    measured_cost: Decimal  # of those
    gain: Decimal  # not realised: value less cost of those
    realised: Decimal  # proceeds less cost of what was sold
    cash: Decimal  # received less paid in the moves
    brands: Mapping[str, Decimal]  # brand → value, the largest first; they add up to the value
    concentration: Concentration | Missing

    @property
    def worth(self) -> Decimal:
        """Value and cash together: what a sale at value, without fees, does not change."""
        return self.value + self.cash


def standing(
    pieces: Sequence[Piece], realised: Decimal = NOTHING, cash: Decimal = NOTHING
) -> Standing:
    """The sums over watches; what is not known is left out of its sum and counted."""
    values = [piece.value for piece in pieces if piece.value is not None]
    costs = [piece.cost for piece in pieces if piece.cost is not None]
    gains = [piece.gain for piece in pieces if piece.gain is not None]
    brands: dict[str, Decimal] = {}
    for piece in pieces:
        if piece.value is not None:
            brands[piece.brand] = brands.get(piece.brand, NOTHING) + piece.value
    return Standing(
        len(pieces),
        len(values),
        sum(values, NOTHING),
        len(costs),
        sum(costs, NOTHING),
        len(gains),
        sum((p.cost for p in pieces if p.cost is not None and p.value is not None), NOTHING),
        sum(gains, NOTHING),
        realised,
        cash,
        dict(sorted(brands.items(), key=lambda each: (-each[1], each[0]))),
        concentration(values),
    )


def realised_by(sale: Sale, pieces: Sequence[Piece]) -> Decimal | Missing:
    """Proceeds less cost of a watch that would be sold."""
    cost = next((piece.cost for piece in pieces if piece.watch_id == sale.watch_id), None)
    if cost is None:
        return Missing(said("Its cost is not known, or has no rate."))
    return sale.proceeds - cost


def after(
    pieces: Sequence[Piece],
    sales: Sequence[Sale],
    purchases: Sequence[Purchase],
    realised: Decimal = NOTHING,
) -> Standing:
    """The collection after all of these moves; the order of them does not matter.

    Sales are of watches among ``pieces``, each once; ``realised`` is the gain realised so far.
    A sale of a watch without a known cost realises nothing that is known.
    """
    sold = {sale.watch_id for sale in sales}
    kept = [piece for piece in pieces if piece.watch_id not in sold]
    gains = [realised_by(sale, pieces) for sale in sales]
    received = sum((sale.proceeds for sale in sales), NOTHING)
    paid = sum((purchase.cost for purchase in purchases), NOTHING)
    return standing(
        [*kept, *(purchase.piece for purchase in purchases)],
        realised + sum((gain for gain in gains if not isinstance(gain, Missing)), NOTHING),
        received - paid,
    )

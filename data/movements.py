"""What each watch did in a period: by how much it moved, without what was paid or received."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.scope import Scope


@dataclass(frozen=True)
class Movement:
    """A watch that moved in a period, in one currency; each amount at the rate of its day.

    moved = after + taken out - before - paid in; over all watches that is the gain of the period.
    """

    watch_id: UUID
    brand: str
    model: str
    cover: str | None  # content hash of its first photo
    before: Decimal  # worth at the end of the first day; 0: not here yet
    after: Decimal  # at the end of the last day; 0: gone
    paid_in: Decimal  # after the first day
    taken_out: Decimal  # after the first day
    moved: Decimal
    rising: int  # how many watches of the scope moved up
    falling: int  # and down

    @property
    def name(self) -> str:
        """What a sentence calls the watch."""
        return f"{self.brand} {self.model}"

    @property
    def fraction(self) -> Decimal | None:
        """The movement as a part of what was there or paid; None: that is 0."""
        base = self.before + self.paid_in
        return self.moved / base if base else None


def movers(
    db: Connection, member: Member, scope: Scope, currency: str, start: date, end: date, limit: int
) -> tuple[Movement, ...]:
    """The ``limit`` watches that moved most up and the ``limit`` most down; most up first."""
    keys = {"household_id": member.household_id, "currency": currency, **scope.params()}
    asked = {"from": min(start, end), "to": end, "limit": limit}
    return tuple(queries.many(db, Movement, "watch_movements", **keys, **asked))

"""How regularly watches are valued: only a series that is has swings one can speak of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.calc.risk import FEWEST_POINTS, LONGEST_GAP


@dataclass(frozen=True)
class Regular:
    """A watch that was valued often enough in a period."""

    watch_id: UUID


def regular(
    db: Connection, member: Member, watch_ids: Sequence[UUID], start: date, end: date
) -> frozenset[UUID]:
    """Which of the watches have regular market values between two days, both included."""
    found = queries.many(
        db,
        Regular,
        "regular_watches",
        household_id=member.household_id,
        watch_ids=list(watch_ids),
        fewest=FEWEST_POINTS,
        longest=LONGEST_GAP,
        **{"from": start, "to": end},
    )
    return frozenset(one.watch_id for one in found)

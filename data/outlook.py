"""What stands behind the value of a part of the collection, month by month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.calc.monthly import FRESH_DAYS, MOST_MONTHS, months_later
from data.scope import Scope

_MOST = 200  # watches that are looked at: those of the highest values are most of the value
_MARGIN = 8  # months: what is fresh in the first one was recorded up to half a year before


@dataclass(frozen=True)
class OutlookMonth:
    """A month of the collection, by its last day."""

    day: date
    recorded: int  # how many values were recorded in it
    held: Decimal  # the value at its end, of the watches that are looked at
    fresh: Decimal  # the part of it that was recorded at most half a year before


def months(
    db: Connection, member: Member, scope: Scope, currency: str, today: date
) -> tuple[OutlookMonth, ...]:
    """The full months of the last ten years, oldest first; what has no rate is in no sum."""
    asked = {
        "from": months_later(today, -MOST_MONTHS - _MARGIN).replace(day=1),
        "today": today,
        "fresh": FRESH_DAYS,
        "most": _MOST,
    }
    keys = {"household_id": member.household_id, "currency": currency, **scope.params()}
    return tuple(queries.many(db, OutlookMonth, "outlook_months", **keys, **asked))

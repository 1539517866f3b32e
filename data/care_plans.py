"""How often a kind of service is due: for a watch, else for its movement type, else for all."""

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.errors import ConflictError, RefusedError
from data.said import said

KINDS = ("service", "regulation", "battery", "pressure_test", "inspection", "strap", "other")
LONGEST = 600  # months
CHANGED = said("Someone else changed this plan meanwhile. Look at it again.")
USUAL = (  # movement type (None: all watches), kind, months
    ("automatic", "service", 60),
    ("manual", "service", 60),
    ("spring-drive", "service", 60),
    ("quartz", "battery", 36),
    (None, "pressure_test", 12),
)


@dataclass(frozen=True)
class CarePlan:
    """An interval as it is stored; ``months`` None: this watch does not need it."""

    plan_id: UUID
    watch_id: UUID | None
    movement_type: str | None
    kind: str
    months: int | None
    version: int
    movement_name: str | None
    brand: str | None  # of the watch, if it is for one
    model: str | None


@dataclass(frozen=True)
class Interval:
    """How often one watch needs a kind of service: its own plan, beside what holds without it."""

    kind: str
    plan_id: UUID | None  # of its own plan
    version: int | None
    own_months: int | None  # None with a plan_id: it does not need it
    planned_months: int | None
    movement_name: str | None  # whose plan holds without an own one; None: all watches'

    @property
    def months(self) -> int | None:
        """The interval that holds; None: none does."""
        return self.planned_months if self.plan_id is None else self.own_months


def every(db: Connection, member: Member) -> list[CarePlan]:
    """The plans of the household: those for many watches first."""
    return queries.many(db, CarePlan, "care_plan_list", household_id=member.household_id)


def of_watch(db: Connection, member: Member, watch_id: UUID) -> list[Interval]:
    """What is planned for one watch."""
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    return queries.many(db, Interval, "care_intervals", **keys)


def proposed_due(
    db: Connection, member: Member, watch_id: UUID, kind: str, serviced_on: date
) -> date | None:
    """When it is due again by the plan that holds for the watch; None: nothing is planned."""
    if serviced_on.year > 9000:  # noqa: PLR2004  (an interval later Python has no date)
        return None
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    found = queries.value(db, "care_proposed", **keys, kind=kind, serviced_on=serviced_on)
    return cast("date | None", found)


def add(
    db: Connection,
    member: Member,
    kind: str,
    months: int | None,
    *,
    movement_type: str | None = None,
    watch_id: UUID | None = None,
) -> UUID:
    """Make a plan: for a watch, a movement type, or (neither) all; returns its id.

    Raises:
        RefusedError: no interval, one out of range, or there is such a plan already.
    """
    _check(months, needed=watch_id is None)
    found = queries.value(
        db,
        "care_plan_insert",
        household_id=member.household_id,
        watch_id=watch_id,
        movement_type=movement_type,
        kind=kind,
        months=months,
    )
    return cast("UUID", found)


def change(db: Connection, member: Member, old: CarePlan | Interval, months: int | None) -> None:
    """Give a plan another interval. Raises RefusedError, ConflictError."""
    _check(months, needed=isinstance(old, CarePlan) and old.watch_id is None)
    if queries.value(db, "care_plan_update", **_keys(member, old), months=months) is None:
        raise ConflictError(CHANGED)


def remove(db: Connection, member: Member, old: CarePlan | Interval) -> None:
    """Delete a plan, if it is still as ``old``. Raises ConflictError."""
    if queries.value(db, "care_plan_delete", **_keys(member, old)) is None:
        raise ConflictError(CHANGED)


def add_usual(db: Connection, member: Member) -> int:
    """Make the usual plans that are not there yet; returns how many."""
    types, kinds, months = zip(*USUAL, strict=True)
    return queries.do(
        db,
        "care_plan_usual",
        household_id=member.household_id,
        movement_types=list(types),
        kinds=list(kinds),
        months=list(months),
    )


def _check(months: int | None, *, needed: bool) -> None:
    if months is None and needed:
        raise RefusedError({"months": said("Give the interval in months.")})
    if months is not None and not 1 <= months <= LONGEST:
        raise RefusedError({"months": said("An interval lies between 1 month and 50 years.")})


def _keys(member: Member, old: CarePlan | Interval) -> dict[str, object]:
    return {"household_id": member.household_id, "plan_id": old.plan_id, "version": old.version}

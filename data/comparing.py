"""What a comparison needs of a few watches at once, in one query each instead of one a watch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.figures import Money
from data.services import ServiceCost


@dataclass(frozen=True)
class MoneyOf(Money):
    """The figures of one of them."""

    watch_id: UUID = field(kw_only=True)


@dataclass(frozen=True)
class ServiceCostOf(ServiceCost):
    """What a service of one of them cost."""

    watch_id: UUID = field(kw_only=True)


@dataclass(frozen=True)
class Care:
    """What was done last to a watch, and what is due first; kinds as in ``services.KINDS``."""

    watch_id: UUID
    last_kind: str | None
    serviced_on: date | None
    due_kind: str | None
    due_on: date | None


def money(
    db: Connection, member: Member, watch_ids: Sequence[UUID], currency: str, today: date
) -> dict[UUID, MoneyOf]:
    """The figures of each, as ``figures.of_watch``."""
    keys = {**_keys(member, watch_ids), "currency": currency, "today": today}
    found = queries.many(db, MoneyOf, "compared_money", **keys)
    return {one.watch_id: one for one in found}


def service_costs(
    db: Connection, member: Member, watch_ids: Sequence[UUID], currency: str
) -> list[ServiceCostOf]:
    """What their services cost, oldest first, as ``services.costs_of``."""
    keys = {**_keys(member, watch_ids), "currency": currency}
    return queries.many(db, ServiceCostOf, "compared_service_costs", **keys)


def care(db: Connection, member: Member, watch_ids: Sequence[UUID]) -> dict[UUID, Care]:
    """What was done last to each, and what is due first."""
    found = queries.many(db, Care, "compared_care", **_keys(member, watch_ids))
    return {one.watch_id: one for one in found}


def _keys(member: Member, watch_ids: Sequence[UUID]) -> dict[str, object]:
    return {"household_id": member.household_id, "watch_ids": list(watch_ids)}

"""What was done to the watches, what is due, and what is at the watchmaker now."""

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, cast
from uuid import UUID

from sqlalchemy import Connection

from data import queries
from data.accounts import Member
from data.errors import ConflictError, NotFoundError, RefusedError
from data.said import said
from data.typed import cleaned
from data.watches import EARLIEST, NOT_HERE

KINDS = {
    "service": said("Service"),
    "regulation": said("Regulation"),
    "battery": said("Battery"),
    "pressure_test": said("Pressure test"),
    "repair": said("Repair"),
    "polish": said("Polishing"),
    "strap": said("Strap"),
    "inspection": said("Inspection"),
    "other": said("Other"),
}
TEXT_LIMITS = {"provider": 200, "description": 5_000}  # characters
SOON = 90  # days
GONE = said("This service is not here any more.")


@dataclass(frozen=True)
class ServiceDraft:
    """A service as a person enters it; without ``serviced_on`` the watch is away for it."""

    kind: str = "service"  # one of KINDS
    provider: str | None = None
    description: str | None = None
    handed_over_on: date | None = None
    expected_back_on: date | None = None
    quote: Decimal | None = None  # before it is done; in currency, like cost
    serviced_on: date | None = None
    cost: Decimal | None = None
    currency: str | None = None  # ISO 4217
    next_due_on: date | None = None  # as a person decided; None: as the plan says

    def tidy(self) -> "ServiceDraft":
        """The same without stray blanks, and without a currency of nothing."""
        priced = self.cost is not None or self.quote is not None
        return replace(
            self,
            provider=cleaned(self.provider),
            description=cleaned(self.description),
            currency=self.currency if priced else None,
        )

    def check(self, today: date) -> None:
        """Refuse what a form explains better than a constraint.

        Raises:
            RefusedError: with a sentence for every wrong field.
        """
        problems = self._day_problems(today)
        if self.kind not in KINDS:
            problems["kind"] = said("Choose a type of service from the list.")
        for name, limit in TEXT_LIMITS.items():
            if len(cast("str | None", getattr(self, name)) or "") > limit:
                problems[name] = said(
                    "This has up to {limit:,} characters; please shorten it.", limit=limit
                )
        if (self.cost is not None or self.quote is not None) and not self.currency:
            problems["currency"] = said("An amount needs a currency.")
        if problems:
            raise RefusedError(problems)

    def _day_problems(self, today: date) -> dict[str, str]:
        problems: dict[str, str] = {}
        begun = self.serviced_on or self.handed_over_on
        if begun is None:
            problems["serviced_on"] = said(
                "Say when it was done, or when the watch was handed over."
            )
        elif self.next_due_on and self.next_due_on <= begun:
            problems["next_due_on"] = said("The next one is due after this one.")
        if self.handed_over_on:
            for name in ("expected_back_on", "serviced_on"):
                back = cast("date | None", getattr(self, name))
                if back and back < self.handed_over_on:
                    problems[name] = said("A watch can't come back before it was handed over.")
        for name in ("serviced_on", "handed_over_on"):
            day = cast("date | None", getattr(self, name))
            if day and day > today:
                problems[name] = said("This day has not come yet.")
            elif day and day < EARLIEST:
                problems[name] = said("This must be in 1900 or later.")
        return problems


@dataclass(frozen=True)
class Service(ServiceDraft):
    """A stored service; ``version`` is what an edit must quote back."""

    service_id: UUID = field(kw_only=True)
    watch_id: UUID = field(kw_only=True)
    version: int = field(kw_only=True)
    added_at: datetime = field(kw_only=True)

    @property
    def away(self) -> bool:
        """The watch is at the watchmaker for it."""
        return self.serviced_on is None


@dataclass(frozen=True)
class Away:
    """A watch at the watchmaker."""

    watch_id: UUID
    brand: str
    model: str
    cover: str | None  # content hash of its first photo
    service_id: UUID
    kind: str
    provider: str | None
    handed_over_on: date | None
    expected_back_on: date | None
    quote: Decimal | None
    currency: str | None


@dataclass(frozen=True)
class Need:
    """A kind of service that a watch needs, and when."""

    kind: str
    months: int | None  # the interval of the plan, if there is one
    serviced_on: date | None  # when it was done last
    due_on: date
    by_plan: bool  # False: as decided at the last one


@dataclass(frozen=True)
class Due(Need):
    """A need of one watch among all, in its place in time; counted from the day it was asked."""

    watch_id: UUID
    brand: str
    model: str
    cover: str | None  # content hash of its first photo
    stage: Literal["overdue", "soon", "later"]
    month: int  # so many months after this one; negative: before
    in_stage: int  # how many there are in this stage, listed or not
    in_month: int  # how many of this month, listed or not


@dataclass(frozen=True)
class Done:
    """A line of the history; ``cost`` in the reader's currency at the rate of its day."""

    service_id: UUID
    watch_id: UUID
    brand: str
    model: str
    cover: str | None  # content hash of its first photo
    kind: str
    provider: str | None
    serviced_on: date
    own_cost: Decimal | None  # in currency
    currency: str | None
    cost: Decimal | None  # None: no cost, or no rate

    @property
    def cursor(self) -> str:
        """Where the next page starts; fit for a URL."""
        return f"{self.serviced_on.isoformat()}~{self.service_id}"


@dataclass(frozen=True)
class YearCost:
    """What one provider was paid in one year, in the reader's currency."""

    year: int
    provider: str | None
    services: int  # done, with or without a cost
    converted: int  # those in the sum
    cost: Decimal
    without_rate: list[str]  # "RUB 5000.00": not in the sum


@dataclass(frozen=True)
class ServiceCost:
    """What a service of a watch cost, and that in the reader's currency at the rate of its day."""

    service_id: UUID
    day: date
    own_cost: Decimal  # in currency
    currency: str
    cost: Decimal | None  # None: no rate


def draft_of(service: ServiceDraft) -> ServiceDraft:
    """The part of a service that a person enters."""
    return ServiceDraft(**{name.name: getattr(service, name.name) for name in fields(ServiceDraft)})


def of_watch(db: Connection, member: Member, watch_id: UUID) -> list[Service]:
    """The services of a watch: those it is away for, then newest first."""
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    return queries.many(db, Service, "service_list", **keys)


def get(db: Connection, member: Member, service_id: UUID) -> Service:
    """One service. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "service_id": service_id}
    found = queries.first(db, Service, "service_get", **keys)
    if found is None:
        raise NotFoundError(GONE)
    return found


def add(db: Connection, member: Member, watch_id: UUID, draft: ServiceDraft, today: date) -> UUID:
    """Record a service; returns its id. Raises RefusedError, NotFoundError (the watch is gone)."""
    draft = draft.tidy()
    draft.check(today)
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    found = queries.value(db, "service_insert", **keys, **asdict(draft))
    if found is None:
        raise NotFoundError(NOT_HERE)
    return cast("UUID", found)


def change(db: Connection, member: Member, old: Service, draft: ServiceDraft, today: date) -> None:
    """Correct a service, if it is still as ``old``.

    Raises:
        RefusedError: a field breaks a rule.
        NotFoundError: it is gone.
        ConflictError: it has been changed meanwhile.
    """
    draft = draft.tidy()
    draft.check(today)
    if queries.value(db, "service_update", **_keys(member, old), **asdict(draft)) is None:
        get(db, member, old.service_id)
        raise ConflictError(said("Someone else changed this service while you were editing it."))


def remove(db: Connection, member: Member, old: Service) -> None:
    """Put a service into the bin. Raises NotFoundError, ConflictError."""
    if queries.value(db, "service_to_bin", **_keys(member, old)) is None:
        get(db, member, old.service_id)
        raise ConflictError(
            said("Someone else changed this service meanwhile. It was not removed.")
        )


def restore(db: Connection, member: Member, service_id: UUID) -> None:
    """Take a service out of the bin. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "service_id": service_id}
    if queries.value(db, "service_from_bin", **keys) is None:
        raise NotFoundError(GONE)


def providers(db: Connection, member: Member) -> list[str]:
    """Who serviced a watch before, for type-ahead: who did lately first."""
    found = queries.run(db, "provider_list", {"household_id": member.household_id})
    return [str(name) for name in found.scalars()]


def at_the_watchmaker(db: Connection, member: Member, limit: int = 100) -> list[Away]:
    """What is away; what should be back first comes first."""
    keys = {"household_id": member.household_id, "limit": limit}
    return queries.many(db, Away, "at_the_watchmaker", **keys)


def due(db: Connection, member: Member, today: date, limit: int = 50) -> list[Due]:
    """What is overdue and what comes due in this month and the eleven after it, earliest first.

    The first ``limit`` of each stage and a few of each month are listed; ``in_stage`` and
    ``in_month`` say how many there are.
    """
    keys = {"household_id": member.household_id, "today": today, "soon": SOON, "limit": limit}
    return queries.many(db, Due, "care_due_list", **keys)


def due_of(db: Connection, member: Member, watch_id: UUID) -> list[Need]:
    """What one watch needs, earliest first."""
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    return queries.many(db, Need, "care_due_of", **keys)


def history(
    db: Connection,
    member: Member,
    currency: str,
    year: int | None,
    provider: str | None,
    after: str | None,
    limit: int,
) -> list[Done]:
    """What was done, newest first; the next ``limit`` after the cursor ``after``.

    ``provider``: None is any, the empty text those without one.
    """
    after_day, after_id = _parsed(after)
    return queries.many(
        db,
        Done,
        "service_page",
        household_id=member.household_id,
        currency=currency,
        year=year,
        provider=provider,
        after_day=after_day,
        after_id=after_id,
        limit=limit,
    )


def costs(db: Connection, member: Member, currency: str) -> list[YearCost]:
    """What was paid, by year and provider; the newest year first, in it the dearest provider."""
    keys = {"household_id": member.household_id, "currency": currency}
    return queries.many(db, YearCost, "service_costs", **keys)


def costs_of(db: Connection, member: Member, watch_id: UUID, currency: str) -> list[ServiceCost]:
    """What the services of one watch cost, oldest first."""
    keys = {"household_id": member.household_id, "watch_id": watch_id, "currency": currency}
    return queries.many(db, ServiceCost, "service_costs_of", **keys)


def _keys(member: Member, old: Service) -> dict[str, object]:
    return {
        "household_id": member.household_id,
        "service_id": old.service_id,
        "version": old.version,
    }


def _parsed(cursor: str | None) -> tuple[date | None, UUID | None]:
    """A cursor's day and id; (None, None) for anything else (it comes from the URL)."""
    day, _, service_id = (cursor or "").partition("~")
    try:
        return date.fromisoformat(day), UUID(service_id)
    except ValueError:
        return None, None

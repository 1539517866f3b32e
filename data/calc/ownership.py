# ruff: noqa: D102  (the fields of a row say what they are)
"""What owning watches has taken: price, fees, services, insurance and other costs, less sales.

Amounts are in one currency per call. What is paid for the whole collection is kept apart, and is
never divided among the watches.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from data.calc.missing import Missing
from data.said import said

YEAR, MONTH = Decimal("365.25"), Decimal("30.4375")  # days
SHORTEST_YEAR, SHORTEST_MONTH = 365, 30  # days from which an amount is told a year, a month
FREE = frozenset({"gifted", "lost"})  # who leaves so brings nothing, unless a price is recorded
NO_PRICE = said("No purchase price is recorded.")
NO_COST_RATE = said("No rate for the purchase on its day.")
NO_SALE = said("No sale price is recorded, or there is no rate for it.")
NO_VALUE = said("No value, or no rate for it.")
NO_DAY = said("The day of the purchase is not recorded.")


class Held(Protocol):
    """A watch that is here, or was; None: not available."""

    @property
    def watch_id(self) -> UUID: ...
    @property
    def status(self) -> str: ...
    @property
    def cost(self) -> Decimal | None: ...
    @property
    def fees_paid(self) -> Decimal | None: ...  # the part of the cost that was fees and taxes
    @property
    def purchase_currency(self) -> str | None: ...  # None: no price is recorded
    @property
    def value(self) -> Decimal | None: ...
    @property
    def proceeds(self) -> Decimal | None: ...
    @property
    def acquired_on(self) -> date | None: ...
    @property
    def dated(self) -> bool: ...  # the day of the purchase is recorded
    @property
    def disposed_on(self) -> date | None: ...


class Paid(Protocol):
    """A service or another cost (watch_id None: of the collection); amount None: no rate."""

    @property
    def watch_id(self) -> UUID | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def own_amount(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...
    @property
    def amount(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Parts:
    """What was paid, by what for; ``purchase`` is the price itself."""

    purchase: Decimal = Decimal()
    fees: Decimal = Decimal()
    service: Decimal = Decimal()
    insurance: Decimal = Decimal()
    other: Decimal = Decimal()

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.purchase + self.beside

    @property
    def beside(self) -> Decimal:
        """All but the price itself."""
        return self.fees + self.service + self.insurance + self.other


KINDS = tuple(part.name for part in fields(Parts))


@dataclass(frozen=True)
class Ownership:
    """What one watch took; ``parts`` is what is known, ``missing`` why something is not."""

    watch_id: UUID
    parts: Parts
    proceeds: Decimal  # 0 while it is here, and for what was given away
    total: Decimal | Missing  # all parts less proceeds
    less_value: Decimal | Missing  # the total less today's value: what it takes if sold at that
    a_year: Decimal | Missing
    a_month: Decimal | Missing


@dataclass(frozen=True)
class Unconverted:
    """A payment that is in no sum, since its currency has no rate on its day."""

    watch_id: UUID | None
    kind: str
    day: date
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Whole:
    """What all watches took, each and together.

    The sums are of what is known: ``incomplete`` are the watches of which a part is not.
    """

    watches: tuple[Ownership, ...]  # in the order they were given
    common: Parts  # paid for the whole collection
    parts: Parts  # of all watches and the whole collection
    proceeds: Decimal
    less_value: Decimal  # of the watches of which it is known, and what is common
    valued: int  # those
    years: dict[int, Parts]  # by the year it was paid in, oldest first
    since: date | None  # the first day anything was paid or came
    days: int  # from then to today
    incomplete: tuple[tuple[UUID, str], ...]
    unconverted: tuple[Unconverted, ...]

    @property
    def total(self) -> Decimal:
        """All that was paid, less what sales brought."""
        return self.parts.total - self.proceeds


def of_all(watches: Sequence[Held], payments: Iterable[Paid], today: date) -> Whole:
    """What these watches took, and what was paid for the collection as a whole.

    Payments of a watch that is not among ``watches`` are not looked at.
    """
    spent: dict[UUID | None, list[Paid]] = defaultdict(list)
    ids = {one.watch_id for one in watches}
    for payment in payments:
        if payment.watch_id is None or payment.watch_id in ids:
            spent[payment.watch_id].append(payment)
    found = tuple(of_one(one, spent[one.watch_id], today) for one in watches)
    counted = [payment for every in spent.values() for payment in every]
    common = _gathered(spent[None])
    known = [one.less_value for one in found if not isinstance(one.less_value, Missing)]
    days = [one.acquired_on for one in watches if one.acquired_on]
    since = min([*days, *(payment.day for payment in counted)], default=None)
    return Whole(
        found,
        common,
        together([*(one.parts for one in found), common]),
        sum((one.proceeds for one in found), Decimal()),
        sum(known, common.total),
        len(known),
        _by_year(watches, counted),
        since,
        (today - since).days if since else 0,
        tuple((one.watch_id, one.total.reason) for one in found if isinstance(one.total, Missing)),
        tuple(
            Unconverted(each.watch_id, each.kind, each.day, each.own_amount, each.currency)
            for each in sorted(
                (payment for payment in counted if payment.amount is None),
                key=lambda each: (each.day, str(each.watch_id)),
            )
        ),
    )


def of_one(watch: Held, payments: Sequence[Paid], today: date) -> Ownership:
    """What one watch took, with these payments for it."""
    parts = _gathered(payments, watch)
    proceeds = watch.proceeds or Decimal()
    total = _why_not(watch, payments) or parts.total - proceeds
    return Ownership(
        watch.watch_id,
        parts,
        proceeds,
        total,
        _less_value(watch, total),
        _over(watch, total, today, YEAR, SHORTEST_YEAR, said("Here for less than a year.")),
        _over(watch, total, today, MONTH, SHORTEST_MONTH, said("Here for less than 30 days.")),
    )


def a_time(total: Decimal, days: int, unit: Decimal, shortest: int) -> Decimal | None:
    """An amount over ``days`` as one a year or a month; None where that is too short."""
    return None if days < shortest else total / days * unit


def _gathered(payments: Iterable[Paid], watch: Held | None = None) -> Parts:
    """What these payments come to, with the price and the fees of the watch they were for."""
    sums: dict[str, Decimal] = {}
    if watch and watch.cost is not None:
        fees = watch.fees_paid or Decimal()
        sums = {"purchase": watch.cost - fees, "fees": fees}
    for payment in payments:
        if payment.amount is not None:
            kind = _part_of(payment)
            sums[kind] = sums[kind] + payment.amount if kind in sums else payment.amount
    return Parts(**sums)


def _part_of(payment: Paid) -> str:
    return payment.kind if payment.kind in {"service", "insurance"} else "other"


def together(parts: Sequence[Parts]) -> Parts:
    """Part by part, all of them."""
    return Parts(*(sum((getattr(one, kind) for one in parts), Decimal()) for kind in KINDS))


def _why_not(watch: Held, payments: Sequence[Paid]) -> Missing | None:
    """Why the total of a watch can't be had."""
    if watch.cost is None:
        return Missing(NO_PRICE if watch.purchase_currency is None else NO_COST_RATE)
    if any(payment.amount is None for payment in payments):
        return Missing(said("A payment has no rate on its day."))
    if watch.disposed_on and watch.proceeds is None and watch.status not in FREE:
        return Missing(NO_SALE)
    return None


def _less_value(watch: Held, total: Decimal | Missing) -> Decimal | Missing:
    if isinstance(total, Missing) or watch.disposed_on:
        return total
    return Missing(NO_VALUE) if watch.value is None else total - watch.value


def _over(
    watch: Held, total: Decimal | Missing, today: date, unit: Decimal, shortest: int, short: str
) -> Decimal | Missing:
    if isinstance(total, Missing):
        return total
    if not watch.dated or watch.acquired_on is None:
        return Missing(NO_DAY)
    days = ((watch.disposed_on or today) - watch.acquired_on).days
    found = a_time(total, days, unit, shortest)
    return Missing(short) if found is None else found


def _by_year(watches: Iterable[Held], payments: Iterable[Paid]) -> dict[int, Parts]:
    """Year → what was paid in it, with those in which nothing was."""
    bought: dict[int, list[Parts]] = defaultdict(list)
    spent: dict[int, list[Paid]] = defaultdict(list)
    for watch in watches:
        if watch.acquired_on and watch.cost is not None:
            bought[watch.acquired_on.year].append(_gathered((), watch))
    for payment in payments:
        spent[payment.day.year].append(payment)
    years = bought.keys() | spent.keys()
    if not years:
        return {}
    return {
        year: together([*bought.get(year, ()), _gathered(spent.get(year, ()))])
        for year in range(min(years), max(years) + 1)
    }

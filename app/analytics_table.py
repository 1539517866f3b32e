"""Every watch of the scope with its figures, in the order that is asked for; the same as CSV."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.watch_csv import harmless
from data.analytics import Holding, Payment
from data.calc import performance, returns
from data.calc.missing import Missing
from data.said import said

HEADERS = (
    "watch_id", "brand", "model", "reference", "status", "collection", "acquired_on",
    "disposed_on", "currency", "cost", "value", "proceeds", "gain", "watch_gain", "currency_gain",
    "return", "annualised", "xirr", "share", "value_amount", "value_currency", "valued_on",
    "rate_on", "cost_rate_on",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A watch of the table; rates of return are fractions, or say why there is none."""

    holding: Holding
    annualised: float | Missing
    xirr: float | Missing
    share: Decimal | None  # of the value of all that is shown, as a fraction

    @property
    def name(self) -> str:
        """What an order by name goes by."""
        return f"{self.holding.brand} {self.holding.model}".casefold()


ORDERS: dict[str, Callable[[Entry], Any]] = {  # what stands in the address → what it goes by
    "name": lambda one: one.name,
    "cost": lambda one: one.holding.cost,
    "value": lambda one: one.holding.value,
    "gain": lambda one: one.holding.gain,
    "return": lambda one: one.holding.return_fraction,
    "annualised": lambda one: _number(one.annualised),
    "xirr": lambda one: _number(one.xirr),
    "share": lambda one: one.share,
    "valued": lambda one: one.holding.valued_on,
}
USUAL = "value"


def entries(
    holdings: Sequence[Holding], payments: Sequence[Payment], today: date
) -> tuple[Entry, ...]:
    """The watches with what needs powers and roots."""
    total = sum((one.value for one in holdings if one.value is not None), Decimal())
    paid: dict[UUID, list[Payment]] = defaultdict(list)
    for payment in payments:
        if payment.watch_id:
            paid[payment.watch_id].append(payment)
    return tuple(
        Entry(
            one,
            annualised(one, today),
            _money_weighted(one, paid[one.watch_id], today),
            None if one.value is None or not total else one.value / total,
        )
        for one in holdings
    )


def annualised(one: Holding, today: date) -> float | Missing:
    """The return as a steady rate a year, from a year on."""
    outcome = one.value if one.disposed_on is None else one.proceeds
    if not one.dated or one.acquired_on is None:
        return Missing(said("The day of the purchase is not recorded."))
    if one.cost is None or outcome is None:
        return Missing(said("This needs both a cost and a value."))
    days = ((one.disposed_on or today) - one.acquired_on).days
    return returns.annualised(one.cost, outcome, days)


def _money_weighted(one: Holding, paid: Sequence[Payment], today: date) -> float | Missing:
    """XIRR of one watch with its services and other costs."""
    found = performance.money_weighted_of([one], paid, today)
    if found.left_out:
        return Missing(said("Not known: {reason}.", reason=found.left_out[0][1]))
    return found.rate


def ordered(found: Sequence[Entry], order: str, *, descending: bool) -> list[Entry]:
    """In that order; what has no such number comes last in both directions."""
    number = ORDERS[order]
    known = [one for one in found if number(one) is not None]
    rest = [one for one in found if number(one) is None]
    known.sort(key=lambda one: (one.name, str(one.holding.watch_id)))
    known.sort(key=number, reverse=descending)
    return known + sorted(rest, key=lambda one: (one.name, str(one.holding.watch_id)))


def written(found: Sequence[Entry], currency: str) -> bytes:
    """The table as CSV for a spreadsheet: amounts exact, in ``currency``; rates as fractions."""
    target = io.StringIO(newline="")
    lines = csv.writer(target)
    lines.writerow(HEADERS)
    lines.writerows(_line(one, currency) for one in found)
    return target.getvalue().encode("utf-8-sig")


def _line(one: Entry, currency: str) -> list[str]:
    own = {
        "currency": currency,
        "return": one.holding.return_fraction,
        "annualised": _number(one.annualised),
        "xirr": _number(one.xirr),
        "share": one.share,
    }
    return [harmless(own[n] if n in own else getattr(one.holding, n)) for n in HEADERS]


def _number(found: float | Missing) -> float | None:
    return None if isinstance(found, Missing) else found

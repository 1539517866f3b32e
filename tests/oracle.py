"""A slow, obviously right model of a collection's value, to check the SQL against.

The rules are those of "Value of a watch on a day", "Exchange rates" and "Collection value over
time" in the calculations' definition. Amounts are exact: nothing is rounded.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

NOT_YET_HERE = ("wishlist", "ordered")
OLDEST_RATE_DAYS = 7

# Units of a currency for 1 EUR, by currency, in any order of days; EUR itself is not in it.
Rates = dict[str, list[tuple[date, Decimal]]]


@dataclass(frozen=True)
class OracleWatch:
    """One watch; cost and proceeds are in ``cost_currency``, valuations are market values."""

    status: str
    acquired_on: date
    cost: Decimal | None
    cost_currency: str | None
    disposed_on: date | None
    proceeds: Decimal | None
    valuations: list[tuple[date, Decimal, str]]  # at most one a day, in any order


def value_on(watch: OracleWatch, day: date) -> tuple[Decimal, str] | None:
    """What the watch counts for on a day, with its currency; None if it does not count."""
    if watch.status in NOT_YET_HERE or day < watch.acquired_on:
        return None
    if watch.disposed_on is not None and day > watch.disposed_on:
        return None
    known = [valuation for valuation in watch.valuations if valuation[0] <= day]
    if known:
        return max(known)[1:]
    if watch.cost is not None and watch.cost_currency is not None:
        return watch.cost, watch.cost_currency
    if watch.valuations:
        return min(watch.valuations)[1:]
    return None


def rate(rates: Rates, base: str, quote: str, day: date) -> Decimal | None:
    """Units of ``quote`` for 1 ``base``; None where a rate is missing or too old.

    A currency is worth itself on any day.
    """
    if base == quote:
        return Decimal(1)
    of_base, of_quote = _eur_rate(rates, base, day), _eur_rate(rates, quote, day)
    if of_base is None or of_quote is None:
        return None
    return of_quote / of_base


def _eur_rate(rates: Rates, currency: str, day: date) -> Decimal | None:
    if currency == "EUR":
        return Decimal(1)
    known = [pair for pair in rates.get(currency, []) if pair[0] <= day]
    if not known:
        return None
    rate_date, eur_rate = max(known)
    # A box that was offline for a month still has its newest rates; a dead currency has none.
    newest = max(rate_day for pairs in rates.values() for rate_day, _ in pairs)
    if (min(day, newest) - rate_date).days > OLDEST_RATE_DAYS:
        return None
    return eur_rate


def collection_value(watches: list[OracleWatch], rates: Rates, currency: str, day: date) -> Decimal:
    """What the convertible watches count for on a day, added up in ``currency``."""
    total = Decimal(0)
    for watch in watches:
        value = value_on(watch, day)
        if value is not None:
            total += _converted(value[0], value[1], rates, currency, day)
    return total


def net_invested(watches: list[OracleWatch], rates: Rates, currency: str, day: date) -> Decimal:
    """Costs less proceeds up to a day, each at its own day's rate; the convertible ones."""
    total = Decimal(0)
    for watch in watches:
        if watch.status in NOT_YET_HERE or watch.cost_currency is None:
            continue
        paid_in = watch.cost_currency
        if watch.cost is not None and watch.acquired_on <= day:
            total += _converted(watch.cost, paid_in, rates, currency, watch.acquired_on)
        if watch.proceeds is not None and watch.disposed_on and watch.disposed_on <= day:
            total -= _converted(watch.proceeds, paid_in, rates, currency, watch.disposed_on)
    return total


def held_cost(watches: list[OracleWatch], rates: Rates, currency: str, day: date) -> Decimal:
    """Costs of the watches held on a day, each at the rate of the day it came."""
    total = Decimal(0)
    for watch in _held(watches, day):
        if watch.cost is not None and watch.cost_currency is not None:
            came = watch.acquired_on
            total += _converted(watch.cost, watch.cost_currency, rates, currency, came)
    return total


def count(watches: list[OracleWatch], day: date) -> int:
    """How many watches are held on a day, with and without a value."""
    return len(_held(watches, day))


def paid_in(watches: list[OracleWatch], rates: Rates, currency: str, day: date) -> Decimal:
    """Costs of what came on a day; of what cost nothing, or nothing known, its value instead."""
    total = Decimal(0)
    for watch in watches:
        if watch.status not in NOT_YET_HERE and watch.acquired_on == day:
            total += _price_or_value(watch, watch.cost or None, rates, currency, day)
    return total


def taken_out(watches: list[OracleWatch], rates: Rates, currency: str, day: date) -> Decimal:
    """Proceeds of what is gone since a day, at the rate of the day before: its last.

    Of what went without a price its last value.
    """
    total, last = Decimal(0), day - timedelta(1)
    for watch in watches:
        if watch.status not in NOT_YET_HERE and watch.disposed_on == last:
            total += _price_or_value(watch, watch.proceeds, rates, currency, last)
    return total


def _held(watches: list[OracleWatch], day: date) -> list[OracleWatch]:
    return [
        watch
        for watch in watches
        if watch.status not in NOT_YET_HERE
        and watch.acquired_on <= day
        and (watch.disposed_on is None or day <= watch.disposed_on)
    ]


def _price_or_value(
    watch: OracleWatch, price: Decimal | None, rates: Rates, currency: str, day: date
) -> Decimal:
    if price is not None and watch.cost_currency is not None:
        factor = rate(rates, watch.cost_currency, currency, day)
        if factor is not None:
            return price * factor
    value = value_on(watch, day)
    return Decimal(0) if value is None else _converted(*value, rates, currency, day)


def _converted(amount: Decimal, base: str, rates: Rates, quote: str, day: date) -> Decimal:
    factor = rate(rates, base, quote, day)
    return Decimal(0) if factor is None else amount * factor

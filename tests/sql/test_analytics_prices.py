"""Conversion held against real price series, and against the ECB's own file read by other means."""

import csv
import io
import statistics
import zipfile
from bisect import bisect_right
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data import analytics, db
from data.scope import Scope
from tests.collector import TODAY, add_watch, get_watch

SHARED = Path(__file__).parents[3] / "shared" / "data"
PRICES = SHARED / "prices"
ROLEX = PRICES / "chronext_Rolex.csv"  # CHF, every day
OMEGA = PRICES / "chronext_Omega_310.csv"  # CHF, 0 = no data
DATEJUST = PRICES / "giuglaris_Rolex_DateJust_126334_daily_eur.csv"  # EUR, since 2006
ECB = SHARED / "fx" / "eurofxref-hist_2026-10-30.zip"
EXACT = Decimal("0.0000001")
ADD = """insert into valuation (household_id, watch_id, amount, currency, valued_on, source)
    select %s, %s, v.amount, %s, v.day, 'import' from unnest(%s::date[], %s::numeric[]) as v (day, amount)"""

pytestmark = pytest.mark.skipif(
    not all(path.exists() for path in (ROLEX, OMEGA, DATEJUST, ECB)),
    reason="the real price series (../shared/data) are not beside this checkout",
)


def series(path):
    """Day → price, as the file has them."""
    rows = list(csv.reader(path.read_text().splitlines()))[1:]
    form = "%Y-%m-%d" if rows[0][0][0].isdigit() else "%a %b %d %Y"
    return {datetime.strptime(day, form).date(): Decimal(price) for day, price in rows}  # noqa: DTZ007


@pytest.fixture(scope="module")
def published():
    """Currency → (days, rates) of the ECB's own file, oldest first."""
    with zipfile.ZipFile(ECB) as archive:
        text = archive.read(archive.namelist()[0]).decode()
    rows = sorted(csv.DictReader(io.StringIO(text)), key=lambda row: row["Date"])
    found = {}
    for currency in ("CHF", "USD"):
        known = [(date.fromisoformat(row["Date"]), Decimal(row[currency])) for row in rows]
        found[currency] = ([day for day, _ in known], [amount for _, amount in known])
    return found


def euro_rate(published, currency, day):
    days, amounts = published[currency]
    return amounts[bisect_right(days, day) - 1]


def bring_in(owner, member, prices, currency, brand):
    """A watch that was bought on the first day of a series, and is worth that; its scope."""
    watch_id = add_watch(member, brand, purchased_on=min(prices))
    owner.execute(
        ADD, [member.household_id, watch_id, currency, list(prices), list(prices.values())]
    )
    return Scope(brand_ids=(get_watch(member, watch_id).brand_id,))


def values(member, scope, currency, start, end=TODAY):
    """Day → value, of every day of the series."""
    with db.read(member) as connection:
        found = analytics.days(connection, member, scope, currency, start, end, 1)
    assert not any(one.missing for one in found)
    return {one.day: one.value for one in found}


def test_a_series_in_francs_is_converted_at_the_banks_rate_of_each_day(member, owner, published):
    prices = series(ROLEX)
    scope = bring_in(owner, member, prices, "CHF", "Rolex")
    euros = values(member, scope, "EUR", min(prices), max(prices))
    assert len(prices) > 1_800
    weekends = 0
    for day, francs in prices.items():
        assert abs(euros[day] - francs / euro_rate(published, "CHF", day)) < EXACT, day
        weekends += day.weekday() > 4
    assert weekends > 500


def test_a_series_in_euros_is_converted_through_the_franc_shock(member, owner, published):
    prices = series(DATEJUST)
    scope = bring_in(owner, member, prices, "EUR", "Rolex")
    for currency in ("CHF", "USD"):
        found = values(member, scope, currency, min(prices), max(prices))
        for day, euros in prices.items():
            assert abs(found[day] - euros * euro_rate(published, currency, day)) < EXACT, day
    assert max(prices) - min(prices) > timedelta(6_000)


def test_one_watch_published_in_two_currencies_agrees_in_the_mean(member, owner, published):
    """As published: whole francs, whole euros, the euros at the rate of the working day before."""
    francs = series(ROLEX)
    euros = {
        day: (price / euro_rate(published, "CHF", day - timedelta(1))).quantize(Decimal(1))
        for day, price in francs.items()
    }
    first, last = min(francs), max(francs)
    ours = values(member, bring_in(owner, member, francs, "CHF", "Rolex"), "CHF", first, last)
    theirs = values(member, bring_in(owner, member, euros, "EUR", "Other"), "CHF", first, last)
    ratios = [float(ours[day] / theirs[day]) for day in francs]
    assert abs(statistics.mean(ratios) - 1) < 0.01
    assert statistics.pstdev(ratios) < 0.01
    assert set(ratios) != {1.0}


def test_a_price_of_0_in_a_file_is_no_price(member, owner):
    prices = series(OMEGA)
    scope = bring_in(owner, member, prices, "CHF", "Omega")
    found = values(member, scope, "CHF", min(prices), max(prices))
    known = {day: price for day, price in prices.items() if price}
    assert len(prices) - len(known) > 100
    assert found[min(prices)] == known[min(known)]  # until there is a price, the first one
    newest = None
    for day in sorted(found):
        newest = known.get(day, newest)
        if newest is not None:
            assert found[day] == newest, day
    assert min(found.values()) > 0

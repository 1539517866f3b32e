"""TTWROR of the few days that are read is that of every day, worked out by hand."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from data import analytics, db, figures
from data.calc import performance
from data.scope import EVERYTHING
from tests.collector import TODAY, add_value, add_watch

START = TODAY - timedelta(days=900)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def collection(member):
    """Bought and sold in three currencies, valued now and then, one of them only at cost."""
    first = add_watch(member, price="6500 EUR", purchased_on=ago(1200))
    for days, amount in ((800, "7000"), (430, "6200"), (12, "7900")):
        add_value(member, first, f"{amount} EUR", ago(days))
    yen = add_watch(member, "Seiko", "Turtle", price="60000 JPY", purchased_on=ago(700))
    add_value(member, yen, "80000 JPY", ago(333))
    add_watch(member, "Omega", "At cost", price="9000 CHF", purchased_on=ago(511))
    sold = {"status": "sold", "disposed_on": ago(200), "sale_currency": "USD"}
    gone = add_watch(
        member, "Tudor", "Gone", price="3000 USD", purchased_on=ago(650),
        sale_price=Decimal(3900), sale_fees=Decimal(150), **sold,
    )  # fmt: skip
    add_value(member, gone, "3300 USD", ago(300))


@pytest.mark.usefixtures("collection")
@pytest.mark.parametrize("currency", ["EUR", "CHF", "USD"])
def test_the_days_that_are_read_have_the_return_of_all_days(member, currency):
    with db.read(member) as connection:
        asked = (connection, member, EVERYTHING, currency)
        few = analytics.days(*asked, START, TODAY, 300)
        every = figures.trend(connection, member, currency, START, TODAY, 1)
        held = analytics.holdings(*asked, TODAY)
    came = {one.acquired_on: one.cost for one in held}
    went = {one.disposed_on + timedelta(1): one.proceeds for one in held if one.disposed_on}
    level = Decimal(1)
    for before, day in pairwise(every):
        level *= (day.value + went.get(day.day, 0)) / (before.value + came.get(day.day, 0))
    found = performance.time_weighted(few)
    assert len(few) < len(every) / 5
    assert found.total == pytest.approx(float(level) - 1, abs=1e-9)
    months = performance.by_month(found.days)
    assert len(months) in {30, 31}
    assert None not in months.values()

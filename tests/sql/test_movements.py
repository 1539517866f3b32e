"""Who moved in a period: watch by watch it adds up to the gain of the whole."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import analytics, db, movements
from data.calc import performance
from data.scope import EVERYTHING, Scope
from tests.collector import TODAY, add_value, add_watch

START = date(2025, 10, 30)
ALL = 10_000
CENT = Decimal("0.01")


def movers(member, start=START, end=TODAY, currency="EUR", limit=ALL, scope=EVERYTHING):
    with db.read(member) as connection:
        return movements.movers(connection, member, scope, currency, start, end, limit)


def gain(member, start=START, end=TODAY, currency="EUR"):
    with db.read(member) as connection:
        days = analytics.days(connection, member, EVERYTHING, currency, start, end, 7)
    return performance.gained(days)


@pytest.fixture
def lives(member):
    """One of each kind of life."""
    early, later = date(2020, 1, 7), date(2026, 2, 3)
    held = add_watch(member, model="Held", price="5000 CHF", purchased_on=early)
    add_value(member, held, "6000 USD", date(2026, 5, 1))
    came = add_watch(member, model="Came", price="900000 JPY", purchased_on=later)
    add_value(member, came, "4000 GBP", date(2026, 6, 1))
    sold = add_watch(
        member, model="Sold", price="3000 EUR", purchased_on=early, status="sold",
        disposed_on=date(2026, 3, 3), sale_price=Decimal(4200), sale_currency="CHF",
    )  # fmt: skip
    add_value(member, sold, "3500 EUR", date(2025, 1, 1))
    lost = add_watch(
        member, model="Lost", price="800 EUR", purchased_on=early, status="lost", disposed_on=later
    )
    given = add_watch(member, model="Given", price="0 EUR", purchased_on=later)
    add_value(member, given, "700 EUR", date(2026, 3, 1))
    nameless = add_watch(member, model="No cost", purchased_on=later)
    add_value(member, nameless, "1500 USD", date(2026, 4, 1))
    add_watch(member, model="Nothing known", purchased_on=later)
    day = add_watch(
        member, model="One day", price="100 EUR", purchased_on=later, status="sold", disposed_on=later,
        sale_price=Decimal(150), sale_currency="EUR",
    )  # fmt: skip
    return {"held": held, "came": came, "sold": sold, "lost": lost, "given": given, "one day": day}


@pytest.mark.parametrize("currency", ["EUR", "CHF", "JPY"])
@pytest.mark.parametrize(
    ("start", "end"),
    [(START, TODAY), (date(2019, 1, 1), TODAY), (date(2026, 2, 3), date(2026, 3, 4)),
     (date(2026, 3, 3), date(2026, 3, 4)), (date(2026, 2, 2), date(2026, 2, 3))],
)  # fmt: skip
def test_the_watches_add_up_to_the_gain_of_the_period(member, lives, start, end, currency):
    parts = sum((one.moved for one in movers(member, start, end, currency)), Decimal())
    assert abs(parts - gain(member, start, end, currency)) < CENT


def test_each_life_moves_by_its_own_account(member, lives):
    moved = {one.model: one.moved for one in movers(member)}
    assert moved["One day"] == 50
    assert moved["Given"] == 700
    assert not {"Lost", "Nothing known"} & moved.keys()  # it went at its last value


def test_only_the_largest_are_returned_and_all_are_counted(member, lives):
    everything, few = movers(member), movers(member, limit=1)
    assert len(few) <= 2
    assert few[0] == everything[0]
    assert (few[0].rising, few[0].falling) == (
        sum(one.moved > 0 for one in everything),
        sum(one.moved < 0 for one in everything),
    )


def test_a_currency_without_a_rate_leaves_its_watch_out(member):
    watch_id = add_watch(member, model="Raketa", price="90000 RUB", purchased_on=date(2020, 1, 7))
    add_value(member, watch_id, "99000 RUB", TODAY - timedelta(days=3))
    assert movers(member) == ()


def test_another_household_sees_none_of_it(member, other, lives):
    assert movers(other) == ()


def test_a_scope_narrows_it(member, lives):
    with db.read(member) as connection:
        brand_id = connection.exec_driver_sql("select brand_id from brand limit 1").scalar()
    assert len(movers(member, scope=Scope(brand_ids=(brand_id,)))) == len(movers(member))
    assert "Sold" not in {one.model for one in movers(member, scope=Scope(gone=False))}

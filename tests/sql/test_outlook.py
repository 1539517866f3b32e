"""What stands behind the value of each month: how much of it was recorded lately."""

from datetime import date, timedelta
from decimal import Decimal

from data import analytics, db, outlook, watches
from data.calc.monthly import MOST_MONTHS
from data.scope import EVERYTHING, Scope
from tests.collector import TODAY, add_value, add_watch
from tests.people import again

LAST = date(2026, 9, 30)  # the last month that is over


def months(member, currency="EUR", scope=EVERYTHING, today=TODAY):
    """Last day of a month → (values recorded in it, held at its end, of that fresh)."""
    with db.read(again(member)) as connection:
        found = outlook.months(connection, member, scope, currency, today)
    assert [one.day for one in found] == sorted({one.day for one in found})
    return {one.day: (one.recorded, one.held, one.fresh) for one in found}


def test_a_value_is_fresh_for_half_a_year_and_held_until_the_next(member):
    watch_id = add_watch(member, price="900 EUR", purchased_on=date(2024, 1, 10))
    add_value(member, watch_id, "1000 EUR", date(2024, 3, 31))
    add_value(member, watch_id, "1200 EUR", date(2025, 6, 1))
    found = months(member)
    assert found[date(2024, 1, 31)] == (0, 900, 0)  # a cost is no recorded value
    assert found[date(2024, 3, 31)] == (1, 1000, 1000)
    assert found[date(2024, 8, 31)] == (0, 1000, 1000)
    assert found[date(2024, 9, 30)] == (0, 1000, 1000)  # 183 days
    assert found[date(2024, 10, 31)] == (0, 1000, 0)
    assert found[date(2025, 6, 30)] == (1, 1200, 1200)
    assert found[date(2025, 12, 31)] == (0, 1200, 0)  # 213 days
    assert list(found)[-1] == LAST


def test_only_the_last_of_several_values_is_fresh(member):
    watch_id = add_watch(member, purchased_on=date(2026, 1, 1))
    for n in range(5):
        add_value(member, watch_id, f"{1000 + n} EUR", date(2026, 5, 3) + timedelta(days=5 * n))
    assert months(member)[date(2026, 5, 31)] == (5, 1004, 1004)


def test_two_watches_of_which_one_is_valued(member):
    one = add_watch(member, price="3000 EUR", purchased_on=date(2020, 5, 1))
    add_watch(member, price="1000 EUR", purchased_on=date(2020, 5, 1))
    add_value(member, one, "4000 EUR", date(2026, 9, 1))
    assert months(member)[LAST] == (1, 5000, 4000)


def test_what_is_gone_is_neither_held_nor_fresh(member):
    watch_id = add_watch(
        member,
        price="3000 EUR",
        purchased_on=date(2020, 5, 1),
        status="sold",
        disposed_on=date(2026, 8, 15),
    )
    add_value(member, watch_id, "4000 EUR", date(2026, 6, 1))
    found = months(member)
    assert found[date(2026, 7, 31)] == (0, 4000, 4000)
    assert found[date(2026, 8, 31)] == (0, 0, 0)
    assert not any(any(one) for one in months(member, scope=Scope(gone=False)).values())


def test_a_value_before_the_purchase_is_fresh_from_the_purchase_on(member):
    watch_id = add_watch(member, price="3000 EUR", purchased_on=date(2026, 6, 20))
    add_value(member, watch_id, "4000 EUR", date(2026, 4, 1))
    found = months(member)
    assert found[date(2026, 5, 31)] == (0, 0, 0)
    assert found[date(2026, 6, 30)] == (1, 4000, 4000)
    assert found[LAST] == (0, 4000, 4000)  # 182 days


def test_amounts_are_those_of_the_trend_in_any_currency(member):
    for n, currency in enumerate(("USD", "CHF", "JPY")):
        watch_id = add_watch(member, price=f"900 {currency}", purchased_on=date(2023, 1, 10))
        for back in range(n, 30, 2):
            day = TODAY - timedelta(days=30 * back)
            add_value(member, watch_id, f"{1000 + 10 * back} {currency}", day)
    found = months(member, "GBP")
    with db.read(again(member)) as connection:
        days = analytics.days(connection, member, EVERYTHING, "GBP", date(2023, 1, 1), TODAY, 1)
    values = {one.day: one.value for one in days}
    compared = [day for day in found if day in values]
    assert len(compared) > 40
    for day in compared:
        assert abs(found[day][1] - values[day]) < Decimal("0.0001")
        assert found[day][2] <= found[day][1] + Decimal("0.0001")


def test_the_last_ten_years_are_looked_at_whatever_came_before(member):
    watch_id = add_watch(member, price="100 EUR", purchased_on=date(1966, 5, 1))
    for year in range(1966, 2026, 5):
        add_value(member, watch_id, f"{year} EUR", date(year, 6, 1))
    found = months(member)
    assert MOST_MONTHS <= len(found) <= MOST_MONTHS + 10
    assert [held for _, held, _ in found.values()][::60] == [2011, 2016, 2021]


def test_a_currency_without_a_rate_is_in_neither_sum(member):
    one = add_watch(member, price="3000 EUR", purchased_on=date(2024, 5, 1))
    two = add_watch(member, price="3000 RUB", purchased_on=date(2024, 5, 1))
    add_value(member, one, "4000 EUR", date(2026, 9, 1))
    add_value(member, two, "4000 RUB", date(2026, 9, 1))
    assert months(member)[LAST][1:] == (4000, 4000)


def test_an_imported_0_and_an_insured_value_are_no_values(member):
    watch_id = add_watch(member, price="3000 EUR", purchased_on=date(2024, 5, 1))
    add_value(member, watch_id, "9000 EUR", date(2026, 9, 1), kind="insured")
    assert months(member)[LAST] == (0, 3000, 0)


def test_another_household_is_not_looked_at(member, other):
    theirs = add_watch(other, price="3000 EUR", purchased_on=date(2024, 5, 1))
    add_value(other, theirs, "4000 EUR", date(2026, 9, 1))
    assert all(not any(one) for one in months(member).values())


def test_a_brand_is_looked_at_alone(member):
    add_watch(member, "Seiko", price="500 EUR", purchased_on=date(2024, 5, 1))
    add_watch(member, "Omega", price="3000 EUR", purchased_on=date(2024, 5, 1))
    with db.read(member) as connection:
        brands = {one.name: one.brand_id for one in watches.brands(connection, member)}
    assert months(member, scope=Scope(brand_ids=(brands["Seiko"],)))[LAST][1] == 500

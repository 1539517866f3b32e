"""The rates of a currency in one row say what the rates of the days say."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import db, fx
from tests.collector import TODAY
from tests.sql.test_fx import table

pytestmark = pytest.mark.own_database  # rates change here
DIFFERENT = """select count(*) from fx_day f left join rate_series s using (currency)
    where rate_in(s.rates, s.first_day, f.day) is distinct from f.eur_rate"""
BOTH = """select (select count(*) from fx_day),
    (select count(*) from rate_series cross join unnest(rates) rate where rate > 0)"""


def on(owner, currency, day):
    found = owner.execute(
        "select rate_in(rates, first_day, %s) from rate_series where currency = %s", [day, currency]
    )
    return found.fetchone()[0]


def agree(owner):
    days, rates = owner.execute(BOTH).fetchone()
    return days == rates > 0 and owner.execute(DIFFERENT).fetchone()[0] == 0


def load(*lines):
    with db.maintenance() as connection:
        fx.load(connection, table(*lines))


def test_every_rate_of_a_day_is_in_its_series_and_no_other(owner):
    assert agree(owner)
    assert on(owner, "USD", date(1999, 1, 3)) is None
    assert on(owner, "USD", TODAY + timedelta(1)) is None
    assert on(owner, "USD", date(2024, 5, 5)) == on(owner, "USD", date(2024, 5, 3))
    assert on(owner, "RUB", TODAY) is None
    assert on(owner, "EUR", TODAY) == 1


def test_newer_rates_are_added_at_its_end(owner):
    before = on(owner, "USD", TODAY)
    load("2026-11-03,1.5,0.9,", "2026-11-04,N/A,0.8,")
    assert agree(owner)
    assert on(owner, "USD", TODAY) == on(owner, "USD", TODAY + timedelta(3)) == before
    assert (on(owner, "USD", date(2026, 11, 4)), on(owner, "CHF", date(2026, 11, 4))) == (
        Decimal("1.5"),
        Decimal("0.8"),
    )


def test_days_between_two_times_of_a_currency_have_no_rate(owner):
    load("2026-12-24,N/A,0.8,")
    load("2027-01-05,1.25,0.7,")
    assert agree(owner)
    assert on(owner, "USD", TODAY + timedelta(7)) is not None
    assert on(owner, "USD", date(2026, 12, 24)) is None
    assert on(owner, "USD", date(2027, 1, 5)) == Decimal("1.25")


@pytest.mark.parametrize("since", ["0001-01-01", "2009-12-31", "2026-10-30", "2030-01-01"])
def test_derived_again_from_any_day_on_it_is_the_same(owner, since):
    owner.execute("call fx_fill(%s)", [since])
    assert agree(owner)


def test_a_rate_of_a_day_that_is_changed_or_taken_away_is_so_in_the_series(owner):
    owner.execute("update fx_day set eur_rate = 2 where currency = 'USD' and day = '2020-01-02'")
    owner.execute(
        "delete from fx_day where currency = 'CHF' and day between '2020-02-01' and '2020-02-03'"
    )
    owner.execute("delete from fx_day where currency = 'PLN'")
    assert agree(owner)
    assert on(owner, "USD", date(2020, 1, 2)) == 2
    assert on(owner, "CHF", date(2020, 2, 2)) is None
    assert on(owner, "CHF", date(2020, 2, 4)) is not None
    owner.execute("delete from fx_day")
    assert owner.execute("select count(*) from rate_series").fetchone()[0] == 0


def test_a_rate_that_is_no_more_is_taken_from_its_end(owner):
    owner.execute("delete from fx_rate where rate_date > '2026-10-01'")
    owner.execute("call fx_fill('2026-10-01')")
    assert agree(owner)
    assert on(owner, "USD", TODAY) is None

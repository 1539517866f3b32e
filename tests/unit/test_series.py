import math
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from data.calc.missing import Missing
from data.calc.series import Change, High, Point, all_time_high, change_since, value_on

START = date(2024, 1, 1)
stored = st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2)
series = st.dictionaries(st.integers(0, 2000), stored, max_size=12).map(
    lambda amounts: steps(*sorted(amounts.items()))
)


def steps(*days_and_amounts):
    """A series from (days after the start, amount)."""
    return [Point(START + timedelta(days=n), Decimal(a)) for n, a in days_and_amounts]


def day(n):
    return START + timedelta(days=n)


def test_a_value_holds_until_the_next():
    points = steps((10, 100), (20, 150))
    assert [value_on(points, day(n)) for n in (9, 10, 19, 20, 999)] == [None, 100, 100, 150, 150]


def test_an_empty_series_has_no_value():
    assert value_on([], START) is None
    assert isinstance(change_since([], START, 30), Missing)
    assert isinstance(all_time_high([]), Missing)


def test_a_change_compares_today_with_the_value_that_held_then():
    points = steps((0, 100), (10, 200), (80, 150))
    assert change_since(points, day(90), 30) == Change(Decimal(-50), -0.25)
    assert change_since(points, day(90), 90) == Change(Decimal(50), 0.5)


def test_a_value_after_today_does_not_count():
    points = steps((0, 100), (200, 999))
    assert change_since(points, day(100), 30) == Change(Decimal(0), 0.0)


def test_there_is_no_change_since_before_the_first_value():
    assert change_since(steps((10, 5)), day(39), 30) == Missing("There was no value 30 days ago.")
    assert change_since(steps((10, 5)), day(40), 30) == Change(Decimal(0), 0.0)


def test_a_rise_from_zero_has_no_percentage():
    assert change_since(steps((0, 0), (10, 5)), day(30), 30) == Change(Decimal(5), None)


def test_the_all_time_high_is_the_first_day_of_the_highest_value():
    points = steps((0, 100), (10, 200), (20, 200), (30, 150))
    assert all_time_high(points) == High(day(10), Decimal(200), -0.25)


def test_at_the_high_the_distance_is_zero():
    assert all_time_high(steps((0, 100), (10, 200))).distance == 0.0
    assert all_time_high(steps((0, 0), (10, 0))).distance == 0.0


def test_one_value_is_no_all_time_high():
    assert all_time_high(steps((0, 100))) == Missing("An all-time high needs at least two values.")


@given(series, st.integers(-5, 2010))
def test_the_value_on_a_day_is_the_newest_until_then(points, n):
    known = [point.amount for point in points if point.day <= day(n)]
    assert value_on(points, day(n)) == (known[-1] if known else None)


@given(series, st.integers(-5, 2010), st.sampled_from([30, 90, 365]))
def test_a_change_leads_from_then_to_now(points, n, days):
    change = change_since(points, day(n), days)
    then = value_on(points, day(n - days))
    assert isinstance(change, Missing) == (then is None)
    if isinstance(change, Change):
        assert then + change.amount == value_on(points, day(n))
        assert change.fraction is None or math.isfinite(change.fraction)


@given(series)
def test_nothing_is_above_the_all_time_high(points):
    high = all_time_high(points)
    assert isinstance(high, Missing) == (len(points) < 2)
    if isinstance(high, High):
        assert max(point.amount for point in points) == high.amount == value_on(points, high.day)
        assert -1 <= high.distance <= 0

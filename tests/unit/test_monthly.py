"""Months of real values, and what is said where they are too few."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc.missing import Missing
from data.calc.monthly import (
    FEWEST_MONTHS,
    MOST_MONTHS,
    NOTHING,
    STALE,
    Basis,
    basis_of,
    last_month_end,
    months_later,
    regular,
)
from data.calc.series import Point

TODAY = date(2026, 10, 30)
LAST = date(2026, 9, 30)  # the last month that is over


def every(days, number, amount=1000, step=1, until=TODAY):
    """So many values, ``days`` apart, the newest today; each a little higher."""
    return [
        Point(until - timedelta(days=days * n), Decimal(amount + step * (number - n)))
        for n in range(number)
    ][::-1]


def months_of(points, today=TODAY):
    return regular(points, basis_of(points, today), today)


def test_monthly_values_become_months_up_to_the_last_full_one():
    found = months_of(every(30, 40))
    assert found.ends[-1].day == LAST
    assert found.today == Point(TODAY, Decimal(1040))
    assert all(a.day < b.day for a, b in pairwise(found.ends))
    assert all((point.day + timedelta(days=1)).day == 1 for point in found.ends)


def test_the_value_of_a_month_is_the_one_at_its_end_carried_forward():
    points = every(30, 40)
    found = months_of(points)
    for end in found.ends:
        assert end.amount == [one.amount for one in points if one.day <= end.day][-1]


def test_a_month_that_ends_today_is_over():
    assert last_month_end(date(2026, 9, 30)) == date(2026, 9, 30)
    assert last_month_end(date(2026, 10, 1)) == date(2026, 9, 30)
    assert last_month_end(date(2026, 9, 29)) == date(2026, 8, 31)


def test_fewer_than_24_months_are_named_with_their_number():
    found = months_of(every(30, 20))
    assert isinstance(found, Missing)
    assert "24 months in a row" in found.reason
    assert found.reason.endswith("so far there are 18.")


def test_one_value_carried_forward_for_years_is_no_series():
    found = months_of([Point(date(2016, 1, 1), Decimal(1000))])
    assert found == Missing(STALE)


def test_a_value_a_year_is_too_few_however_long():
    found = months_of(every(365, 30))
    assert isinstance(found, Missing)


def test_two_values_a_year_need_twelve_months_with_a_value():
    assert isinstance(months_of(every(180, 8)), Missing)
    assert "12 different months" in months_of(every(180, 8)).reason
    assert len(months_of(every(180, 13)).ends) > 60


def test_months_before_a_gap_of_more_than_half_a_year_do_not_count():
    new = every(30, 30)
    old = every(30, 60, until=new[0].day - timedelta(days=300))
    found = months_of(old + new)
    assert found.ends[0].day >= new[0].day
    assert len(found.ends) >= FEWEST_MONTHS


def test_values_that_stopped_half_a_year_ago_are_too_old():
    assert months_of(every(30, 60, until=TODAY - timedelta(days=250))) == Missing(STALE)


def test_an_import_filled_up_with_one_amount_counts_from_where_it_moves():
    flat = every(1, 3000, step=0, until=TODAY - timedelta(days=1000))
    moving = every(1, 999)
    found = months_of(flat + moving)
    assert len(found.ends) == len([end for end in found.ends if end.day >= moving[0].day])
    assert months_of(every(1, 3000, step=0)) == Missing(STALE)


def test_the_same_amount_again_within_a_year_is_a_new_value():
    points = [
        Point(one.day, one.amount if n % 10 == 0 else Decimal(1000))
        for n, one in enumerate(every(30, 40))
    ]
    assert len(months_of(points).ends) > 30


def test_sixty_years_are_ten():
    found = months_of(every(30, 730))
    assert len(found.ends) == MOST_MONTHS
    assert found.ends[-1].day == LAST


@pytest.mark.parametrize("points", [[], [Point(TODAY + timedelta(days=1), Decimal(5))]])
def test_without_a_value_there_is_nothing_to_look_ahead_from(points):
    assert months_of(points) == Missing(NOTHING)


def test_a_value_of_0_today_has_no_outlook_and_one_in_the_past_begins_a_new_series():
    points = every(30, 60)
    assert months_of([*points[:-1], Point(TODAY, Decimal(0))]) == Missing(NOTHING)
    points[20] = Point(points[20].day, Decimal(0))
    found = months_of(points)
    assert found.ends[0].day > points[20].day
    assert all(end.amount > 0 for end in found.ends)


def test_a_month_nobody_knows_anything_of_ends_the_row():
    points = every(30, 60)
    basis = basis_of(points, TODAY)
    del basis[date(2024, 9, 30)]
    assert regular(points, basis, TODAY).ends[0].day == date(2024, 10, 31)
    assert isinstance(regular(points, {LAST: Basis(recorded=True, fresh=True)}, TODAY), Missing)


def test_months_later_stay_within_the_month():
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 1, 15), -12) == date(2025, 1, 15)


@given(
    st.dictionaries(st.integers(0, 4000), st.integers(0, 10**6), max_size=200),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_months_are_in_a_row_above_zero_and_real(amounts, today):
    points = [
        Point(date(2026, 12, 31) - timedelta(days=n), Decimal(amount))
        for n, amount in sorted(amounts.items(), reverse=True)
    ]
    found = months_of(points, today)
    if isinstance(found, Missing):
        assert found.reason.endswith(".")
        return
    assert FEWEST_MONTHS <= len(found.ends) <= MOST_MONTHS
    for before, after in pairwise(found.ends):
        first = before.day + timedelta(days=1)  # of the month of ``after``
        assert after.day == months_later(first, 1) - timedelta(days=1)
    for end in found.ends:
        assert end.amount > 0
        assert any(0 <= (end.day - point.day).days <= 183 for point in points)

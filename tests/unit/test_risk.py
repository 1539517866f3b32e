import math
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc import risk
from data.calc.missing import Missing
from data.calc.risk import Level, concentration, drawdown, falls, swing, volatility

START = date(2024, 1, 1)
levels = st.lists(st.floats(0, 1e9), min_size=2, max_size=50)
stored = st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2)


def over(*values, every=1):
    return [Level(START + timedelta(n * every), value) for n, value in enumerate(values)]


def day(n):
    return START + timedelta(n)


def test_the_deepest_fall_is_from_the_peak_before_it():
    found = drawdown(over(1, 1.5, 1.2, 1.4, 0.9, 1.2))
    assert found.deepest == pytest.approx(0.4)
    assert (found.peak_on, found.bottom_on, found.recovered_on) == (day(1), day(4), None)
    assert found.present == pytest.approx(0.2)
    assert found.present_peak_on == day(1)


def test_a_fall_is_over_when_the_peak_is_reached_again():
    found = drawdown(over(1, 2, 1, 1.5, 2, 1.9))
    assert found.recovered_on == day(4)
    assert found.present == pytest.approx(0.05)
    assert found.present_peak_on == day(4)


def test_the_longest_time_is_from_the_last_peak_to_a_new_one_or_the_end():
    assert drawdown(over(1, 2, 1, 1, 1, 3, 2)).longest == (day(1), day(5))
    assert drawdown(over(1, 2, 1, 3, 2, 2, 2)).longest == (day(3), day(6))
    assert drawdown(over(1, 2, 1, 3, 2, 2, 2)).longest_days == 3


def test_a_flat_stretch_at_the_peak_is_no_fall():
    found = drawdown(over(1, 1, 1, 1, 1))
    assert (found.deepest, found.present, found.longest_days) == (0, 0, 1)


def test_one_level_has_no_fall():
    assert isinstance(drawdown(over(1)), Missing)
    assert isinstance(drawdown([]), Missing)


def test_a_fall_to_nothing_is_all_of_it():
    found = drawdown(over(1, 2, 0, 0))
    assert (found.deepest, found.present, found.bottom_on) == (1, 1, day(2))


@given(levels)
def test_falls_of_levels_that_are_not_negative_are_from_nothing_to_all(values):
    assert all(0 <= fall <= 1 for fall in falls(values))
    found = drawdown(over(*values))
    assert 0 <= found.present <= found.deepest <= 1
    assert found.peak_on <= found.bottom_on
    assert found.recovered_on is None or found.bottom_on < found.recovered_on
    assert 0 < found.longest_days <= len(values) - 1


@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=50), st.floats(0.001, 1000))
def test_a_fall_does_not_know_in_which_unit_money_is_counted(values, factor):
    scaled = drawdown(over(*(value * factor for value in values)))
    assert scaled.deepest == pytest.approx(drawdown(over(*values)).deepest, abs=1e-9)


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=30))
def test_rising_levels_never_fall(values):
    assert drawdown(over(*sorted(values))).deepest == 0


def test_volatility_is_the_swing_of_a_year():
    """Up a tenth and down to where it was, each month."""
    monthly = over(*([1, 1.1] * 13), every=30)
    logs = [math.log(1.1), -math.log(1.1)] * 12 + [math.log(1.1)]
    mean = sum(logs) / 25
    deviation = math.sqrt(sum((one - mean) ** 2 for one in logs) / 24)
    assert volatility(monthly) == pytest.approx(deviation * math.sqrt(365.25 / 30))


def test_too_few_values_have_no_volatility():
    assert "at least; there are 11" in volatility(over(*range(1, 12), every=30)).reason
    assert isinstance(volatility(over(*range(1, 13), every=30)), float)


def test_values_far_apart_have_no_volatility_however_many_they_are():
    assert isinstance(volatility(over(*range(1, 40), every=45)), float)
    assert "45 days apart" in volatility(over(*range(1, 40), every=46)).reason


def test_most_of_the_gaps_must_be_short():
    assert risk.is_regular([30] * 6 + [400] * 5)
    assert not risk.is_regular([30] * 5 + [400] * 6)
    assert not risk.is_regular([30] * 10)


def test_a_total_loss_has_no_volatility():
    assert isinstance(volatility(over(*([1.0] * 12), 0.0, every=30)), Missing)


@given(st.lists(st.floats(0.01, 1e6), min_size=12, max_size=40), st.floats(0.01, 100))
def test_volatility_is_a_number_whatever_the_unit(values, factor):
    plain = volatility(over(*values, every=30))
    scaled = volatility(over(*(value * factor for value in values), every=30))
    assert math.isfinite(plain)
    assert plain >= 0
    assert scaled == pytest.approx(plain, rel=1e-6, abs=1e-6)


@given(st.lists(st.floats(-0.99, 10), max_size=40), st.randoms())
def test_the_order_of_returns_does_not_change_the_swing(returns, shuffler):
    shuffled = shuffler.sample(returns, len(returns))
    assert swing(shuffled) == pytest.approx(swing(returns))
    assert 0 <= risk.downward_swing(returns) <= swing(returns) * (1 + 1e-9)


def test_one_watch_is_all_of_the_value():
    found = concentration([Decimal(500)])
    assert (found.largest, found.top_five, found.herfindahl, found.alike) == (1, 1, 1, 1)


def test_equal_watches_are_as_many_as_they_are():
    found = concentration([Decimal(100)] * 20)
    assert found.largest == pytest.approx(0.05)
    assert found.top_five == pytest.approx(0.25)
    assert found.alike == pytest.approx(20)


def test_without_a_value_nothing_is_shared_out():
    assert isinstance(concentration([]), Missing)
    assert isinstance(concentration([Decimal(), Decimal()]), Missing)


@given(st.lists(stored, min_size=1, max_size=30), st.randoms())
def test_shares_are_parts_of_a_whole_in_any_order(values, shuffler):
    found = concentration(values)
    if isinstance(found, Missing):
        assert not any(values)
        return
    assert 0 < found.largest <= found.top_five <= 1
    assert 1 / len(values) <= found.herfindahl * (1 + 1e-9) <= 1 + 1e-9
    assert concentration(shuffler.sample(values, len(values))) == found

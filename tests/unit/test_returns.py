import math
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc.missing import Missing
from data.calc.returns import CashFlow, annualised, money_weighted, simple_return

START = date(2000, 1, 1)
stored = st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2)
prices = st.decimals(min_value=100, max_value=100_000, places=2)
signed = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
some_flows = st.lists(st.tuples(st.integers(0, 12_000), signed), max_size=8)


def flows(*days_and_amounts):
    """Flows from (days after the start, amount)."""
    return [CashFlow(START + timedelta(days=n), Decimal(a)) for n, a in days_and_amounts]


def is_number_or_missing(answer):
    return isinstance(answer, Missing) or math.isfinite(answer)


def test_a_watch_that_doubled_returned_all_of_its_cost():
    assert simple_return(Decimal(1000), Decimal(2000)) == 1.0


def test_a_value_of_zero_is_a_total_loss():
    assert simple_return(Decimal(1000), Decimal(0)) == -1.0
    assert annualised(Decimal(1000), Decimal(0), 400) == -1.0


@pytest.mark.parametrize("cost", [0, -1])
def test_without_a_cost_there_is_no_return(cost):
    answer = Missing("There is no cost to compare with.")
    assert simple_return(Decimal(cost), Decimal(5)) == answer
    assert annualised(Decimal(cost), Decimal(5), 400) == answer


def test_a_negative_value_is_no_percentage():
    assert "below zero" in simple_return(Decimal(5), Decimal(-1)).reason
    assert "below zero" in annualised(Decimal(5), Decimal(-1), 400).reason


def test_a_return_is_annualised_from_365_days_on():
    assert annualised(Decimal(100), Decimal(110), 364) == Missing("Held for less than a year.")
    assert annualised(Decimal(100), Decimal(110), 365) == pytest.approx(0.1 * 1.00074, rel=1e-4)


@pytest.mark.parametrize("days", [-1, 0])
def test_no_days_held_are_too_few(days):
    assert isinstance(annualised(Decimal(100), Decimal(110), days), Missing)


@given(prices, prices, st.integers(365, 20_000))
def test_the_annualised_return_compounds_to_the_whole_return(cost, value, days):
    yearly = annualised(cost, value, days)
    assert (1 + yearly) ** (days / 365.25) == pytest.approx(float(value / cost))


@given(stored, stored, st.integers(-1, 50_000))
def test_returns_are_numbers_or_missing(cost, value, days):
    assert is_number_or_missing(simple_return(cost, value))
    assert is_number_or_missing(annualised(cost, value, days))


def test_microsofts_own_example_of_xirr():
    example = [("2008-01-01", -10000), ("2008-03-01", 2750), ("2008-10-30", 4250)]
    example += [("2009-02-15", 3250), ("2009-04-01", 2750)]
    answer = money_weighted([CashFlow(date.fromisoformat(d), Decimal(a)) for d, a in example])
    assert answer == pytest.approx(0.373362535, abs=1e-8)


def test_a_year_has_365_days_for_xirr():
    assert money_weighted(flows((0, -100), (365, 110))) == pytest.approx(0.1)
    assert money_weighted(flows((0, -100), (366, 110))) == pytest.approx(1.1 ** (365 / 366) - 1)


@pytest.mark.parametrize("amounts", [[], [(0, -5)], [(0, -5), (99, -5)], [(0, -5), (99, 0)]])
def test_money_in_one_direction_has_no_rate(amounts):
    assert "both money paid and" in money_weighted(flows(*amounts)).reason


def test_less_than_thirty_days_have_no_yearly_rate():
    assert "Less than 30 days" in money_weighted(flows((0, -100), (29, 110))).reason
    assert isinstance(money_weighted(flows((0, -100), (30, 110))), float)


def test_flows_of_nothing_do_not_lengthen_the_time():
    assert "Less than 30 days" in money_weighted(flows((0, -100), (9, 110), (99, 0))).reason


def test_payments_no_rate_fits_have_none():
    answer = money_weighted(flows((0, -100), (365, 200), (730, -150)))
    assert answer == Missing("No yearly return fits these payments.")


def test_a_big_loss_after_many_years_has_a_rate():
    """pyxirr finds none here by itself; the root was found by bisection."""
    bought = flows((0, -77986.5), (2745, -697.48), (3508, -447.66), (9461, -269.33))
    bought += flows((9931, -22482.93), (10125, -23950.79))
    sold = flows((11618, 2005.68), (11936, 585.31))
    assert money_weighted(bought + sold) == pytest.approx(-0.4685674503061282, abs=1e-9)


@given(prices, prices, st.integers(30, 12_000))
def test_xirr_of_one_purchase_is_its_compound_rate(cost, value, days):
    answer = money_weighted(flows((0, -cost), (days, value)))
    exact = math.expm1(math.log(value / cost) * 365 / days)
    assert answer == pytest.approx(exact, rel=1e-6, abs=1e-6)


@given(some_flows, st.randoms())
def test_the_order_of_flows_does_not_matter(amounts, shuffler):
    shuffled = shuffler.sample(amounts, len(amounts))
    assert money_weighted(flows(*shuffled)) == money_weighted(flows(*amounts))


@given(st.lists(st.tuples(st.integers(0, 999), prices), min_size=1), prices, st.integers(2, 100))
def test_scaling_all_flows_leaves_the_rate(purchases, value, factor):
    held = [(day, -cost) for day, cost in purchases] + [(1400, value)]
    scaled = [(day, amount * factor) for day, amount in held]
    assert money_weighted(flows(*scaled)) == pytest.approx(money_weighted(flows(*held)), abs=1e-6)


@given(some_flows)
def test_xirr_is_a_number_above_total_loss_or_missing(amounts):
    answer = money_weighted(flows(*amounts))
    assert is_number_or_missing(answer)
    assert isinstance(answer, Missing) or answer >= -1

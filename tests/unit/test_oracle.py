"""The oracle itself, against cases worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.oracle import (
    OracleWatch,
    collection_value,
    count,
    held_cost,
    net_invested,
    paid_in,
    rate,
    taken_out,
    value_on,
)

FRIDAY, SUNDAY, MONDAY = date(2024, 5, 3), date(2024, 5, 5), date(2024, 5, 6)
BOUGHT, VALUED, SOLD = date(2024, 1, 10), date(2024, 3, 1), date(2024, 5, 3)
USD_RATES = {"USD": [(MONDAY, Decimal("1.25")), (FRIDAY, Decimal("1.5")), (BOUGHT, Decimal(2))]}
SPEEDMASTER = OracleWatch(
    status="owned",
    acquired_on=BOUGHT,
    cost=Decimal(6000),
    cost_currency="USD",
    disposed_on=None,
    proceeds=None,
    valuations=[(FRIDAY, Decimal(6600), "EUR"), (VALUED, Decimal(6300), "USD")],
)
SOLD_ONE = replace(SPEEDMASTER, status="sold", disposed_on=SOLD, proceeds=Decimal(7500))


def test_a_watch_is_worth_its_newest_valuation():
    assert value_on(SPEEDMASTER, VALUED) == (6300, "USD")
    assert value_on(SPEEDMASTER, date(2024, 5, 2)) == (6300, "USD")
    assert value_on(SPEEDMASTER, FRIDAY) == (6600, "EUR")


def test_before_its_first_valuation_a_watch_is_worth_its_cost():
    assert value_on(SPEEDMASTER, BOUGHT) == (6000, "USD")
    assert value_on(SPEEDMASTER, date(2024, 2, 29)) == (6000, "USD")


def test_without_a_cost_it_is_worth_its_first_valuation():
    gift = replace(SPEEDMASTER, cost=None, cost_currency=None)
    assert value_on(gift, BOUGHT) == (6300, "USD")
    assert value_on(replace(gift, valuations=[]), BOUGHT) is None


def test_a_valuation_from_before_the_purchase_counts_from_the_purchase_on():
    early = replace(SPEEDMASTER, valuations=[(date(2023, 12, 1), Decimal(5000), "CHF")])
    assert value_on(early, date(2024, 1, 9)) is None
    assert value_on(early, BOUGHT) == (5000, "CHF")


@pytest.mark.parametrize("status", ["wishlist", "ordered"])
def test_a_watch_that_is_not_here_yet_never_counts(status):
    wanted = replace(SPEEDMASTER, status=status)
    assert value_on(wanted, MONDAY) is None
    assert collection_value([wanted], USD_RATES, "EUR", MONDAY) == 0
    assert net_invested([wanted], USD_RATES, "EUR", MONDAY) == 0


def test_a_sold_watch_counts_on_the_day_of_the_sale_and_not_after():
    assert value_on(SOLD_ONE, SOLD) == (6600, "EUR")
    assert value_on(SOLD_ONE, date(2024, 5, 4)) is None


def test_a_weekend_uses_fridays_rate():
    assert rate(USD_RATES, "EUR", "USD", SUNDAY) == Decimal("1.5")
    assert rate(USD_RATES, "EUR", "USD", MONDAY) == Decimal("1.25")
    assert rate(USD_RATES, "USD", "EUR", MONDAY) == Decimal("0.8")


def test_two_currencies_convert_through_the_euro():
    rates = {"USD": [(FRIDAY, Decimal("1.2"))], "CHF": [(FRIDAY, Decimal("0.9"))]}
    assert rate(rates, "USD", "CHF", FRIDAY) == Decimal("0.75")


def test_there_is_no_rate_before_the_first_nor_for_an_unknown_currency():
    assert rate(USD_RATES, "EUR", "USD", date(2024, 1, 9)) is None
    assert rate(USD_RATES, "XAU", "EUR", MONDAY) is None
    assert rate({}, "EUR", "EUR", MONDAY) == 1


def test_a_box_that_was_offline_converts_at_the_newest_rates_it_has():
    assert rate(USD_RATES, "EUR", "USD", date(2024, 8, 1)) == Decimal("1.25")


def test_a_dead_currency_is_lost_after_a_week():
    rates = {"RUB": [(date(2022, 3, 1), Decimal(100))], "USD": [(date(2022, 6, 1), Decimal(1))]}
    assert rate(rates, "EUR", "RUB", date(2022, 3, 8)) == 100
    assert rate(rates, "EUR", "RUB", date(2022, 3, 9)) is None


def test_a_collection_is_the_sum_of_what_can_be_converted():
    in_gold = replace(SPEEDMASTER, valuations=[(VALUED, Decimal(3), "XAU")])
    assert collection_value([SPEEDMASTER, in_gold], USD_RATES, "EUR", FRIDAY) == 6600
    assert collection_value([SPEEDMASTER, in_gold], USD_RATES, "USD", FRIDAY) == 9900
    assert collection_value([SPEEDMASTER, SOLD_ONE], USD_RATES, "USD", SUNDAY) == 9900
    assert collection_value([], USD_RATES, "USD", SUNDAY) == 0


def test_net_invested_takes_each_flow_at_its_own_days_rate():
    """6000 USD at 2 are 3000 EUR in; 7500 USD at 1.5 are 5000 EUR out."""
    days = (date(2024, 1, 9), BOUGHT, date(2024, 5, 2), SOLD, MONDAY)
    invested = [net_invested([SOLD_ONE], USD_RATES, "EUR", day) for day in days]
    assert invested == [0, 3000, 3000, -2000, -2000]


def test_a_gift_was_no_investment():
    gift = replace(SPEEDMASTER, cost=None, cost_currency=None)
    assert net_invested([gift], USD_RATES, "EUR", MONDAY) == 0


def test_what_came_is_paid_in_at_its_cost_or_else_at_its_value():
    assert paid_in([SPEEDMASTER], USD_RATES, "EUR", BOUGHT) == 3000
    assert paid_in([SPEEDMASTER], USD_RATES, "EUR", VALUED) == 0
    for nothing in (replace(SPEEDMASTER, cost=Decimal(0)), replace(SPEEDMASTER, cost=None)):
        worth = value_on(nothing, BOUGHT)
        assert worth is not None
        assert paid_in([nothing], USD_RATES, "EUR", BOUGHT) == worth[0] / 2
    assert paid_in([replace(SPEEDMASTER, status="wishlist")], USD_RATES, "EUR", BOUGHT) == 0


def test_what_went_is_taken_out_the_day_after_at_its_price_or_else_at_its_last_value():
    after = date(2024, 5, 4)
    assert taken_out([SOLD_ONE], USD_RATES, "EUR", after) == 5000
    assert taken_out([SOLD_ONE], USD_RATES, "EUR", SOLD) == 0
    assert taken_out([replace(SOLD_ONE, proceeds=None)], USD_RATES, "EUR", after) == 6600
    assert taken_out([replace(SOLD_ONE, proceeds=Decimal(0))], USD_RATES, "EUR", after) == 0


def test_costs_and_watches_are_those_held_that_day():
    both = [SPEEDMASTER, SOLD_ONE]
    assert (count(both, SOLD), held_cost(both, USD_RATES, "EUR", SOLD)) == (2, 6000)
    assert (count(both, MONDAY), held_cost(both, USD_RATES, "EUR", MONDAY)) == (1, 3000)
    assert count(both, date(2024, 1, 9)) == 0

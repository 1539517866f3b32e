"""The wishlist: nearest first, at today's rate, and a reason where there is no distance."""

from datetime import date
from decimal import Decimal

import pytest

from data import db, watches, wishlist
from data.calc.missing import Missing
from tests.collector import TODAY, add_value, add_watch


def wish(member, model, target=None, market=None, **facts):
    if target:
        amount, currency = target.split()
        facts |= {"target_price": Decimal(amount), "target_currency": currency}
    watch_id = add_watch(member, model=model, **{"status": "wishlist"} | facts)
    if market:
        add_value(member, watch_id, market, date(2026, 10, 1))
    return watch_id


def every(member, currency="EUR"):
    with db.read(member) as connection:
        return wishlist.every(connection, member, currency, TODAY)


def rate(owner, currency):
    found = owner.execute(
        "select eur_rate from fx_day where currency = %s and day = %s", [currency, TODAY]
    )
    return found.fetchone()[0]


def test_only_what_is_wished_for_or_ordered_is_there(member, other):
    wish(member, "Wish")
    wish(member, "Order", status="ordered")
    add_watch(member, model="Owned")
    add_watch(member, model="Sold", status="sold", disposed_on=TODAY)
    gone = wish(member, "Binned")
    with db.write(member) as connection:
        watches.remove(connection, member, gone, 1)
    assert [one.model for one in every(member)] == ["Order", "Wish"]
    assert every(other) == ()


def test_the_nearest_to_its_target_comes_first_and_what_has_no_distance_last(member):
    wish(member, "Ten over", "1000 EUR", "1100 EUR")
    wish(member, "Bare")
    wish(member, "Below", "1000 EUR", "900 EUR")
    wish(member, "No price", "1000 EUR")
    wish(member, "Five over", "10000 EUR", "10500 EUR")
    wish(member, "Free", "0 EUR", "1 EUR")
    assert [one.model for one in every(member)] == [
        "Below",
        "Five over",
        "Ten over",
        "Free",
        "No price",
        "Bare",
    ]


def test_the_newest_market_value_is_compared(member):
    watch_id = wish(member, "A", "1000 EUR", "2000 EUR")
    add_value(member, watch_id, "1100 EUR", date(2026, 10, 20))
    add_value(member, watch_id, "9000 EUR", date(2026, 10, 25), kind="insured")
    found = every(member)[0]
    assert (found.price_amount, found.priced_on) == (1100, date(2026, 10, 20))
    assert (found.distance.amount, found.distance.fraction) == (100, 0.1)


def test_another_currency_compares_at_todays_rate_whatever_is_shown(member, owner):
    wish(member, "A", "1000 CHF", "1100 EUR")
    for shown in ("EUR", "CHF", "JPY"):
        found = every(member, shown)[0]
        assert found.distance.amount == 1100 * rate(owner, "CHF") - 1000
    assert every(member, "EUR")[0].price == 1100
    assert round(every(member, "EUR")[0].target, 6) == round(1000 / rate(owner, "CHF"), 6)


@pytest.mark.parametrize(
    ("target", "price", "reason"),
    [
        (None, "1000 EUR", "No target price yet."),
        ("1000 EUR", None, "No market price yet."),
        ("1000 EUR", "90000 RUB", "No rate from RUB to EUR."),
        ("1000 XAU", "1000 EUR", "No rate from EUR to XAU."),
    ],
)
def test_without_a_distance_there_is_a_reason(member, target, price, reason):
    wish(member, "A", target, price)
    assert every(member)[0].distance == Missing(reason)


def test_a_currency_without_rates_compares_with_itself(member):
    wish(member, "A", "90000 RUB", "81000 RUB")
    assert every(member)[0].distance.fraction == -0.1
    assert wishlist.total(every(member)) == (0, 0)


def test_it_takes_the_market_price_else_the_target_and_of_an_order_what_was_agreed(member):
    wish(member, "A", "1000 EUR", "1100 EUR")
    wish(member, "B", "500 EUR")
    wish(member, "C", "70 EUR", "80 EUR", status="ordered", price="60 EUR")
    wish(member, "D", "7 EUR", "8 EUR", status="ordered")
    wish(member, "E")
    assert {one.model: one.takes for one in every(member)} == {
        "A": 1100,
        "B": 500,
        "C": 60,
        "D": 8,
        "E": None,
    }
    assert wishlist.total(every(member)) == (1668, 4)

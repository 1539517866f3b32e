"""Analytics, the risk: falls, the all-time high, concentration and swings, as on the page."""

from datetime import timedelta

import pytest

from app import format as say
from tests.pages.test_analytics import LONG_AGO, TODAY, charts, html, tile, watch, words


def opened(open_page, member, **query):
    return open_page("analytics.py", member, tab="risk", **query)


def plain(at):
    return words(at).replace(say.SPACE, " ")


def monthly(member, amounts, **facts):
    """A watch with a value every 30 days until today."""
    days = [(30 * (len(amounts) - 1 - n), f"{one} EUR") for n, one in enumerate(amounts)]
    bought = TODAY - timedelta(days=days[0][0])
    return watch(member, price=f"{amounts[0]} EUR", values=days, bought=bought, **facts)


@pytest.fixture
def swinging(member):
    """Two years of monthly values: up to 2,000, down to 1,200, and back to 1,500."""
    up = [1000 + 100 * n for n in range(11)]
    return monthly(member, [*up, *[2000 - 100 * n for n in range(1, 9)], 1300, 1400, 1500])


def test_falls_are_figures_a_sentence_and_a_line(open_page, member, swinging):
    at = opened(open_page, member, range="all")
    assert tile(at, "Deepest fall") == "−40.0%"
    assert tile(at, "Below the peak now") == "−25.0%"
    assert "was 40.0%, from" in plain(at)
    assert "it is not made up yet. Now it is 25.0% below the peak." in plain(at)
    (chart,) = charts(at)
    assert chart["layout"]["annotations"][0]["text"].startswith("−40.0% on ")


def test_the_all_time_high_is_that_of_the_value(open_page, member, swinging):
    at = opened(open_page, member)
    assert tile(at, "All-time high").replace(say.SPACE, " ") == "EUR 2,000"
    assert "with EUR 2,000; it is 25.0% below that now." in plain(at)


def test_regular_values_have_a_volatility(open_page, member, swinging):
    at = opened(open_page, member, range="all")
    assert tile(at, "Volatility").endswith("%")
    assert "In two years of three" in plain(at)


def test_a_short_period_has_no_volatility_and_says_so(open_page, member, swinging):
    at = opened(open_page, member, range="3m")
    assert tile(at, "Volatility") == say.ABSENT
    assert "Not known." in plain(at)


def test_carried_values_have_no_volatility(open_page, member, swinging):
    watch(member, "Carried", "2000 EUR", [(300, "2500 EUR")])
    at = opened(open_page, member, range="all")
    assert tile(at, "Volatility") == say.ABSENT
    assert "for 90% of the value; here it is 37.5%." in plain(at)


def test_concentration_is_told_by_the_largest_and_as_so_many_equal_watches(open_page, member):
    for number in range(10):
        watch(member, f"No. {number}", "1000 EUR")
    at = opened(open_page, member)
    assert "It is as concentrated as 10 watches of equal value would be" in plain(at)
    bars = html(at)[html(at).index('aria-label="Concentration"') :]
    assert "<b>10.0%</b>" in bars
    assert "<b>50.0%</b>" in bars
    assert "<b>0.100</b>" in bars


def test_nothing_held_any_more_is_said(open_page, member):
    watch(member, status="sold", disposed_on=TODAY - timedelta(days=9), bought=LONG_AGO)
    at = opened(open_page, member, range="all")
    assert "nothing is held now" in plain(at)
    assert "there is nothing to share out" in plain(at)


def test_a_fall_of_a_part_is_of_that_part(open_page, member, swinging):
    watch(member, "Steady", "100000 EUR", brand="Omega")
    at = opened(open_page, member, range="all")
    assert tile(at, "Deepest fall") != "−40.0%"
    assert "largest is the Omega Steady" in plain(at)

"""Analytics, the return: TTWROR, months and the way from cost to value, as on the page."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from app import format as say
from data import db, figures, services
from data.services import ServiceDraft
from tests.pages.test_analytics import LONG_AGO, TODAY, charts, html, read, tile, watch, words

START = TODAY - timedelta(days=800)


@pytest.fixture
def steady(member):
    """One watch: 1,000 at first, 1,200 after 400 days, 1,500 today; bought with fees of 100."""
    return watch(
        member,
        "Ranger",
        "900 EUR",
        [(400, "1200 EUR"), (0, "1500 EUR")],
        START,
        purchase_fees=Decimal(100),
    )


def opened(open_page, member, **query):
    return open_page("analytics.py", member, tab="return", **query)


def plain(at):
    return words(at).replace(say.SPACE, " ")


def test_the_return_over_time_is_a_figure_a_sentence_and_a_line(open_page, member, steady):
    at = opened(open_page, member, range="all")
    assert tile(at, "TTWROR") == "+50.0%"
    assert f"Up 50.0% since {say.day(START)}. In money: +EUR 500".replace(say.SPACE, " ") in plain(
        at
    )
    (chart,) = charts(at)
    assert chart["data"][0]["text"][-1] == "+50.0%"
    assert chart["layout"]["yaxis"]["tickformat"] == ".0%"


def test_a_purchase_does_not_change_it_but_the_money_weighted_rate(open_page, member, steady):
    before = opened(open_page, member, range="all")
    watch(member, "New", "50000 EUR", bought=TODAY - timedelta(days=200))
    after = opened(open_page, member, range="all")
    grown = (1000 * 1.2) / 1000 * ((1500 + 50000) / (1200 + 50000))
    assert tile(after, "TTWROR") == say.percent(grown - 1, signed=True)
    assert tile(before, "XIRR") != tile(after, "XIRR")
    assert "In money: +EUR 500" in plain(after)


def test_the_steps_add_up_from_cost_to_value_as_shown(open_page, member, steady):
    with db.write(member) as connection:
        done = ServiceDraft(serviced_on=TODAY, kind="service", cost=Decimal(250), currency="EUR")
        services.add(connection, member, steady, done, TODAY)
    said = plain(opened(open_page, member))
    assert (
        "A cost of EUR 1,000 became a value of EUR 1,500, most of it by prices: +EUR 600." in said
    )
    assert "Owning took another EUR 250." in said
    steps = said[said.index("From cost to value") :]
    for step in ("Cost EUR 1,000", "+EUR 600", "Fees and taxes −EUR 100", "Value EUR 1,500",
                 "Services −EUR 250", "Left after owning EUR 1,250"):  # fmt: skip
        assert step in steps


def test_the_gain_is_that_of_the_head_and_of_the_overview(open_page, member, steady):
    watch(member, "Polaris", "9000 CHF", [(15, "8100.50 CHF")])
    at = opened(open_page, member)
    total = read(member, figures.totals, "EUR", TODAY)
    shown = say.money(total.gain, "EUR", signed=True)
    assert tile(at, "Unrealised gain") == tile(at, "Gain") == shown
    assert tile(open_page("overview.py", member), "Gain") == shown


def test_what_was_sold_is_realised_and_not_in_the_rest(open_page, member, steady):
    watch(member, "Sold", "2000 EUR", bought=LONG_AGO, status="sold", disposed_on=TODAY,
          sale_price=Decimal(2600), sale_fees=Decimal(100), sale_currency="EUR")  # fmt: skip
    at = opened(open_page, member)
    assert tile(at, "Realised gain").replace(say.SPACE, " ") == "+EUR 500"
    assert tile(at, "Unrealised gain").replace(say.SPACE, " ") == "+EUR 500"
    assert "nothing was sold" in plain(opened(open_page, member, gone="no"))


def test_months_stand_in_years_and_say_which_was_best(open_page, member, steady):
    at = opened(open_page, member, range="all")
    assert re.search(r"the best was \w+ \d{4} with \+25.0%", plain(at))
    cells = re.findall(r'<td class="cb-month gain[^>]*>(.*?)</td>', html(at))
    assert sorted(cells) == ["+20.0%", "+25.0%"]
    years = re.findall(r'<th scope="row">(\d+)</th>', html(at))
    assert years == [str(year) for year in range(TODAY.year, START.year - 1, -1)]


def test_a_watch_that_xirr_cannot_count_is_named(open_page, member, steady):
    watch(member, "No price", None, [(30, "500 EUR")], brand="Casio")
    at = opened(open_page, member)
    captions = " ".join(one.value for one in at.caption).replace("\\", "")
    assert "XIRR leaves out Casio No price (no cost, or no exchange rate for it)." in captions


def test_a_currency_without_a_rate_is_a_reason_not_a_number(open_page, member, steady):
    watch(member, "Raketa", "90000 RUB", bought=LONG_AGO)
    at = opened(open_page, member)
    assert tile(at, "TTWROR") == say.ABSENT
    assert "Something that is held has no exchange rate on the last day." in plain(at)
    assert charts(at) == []

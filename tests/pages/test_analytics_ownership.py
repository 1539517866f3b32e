"""Analytics, ownership: the parts, the years, each watch, what was sold; nothing divided silently."""

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs

import pytest

from app import format as say
from tests.pages.test_expenses import ALL, ago, ownership, record
from tests.pages.test_service import page_html
from tests.pages.test_service import record as record_service
from tests.pages.test_watch import add_value, add_watch, page_text
from tests.pages.test_watch_service import table, tile
from tests.people import again

NO_NUMBER = re.compile(r"\b(nan|inf|infinity|none|traceback)\b", re.IGNORECASE)


def said(at):
    """What stands in sentences."""
    every = [*at.markdown, *at.caption]
    return [one.value.replace("\\", "").replace(say.SPACE, " ") for one in every]


def chart(at):
    """{kind: {year: amount}} of the columns."""
    (figure,) = at.get("plotly_chart")
    return {
        trace["name"]: {
            year: height
            for year, height in zip(trace["x"], trace["y"], strict=True)
            if height is not None
        }
        for trace in json.loads(figure.proto.spec)["data"]
    }


def names(at):
    return [re.search(r"Model \d+", line)[0] for line in table(at, "What each watch took")]


@pytest.fixture
def watch_id(member):
    """EUR 5,000 and 100 of fees; a service of 300, insurance of 90 twice, a strap of 40."""
    found = add_watch(
        member, "Omega", "Speedmaster", price="5000 EUR", purchase_fees=Decimal(100),
        purchased_on=date(2022, 5, 3),
    )  # fmt: skip
    add_value(member, found, "7000 EUR", ago(10))
    record_service(member, found, date(2024, 2, 1), cost="300 EUR")
    record(member, found, "90 EUR", date(2023, 3, 1), kind="insurance", every_months=12,
           ends_on=date(2024, 12, 31))  # fmt: skip
    record(member, found, "40 EUR", date(2024, 6, 1), kind="accessory")
    return found


@pytest.fixture
def sold(member):
    """Bought for 1,000, serviced for 50, sold for 1,300 with 20 of fees."""
    found = add_watch(
        member, "Tudor", "Ranger", price="1000 EUR", purchased_on=date(2021, 5, 3), status="sold",
        disposed_on=date(2023, 5, 3), sale_price=Decimal(1300), sale_fees=Decimal(20), sale_currency="EUR",
    )  # fmt: skip
    record_service(member, found, date(2022, 5, 3), cost="50 EUR")
    return found


def test_the_parts_are_told_in_words_in_figures_and_add_up(member, open_page, watch_id, sold):
    record(member, None, "480 EUR", date(2024, 1, 1), kind="insurance")
    at = ownership(open_page, member)
    assert (
        "2 watches took EUR 6,000 to buy and EUR 1,150 beside the price, EUR 480 of it for the "
        "whole collection; sales brought EUR 1,280 back."
    ) in said(at)
    assert tile(at, "Cost of ownership").startswith("Cost of ownership EUR 5,870")
    assert tile(at, "Beside the price").startswith("Beside the price EUR 1,150")
    assert tile(at, "Less today’s value").startswith("Less today’s value −EUR 1,130")
    for label, amount in (
        ("Purchases", "6,000"), ("Fees and taxes", "100"), ("Services", "350"), ("Insurance", "660"),
        ("Other costs", "40"),
    ):  # fmt: skip
        assert f"{label} EUR {amount} " in page_text(at)


def test_each_watch_has_its_parts_a_year_and_a_month(member, open_page, watch_id):
    at = ownership(open_page, member)
    (line,) = table(at, "What each watch took")
    assert line.startswith("Omega Speedmaster EUR 5,000 EUR 100 EUR 300 EUR 180 EUR 40 EUR 5,620")
    assert f'href="/watch?id={watch_id}&amp;tab=service"' in page_html(at)
    assert "The Omega Speedmaster took most: EUR 5,620" in " ".join(said(at))


def test_the_same_cost_of_ownership_stands_on_the_page_of_the_watch(
    member, open_page, watch_id, sold
):
    at = ownership(open_page, member)
    shown = {line.split(" EUR ")[0]: line for line in table(at, "What each watch took")}
    for one, name in ((watch_id, "Omega Speedmaster"), (sold, "Tudor Ranger Sold")):
        page = open_page("watch.py", again(member), id=str(one), tab="value")
        total = re.search(r"−?EUR [\d,.]+", tile(page, "Cost of ownership"))[0]
        assert total in next(line for key, line in shown.items() if key.startswith(name[:12]))


def test_costs_of_the_whole_collection_are_in_no_watch(member, open_page, watch_id):
    before = table(ownership(open_page, member), "What each watch took")
    record(member, None, "480 EUR", date(2024, 1, 1), kind="insurance")
    at = ownership(open_page, member)
    assert table(at, "What each watch took") == before
    assert table(at, ALL) == ["1 Jan 2024 Insurance EUR 480"]
    assert any(
        "EUR 480 so far for insurance" in one and "no single watch" in one for one in said(at)
    )
    assert chart(at)["Insurance"] == {"2023": 90, "2024": 570}


def test_a_selection_has_no_part_of_what_is_paid_for_all(member, open_page, watch_id):
    record(member, None, "480 EUR", date(2024, 1, 1), kind="insurance")
    at = ownership(open_page, member, owner=str(member.user_id))
    assert table(at, ALL) == []
    assert "What is paid for all watches together is no part of a selection of them." in said(at)
    assert "No watch here" in page_text(at)


def test_the_years_are_columns_stacked_by_kind_with_purchases_on_demand(
    member, open_page, watch_id
):
    at = ownership(open_page, member)
    assert chart(at) == {
        "Fees and taxes": {"2022": 100},
        "Services": {"2024": 300},
        "Insurance": {"2023": 90, "2024": 90},
        "Other costs": {"2024": 40},
    }
    assert "2024 took most: EUR 430 beside the price." in said(at)
    at = at.toggle[0].set_value(True).run()
    assert chart(at)["Purchases"] == {"2022": 5000}
    assert "2022 took most: EUR 5,100." in said(at)


def test_a_sold_watch_has_its_realised_result_before_and_after_all_costs(
    member, open_page, watch_id, sold
):
    at = ownership(open_page, member)
    (line,) = table(at, "What was sold")
    assert line == ("Tudor Ranger 3 May 2023 EUR 1,000 EUR 50 EUR 1,280 +EUR 280 +EUR 230")
    assert (
        "1 watch sold, with a realised result of ▲ +EUR 280; +EUR 230 after services and other "
        "costs."
    ) in said(at)


def test_without_what_is_gone_nothing_sold_is_here(member, open_page, watch_id, sold):
    at = ownership(open_page, member, gone="no")
    assert table(at, "What was sold") == []
    assert len(table(at, "What each watch took")) == 1


def test_what_has_no_rate_is_named_and_no_zero(member, open_page, watch_id):
    record(member, watch_id, "5000 RUB", date(2024, 7, 1), kind="shipping")
    add_watch(member, "Seiko", "Turtle", purchased_on=date(2022, 1, 1))
    at = ownership(open_page, member)
    text = " ".join(said(at))
    assert "No rate on its day, and in no sum: RUB 5,000 of 1 Jul 2024." in text
    assert "Of 2 watches a part is not known" in text
    assert "Seiko Turtle (no purchase price is recorded)" in text
    lines = table(at, "What each watch took")
    assert len(lines) == 2
    assert "A payment has no rate on its day." in page_html(at)
    assert tile(at, "Cost of ownership").startswith("Cost of ownership EUR 5,620")


def test_prices_and_costs_without_any_rate_show_reasons_and_no_zero(member, open_page):
    found = add_watch(
        member, "Raketa", "Copernicus", price="90000 RUB", purchased_on=date(2023, 5, 3)
    )
    record(member, found, "500 RUB", date(2024, 5, 3))
    at = ownership(open_page, member)
    text = page_text(at) + " ".join(said(at))
    assert not NO_NUMBER.search(text)
    assert "What 1 watch cost to buy is not known." in said(at)
    assert "What was paid is not known." in said(at)
    assert "No rate on its day, and in no sum: RUB 500 of 3 May 2024." in said(at)
    assert "EUR 0" not in text


def test_everything_is_in_the_currency_of_the_address(member, open_page, watch_id):
    at = ownership(open_page, member, currency="CHF")
    assert "EUR" not in tile(at, "Cost of ownership")
    assert "CHF" in tile(at, "Cost of ownership")


@pytest.fixture
def many(member):
    for number in range(53):
        add_watch(
            member, "Seiko", f"Model {number:02}", price=f"{1000 + number} EUR", purchased_on=ago(400)
        )  # fmt: skip


def test_a_page_has_fifty_watches_and_the_pager_leads_on(member, open_page, many):
    at = ownership(open_page, member)
    assert names(at)[0] == "Model 52"
    assert len(names(at)) == 50
    assert "1–50 of 53" in page_text(at)
    assert names(ownership(open_page, member, p="2")) == ["Model 02", "Model 01", "Model 00"]


def test_a_heading_sorts_and_keeps_the_rest_of_the_address(member, open_page, many):
    at = ownership(open_page, member, currency="CHF", range="all", p="2")
    href = next(
        found for found in re.findall(r'<th[^>]*><a href="\?([^"]*)"', page_html(at))
        if "sort=name" in found
    )  # fmt: skip
    asked = {name: one[0] for name, one in parse_qs(unescape(href)).items()}
    assert asked == {
        "tab": "ownership", "currency": "CHF", "range": "all", "sort": "name", "dir": "up",
    }  # fmt: skip
    asked.pop("tab")
    assert names(ownership(open_page, member, **asked))[0] == "Model 00"


@pytest.mark.parametrize("query", [
    {"sort": "nonsense", "dir": "sideways", "p": "-1"}, {"p": "0"}, {"p": "٣"}, {"p": "9" * 50},
    {"sold": "x"}, {"p": "2\0"}, {"purchases": "perhaps"},
])  # fmt: skip
def test_an_address_written_by_hand_shows_a_page(member, open_page, watch_id, sold, query):
    at = ownership(open_page, member, **query)
    assert len(table(at, "What each watch took")) == 2
    assert len(table(at, "What was sold")) == 1


def test_a_watch_without_anything_is_told_so(member, open_page):
    add_watch(member, "Seiko", "Turtle")
    at = ownership(open_page, member)
    assert "What 1 watch cost to buy is not known." in said(at)
    assert "Nothing was paid beside the price yet." in said(at)
    assert tile(at, "Cost of ownership") == (
        "Cost of ownership – needs a purchase price and its rate"
    )
    assert not NO_NUMBER.search(page_text(at) + " ".join(said(at)))


def test_sixty_years_and_one_day_are_both_fine(member, open_page):
    add_watch(member, "Omega", "Old", price="500 CHF", purchased_on=date(1964, 5, 3))
    add_watch(member, "Omega", "New", price="500 CHF", purchased_on=ago(0))
    at = ownership(open_page, member, purchases="true")
    assert len(table(at, "What each watch took")) == 2
    assert "No rate for the purchase on its day." in page_html(at)
    assert "Here for less than a year." in page_html(at)
    assert not NO_NUMBER.search(page_text(at) + " ".join(said(at)))


def test_another_household_has_nothing_of_ours(member, other, open_page, watch_id):
    add_watch(other, "Seiko", "Turtle", price="300 USD")
    at = ownership(open_page, other)
    assert "Speedmaster" not in page_text(at)
    assert len(table(at, "What each watch took")) == 1

"""The wishlist: near or not, what all would cost, and the ways on."""

import re
from decimal import Decimal
from html import unescape

import pytest

from data.watches import Status
from tests.collector import add_watch
from tests.pages.test_update_values import add_value
from tests.pages.test_watches import html, links
from tests.pages.watch_pages import as_viewer, has_field

PAGE = "wishlist.py"


def wish(member, model, target=None, price=None, **facts):
    if target:
        amount, currency = target.split()
        facts |= {"target_price": Decimal(amount), "target_currency": currency}
    watch_id = add_watch(member, model=model, **{"status": "wishlist"} | facts)
    if price:
        add_value(member, watch_id, price)
    return watch_id


def text(at, mark):
    assert not at.exception, at.exception
    plain = re.sub(r"<[^>]+>", " ", "".join(html(at, mark)))
    return " ".join(unescape(plain).replace("\N{NO-BREAK SPACE}", " ").split())


def test_each_wish_says_target_price_and_distance_with_its_sign(open_page, member):
    wish(member, "Near", "1000 EUR", "1089 EUR", reference="R1")
    wish(member, "Reached one", "1000 EUR", "950 EUR")
    shown = text(open_page(PAGE, member), "cb-wishes")
    assert shown.index("Reached one") < shown.index("Near")
    assert "Target EUR 1,000 Market price EUR 1,089" in shown
    assert "+EUR 89 (+8.9%) above the target" in shown
    assert "−EUR 50 (−5.0%) below the target" in shown
    assert shown.count("Reached") == 2  # the mark, and the name


def test_at_the_target_is_reached(open_page, member):
    wish(member, "A", "1000 EUR", "1000 EUR")
    shown = text(open_page(PAGE, member), "cb-wishes")
    assert "at the target" in shown
    assert "Reached" in shown


def test_the_sums_say_what_they_leave_out(open_page, member):
    wish(member, "A", "1000 EUR", "1100 EUR")
    wish(member, "B", "500 EUR")
    wish(member, "C", status="ordered")
    shown = text(open_page(PAGE, member), "cb-figures")
    assert "EUR 1,600 2 of 3 wishes" in shown
    assert "EUR 1,500 2 of 3 wishes" in shown
    assert "0 of 2 with a target" in shown
    assert "3 1 ordered" in shown


def test_the_display_currency_is_in_the_address(open_page, member):
    wish(member, "A", "1000 EUR", "1100 EUR")
    at = open_page(PAGE, member, currency="JPY")
    assert "JPY" in text(at, "cb-figures")
    assert "EUR 1,100" in text(at, "cb-wishes")
    assert "EUR" in text(open_page(PAGE, member, currency="\0'"), "cb-figures")


def test_a_missing_rate_has_its_reason_and_no_number(open_page, member):
    wish(member, "A", "1000 EUR", "90000 RUB")
    at = open_page(PAGE, member)
    assert "– No rate from RUB to EUR." in text(at, "cb-wishes")
    assert "–" in text(at, "cb-figures")


def test_nothing_known_says_so_without_a_number(open_page, member):
    wish(member, "A")
    at = open_page(PAGE, member)
    assert "– not set" in text(at, "cb-wishes")
    assert "– not recorded" in text(at, "cb-wishes")
    assert "Distance" not in text(at, "cb-wishes")


def test_the_ways_lead_to_the_price_the_target_and_the_question(open_page, member, owner):
    watch_id = wish(member, "A")
    ways = links(open_page(PAGE, member), "cb-wishes")
    assert ways["Record price"] == f"/watch?id={watch_id}&tab=value&value=new"
    assert ways["Set target"] == f"/edit_watch?id={watch_id}"
    assert ways["What if I buy it"] == f"/what_if?buy={watch_id}"
    ways = links(open_page(PAGE, as_viewer(owner, member)), "cb-wishes")
    assert "Record price" not in ways
    assert "Set target" not in ways
    assert "What if I buy it" in ways


def test_without_a_wish_there_is_one_next_step(open_page, member, owner):
    add_watch(member)
    at = open_page(PAGE, member)
    assert "Nothing wished for yet" in text(at, "cb-empty")
    [way] = at.main.get("page_link")
    assert (way.proto.label, way.proto.query_string) == ("Add a wish", "status=wishlist")
    assert not open_page(PAGE, as_viewer(owner, member)).main.get("page_link")


@pytest.mark.parametrize("status", [*Status, "melted", "\0"])
def test_add_watch_begins_with_the_status_of_the_address(open_page, member, status):
    at = open_page("add_watch.py", member, status=status)
    assert not at.exception
    shown = at.button_group[0].value
    assert shown in ([status], status) if status in set(Status) else "owned" in shown
    assert has_field(at, "target_price") == (status in ("wishlist", "ordered"))


def test_names_stay_text(open_page, member):
    wish(member, "<b>B</b>" * 20, "1 EUR", "1 EUR", brand="<script>alert(1)</script>")
    shown = "".join(html(open_page(PAGE, member), "cb-wishes"))
    assert "<script>" not in shown
    assert "<b>" not in shown


def test_other_households_wishes_are_not_there(open_page, member, other):
    wish(member, "A")
    assert "Nothing wished for yet" in text(open_page(PAGE, other), "cb-empty")

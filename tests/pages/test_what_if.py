"""What if: every move is in the address, nothing is recorded, and what it does stands side by side."""

import re
from datetime import date
from html import unescape

import pytest

from tests.collector import add_watch, get_watch
from tests.pages.test_update_values import add_value
from tests.pages.test_watches import html, links
from tests.pages.test_wishlist import wish
from tests.pages.watch_pages import as_viewer, count, press, problems

PAGE = "what_if.py"


@pytest.fixture
def ids(member):
    """A: worth 8,000 for 5,000; B: worth 2,000 for 3,000, both Omega; C: a Tudor at cost, 1,000."""
    found = [add_watch(member, model=model, price=f"{cost} EUR") for model, cost in (("A", 5000), ("B", 3000))]  # fmt: skip
    found.append(add_watch(member, "Tudor", "C", price="1000 EUR"))
    add_value(member, found[0], "8000 EUR")
    add_value(member, found[1], "2000 EUR")
    return found


def asked(at, **moves):
    at.query_params.update(moves)
    at.run()
    assert not at.exception, at.exception
    return at


def text(at, mark):
    assert not at.exception, at.exception
    plain = re.sub(r"<[^>]+>", " ", "".join(html(at, mark)))
    return " ".join(unescape(plain).replace("\N{NO-BREAK SPACE}", " ").split())


def field(at, name, watch_id):
    kinds = [*at.text_input, *at.selectbox]
    return next(one for one in kinds if (one.key or "").startswith(f"what_if.{watch_id}.{name}"))


def test_a_sale_with_fees_moves_value_cost_cash_and_gains(open_page, member, ids):
    at = asked(open_page(PAGE, member), sell=f"{ids[0]}~9000~EUR~600")
    shown = text(at, "cb-table")
    for line in (
        "Value EUR 11,000 EUR 3,000 −EUR 8,000",
        "Cost EUR 9,000 EUR 4,000 −EUR 5,000",
        "Gain, not realised +EUR 2,000 −EUR 1,000 −EUR 3,000",
        "Gain, realised EUR 0 +EUR 3,400 +EUR 3,400",
        "Cash EUR 0 EUR 8,400 +EUR 8,400",
        "Value and cash EUR 11,000 EUR 11,400 +EUR 400",
        "Return +22.2% −25.0% −47.2 points",
        "Watches 3 2 −1",
        "Largest watch 72.7% 66.7% −6.1 points",
    ):
        assert line in shown
    assert "Value after 1 move EUR 3,000" in text(at, "cb-hero")
    assert "EUR 8,400 to be received" in text(at, "cb-hero")


def test_several_moves_at_once(open_page, member, ids):
    one = wish(member, "W", "1500 EUR", "1300 EUR", brand="Rolex")
    at = asked(open_page(PAGE, member), sell=[str(ids[1])], buy=[f"{one}~1200~EUR~100"])
    shown = text(at, "cb-table")
    assert "Value EUR 11,000 EUR 10,300 −EUR 700" in shown
    assert "Cash EUR 0 EUR 700 +EUR 700" in shown
    assert "Value and cash EUR 11,000 EUR 11,000 no change" in shown
    assert "Gain, realised EUR 0 −EUR 1,000" in shown
    assert "Value after 2 moves" in text(at, "cb-hero")
    brands = text(at, "cb-twin")
    assert "Rolex 0.0% → 12.6%" in brands
    assert "Omega 90.9% → 77.7%" in brands
    assert "Omega would be 77.7% of the value, now 90.9%" in " ".join(
        re.sub(r"\\(.)", r"\1", one.value) for one in at.markdown
    )


def test_without_amounts_it_is_todays_value_and_the_market_price_else_the_target(
    open_page, member, ids
):
    market = wish(member, "M", "1500 EUR", "1300 EUR")
    target = wish(member, "T", "700 EUR")
    order = wish(member, "O", "70 EUR", "80 EUR", status="ordered", purchase_price=60, purchase_currency="EUR")  # fmt: skip
    at = asked(
        open_page(PAGE, member),
        sell=[str(ids[0]), str(ids[2])],
        buy=[str(market), str(target), str(order)],
    )
    prices = [field(at, "price", one).value for one in (ids[0], ids[2], market, target, order)]
    assert prices == ["8,000", "1,000", "1,300", "700", "60"]


def test_the_prices_it_may_be_made_at_are_ways(open_page, member, ids):
    one = wish(member, "M", "1500 EUR", "1300 EUR")
    at = asked(open_page(PAGE, member, currency="EUR"), buy=str(one), sell=f"{ids[0]}~1~EUR")
    ways = links(at, "cb-move")
    assert ways["Target EUR\N{NO-BREAK SPACE}1,500"] == (
        f"/what_if?sell={ids[0]}~1~EUR&buy={one}~1500.00~EUR&currency=EUR"
    )
    assert ways["Today’s value EUR\N{NO-BREAK SPACE}8,000"].startswith(
        f"/what_if?sell={ids[0]}~8000.00~EUR&buy={one}~1300.00~EUR"
    )


def test_choosing_and_typing_go_into_the_address(open_page, member, ids):
    at = open_page(PAGE, member)
    assert "What would it do?" in text(at, "cb-empty")
    at.selectbox(key="what_if.sell.0.3").set_value(ids[0]).run()
    assert at.query_params["sell"] in (f"{ids[0]}~8000.00~EUR", [f"{ids[0]}~8000.00~EUR"])
    field(at, "price", ids[0]).set_value("9’000.50").run()
    field(at, "fees", ids[0]).set_value("10%").run()
    assert "isn't an amount" in problems(at)[0]
    assert at.query_params["sell"] in (f"{ids[0]}~9000.50~EUR", [f"{ids[0]}~9000.50~EUR"])
    field(at, "fees", ids[0]).set_value("600").run()
    field(at, "currency", ids[0]).set_value("CHF").run()
    assert at.query_params["sell"] in (f"{ids[0]}~9000.50~CHF~600", [f"{ids[0]}~9000.50~CHF~600"])
    press(at, "Remove")
    assert "sell" not in at.query_params
    assert "What would it do?" in text(at, "cb-empty")


def test_nothing_is_recorded(open_page, member, owner, ids):
    one = wish(member, "W", "1500 EUR")
    before = [count(owner, table) for table in ("valuation", "audit_event", "watch")]
    asked(open_page(PAGE, member), sell=f"{ids[0]}~9000~EUR", buy=str(one))
    assert [count(owner, table) for table in ("valuation", "audit_event", "watch")] == before
    assert get_watch(member, ids[0]).status == "owned"


def test_the_display_currency_shows_all_at_todays_rate(open_page, member, ids):
    at = asked(open_page(PAGE, member, currency="CHF"), sell=f"{ids[0]}~8000~EUR")
    assert "Value and cash CHF" in text(at, "cb-table")
    line = re.search(r"Value and cash (CHF [\d,]+) (CHF [\d,]+) no change", text(at, "cb-table"))
    assert line
    assert line[1] == line[2]


GARBAGE = ["", "x", "\0", "~~~~~~", "00000000-0000-0000-0000-000000000000~1~EUR", "{id}~", "{id}~x~EUR",
           "{id}~1.234~EUR", "{id}~-5~EUR", "{id}~1~XXX", "{id}~1~eur", "{id}~1~EUR~x", "{id}~1~EUR~1~1",
           "{id}~" + "9" * 400, "{id}~1e400~EUR", "{id}~NaN~EUR", "{id}~1~EUR~" + "9" * 13]  # fmt: skip


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda text: repr(text[-12:]))
def test_what_is_not_understood_is_left_out_and_said(open_page, member, ids, garbage):
    at = asked(
        open_page(PAGE, member), sell=[garbage.format(id=ids[0]), f"{ids[1]}~2000~EUR"], buy=garbage.format(id=ids[0])
    )  # fmt: skip
    assert "2 parts of this link" in " ".join(one.value for one in at.caption)
    assert "Value after 1 move" in text(at, "cb-hero")


def test_a_watch_that_is_gone_or_a_strangers_is_neither_sold_nor_bought(
    open_page, member, other, ids
):
    gone = add_watch(member, model="G", status="sold", disposed_on=date(2026, 1, 1))
    theirs = add_watch(other, model="T", price="1 EUR")
    at = asked(open_page(PAGE, member), sell=[str(gone), str(theirs)], buy=[str(ids[0])])
    assert "3 parts of this link" in " ".join(one.value for one in at.caption)
    assert "What would it do?" in text(at, "cb-empty")


def test_many_moves_and_the_same_watch_twice(open_page, member, ids):
    at = asked(open_page(PAGE, member), sell=[f"{ids[0]}~{n}~EUR" for n in range(1, 60)])
    assert "Value after 1 move" in text(at, "cb-hero")
    assert field(at, "price", ids[0]).value == "1"


def test_a_watch_without_value_cost_or_rate_says_what_is_not_counted(open_page, member, ids):
    bare = add_watch(member, model="Bare")
    ruble = add_watch(member, model="Ruble", price="100000 RUB")
    at = asked(open_page(PAGE, member), sell=[str(bare), f"{ruble}~500~EUR"])
    said = text(at, "cb-hero")
    assert "Omega Bare is not counted: write a price" in said
    assert "The gain of Omega Ruble is not known: no cost" in said
    assert "2 watches have no value and count as nothing" in said
    field(at, "price", bare).set_value("70").run()
    assert "The gain of Omega Bare is not known: no cost" in text(at, "cb-hero")
    assert "Cash EUR 0 EUR 570" in text(at, "cb-table")


def test_a_wish_whose_market_price_has_no_rate_is_not_counted(open_page, member, ids):
    one = wish(member, "W", "1500 EUR", "90000 RUB")
    at = asked(open_page(PAGE, member), buy=str(one))
    assert "Omega W is not counted: no exchange rate for RUB" in text(at, "cb-hero")


def test_selling_everything_leaves_no_shares(open_page, member, ids):
    at = asked(open_page(PAGE, member), sell=[f"{one}~1~EUR" for one in ids])
    assert "Value EUR 11,000 EUR 0" in text(at, "cb-table")
    assert "nan" not in text(at, "cb-table").lower()
    assert "There is no value to share out" in " ".join(one.value for one in at.markdown).replace(
        "\\", ""
    )


def test_a_viewer_may_ask_too_and_another_household_sees_nothing(
    open_page, member, other, owner, ids
):
    assert "Nothing to sell or buy yet" in text(open_page(PAGE, other), "cb-empty")
    at = asked(open_page(PAGE, as_viewer(owner, member)), sell=str(ids[0]))
    assert "Value after 1 move" in text(at, "cb-hero")


def test_names_stay_text(open_page, member):
    watch_id = add_watch(member, "<script>alert(1)</script>", "<b>B</b> **x**", price="5 EUR")
    at = asked(open_page(PAGE, member), sell=str(watch_id))
    assert "<script>" not in "".join(html(at, "cb-move") + html(at, "cb-twin"))

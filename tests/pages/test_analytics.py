"""Analytics: the same numbers as elsewhere, any part over any time, and a reason where there is none."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest

from app import analytics_allocation, analytics_table
from app import format as say
from data import analytics, collections, db, figures, valuations, watches
from data.scope import EVERYTHING, Scope
from data.valuations import ValuationDraft
from data.watches import WatchDraft
from tests.people import again

TODAY = datetime.now(UTC).date()
LONG_AGO = TODAY - timedelta(days=1500)
TABS = ["trend", "return", "risk", "watches", "allocation", "ownership", "outlook"]
NO_NUMBER = re.compile(r"\b(nan|inf|infinity|none)\b", re.IGNORECASE)


def watch(member, model="Ranger", price="2000 EUR", values=(), bought=LONG_AGO, **facts):
    """A watch; ``values`` are (days ago, "2600 EUR")."""
    cost, currency = price.split() if price else (None, None)
    with db.write(member) as connection:
        draft = WatchDraft(
            brand_id=watches.take_brand(connection, member, facts.pop("brand", "Tudor")),
            model=model,
            purchased_on=bought,
            purchase_price=cost and Decimal(cost),
            purchase_currency=currency,
            **facts,
        )
        watch_id = watches.add(connection, member, draft, TODAY)
        for days, amount in values:
            number, unit = amount.split()
            day = TODAY - timedelta(days=days)
            value = ValuationDraft(Decimal(number), unit, day, confirmed=True)
            valuations.add(connection, member, watch_id, value, TODAY)
    return watch_id


@pytest.fixture
def three(member):
    return [
        watch(member, "Ranger", "2000 EUR", [(400, "2200 EUR"), (20, "2600 EUR")]),
        watch(member, "Polaris", "9000 CHF", [(15, "8100.50 CHF")], brand="Jaeger-LeCoultre"),
        watch(member, "Turtle", "60000 JPY", [(10, "75000 JPY")], brand="Seiko"),
    ]


def html(at):
    assert not at.exception, at.exception
    return "\n".join(part.proto.body for part in at.html if "<style" not in part.proto.body)


def words(at):
    """What a person reads on the page."""
    said = re.sub(r"<[^>]*>", " ", html(at)) + " ".join(one.value for one in at.markdown)
    return unescape(re.sub(r"\s+", " ", said.replace("\\", "")))


def tile(at, label):
    found = re.search(
        rf'<dt class="cb-label">{label}.*?<span class="cb-number">(.*?)</span>', html(at), re.DOTALL
    )
    return unescape(found[1])


def charts(at):
    return [json.loads(one.proto.spec) for one in at.get("plotly_chart")]


def read(member, function, *args):
    with db.read(again(member)) as connection:
        return function(connection, again(member), *args)


def test_without_a_watch_it_says_what_it_is_for(open_page, member):
    at = open_page("analytics.py", member)
    assert "What did your watches earn" in words(at)
    assert [one.proto.label for one in at.main.get("page_link")] == ["Add watch"]


def test_the_headline_is_that_of_the_overview(open_page, member, three):
    here, there = open_page("analytics.py", member), open_page("overview.py", member)
    total = read(member, figures.totals, "EUR", TODAY)
    big = re.compile(r'<div class="cb-big">(.*?)</div>')
    assert big.search(html(here))[1] == big.search(html(there))[1] == say.money(total.value, "EUR")
    for label in ("Cost", "Gain", "Return"):
        assert tile(here, label) == tile(there, label)


@pytest.mark.parametrize("name", TABS)
def test_each_tab_has_its_address(open_page, member, three, name):
    at = open_page("analytics.py", member, tab=name)
    assert not at.exception
    assert at.query_params.get("tab") in (name, [name])
    assert NO_NUMBER.search(words(at)) is None


def test_a_tab_that_does_not_exist_is_the_first(open_page, member, three):
    assert "How the value moved" in words(open_page("analytics.py", member, tab="x'; drop"))


def test_a_filter_narrows_all_of_it_and_its_chip_takes_it_away(open_page, member, three):
    brand_id = next(one.brand_id for one in read(member, watches.brands) if one.name == "Tudor")
    at = open_page("analytics.py", member, brand=str(brand_id), tab="watches")
    assert "Value of 1 watch of Tudor" in words(at)
    assert "Polaris" not in words(at)
    assert 'href="/analytics?tab=watches" aria-label="Remove filter Tudor"' in html(at)


def test_what_is_not_understood_in_the_address_narrows_nothing(open_page, member, three):
    at = open_page(
        "analytics.py", member, brand="x", collection="\0", tag="%", owner="0", gone="maybe",
        range="9y", currency="ABC", sort="x", dir="x", p="-1", by="x", view="x", against="x",
    )  # fmt: skip
    assert "Value of 3 watches" in words(at)


def test_what_is_gone_can_be_left_out(open_page, member, three):
    watch(
        member,
        "Sold one",
        status="sold",
        disposed_on=TODAY,
        sale_price=Decimal(10),
        sale_currency="EUR",
    )
    assert "Sold one" in words(open_page("analytics.py", member, tab="watches"))
    without = open_page("analytics.py", member, tab="watches", gone="no")
    assert "Sold one" not in words(without)
    assert "Without what is gone" in words(without)


def test_the_filters_are_chosen_in_a_panel_and_go_into_the_address(open_page, member, three):
    at = open_page("analytics.py", member)
    next(one for one in at.button if one.label == "Filters").click().run()
    brands = next(one for one in at.multiselect if one.label == "Brand")
    chosen = next(one.brand_id for one in read(member, watches.brands) if one.name == "Seiko")
    brands.set_value([str(chosen)])
    next(one for one in at.button if one.label == "Show").click().run()
    assert at.query_params["brand"] in (str(chosen), [str(chosen)])
    assert "Value of 1 watch of Seiko" in words(at)


def test_two_days_of_a_custom_period_may_come_in_either_order(open_page, member, three):
    start, end = TODAY - timedelta(days=300), TODAY - timedelta(days=100)
    shown = [
        words(open_page("analytics.py", member, range="custom", **{"from": str(a), "to": str(b)}))
        for a, b in ((start, end), (end, start))
    ]
    assert f"from {say.day(start)} to {say.day(end)}" in shown[0]
    assert shown[0] == shown[1]


def test_the_chart_has_units_the_day_s_rate_and_the_number_of_watches(open_page, member, three):
    (chart,) = charts(open_page("analytics.py", member, currency="CHF"))
    assert chart["layout"]["yaxis"]["tickprefix"] == "CHF "
    value = next(trace for trace in chart["data"] if trace["name"] == "Value")
    assert "3 watches, 1 EUR = CHF" in value["text"][-1].replace(say.SPACE, " ")


@pytest.mark.parametrize("by", ["brand", "collection", "movement"])
def test_the_trend_is_stacked_on_demand(open_page, member, three, by):
    (chart,) = charts(open_page("analytics.py", member, view=by))
    assert {trace["stackgroup"] for trace in chart["data"]} == {"value"}


def test_the_trend_is_compared_with_a_collection_from_a_hundred(open_page, member, three, owner):
    with db.write(member) as connection:
        group = collections.add(connection, member, "Daily", "steel")
    owner.execute("update watch set collection_id = %s where watch_id = %s", [group, three[0]])
    at = open_page("analytics.py", member, against="Collection Daily")
    (chart,) = charts(at)
    assert [trace["name"] for trace in chart["data"]] == ["This selection", "Collection Daily"]
    assert "points" in words(at)


def test_a_number_explains_itself_with_what_it_leaves_out_and_why(open_page, member, three):
    watch(member, "Gift", None, brand="Casio")
    watch(member, "Raketa", "90000 RUB", brand="Raketa")
    at = open_page("analytics.py", member, explain="gain")
    said = words(at)
    assert "Value − cost" in said
    assert "no value and no purchase price" in said
    assert "no rate from RUB to EUR" in said
    assert "1 JPY EUR 0.00" in said.replace(say.SPACE, " ")


@pytest.mark.parametrize("number", ["value", "cost", "gain", "return", "xirr"])
def test_every_headline_has_its_explanation(open_page, member, three, number):
    assert "Counted" in words(open_page("analytics.py", member, explain=number))


def test_the_table_is_sorted_by_its_headings_and_what_has_no_number_comes_last(
    open_page, member, three
):
    watch(member, "No price", None, brand="Casio")
    said = words(open_page("analytics.py", member, tab="watches", sort="cost", dir="up"))
    table = said[said.index("All watches") :]
    places = [table.index(model) for model in ("Turtle", "Ranger", "Polaris", "No price")]
    assert places == sorted(places)


def test_the_file_has_every_watch_with_exact_amounts(member, three):
    held = read(member, analytics.holdings, EVERYTHING, "CHF", TODAY)
    found = analytics_table.entries(held, [], TODAY)
    lines = analytics_table.written(found, "CHF").decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[0].split(",")[:3] == ["watch_id", "brand", "model"]
    assert all(str(one.holding.value) in "\n".join(lines) for one in found)


@pytest.mark.parametrize("by", list(analytics_allocation.DIVISIONS))
def test_an_allocation_adds_up_to_all_of_it(open_page, member, three, by):
    at = open_page("analytics.py", member, tab="allocation", by=by)
    shares = re.findall(r"<b>([\d.]+)%</b>", html(at))
    assert sum(map(Decimal, shares)) == 100


CASES = {
    "a currency without rates": {"price": "90000 RUB", "values": [(30, "80000 RUB")]},
    "before 1999": {"bought": date(1965, 4, 1), "values": [(8000, "900 EUR")]},
    "no cost": {"price": None, "values": [(30, "500 EUR")]},
    "no value": {"values": []},
    "no cost and no value": {"price": None},
    "given": {"price": "0 EUR", "values": [(30, "700 EUR")]},
    "worth nothing": {"values": [(30, "0 EUR")]},
    "bought today": {"bought": TODAY},
    "bought and sold the same day": {
        "bought": LONG_AGO, "status": "sold", "disposed_on": LONG_AGO, "sale_price": Decimal(2500),
        "sale_currency": "EUR",
    },
    "sold without a price": {"status": "sold", "disposed_on": TODAY - timedelta(days=9)},
    "one value": {"values": [(5, "2100 EUR")]},
    "values only before the purchase": {"bought": TODAY - timedelta(days=5), "values": [(900, "3000 EUR")]},
    "sixty years": {"bought": date(1966, 1, 1), "values": [(n * 365, f"{1000 + n} EUR") for n in range(60)]},
    "without a day": {"bought": None, "values": [(30, "2500 EUR")]},
    "an enormous amount": {"price": "999999999999.99 EUR", "values": [(30, "999999999999.99 EUR")]},
}  # fmt: skip


@pytest.mark.parametrize("name", TABS)
@pytest.mark.parametrize("case", CASES)
def test_an_odd_watch_alone_shows_a_reason_and_no_wrong_number(open_page, member, case, name):
    watch(member, **CASES[case])
    at = open_page("analytics.py", member, tab=name, range="all")
    said = words(at)
    assert NO_NUMBER.search(said) is None
    for chart in charts(at):
        assert (
            NO_NUMBER.search(json.dumps(chart["data"]).replace('"none"', "").replace("null", ""))
            is None
        )


def test_what_has_no_rate_is_named_and_not_counted(open_page, member, three):
    watch(member, "Raketa", "90000 RUB", brand="Raketa")
    assert "in a currency without a rate" in words(open_page("analytics.py", member))


def test_a_viewer_sees_it_too(open_page, member, three, owner):
    owner.execute("update membership set role = 'viewer' where user_id = %s", [member.user_id])
    assert "Value of 3 watches" in words(open_page("analytics.py", again(member)))


def test_another_household_sees_nothing_of_it(open_page, member, other, three):
    assert "What did your watches earn" in words(open_page("analytics.py", other))
    assert read(other, analytics.holdings, Scope(), "EUR", TODAY) == ()


def test_text_of_a_person_stays_text(open_page, member):
    evil = "<img src=x onerror=alert(1)>%{x}"
    watch(member, evil, brand=evil, values=[(30, "2500 EUR")])
    for name in TABS:
        at = open_page("analytics.py", member, tab=name)
        assert "<img src=x" not in html(at)
        assert "<img src=x" not in json.dumps(charts(at))

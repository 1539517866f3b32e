"""The overview: its numbers are the sum of the watches, and it says what they leave out."""

import json
import re
from base64 import b64decode
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from struct import unpack

import pytest

from app import format as say
from app import overview_charts, period
from data import collections, db, figures, valuations, watches
from data.figures import Slice
from data.valuations import ValuationDraft
from data.watches import WatchDraft
from tests.people import again

TODAY = datetime.now(UTC).date()
YEARS_AGO = TODAY - timedelta(days=1500)


def add(member, model, cost=None, currency="EUR", *, bought=YEARS_AGO, values=(), **more):
    """A watch of a maker nobody knows; ``values`` are (days ago, amount) in its currency."""
    with db.write(member) as connection:
        draft = WatchDraft(
            brand_id=watches.take_brand(connection, member, more.pop("brand", "Maker")),
            model=model,
            purchased_on=bought,
            purchase_price=None if cost is None else Decimal(cost),
            purchase_currency=None if cost is None else currency,
            **more,
        )
        watch_id = watches.add(connection, member, draft, TODAY)
        for days, amount in values:
            value = ValuationDraft(
                Decimal(amount), currency, TODAY - timedelta(days=days), confirmed=True
            )
            valuations.add(connection, member, watch_id, value, TODAY)
    return watch_id


@pytest.fixture
def three(member):
    """Watches in euro, francs and yen, each with a cost and a value of this month."""
    return [
        add(member, "Ranger", "2000", values=[(20, "2600")]),
        add(member, "Polaris", "9000", "CHF", values=[(15, "8100.50")], brand="Other Maker"),
        add(member, "Turtle", "60000", "JPY", values=[(10, "75000")]),
    ]


def page_text(at):
    """The HTML of the page, without the style sheet."""
    bodies = [part.proto.body for part in at.get("html")]
    return "\n".join(body for body in bodies if "<style" not in body)


def links(at):
    return [
        (link.proto.label, link.proto.page, link.proto.query_string)
        for link in at.main.get("page_link")
    ]


def headings(at):
    return re.findall("<h2>(.*?)</h2>", page_text(at))


def list_named(name, at):
    """The words of a list of bars."""
    html = page_text(at).split(f'<ul class="cb-bars" aria-label="{name}">')[1].split("</ul>")[0]
    return re.sub("<[^>]*>", "", html)


def plotly(at, place):
    return json.loads(at.get("plotly_chart")[place].proto.spec)


def numbers(values):
    """The y values of a trace, which Plotly may have packed."""
    if isinstance(values, list):
        return values
    packed = b64decode(values["bdata"])
    return list(unpack(f"<{len(packed) // 8}d", packed))


def test_the_headline_is_the_sum_of_the_watches_at_todays_rates(member, three, open_page):
    at = open_page("overview.py", member)
    assert not at.exception
    with db.read(member) as connection:
        each = [figures.of_watch(connection, member, one, "EUR", TODAY) for one in three]
        total = figures.totals(connection, member, "EUR", TODAY)
    assert total.value == sum(one.value for one in each)
    assert total.cost == sum(one.cost for one in each)
    text = page_text(at)
    assert f'<div class="cb-big">{say.money(total.value, "EUR")}</div>' in text
    assert say.change(total.gain, "EUR", total.return_fraction) in text
    assert say.money(total.cost, "EUR") in text
    assert "Value of 3\N{NO-BREAK SPACE}watches" in text


def test_the_line_ends_at_the_headline(member, three, open_page):
    at = open_page("overview.py", member)
    invested, value = plotly(at, 0)["data"]
    with db.read(member) as connection:
        total = figures.totals(connection, member, "EUR", TODAY)
    assert numbers(value["y"])[-1] == pytest.approx(float(total.value))
    assert numbers(invested["y"])[-1] == pytest.approx(float(total.cost))
    assert value["x"][-1] == TODAY.isoformat()


def test_watch_gain_and_currency_gain_as_shown_add_up_to_the_gain_as_shown(member, three):
    from app import overview  # noqa: PLC0415

    with db.read(member) as connection:
        total = figures.totals(connection, member, "EUR", TODAY)
        points = figures.trend(connection, member, "EUR", TODAY - timedelta(30), TODAY)
    _, gain, _, _ = overview.tiles(total, points, "EUR", "in a month")

    def amount(text):
        plain = text.replace("EUR", "").replace(say.SPACE, "").replace(",", "")
        return Decimal(plain.replace(say.MINUS, "-"))

    by_watches, by_currencies = gain.more.split(", ")
    parts = (
        amount(by_watches.removeprefix("watches")),
        amount(by_currencies.removeprefix("currencies")),
    )
    assert all(parts)
    assert sum(parts) == amount(gain.text)


def test_another_currency_changes_the_address_and_every_number(member, three, open_page):
    at = open_page("overview.py", member)
    before = page_text(at)
    at.selectbox(key="shown.currency.EUR").select("USD").run()
    assert not at.exception
    assert at.query_params["currency"] == "USD"
    with db.read(member) as connection:
        total = figures.totals(connection, member, "USD", TODAY)
    text = page_text(at)
    assert say.money(total.value, "USD") in text
    assert "EUR" in before
    assert "EUR" not in text


def test_a_shared_address_opens_in_its_currency_and_division(member, three, open_page):
    at = open_page("overview.py", member, currency="CHF", by="collection")
    assert not at.exception
    assert "CHF" in page_text(at)
    assert list_named("Value by collection", at).startswith("No collectionCHF")


def test_the_range_moves_the_first_day_of_the_chart(member, three, open_page):
    year = open_page("overview.py", member)
    assert plotly(year, 0)["data"][1]["x"][0] == period.months_before(TODAY, 12).isoformat()
    months = open_page("overview.py", member, range="3m")
    assert plotly(months, 0)["data"][1]["x"][0] == period.months_before(TODAY, 3).isoformat()
    assert "in 3 months" in page_text(months)
    everything = open_page("overview.py", member, range="all")
    days = plotly(everything, 0)["data"][1]["x"]
    assert date.fromisoformat(days[0]) - YEARS_AGO < timedelta(7)
    assert len(days) == 1500 // 14 + 1


def test_the_choice_of_the_buttons_stands_in_the_address_and_moves_the_page(
    member, three, open_page
):
    at = open_page("overview.py", member)
    at.button_group(key="by.brand").set_value("collection").run()
    at.button_group(key="range.1y").set_value("3y").run()
    assert not at.exception
    assert dict(at.query_params) == {"by": "collection", "range": "3y"}
    first = date.fromisoformat(plotly(at, 0)["data"][1]["x"][0])
    assert first - period.months_before(TODAY, 36) < timedelta(7)
    assert "in 3 years" in page_text(at)


@pytest.mark.parametrize(
    "query", [{"range": "9x"}, {"range": ""}, {"by": "x"}, {"currency": "XXX"}]
)
def test_an_address_that_is_none_shows_the_usual_page(member, three, open_page, query):
    at = open_page("overview.py", member, **query)
    assert not at.exception
    assert plotly(at, 0)["data"][1]["x"][0] == period.months_before(TODAY, 12).isoformat()


def test_a_young_collection_starts_on_its_first_day(member, open_page):
    first = TODAY - timedelta(days=40)
    add(member, "Ranger", "2000", bought=first)
    at = open_page("overview.py", member)
    assert plotly(at, 0)["data"][1]["x"][0] == first.isoformat()
    assert f"unchanged since {say.day(first)}" in page_text(at)


def test_the_chart_says_in_words_what_it_shows(member, three, open_page):
    at = open_page("overview.py", member)
    (line,) = at.get("plotly_chart")
    with db.read(member) as connection:
        total = figures.totals(connection, member, "EUR", TODAY)
    assert line.proto.alt.endswith(f"to {say.money(total.value, 'EUR')} on {say.day(TODAY)}.")


def test_an_empty_household_gets_first_steps_and_no_zeros(member, open_page):
    at = open_page("overview.py", member)
    assert not at.exception
    assert [label for label, _, _ in links(at)] == [
        "Add your first watch",
        "Choose your currency, now EUR",
        "Make collections",
    ]
    assert [page for _, page, _ in links(at)] == ["add_watch", "settings", "collections"]
    assert not at.get("plotly_chart")
    assert "EUR" not in page_text(at)


def test_a_viewer_of_an_empty_household_is_not_asked_to_add(member, owner, open_page):
    owner.execute("update membership set role = 'viewer' where user_id = %s", [member.user_id])
    at = open_page("overview.py", member)
    assert not at.exception
    assert not links(at)


def test_a_viewer_sees_the_same_numbers(member, three, owner, open_page):
    before = page_text(open_page("overview.py", member))
    owner.execute("update membership set role = 'viewer' where user_id = %s", [member.user_id])
    assert page_text(open_page("overview.py", member)) == before


def test_only_wishes_and_sold_watches_are_said_not_summed(member, open_page):
    add(member, "Dream", status="wishlist")
    add(member, "Gone", "500", status="sold", disposed_on=TODAY - timedelta(3))
    at = open_page("overview.py", member)
    assert not at.exception
    text = page_text(at)
    assert "1 on the wishlist, 1 sold" in text
    assert "Dream" in text
    assert "cb-big" not in text
    assert links(at)[0][:2] == ("Add watch", "add_watch")


def test_watches_without_a_value_are_told_and_lead_to_their_list(member, three, open_page):
    nothing = add(member, "Nothing known")
    at_cost = add(member, "Bought", "700")
    at = open_page("overview.py", member)
    text = page_text(at)
    list_of = '<a href="/watches?status=owned&amp;valued=no">{}\N{NO-BREAK SPACE}watch {}</a>'
    assert list_of.format(1, "is counted at cost") in text
    assert list_of.format(1, "has no value and is not in the total") in text
    for one in (nothing, at_cost):
        assert f'href="/watch?id={one}&amp;tab=value"' in text
    assert '<a href="/watches?status=owned&amp;valued=no">All that were never valued</a>' in text
    assert "against cost, 4 of 5\N{NO-BREAK SPACE}watches" in text


def test_a_value_older_than_a_year_leads_to_its_list(member, open_page):
    old = add(member, "Old", "100", values=[(366, "120")])
    add(member, "Fresh", "100", values=[(365, "120")])
    at = open_page("overview.py", member)
    text = page_text(at)
    assert f'href="/watch?id={old}&amp;tab=value"' in text
    assert text.count("tab=value") == 1
    assert '<a href="/watches?status=owned&amp;valued=stale">All valued over a year ago</a>' in text
    assert "at cost" not in text


def test_nothing_is_noted_when_nothing_is_left_out(member, open_page):
    add(member, "Ranger", "2000", values=[(20, "2600")])
    at = open_page("overview.py", member)
    assert "cb-note" not in page_text(at)


def test_a_currency_without_a_rate_is_told(member, owner, open_page):
    add(member, "Ranger", "2000", values=[(20, "2600")])
    add(member, "Raketa", "90000", "RUB", values=[(20, "100000")])
    at = open_page("overview.py", member)
    assert not at.exception
    text = page_text(at)
    assert "1\N{NO-BREAK SPACE}watch is in a currency without a rate" in text
    assert '<div class="cb-big">EUR\N{NO-BREAK SPACE}2,600</div>' in text


@pytest.mark.own_database
def test_old_rates_are_named_only_where_something_was_converted(member, open_page, owner):
    owner.execute("delete from fx_day where day > %s", [TODAY - timedelta(30)])
    owner.execute("delete from fx_rate where rate_date > %s", [TODAY - timedelta(30)])
    add(member, "Ranger", "2000", values=[(20, "2600")])
    assert "Rates of" not in page_text(open_page("overview.py", member))
    add(member, "Polaris", "9000", "CHF", values=[(15, "8100")])
    assert "Rates of" in page_text(open_page("overview.py", member))


def test_all_gains_are_not_called_losses(member, open_page):
    for number, worth in enumerate(("150", "140", "120", "110")):
        add(member, f"Model {number}", "100", values=[(20, worth)])
    at = open_page("overview.py", member)
    assert headings(at)[2:4] == ["Highest returns", "Lowest returns"]
    lowest = page_text(at).split('<ul class="cb-rows">')[2].split("</ul>")[0]
    assert lowest.index("+10.0%") < lowest.index("+20.0%")
    assert "+40.0%" not in lowest


def test_one_watch_has_no_list_of_returns(member, open_page):
    add(member, "Ranger", "2000", values=[(20, "2600")])
    at = open_page("overview.py", member)
    assert headings(at) == ["Value over time", "Allocation", "Newest"]


def test_a_watch_that_came_today_has_no_line_yet(member, open_page):
    add(member, "Ranger", "2000", bought=TODAY)
    at = open_page("overview.py", member)
    assert not at.exception
    assert "The line begins with a value" in page_text(at)
    assert "unchanged" not in page_text(at)


def test_nothing_valued_is_a_dash_not_a_zero(member, open_page):
    add(member, "Ranger")
    at = open_page("overview.py", member)
    assert not at.exception
    assert f'<div class="cb-big">{say.ABSENT}</div>' in page_text(at)
    assert "EUR\N{NO-BREAK SPACE}0" not in page_text(at)


def test_names_are_shown_as_they_are(member, open_page):
    add(member, "<b>Bold</b> & more", "100", brand="A <i>maker</i>")
    at = open_page("overview.py", member)
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; more" in page_text(at)
    assert "<b>Bold" not in page_text(at)
    assert "<i>" not in at.get("plotly_chart")[0].proto.spec


def test_another_household_is_not_in_it(member, other, three, open_page):
    add(other, "Secret", "999")
    at = open_page("overview.py", member)
    assert "Secret" not in page_text(at)
    assert "Value of 3\N{NO-BREAK SPACE}watches" in page_text(at)


def test_a_new_value_shows_at_once(member, three, open_page):
    before = page_text(open_page("overview.py", member))
    with db.write(again(member)) as connection:
        draft = ValuationDraft(Decimal(5000), "EUR", TODAY, confirmed=True)
        valuations.add(connection, member, three[0], draft, TODAY)
        collections.add(connection, member, "Dress", "brass")
    after = page_text(open_page("overview.py", member))
    assert "EUR\N{NO-BREAK SPACE}5,000" in after
    assert "EUR\N{NO-BREAK SPACE}5,000" not in before


def test_an_allocation_names_eight_and_adds_up_the_rest(member, open_page):
    for number in range(10):
        name, worth = f"Maker {number}", str(1000 - number)
        add(member, "Ranger", "100", brand=name, values=[(20, worth)])
    said = list_named("Value by brand", open_page("overview.py", member))
    assert re.findall("Maker [0-9]|Other [0-9]", said) == [
        *[f"Maker {n}" for n in range(8)],
        "Other 2",
    ]
    assert f"Other 2{say.money(Decimal(1983), 'EUR')} · 20.0%" in said


def test_nine_parts_are_nine_bars(member, open_page):
    for number in range(9):
        add(member, "Ranger", "100", brand=f"Maker {number}", values=[(20, "100")])
    said = list_named("Value by brand", open_page("overview.py", member))
    assert "Maker 8" in said
    assert "Other" not in said


def test_shares_as_shown_add_up_to_a_whole():
    slices = [Slice(name, None, Decimal(1), 1) for name in "abc"]
    parts = overview_charts.parts(slices)
    assert [say.percent(part.share) for part in parts] == ["33.4%", "33.3%", "33.3%"]
    assert not overview_charts.parts([Slice("a", None, Decimal(0), 1)])


@pytest.mark.parametrize(
    ("today", "months", "start"),
    [
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 3, date(2025, 10, 15)),
        (date(2026, 12, 1), 36, date(2023, 12, 1)),
    ],
)
def test_months_are_counted_back_to_the_same_day(today, months, start):
    assert period.months_before(today, months) == start


@pytest.mark.parametrize(
    ("days", "step"), [(0, 1), (365, 1), (400, 1), (401, 7), (1100, 7), (1101, 14), (46_000, 294)]
)
def test_a_trend_has_at_most_four_hundred_points(days, step):
    over = period.of_range("all", TODAY - timedelta(days), TODAY)
    assert over.step == step
    assert days // step <= 400

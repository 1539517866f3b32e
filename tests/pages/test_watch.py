"""One watch: its numbers are right or absent, a value is one field, nothing is lost by a click."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from app import format as say
from data import db, valuations, watches
from data.valuations import ValuationDraft
from data.watches import WatchDraft
from tests.collector import get_watch
from tests.pages.watch_pages import MENU
from tests.people import again

TODAY = datetime.now(ZoneInfo("Europe/London")).date()  # as the pages of open_page
NOT_HERE = "This watch is not in your collection"


def ago(days):
    return TODAY - timedelta(days)


def add_watch(member, brand="Omega", model="Speedmaster", price=None, **facts):
    """A watch; ``price="6500 EUR"`` fills price and currency."""
    if price:
        amount, currency = price.split()
        facts |= {"purchase_price": Decimal(amount), "purchase_currency": currency}
    with db.write(member) as connection:
        brand_id = watches.take_brand(connection, member, brand)
        draft = WatchDraft(brand_id=brand_id, model=model, **facts)
        return watches.add(connection, member, draft, TODAY)


def add_value(member, watch_id, amount, day, **facts):
    """A value, ``amount="7200 CHF"``; striking ones are confirmed."""
    number, currency = amount.split()
    draft = ValuationDraft(Decimal(number), currency, day, confirmed=True, **facts)
    with db.write(member) as connection:
        return valuations.add(connection, member, watch_id, draft, TODAY)


def page_html(at):
    bodies = [part.proto.body for part in at.get("html")]
    return "\n".join(body for body in bodies if "<style" not in body)


def page_text(at):
    said = unescape(re.sub(r"<[^>]*>", " ", page_html(at))).replace(say.SPACE, " ")
    return re.sub(r"\s+", " ", said)


def tiles(at):
    """{label: (number, detail, more)} of all tiles."""
    found = {}
    for tile in re.findall(r'<div class="cb-figure">(.*?)</dd>', page_html(at), re.DOTALL):
        parts = [
            unescape(re.sub(r"<[^>]*>", "", piece)).replace(say.SPACE, " ")
            for piece in re.split(
                r'<dd>|<span class="cb-detail[^"]*">',
                re.sub(r"<span class=\"cb-help.*?</span>", "", tile),
            )
        ]
        found[parts[0]] = (*parts[1:], "")[:3]
    return found


def chart(at):
    """{name: [(day, amount)]} of the lines of the chart; nothing where there is none."""
    charts = at.get("plotly_chart")
    if not charts:
        return {}
    return {trace["name"]: trace for trace in json.loads(charts[0].proto.spec)["data"]}


def values_of(member, watch_id):
    with db.read(member) as connection:
        return valuations.of_watch(connection, member, watch_id)


def worth(member, watch_id):
    watch = get_watch(member, watch_id)
    return watch.value_amount, watch.value_currency, watch.valued_on


def rate(owner, currency, day):
    found = owner.execute(
        "select eur_rate from fx_rate where currency = %s and rate_date <= %s order by rate_date desc limit 1",
        [currency, day],
    )
    return found.fetchone()[0]


def form(watch_id):
    return f"value.{watch_id}"


def press(at, label):
    return next(button for button in at.button if button.label == label).click().run()


def submit(at, label):
    """The button of the form, which is the last of that name."""
    return [button for button in at.button if button.label == label][-1].click().run()


def as_viewer(owner, member):
    owner.execute("update membership set role = 'viewer' where user_id = %s", [member.user_id])
    return again(member)


@pytest.fixture
def watch_id(member):
    """Bought for EUR 5,000 a thousand days ago; worth 6,000 a year ago, 7,000 ten days ago."""
    found = add_watch(
        member, "Omega", "Speedmaster", price="5000 EUR", purchased_on=ago(1000), reference="310.30"
    )
    add_value(member, found, "6000 EUR", ago(400))
    add_value(member, found, "7000 EUR", ago(10))
    return found


def test_the_figures_of_a_watch_are_those_worked_out_by_hand(member, open_page, watch_id):
    at = open_page("watch.py", member, id=str(watch_id))
    assert not at.exception
    found = tiles(at)
    assert found["Value"][:2] == ("EUR 7,000", f"{say.day(ago(10))}, by hand")
    assert found["Gain"][:2] == ("+EUR 2,000", "▲ value less cost")
    assert found["Return"][:2] == ("+40.0%", "on a cost of EUR 5,000")
    assert found["Cost"][:2] == ("EUR 5,000", f"on {say.day(ago(1000))}")
    assert found["Annualised return"][0] == "+13.1%"  # 1.4 ** (365.25 / 1000) - 1
    assert found["XIRR"][0] == "+13.1%"  # 1.4 ** (365 / 1000) - 1
    assert found["Over 30 days"][:2] == ("+EUR 1,000", "▲ +16.7%")
    assert found["Over 365 days"][:2] == ("+EUR 1,000", "▲ +16.7%")
    assert found["All-time high"][:2] == ("EUR 7,000", "now")
    assert found["Held"][0] == "1,000 days"


def test_the_heading_names_brand_and_model_once(member, open_page, watch_id):
    html = page_html(open_page("watch.py", member, id=str(watch_id)))
    assert re.findall(r"<h1>(.*?)</h1>", html) == [
        '<span class="cb-brand">Omega</span> Speedmaster'
    ]


def test_below_the_high_the_distance_is_told(member, open_page, watch_id):
    add_value(member, watch_id, "5600 EUR", ago(5))
    high = tiles(open_page("watch.py", member, id=str(watch_id)))["All-time high"]
    assert high[:2] == ("EUR 7,000", f"−20.0% since {say.day(ago(10))}")


def test_a_gain_in_another_currency_is_split_and_adds_up(member, owner, open_page):
    bought, now = date(2020, 3, 2), TODAY
    watch = add_watch(member, price="10000 USD", purchased_on=bought)
    add_value(member, watch, "12000 USD", ago(3))
    at = open_page("watch.py", member, id=str(watch), currency="EUR")
    usd_then, usd_now = rate(owner, "USD", bought), rate(owner, "USD", now)
    gain = say.round_to(12000 / usd_now - 10000 / usd_then, Decimal(1))
    watch_gain = say.round_to(2000 / usd_now, Decimal(1))
    found = tiles(at)
    assert found["Gain"] == (
        say.money(gain, "EUR", signed=True).replace(say.SPACE, " "),
        f"▲ watch {say.money(watch_gain, 'EUR', signed=True)}".replace(say.SPACE, " "),
        f"currency {say.money(gain - watch_gain, 'EUR', signed=True)}".replace(say.SPACE, " "),
    )
    assert found["Cost"][2] == "USD 10,000 at the rate of 2 Mar 2020"
    assert found["Value"][2].startswith("USD 12,000 at the rate of ")
    assert found["Value"][0] == f"EUR {say.round_to(12000 / usd_now, Decimal(1)):,}"


def test_the_currency_of_the_link_is_the_one_shown(member, open_page, watch_id):
    at = open_page("watch.py", member, id=str(watch_id), currency="CHF")
    assert at.selectbox(key="shown.currency.CHF").value == "CHF"
    assert tiles(at)["Value"][0].startswith("CHF ")
    at.selectbox(key="shown.currency.CHF").set_value("EUR").run()
    assert at.query_params["currency"] == "EUR"
    assert tiles(at)["Value"][0] == "EUR 7,000"


def test_a_watch_nobody_valued_is_at_cost(member, open_page):
    watch = add_watch(member, price="1000 EUR", purchased_on=ago(40))
    found = tiles(open_page("watch.py", member, id=str(watch)))
    assert (found["Value"][:2], found["Return"][0]) == (("EUR 1,000", "at cost"), "0.0%")


def test_nothing_known_is_a_dash_with_its_reason_never_a_zero(member, open_page):
    at = open_page("watch.py", member, id=str(add_watch(member)))
    found = tiles(at)
    assert found["Value"][:2] == ("–", "no value and no purchase price recorded")
    assert found["Gain"][:2] == ("–", "needs a value and a cost")
    assert found["Return"][:2] == ("–", "no purchase price recorded")
    assert "What is it worth?" in page_text(at)
    assert chart(at) == {}


def test_a_currency_without_a_rate_says_so(member, open_page):
    watch = add_watch(member, price="1000 USD", purchased_on=date(1985, 3, 1))
    add_value(member, watch, "2500 USD", ago(1))
    found = tiles(open_page("watch.py", member, id=str(watch), currency="EUR"))
    assert found["Cost"][:2] == ("–", "no rate from USD to EUR on 1 Mar 1985")
    assert found["Value"][0].startswith("EUR ")


@pytest.mark.parametrize(
    ("days", "shown", "reason"),
    [
        (29, "–", "Less than 30 days: too short for a yearly return."),
        (30, "+218.9%", "a year, money-weighted"),
    ],
)
def test_xirr_is_shown_from_thirty_days_on(member, open_page, days, shown, reason):
    watch = add_watch(member, price="1000 EUR", purchased_on=ago(days))
    add_value(member, watch, "1100 EUR", TODAY)
    found = tiles(open_page("watch.py", member, id=str(watch)))
    assert found["XIRR"][:2] == (shown, reason)  # 1.1 ** (365 / 30) - 1 = 2.189
    assert found["Annualised return"][:2] == ("–", "Held for less than a year.")
    assert found["Return"][0] == "+10.0%"


def test_a_guessed_day_of_purchase_makes_no_yearly_return(member, open_page):
    watch = add_watch(member, price="1000 EUR")
    add_value(member, watch, "2000 EUR", ago(900))
    found = tiles(open_page("watch.py", member, id=str(watch)))
    assert found["XIRR"][:2] == ("–", "The day of the purchase is not recorded.")
    assert found["Held"][0] == found["Annualised return"][0] == "–"


def test_a_sold_watch_shows_what_it_brought(member, open_page):
    watch = add_watch(
        member, status="sold", price="1000 EUR", purchased_on=ago(800), disposed_on=ago(70),
        sale_price=Decimal(1500), sale_fees=Decimal(100), sale_currency="EUR", buyer="Carl",
    )  # fmt: skip
    at = open_page("watch.py", member, id=str(watch))
    found = tiles(at)
    assert found["Sale price"][0] == "EUR 1,500"
    assert "less EUR 100 fees" in found["Sale price"][1]
    assert found["Realised gain"][0] == "+EUR 400"
    assert found["Return"][0] == "+40.0%"
    assert found["Held"][0] == "730 days"
    assert found["XIRR"][0] == "+18.3%"  # 1.4 ** (365 / 730) - 1
    assert "Value" not in found
    assert chart(at)["Value"]["x"][-1] == str(ago(70))
    assert "Sold" in page_text(at)


def test_a_watch_on_the_wishlist_has_a_price_and_no_gain(member, open_page):
    watch = add_watch(member, status="wishlist")
    add_value(member, watch, "9500 EUR", ago(3))
    found = tiles(open_page("watch.py", member, id=str(watch)))
    assert list(found) == ["Market price"]
    assert found["Market price"][0] == "EUR 9,500"


def test_a_watch_given_away_has_neither_price_nor_gain(member, open_page):
    watch = add_watch(
        member,
        status="gifted",
        price="300 EUR",
        purchased_on=ago(90),
        disposed_on=ago(9),
        buyer="Ben",
    )
    found = tiles(open_page("watch.py", member, id=str(watch)))
    assert found["Given away"][:2] == (say.day(ago(9)), "to Ben")
    assert found["Last value"][:2] == ("EUR 300", "at cost")
    assert "Realised gain" not in found


def test_the_line_begins_with_the_watch_and_marks_recorded_market_values_only(
    member, open_page, watch_id
):
    add_value(member, watch_id, "99000 EUR", ago(100), kind="insured")
    add_value(member, watch_id, "4000 EUR", ago(1200))  # before it came
    at = open_page("watch.py", member, id=str(watch_id))
    line = chart(at)["Value"]
    said = dict(zip(line["x"], line["text"], strict=True))
    dots = {day for day, size in zip(line["x"], line["marker"]["size"], strict=True) if size}
    assert line["x"][0] == str(ago(1000))
    assert dots == {str(ago(400)), str(ago(10))}
    assert f"EUR{say.SPACE}99,000" not in said.values()
    assert said[str(TODAY)] == f"EUR{say.SPACE}7,000"
    assert "Insured" in page_text(at)


def test_an_amount_and_enter_is_enough(member, open_page, watch_id):
    at = press(open_page("watch.py", member, id=str(watch_id)), "Record value")
    assert at.query_params["value"] == "new"
    assert at.selectbox(key=f"{form(watch_id)}.currency").value == "EUR"
    at.text_input(key=f"{form(watch_id)}.amount").set_value("7,250.50")
    at = submit(at, "Record value")
    assert not at.exception
    assert worth(member, watch_id) == (Decimal("7250.50"), "EUR", TODAY)
    assert "value" not in at.query_params
    assert tiles(at)["Value"][0] == "EUR 7,251"
    assert [toast.value for toast in at.toast] == ["Value recorded."]


def test_an_ambiguous_amount_is_refused_at_the_field_and_kept(member, open_page, watch_id):
    at = open_page("watch.py", member, id=str(watch_id), value="new")
    at.text_input(key=f"{form(watch_id)}.amount").set_value("7.250")
    at.text_area(key=f"{form(watch_id)}.note").set_value("seen in Basel")
    at = submit(at, "Record value")
    assert "“7.250” could mean 7250 or 7.25" in page_text(at)
    assert at.text_input(key=f"{form(watch_id)}.amount").value == "7.250"
    assert at.text_area(key=f"{form(watch_id)}.note").value == "seen in Basel"
    assert len(values_of(member, watch_id)) == 2


@pytest.mark.parametrize("typed", ["", "   "])
def test_no_amount_is_refused_with_a_sentence(member, open_page, watch_id, typed):
    at = open_page("watch.py", member, id=str(watch_id), value="new")
    at.text_input(key=f"{form(watch_id)}.amount").set_value(typed)
    assert "Write what the watch is worth." in page_text(submit(at, "Record value"))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TODAY + timedelta(1), "This day has not come yet."),
        (date(1750, 1, 1), "This must be in 1900 or later."),
    ],
)
def test_a_value_of_tomorrow_or_of_the_1700s_is_refused_at_its_field(
    member, open_page, watch_id, day, sentence
):
    at = open_page("watch.py", member, id=str(watch_id), value="new")
    at.text_input(key=f"{form(watch_id)}.amount").set_value("9000")
    at.date_input(key=f"{form(watch_id)}.valued_on").set_value(day)
    at = submit(at, "Record value")
    assert sentence in page_text(at)
    assert at.text_input(key=f"{form(watch_id)}.amount").value == "9000"
    assert max(value.valued_on for value in values_of(member, watch_id)) <= TODAY


def test_a_striking_value_asks_once_at_the_field(member, open_page, watch_id):
    at = open_page("watch.py", member, id=str(watch_id), value="new")
    at.text_input(key=f"{form(watch_id)}.amount").set_value("70000")
    at = submit(at, "Record value")
    assert "That is far from the value before, EUR 7,000" in page_text(at)
    assert worth(member, watch_id)[0] == 7000
    at = submit(at, f"Yes, it is EUR{say.SPACE}70,000")
    assert not at.exception
    assert worth(member, watch_id)[0] == 70000
    assert values_of(member, watch_id)[0].confirmed


def test_another_amount_than_the_confirmed_one_is_asked_about_again(member, open_page, watch_id):
    at = open_page("watch.py", member, id=str(watch_id), value="new")
    at.text_input(key=f"{form(watch_id)}.amount").set_value("70000")
    at = submit(at, "Record value")
    at.text_input(key=f"{form(watch_id)}.amount").set_value("90000")
    at = submit(at, f"Yes, it is EUR{say.SPACE}70,000")
    assert worth(member, watch_id)[0] == 7000


def test_a_new_value_starts_in_the_currency_of_the_purchase(member, open_page):
    watch = add_watch(member, price="1000 JPY", purchased_on=ago(3))
    at = open_page("watch.py", member, id=str(watch), value="new")
    assert at.selectbox(key=f"{form(watch)}.currency").value == "JPY"
    none = add_watch(member)
    at = open_page("watch.py", member, id=str(none), value="new")
    assert at.selectbox(key=f"{form(none)}.currency").value == "EUR"  # the member's own


def edited(at, value):
    return f"value.{value.valuation_id}.{value.version}"


def test_correcting_an_old_value_leaves_the_newest_in_force(member, open_page, watch_id):
    newest, old = values_of(member, watch_id)
    at = open_page("watch.py", member, id=str(watch_id), value=str(old.valuation_id))
    amount = at.text_input(key=f"{edited(at, old)}.amount")
    assert amount.value == "6,000"
    amount.set_value("6100")
    at = submit(at, "Save")
    assert not at.exception
    assert worth(member, watch_id) == (7000, "EUR", newest.valued_on)
    assert [value.amount for value in values_of(member, watch_id)] == [7000, 6100]


def test_moving_an_old_value_after_the_newest_makes_it_the_current_one(member, open_page, watch_id):
    old = values_of(member, watch_id)[1]
    at = open_page("watch.py", member, id=str(watch_id), value=str(old.valuation_id))
    at.date_input(key=f"{edited(at, old)}.valued_on").set_value(ago(2))
    at = submit(at, "Save")
    assert worth(member, watch_id) == (6000, "EUR", ago(2))
    assert tiles(at)["Value"][0] == "EUR 6,000"


def test_removing_the_newest_value_brings_the_one_before_and_undo_brings_it_back(
    member, open_page, watch_id
):
    newest = values_of(member, watch_id)[0]
    at = open_page("watch.py", member, id=str(watch_id), value=str(newest.valuation_id))
    at = press(at, "Remove value")
    assert tiles(at)["Value"][0] == "EUR 6,000"
    assert any("was removed" in caption.value for caption in at.caption)
    at = press(at, "Undo")
    assert tiles(at)["Value"][0] == "EUR 7,000"
    assert not any("was removed" in caption.value for caption in at.caption)


def test_two_who_edit_one_value_are_told_and_nothing_typed_is_lost(member, open_page, watch_id):
    newest = values_of(member, watch_id)[0]
    at = open_page("watch.py", member, id=str(watch_id), value=str(newest.valuation_id))
    with db.write(member) as connection:
        theirs = ValuationDraft(Decimal(7100), "EUR", newest.valued_on)
        valuations.change(connection, member, newest, theirs, TODAY)
    at.text_input(key=f"{edited(at, newest)}.amount").set_value("7200")
    at = submit(at, "Save")
    assert "Someone else changed this value" in at.warning[0].value.replace("\\", "")
    assert "7,100" in at.warning[0].value.replace("\\", "")
    assert worth(member, watch_id)[0] == 7100
    assert at.text_input(key=f"{edited(at, newest)}.amount").value == "7200"
    submit(at, "Save")
    assert worth(member, watch_id)[0] == 7200


def test_who_starts_again_sees_what_the_other_one_wrote(member, open_page, watch_id):
    newest = values_of(member, watch_id)[0]
    at = open_page("watch.py", member, id=str(watch_id), value=str(newest.valuation_id))
    with db.write(member) as connection:
        valuations.change(
            connection,
            member,
            newest,
            ValuationDraft(Decimal(7100), "EUR", newest.valued_on),
            TODAY,
        )
    at.text_input(key=f"{edited(at, newest)}.amount").set_value("7200")
    at = press(submit(at, "Save"), "Start again from theirs")
    assert (
        at.text_input(key=f"{edited(at, replace(newest, version=newest.version + 1))}.amount").value
        == "7,100"
    )


def test_a_note_on_a_confirmed_value_is_saved_without_asking_again(member, open_page, watch_id):
    add_value(member, watch_id, "70000 EUR", ago(1))
    newest = values_of(member, watch_id)[0]
    at = open_page("watch.py", member, id=str(watch_id), value=str(newest.valuation_id))
    at.text_area(key=f"{edited(at, newest)}.note").set_value("yes, really")
    submit(at, "Save")
    assert (values_of(member, watch_id)[0].note, values_of(member, watch_id)[0].confirmed) == (
        "yes, really",
        True,
    )


def test_a_value_that_is_gone_or_of_another_watch_is_not_opened(member, open_page, watch_id):
    elsewhere = add_value(member, add_watch(member, "Seiko", "Turtle"), "500 EUR", ago(3))
    for value in (elsewhere, uuid4(), "nonsense"):
        at = open_page("watch.py", member, id=str(watch_id), value=str(value))
        assert not at.exception
        assert at.info[0].value == "This value is not here any more."


def test_the_newest_values_are_listed_and_the_rest_is_one_link_away(member, open_page, watch_id):
    for number in range(20):
        add_value(member, watch_id, f"{6500 + number} EUR", ago(300 - number))
    at = open_page("watch.py", member, id=str(watch_id))
    rows = re.findall(r"&amp;value=([0-9a-f-]{36})", page_html(at))
    assert rows == [str(value.valuation_id) for value in values_of(member, watch_id)[:12]]
    assert "All 22 values" in page_text(at)
    at = open_page("watch.py", member, id=str(watch_id), values="all")
    assert len(re.findall(r'scope="row"', page_html(at))) == 22


@pytest.mark.parametrize("asked", ["", "7", "nonsense", str(uuid4()), "other"])
def test_what_is_not_ours_is_not_here_in_the_same_words(member, other, open_page, asked):
    if asked == "other":
        asked = str(add_watch(other, "Rolex", "Explorer"))
    at = open_page("watch.py", member, id=asked)
    assert not at.exception
    assert NOT_HERE in at.title[0].value.replace("\\", "")
    assert page_text(at).strip() == ""
    assert [link.proto.page for link in at.main.get("page_link")] == ["watches"]


def test_a_viewer_sees_everything_and_can_change_nothing(member, owner, open_page, watch_id):
    value = values_of(member, watch_id)[0]
    viewer = as_viewer(owner, member)
    at = open_page("watch.py", viewer, id=str(watch_id), value=str(value.valuation_id))
    assert tiles(at)["Value"][0] == "EUR 7,000"
    assert {button.label for button in at.button} <= MENU
    assert not at.text_input
    assert not at.get("menu_button")
    assert [link.proto.label for link in at.main.get("page_link")] == ["Compare"]
    assert "value=" not in page_html(at)


def test_delete_goes_to_the_bin_and_undo_brings_it_back(member, open_page, watch_id):
    at = open_page("watch.py", member, id=str(watch_id))
    at = at.get("menu_button")[0].click("Delete").run()
    assert get_watch(member, watch_id).deleted_at
    until = say.day(TODAY + timedelta(30))
    assert f"This watch is in the bin until {until}." in [text.value for text in at.markdown]
    assert not tiles(at)
    at = press(at, "Undo")
    assert not get_watch(member, watch_id).deleted_at
    assert tiles(at)["Value"][0] == "EUR 7,000"


def test_a_watch_in_the_bin_can_be_restored_from_its_link(member, open_page, watch_id):
    with db.write(member) as connection:
        watches.remove(connection, member, watch_id, get_watch(member, watch_id).version)
    at = press(open_page("watch.py", member, id=str(watch_id), tab="value"), "Restore")
    assert not at.exception
    assert not get_watch(member, watch_id).deleted_at


def test_a_duplicate_is_opened_to_be_changed(member, open_page, watch_id):
    at = press(open_page("watch.py", member, id=str(watch_id)), "Duplicate")
    assert not at.exception
    copy = at.query_params["id"]
    assert copy != str(watch_id)
    assert get_watch(member, copy).model == "Speedmaster"
    assert values_of(member, copy) == []
    assert [toast.value for toast in at.toast] == [
        "This is the copy. It has no serial number and no values yet."
    ]


def test_edit_leads_to_the_form_of_this_watch(member, open_page, watch_id):
    links = open_page("watch.py", member, id=str(watch_id)).main.get("page_link")
    edit = next(link for link in links if link.proto.label == "Edit")
    assert (edit.proto.page, edit.proto.query_string) == ("edit_watch", f"id={watch_id}")


def test_the_facts_tab_is_in_the_url_and_names_what_is_unknown(member, open_page):
    watch = add_watch(
        member, reference="310.30", case_diameter_mm=Decimal("42.0"), complications=["chronograph"],
        notes="line *one*\nline two", tags=["<b>"],
    )  # fmt: skip
    at = open_page("watch.py", member, id=str(watch), tab="facts")
    said = page_text(at)
    assert "Case diameter 42 mm" in said
    assert "Chronograph" in said
    assert "Calibre" not in said
    assert "<b>" not in page_html(at)
    assert any("line \\*one\\*  \nline two" in text.value for text in at.markdown)
    assert any(
        link.proto.label.startswith("Add serial number, ") for link in at.main.get("page_link")
    )


def test_a_tab_that_is_none_is_the_first_one(member, open_page, watch_id):
    for tab in ("value", "nonsense", ""):
        at = open_page("watch.py", member, id=str(watch_id), tab=tab)
        assert "Recorded values" in [header.value for header in at.header]

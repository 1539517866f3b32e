"""Adding a watch: brand and model are enough, and nothing that was typed is lost."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.watch_fields import FULL_GROUPS, GROUPS
from app.watch_form import FIELD_OF
from app.watch_words import LABELS, MEASURES, read_number, typed_number
from data import collections, db
from tests.pages.watch_pages import (
    MENU,
    TODAY,
    as_viewer,
    choose_status,
    count,
    field,
    fill,
    has_field,
    new_watch,
    only_watch,
    press,
    problems,
    titles,
)

LOOK_AT = "Not saved yet. Please look at: "


@pytest.fixture
def form(member, open_page):
    return open_page("add_watch.py", member, details="true")


def add(form, **values):
    return press(fill(form, **values), "Add watch")


def refused(form, **values):
    """The sentences at the fields; what was typed is still there."""
    before = {name: values[name] for name in values}
    add(form, **values)
    assert titles(form) == ["Add watch"]
    assert {name: field(form, name).value for name in values} == before
    sentences = problems(form)
    assert sentences.pop([s.startswith(LOOK_AT) for s in sentences].index(True))
    return sentences


def test_brand_and_model_are_enough(member, owner, form):
    add(form, brand="Rolex", model="Submariner")
    watch = only_watch(member, owner)
    assert (watch.brand, watch.model, watch.status) == ("Rolex", "Submariner", "owned")
    assert (watch.purchased_on, watch.purchase_price) == (TODAY, None)
    assert form.query_params["id"] == str(watch.watch_id)
    assert [toast.value for toast in form.toast] == ["Watch added."]


def test_the_fields_that_matter_come_first_and_then_the_button(form):
    keys = [each.key for each in form.main if getattr(each, "key", None)]
    names = [key.split(".")[1] for key in keys if key.startswith("add.") and ".row" not in key]
    first = ["status", "brand", "model", "purchase_price", "purchase_currency", "purchased_on"]
    assert names[:6] == first
    assert field(form, "purchase_currency").value == "EUR"


def test_the_rest_shows_on_demand(member, open_page):
    form = open_page("add_watch.py", member)
    assert (has_field(form, "model"), has_field(form, "calibre")) == (True, False)
    form.toggle(key="details").set_value(True).run()
    assert has_field(form, "calibre")


def test_every_field_is_kept(member, owner, form):
    add(
        form, brand="Omega", model="Speedmaster", purchase_price="12 390", purchase_currency="CHF",
        purchased_on=date(2024, 5, 3), reference="310.30", serial_number="77", nickname="Moonwatch",
        production_year="1969", retailer="The shop", purchase_fees="10", purchase_taxes="1.234,56",
        movement_type="manual", calibre="Omega 1861", complications=["chronograph"],
        power_reserve_h="48", water_resistance_m="1,000", dial_colour="Black", strap="Steel",
        case_material="Steel", case_diameter_mm="40,5", thickness_mm="13.2 mm", lug_to_lug_mm="47",
        lug_width_mm="20", crystal="Hesalite", bezel="Tachymeter", condition="good",
        box_papers="full_set", tags=["moon", "daily"], notes="A\0 note\nof two lines",
    )  # fmt: skip
    watch = only_watch(member, owner)
    assert (watch.brand, watch.model, watch.purchased_on) == (
        "Omega",
        "Speedmaster",
        date(2024, 5, 3),
    )
    assert (watch.purchase_price, watch.purchase_currency) == (Decimal(12390), "CHF")
    assert (watch.purchase_fees, watch.purchase_taxes) == (Decimal(10), Decimal("1234.56"))
    assert (watch.reference, watch.serial_number, watch.nickname) == ("310.30", "77", "Moonwatch")
    assert (watch.production_year, watch.retailer, watch.calibre) == (
        1969,
        "The shop",
        "Omega 1861",
    )
    assert (watch.movement_type, watch.complications) == ("manual", ["chronograph"])
    assert (watch.power_reserve_h, watch.water_resistance_m) == (48, 1000)
    assert (watch.case_diameter_mm, watch.thickness_mm) == (Decimal("40.5"), Decimal("13.2"))
    assert (watch.lug_to_lug_mm, watch.lug_width_mm) == (47, 20)
    assert (watch.dial_colour, watch.strap, watch.case_material) == ("Black", "Steel", "Steel")
    assert (watch.crystal, watch.bezel) == ("Hesalite", "Tachymeter")
    assert (watch.condition, watch.box_papers, watch.tags) == (
        "good",
        "full_set",
        ["daily", "moon"],
    )
    assert watch.notes == "A note\nof two lines"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1.234,56", "1234.56"),
        ("12 390", "12390"),
        ("12'390.50", "12390.5"),
        ("€ 40.950,-", "40950"),
    ],
)
def test_a_price_may_be_written_in_many_ways(member, owner, form, typed, stored):
    add(form, brand="Rolex", model="Submariner", purchase_price=typed)
    assert only_watch(member, owner).purchase_price == Decimal(stored)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-5", "An amount can't be negative."),
        ("1e9", "“1e9” isn't an amount; write it like 12,390.50."),
        ("NaN", "“NaN” isn't an amount; write it like 12,390.50."),
        ("abc", "“abc” isn't an amount; write it like 12,390.50."),
        ("$ 100", "This looks like USD, but the currency is EUR."),
    ],
)
def test_what_is_no_price_is_refused_at_the_price(owner, form, typed, sentence):
    assert refused(form, brand="Rolex", model="Submariner", purchase_price=typed) == [sentence]
    assert count(owner) == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"model": ""}, "Give the watch a model name."),
        ({"model": "\0 "}, "Give the watch a model name."),
        ({"model": "x" * 10_000}, "This has up to 200 characters; please shorten it."),
        ({"notes": "x" * 10_001}, "This has up to 10,000 characters; please shorten it."),
        ({"brand": None}, "Choose a brand, or type a new one."),
        ({"brand": "x" * 101}, "A brand has up to 100 characters; please shorten it."),
        ({"purchased_on": TODAY + timedelta(30)}, "This day has not come yet."),
        ({"purchased_on": date(1750, 1, 1)}, "This must be in 1900 or later."),
        ({"purchase_fees": "50"}, "Fees and taxes need a purchase price beside them."),
        ({"production_year": "1492"}, "A year of production has four digits, like 1968."),
        ({"production_year": str(TODAY.year + 2)}, f"Write a year between 1500 and {TODAY.year + 1}."),
        ({"production_year": "MCMLXX"}, "Write this as a number, such as 1968."),
        ({"case_diameter_mm": "400,5"}, "A case diameter lies between 5 and 100 mm."),
        ({"thickness_mm": "-5"}, "A thickness lies between 0.5 and 60 mm."),
        ({"lug_width_mm": "20.25"}, "This has one decimal; write it like 20."),
        ({"water_resistance_m": "9" * 30}, "Water resistance lies between 0 and 20,000 m."),
        ({"power_reserve_h": "NaN"}, "Write this as a number, such as 72."),
        ({"tags": ["t" * 41]}, "A tag has up to 40 characters."),
    ],
    ids=str,
)  # fmt: skip
def test_a_refusal_shows_at_its_field_and_keeps_what_was_typed(owner, form, typed, sentence):
    good = {
        "brand": "Rolex",
        "model": "Submariner",
        "nickname": "Kermit",
        "purchase_price": "1,000",
    }
    good |= {"purchase_price": ""} if "purchase_fees" in typed else {}
    assert refused(form, **(good | typed)) == [sentence]
    assert count(owner) == 0
    assert count(owner, "brand") == 0


def test_all_problems_are_said_at_once(form):
    sentences = refused(
        form, model="", purchase_price="abc", lug_width_mm="1", thickness_mm="99",
        purchased_on=date(1750, 1, 1),
    )  # fmt: skip
    assert len(sentences) == 6
    shown = next(each for each in problems(form) if each.startswith(LOOK_AT))
    assert shown == LOOK_AT + "Brand, Model, Price, Purchase date, Thickness (mm), Lug width (mm)."


def test_a_brand_that_is_refused_hides_no_other_problem(form):
    assert refused(form, brand="x" * 101, model="") == [
        "A brand has up to 100 characters; please shorten it.",
        "Give the watch a model name.",
    ]


def test_what_was_refused_is_saved_once_it_is_right(member, owner, form):
    refused(form, brand="Rolex", model="Submariner", purchase_price="abc")
    add(form, purchase_price="12,390")
    assert only_watch(member, owner).purchase_price == Decimal(12390)


def test_a_serial_number_that_is_taken_is_refused_at_the_serial_number(member, owner, form):
    new_watch(member, "Rolex", "Submariner", serial_number="ab1")
    sentences = refused(form, brand="Rolex", model="Daytona", serial_number="AB1")
    assert sentences == ["A watch of this brand with this serial number is already here."]
    assert count(owner) == 1


def test_a_new_brand_is_made_with_its_watch(member, owner, form):
    add(form, brand="Zyxel Works", model="One")
    assert only_watch(member, owner).brand == "Zyxel Works"


def test_the_beginning_of_a_known_brand_is_asked_about_once(member, owner, form):
    sentence = "“Rol” would be a new brand. Did you mean Rolex? If not, save again."
    assert refused(form, brand="Rol", model="Submariner") == [sentence]
    assert count(owner, "brand") == 0
    press(form, "Add watch")
    assert only_watch(member, owner).brand == "Rol"


def test_a_known_brand_written_in_another_way_is_that_brand(member, owner, form):
    add(form, brand="rOLEX", model="Submariner")
    assert only_watch(member, owner).brand == "Rolex"


def test_a_watch_on_the_wishlist_has_no_purchase_date(member, owner, form):
    choose_status(form, "wishlist")
    assert not has_field(form, "purchased_on")
    add(form, brand="Rolex", model="Submariner")
    watch = only_watch(member, owner)
    assert (watch.status, watch.purchased_on, watch.model) == ("wishlist", None, "Submariner")


def test_an_ordered_watch_offers_no_purchase_date(form):
    assert field(form, "purchased_on").value == TODAY
    assert field(choose_status(form, "ordered"), "purchased_on").value is None


def test_a_sold_watch_asks_for_the_day_and_the_sale(member, owner, form):
    choose_status(form, "sold")
    assert refused(form, brand="Rolex", model="Submariner", sale_price="9,000") == [
        "Say on which day it left the collection."
    ]
    add(form, disposed_on=TODAY, buyer="Bo", sale_fees="100", sale_currency="USD")
    watch = only_watch(member, owner)
    assert (watch.status, watch.disposed_on, watch.buyer) == ("sold", TODAY, "Bo")
    assert (watch.sale_price, watch.sale_currency, watch.proceeds) == (9000, "USD", 8900)


def test_a_lost_watch_asks_only_for_the_day(form):
    choose_status(form, "lost")
    assert field(form, "disposed_on").label == "Lost on"
    assert not has_field(form, "buyer")
    assert not has_field(form, "sale_price")


def test_what_is_typed_stays_when_the_status_changes_and_back(form):
    choose_status(form, "sold")
    refused(
        form, brand="Rolex", model="Submariner", buyer="Bo", sale_price="9,000", purchase_price="5"
    )
    choose_status(form, "owned")
    assert problems(form) == []
    assert (field(form, "model").value, field(form, "purchase_price").value) == ("Submariner", "5")
    choose_status(form, "sold")
    assert (field(form, "buyer").value, field(form, "sale_price").value) == ("Bo", "9,000")


def test_a_new_watch_goes_to_the_default_collection_unless_chosen_otherwise(
    member, owner, open_page
):
    with db.write(member) as connection:
        first = collections.add(connection, member, "Divers", "navy")
        other = collections.add(connection, member, "Safe", "plum")
        divers = next(c for c in collections.every(connection, member) if c.collection_id == first)
        collections.make_default(connection, member, divers)
    add(open_page("add_watch.py", member, details="true"), brand="Rolex", model="Submariner")
    assert only_watch(member, owner).collection == "Divers"
    owner.execute("delete from watch")
    add(
        open_page("add_watch.py", member, details="true"),
        brand="Rolex",
        model="One",
        collection=str(other),
    )
    assert only_watch(member, owner).collection == "Safe"
    owner.execute("delete from watch")
    add(
        open_page("add_watch.py", member, details="true"), brand="Rolex", model="Two", collection=""
    )
    assert only_watch(member, owner).collection is None


def test_a_collection_that_was_deleted_meanwhile_is_left_out(member, owner, open_page):
    with db.write(member) as connection:
        chosen = collections.add(connection, member, "Divers", "navy")
    form = open_page("add_watch.py", member, details="true")
    fill(form, brand="Rolex", model="Submariner", collection=str(chosen))
    owner.execute("delete from collection")
    press(form, "Add watch")
    assert only_watch(member, owner).collection is None


def test_leaving_and_coming_back_begins_afresh(form):
    refused(form, brand="Rolex", model="", nickname="Kermit")
    form.switch_page("../pages/settings.py").run()
    form.switch_page("../pages/add_watch.py").run()
    assert problems(form) == []
    assert (field(form, "nickname").value, field(form, "brand").value) == ("", None)


def test_the_next_watch_starts_with_an_empty_form(form):
    add(form, brand="Rolex", model="Submariner")
    form.switch_page("../pages/add_watch.py").run()
    assert (field(form, "model").value, field(form, "brand").value) == ("", None)


def test_a_session_that_ended_meanwhile_saves_nothing(member, owner, form):
    fill(form, brand="Rolex", model="Submariner")
    owner.execute("delete from session")
    press(form, "Add watch")
    assert titles(form) == ["Sign in"]
    assert count(owner) == 0


def test_a_viewer_is_told_who_may_add(member, owner, open_page):
    at = open_page("add_watch.py", as_viewer(owner, member))
    assert [info.value for info in at.info] == [
        "You can look at this collection. Owners and editors can add watches to it."
    ]
    assert not at.text_input
    assert {button.label for button in at.button} == MENU


def test_who_became_a_viewer_meanwhile_adds_nothing(member, owner, form):
    fill(form, brand="Rolex", model="Submariner")
    as_viewer(owner, member)
    press(form, "Add watch")
    assert count(owner) == 0


def test_a_household_sees_only_its_own_type_ahead(member, other, open_page):
    new_watch(member, "Zyxel Works", "One", retailer="The shop", tags=["secret"])
    at = open_page("add_watch.py", other, details="true")
    assert "Zyxel Works" not in field(at, "brand").options
    assert "Rolex" in field(at, "brand").options
    assert field(at, "retailer").options == []
    assert field(at, "tags").options == []


def test_every_measure_has_the_limits_of_its_constraint(owner):
    for name, measure in MEASURES.items():
        (said,) = owner.execute(
            "select pg_get_constraintdef(oid) from pg_constraint where conname = %s",
            [measure.constraint],
        ).fetchone()
        low, high = re.findall(r">= \(?([\d.]+)\)?.*<= \(?([\d.]+)\)?", said)[0]
        assert name in said
        assert (Decimal(low), Decimal(high)) == (measure.low, measure.high)


def test_every_constraint_in_the_table_exists_and_leads_to_a_field(owner):
    sentences = db.constraint_sentences()
    assert [name for name in FIELD_OF if name not in sentences] == []
    assert [name for name in FIELD_OF.values() if name not in LABELS] == []


def test_every_field_has_one_place_in_the_full_form():
    places = [name for halves in FULL_GROUPS.values() for half in halves for name in half]
    assert len(places) == len(set(places))
    elsewhere = {"status", "disposed_on", "buyer", "sale_price", "sale_fees", "target_price"}
    currencies = {"purchase_currency", "sale_currency", "target_currency"}
    assert set(LABELS) - set(places) - elsewhere == currencies
    assert set(GROUPS) == set(FULL_GROUPS)


@pytest.mark.parametrize(
    ("name", "typed", "number"),
    [
        ("case_diameter_mm", "40,5", "40.5"), ("case_diameter_mm", " 40.50 mm", "40.5"),
        ("water_resistance_m", "1’000", "1000"), ("power_reserve_h", "1.000", "1000"),
        ("thickness_mm", "0.500", "0.5"), ("lug_width_mm", "", None),
    ],
)  # fmt: skip
def test_a_number_may_be_written_in_many_ways(name, typed, number):
    found = read_number(typed, name, {})
    assert found == (None if number is None else Decimal(number))


def test_a_number_is_shown_as_one_would_type_it():
    assert [typed_number(n) for n in (None, 200, Decimal("40.0"), Decimal("40.5"))] == [
        "", "200", "40", "40.5",
    ]  # fmt: skip

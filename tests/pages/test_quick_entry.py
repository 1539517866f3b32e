"""Quick entry on Add watch: one line fills the form, photos come before their watch."""

import json
from datetime import date
from decimal import Decimal

import pytest

from data import db, photos
from tests.pages.watch_pages import (
    TODAY,
    as_viewer,
    choose_status,
    count,
    field,
    fill,
    has_field,
    only_watch,
    press,
    problems,
    titles,
)
from tests.pictures import picture

LINE = "Omega Speedmaster 310.30.42.50.01.002 bought 2023-05-01 for 6500 EUR"


@pytest.fixture
def form(member, open_page):
    return open_page("add_watch.py", member)


def paste(form, line):
    return form.text_input(key="page.add.line").set_value(line).run()


def give(form, *files):
    return form.file_uploader(key="page.add.photos").set_value(list(files)).run()


def said(form):
    return " ".join(caption.value for caption in form.main.caption).replace("\\", "")


def photos_of(member, watch):
    with db.read(member) as connection:
        return photos.of_watch(connection, member, watch.watch_id)


def test_a_line_fills_the_form_and_saves_nothing_yet(owner, form):
    paste(form, LINE)
    held = {name: field(form, name).value for name in ("brand", "model", "reference")}
    assert held == {"brand": "Omega", "model": "Speedmaster", "reference": "310.30.42.50.01.002"}
    assert (field(form, "purchase_price").value, field(form, "purchase_currency").value) == (
        "6,500",
        "EUR",
    )
    assert field(form, "purchased_on").value == date(2023, 5, 1)
    assert "Filled in: brand, model, reference, purchase date, price." in said(form)
    assert count(owner) == 0


def test_what_the_line_said_is_added_after_a_look(member, owner, form):
    paste(form, f"{LINE} from Bucherer full set s/n 77 ca. 1968 “Moonwatch” mint, nice lume")
    press(form, "Add watch")
    watch = only_watch(member, owner)
    assert (watch.brand, watch.model, watch.reference) == (
        "Omega",
        "Speedmaster",
        "310.30.42.50.01.002",
    )
    assert (watch.purchase_price, watch.purchased_on) == (Decimal(6500), date(2023, 5, 1))
    assert (watch.retailer, watch.box_papers, watch.serial_number) == ("Bucherer", "full_set", "77")
    assert (watch.production_year, watch.nickname) == (1968, "Moonwatch")
    assert (watch.condition, watch.notes) == ("mint", "nice lume")


def test_words_that_are_not_understood_are_named_and_join_the_notes(member, owner, form):
    paste(form, "Omega Constellation, gold capped")
    assert "Not understood, and kept for the notes: “gold capped”." in said(form)
    form.toggle(key="details").set_value(True).run()
    press(fill(form, notes="From the attic"), "Add watch")
    assert only_watch(member, owner).notes == "From the attic\ngold capped"


def test_what_the_line_does_not_say_stays_as_it_was_typed(form):
    paste(form, "Omega Constellation for 950 EUR")
    paste(form, "Tudor Ranger")
    assert (field(form, "brand").value, field(form, "purchase_price").value) == ("Tudor", "950")
    assert field(form, "purchased_on").value == TODAY


def test_a_line_for_the_wishlist_changes_the_status(member, owner, form):
    paste(form, "Omega Constellation wishlist CHF 900")
    assert not has_field(form, "purchased_on")
    press(form, "Add watch")
    watch = only_watch(member, owner)
    assert (watch.status, watch.purchase_price, watch.purchased_on) == ("wishlist", 900, None)


def test_a_day_in_a_line_is_not_lost_where_there_is_no_field_for_it(form):
    choose_status(form, "wishlist")
    paste(form, "Omega Constellation 2023-05-01")
    assert form.text_area(key="add.left").value == "2023-05-01"


def test_a_line_in_all_fields_fills_those(form):
    form.toggle(key="details").set_value(True).run()
    paste(form, f"{LINE} “Moonwatch”")
    assert field(form, "nickname").value == "Moonwatch"


def test_a_line_of_an_unknown_brand_says_so_and_can_be_added(member, owner, form):
    paste(form, "Foobar Diver")
    assert "“Foobar” is no brand known here" in said(form)
    press(form, "Add watch")
    assert only_watch(member, owner).brand == "Foobar"


def test_a_refusal_keeps_what_the_line_filled_in(owner, form):
    paste(form, "Patek 5711/1A-010 s/n 1")
    press(form, "Add watch")
    assert titles(form) == ["Add watch"]
    assert "Give the watch a model name." in problems(form)
    assert field(form, "reference").value == "5711/1A-010"
    assert count(owner) == 0


def test_text_in_a_line_is_shown_as_it_is(form):
    paste(form, "Omega Speedmaster, <b>bold</b> **x** [a](http://b)")
    assert "“\\<b\\>bold" in " ".join(each.value for each in form.main.caption)
    assert form.text_area(key="add.left").value == "<b>bold</b> **x** [a](http://b)"


def test_photos_come_first_and_are_stored_in_their_order(member, owner, form):
    give(
        form,
        ("a.jpg", picture("navy"), "image/jpeg"),
        ("b.jpg", picture("maroon", (480, 640)), "image/jpeg"),
    )
    assert "2\xa0photos for this watch" in said(form)
    press(fill(form, brand="Omega", model="Speedmaster"), "Add watch")
    watch = only_watch(member, owner)
    assert [(each.width_px, each.position) for each in photos_of(member, watch)] == [
        (640, 1),
        (480, 2),
    ]


def test_a_refused_photo_says_why_and_does_not_stand_in_the_way(member, owner, form):
    give(form, ("a.jpg", b"no picture", "image/jpeg"), ("b.jpg", picture(), "image/jpeg"))
    shown = " ".join(each.proto.body for each in form.main.get("html"))
    assert "<b>a.jpg</b> This is not a JPEG" in shown
    press(fill(form, brand="Omega", model="Speedmaster"), "Add watch")
    assert len(photos_of(member, only_watch(member, owner))) == 1


def test_the_same_photo_twice_is_stored_once(member, owner, form):
    give(form, ("a.jpg", picture(), "image/jpeg"), ("b.jpg", picture(), "image/jpeg"))
    press(fill(form, brand="Omega", model="Speedmaster"), "Add watch")
    assert len(photos_of(member, only_watch(member, owner))) == 1


def test_photos_wait_while_the_form_is_refused(member, owner, form):
    give(form, ("a.jpg", picture(), "image/jpeg"))
    press(form, "Add watch")
    assert count(owner) == 0
    press(fill(form, brand="Omega", model="Speedmaster"), "Add watch")
    assert len(photos_of(member, only_watch(member, owner))) == 1


def test_a_photo_that_is_taken_out_again_is_not_stored(member, owner, form):
    give(form, ("a.jpg", picture(), "image/jpeg"))
    give(form)
    press(fill(form, brand="Omega", model="Speedmaster"), "Add watch")
    assert photos_of(member, only_watch(member, owner)) == []


def test_who_can_only_look_sees_neither(member, owner, open_page):
    form = open_page("add_watch.py", as_viewer(owner, member))
    assert not form.main.text_input
    assert not form.main.file_uploader


def keys(at):
    """What the browser's part of the shortcuts is told."""
    parts = [each.proto for each in at.sidebar if each.type == "bidi_component"]
    return json.loads(next(part.json for part in parts if part.component_name == "shortcuts"))


def test_who_can_only_look_has_no_keys_that_change_something(member, owner, open_page):
    assert keys(open_page("settings.py", member))["writes"] is True
    assert keys(open_page("settings.py", as_viewer(owner, member)))["writes"] is False

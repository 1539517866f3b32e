"""Edit many: ticks and a grid over the same watches as the list, and nothing lost on the way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data import collections, db, watches
from data.watches import draft_of
from tests.collector import add_watch, get_watch
from tests.pages.test_watches import html, links
from tests.pages.watch_pages import TODAY, as_viewer, press, problems


@pytest.fixture
def ids(member):
    """A, B, C: newest first in the list, so C, B, A."""
    return [
        add_watch(member, model=m, price="10 EUR", purchased_on=date(2020, 1, 2)) for m in "ABC"
    ]


def key(at, mode="select"):
    rounds = at.session_state["page.many.round"]
    return f"many.{mode}.{rounds}"


def tick(at, *places):
    at.session_state[key(at)] = {"selection": {"rows": list(places), "columns": [], "cells": []}}
    return at.run()


def type_in(at, **cells):
    """``type_in(at, r0={"model": "X"})`` types into the first line."""
    rows = {int(line[1:]): typed for line, typed in cells.items()}
    at.session_state[key(at, "grid")] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    return at.run()


def touch(who, watch_id, **facts):
    watch = get_watch(who, watch_id)
    with db.write(who) as connection:
        draft = replace(draft_of(watch), **facts)
        watches.change(connection, who, watch_id, watch.version, draft, TODAY)


def of(who, ids, name):
    return [getattr(get_watch(who, one), name) for one in ids]


def changes(at):
    return "".join(html(at, "cb-table"))


# ── ticks ──────────────────────────────────────────────────────────────────────────────────


def test_the_table_shows_the_filtered_watches_and_no_others(open_page, member, ids):
    add_watch(member, model="Gone", status="sold", disposed_on=date(2024, 1, 2))
    at = open_page("edit_many.py", member, status="owned", sort="name")
    assert list(at.dataframe[0].value["model"]) == ["A", "B", "C"]
    assert "3\N{NO-BREAK SPACE}watches" in "".join(html(at, "cb-summary"))
    assert "Owned" in links(at, "cb-summary")


def test_ticked_watches_go_into_a_collection_and_stay_ticked(open_page, member, ids):
    with db.write(member) as connection:
        group = collections.add(connection, member, "Daily", "navy")
    at = tick(open_page("edit_many.py", member), 0, 1)
    at.selectbox(key="many.into").set_value(group).run()
    press(at, "Apply")
    assert not at.exception
    assert of(member, ids, "collection") == [None, "Daily", "Daily"]
    assert list(at.dataframe[0].value["collection"])[:2] == ["Daily", "Daily"]
    assert at.selectbox(key="many.what").label.startswith("Change of 2")


def test_a_sale_before_the_purchase_changes_nothing_and_says_why(open_page, member, ids):
    at = tick(open_page("edit_many.py", member), 0)
    at.selectbox(key="many.what").set_value("Status").run()
    at.selectbox(key="many.status").set_value("sold").run()
    at.date_input(key="many.left_on").set_value(date(2019, 1, 1)).run()
    press(at, "Apply")
    assert "Nothing was changed." in problems(at)[0]
    assert "Omega C" in problems(at)[0]
    assert of(member, ids, "status") == ["owned"] * 3


def test_the_bin_takes_many_and_undo_brings_them_back(open_page, member, ids):
    at = press(tick(open_page("edit_many.py", member), 0, 1, 2), "Delete")
    assert all(of(member, ids, "deleted_at"))
    assert "No watch matches" in "".join(html(at, "cb-empty"))
    press(at, "Undo")
    assert of(member, ids, "deleted_at") == [None] * 3


def test_what_somebody_else_changed_meanwhile_is_named_and_left_alone(open_page, member, ids):
    at = tick(open_page("edit_many.py", member), 0, 1)
    touch(member, ids[2], nickname="Theirs")
    at.selectbox(key="many.what").set_value("Condition").run()
    at.selectbox(key="many.grade").set_value("mint").run()
    press(at, "Apply")
    assert of(member, ids, "condition") == [None, "mint", None]
    assert "Omega C" in at.warning[0].value


def test_tags_are_added(open_page, member, ids):
    touch(member, ids[0], tags=["diver"])
    at = tick(open_page("edit_many.py", member), 0)
    at.selectbox(key="many.what").set_value("Add tags").run()
    at.multiselect[0].set_value(["diver"]).run()
    press(at, "Apply")
    assert of(member, ids, "tags") == [["diver"], [], ["diver"]]


def test_another_households_watches_are_not_there(open_page, member, other, ids):
    at = open_page("edit_many.py", other)
    assert "No watch matches" in "".join(html(at, "cb-empty"))


def test_a_viewer_has_no_table(open_page, member, owner, ids):
    at = open_page("edit_many.py", as_viewer(owner, member))
    assert not at.dataframe
    assert "can look at this collection" in at.info[0].value


def test_only_editors_are_led_here(open_page, member, owner, ids):
    def led(at):
        return [one for one in at.main.get("page_link") if one.proto.label == "Edit many"]

    found = led(open_page("watches.py", member, status="owned", view="table"))
    assert found[0].proto.query_string == "status=owned"
    assert not led(open_page("watches.py", as_viewer(owner, member)))


# ── the grid ───────────────────────────────────────────────────────────────────────────────


def test_changes_are_shown_before_they_are_saved_all_at_once(open_page, member, ids):
    at = open_page("edit_many.py", member, mode="grid")
    type_in(at, r0={"model": "New", "purchase_price": "1,234.50"}, r2={"status": "Wishlist"})
    assert of(member, ids, "model") == ["A", "B", "C"]
    for text in ("New", "10", "1,234.50", "Owned", "Wishlist"):
        assert text in changes(at)
    press(at, "Save 2\N{NO-BREAK SPACE}watches")
    assert not at.exception
    assert of(member, ids, "model") == ["A", "B", "New"]
    assert [str(one) for one in of(member, ids, "purchase_price")] == ["10.00", "10.00", "1234.50"]
    assert of(member, ids, "status") == ["wishlist", "owned", "owned"]
    assert not changes(at)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"model": ""}, "Model: Give the watch a model name."),
        ({"purchase_price": "abc"}, "Price: “abc” isn't an amount"),
        ({"production_year": "19x"}, "Year of production: Write this as a number"),
        ({"status": "Sold"}, "Left the collection on: Say on which day"),
        ({"status": None}, "Status: Choose a status"),
        ({"purchase_currency": None}, "Currency: A price needs a currency."),
        ({"purchased_on": str(TODAY + timedelta(1))}, "Purchase date: This day has not come"),
        ({"reference": "x" * 101}, "Reference: This has up to 100"),
    ],
)
def test_a_cell_that_cannot_be_saved_names_its_watch_and_column(
    open_page, member, ids, cells, sentence
):
    at = type_in(open_page("edit_many.py", member, mode="grid"), r0=cells)
    assert any(said.startswith("Omega C, ") and sentence in said for said in problems(at))
    assert next(b for b in at.button if b.label.startswith("Save")).disabled


def test_a_refused_save_keeps_what_was_typed(open_page, member, ids):
    touch(member, ids[0], serial_number="S1")
    at = open_page("edit_many.py", member, mode="grid")
    type_in(at, r0={"serial_number": "s1"}, r1={"model": "Fine"})
    press(at, "Save 2\N{NO-BREAK SPACE}watches")
    assert problems(at) == ["Omega C, Serial number: A watch of this brand with this serial number is already here."]  # fmt: skip
    assert "Fine" in changes(at)
    assert of(member, ids, "model") == ["A", "B", "C"]


def test_a_row_changed_meanwhile_is_not_overwritten_and_keeps_what_i_typed(open_page, member, ids):
    at = open_page("edit_many.py", member, mode="grid")
    touch(member, ids[2], nickname="Theirs")
    type_in(at, r0={"nickname": "Mine"}, r1={"nickname": "Fine"})
    press(at, "Save 2\N{NO-BREAK SPACE}watches")
    assert of(member, ids, "nickname") == [None, "Fine", "Theirs"]
    assert "Omega C" in at.warning[0].value
    assert "Theirs" in changes(at)
    assert "Mine" in changes(at)
    press(at, "Save 1\N{NO-BREAK SPACE}watch")
    assert of(member, ids, "nickname") == [None, "Fine", "Mine"]


def test_theirs_can_be_taken(open_page, member, ids):
    at = open_page("edit_many.py", member, mode="grid")
    touch(member, ids[2], nickname="Theirs")
    type_in(at, r0={"nickname": "Mine"})
    press(at, "Save 1\N{NO-BREAK SPACE}watch")
    press(at, "Start over")
    assert not changes(at)
    assert of(member, ids, "nickname") == [None, None, "Theirs"]

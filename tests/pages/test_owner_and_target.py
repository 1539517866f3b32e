"""Owner and target price on the pages: in the forms, on the watch, in its history, as a filter."""

from decimal import Decimal

import pytest

from tests.pages.watch_pages import (
    choose_status,
    field,
    fill,
    has_field,
    html,
    new_watch,
    only_watch,
    press,
    problems,
    stored,
)
from tests.people import again, new_member
from tests.sql.households import join


@pytest.fixture
def anna(owner, member):
    return join(owner, new_member("anna@example.com", "Anna"), member)


def test_a_new_watch_is_given_an_owner(member, anna, owner, open_page):
    at = open_page("add_watch.py", member, details="true")
    assert (field(at, "owner").value, field(at, "owner").placeholder) == (None, "The household")
    fill(at, brand="Rolex", model="GMT", owner=str(anna.user_id))
    press(at, "Add watch")
    assert only_watch(again(member), owner).owner == "Anna"


def test_an_owner_can_be_taken_back(member, anna, open_page):
    watch = new_watch(member, owner_id=anna.user_id)
    at = open_page("edit_watch.py", member, id=str(watch.watch_id))
    assert field(at, "owner").value == str(anna.user_id)
    press(fill(at, owner=""), "Save")
    assert stored(again(member), watch.watch_id).owner_id is None


def test_only_what_is_not_here_yet_is_asked_for_its_target_price(member, owner, open_page):
    at = open_page("add_watch.py", member)
    assert not has_field(at, "target_price")
    choose_status(at, "wishlist")
    assert field(at, "target_currency").value == "EUR"
    fill(at, brand="Rolex", model="GMT", target_price="15’500", target_currency="CHF")
    press(at, "Add watch")
    watch = only_watch(again(member), owner)
    assert (watch.target_price, watch.target_currency) == (Decimal(15500), "CHF")


def test_a_target_that_is_no_amount_is_told_at_its_field(member, open_page):
    at = choose_status(open_page("add_watch.py", member), "wishlist")
    press(fill(at, brand="Rolex", model="GMT", target_price="a lot"), "Add watch")
    assert "Not saved yet. Please look at: Target price." in problems(at)
    assert field(at, "target_price").value == "a lot"
    press(fill(at, target_price="-5"), "Add watch")
    assert any("Target price" in sentence for sentence in problems(at))


def test_a_target_is_edited_and_goes_with_the_wish(member, open_page):
    watch = new_watch(member, status="wishlist", target_price=Decimal(900), target_currency="CHF")
    at = open_page("edit_watch.py", member, id=str(watch.watch_id))
    assert (field(at, "target_price").value, field(at, "target_currency").value) == ("900", "CHF")
    press(fill(at, target_price="850"), "Save")
    assert stored(again(member), watch.watch_id).target_price == Decimal(850)
    at = choose_status(open_page("edit_watch.py", again(member), id=str(watch.watch_id)), "owned")
    assert not has_field(at, "target_price")
    press(at, "Save")
    assert stored(again(member), watch.watch_id).target_price is None


def test_the_page_of_a_watch_names_owner_and_target(member, anna, open_page):
    watch = new_watch(
        member, status="wishlist", target_price=Decimal(900), target_currency="CHF",
        owner_id=anna.user_id,
    )  # fmt: skip
    at = open_page("watch.py", member, id=str(watch.watch_id), tab="facts")
    assert "<dt>Owner</dt><dd>Anna</dd>" in html(at)
    assert "<dt>Target price</dt><dd>CHF\u00a0900</dd>" in html(at)


def test_a_watch_of_the_household_misses_no_owner(member, open_page):
    facts = {"reference": "1", "serial_number": "2", "nickname": "3", "production_year": 1990}
    watch = new_watch(member, condition="good", box_papers="box", tags=["x"], **facts)
    at = open_page("watch.py", member, id=str(watch.watch_id), tab="facts")
    assert "<dt>Owner</dt>" not in html(at)
    assert "owner" not in at.main.get("page_link")[-1].proto.label


def test_a_comparison_says_whose_they_are(member, anna, open_page):
    hers = new_watch(member, owner_id=anna.user_id)
    ours = new_watch(member, "Tudor", "Ranger")
    at = open_page("compare.py", member, ids=f"{hers.watch_id},{ours.watch_id}")
    assert "Anna" in html(at)
    assert "The household" in html(at)
    assert "Target price" not in html(at)


def test_the_list_is_narrowed_to_an_owner_where_there_is_more_than_one(
    member, anna, owner, open_page
):
    new_watch(member, owner_id=anna.user_id)
    new_watch(member, "Tudor", "Ranger")
    at = open_page("watches.py", member, owner=str(anna.user_id))
    assert "Submariner" in html(at)
    assert "Ranger" not in html(at)
    at.button(key="watches.filters_button").click().run()
    assert [box.value for box in at.multiselect if box.label == "Owner"] == [[str(anna.user_id)]]
    owner.execute("delete from membership where user_id = %s", [anna.user_id])
    at = open_page("watches.py", again(member))
    at.button(key="watches.filters_button").click().run()
    assert at.multiselect
    assert [box.label for box in at.multiselect if box.label == "Owner"] == []


def test_the_timeline_tells_of_owner_and_target(member, anna, open_page):
    watch = new_watch(member, status="wishlist")
    at = open_page("edit_watch.py", member, id=str(watch.watch_id))
    press(fill(at, owner=str(anna.user_id), target_price="850"), "Save")
    at = open_page("watch.py", again(member), id=str(watch.watch_id), tab="timeline")
    assert "Edited owner, target currency and target price" in html(at)

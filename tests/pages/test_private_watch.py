"""A private watch on the pages: made in the form, marked for its owner, not there for others."""

from dataclasses import replace

import pytest

from app import history_words
from data import db, history, members, timeline, watches
from data.watches import draft_of
from tests.pages.watch_pages import (
    TODAY,
    fill,
    html,
    new_watch,
    only_watch,
    press,
    problems,
    stored,
    titles,
)
from tests.people import HERE, again, new_member
from tests.sql.households import join

ONLY_ME = "Private: only I see it"
YOURS = "Only a watch that belongs to you can be private. Choose yourself as its owner."


@pytest.fixture
def anna(owner, member):
    return join(owner, new_member("anna@example.com", "Anna"), member)


def box(at):
    """The mark in the form, if it is offered."""
    assert not at.exception, at.exception
    return next((one for one in at.checkbox if one.label == ONLY_ME), None)


def whose(at):
    """The choice of all, mine or the household's, if there is one."""
    assert not at.exception, at.exception
    return next((one for one in at.button_group if (one.key or "").startswith("whose.")), None)


def listed(at):
    assert not at.exception, at.exception
    return {name for name in ("Submariner", "Explorer", "Ranger") if name in html(at)}


def test_a_new_watch_that_is_private_is_its_makers(member, anna, owner, open_page):
    at = open_page("add_watch.py", anna, details="true")
    box(fill(at, brand="Rolex", model="GMT")).check()
    press(at, "Add watch")
    watch = only_watch(again(anna), owner)
    assert (watch.owner, watch.is_private) == ("Anna", True)


def test_alone_in_a_household_there_is_nobody_to_keep_it_from(member, open_page):
    assert box(open_page("add_watch.py", member, details="true")) is None
    assert whose(open_page("watches.py", member)) is None


def test_the_mark_is_not_offered_on_a_watch_of_somebody_else(member, anna, open_page):
    watch = new_watch(member, owner_id=anna.user_id)
    assert box(open_page("edit_watch.py", member, id=str(watch.watch_id))) is None
    assert box(open_page("edit_watch.py", again(anna), id=str(watch.watch_id))) is not None


def test_a_private_watch_cannot_be_given_away_and_stay_private(member, anna, open_page):
    watch = new_watch(anna, owner_id=anna.user_id)
    at = open_page("edit_watch.py", again(anna), id=str(watch.watch_id))
    box(at).check()
    press(fill(at, owner=str(member.user_id)), "Save")
    assert YOURS in problems(at)
    assert "Not saved yet. Please look at: Private." in problems(at)
    assert box(at).value is True
    press(fill(at, owner=str(anna.user_id)), "Save")
    assert stored(again(anna), watch.watch_id).is_private
    at = open_page("edit_watch.py", again(anna), id=str(watch.watch_id))
    press(fill(at, owner=""), "Save")
    assert YOURS in problems(at)
    box(at).uncheck()
    press(at, "Save")
    watch = stored(again(member), watch.watch_id)
    assert (watch.owner, watch.is_private) == (None, False)


def test_its_owner_sees_the_mark_and_others_no_such_watch(member, anna, open_page):
    watch = new_watch(anna, owner_id=anna.user_id, is_private=True)
    where = {"id": str(watch.watch_id)}
    assert ">Private<" in html(open_page("watch.py", anna, **where))
    for page in ("watch.py", "edit_watch.py"):
        assert titles(open_page(page, member, **where)) == [
            r"This watch is not in your collection\."
        ]
    for view in ("grid", "table"):
        assert "Private" in html(open_page("watches.py", again(anna), view=view))
    assert "Submariner" not in html(open_page("watches.py", member, list="all"))


def test_its_history_tells_when_it_became_private(member, anna, open_page):
    watch = new_watch(anna, owner_id=anna.user_id)
    with db.write(anna) as connection:
        draft = replace(draft_of(watch), is_private=True)
        watches.change(connection, anna, watch.watch_id, watch.version, draft, TODAY)
    at = open_page("watch.py", again(anna), id=str(watch.watch_id), tab="timeline")
    assert "Edited private" in html(at)
    with db.read(anna) as connection:
        lines = timeline.page(connection, anna, watch.watch_id, "edits", "UTC", None, 9)
        told = history.of_minute(connection, anna, watch.watch_id, lines[0].event_id)
    assert [(history_words.before(one), history_words.after(one)) for one in told] == [
        ("No", "Yes")
    ]
    with db.write(anna) as connection:
        history.restore(connection, anna, told, TODAY)
    assert not stored(again(anna), watch.watch_id).is_private


def test_a_private_watch_is_not_shared_and_the_page_says_why(member, anna, open_page):
    watch = new_watch(anna, owner_id=anna.user_id, is_private=True)
    at = open_page("watch.py", anna, id=str(watch.watch_id), share="new")
    assert [one.value for one in at.info] == [
        "A private watch can't be shared. Take the mark “Private” off it first."
    ]
    assert not [one for one in at.button if one.label == "Make link"]


def test_mine_and_the_households_are_one_click_and_an_address(member, anna, open_page):
    new_watch(member, model="Submariner", owner_id=member.user_id)
    new_watch(anna, model="Explorer", owner_id=anna.user_id)
    new_watch(anna, model="Ranger")
    member, anna = again(member), again(anna)
    at = open_page("watches.py", member)
    assert listed(at) == {"Submariner", "Explorer", "Ranger"}
    assert (whose(at).value, whose(at).options) == ("", ["All", "Mine", "Household's"])
    whose(at).set_value("me").run()
    assert (listed(at), at.query_params["owner"]) == ({"Submariner"}, "me")
    whose(at).set_value("household").run()
    assert listed(at) == {"Ranger"}
    whose(at).set_value("").run()
    assert "owner" not in at.query_params
    assert listed(open_page("watches.py", anna, owner="me")) == {"Explorer"}
    at = open_page("watches.py", anna, owner=str(member.user_id))
    assert (listed(at), whose(at).value) == ({"Submariner"}, None)
    at = open_page("watches.py", anna, owner=["me", "household"])
    assert listed(at) == {"Explorer", "Ranger"}
    assert "left out" in said(open_page("watches.py", anna, owner="nobody"))


def said(at):
    assert not at.exception, at.exception
    return " ".join(one.value for one in at.caption)


def test_analytics_are_of_mine_or_of_the_households_too(member, anna, open_page):
    for who, model, price, facts in (
        (member, "Submariner", 1000, {"owner_id": member.user_id}),
        (anna, "Explorer", 300, {"owner_id": anna.user_id}),
        (anna, "Ranger", 70, {}),
    ):
        new_watch(
            who,
            model=model,
            purchase_price=price,
            purchase_currency="EUR",
            purchased_on=TODAY,
            **facts,
        )
    member = again(member)
    at = open_page("analytics.py", member)
    assert "EUR\xa01,370" in html(at)
    whose(at).set_value("me").run()
    assert (at.query_params["owner"], "EUR\xa01,000" in html(at)) == ("me", True)
    assert "EUR\xa070" in html(open_page("analytics.py", member, owner="household"))


def test_who_is_left_alone_sees_what_was_private(member, anna, open_page):
    watch = new_watch(anna, owner_id=anna.user_id, is_private=True)
    with db.write(anna) as connection:
        members.leave(connection, anna, HERE)
    assert "Submariner" in html(open_page("watches.py", again(member), list="all"))
    assert "Private" not in html(open_page("watch.py", again(member), id=str(watch.watch_id)))

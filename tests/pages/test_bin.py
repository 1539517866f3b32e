"""The bin: what was deleted comes back with two clicks, and goes for good only when asked twice."""

import re
from uuid import uuid4

import pytest

from data import db, valuations, watches
from tests.collector import get_watch
from tests.pages.test_watch import add_value, add_watch, ago, page_html, page_text
from tests.pages.watch_pages import MENU, as_viewer, count, press


@pytest.fixture
def binned(member):
    """(watch, value) of two watches, both in the bin; the value's watch is not."""
    gone = add_watch(member, "Rolex", "Explorer <b>")
    kept = add_watch(member)
    value_id = add_value(member, kept, "7000 CHF", ago(3))
    with db.write(member) as connection:
        watches.remove(connection, member, gone, 1)
        valuations.remove(connection, member, valuations.get(connection, member, value_id))
    return gone, value_id


def rows(at):
    return re.findall(r'class="cb-row"', page_html(at))


def test_an_empty_bin_says_what_it_is_for(member, open_page):
    at = open_page("bin.py", member)
    assert not at.exception
    assert "The bin is empty" in page_text(at)
    assert not at.button or {button.label for button in at.button} == MENU


def test_it_lists_what_is_there_with_who_and_until_when(member, open_page, binned):
    at = open_page("bin.py", member)
    said = page_text(at)
    assert "Rolex Explorer <b>" in said
    assert "CHF 7,000" in said
    assert "Omega Speedmaster" in said
    assert "Ana" in said
    assert "until" in said
    assert "<b>" not in page_html(at)
    assert len(rows(at)) == 2


def test_a_kind_is_in_the_url_and_one_that_is_none_shows_all(member, open_page, binned):
    at = open_page("bin.py", member, kind="value")
    assert len(rows(at)) == 1
    assert re.search(r'aria-current="true">Values 1<', page_html(at))
    assert len(rows(open_page("bin.py", member, kind="nonsense"))) == 2


def test_a_watch_comes_back(member, open_page, binned):
    at = press(open_page("bin.py", member, thing=f"watch.{binned[0]}"), "Restore")
    assert not at.exception
    assert get_watch(member, binned[0]).deleted_at is None
    assert len(rows(at)) == 1
    assert "thing" not in at.query_params


def test_what_belongs_to_a_watch_in_the_bin_says_so(member, open_page, binned):
    watch_id = next(w for w in [get_watch(member, v) for v in _watches(member)] if not w.deleted_at)
    with db.write(member) as connection:
        watches.remove(connection, member, watch_id.watch_id, watch_id.version)
    at = open_page("bin.py", member, thing=f"value.{binned[1]}")
    assert at.info[0].value == "Its watch is in the bin too. Restore the watch first."
    assert "Restore" not in [button.label for button in at.button]
    assert "in the bin too" in page_text(at)


def _watches(member):
    with db.read(member) as connection:
        return connection.exec_driver_sql("select watch_id from watch").scalars().all()


def test_for_good_is_asked_twice(member, owner, open_page, binned):
    at = press(open_page("bin.py", member, thing=f"watch.{binned[0]}"), "Delete for good")
    assert count(owner) == 2
    assert "can't be undone" in at.warning[0].value.replace("\\", "")
    at = press(at, "Yes, delete for good")
    assert not at.exception
    assert count(owner) == 1


def test_emptying_is_asked_once_more(member, owner, open_page, binned):
    at = press(open_page("bin.py", member), "Empty the bin")
    assert at.query_params["thing"] in ("all", ["all"])
    at = open_page("bin.py", member, thing="all")
    assert any("1 watch and 1 value" in text.value.replace("\xa0", " ") for text in at.markdown)
    at = press(at, "Yes, empty the bin")
    assert not at.exception
    assert (count(owner), count(owner, "valuation")) == (1, 0)
    assert "The bin is empty" in page_text(at)


def test_a_serial_number_that_is_taken_is_a_sentence(member, open_page):
    first = add_watch(member, serial_number="1")
    with db.write(member) as connection:
        watches.remove(connection, member, first, 1)
    add_watch(member, serial_number="1")
    at = press(open_page("bin.py", member, thing=f"watch.{first}"), "Restore")
    assert "this serial number is already here" in page_text(at)
    assert get_watch(member, first).deleted_at


def test_a_viewer_sees_the_bin_and_can_do_nothing(member, owner, open_page, binned):
    viewer = as_viewer(owner, member)
    at = open_page("bin.py", viewer, thing=f"watch.{binned[0]}")
    assert len(rows(at)) == 2
    assert "thing=" not in page_html(at)
    assert {button.label for button in at.button} == MENU
    at = open_page("bin.py", viewer, thing="all")
    assert {button.label for button in at.button} == MENU


@pytest.mark.parametrize("wanted", ["x", "watch.x", "nothing.", "theirs", "unknown"])
def test_what_is_not_ours_is_not_in_the_bin(member, other, open_page, wanted):
    theirs = add_watch(other)
    with db.write(other) as connection:
        watches.remove(connection, other, theirs, 1)
    wanted = {"theirs": f"watch.{theirs}", "unknown": f"watch.{uuid4()}"}.get(wanted, wanted)
    at = open_page("bin.py", member, thing=wanted)
    assert not at.exception
    assert at.info[0].value == "This is not in the bin any more."
    assert rows(at) == []

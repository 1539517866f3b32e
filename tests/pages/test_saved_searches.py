"""Saved searches on the list of watches, and the tags on the page of collections."""

from datetime import date

import pytest

from data import db, saved_searches
from tests.collector import add_watch, get_watch
from tests.pages.test_watches import html, links, listed
from tests.pages.watch_pages import press, problems
from tests.people import new_member
from tests.sql.households import join


@pytest.fixture
def ids(member):
    return [
        str(add_watch(member, model="Here", tags=["diver"])),
        str(add_watch(member, model="Gone", status="sold", disposed_on=date(2024, 1, 2))),
    ]


def opened(at):
    """The same page with the popover open."""
    at.session_state["page.watches.saved.at"] = _written(at)
    at.session_state["watches.saved"] = True
    return at.run()


def _written(at):
    return "&".join(
        f"{name}={value if isinstance(value, str) else value[0]}"
        for name, value in at.query_params.items()
    )


def save(at, name, *, shared=False, opens=False):
    at.text_input(key="watches.saved.new..name").set_value(name)
    for box, wanted in zip(at.checkbox, (shared, opens), strict=False):
        box.set_value(wanted)
    return press(at, "Save this search")


def every(who):
    with db.read(who) as connection:
        return saved_searches.every(connection, who)


def test_what_is_shown_is_saved_under_a_name_and_found_again(open_page, member, ids):
    at = save(opened(open_page("watches.py", member, status="sold")), "What I sold")
    assert not at.exception
    assert [(one.name, one.query) for one in every(member)] == [("What I sold", "status=sold")]
    at = opened(open_page("watches.py", member))
    assert "/watches?status=sold" in "".join(html(at, "cb-rows"))


def test_a_closed_button_draws_nothing_and_names_what_is_shown(open_page, member, ids):
    with db.write(member) as connection:
        saved_searches.add(connection, member, "What I sold", "status=sold", shared=False)
    at = open_page("watches.py", member, status="sold")
    labels = [one.proto.popover.label for one in at.get("popover")]
    assert "What I sold" in labels or not labels
    assert not html(at, "cb-rows")
    assert not at.checkbox


def test_a_blank_and_a_taken_name_are_refused_at_the_field(open_page, member, ids):
    with db.write(member) as connection:
        saved_searches.add(connection, member, "Mine", "status=owned", shared=False)
    at = save(opened(open_page("watches.py", member, status="sold")), " ")
    assert problems(at) == ["Give the search a name of up to 60 characters."]
    save(at, "mine")
    assert problems(at) == ["You have a search of this name already."]
    press(at, "Replace Mine with this search")
    assert [(one.name, one.query) for one in every(member)] == [("Mine", "status=sold")]


def test_the_page_opens_with_the_default_and_its_address_says_so(open_page, member, ids):
    save(opened(open_page("watches.py", member, status="sold")), "What I sold", opens=True)
    at = open_page("watches.py", member)
    assert at.query_params == {"status": "sold"}
    assert listed(at) == [ids[1]]
    assert links(at, "cb-summary")["Clear all"] == "/watches?list=all"
    at = open_page("watches.py", member, list="all")
    assert set(listed(at)) == set(ids)
    assert listed(open_page("watches.py", member, status="owned")) == [ids[0]]


def test_a_search_is_renamed_and_deleted_by_whose_it_is(open_page, member, ids):
    with db.write(member) as connection:
        saved_searches.add(connection, member, "Mine", "status=sold", shared=False)
    at = opened(open_page("watches.py", member, status="sold"))
    at.text_input(key="watches.saved.1.Mine.name").set_value("Sold ones")
    press(at, "Save changes")
    assert [one.name for one in every(member)] == ["Sold ones"]
    press(opened(at), "Delete")
    assert every(member) == []


def test_what_others_share_can_be_used_and_not_changed(open_page, member, owner, ids):
    partner = join(owner, new_member("cara@example.com", "Cara"), member)
    with db.write(member) as connection:
        saved_searches.add(connection, member, "What we sold", "status=sold", shared=True)
        saved_searches.add(connection, member, "Secret", "status=owned", shared=False)
    at = opened(open_page("watches.py", partner, status="sold"))
    shown = "".join(html(at, "cb-rows"))
    assert "By Ana" in shown
    assert "Secret" not in shown
    assert not [one for one in at.button if one.label in ("Save changes", "Delete")]
    press(at, "Open Watches with it")
    assert [one.is_default for one in every(partner)] == [True]


# ── tags ───────────────────────────────────────────────────────────────────────────────────


def test_tags_are_listed_with_their_watches(open_page, member, ids):
    at = open_page("collections.py", member)
    shown = "".join(html(at, "cb-groups"))
    assert "/watches?tag=diver" in shown
    assert "1\N{NO-BREAK SPACE}watch" in shown


def test_a_tag_is_taken_away_and_put_back(open_page, member, ids):
    at = press(open_page("collections.py", member, tag="diver"), "Delete")
    assert get_watch(member, ids[0]).tags == []
    assert "tag" not in at.query_params
    press(at, "Undo")
    assert get_watch(member, ids[0]).tags == ["diver"]


def test_a_tag_is_renamed_and_a_blank_name_refused(open_page, member, ids):
    at = open_page("collections.py", member, tag="diver")
    at.selectbox[0].options.append("tool")
    at.selectbox[0].set_value("tool")
    press(at, "Save")
    assert get_watch(member, ids[0]).tags == ["tool"]

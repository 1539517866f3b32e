"""Tags across collections: renamed, merged and taken away everywhere at once."""

import pytest

from data import db, tags, watches
from data.errors import NotFoundError, RefusedError
from data.tags import Tag
from tests.collector import add_watch, get_watch


@pytest.fixture
def tagged(member):
    return [
        add_watch(member, model="A", tags=["diver", "steel"]),
        add_watch(member, model="B", tags=["diver", "Dive"]),
        add_watch(member, model="C", tags=["gold"]),
    ]


def every(who):
    with db.read(who) as connection:
        return tags.every(connection, who)


def held(who, ids):
    return [get_watch(who, one).tags for one in ids]


def test_every_tag_with_its_watches_and_none_of_the_bin(member, other, tagged):
    add_watch(other, tags=["diver"])
    assert every(member) == [Tag("Dive", 1), Tag("diver", 2), Tag("gold", 1), Tag("steel", 1)]
    with db.write(member) as connection:
        watches.remove(connection, member, tagged[2], 1)
    assert Tag("gold", 0) in every(member)


def test_a_rename_reaches_every_watch_and_the_search(member, tagged):
    with db.write(member) as connection:
        assert set(tags.rename(connection, member, "diver", " tool ")) == set(tagged[:2])
    assert held(member, tagged) == [["steel", "tool"], ["Dive", "tool"], ["gold"]]
    assert get_watch(member, tagged[0]).version == 2
    with db.read(member) as connection:
        found = connection.exec_driver_sql("select watch_id from search_hits('tool')").scalars()
        assert set(found) == set(tagged[:2])
        assert not connection.exec_driver_sql("select 1 from search_hits('diver')").first()


def test_a_rename_to_an_existing_tag_merges_the_two(member, tagged):
    with db.write(member) as connection:
        tags.rename(connection, member, "diver", "Dive")
    assert held(member, tagged) == [["Dive", "steel"], ["Dive"], ["gold"]]
    assert every(member) == [Tag("Dive", 2), Tag("gold", 1), Tag("steel", 1)]


def test_the_same_name_changes_nothing(member, tagged):
    with db.write(member) as connection:
        assert tags.rename(connection, member, "gold", "gold") == []
    assert get_watch(member, tagged[2]).version == 1


@pytest.mark.parametrize("name", ["", " ", "x" * 41])
def test_a_tag_needs_a_name(member, tagged, name):
    with pytest.raises(RefusedError, match="up to 40"), db.write(member) as connection:
        tags.rename(connection, member, "gold", name)


def test_a_tag_is_taken_away_everywhere_and_put_back(member, tagged):
    with db.write(member) as connection:
        gone = tags.remove(connection, member, "diver")
    assert held(member, tagged) == [["steel"], ["Dive"], ["gold"]]
    with db.write(member) as connection:
        tags.put_back(connection, member, "diver", gone)
    assert held(member, tagged) == [["diver", "steel"], ["Dive", "diver"], ["gold"]]


def test_another_household_keeps_its_tags(member, other, tagged):
    theirs = add_watch(other, tags=["theirs", "diver"])
    with pytest.raises(NotFoundError), db.write(member) as connection:
        tags.rename(connection, member, "theirs", "mine")
    with pytest.raises(NotFoundError), db.write(member) as connection:
        tags.put_back(connection, member, "mine", [theirs])
    with db.write(member) as connection:
        tags.remove(connection, member, "diver")
    assert held(other, [theirs]) == [["diver", "theirs"]]

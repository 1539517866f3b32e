"""Saved searches: own ones, shared ones, and the one the watches page opens with."""

import pytest

from data import db, saved_searches
from data.errors import ConflictError, NotFoundError, RefusedError
from tests.people import new_member
from tests.sql.households import join


@pytest.fixture
def partner(member, owner):
    """Cara, of Ana's household."""
    return join(owner, new_member("cara@example.com", "Cara"), member)


def add(who, name, query="status=owned", *, shared=False):
    with db.write(who) as connection:
        return saved_searches.add(connection, who, name, query, shared=shared)


def every(who):
    with db.read(who) as connection:
        return saved_searches.every(connection, who)


def names(who):
    return [(one.name, one.is_own, one.is_default) for one in every(who)]


def test_own_searches_come_by_name_and_then_what_others_share(member, partner):
    add(member, "Zenith")
    add(member, "divers")
    add(partner, "Aquatic", shared=True)
    add(partner, "Secret")
    assert names(member) == [
        ("divers", True, False), ("Zenith", True, False), ("Aquatic", False, False),
    ]  # fmt: skip
    assert every(member)[-1].owner == "Cara"


def test_another_household_sees_nothing_of_it(member, other):
    found = add(member, "Divers", shared=True)
    assert every(other) == []
    with pytest.raises(NotFoundError), db.write(other) as connection:
        saved_searches.open_with(connection, other, found)


@pytest.mark.parametrize("name", ["", "  ", None, "x" * 61])
def test_a_search_needs_a_name(member, name):
    with pytest.raises(RefusedError, match="name of up to 60"):
        add(member, name)


def test_a_name_is_taken_once_a_member_in_any_case(member, partner):
    add(member, "Divers")
    with pytest.raises(RefusedError, match="of this name already"):
        add(member, "DIVERS")
    add(partner, "Divers")


def test_a_search_is_renamed_shared_and_given_other_filters(member):
    add(member, "Divers")
    with db.write(member) as connection:
        old = saved_searches.every(connection, member)[0]
        saved_searches.change(connection, member, old, " For  sale ", "q=x", shared=True)
    now = every(member)[0]
    assert (now.name, now.query, now.shared) == ("For sale", "q=x", True)
    with pytest.raises(ConflictError), db.write(member) as connection:
        saved_searches.change(connection, member, old, "Again", "q=y", shared=False)
    assert every(member)[0] == now


def test_a_shared_search_of_another_can_be_used_and_not_changed(member, partner):
    add(member, "Divers", shared=True)
    theirs = every(partner)[0]
    with db.write(partner) as connection:
        saved_searches.open_with(connection, partner, theirs.saved_search_id)
    for attempt in (
        lambda c: saved_searches.change(c, partner, theirs, "Mine", "", shared=False),
        lambda c: saved_searches.remove(c, partner, theirs),
    ):
        with pytest.raises(ConflictError), db.write(partner) as connection:
            attempt(connection)
    assert names(partner) == [("Divers", False, True)]
    assert names(member) == [("Divers", True, False)]


def test_a_member_has_one_default_and_it_goes_with_its_search(member):
    first, second = add(member, "A"), add(member, "B")
    with db.write(member) as connection:
        saved_searches.open_with(connection, member, first)
        saved_searches.open_with(connection, member, second)
    assert [one.is_default for one in every(member)] == [False, True]
    with db.write(member) as connection:
        saved_searches.open_without(connection, member, first)  # is none: nothing happens
    assert every(member)[1].is_default
    with db.write(member) as connection:
        saved_searches.remove(connection, member, every(member)[1])
    assert names(member) == [("A", True, False)]


def test_what_is_no_longer_shared_is_no_default_of_others(member, partner):
    found = add(member, "Divers", shared=True)
    with db.write(partner) as connection:
        saved_searches.open_with(connection, partner, found)
    with db.write(member) as connection:
        old = saved_searches.every(connection, member)[0]
        saved_searches.change(connection, member, old, "Divers", "", shared=False)
    assert every(partner) == []
    add(member, "Private")
    with pytest.raises(NotFoundError), db.write(partner) as connection:
        saved_searches.open_with(connection, partner, every(member)[1].saved_search_id)

"""Whose a watch is, and what a wished-for one may cost: kept, listed, told and put back."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from app import watch_csv
from data import bulk, db, history, listing, members, watches
from data.errors import RefusedError
from data.listing import Sort, WatchFilter
from data.watches import WatchDraft, draft_of
from tests.collector import TODAY, add_watch, get_watch
from tests.people import new_member
from tests.sql.households import join


@pytest.fixture
def anna(owner, member):
    return join(owner, new_member("anna@example.com", "anna b"), member)


@pytest.fixture
def zoe(owner, member):
    return join(owner, new_member("zoe@example.com", "Zoë"), member)


def here(member):
    with db.read(member) as connection:
        return members.every(connection, member)


def change(member, watch_id, **fields):
    watch = get_watch(member, watch_id)
    with db.write(member) as connection:
        draft = replace(draft_of(watch), **fields)
        watches.change(connection, member, watch_id, watch.version, draft, TODAY)
    return get_watch(member, watch_id)


def owned_by(member, *people):
    wanted = WatchFilter(owner_ids=[person.user_id for person in people])
    with db.read(member) as connection:
        rows = listing.page(connection, member, wanted, Sort.NAME, False, "EUR", TODAY, None, 100)
        counted = listing.count(connection, member, wanted, "EUR", TODAY)
    assert len(rows) == counted
    return {row.watch_id for row in rows}


def last_change(member, owner, watch_id, field):
    event_id = owner.execute("select max(event_id) from audit_event").fetchone()[0]
    with db.read(member) as connection:
        found = history.of_minute(connection, member, watch_id, event_id)
    return next(c for c in found if c.field == field)


def put_back(member, change):
    with db.write(member) as connection:
        history.restore(connection, member, [change], TODAY)


def test_the_members_of_a_household_are_listed_by_name(member, other, zoe, anna):
    assert [one.name for one in here(member)] == ["Ana", "anna b", "Zoë"]
    assert [one.name for one in here(other)] == ["Bob"]


def test_a_watch_belongs_to_a_member_or_to_the_household(member, anna):
    watch = get_watch(member, add_watch(member, owner_id=anna.user_id))
    assert (watch.owner_id, watch.owner) == (anna.user_id, "anna b")
    watch = get_watch(member, add_watch(member))
    assert (watch.owner_id, watch.owner) == (None, None)


@pytest.mark.parametrize("stranger", ["other", "nobody"])
def test_nobody_outside_the_household_owns_a_watch(member, other, stranger):
    user_id = other.user_id if stranger == "other" else uuid4()
    with pytest.raises(RefusedError) as refused:
        add_watch(member, owner_id=user_id)
    assert refused.value.problems == {
        "watch_owner_known": "This person is not a member of your household."
    }


def test_who_leaves_leaves_the_watches_to_the_household(member, owner, anna):
    watch_id = add_watch(member, owner_id=anna.user_id)
    owner.execute("delete from membership where user_id = %s", [anna.user_id])
    assert get_watch(member, watch_id).owner_id is None


def test_the_list_is_narrowed_to_owners(member, anna, zoe):
    hers, theirs, _ = (
        add_watch(member, owner_id=anna.user_id),
        add_watch(member, owner_id=zoe.user_id),
        add_watch(member),
    )
    assert owned_by(member, anna) == {hers}
    assert owned_by(member, anna, zoe) == {hers, theirs}
    assert owned_by(member, member) == set()


def test_a_new_owner_is_told_by_name_and_taken_back(member, owner, anna):
    watch_id = add_watch(member, owner_id=member.user_id)
    change(member, watch_id, owner_id=anna.user_id)
    found = last_change(member, owner, watch_id, "owner_id")
    assert (found.before_name, found.after_name) == ("Ana", "anna b")
    put_back(member, found)
    assert get_watch(member, watch_id).owner == "Ana"


def test_a_watch_does_not_go_back_to_who_has_left(member, owner, anna):
    watch_id = add_watch(member, owner_id=anna.user_id)
    change(member, watch_id, owner_id=member.user_id)
    owner.execute("delete from membership where user_id = %s", [anna.user_id])
    found = last_change(member, owner, watch_id, "owner_id")
    assert found.before_name is None
    with pytest.raises(RefusedError):
        put_back(member, found)


@pytest.mark.parametrize("status", ["wishlist", "ordered"])
def test_what_is_not_here_yet_has_a_target_price(member, status):
    watch_id = add_watch(
        member, status=status, target_price=Decimal("6800.50"), target_currency="CHF"
    )
    watch = get_watch(member, watch_id)
    assert (watch.target_price, watch.target_currency) == (Decimal("6800.50"), "CHF")


def test_a_target_goes_once_the_watch_is_here_and_comes_back_from_its_history(member, owner):
    watch_id = add_watch(
        member, status="wishlist", target_price=Decimal(6800), target_currency="CHF"
    )
    watch = change(member, watch_id, status="owned")
    assert (watch.target_price, watch.target_currency) == (None, None)
    found = last_change(member, owner, watch_id, "target_price")
    assert found.before == "6800.00"


def test_several_that_come_at_once_lose_their_target(member):
    watch_id = add_watch(
        member, status="ordered", target_price=Decimal(6800), target_currency="CHF"
    )
    with db.write(member) as connection:
        version = watches.get(connection, member, watch_id).version
        bulk.set_status(connection, member, {watch_id: version}, "owned", None, TODAY)
    assert get_watch(member, watch_id).target_price is None


def test_many_at_once_keep_owner_and_target(member, anna):
    watch_id = add_watch(
        member, status="wishlist", target_price=Decimal("6800.50"), target_currency="CHF",
        owner_id=anna.user_id,
    )  # fmt: skip
    watch = get_watch(member, watch_id)
    with db.write(member) as connection:
        draft = replace(draft_of(watch), model="Ranger")
        bulk.save(connection, member, {watch_id: watch.version}, {watch_id: draft}, TODAY)
    after = get_watch(member, watch_id)
    assert (after.model, after.owner, after.target_price) == (
        "Ranger", "anna b", Decimal("6800.50"),
    )  # fmt: skip


def test_a_target_needs_a_currency_and_a_currency_alone_is_dropped():
    with pytest.raises(RefusedError) as refused:
        WatchDraft(uuid4(), "x", status="wishlist", target_price=Decimal(5)).check(TODAY)
    assert refused.value.problems == {"target_currency": "A target price needs a currency."}
    assert WatchDraft(status="wishlist", target_currency="CHF").tidy().target_currency is None


def test_a_negative_target_is_refused_by_the_table(member):
    with pytest.raises(RefusedError) as refused:
        add_watch(member, status="wishlist", target_price=Decimal(-1), target_currency="CHF")
    assert refused.value.problems == {
        "watch_target_not_negative": "A target price can't be negative."
    }


def test_the_file_has_owner_and_target_behind_everything_else(member, anna):
    watch_id = add_watch(
        member, status="wishlist", target_price=Decimal("6800.50"), target_currency="CHF",
        owner_id=anna.user_id,
    )  # fmt: skip
    written = watch_csv.written([get_watch(member, watch_id)]).decode("utf-8-sig").splitlines()
    assert written[0].endswith(",added_at,owner,target_price,target_currency,warranty_until")
    assert written[1].endswith(",anna b,6800.50,CHF,")

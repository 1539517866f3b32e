"""The bin: what is in it, the way back, and the way out for good."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from data import bin as household_bin
from data import db, documents, expenses, services, start_up, valuations, watches
from data.documents import Content, DocumentDraft
from data.errors import NotFoundError, RefusedError
from data.expenses import ExpenseDraft
from data.services import ServiceDraft
from tests.collector import TODAY, add_value, add_watch, get_watch
from tests.sql.test_timeline import PHOTO

TABLES = {
    "watch": "watch",
    "value": "valuation",
    "photo": "photo",
    "document": "document",
    "service": "service",
    "expense": "expense",
}


@pytest.fixture
def full(member, owner):
    """A watch with one of each, none of it in the bin: kind → id."""
    return fill(member, owner)


def fill(member, owner):
    watch_id = add_watch(member)
    value_id = add_value(member, watch_id, "7000 EUR")
    with db.write(member) as connection:
        draft = ServiceDraft(provider="Omega", serviced_on=date(2024, 1, 1))
        service_id = services.add(connection, member, watch_id, draft, TODAY)
        cost = ExpenseDraft("accessory", TODAY, Decimal(90), "EUR")
        expense_id = expenses.add(connection, member, watch_id, cost, TODAY)
        paper, content = DocumentDraft("Bill", "receipt"), Content(b"x", "application/pdf")
        document_id = documents.add(connection, member, watch_id, paper, content, TODAY)
    photo_id = owner.execute(PHOTO, [member.household_id, watch_id, "1" * 64, 1]).fetchone()[0]
    return {
        "value": value_id,
        "photo": photo_id,
        "document": document_id,
        "service": service_id,
        "expense": expense_id,
        "watch": watch_id,
    }


def throw(member, things, *kinds):
    """Put these into the bin, by the member."""
    with db.write(member) as connection:
        for kind in kinds or things:
            place = ", position = null" if kind == "photo" else ""
            table = TABLES[kind]
            connection.exec_driver_sql(
                f"update {table} set deleted_at = clock_timestamp(), version = version + 1 {place}"
                f" where {table}_id = %s",
                (things[kind],),
            )


def page(member, kind=None, after=None, limit=50):
    with db.read(member) as connection:
        return household_bin.page(connection, member, kind, after, limit)


def counts(member):
    with db.read(member) as connection:
        return household_bin.counts(connection, member)


def restore(member, kind, thing_id):
    with db.write(member) as connection:
        household_bin.restore(connection, member, kind, thing_id)


def left(owner):
    return {
        kind: owner.execute(f"select count(*) from {table}").fetchone()[0]
        for kind, table in TABLES.items()
    }


def test_everything_deleted_is_there_the_last_first_with_who_did_it(member, full):
    throw(member, full)
    found = page(member)
    assert [one.kind for one in found] == [
        "watch", "expense", "service", "document", "photo", "value",
    ]  # fmt: skip
    assert {one.who for one in found} == {"Ana"}
    assert {f"{one.brand} {one.model}" for one in found} == {"Omega Speedmaster"}
    assert all(one.watch_is_in_bin for one in found)
    assert found[0].until - found[0].deleted_at == timedelta(30)
    assert counts(member) == dict.fromkeys(household_bin.KINDS, 1)


def test_nothing_is_there_that_was_not_deleted(member, full):
    assert page(member) == []
    assert counts(member) == {}


@pytest.mark.parametrize("kind", household_bin.KINDS)
def test_each_kind_is_found_and_comes_back(member, full, kind):
    throw(member, full, kind)
    assert [one.id for one in page(member, kind)] == [full[kind]]
    restore(member, kind, full[kind])
    assert page(member) == []


@pytest.mark.parametrize("kind", ["value", "photo", "document", "service", "expense"])
def test_what_belongs_to_a_watch_in_the_bin_waits_for_it(member, full, kind):
    throw(member, full, kind, "watch")
    with pytest.raises(RefusedError, match="Restore the watch first"):
        restore(member, kind, full[kind])
    restore(member, "watch", full["watch"])
    restore(member, kind, full[kind])
    assert page(member) == []


@pytest.mark.parametrize("kind", household_bin.KINDS)
def test_one_thing_is_removed_for_good_and_leaves_its_trace(member, owner, full, kind):
    throw(member, full, kind)
    with db.write(member) as connection:
        household_bin.purge(connection, member, kind, full[kind])
    assert left(owner)[kind] == 0
    event = owner.execute(
        "select user_id from audit_event where action = 'removed' and entity_id = %s and entity = %s",
        [full[kind], TABLES[kind]],
    ).fetchone()
    assert event == (member.user_id,)
    with pytest.raises(NotFoundError), db.write(member) as connection:
        household_bin.purge(connection, member, kind, full[kind])


@pytest.mark.parametrize("kind", household_bin.KINDS)
def test_what_is_not_in_the_bin_is_not_removed(member, owner, full, kind):
    with pytest.raises(NotFoundError), db.write(member) as connection:
        household_bin.purge(connection, member, kind, full[kind])
    assert left(owner)[kind] == 1


@pytest.mark.parametrize("kind", household_bin.KINDS)
def test_another_household_neither_sees_nor_touches_it(member, other, owner, full, kind):
    throw(member, full)
    assert page(other) == []
    with db.read(other) as connection:
        assert household_bin.find(connection, other, kind, full[kind]) is None
    with pytest.raises(NotFoundError):
        restore(other, kind, full[kind])
    with pytest.raises(NotFoundError), db.write(other) as connection:
        household_bin.purge(connection, other, kind, full[kind])
    with db.write(other) as connection:
        assert household_bin.empty(connection, other, datetime.now(UTC)) == 0
    assert set(left(owner).values()) == {1}


def test_emptying_takes_what_was_there_and_leaves_what_came_later(member, owner, full):
    throw(member, full, "value", "photo")
    until = owner.execute("select clock_timestamp()").fetchone()[0]
    throw(member, full, "document")
    with db.write(member) as connection:
        assert household_bin.empty(connection, member, until) == 2
    assert [one.kind for one in page(member)] == ["document"]


def test_after_thirty_days_every_kind_goes_and_not_before(member, owner, full):
    throw(member, full, "value", "photo", "document", "service", "expense")
    for table in TABLES.values():
        owner.execute(f"update {table} set deleted_at = deleted_at - interval '29 days'")
    with db.maintenance() as connection:
        assert set(household_bin.purge_old(connection).values()) == {0}
    for table in TABLES.values():
        owner.execute(f"update {table} set deleted_at = deleted_at - interval '1 day 1 minute'")
    start_up.tidy()
    assert left(owner) == dict.fromkeys(TABLES, 0) | {"watch": 1}
    throw(member, full, "watch")
    owner.execute("update watch set deleted_at = deleted_at - interval '31 days'")
    start_up.tidy()
    assert left(owner)["watch"] == 0


def test_a_serial_number_that_is_taken_meanwhile_is_a_sentence(member):
    first = add_watch(member, serial_number="1")
    with db.write(member) as connection:
        watches.remove(connection, member, first, 1)
    add_watch(member, serial_number="1")
    with pytest.raises(RefusedError, match="serial number"):
        restore(member, "watch", first)
    assert get_watch(member, first).deleted_at


def test_a_removed_value_can_be_told_from_others(member, full):
    with db.write(member) as connection:
        valuations.remove(connection, member, valuations.get(connection, member, full["value"]))
    (found,) = page(member)
    assert (found.amount, found.currency, found.day) == (7000, "EUR", TODAY)


def test_pages_follow_each_other_without_a_gap_or_a_double(member):
    watch_id = add_watch(member)
    ids = {add_value(member, watch_id, f"{7000 + n} EUR") for n in range(7)}
    with db.write(member) as connection:
        connection.exec_driver_sql("update valuation set deleted_at = now()")  # one moment
    seen, after = [], None
    while found := page(member, after=after, limit=3):
        seen += [one.id for one in found]
        after = found[-1].cursor
    assert set(seen) == ids
    assert len(seen) == 7


@pytest.mark.parametrize("cursor", ["", "x", "2026-01-01~", "~", "2026-01-01~x"])
def test_a_cursor_that_is_none_is_the_beginning(member, full, cursor):
    throw(member, full, "value")
    assert len(page(member, after=cursor)) == 1


def test_a_cost_of_the_whole_collection_belongs_to_no_watch_and_comes_back(member):
    with db.write(member) as connection:
        cost = ExpenseDraft("insurance", TODAY, Decimal(480), "CHF", 12)
        expense_id = expenses.add(connection, member, None, cost, TODAY)
        expenses.remove(connection, member, expenses.get(connection, member, expense_id))
    (found,) = page(member)
    assert (found.kind, found.watch_id, found.watch, found.watch_is_in_bin) == (
        "expense", None, "", False,
    )  # fmt: skip
    assert (found.amount, found.currency, found.what) == (480, "CHF", "insurance")
    restore(member, "expense", expense_id)
    assert page(member) == []

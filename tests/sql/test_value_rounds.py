"""A round of values: all or none of it is recorded, and all of it can be taken back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import db, valuations, value_rounds, watches
from data.bulk import RowsRefusedError
from data.errors import RefusedError
from data.valuations import ValuationDraft
from tests.collector import TODAY, add_value, add_watch, get_watch


@pytest.fixture
def ids(member):
    return [add_watch(member, model=model, price="5000 EUR") for model in "ABC"]


def worth(amount, day=TODAY, **facts):
    return ValuationDraft(Decimal(amount), "EUR", day, **facts)


def record(member, drafts):
    with db.write(member) as connection:
        return value_rounds.record(connection, member, drafts, TODAY)


def values_of(member, ids):
    return [get_watch(member, one).value_amount for one in ids]


def every(member):
    with db.read(member) as connection:
        return value_rounds.every(connection, member)


def test_never_valued_watches_come_first_then_those_valued_longest_ago(member, ids):
    add_value(member, ids[0], "1 EUR", TODAY - timedelta(10))
    add_value(member, ids[2], "1 EUR", TODAY - timedelta(900))
    assert [row.model for row in every(member)] == ["B", "C", "A"]


def test_only_what_is_owned_is_there(member, other, ids):
    add_watch(member, model="Wish", status="wishlist")
    add_watch(member, model="Sold", status="sold", disposed_on=TODAY)
    with db.write(member) as connection:
        watches.remove(connection, member, ids[0], 1)
    assert [row.model for row in every(member)] == ["B", "C"]
    assert every(other) == ()


def test_a_watch_is_valued_in_the_currency_of_its_value_else_of_its_price(member):
    valued = add_watch(member, model="A", price="5000 EUR")
    add_value(member, valued, "4000 CHF")
    add_watch(member, model="B", price="5000 USD")
    add_watch(member, model="C")
    assert {row.model: row.currency for row in every(member)} == {
        "A": "CHF",
        "B": "USD",
        "C": None,
    }


def test_all_are_recorded_at_once_with_day_kind_and_source(member, ids):
    day = TODAY - timedelta(3)
    drafts = {
        ids[0]: worth("6000.50", day, source="chrono24"),
        ids[1]: worth(7000, day, kind="insured"),
    }
    stored = record(member, drafts)
    assert {one.watch_id for one in stored} == set(ids[:2])
    assert values_of(member, ids) == [Decimal("6000.50"), 5000, 5000]
    with db.read(member) as connection:
        kept = valuations.of_watch(connection, member, ids[1])[0]
    assert (kept.kind, kept.valued_on, kept.amount) == ("insured", day, 7000)


def test_one_wrong_value_stops_all_and_is_named_by_its_watch(member, ids):
    drafts = {ids[0]: worth(6000), ids[1]: worth(1, TODAY + timedelta(1)), ids[2]: worth(7000)}
    with pytest.raises(RowsRefusedError) as refused:
        record(member, drafts)
    assert refused.value.rows == {ids[1]: {"valued_on": "This day has not come yet."}}
    assert values_of(member, ids) == [5000] * 3


def test_a_rule_of_the_database_stops_all(member, ids):
    with pytest.raises(RefusedError, match="Choose a kind of value"):
        record(member, {ids[0]: worth(6000), ids[1]: worth(7000, kind="wish")})
    assert values_of(member, ids) == [5000] * 3


@pytest.mark.parametrize(
    ("amount", "strikes"), [(15001, True), (15000, False), (1667, False), (1666, True), (0, True)]
)
def test_what_is_far_from_the_value_before_must_be_confirmed(member, ids, amount, strikes):
    add_value(member, ids[1], "5000 EUR", date(2026, 1, 1))
    drafts = {ids[0]: worth(6000), ids[1]: worth(amount)}
    if strikes:
        with pytest.raises(RowsRefusedError) as refused:
            record(member, drafts)
        assert list(refused.value.rows) == [ids[1]]
        assert "far from the value before, EUR 5,000.00" in str(refused.value)
        assert values_of(member, ids[:1]) == [5000]
        drafts[ids[1]] = worth(amount, confirmed=True)
    record(member, drafts)
    assert values_of(member, ids[:2]) == [6000, amount]


def test_it_is_compared_with_the_value_of_its_kind_before_its_day(member, ids):
    add_value(member, ids[0], "1000 EUR", date(2024, 1, 1))
    add_value(member, ids[0], "9000 EUR", date(2026, 1, 1))
    add_value(member, ids[0], "50000 EUR", date(2025, 1, 1), kind="insured")
    with db.read(member) as connection:
        asked = value_rounds.before(connection, member, ids, "market", date(2025, 6, 1))
    assert {one: row.amount for one, row in asked.items()} == {ids[0]: 1000}
    record(member, {ids[0]: worth(2500, date(2025, 6, 1))})


def test_the_rule_for_many_is_the_rule_for_one(member, ids):
    add_value(member, ids[0], "5000 EUR", date(2026, 1, 1))
    for amount in (15001, 15000, 1667, 1666):
        both = []
        for act in (
            lambda db_, draft: valuations.add(db_, member, ids[0], draft, TODAY),
            lambda db_, draft: value_rounds.record(db_, member, {ids[0]: draft}, TODAY),
        ):
            try:
                with db.write(member) as connection:
                    act(connection, worth(amount))
                    connection.rollback()
                both.append("taken")
            except RefusedError as refused:
                both.append(str(refused))
        assert both[0] == both[1]


def test_a_watch_in_the_bin_takes_none_and_the_others_do(member, ids):
    with db.write(member) as connection:
        watches.remove(connection, member, ids[0], 1)
    stored = record(member, {ids[0]: worth(6000), ids[1]: worth(7000)})
    assert [one.watch_id for one in stored] == [ids[1]]


def test_a_watch_of_another_household_takes_none(member, other, ids):
    assert record(other, {ids[0]: worth(6000)}) == []
    assert values_of(member, ids[:1]) == [5000]


def test_a_round_is_taken_back_and_recorded_again(member, ids):
    stored = record(member, {ids[0]: worth(6000), ids[1]: worth(7000)})
    with db.write(member) as connection:
        gone = value_rounds.remove(connection, member, stored)
    assert values_of(member, ids) == [5000] * 3
    with db.write(member) as connection:
        back = value_rounds.restore(connection, member, gone)
    assert values_of(member, ids) == [6000, 7000, 5000]
    assert {one.version for one in back} == {3}


def test_what_somebody_changed_meanwhile_is_not_taken_back(member, ids):
    stored = record(member, {ids[0]: worth(6000), ids[1]: worth(7000)})
    changed = next(one for one in stored if one.watch_id == ids[0])
    with db.write(member) as connection:
        old = valuations.get(connection, member, changed.valuation_id)
        valuations.change(connection, member, old, worth(6100), TODAY)
        gone = value_rounds.remove(connection, member, stored)
    assert [one.watch_id for one in gone] == [ids[1]]
    assert values_of(member, ids) == [6100, 5000, 5000]


def test_the_values_of_others_can_not_be_taken_back(member, other, ids):
    stored = record(member, {ids[0]: worth(6000)})
    with db.write(other) as connection:
        assert value_rounds.remove(connection, other, stored) == []
    assert values_of(member, ids[:1]) == [6000]

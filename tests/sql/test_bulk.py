"""Many watches at once: what nobody touched is changed, what somebody touched is named."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from data import bulk, collections, db, watches
from data.bulk import RowsRefusedError
from data.errors import RefusedError
from data.watches import draft_of
from tests.collector import TODAY, add_value, add_watch, get_watch
from tests.people import new_member
from tests.sql.households import join

BOUGHT = date(2020, 1, 2)


@pytest.fixture
def ids(member):
    return [
        add_watch(member, "Omega", f"M{n}", price=f"{n}000.10 EUR", purchased_on=BOUGHT)
        for n in range(1, 4)
    ]


def do(who, action, ids, *args, versions=None):
    picked = dict(zip(ids, versions or [1] * len(ids), strict=True))
    with db.write(who) as connection:
        return action(connection, who, picked, *args)


def touch(who, watch_id, **facts):
    """Somebody else's edit."""
    watch = get_watch(who, watch_id)
    with db.write(who) as connection:
        draft = replace(draft_of(watch), **facts)
        watches.change(connection, who, watch_id, watch.version, draft, TODAY)


def of(who, ids, name):
    return [getattr(get_watch(who, one), name) for one in ids]


def test_many_go_into_a_collection_and_out_again(member, ids):
    with db.write(member) as connection:
        group = collections.add(connection, member, "Daily", "navy")
    assert do(member, bulk.set_collection, ids[:2], group).changed == ids[:2]
    assert of(member, ids, "collection") == ["Daily", "Daily", None]
    assert do(member, bulk.set_collection, ids, None, versions=[2, 2, 1]).changed == ids
    assert of(member, ids, "collection") == [None] * 3


def test_one_that_was_changed_and_one_that_is_gone_are_named_and_left_alone(member, owner, ids):
    partner = join(owner, new_member("cara@example.com", "Cara"), member)
    touch(partner, ids[0], notes="Mine")
    with db.write(partner) as connection:
        watches.remove(connection, partner, ids[1], 1)
    outcome = do(member, bulk.set_condition, ids, "mint")
    assert (outcome.changed, outcome.conflicts, outcome.gone) == ([ids[2]], [ids[0]], [ids[1]])
    assert of(member, ids, "condition") == [None, None, "mint"]
    assert get_watch(member, ids[0]).notes == "Mine"


def test_another_households_watches_are_gone_for_everybody_else(member, other, ids):
    stranger = add_watch(other, "Rolex", "Theirs")
    outcome = do(member, bulk.set_condition, [stranger, uuid4()], "mint")
    assert outcome.changed == []
    assert len(outcome.gone) == 2
    assert do(member, bulk.to_bin, [stranger]).changed == []
    assert do(member, bulk.add_tags, [stranger], ["x"]).changed == []
    with db.write(member) as connection:
        assert bulk.get(connection, member, [stranger]) == []
        assert bulk.listed(connection, member, [stranger], "EUR", TODAY) == []
        draft = draft_of(get_watch(other, stranger))
        mine = replace(draft, brand_id=get_watch(member, ids[0]).brand_id, model="Stolen")
        assert bulk.save(connection, member, {stranger: 1}, {stranger: mine}, TODAY).changed == []
    assert get_watch(other, stranger).version == 1
    assert get_watch(other, stranger).tags == []


def test_a_collection_of_others_is_refused_and_nothing_changes(member, other, ids):
    with db.write(other) as connection:
        theirs = collections.add(connection, other, "Theirs", "navy")
    with pytest.raises(RefusedError, match="not here any more"):
        do(member, bulk.set_collection, ids, theirs)
    assert of(member, ids, "version") == [1, 1, 1]


def test_a_sale_needs_a_day_that_fits_every_watch_or_none_is_sold(member, ids):
    for day, words in [
        (None, "on which day"),
        (TODAY + timedelta(1), "has not come"),
        (BOUGHT - timedelta(1), "before it was bought"),
    ]:
        with pytest.raises(RowsRefusedError, match=words) as refused:
            do(member, bulk.set_status, ids, "sold", day, TODAY)
        assert list(refused.value.rows) == ids
    assert of(member, ids, "status") == ["owned"] * 3
    assert do(member, bulk.set_status, ids, "sold", TODAY, TODAY).changed == ids
    assert of(member, ids, "disposed_on") == [TODAY] * 3


def test_one_that_breaks_a_rule_stops_all_of_them(member, ids):
    late = add_watch(member, "Seiko", "Late", purchased_on=TODAY)
    with pytest.raises(RowsRefusedError) as refused:
        do(member, bulk.set_status, [*ids, late], "sold", TODAY - timedelta(1), TODAY)
    assert list(refused.value.rows) == [late]
    assert of(member, ids, "status") == ["owned"] * 3


def test_what_was_sold_already_keeps_its_day_and_what_comes_back_loses_its_sale(member, ids):
    touch(
        member, ids[0], status="sold", disposed_on=BOUGHT, sale_price=Decimal(5),
        sale_currency="EUR", buyer="Bo",
    )  # fmt: skip
    versions = [2, 1, 1]
    outcome = do(member, bulk.set_status, ids, "sold", TODAY, TODAY, versions=versions)
    assert set(outcome.changed) == set(ids)
    assert of(member, ids, "disposed_on") == [BOUGHT, TODAY, TODAY]
    do(member, bulk.set_status, ids, "owned", None, TODAY, versions=[2, 2, 2])
    back = get_watch(member, ids[0])
    assert (back.disposed_on, back.sale_price, back.buyer) == (None, None, None)


def test_tags_are_put_on_and_taken_off_many(member, ids):
    touch(member, ids[0], tags=["Diver", "old"])
    do(member, bulk.add_tags, ids, [" diver ", "steel"], versions=[2, 1, 1])
    assert of(member, ids, "tags") == [
        ["Diver", "old", "steel"],
        ["diver", "steel"],
        ["diver", "steel"],
    ]
    do(member, bulk.remove_tags, ids, ["steel", "old"], versions=[3, 2, 2])
    assert of(member, ids, "tags") == [["Diver"], ["diver"], ["diver"]]
    for wrong in ([], [" "], ["x" * 41]):
        with pytest.raises(RefusedError):
            do(member, bulk.add_tags, ids, wrong, versions=[4, 3, 3])


def test_the_bin_takes_many_and_gives_them_back(member, ids):
    assert do(member, bulk.to_bin, ids).changed == ids
    assert all(of(member, ids, "deleted_at"))
    with db.write(member) as connection:
        assert set(bulk.from_bin(connection, member, ids)) == set(ids)
    assert of(member, ids, "deleted_at") == [None] * 3


# ── each its own fields ────────────────────────────────────────────────────────────────────


def save(who, ids, versions=None, **facts):
    """``facts`` holds for each field a value a watch."""
    drafts = {
        one: replace(draft_of(get_watch(who, one)), **{k: v[n] for k, v in facts.items()})
        for n, one in enumerate(ids)
    }
    return do(who, lambda db_, m, p: bulk.save(db_, m, p, drafts, TODAY), ids, versions=versions)


def test_each_gets_its_own_fields_and_amounts_stay_exact(member, ids):
    before = [draft_of(get_watch(member, one)) for one in ids]
    prices = [Decimal("0.07"), None, Decimal("999999999999.99")]
    outcome = save(
        member, ids, model=["A", "Ünï ✓ 時計", "C\"'\\"], purchase_price=prices,
        condition=["mint", None, "poor"],
    )  # fmt: skip
    assert outcome.changed == ids
    assert of(member, ids, "model") == ["A", "Ünï ✓ 時計", "C\"'\\"]
    assert of(member, ids, "purchase_price") == prices
    assert of(member, ids, "purchase_currency") == ["EUR", None, "EUR"]
    now = draft_of(get_watch(member, ids[0]))
    assert now == replace(before[0], model="A", purchase_price=Decimal("0.07"), condition="mint")


def test_a_full_record_survives_a_save_field_by_field(member):
    full = add_watch(
        member, "Omega", "Speedmaster", price="6500.55 CHF", purchase_fees=Decimal("20.50"),
        purchased_on=BOUGHT, disposed_on=TODAY, status="sold", sale_price=Decimal("7000.01"),
        sale_fees=Decimal("0.99"), sale_currency="EUR", buyer="Bo", case_diameter_mm=Decimal("42.5"),
        water_resistance_m=50, production_year=1969, movement_type="manual", tags=["a"],
        complications=["date"], notes="two\nlines", power_reserve_h=Decimal("50.0"),
    )  # fmt: skip
    before = draft_of(get_watch(member, full))
    save(member, [full], nickname=["Moon"])
    assert draft_of(get_watch(member, full)) == replace(before, nickname="Moon")


def test_rules_hold_for_every_row_and_name_row_and_field(member, ids):
    numbered = add_watch(member, "Omega", "Numbered", serial_number="S1")
    with pytest.raises(RowsRefusedError) as refused:
        save(member, ids, model=["", "B", "C"], serial_number=["X", "x", "s1"])
    assert refused.value.rows == {
        ids[0]: {"model": "Give the watch a model name."},
        ids[1]: {"serial_number": bulk.SERIAL_TAKEN},
        ids[2]: {"serial_number": bulk.SERIAL_TAKEN},
    }
    assert of(member, [*ids, numbered], "version") == [1, 1, 1, 1]


def test_of_two_people_with_a_grid_the_second_overwrites_nothing(member, owner, ids):
    partner = join(owner, new_member("cara@example.com", "Cara"), member)
    assert save(partner, ids[:2], nickname=["P", "P"]).changed == ids[:2]
    outcome = save(member, ids, [1, 1, 1], nickname=["M", "M", "M"])
    assert (outcome.changed, outcome.conflicts) == ([ids[2]], ids[:2])
    assert of(member, ids, "nickname") == ["P", "P", "M"]


def test_a_printed_list_has_cost_and_value_in_one_currency(member, ids):
    add_value(member, ids[0], "2000 CHF")
    with db.read(member) as connection:
        found = bulk.listed(connection, member, [ids[2], ids[0]], "EUR", TODAY)
    assert [one.watch_id for one in found] == [ids[2], ids[0]]
    assert (found[1].paid, found[1].purchase_currency) == (Decimal("1000.10"), "EUR")
    assert found[1].value not in (None, Decimal(2000))

"""A price series of a watch: only what is new comes in, once; and it goes again as a whole."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import bin as household_bin
from data import db, price_import, valuations, watches
from data.calc.price_rows import Priced
from data.errors import NotFoundError, RefusedError
from data.valuations import ValuationDraft
from tests.collector import TODAY, add_value, add_watch, get_watch

FIRST = date(2024, 1, 1)


def rows(*amounts, first=FIRST, currency="CHF"):
    return [
        Priced(n + 2, first + timedelta(n), Decimal(amount), currency)
        for n, amount in enumerate(amounts)
    ]


def bring_in(member, watch_id, given, *, replace=False):
    with db.write(member) as connection:
        return price_import.bring_in(connection, member, watch_id, given, replace=replace)


def undo(member, imported):
    with db.write(member) as connection:
        return price_import.undo(connection, member, imported)


def values(member, watch_id):
    with db.read(member) as connection:
        return valuations.of_watch(connection, member, watch_id)


def amounts(member, watch_id):
    """What counts, oldest first."""
    return [int(value.amount) for value in reversed(values(member, watch_id))]


def plan(member, watch_id, given):
    found = price_import.plan(values(member, watch_id), given)
    return tuple(map(len, (found.new, found.same, found.different, found.by_hand)))


def test_a_series_becomes_market_values_that_were_imported(member):
    watch_id = add_watch(member)
    imported = bring_in(member, watch_id, rows(5000, 5100))
    stored = values(member, watch_id)
    assert [(v.kind, v.source, v.currency) for v in stored] == [("market", "import", "CHF")] * 2
    assert {one.valuation_id for one in imported.added} == {v.valuation_id for v in stored}
    assert get_watch(member, watch_id).value_amount == 5100


def test_importing_twice_adds_nothing(member):
    watch_id = add_watch(member)
    given = rows(5000, 5100, 5200)
    bring_in(member, watch_id, given)
    assert plan(member, watch_id, given) == (0, 3, 0, 0)
    again = bring_in(member, watch_id, given, replace=True)
    assert (again.added, again.replaced) == ((), ())
    assert amounts(member, watch_id) == [5000, 5100, 5200]


def test_a_day_that_a_person_recorded_is_kept_whatever_the_file_says(member):
    watch_id = add_watch(member)
    add_value(member, watch_id, "4800 CHF", FIRST)
    add_value(member, watch_id, "4900 EUR", FIRST + timedelta(1), source="chrono24")
    given = rows(5000, 5100, 5200)
    assert plan(member, watch_id, given) == (1, 0, 0, 2)
    bring_in(member, watch_id, given, replace=True)
    assert amounts(member, watch_id) == [4800, 4900, 5200]


def test_a_value_of_another_kind_does_not_stand_in_the_way(member):
    watch_id = add_watch(member)
    add_value(member, watch_id, "9000 CHF", FIRST, kind="insured")
    assert plan(member, watch_id, rows(5000)) == (1, 0, 0, 0)


def test_what_was_imported_before_and_is_different_is_replaced_only_when_asked(member):
    watch_id = add_watch(member)
    bring_in(member, watch_id, rows(5000, 5100))
    given = rows(5000, 5150, 5200)
    assert plan(member, watch_id, given) == (1, 1, 1, 0)
    bring_in(member, watch_id, given)
    assert amounts(member, watch_id) == [5000, 5100, 5200]
    bring_in(member, watch_id, given, replace=True)
    assert amounts(member, watch_id) == [5000, 5150, 5200]
    assert plan(member, watch_id, rows(5000, currency="EUR")) == (0, 0, 1, 0)


def test_an_import_is_undone_as_a_whole_and_what_it_replaced_comes_back(member):
    watch_id = add_watch(member)
    add_value(member, watch_id, "4000 CHF", date(2023, 1, 1))
    bring_in(member, watch_id, rows(5000, 5100))
    imported = bring_in(member, watch_id, rows(5000, 5150, 5200), replace=True)
    assert (len(imported.added), len(imported.replaced)) == (2, 1)
    undone = undo(member, imported)
    assert (undone.removed, undone.left) == (2, 0)
    assert amounts(member, watch_id) == [4000, 5000, 5100]
    with db.read(member) as connection:
        assert household_bin.counts(connection, member)["value"] == 2
    assert undo(member, imported).removed == 0


def test_a_value_that_somebody_changed_since_stays_when_the_import_is_undone(member):
    watch_id = add_watch(member)
    imported = bring_in(member, watch_id, rows(5000, 5100))
    with db.write(member) as connection:
        old = valuations.of_watch(connection, member, watch_id)[0]
        draft = ValuationDraft(Decimal(5555), "CHF", old.valued_on, confirmed=True)
        valuations.change(connection, member, old, draft, TODAY)
    undone = undo(member, imported)
    assert (undone.removed, undone.left) == (1, 1)
    assert amounts(member, watch_id) == [5555]


def test_a_watch_that_is_gone_or_of_others_takes_nothing(member, other):
    watch_id = add_watch(member)
    with pytest.raises(NotFoundError):
        bring_in(other, watch_id, rows(5000))
    with db.write(member) as connection:
        watches.remove(connection, member, watch_id, 1)
    with pytest.raises(NotFoundError):
        bring_in(member, watch_id, rows(5000))


def test_the_import_of_others_cannot_be_undone(member, other):
    watch_id = add_watch(member)
    imported = bring_in(member, watch_id, rows(5000))
    assert undo(other, imported).removed == 0
    assert amounts(member, watch_id) == [5000]


def test_a_row_without_a_currency_is_refused_and_nothing_is_kept(member):
    watch_id = add_watch(member)
    with pytest.raises(RefusedError):
        bring_in(member, watch_id, [*rows(5000), *rows(5100, currency=None)])
    assert values(member, watch_id) == []


def test_two_imports_at_once_bring_each_day_in_once(member):
    watch_id = add_watch(member)
    given = rows(*range(5000, 5400))
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: bring_in(member, watch_id, given), range(4)))
    assert sorted(len(one.added) for one in done) == [0, 0, 0, 400]
    assert len(values(member, watch_id)) == 400


def test_a_series_far_from_what_is_recorded_is_pointed_out(member):
    watch_id = add_watch(member)
    add_value(member, watch_id, "5000 CHF", FIRST - timedelta(1))
    recorded = values(member, watch_id)
    assert [one.row.amount for one in price_import.far_off(recorded, rows(15001, 15002))] == [15001]
    assert price_import.far_off(recorded, rows(15000, 15001)) == []
    assert price_import.far_off(recorded, rows(900_000, currency="JPY")) == []
    before = rows(1000, first=FIRST - timedelta(9))
    assert len(price_import.far_off(recorded, before)) == 1


@pytest.mark.own_database
def test_five_thousand_rows_take_under_a_few_seconds(member, owner):
    watch_id = add_watch(member, price="4000 CHF", purchased_on=date(2012, 1, 1))
    owner.execute("vacuum analyze")  # plans are now made for one row, and kept
    given = rows(*range(5000, 10_000), first=date(2012, 2, 1))
    began = time.perf_counter()
    imported = bring_in(member, watch_id, given)
    brought = time.perf_counter()
    undo(member, imported)
    ended = time.perf_counter()
    assert len(imported.added) == 5000
    assert max(brought - began, ended - brought) < 6  # 1 s when nothing else runs
    assert values(member, watch_id) == []

"""Values: recorded, corrected, removed; and which of them counts now."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import db, valuations
from data.errors import ConflictError, NotFoundError, RefusedError
from data.valuations import StrikingError, ValuationDraft
from tests.collector import TODAY, add_value, add_watch, get_watch


def worth(member, watch_id):
    watch = get_watch(member, watch_id)
    return watch.value_amount, watch.value_currency, watch.valued_on


def record(member, watch_id, **facts):
    draft = ValuationDraft(
        **{"amount": Decimal(5000), "currency": "EUR", "valued_on": TODAY, **facts}
    )
    with db.write(member) as connection:
        return valuations.add(connection, member, watch_id, draft, TODAY)


def test_the_newest_market_value_counts_whatever_was_recorded_last(member):
    watch_id = add_watch(member, price="4000 EUR", purchased_on=date(2020, 1, 1))
    assert worth(member, watch_id) == (4000, "EUR", None)
    add_value(member, watch_id, "6000 CHF", date(2026, 1, 1))
    add_value(member, watch_id, "5000 EUR", date(2025, 1, 1))
    add_value(member, watch_id, "9000 EUR", date(2026, 2, 1), kind="insured")
    assert worth(member, watch_id) == (6000, "CHF", date(2026, 1, 1))


def test_editing_or_removing_an_old_value_leaves_the_newest_in_force(member):
    watch_id = add_watch(member)
    add_value(member, watch_id, "5000 EUR", date(2025, 1, 1))
    add_value(member, watch_id, "6000 EUR", date(2026, 1, 1))
    with db.write(member) as connection:
        newest, old = valuations.of_watch(connection, member, watch_id)
        valuations.change(
            connection,
            member,
            old,
            ValuationDraft(Decimal(5100), "EUR", old.valued_on, note="seen"),
            TODAY,
        )
    assert worth(member, watch_id) == (6000, "EUR", date(2026, 1, 1))
    with db.write(member) as connection:
        valuations.remove(connection, member, newest)
    assert worth(member, watch_id) == (5100, "EUR", date(2025, 1, 1))
    with db.write(member) as connection:
        valuations.restore(connection, member, newest.valuation_id)
    assert worth(member, watch_id) == (6000, "EUR", date(2026, 1, 1))


def test_of_two_values_of_one_day_the_last_recorded_counts(member):
    watch_id = add_watch(member)
    add_value(member, watch_id, "5000 EUR")
    add_value(member, watch_id, "5500 EUR")
    assert worth(member, watch_id)[0] == 5500


def test_an_imported_zero_is_no_data_unless_confirmed(member):
    watch_id = add_watch(member)
    add_value(member, watch_id, "5000 EUR", date(2025, 1, 1))
    with db.write(member) as connection:
        zero = ValuationDraft(Decimal(0), "EUR", date(2026, 1, 1), source="import")
        valuations.add_many(connection, member, [(watch_id, zero)])
    assert worth(member, watch_id)[0] == 5000
    with db.write(member) as connection:
        stored = valuations.of_watch(connection, member, watch_id)[0]
        confirmed = ValuationDraft(
            Decimal(0), "EUR", stored.valued_on, source="import", confirmed=True
        )
        valuations.change(connection, member, stored, confirmed, TODAY)
    assert worth(member, watch_id)[0] == 0


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"amount": None}, "amount"),
        ({"valued_on": None}, "valued_on"),
        ({"valued_on": TODAY + timedelta(1)}, "valued_on"),
        ({"valued_on": date(1750, 1, 1)}, "valued_on"),
        ({"note": "x" * 1001}, "note"),
        ({"amount": Decimal(-1)}, "valuation_not_negative"),
        ({"currency": "X1"}, "valuation_currency_plausible"),
        ({"kind": "wish"}, "valuation_kind_known"),
        ({"source": "rumour"}, "valuation_source_known"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(member, facts, field):
    watch_id = add_watch(member)
    with pytest.raises(RefusedError) as refused:
        record(member, watch_id, **facts)
    assert refused.value.problems[field].endswith(".")


@pytest.mark.parametrize("amount", [15001, 1666])
def test_more_than_three_times_or_less_than_a_third_must_be_confirmed(member, amount):
    watch_id = add_watch(member)
    record(member, watch_id, valued_on=date(2025, 1, 1))
    with pytest.raises(StrikingError, match="far from the value before, EUR 5,000"):
        record(member, watch_id, amount=Decimal(amount))
    record(member, watch_id, amount=Decimal(amount), confirmed=True)
    assert worth(member, watch_id)[0] == amount


@pytest.mark.parametrize("amount", [15000, 1667])
def test_three_times_and_a_third_are_not_striking(member, amount):
    watch_id = add_watch(member)
    record(member, watch_id, valued_on=date(2025, 1, 1))
    record(member, watch_id, amount=Decimal(amount))


def test_the_second_of_two_edits_is_refused(member):
    watch_id = add_watch(member)
    add_value(member, watch_id, "5000 EUR")
    with db.write(member) as connection:
        stored = valuations.of_watch(connection, member, watch_id)[0]
        valuations.change(
            connection,
            member,
            stored,
            ValuationDraft(Decimal(1), "EUR", TODAY, confirmed=True),
            TODAY,
        )
        with pytest.raises(ConflictError):
            valuations.change(
                connection,
                member,
                stored,
                ValuationDraft(Decimal(2), "EUR", TODAY, confirmed=True),
                TODAY,
            )
        with pytest.raises(ConflictError):
            valuations.remove(connection, member, stored)


def test_a_watch_of_another_household_takes_no_value(member, other):
    watch_id = add_watch(member)
    with pytest.raises(NotFoundError):
        record(other, watch_id)
    assert worth(member, watch_id)[0] is None

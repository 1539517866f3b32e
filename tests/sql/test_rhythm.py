"""Which watches are valued so regularly that their swings mean something."""

from datetime import timedelta

from data import db, rhythm
from tests.collector import TODAY, add_value, add_watch

YEAR_AGO = TODAY - timedelta(days=365)


def valued(member, days_ago, **facts):
    """A watch with a value on each of these days."""
    watch_id = add_watch(member, price="1000 EUR", purchased_on=YEAR_AGO - timedelta(900))
    for days in days_ago:
        add_value(member, watch_id, "1000 EUR", TODAY - timedelta(days=days), **facts)
    return watch_id


def regular(member, *watch_ids, start=YEAR_AGO, end=TODAY):
    with db.read(member) as connection:
        return rhythm.regular(connection, member, watch_ids, start, end)


def test_twelve_values_a_month_apart_are_regular_and_eleven_are_not(member):
    twelve, eleven = (valued(member, [n * 30 for n in range(many)]) for many in (12, 11))
    assert regular(member, twelve, eleven) == {twelve}


def test_half_of_the_gaps_must_be_45_days_or_less(member):
    long_ago = YEAR_AGO - timedelta(days=2000)
    monthly = valued(member, [n * 45 for n in range(12)])
    slower = valued(member, [n * 46 for n in range(12)])
    mixed = valued(member, [*range(0, 210, 30), *range(300, 1500, 200)])
    assert regular(member, monthly, slower, mixed, start=long_ago) == {monthly, mixed}


def test_only_values_of_the_period_count(member):
    before = valued(member, [n * 30 for n in range(12)])
    assert regular(member, before, start=TODAY - timedelta(days=200)) == frozenset()


def test_other_values_than_those_of_the_market_do_not_count(member):
    insured = valued(member, [n * 30 for n in range(12)], kind="insured")
    assert regular(member, insured) == frozenset()


def test_watches_that_are_not_asked_for_and_those_of_others_are_not_found(member, other):
    mine, theirs = (valued(one, [n * 30 for n in range(12)]) for one in (member, other))
    assert regular(member) == frozenset()
    assert regular(member, mine, theirs) == {mine}

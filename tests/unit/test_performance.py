import math
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc import performance
from data.calc.missing import Missing
from data.calc.performance import by_month, by_year, gained, money_weighted_of, time_weighted
from data.calc.series import Point

START = date(2024, 1, 1)
TODAY = date(2026, 10, 30)
stored = st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2)
prices = st.decimals(min_value=100, max_value=100_000, places=2)
flows = st.just(Decimal()) | prices


@dataclass(frozen=True)
class Day:
    day: date
    value: Decimal
    paid_in: Decimal = Decimal()
    taken_out: Decimal = Decimal()
    missing: bool = False


@dataclass(frozen=True)
class Watch:
    cost: Decimal | None = Decimal(1000)
    value: Decimal | None = Decimal(1500)
    acquired_on: date | None = date(2022, 10, 30)
    dated: bool = True
    disposed_on: date | None = None
    proceeds: Decimal | None = None
    watch_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Payment:
    watch_id: UUID | None
    day: date
    amount: Decimal | None


def days(*values, start=START, every=1):
    """Days one after another (or ``every`` so many) with these values."""
    return [Day(start + timedelta(n * every), Decimal(v)) for n, v in enumerate(values)]


any_days = st.lists(
    st.tuples(stored, st.just(Decimal()) | stored, st.just(Decimal()) | stored),
    min_size=1,
    max_size=40,
).map(lambda rows: [Day(START + timedelta(n * 9), *row) for n, row in enumerate(rows)])


def total(found):
    return time_weighted(found).total


def numbers_in(found):
    yield from (number for one in found.days for number in (one.fraction, one.total))
    yield from (
        n for n in (*by_month(found.days).values(), *by_year(found.days).values()) if n is not None
    )
    if not isinstance(found.a_year, Missing):
        yield found.a_year


def test_the_first_value_is_what_the_others_are_compared_with():
    found = time_weighted(days(100, 110, 99))
    assert [one.fraction for one in found.days] == pytest.approx([0, 0.1, -0.1])
    assert [one.total for one in found.days] == pytest.approx([0, 0.1, -0.01])
    first_paid_in = [replace(days(100)[0], paid_in=Decimal(100)), *days(100, 110)[1:]]
    assert total(first_paid_in) == pytest.approx(0.1)


def test_a_purchase_counts_from_the_start_of_its_day():
    bought = [*days(100), Day(START + timedelta(1), Decimal(330), paid_in=Decimal(200))]
    assert total(bought) == pytest.approx(0.1)


def test_a_sale_counts_at_the_end_of_its_day():
    sold = [*days(300), Day(START + timedelta(1), Decimal(100), taken_out=Decimal(230))]
    assert total(sold) == pytest.approx(0.1)


def test_bought_and_sold_on_the_same_day_is_a_return_of_that_day():
    """The watch is held on the eve of nothing: it came and went, and its gain is in the day."""
    traded = [
        *days(0),
        Day(START + timedelta(1), Decimal(1000), paid_in=Decimal(1000)),
        Day(START + timedelta(2), Decimal(), taken_out=Decimal(1200)),
    ]
    found = time_weighted(traded)
    assert found.total == pytest.approx(0.2)
    assert (found.since, found.until) == (START + timedelta(1), START + timedelta(2))


def test_a_loss_to_nothing_is_all_of_it_and_stays_so():
    found = time_weighted(days(100, 0, 0, 50))
    assert found.total == -1.0
    assert found.from_nothing == (Point(START + timedelta(3), Decimal(50)),)


def test_fees_above_the_sale_price_are_no_more_than_a_total_loss():
    sold = [*days(100), Day(START + timedelta(1), Decimal(), taken_out=Decimal(-30))]
    assert total(sold) == -1.0


def test_a_time_without_watches_changes_nothing():
    gap = [
        *days(100, 120),
        Day(START + timedelta(2), Decimal(), taken_out=Decimal(120)),
        *days(0, 0, start=START + timedelta(3)),
        Day(START + timedelta(5), Decimal(55), paid_in=Decimal(50)),
    ]
    assert total(gap) == pytest.approx(1.2 * 1.1 - 1)


def test_days_before_the_last_one_without_a_rate_are_not_looked_at():
    before, after = days(1, 2), days(100, 110, start=date(2024, 2, 1))
    unknown = [replace(day, missing=True) for day in before]
    found = time_weighted([*unknown, *after])
    assert found.total == pytest.approx(0.1)
    assert found.days[0].day == date(2024, 2, 1)


def test_a_last_day_without_a_rate_has_no_return():
    known = days(100, 110)
    assert "no exchange rate" in time_weighted([known[0], replace(known[1], missing=True)]).reason


@pytest.mark.parametrize("found", [[], days(100), days(0, 0, 0)])
def test_without_two_values_there_is_no_return_over_time(found):
    assert isinstance(time_weighted(found), Missing)


def test_values_that_rise_without_end_are_an_error_in_the_record():
    out = [
        Day(START + timedelta(n), Decimal("0.01"), taken_out=Decimal(10) ** 12) for n in range(40)
    ]
    assert "too much to be true" in time_weighted(out).reason


def test_a_year_is_told_from_365_days_on():
    assert "Under a year" in time_weighted(days(100, 110, every=364)).a_year.reason
    assert time_weighted(days(100, 110, every=365)).a_year == pytest.approx(0.1001, abs=1e-4)


def test_the_years_count_while_something_is_held():
    """Not from the first day of a long period in which nothing was held yet."""
    late = [
        Day(date(2000, 1, 1), Decimal()),
        Day(date(2025, 1, 1), Decimal(100), paid_in=Decimal(100)),
    ]
    found = time_weighted([*late, Day(date(2026, 1, 1), Decimal(110))])
    assert found.a_year == pytest.approx(0.1, abs=1e-3)


def test_months_chain_to_the_whole_and_the_first_counts_from_its_first_day():
    steps = [Day(date(2024, 1, 20), Decimal(100)), Day(date(2024, 1, 31), Decimal(110))]
    steps += [Day(date(2024, 2, 10), Decimal(99)), Day(date(2024, 2, 29), Decimal(132))]
    steps += [Day(date(2025, 3, 31), Decimal(66))]
    found = by_month(time_weighted(steps).days)
    assert found == pytest.approx({(2024, 1): 0.1, (2024, 2): 0.2, (2025, 3): -0.5})
    assert by_year(time_weighted(steps).days) == pytest.approx({2024: 0.32, 2025: -0.5})


def test_the_reference_day_alone_makes_no_month():
    steps = [Day(date(2024, 1, 31), Decimal(100)), Day(date(2024, 2, 29), Decimal(110))]
    assert list(by_month(time_weighted(steps).days)) == [(2024, 2)]


def test_a_month_in_which_nothing_was_held_has_no_return():
    steps = [Day(date(2024, 1, 31), Decimal()), Day(date(2024, 2, 29), Decimal())]
    steps += [
        Day(date(2024, 3, 1), Decimal(100), paid_in=Decimal(100)),
        Day(date(2024, 3, 31), Decimal(105)),
    ]
    found = by_month(time_weighted(steps).days)
    assert found == {(2024, 2): None, (2024, 3): pytest.approx(0.05)}


def test_what_was_gained_leaves_out_what_was_paid_in_and_taken_out():
    steps = [*days(1000), Day(START + timedelta(1), Decimal(1700), Decimal(900), Decimal(300))]
    assert gained(steps) == 100
    assert gained([]) == gained(steps[:1]) == 0
    assert gained([replace(steps[0], paid_in=Decimal(1000)), steps[1]]) == 100


@given(st.lists(prices, min_size=2, max_size=20), st.integers(1, 19), prices)
def test_a_deposit_does_not_change_the_time_weighted_return(values, at, deposit):
    """From some day on more of the same is held: each day's return is what it was."""
    plain = days(*values)
    at = min(at, len(plain) - 1)
    scale = 1 + deposit / plain[at - 1].value
    more = [
        *plain[:at],
        replace(plain[at], value=plain[at].value * scale, paid_in=deposit),
        *(replace(day, value=day.value * scale) for day in plain[at + 1 :]),
    ]
    assert total(more) == pytest.approx(total(plain), rel=1e-9, abs=1e-9)


@given(st.lists(prices, min_size=2, max_size=20), st.integers(1, 19), st.integers(1, 99))
def test_a_withdrawal_does_not_change_the_time_weighted_return(values, at, percent):
    plain = days(*values)
    at = min(at, len(plain) - 1)
    out = plain[at].value * percent / 100
    scale = 1 - Decimal(percent) / 100
    less = [
        *plain[:at],
        replace(plain[at], value=plain[at].value - out, taken_out=out),
        *(replace(day, value=day.value * scale) for day in plain[at + 1 :]),
    ]
    assert total(less) == pytest.approx(total(plain), rel=1e-9, abs=1e-9)


@given(st.lists(st.tuples(prices, flows, flows), min_size=2, max_size=20), st.integers(2, 1000))
def test_a_return_does_not_know_in_which_unit_money_is_counted(rows, factor):
    plain = [Day(START + timedelta(n), *row) for n, row in enumerate(rows)]
    scaled = [
        Day(START + timedelta(n), *(one * factor for one in row)) for n, row in enumerate(rows)
    ]
    assert total(scaled) == pytest.approx(total(plain), rel=1e-9)
    assert gained(scaled) == gained(plain) * factor


@given(any_days)
def test_returns_are_numbers_of_minus_one_and_more_or_missing(found):
    answer = time_weighted(found)
    if not isinstance(answer, Missing):
        assert all(math.isfinite(one) and one >= -1 for one in numbers_in(answer))


@given(st.lists(prices, min_size=2, max_size=60))
def test_months_and_years_chain_to_the_whole_return(values):
    found = time_weighted(days(*values, every=17))
    for parts in (by_month(found.days), by_year(found.days)):
        chained = math.prod(1 + part for part in parts.values() if part is not None) - 1
        assert chained == pytest.approx(found.total, rel=1e-9, abs=1e-9)


def test_sixty_years_of_days_are_worked_out():
    found = time_weighted(days(*(100 + n % 7 for n in range(22_000))))
    assert len(by_year(found.days)) == 61
    assert math.isfinite(found.a_year)


def test_xirr_of_watches_takes_all_that_they_took_and_brought():
    sold = Watch(acquired_on=date(2020, 1, 1), disposed_on=date(2021, 1, 1), proceeds=Decimal(1100))
    alone = money_weighted_of([sold], [], TODAY)
    assert alone.rate == pytest.approx(0.1, abs=1e-3)
    repaired = [Payment(sold.watch_id, date(2021, 1, 1), Decimal(100))]
    assert money_weighted_of([sold], repaired, TODAY).rate == pytest.approx(0, abs=1e-9)
    insured = [Payment(None, date(2021, 1, 1), Decimal(100))]
    assert money_weighted_of([sold], insured, TODAY).rate == pytest.approx(0, abs=1e-9)


def test_payments_of_watches_that_are_not_asked_for_are_not_looked_at():
    watch = Watch()
    elsewhere = [Payment(uuid4(), TODAY, Decimal(500))]
    assert money_weighted_of([watch], elsewhere, TODAY) == money_weighted_of([watch], [], TODAY)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"cost": None}, performance.NO_COST),
        ({"dated": False}, performance.NO_DAY),
        ({"acquired_on": None}, performance.NO_DAY),
        ({"value": None}, performance.NO_VALUE),
        ({"value": None, "disposed_on": TODAY}, performance.NO_PROCEEDS),
    ],
)
def test_a_watch_without_what_it_needs_is_left_out_and_named(facts, why):
    whole, partial = Watch(), Watch(**facts)
    found = money_weighted_of([partial, whole], [], TODAY)
    assert found.rate == money_weighted_of([whole], [], TODAY).rate
    assert (found.watches, found.left_out) == (1, ((partial.watch_id, why),))
    alone = money_weighted_of([partial], [], TODAY)
    assert isinstance(alone.rate, Missing)


def test_a_payment_without_a_rate_leaves_its_watch_out():
    repaired, whole = Watch(), Watch()
    payments = [Payment(repaired.watch_id, TODAY, None), Payment(None, TODAY, None)]
    found = money_weighted_of([repaired, whole], payments, TODAY)
    assert found.left_out == ((repaired.watch_id, performance.NO_RATE),)
    assert (found.watches, found.payments_left_out) == (1, 1)


def test_a_watch_that_was_given_has_no_rate_alone_but_counts_with_others():
    given_one, bought = Watch(cost=Decimal()), Watch()
    assert isinstance(money_weighted_of([given_one], [], TODAY).rate, Missing)
    both = money_weighted_of([given_one, bought], [], TODAY)
    assert both.watches == 2
    assert both.rate > money_weighted_of([bought], [], TODAY).rate


def test_a_value_of_nothing_is_a_total_loss_not_an_unknown():
    worthless = money_weighted_of([Watch(value=Decimal()), Watch()], [], TODAY)
    assert worthless.watches == 2
    assert worthless.rate < 0


def test_no_watch_has_no_yearly_return():
    assert isinstance(money_weighted_of([], [], TODAY).rate, Missing)


@given(
    st.lists(st.tuples(prices, prices, st.integers(400, 9000)), min_size=1, max_size=9),
    st.randoms(),
)
def test_the_order_of_watches_and_payments_does_not_matter(rows, shuffler):
    watches = [Watch(c, v, TODAY - timedelta(n)) for c, v, n in rows]
    payments = [Payment(one.watch_id, TODAY, Decimal(9)) for one in watches]
    shuffled = [shuffler.sample(some, len(some)) for some in (watches, payments)]
    assert money_weighted_of(*shuffled, TODAY) == money_weighted_of(watches, payments, TODAY)


@given(st.lists(st.tuples(stored, stored, st.integers(0, 30_000)), max_size=9))
def test_xirr_of_anything_is_a_number_or_missing(rows):
    watches = [Watch(c, v, TODAY - timedelta(n)) for c, v, n in rows]
    rate = money_weighted_of(watches, [], TODAY).rate
    assert isinstance(rate, Missing) or math.isfinite(rate)

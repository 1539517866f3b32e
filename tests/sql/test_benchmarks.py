"""Series to compare with: brought in, corrected, converted, taken away and back."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from data import benchmarks, db
from data.calc.series import Point
from data.errors import ConflictError, NotFoundError, RefusedError
from tests.collector import TODAY
from tests.people import again

FRIDAY, MONDAY = date(2024, 5, 3), date(2024, 5, 6)


def series(*amounts, first=FRIDAY, step=1):
    return [Point(first + timedelta(n * step), Decimal(a)) for n, a in enumerate(amounts)]


def write(member, function, *args, **more):
    with db.write(member) as connection:
        return function(connection, member, *args, **more)


def read(member, function, *args):
    with db.read(member) as connection:
        return function(connection, member, *args)


def add(member, name="Watch index", currency="CHF", points=None):
    found = write(
        member, benchmarks.add, name, currency, series(100, 101) if points is None else points
    )
    return read(member, benchmarks.get, found)


def in_currency(member, one, currency, start=FRIDAY, end=TODAY):
    key = str(one.benchmark_id)
    found = read(member, benchmarks.points, key, currency, start, end)
    return [(point.day, point.amount) for point in found]


def own(member, one):
    return [point.amount for point in read(member, benchmarks.own_points, one.benchmark_id)]


def test_a_series_is_listed_by_name_with_its_days_and_its_last_value(member):
    add(member, "b", None, series("10474.239999999998"))
    add(member, "  Über  ", "EUR")
    add(member, "A", "CHF", series(100, 102, step=30))
    found = read(member, benchmarks.every)
    assert [(one.name, one.currency, one.points) for one in found] == [
        ("A", "CHF", 2),
        ("b", None, 1),
        ("Über", "EUR", 2),
    ]
    assert (found[0].first_day, found[0].last_day, found[0].last_amount) == (
        FRIDAY,
        FRIDAY + timedelta(30),
        102,
    )
    assert found[1].last_amount == Decimal("10474.239999999998")


@pytest.mark.parametrize(
    ("name", "currency", "points", "field"),
    [
        ("", "CHF", [1], "name"),
        (" \x00 ", "CHF", [1], "name"),
        (None, "CHF", [1], "name"),
        ("x" * 61, "CHF", [1], "name"),
        ("x", "chf", [1], "benchmark_currency_plausible"),
        ("x", "", [1], "benchmark_currency_plausible"),
        ("x", "CHF", [], "points"),
        ("x", "CHF", [0], "benchmark_point_positive"),
        ("x", "CHF", [-1], "benchmark_point_positive"),
    ],
)
def test_a_series_that_breaks_a_rule_is_refused_with_a_sentence(
    member, name, currency, points, field
):
    with pytest.raises(RefusedError) as refused:
        write(member, benchmarks.add, name, currency, series(*points))
    assert refused.value.problems[field].endswith(".")
    assert read(member, benchmarks.every) == []


def test_a_name_is_there_once_in_any_case(member, other):
    one = add(member, "Index")
    for name in ("Index", "INDEX"):
        with pytest.raises(RefusedError, match="already"):
            add(member, name)
    second = add(member, "Gold coins")
    with pytest.raises(RefusedError, match="already"):
        write(member, benchmarks.rename, second, "index")
    assert add(other, "Index").benchmark_id != one.benchmark_id


def test_each_price_is_at_the_rate_of_its_day_and_weekends_have_friday_s(member, owner):
    one = add(member, points=[*series(100), *series(110, first=FRIDAY + timedelta(2)),
                              *series(120, first=MONDAY)])  # fmt: skip

    def rate(day):
        found = owner.execute("select eur_rate, rate_date from fx_on('CHF', %s)", [day])
        return found.fetchone()

    assert rate(FRIDAY + timedelta(2))[1] == FRIDAY
    for day, amount in in_currency(member, one, "EUR"):
        own = {FRIDAY: 100, FRIDAY + timedelta(2): 110, MONDAY: 120}[day]
        assert amount == pytest.approx(own / rate(day)[0], rel=Decimal("1e-12"))
    assert in_currency(member, one, "CHF")[2] == (MONDAY, 120)


def test_points_of_an_index_are_never_converted(member):
    one = add(member, currency=None, points=series(100, 101))
    for currency in ("CHF", "USD", "JPY"):
        assert [amount for _, amount in in_currency(member, one, currency)] == [100, 101]


def test_what_held_on_the_first_day_is_there_and_nothing_after_the_last(member):
    one = add(member, points=series(100, 101, 102, step=10))
    start, end = FRIDAY + timedelta(5), FRIDAY + timedelta(15)
    assert in_currency(member, one, "CHF", start, end) == [
        (start, 100),
        (FRIDAY + timedelta(10), 101),
    ]
    assert in_currency(member, one, "CHF", date(2030, 1, 1), date(2031, 1, 1)) == [
        (date(2030, 1, 1), 102)
    ]
    assert in_currency(member, one, "CHF", date(2020, 1, 1), date(2020, 2, 1)) == []
    assert in_currency(member, one, "CHF", FRIDAY, date(2020, 1, 1)) == []


def test_days_before_there_were_rates_and_currencies_without_any_are_left_out(member):
    old = add(member, "old", "CHF", series(100, 101, first=date(1998, 12, 31), step=4))
    assert [day for day, _ in in_currency(member, old, "EUR", date(1990, 1, 1))] == [
        date(1999, 1, 4)
    ]
    assert len(in_currency(member, old, "CHF", date(1990, 1, 1))) == 2
    gone = add(member, "gone", "DEM")
    assert in_currency(member, gone, "EUR") == []


@pytest.mark.parametrize("key", ["", "silver", "null", "a" * 400, "\x00", str(uuid4())])
def test_a_key_from_the_url_that_is_none_gives_nothing(member, key):
    assert read(member, benchmarks.points, key, "CHF", FRIDAY, TODAY) == ()


def test_days_are_added_and_corrected_or_take_the_place_of_all(member):
    one = add(member, points=series(100, 101))
    write(
        member,
        benchmarks.put_points,
        one,
        series(105, 106, first=FRIDAY + timedelta(1)),
        replace=False,
    )
    one = read(member, benchmarks.get, one.benchmark_id)
    assert own(member, one) == [100, 105, 106]
    write(member, benchmarks.put_points, one, series(7, first=MONDAY), replace=True)
    assert own(member, one) == [7]


def test_of_two_prices_of_one_day_the_last_counts(member):
    assert own(member, add(member, points=[*series(100), *series(105)])) == [105]


def test_the_second_of_two_changes_is_refused(member):
    one = add(member)
    write(member, benchmarks.rename, one, "Renamed")
    for change in (
        lambda: write(member, benchmarks.rename, one, "Again"),
        lambda: write(member, benchmarks.put_points, one, series(1), replace=True),
        lambda: write(member, benchmarks.remove, one),
    ):
        with pytest.raises(ConflictError):
            change()
    now = read(member, benchmarks.get, one.benchmark_id)
    assert (now.name, own(member, now)) == ("Renamed", [100, 101])


def test_a_series_that_is_removed_comes_back_whole_under_its_id(member):
    one = add(member)
    removed = write(member, benchmarks.remove, one)
    assert read(member, benchmarks.every) == []
    for attempt in (benchmarks.remove, benchmarks.rename):
        with pytest.raises(NotFoundError):
            write(member, attempt, one, *([] if attempt is benchmarks.remove else ["x"]))
    write(member, benchmarks.restore, removed)
    back = read(member, benchmarks.get, one.benchmark_id)
    assert (back.name, back.currency, own(member, back)) == ("Watch index", "CHF", [100, 101])
    with pytest.raises(RefusedError):  # pressed twice
        write(member, benchmarks.restore, removed)


def test_a_series_does_not_come_back_over_another_of_its_name(member):
    removed = write(member, benchmarks.remove, add(member))
    add(member)
    with pytest.raises(RefusedError, match="already"):
        write(member, benchmarks.restore, removed)


def test_every_change_makes_cached_reads_old(member):
    version = again(member).data_version
    one = add(member)
    for change in (
        lambda: write(member, benchmarks.put_points, one, series(9), replace=False),
        lambda: write(member, benchmarks.remove, read(member, benchmarks.get, one.benchmark_id)),
    ):
        assert again(member).data_version > version
        version = again(member).data_version
        change()
    assert again(member).data_version > version


def test_the_series_of_others_are_not_there(member, other):
    one = add(member)
    assert read(other, benchmarks.every) == []
    assert in_currency(other, one, "CHF") == []
    assert own(other, one) == []
    for attempt in (
        lambda: read(other, benchmarks.get, one.benchmark_id),
        lambda: write(other, benchmarks.rename, one, "Mine"),
        lambda: write(other, benchmarks.put_points, one, series(1), replace=True),
        lambda: write(other, benchmarks.remove, one),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert own(member, one) == [100, 101]


def test_twenty_thousand_days_are_kept_and_read(member):
    points = series(*range(1, 20_001), first=date(1971, 1, 1))
    one = add(member, points=points)
    assert (one.points, one.last_amount) == (20_000, 20_000)
    assert len(in_currency(member, one, "CHF", date(1971, 1, 1))) == 20_000

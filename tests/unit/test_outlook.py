"""The outlook: what is known of constant, rising and wandering values; the back-test tells the truth."""

import csv
import math
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calc import outlook as calc
from data.calc.missing import Missing
from data.calc.monthly import Monthly, basis_of, months_later, regular
from data.calc.outlook import BETTER, HORIZON, NO_BETTER, TOO_FEW, UNTRIED, Outlook, outlook
from data.calc.series import Point

PRICES = Path("/work/shared/data/prices")
TODAY = date(2026, 10, 15)


def monthly(values, today=TODAY):
    """The ends of months of these values, the last of them still today's."""
    ends = [
        Point(months_later(date(2026, 10, 1), n - len(values)), Decimal(repr(value)))
        for n, value in enumerate(values, 1)
    ]
    ends = [Point(point.day.replace(day=1), point.amount) for point in ends]
    return Monthly(tuple(ends), Point(today, ends[-1].amount))


def ahead_of(values):
    months = monthly(values)
    return outlook(months, months.today.amount)


def walk(months, seed, step=0.03, drift=0.0, start=10_000.0):
    """A random walk of logarithms."""
    chance, values = random.Random(seed), [start]
    for _ in range(months - 1):
        values.append(values[-1] * math.exp(chance.gauss(drift, step)))
    return values


def check(found):
    """What holds for each outlook."""
    assert len(found.months) == HORIZON
    for one in found.months:
        edges = [one.low95, one.low80, one.value, one.high80, one.high95]
        assert all(edge.is_finite() and edge >= 0 for edge in edges)
        assert edges == sorted(edges)
    days = [point.day for point in found.history] + [one.day for one in found.months]
    assert days == sorted(set(days))
    if not isinstance(found.backtest, Missing):
        tried = found.backtest
        assert 0 <= tried.coverage80 <= tried.coverage95 <= 1
        assert math.isfinite(tried.error)
        assert math.isfinite(tried.error_of_no_change)
        assert tried.error_ratio is None or math.isfinite(tried.error_ratio)
        assert 1 <= tried.origins <= 16


def test_a_constant_value_stays_within_narrow_bands():
    found = ahead_of([5000.0] * 60)
    check(found)
    last = found.months[-1]
    assert last.value == 5000
    assert 4800 < last.low95 < last.low80 < 5000 < last.high80 < last.high95 < 5200
    assert found.verdict == NO_BETTER
    assert found.backtest.error_ratio is None
    assert found.backtest.error_of_no_change == 0
    assert found.backtest.coverage80 == 1


def test_a_steady_rise_goes_on():
    found = ahead_of([1000 * 1.01**n for n in range(60)])
    check(found)
    assert float(found.months[-1].value) == pytest.approx(1000 * 1.01**71, rel=1e-4)
    assert found.verdict == BETTER
    assert found.backtest.error < 1e-6
    assert found.backtest.error_ratio < 1e-3


def test_a_rise_with_some_noise_goes_on_and_is_better_than_no_change():
    chance = random.Random(3)
    found = ahead_of([1000 * math.exp(0.01 * n + chance.gauss(0, 0.004)) for n in range(84)])
    check(found)
    last, true = found.months[-1], 1000 * math.exp(0.01 * 95)
    assert last.low95 < true < last.high95
    assert last.value > found.history[-1].amount * Decimal("1.08")
    assert found.verdict == BETTER
    assert found.backtest.error_ratio < 0.5


@pytest.mark.parametrize("seed", range(6))
def test_a_random_walk_is_not_beaten(seed):
    found = ahead_of(walk(96, seed))
    check(found)
    assert found.backtest.error_ratio > 0.9
    assert found.verdict == NO_BETTER


def test_the_bands_of_random_walks_hold_what_they_promise():
    """Simulated walks, each with the year that followed; the seed is fixed."""
    caught80 = caught95 = 0
    for seed in range(40):
        values = walk(60 + HORIZON, 1000 + seed)
        steps = calc._steps([math.log(value) for value in values[:60]])
        for value, step in zip(values[60:], steps, strict=True):
            miss = abs(math.log(value / values[59]) - step.middle)
            caught80 += miss <= step.half80
            caught95 += miss <= step.half95
    months = 40 * HORIZON
    assert 0.70 <= caught80 / months <= 0.90
    assert 0.88 <= caught95 / months <= 0.99


def test_the_back_test_of_a_random_walk_finds_the_same():
    tried = [ahead_of(walk(120, seed)).backtest for seed in range(4)]
    assert 0.6 <= sum(one.coverage80 for one in tried) / 4 <= 0.95
    assert 0.8 <= sum(one.coverage95 for one in tried) / 4 <= 1.0


def test_a_single_leap_widens_the_bands():
    calm = walk(60, 5, step=0.01)
    leap = [*calm[:30], *(value * 1.6 for value in calm[30:])]
    last = [ahead_of(values).months[-1] for values in (calm, leap)]
    narrow, wide = (math.log(one.high80 / one.low80) for one in last)
    assert wide > narrow * 4


def test_the_currency_and_the_size_do_not_matter():
    values = walk(60, 8)
    one, hundred = ahead_of(values), ahead_of([value * 100 for value in values])
    for a, b in zip(one.months, hundred.months, strict=True):
        assert float(b.value) == pytest.approx(float(a.value) * 100, rel=1e-3)
        assert float(b.low95) == pytest.approx(float(a.low95) * 100, rel=1e-3)


def test_an_index_is_scaled_to_the_value_of_today():
    index = [value / 10_000 for value in walk(60, 9)]
    months = monthly(index)
    later = Monthly(months.ends, Point(TODAY, months.today.amount * Decimal("1.5")))
    found = outlook(later, Decimal(300_000))
    check(found)
    assert found.history[-1] == Point(TODAY, Decimal(300_000))
    assert float(found.history[-2].amount) == pytest.approx(200_000)  # 1.5 times less
    assert found.months[0].low80 < 300_000 < found.months[0].high80


def test_days_ahead_are_months_after_today():
    months = monthly(walk(30, 1), today=date(2027, 1, 31))
    found = outlook(months, months.today.amount)
    assert [one.day for one in found.months][:3] == [
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


def test_a_short_past_is_not_tried_and_says_so():
    found = ahead_of(walk(24, 2))
    check(found)
    assert found.verdict == UNTRIED
    assert found.backtest == Missing(
        "It takes 36 regular months to try it on the past; there are 24."
    )


def test_a_few_tries_are_no_proof():
    found = ahead_of([1000 * 1.02**n for n in range(40)])
    assert found.backtest.origins == 5
    assert found.backtest.error_ratio < 0.5
    assert found.verdict == TOO_FEW


def test_a_forecast_that_was_mostly_further_off_is_not_better():
    tried = calc.Backtest(16, 0.05, 0.07, 0.7, 0.5, 0.8, 0.95)
    assert tried.verdict == NO_BETTER
    assert calc.Backtest(16, 0.05, 0.07, 0.7, 0.8, 0.8, 0.95).verdict == BETTER
    assert calc.Backtest(16, 0.07, 0.07, 0.95, 1.0, 0.8, 0.95).verdict == NO_BETTER


def test_values_that_jump_wildly_have_no_outlook():
    found = ahead_of([1.0 if n % 2 else 1_000_000.0 for n in range(48)])
    assert found == Missing("The values jump too much to look ahead: please check them.")


def test_where_smoothing_fails_the_drift_goes_on(monkeypatch):
    def fail(*_, **__):
        raise ValueError

    broken = calc.SimpleNamespace(ETSModel=fail, stdtrit=calc._library().stdtrit)
    monkeypatch.setattr(calc, "_library", lambda: broken)
    values = walk(48, 77, drift=0.01)
    steps = calc._steps([math.log(value) for value in values])
    drift = math.log(values[-1] / values[0]) / 47
    assert [step.middle for step in steps] == pytest.approx([drift * n for n in range(1, 13)])
    assert all(a.half95 < b.half95 for a, b in pairwise(steps))


def test_the_same_values_give_the_same_outlook_in_every_thread():
    logs = tuple(math.log(value) for value in walk(60, 4))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(calc._worked_out.__wrapped__, [logs] * 4))
    assert all(one == found[0] for one in found)


def test_ten_years_take_seventeen_fits_and_no_more(monkeypatch):
    fits = []
    real = calc._smoothed
    monkeypatch.setattr(calc, "_smoothed", lambda logs: (fits.append(len(logs)), real(logs))[1])
    calc._worked_out.__wrapped__(tuple(math.log(value) for value in walk(120, 6)))
    assert len(fits) == 17
    assert min(fits) == 24
    assert max(fits) == 120


amounts = st.floats(0.01, 1e12, allow_nan=False)
gentle = st.lists(st.floats(-0.3, 0.3), min_size=24, max_size=60)


@settings(deadline=None, max_examples=25)
@given(st.floats(1, 1e9), gentle)
def test_bands_lie_in_order_and_are_finite(start, changes):
    values = [start]
    for change in changes:
        values.append(max(values[-1] * math.exp(change), 0.01))
    found = ahead_of(values)
    if isinstance(found, Outlook):
        check(found)
    else:
        assert "jump" in found.reason


@settings(deadline=None, max_examples=15)
@given(st.lists(amounts, min_size=24, max_size=50))
def test_any_positive_values_have_an_outlook_or_a_reason(values):
    found = ahead_of(values)
    if isinstance(found, Outlook):
        check(found)
    else:
        assert "jump" in found.reason


def read(path):
    """(day, price) of a file of /work/shared/data/prices; 0 is no data."""
    points = {}
    for row in list(csv.reader(path.read_text("utf-8").splitlines()))[1:]:
        try:
            shape = "%Y-%m-%d" if "-" in row[0] else "%a %b %d %Y"
            day = datetime.strptime(row[0], shape).date()  # noqa: DTZ007  (a date has no zone)
            amount = Decimal(row[1])
        except (ValueError, ArithmeticError, IndexError):
            continue
        if amount > 0:
            points[day] = amount
    return [Point(day, amount) for day, amount in sorted(points.items())]


@pytest.mark.parametrize(
    "name",
    [
        "chronext_Omega_310.csv",
        "chronext_PatekPhilippe.csv",
        "chronext_Rolex.csv",
        "giuglaris_Rolex_DateJust_126334_daily_eur.csv",
        "giuglaris_watch_index_monthly_eur.csv",
    ],
)
def test_real_prices_are_forecast_no_better_than_no_change(name):
    if not (PRICES / name).exists():
        pytest.skip(f"{PRICES / name} is not here")
    points = read(PRICES / name)
    today = points[-1].day
    months = regular(points, basis_of(points, today), today)
    found = outlook(months, months.today.amount)
    check(found)
    assert found.verdict == NO_BETTER
    assert found.months[-1].low95 < months.today.amount < found.months[-1].high95
    assert found.backtest.coverage95 > 0.6


def test_a_price_file_filled_up_backwards_counts_from_where_it_moves():
    path = PRICES / "giuglaris_Rolex_DateJust_126334_daily_eur.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    points = read(path)
    months = regular(points, basis_of(points, points[-1].day), points[-1].day)
    assert 24 <= len(months.ends) < 80  # of 209 months in the file

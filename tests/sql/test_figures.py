"""The numbers: by hand, against the slow model, and the same everywhere."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import db, figures
from tests import lives as lives_of
from tests import oracle
from tests.collector import TODAY, add_value, add_watch

EXACT = Decimal("0.0000001")
VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "money.json"


def totals(member, currency="EUR", today=TODAY):
    with db.read(member) as connection:
        return figures.totals(connection, member, currency, today)


def money(member, watch_id, currency="EUR", today=TODAY):
    with db.read(member) as connection:
        return figures.of_watch(connection, member, watch_id, currency, today)


def trend(member, start, end=TODAY, currency="EUR", step=1, watch_id=None):
    with db.read(member) as connection:
        return figures.trend(connection, member, currency, start, end, step, watch_id)


def rate(owner, currency, day):
    found = owner.execute(
        "select eur_rate from fx_rate where currency = %s and rate_date = %s", [currency, day]
    )
    return found.fetchone()[0]


def test_an_empty_collection_has_no_figures(member):
    nothing = totals(member)
    assert (nothing.watches, nothing.value, nothing.return_fraction, nothing.rate_on) == (
        0,
        0,
        None,
        None,
    )
    assert {point.value for point in trend(member, date(2026, 10, 1))} == {0}


def test_a_watch_in_one_currency_needs_no_rates(member):
    watch_id = add_watch(member, price="1000 USD", purchased_on=date(1985, 3, 1))
    add_value(member, watch_id, "2500 USD", date(1990, 1, 1))
    found = money(member, watch_id, "USD")
    assert (found.value, found.cost, found.gain, found.currency_gain) == (2500, 1000, 1500, 0)
    assert found.return_fraction == Decimal("1.5")
    assert money(member, watch_id, "EUR").cost is None  # no euro in 1985


def test_the_gain_is_split_in_watch_and_currency_gain_exactly(member, owner):
    bought = date(2020, 3, 2)
    watch_id = add_watch(member, price="10000 USD", purchased_on=bought)
    add_value(member, watch_id, "12000 CHF")
    usd_then, usd_now, chf_now = (
        rate(owner, "USD", bought),
        rate(owner, "USD", TODAY),
        rate(owner, "CHF", TODAY),
    )
    found = money(member, watch_id)
    assert abs(found.cost - 10000 / usd_then) < EXACT
    assert abs(found.value - 12000 / chf_now) < EXACT
    assert abs(found.watch_gain - (12000 / chf_now * usd_now - 10000) / usd_now) < EXACT
    assert found.watch_gain + found.currency_gain == found.gain == found.value - found.cost


def test_values_in_another_currency_than_the_price_are_neither_zero_nor_lost(member):
    watch_id = add_watch(member, price="1000 EUR", purchased_on=TODAY)
    add_value(member, watch_id, "1000 USD")
    found = money(member, watch_id)
    assert Decimal(500) < found.value < Decimal(1000)
    assert totals(member).value == found.value


def test_value_zero_is_a_total_loss_and_cost_zero_has_no_return(member):
    lost = add_watch(member, price="1000 EUR")
    add_value(member, lost, "0 EUR")
    given_ = add_watch(member, price="0 EUR")
    add_value(member, given_, "700 EUR")
    assert money(member, lost).return_fraction == -1
    assert money(member, given_).return_fraction is None
    assert money(member, given_).gain == 700


def test_totals_say_what_they_leave_out(member):
    add_watch(member, price="1000 EUR", purchased_on=TODAY)  # at cost
    add_watch(member)  # neither value nor cost
    unknown = add_watch(
        member, price="5 DEM", purchased_on=date(1998, 1, 1)
    )  # a currency that ceased to be
    add_value(member, unknown, "9000 DEM", date(1998, 6, 1))
    old = add_watch(member, price="100 EUR", purchased_on=TODAY)
    add_value(member, old, "300 EUR", TODAY - timedelta(366))
    add_watch(member, status="wishlist", price="900 EUR")
    add_watch(member, status="sold", disposed_on=TODAY - timedelta(1), price="900 EUR")
    found = totals(member)
    assert (found.watches, found.valued, found.value) == (4, 2, 1300)
    assert (found.at_cost, found.without_value, found.without_rate, found.stale) == (1, 1, 1, 2)
    assert (found.measured, found.gain) == (2, 200)
    assert abs(found.return_fraction - Decimal(200) / 1100) < EXACT


def test_a_never_valued_watch_is_at_cost_with_return_zero(member):
    found = money(member, add_watch(member, price="1000 EUR", purchased_on=TODAY))
    assert (found.value, found.gain, found.return_fraction) == (1000, 0, 0)


def test_a_sold_watch_realises_its_gain_and_leaves_the_total_the_day_after(member):
    sold_on = date(2024, 6, 3)
    watch_id = add_watch(
        member, status="sold", price="1000 EUR", purchased_on=date(2024, 1, 2), disposed_on=sold_on,
        sale_price=Decimal(1500), sale_fees=Decimal(100), sale_currency="EUR",
    )  # fmt: skip
    assert (money(member, watch_id).value, money(member, watch_id).gain) == (None, 400)
    days = {point.day: point for point in trend(member, date(2024, 1, 1), date(2024, 6, 4))}
    assert days[date(2024, 1, 1)].value == 0
    assert days[date(2024, 1, 2)].value == days[sold_on].value == 1000
    assert days[date(2024, 6, 4)].value == 0
    assert (days[sold_on].invested, days[date(2024, 6, 2)].invested) == (-400, 1000)
    assert (days[sold_on].watches, days[date(2024, 6, 4)].watches) == (1, 0)


def test_bought_and_sold_on_one_day_counts_for_that_day(member):
    day = date(2024, 6, 3)
    add_watch(member, status="sold", price="1000 EUR", purchased_on=day, disposed_on=day)
    assert [point.value for point in trend(member, day - timedelta(1), day + timedelta(1))] == [
        0,
        1000,
        0,
    ]


def test_weekends_use_fridays_rate(member, owner):
    add_watch(member, price="1000 USD", purchased_on=date(2024, 5, 1))
    friday, saturday, sunday, monday = trend(member, date(2024, 5, 3), date(2024, 5, 6))
    assert friday.value == saturday.value == sunday.value != monday.value


def test_a_box_that_was_offline_converts_at_its_newest_rates_and_says_so(member):
    add_watch(member, price="1000 USD", purchased_on=TODAY)
    later = totals(member, today=TODAY + timedelta(200))
    assert (later.value, later.rate_on) == (totals(member).value, TODAY)


def test_a_currency_that_ceased_to_be_is_told_not_dropped_in_silence(member):
    add_watch(member, price="1000 RUB", purchased_on=date(2021, 1, 4))
    point = trend(member, TODAY, TODAY)[0]
    assert (point.value, point.missing) == (0, True)
    assert totals(member).without_rate == 1


def test_the_trend_ends_at_the_headline_numbers(member):
    for price, value in (("1000 USD", "1500 CHF"), ("90000 JPY", "800 GBP"), ("2000 EUR", None)):
        watch_id = add_watch(member, price=price, purchased_on=date(2021, 4, 6))
        if value:
            add_value(member, watch_id, value, date(2025, 1, 1))
    last, headline = (
        trend(member, date(2021, 1, 1), currency="CHF", step=7)[-1],
        totals(member, "CHF"),
    )
    assert (last.day, last.watches, last.missing) == (TODAY, 3, False)
    for one, other in (
        (last.value, headline.value),
        (last.gain, headline.gain),
        (last.cost, headline.cost),
    ):
        assert abs(one - other) < EXACT


def test_parts_add_up_to_the_total(member):
    for number, brand in enumerate(("Omega", "Rolex", "Rolex", "Seiko")):
        add_watch(member, brand, price=f"{number + 1}111.11 USD", purchased_on=date(2021, 4, 6))
    with db.read(member) as connection:
        brands = figures.by_brand(connection, member, "CHF", TODAY)
        groups = figures.by_collection(connection, member, "CHF", TODAY)
    assert brands[0].label == "Rolex"
    assert [part.label for part in groups] == [None]
    for parts in (brands, groups):
        assert abs(sum(part.amount for part in parts) - totals(member, "CHF").value) < EXACT


@pytest.mark.parametrize(
    ("watches", "best", "worst"), [(0, 0, 0), (1, 1, 0), (5, 3, 2), (6, 3, 3), (12, 5, 5)]
)
def test_highest_and_lowest_returns_never_overlap(member, watches, best, worst):
    for number in range(watches):
        watch_id = add_watch(member, model=f"M{number}", price="100 EUR", purchased_on=TODAY)
        add_value(member, watch_id, f"{100 + number} EUR")
    with db.read(member) as connection:
        found = figures.performers(connection, member, "EUR", TODAY)
    assert [row.best for row in found] == [True] * best + [False] * worst
    returns = [row.return_fraction for row in found]
    assert returns == sorted(returns, reverse=True)
    assert len({row.watch_id for row in found}) == best + worst


def test_what_needs_a_value_comes_oldest_first(member):
    stale, fresh, never = (add_watch(member, model=name) for name in ("stale", "fresh", "never"))
    add_value(member, stale, "1 EUR", TODAY - timedelta(366))
    add_value(member, fresh, "1 EUR", TODAY - timedelta(365))
    with db.read(member) as connection:
        found = figures.needing_value(connection, member, TODAY, 10)
    assert [row.watch_id for row in found] == [never, stale]


def test_the_trend_of_one_watch_is_its_own(member):
    one = add_watch(member, price="1000 EUR", purchased_on=date(2024, 1, 2))
    add_watch(member, price="5000 EUR", purchased_on=date(2024, 1, 2))
    add_value(member, one, "1200 EUR", date(2024, 1, 4))
    points = trend(member, date(2024, 1, 1), date(2024, 1, 5), watch_id=one)
    assert [point.value for point in points] == [0, 1000, 1000, 1200, 1200]
    assert {point.cost for point in points[1:]} == {1000}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    lives=st.lists(lives_of.histories(), min_size=1, max_size=4),
    shown=st.sampled_from(["EUR", "CHF", "USD"]),
)
def test_value_and_net_invested_agree_with_the_model_on_every_day(member, owner, lives, shown):
    owner.execute("delete from watch where household_id = %s", [member.household_id])
    for history in lives:
        lives_of.bring_in(member, history)
    rates = lives_of.rates(owner)
    for point in trend(member, date(2022, 12, 30), date(2023, 4, 7), shown, step=3):
        assert abs(point.value - oracle.collection_value(lives, rates, shown, point.day)) < EXACT, (
            point
        )
        assert abs(point.invested - oracle.net_invested(lives, rates, shown, point.day)) < EXACT, (
            point
        )


@pytest.mark.own_database
@pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not beside this checkout")
def test_the_cost_is_frozen_at_the_rate_of_its_day_as_in_the_published_case(member, owner):
    """pp_fx_cost_uses_transaction_rate: the parts cost 454.60, 471.05 and 498.45 EUR."""
    case = next(
        vector
        for vector in json.loads(VECTORS.read_text())["vectors"]
        if vector["id"] == "pp_fx_cost_uses_transaction_rate"
    )
    for day, currency, amount, *own_rate in case["input"]["flows"]:
        if own_rate:
            owner.execute(
                "update fx_day set eur_rate = %s where currency = %s and day = %s",
                [own_rate[0], currency, day],
            )
        add_watch(member, price=f"{amount} {currency}", purchased_on=date.fromisoformat(day))
    assert round(totals(member).cost, 2) == Decimal(str(case["expected"]["cost_eur"]))

"""The price of gold: kept once, for all households, and converted at the rate of each day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import benchmarks, db, gold, start_up
from data.calc.series import Point
from tests.bank import every_day, opened, said
from tests.collector import TODAY
from tests.people import again

pytestmark = pytest.mark.own_database  # the prices are of all households

FRIDAY, MONDAY = date(2024, 5, 3), date(2024, 5, 6)


def load(*prices):
    with db.maintenance() as owner:
        return gold.load(owner, [Point(day, Decimal(amount)) for day, amount in prices])


def points(member, currency, start, end):
    with db.read(member) as connection:
        found = benchmarks.points(connection, member, benchmarks.GOLD, currency, start, end)
    return [(point.day, point.amount) for point in found]


def rate(owner, currency, day):
    return owner.execute("select eur_rate from fx_on(%s, %s)", [currency, day]).fetchone()[0]


def test_new_days_are_kept_old_ones_stay_and_caches_become_old(member):
    assert load((FRIDAY, "300.10"), (MONDAY, "301")) == 2
    version = again(member).data_version
    assert version > member.data_version
    assert load((MONDAY, "999"), (MONDAY + timedelta(1), "302")) == 1
    assert [amount for _, amount in points(member, "PLN", FRIDAY, TODAY)] == [
        Decimal("300.10"),
        301,
        302,
    ]
    assert load((MONDAY, "999")) == 0
    assert again(member).data_version == version + 1


def test_until_there_are_prices_nothing_is_known(member):
    with db.read(member) as connection:
        assert benchmarks.gold_until(connection, member) is None
    assert points(member, "CHF", FRIDAY, MONDAY) == []
    load((FRIDAY, 300))
    with db.read(member) as connection:
        assert benchmarks.gold_until(connection, member) == FRIDAY


def test_each_price_is_at_the_rates_of_its_day(member, owner):
    load((FRIDAY, "300"), (MONDAY, "310"))
    found = dict(points(member, "CHF", FRIDAY, MONDAY))
    for day, amount in ((FRIDAY, 300), (MONDAY, 310)):
        expected = amount * rate(owner, "CHF", day) / rate(owner, "PLN", day)
        assert found[day] == pytest.approx(expected, rel=Decimal("1e-12"))
    assert points(member, "PLN", FRIDAY, MONDAY) == [(FRIDAY, 300), (MONDAY, 310)]
    euros = dict(points(member, "EUR", FRIDAY, MONDAY))
    assert euros[MONDAY] == pytest.approx(310 / rate(owner, "PLN", MONDAY), rel=Decimal("1e-12"))


def test_what_held_on_the_first_day_is_there_and_nothing_after_the_last(member):
    load((FRIDAY, 300), (MONDAY, 310), (MONDAY + timedelta(1), 320))
    sunday = MONDAY - timedelta(1)
    assert points(member, "PLN", sunday, MONDAY) == [(sunday, 300), (MONDAY, 310)]
    assert points(member, "PLN", date(2020, 1, 1), date(2020, 2, 1)) == []


def test_days_after_the_newest_rates_use_the_newest_and_a_currency_without_rates_has_none(member):
    ahead = TODAY + timedelta(5)
    load((ahead, 500))
    assert len(points(member, "CHF", ahead, ahead)) == 1
    assert points(member, "DEM", ahead, ahead) == []


def test_a_price_that_is_none_is_refused_by_the_database_too(database):
    with pytest.raises(Exception, match="gold_price_positive"):
        load((FRIDAY, 0))


def test_a_box_that_may_not_asks_nobody(database, monkeypatch):
    monkeypatch.delenv("WATCH_FETCH_GOLD", raising=False)
    monkeypatch.setattr(gold, "NBP", "http://127.0.0.1:1/nobody")
    start_up.refresh_gold()
    with db.maintenance() as owner:
        assert gold.newest(owner) is None


def test_a_box_that_may_has_the_prices_up_to_today_and_asks_only_for_new_ones(
    database, monkeypatch
):
    monkeypatch.setenv("WATCH_FETCH_GOLD", "1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(gold, "PAUSE", 0)
    load((TODAY - timedelta(400), 300))
    asked = []

    def answer(path):
        asked.append(path)
        return every_day(path)

    with opened(answer) as address:
        monkeypatch.setattr(gold, "NBP", address)
        start_up.refresh_gold()
        start_up.refresh_gold()
    with db.maintenance() as owner:
        assert gold.newest(owner) >= TODAY
    assert len(asked) == len(set(asked))
    assert asked[0].startswith(f"/api/cenyzlota/{TODAY - timedelta(399)}/")


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}, b"no"),
        (200, {}, b"<html>"),
        (200, {}, said(("2024-05-02", 1e9))),
        (302, {"Location": "http://127.0.0.1:1/"}, b""),
    ],
)
def test_a_bank_that_answers_oddly_is_no_fault_of_ours_and_nothing_is_kept(
    database, monkeypatch, caplog, answer
):
    monkeypatch.setenv("WATCH_FETCH_GOLD", "1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with opened(lambda _: answer) as address:
        monkeypatch.setattr(gold, "NBP", address)
        with caplog.at_level("INFO"):
            start_up.refresh_gold()
    assert "no newer gold prices" in caplog.text
    with db.maintenance() as owner:
        assert gold.newest(owner) is None

"""Exchange rates: loaded once, extended when newer, never from the future."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from data import db, figures, fx
from tests.collector import TODAY, add_watch
from tests.people import again

pytestmark = pytest.mark.own_database  # rates change here


def table(*lines):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("eurofxref-hist.csv", "\n".join(["Date,USD,CHF,", *lines]) + "\n")
    return archive.getvalue()


def on(owner, currency, day):
    return owner.execute(
        "select eur_rate, rate_date from fx_on(%s, %s)", [currency, day]
    ).fetchone()


def test_the_shipped_history_is_here_and_loading_again_changes_nothing(owner):
    assert owner.execute(
        "select count(*) > 200000, count(distinct currency) > 40 from fx_rate"
    ).fetchone() == (True, True)
    with db.maintenance() as connection:
        assert fx.newest(connection) == TODAY
        assert fx.load(connection) == 0


def test_newer_rates_are_added_fill_the_days_and_make_caches_old(owner, member):
    with db.maintenance() as connection:
        assert (
            fx.load(
                connection, table("2026-11-03,1.5,0.9,", "2026-10-30,9,9,", "2026-11-04,N/A,0.8,")
            )
            == 3
        )
    assert on(owner, "USD", date(2026, 11, 2))[1] == TODAY
    assert on(owner, "USD", date(2026, 11, 4)) == (Decimal("1.5"), date(2026, 11, 3))
    assert on(owner, "CHF", date(2026, 12, 24)) == (Decimal("0.8"), date(2026, 11, 4))
    assert on(owner, "EUR", date(2026, 11, 4)) == (1, date(2026, 11, 4))
    assert on(owner, "USD", TODAY)[0] != 9  # history stays
    assert again(member).data_version > member.data_version


def test_newer_rates_also_reach_the_cost_of_a_watch_that_came_after_the_last_ones(owner, member):
    after, before = date(2026, 11, 4), date(2026, 10, 29)
    facts = {"price": "1000 USD", "purchased_on": before}
    old = add_watch(member, **facts)
    new = add_watch(member, **facts)
    owner.execute("update watch set purchased_on = %s where watch_id = %s", [after, new])
    rates = "select cost_eur_rate, cost_rate_on from watch where watch_id = %s"
    assert owner.execute(rates, [new]).fetchone() == on(owner, "USD", TODAY)
    with db.maintenance() as connection:
        fx.load(connection, table("2026-11-03,1.5,0.9,"))
    assert owner.execute(rates, [new]).fetchone() == (Decimal("1.5"), date(2026, 11, 3))
    assert owner.execute(rates, [old]).fetchone() == on(owner, "USD", before)
    with db.read(member) as connection:
        assert figures.of_watch(connection, member, new, "EUR", after).cost_rate_on == date(
            2026, 11, 3
        )


@pytest.mark.parametrize(
    ("currency", "day", "rate_date"),
    [
        ("USD", date(2024, 5, 3), date(2024, 5, 3)),
        ("USD", date(2024, 5, 5), date(2024, 5, 3)),  # Sunday: Friday's
        ("USD", date(2024, 4, 1), date(2024, 3, 28)),  # Easter Monday: Maundy Thursday's
        ("EUR", date(2024, 5, 5), date(2024, 5, 5)),
        ("USD", date(2027, 5, 5), TODAY),  # offline since
    ],
)
def test_the_rate_of_a_day_is_the_last_one_on_or_before_it(owner, currency, day, rate_date):
    assert on(owner, currency, day)[1] == rate_date


@pytest.mark.parametrize(
    ("currency", "day"),
    [
        ("USD", date(1998, 12, 31)),
        ("DEM", TODAY),
        ("RUB", date(2022, 3, 9)),
        ("RUB", TODAY),
        ("XXX", TODAY),
    ],
)
def test_what_has_no_rate_has_none(owner, currency, day):
    assert on(owner, currency, day) is None


def test_a_currency_that_ceases_to_be_has_its_last_rate_for_seven_days(owner):
    assert on(owner, "RUB", date(2022, 3, 8))[1] == date(2022, 3, 1)


@pytest.mark.parametrize(
    "file", [b"", b"<html>", table()[:40]], ids=["nothing", "a web page", "half a table"]
)
def test_a_file_that_is_none_of_the_ecbs_is_refused(database, file):
    with pytest.raises(ValueError, match="ECB"), db.maintenance() as connection:
        fx.load(connection, file or b"x")

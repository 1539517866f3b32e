"""The collection as a portfolio: its days with what came in and went out, its watches, its payments."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from data import analytics, collections, db, expenses, figures, services, watches
from data.expenses import ExpenseDraft
from data.scope import EVERYTHING, Scope
from data.services import ServiceDraft
from tests.collector import TODAY, add_value, add_watch, get_watch

EXACT = Decimal("0.0000001")
CENT = Decimal("0.01")
MONDAY = date(2024, 6, 3)


def days(member, start, end=TODAY, currency="EUR", scope=EVERYTHING, step=1):
    """Day → what the collection was that day."""
    with db.read(member) as connection:
        found = analytics.days(connection, member, scope, currency, start, end, step)
    assert [one.day for one in found] == sorted({one.day for one in found})
    return {one.day: one for one in found}


def trend(member, start, end=TODAY, currency="EUR", step=1):
    with db.read(member) as connection:
        return figures.trend(connection, member, currency, start, end, step)


def holdings(member, currency="EUR", scope=EVERYTHING, today=TODAY):
    """Watch → its figures."""
    with db.read(member) as connection:
        found = analytics.holdings(connection, member, scope, currency, today)
    assert len({one.watch_id for one in found}) == len(found)
    return {one.watch_id: one for one in found}


def payments(member, currency="EUR", scope=EVERYTHING, today=TODAY):
    with db.read(member) as connection:
        return analytics.payments(connection, member, scope, currency, today)


def grouped(member, start, end=TODAY, by="brand", currency="EUR", scope=EVERYTHING, step=1):
    with db.read(member) as connection:
        return analytics.grouped_days(connection, member, scope, by, currency, start, end, step)


def moves(member, start, end=TODAY, currency="EUR", scope=EVERYTHING, limit=50):
    with db.read(member) as connection:
        return analytics.moves(connection, member, scope, currency, start, end, limit)


def totals(member, currency="EUR", scope=EVERYTHING, today=TODAY):
    with db.read(member) as connection:
        return figures.totals(connection, member, currency, today, scope)


def sold(member, bought, gone, price="1000 EUR", proceeds="1500 EUR", status="sold", **facts):
    """A watch that came and went; its id."""
    if proceeds:
        amount, currency = proceeds.split()
        facts |= {"sale_price": Decimal(amount), "sale_currency": currency}
    return add_watch(
        member, status=status, price=price, purchased_on=bought, disposed_on=gone, **facts
    )


def spend(member, amount, paid_on, watch_id=None, kind="insurance", **facts):
    number, currency = amount.split()
    with db.write(member) as connection:
        draft = ExpenseDraft(kind, paid_on, Decimal(number), currency, **facts)
        expenses.add(connection, member, watch_id, draft, TODAY)


def serve(member, watch_id, amount, day):
    number, currency = amount.split()
    with db.write(member) as connection:
        draft = ServiceDraft(serviced_on=day, cost=Decimal(number), currency=currency)
        services.add(connection, member, watch_id, draft, TODAY)


def to_bin(member, watch_id):
    with db.write(member) as connection:
        watches.remove(connection, member, watch_id, get_watch(member, watch_id).version)


def ratio(owner, base, quote, day):
    """Units of quote for one of base on a day that has rates."""
    found = dict(
        owner.execute(
            "select currency, eur_rate from fx_rate where rate_date = %s and currency in (%s, %s)",
            [day, base, quote],
        ).fetchall()
    )
    return (found | {"EUR": 1})[quote] / Decimal((found | {"EUR": 1})[base])


@pytest.fixture
def collection(member):
    """A bit of everything: currencies, brands, a sale, a gift, a loss, a wish, a bin."""
    with db.write(member) as connection:
        dress = collections.add(connection, member, "Dress", "navy")
    first = add_watch(
        member, price="10000 USD", purchased_on=date(2020, 3, 2), collection_id=dress, tags=["a"]
    )
    add_value(member, first, "12000 CHF", date(2021, 5, 4))
    add_value(member, first, "13000 CHF", date(2025, 5, 5))
    second = add_watch(
        member, "Seiko", price="90000 JPY", purchased_on=date(2021, 4, 6), tags=["a", "b"]
    )
    add_value(member, second, "800 GBP", date(2025, 1, 1))
    given = add_watch(member, "Seiko", price="0 EUR", purchased_on=date(2022, 2, 2))
    add_value(member, given, "700 EUR", date(2022, 7, 1))
    add_watch(member, "Tudor", price="2000 EUR", purchased_on=date(2023, 1, 4))
    add_watch(member, "Tudor", purchased_on=date(2023, 3, 1))  # neither cost nor value
    sold(member, date(2020, 6, 2), date(2024, 6, 3), "3000 CHF", "4000 USD", collection_id=dress)
    sold(member, date(2021, 6, 2), date(2023, 6, 1), "500 EUR", None, "gifted")
    add_watch(member, status="wishlist", price="900 EUR")
    add_watch(member, status="ordered", price="950 EUR")
    to_bin(member, add_watch(member, price="7777 EUR", purchased_on=date(2020, 1, 1)))
    return {"dress": dress, "first": first, "second": second, "given": given}


def test_an_empty_collection_is_worth_nothing(member):
    found = days(member, date(2026, 10, 1))
    assert {(one.value, one.invested, one.watches, one.missing) for one in found.values()} == {
        (0, 0, 0, False)
    }
    assert (holdings(member), payments(member), grouped(member, MONDAY), moves(member, MONDAY)) == (
        {},
        (),
        (),
        (),
    )


@pytest.mark.parametrize("currency", ["EUR", "CHF", "JPY"])
@pytest.mark.parametrize(
    "start", [date(2019, 12, 31), date(2022, 2, 2), MONDAY, MONDAY + timedelta(1)]
)
def test_each_day_says_what_the_trend_says(member, collection, currency, start):
    found = days(member, start, currency=currency, step=7)
    common = [point for point in trend(member, start, currency=currency) if point.day in found]
    assert len(common) == len(found) > 20
    for point in common:
        day = found[point.day]
        assert day.watches == point.watches
        for name in ("value", "invested", "cost"):
            assert abs(getattr(day, name) - getattr(point, name)) < EXACT, (point.day, name)


def test_the_last_day_says_what_the_headline_says(member, collection):
    last, headline = days(member, date(2021, 1, 1), currency="CHF")[TODAY], totals(member, "CHF")
    assert abs(last.value - headline.value) < EXACT
    assert last.watches == headline.watches == 5


def test_the_days_are_those_that_tell_all(member):
    add_watch(member, price="1000 EUR", purchased_on=date(2025, 3, 11))
    second = add_watch(member, price="10 EUR", purchased_on=date(2024, 1, 1))
    add_value(member, second, "20 EUR", date(2025, 4, 15))
    found = days(member, date(2025, 1, 15), date(2025, 5, 20), step=100)
    assert {day.isoformat() for day, one in found.items() if one.regular} == {
        "2025-01-15",
        "2025-02-09",
        "2025-05-20",
    }
    assert {day.isoformat() for day, one in found.items() if not one.regular} == {
        "2025-01-31",
        "2025-02-28",
        "2025-03-10",  # the eve
        "2025-03-11",
        "2025-03-31",
        "2025-04-15",
        "2025-04-30",
    }


def test_a_month_that_ends_with_the_period_is_there_once(member):
    found = days(member, date(2025, 1, 31), date(2025, 2, 28), step=50)
    assert [day.isoformat() for day in found] == ["2025-01-31", "2025-02-28"]


def test_a_cost_is_paid_in_at_the_rate_of_its_day(member, owner):
    add_watch(member, price="1000 USD", purchased_on=MONDAY)
    found = days(member, MONDAY - timedelta(1), currency="CHF")
    assert abs(found[MONDAY].paid_in - 1000 * ratio(owner, "USD", "CHF", MONDAY)) < EXACT
    assert found[MONDAY].paid_in == found[MONDAY].invested == found[MONDAY].cost
    assert {one.paid_in for day, one in found.items() if day != MONDAY} == {0}
    assert {one.taken_out for one in found.values()} == {0}


def test_what_came_on_the_last_day_is_in_it(member):
    add_watch(member, price="1000 EUR", purchased_on=MONDAY)
    day = days(member, date(2024, 1, 1), MONDAY)[MONDAY]
    assert (day.value, day.paid_in, day.cost, day.watches) == (1000, 1000, 1000, 1)
    assert [row.value for row in grouped(member, MONDAY, MONDAY)] == [1000]


def test_a_currency_beside_no_price_is_no_cost(member, owner):
    watch_id = add_watch(member, purchased_on=MONDAY)
    add_value(member, watch_id, "700 EUR", MONDAY)
    owner.execute("update watch set purchase_currency = 'EUR' where watch_id = %s", [watch_id])
    day = days(member, MONDAY)[MONDAY]
    assert (day.paid_in, day.cost, day.incomplete) == (700, 0, False)


def test_what_was_given_is_paid_in_at_its_value(member, owner):
    watch_id = add_watch(member, price="0 EUR", purchased_on=MONDAY)
    add_value(member, watch_id, "700 USD", MONDAY - timedelta(9))
    add_value(member, watch_id, "900 USD", MONDAY + timedelta(9))
    day = days(member, MONDAY)[MONDAY]
    assert abs(day.paid_in - 700 * ratio(owner, "USD", "EUR", MONDAY)) < EXACT
    assert day.paid_in == day.value
    assert (day.invested, day.cost, day.incomplete) == (0, 0, False)


def test_given_and_not_valued_yet_is_no_loss(member):
    watch_id = add_watch(member, price="0 EUR", purchased_on=MONDAY)
    add_value(member, watch_id, "700 EUR", MONDAY + timedelta(9))
    found = days(member, MONDAY)
    assert (found[MONDAY].paid_in, found[MONDAY].value) == (0, 0)  # its cost is known: nothing
    assert found[MONDAY + timedelta(9)].value == 700


def test_without_a_cost_the_first_value_is_paid_in(member):
    watch_id = add_watch(member, purchased_on=MONDAY)
    add_value(member, watch_id, "700 EUR", MONDAY + timedelta(30))
    day = days(member, MONDAY)[MONDAY]
    assert (day.paid_in, day.value, day.invested) == (700, 700, 0)


def test_with_neither_cost_nor_value_nothing_is_paid_in(member):
    add_watch(member, purchased_on=MONDAY)
    day = days(member, MONDAY)[MONDAY]
    assert (day.paid_in, day.value, day.watches, day.missing) == (0, 0, 1, False)


def test_a_value_from_before_the_purchase_is_no_payment(member):
    watch_id = add_watch(member, price="1000 EUR", purchased_on=MONDAY)
    add_value(member, watch_id, "1300 EUR", MONDAY - timedelta(400))
    found = days(member, MONDAY - timedelta(2))
    assert (found[MONDAY].paid_in, found[MONDAY].value) == (1000, 1300)
    assert found[MONDAY - timedelta(1)].value == found[MONDAY - timedelta(1)].paid_in == 0
    assert holdings(member)[watch_id].gain == 300


def test_a_value_in_another_currency_than_the_price_moves_with_both_rates(member, owner):
    watch_id = add_watch(member, price="1000 USD", purchased_on=MONDAY)
    add_value(member, watch_id, "1100 CHF", MONDAY)
    day = days(member, MONDAY)[MONDAY]
    assert abs(day.paid_in - 1000 * ratio(owner, "USD", "EUR", MONDAY)) < EXACT
    assert abs(day.value - 1100 * ratio(owner, "CHF", "EUR", MONDAY)) < EXACT


def test_a_sale_is_taken_out_when_the_watch_is_no_longer_in_the_value(member, owner):
    sold(member, date(2024, 1, 2), MONDAY, "1000 EUR", "1500 USD")
    found = days(member, date(2024, 1, 1), MONDAY + timedelta(3))
    last, after = found[MONDAY], found[MONDAY + timedelta(1)]
    proceeds = 1500 * ratio(owner, "USD", "EUR", MONDAY)
    assert (last.value, last.taken_out, last.watches, last.cost) == (1000, 0, 1, 1000)
    assert abs(last.invested - (1000 - proceeds)) < EXACT
    assert (after.value, after.watches, after.cost) == (0, 0, 0)
    assert abs(after.taken_out - proceeds) < EXACT  # at the rate of its last day


@pytest.mark.parametrize("status", ["sold", "gifted", "lost"])
def test_what_goes_without_a_price_is_taken_out_at_its_last_value(member, owner, status):
    watch_id = sold(member, date(2024, 1, 2), MONDAY, "1000 EUR", None, status)
    add_value(member, watch_id, "1200 USD", date(2024, 2, 1))
    after = days(member, date(2024, 1, 1))[MONDAY + timedelta(1)]
    assert abs(after.taken_out - 1200 * ratio(owner, "USD", "EUR", MONDAY)) < EXACT
    assert (after.value, after.invested, after.incomplete) == (0, 1000, False)


def test_what_was_never_worth_anything_known_is_taken_out_all_the_same(member):
    sold(member, date(2024, 1, 2), MONDAY, None, "500 EUR")
    after = days(member, date(2024, 1, 1), step=1000)[MONDAY + timedelta(1)]
    assert (after.taken_out, after.value, after.invested) == (500, 0, -500)


def test_sold_for_nothing_is_a_loss(member):
    sold(member, date(2024, 1, 2), MONDAY, "1000 EUR", "0 EUR")
    assert days(member, date(2024, 1, 1))[MONDAY + timedelta(1)].taken_out == 0


def test_bought_and_sold_on_one_day_comes_on_it_and_goes_after_it(member):
    watch_id = sold(member, MONDAY, MONDAY, "1000 EUR", "1100 EUR")
    found = days(member, MONDAY - timedelta(1), MONDAY + timedelta(1))
    eve, day, after = found.values()
    assert (eve.value, day.value, after.value) == (0, 1000, 0)
    assert (eve.paid_in, day.paid_in, after.paid_in) == (0, 1000, 0)
    assert (eve.taken_out, day.taken_out, after.taken_out) == (0, 0, 1100)
    assert (day.invested, after.invested) == (-100, -100)
    assert holdings(member)[watch_id].gain == 100


def test_a_sale_on_the_last_day_is_taken_out_on_the_next(member):
    sold(member, date(2024, 1, 2), MONDAY, "1000 EUR", "1500 EUR")
    assert {one.taken_out for one in days(member, date(2024, 1, 1), MONDAY).values()} == {0}


def test_a_currency_that_lost_its_rates_is_told(member):
    add_watch(member, price="1000 RUB", purchased_on=date(2021, 1, 4))
    add_watch(member, price="50 EUR", purchased_on=date(2021, 1, 4))
    found = days(member, date(2021, 1, 1))
    assert not found[date(2022, 2, 28)].missing
    assert (found[TODAY].value, found[TODAY].missing) == (50, True)
    assert not found[TODAY].incomplete  # what it cost is known
    rouble = days(member, date(2021, 1, 1), currency="RUB")
    assert (rouble[TODAY].value, rouble[TODAY].rate) == (1000, None)
    assert rouble[date(2022, 2, 28)].rate > 50


def test_a_cost_without_a_rate_is_paid_in_at_the_value_and_told(member):
    watch_id = add_watch(member, price="1000 RUB", purchased_on=date(2024, 1, 3))
    add_value(member, watch_id, "20 EUR", date(2024, 1, 3))
    day = days(member, date(2024, 1, 1))[date(2024, 1, 3)]
    assert (day.paid_in, day.value, day.invested) == (20, 20, 0)
    assert (day.missing, day.incomplete) == (False, True)
    assert days(member, MONDAY)[MONDAY].incomplete  # of what was paid before the period, too


def test_proceeds_without_a_rate_are_taken_out_at_the_value_and_told(member):
    sold(member, date(2024, 1, 3), MONDAY, "1000 EUR", "90000 RUB")
    found = days(member, date(2024, 1, 1))
    after = found[MONDAY + timedelta(1)]
    assert (after.taken_out, after.invested, after.incomplete) == (1000, 1000, True)
    assert not found[MONDAY - timedelta(1)].incomplete


def test_a_dead_currency_is_never_in_the_sums(member):
    watch_id = add_watch(member, price="5 DEM", purchased_on=date(1998, 1, 1))
    add_value(member, watch_id, "9000 DEM", date(1998, 6, 1))
    first = days(member, date(1998, 1, 1), date(1998, 12, 31), step=30)
    assert {(one.value, one.paid_in, one.missing, one.incomplete) for one in first.values()} == {
        (0, 0, True, True)
    }
    held = holdings(member)[watch_id]
    assert (held.value, held.cost, held.gain) == (None, None, None)
    assert held.value_amount == 9000


def test_days_before_there_were_rates_are_known_in_their_own_currency_only(member):
    watch_id = add_watch(member, price="1000 USD", purchased_on=date(1985, 3, 1))
    add_value(member, watch_id, "2500 USD", date(1990, 1, 1))
    own = days(member, date(1985, 1, 1), date(1990, 1, 1), "USD", step=100)
    assert (own[date(1985, 3, 1)].paid_in, own[date(1990, 1, 1)].value) == (1000, 2500)
    assert {one.missing or one.incomplete for one in own.values()} == {False}
    assert {one.rate for one in own.values()} == {None}
    shown = days(member, date(1985, 1, 1), date(1999, 1, 31), step=100)
    assert shown[date(1998, 12, 31)].value == 0
    assert shown[date(1998, 12, 31)].missing
    assert shown[date(1999, 1, 31)].value > 2000
    assert (shown[date(1999, 1, 31)].missing, shown[date(1999, 1, 31)].incomplete) == (False, True)


def test_sixty_years_of_data_are_one_answer(member):
    watch_id = add_watch(member, price="100 USD", purchased_on=date(1966, 10, 31))
    for year in range(1967, 2027):
        add_value(member, watch_id, f"{100 + year} USD", date(year, 5, 1))
    found = days(member, date(1966, 10, 31), currency="USD", step=140)
    assert len([one for one in found.values() if one.day.day >= 28]) >= 720  # the ends of months
    assert (found[date(1966, 10, 31)].value, found[TODAY].value) == (100, 2126)
    assert found[date(1999, 12, 31)].value == 2099
    assert [row.value for row in grouped(member, date(1966, 10, 31), currency="USD", step=140)][
        -1
    ] == 2126


def test_weekends_use_fridays_rate(member, owner):
    add_watch(member, price="1000 USD", purchased_on=date(2024, 5, 1))
    found = days(member, date(2024, 5, 3), date(2024, 5, 6))
    friday, saturday, sunday, monday = found.values()
    assert friday.value == saturday.value == sunday.value != monday.value
    assert friday.rate == saturday.rate == sunday.rate == monday.rate == 1
    shown = [one.rate for one in days(member, date(2024, 5, 3), date(2024, 5, 6), "USD").values()]
    assert shown[0] == shown[1] == shown[2] == ratio(owner, "EUR", "USD", date(2024, 5, 3))
    assert shown[3] == ratio(owner, "EUR", "USD", date(2024, 5, 6))


def test_bought_on_a_saturday_costs_at_fridays_rate(member, owner):
    add_watch(member, price="1000 USD", purchased_on=date(2024, 5, 4))
    sold(member, date(2024, 1, 2), date(2024, 5, 5), "10 EUR", "500 USD")
    found = days(member, date(2024, 5, 1), date(2024, 5, 8))
    friday = ratio(owner, "USD", "EUR", date(2024, 5, 3))
    assert abs(found[date(2024, 5, 4)].paid_in - 1000 * friday) < EXACT
    assert abs(found[date(2024, 5, 6)].taken_out - 500 * friday) < EXACT


@pytest.mark.parametrize("currency", ["CHF", "JPY", "USD"])
def test_another_display_currency_and_back_is_the_same(member, collection, currency):
    euros, others = (
        days(member, date(2020, 1, 1), currency=one, step=7) for one in ("EUR", currency)
    )
    assert euros.keys() == others.keys()
    for day, euro in euros.items():
        assert abs(others[day].value / others[day].rate - euro.value) < EXACT, day
        assert (others[day].watches, others[day].missing) == (euro.watches, euro.missing)


def test_a_series_in_one_currency_is_its_conversion_divided_by_the_rates(member):
    watch_id = add_watch(member, price="1000 USD", purchased_on=date(2024, 1, 2))
    for month in range(2, 13):
        add_value(member, watch_id, f"{1000 + month * 7} USD", date(2024, month, 5))
    own = days(member, date(2024, 1, 2), date(2024, 12, 31), "USD")
    shown = days(member, date(2024, 1, 2), date(2024, 12, 31), "CHF")
    for day, one in own.items():
        assert abs(shown[day].value * one.rate / shown[day].rate - one.value) < EXACT


def test_scopes_are_by_collection_brand_tag_owner_and_what_is_here(member, collection):
    everything = days(member, date(2020, 1, 1))[TODAY].value
    dress = holdings(member, scope=Scope(collection_ids=(collection["dress"],)))
    assert {one.status for one in dress.values()} == {"owned", "sold"}
    here = holdings(member, scope=Scope(collection_ids=(collection["dress"],), gone=False))
    assert set(here) == {collection["first"]}
    tagged = Scope(tags=("a", "b", "unknown"))
    assert set(holdings(member, scope=tagged)) == {collection["first"], collection["second"]}
    brand = Scope(brand_ids=(get_watch(member, collection["given"]).brand_id,))
    assert set(holdings(member, scope=brand)) == {collection["second"], collection["given"]}
    owned = Scope(owner_ids=(member.user_id,))
    assert holdings(member, scope=owned) == {}
    assert holdings(member, scope=Scope(brand_ids=(uuid4(),))) == {}
    assert holdings(member, scope=Scope(tags=())) == {}
    for scope in (tagged, brand, owned, Scope(gone=False)):
        last = days(member, date(2020, 1, 1), scope=scope)[TODAY]
        value = sum(one.value or 0 for one in holdings(member, scope=scope).values())
        assert abs(last.value - value) < EXACT
        assert last.watches == len(holdings(member, scope=scope))
    here = days(member, date(2020, 1, 1), scope=Scope(gone=False))[TODAY]
    assert abs(here.value - everything) < EXACT


def test_an_owner_is_a_scope(member, collection):
    mine = add_watch(member, price="123 EUR", purchased_on=MONDAY, owner_id=member.user_id)
    scope = Scope(owner_ids=(member.user_id,))
    assert set(holdings(member, scope=scope)) == {mine}
    found = days(member, MONDAY, scope=scope)
    assert (found[MONDAY].paid_in, found[TODAY].value) == (123, 123)
    assert [one.watch_id for one in moves(member, MONDAY, scope=scope)] == [mine]
    assert {row.label for row in grouped(member, MONDAY, scope=scope)} == {"Omega"}


def test_scopes_that_share_no_watch_add_up_to_all(member, collection):
    whole = days(member, date(2020, 1, 1), currency="CHF", step=30)
    brands = {get_watch(member, watch_id).brand_id for watch_id in holdings(member)}
    parts = [
        days(member, date(2020, 1, 1), currency="CHF", scope=Scope(brand_ids=(one,)), step=30)
        for one in brands
    ]
    for part in parts:
        assert part.keys() <= whole.keys()
    for day, one in whole.items():
        if all(day in part for part in parts):
            for name in ("value", "invested", "cost", "watches", "paid_in", "taken_out"):
                total = sum(getattr(part[day], name) for part in parts)
                assert abs(total - getattr(one, name)) < EXACT


def test_wished_for_ordered_and_deleted_watches_are_in_nothing(member):
    for status in ("wishlist", "ordered"):
        add_value(member, add_watch(member, status=status, price="900 EUR"), "950 EUR", MONDAY)
    deleted = add_watch(member, price="7 EUR", purchased_on=MONDAY)
    spend(member, "5 EUR", MONDAY, deleted)
    serve(member, deleted, "6 EUR", MONDAY)
    to_bin(member, deleted)
    for scope in (EVERYTHING, Scope(gone=False)):
        assert holdings(member, scope=scope) == {}
        assert payments(member, scope=scope) == ()
        assert moves(member, MONDAY - timedelta(9), scope=scope) == ()
        assert grouped(member, MONDAY - timedelta(9), scope=scope) == ()
        found = days(member, MONDAY - timedelta(9), scope=scope).values()
        assert {(one.value, one.watches, one.paid_in, one.cost) for one in found} == {(0, 0, 0, 0)}


def test_holdings_sum_to_the_headline_numbers_exactly(member, collection):
    for currency in ("EUR", "CHF", "JPY"):
        here = [one for one in holdings(member, currency).values() if one.disposed_on is None]
        headline = totals(member, currency)
        assert sum(one.value for one in here if one.value is not None) == headline.value
        assert sum(one.cost for one in here if one.cost is not None) == headline.cost
        measured = [one for one in here if one.gain is not None]
        for name in ("gain", "watch_gain", "currency_gain"):
            assert sum(getattr(one, name) for one in measured) == getattr(headline, name)


def test_the_parts_of_a_gain_add_up_to_the_cent(member, collection):
    for one in holdings(member, "CHF").values():
        if one.gain is None:
            continue
        assert one.watch_gain + one.currency_gain == one.gain
        worth = one.value if one.disposed_on is None else one.proceeds
        assert worth - one.cost == one.gain


def test_fees_are_the_part_of_the_cost_that_they_were(member):
    watch_id = add_watch(
        member, price="900 USD", purchased_on=MONDAY, purchase_fees=Decimal(60), purchase_taxes=Decimal(40)
    )  # fmt: skip
    plain = add_watch(member, price="900 USD", purchased_on=MONDAY)
    given = add_watch(member, price="0 USD", purchased_on=MONDAY)
    found = holdings(member, "CHF")
    assert abs(found[watch_id].fees_paid - found[watch_id].cost / 10) < EXACT
    assert abs(found[watch_id].fees - found[watch_id].value / 10) < EXACT  # at today's rate
    assert abs(holdings(member, "USD")[watch_id].fees - 100) < EXACT
    assert (found[plain].fees, found[plain].fees_paid) == (0, 0)
    assert (found[given].fees, found[given].fees_paid) == (None, None)


def test_a_watch_that_is_gone_has_its_realised_figures(member, collection):
    gone = next(one for one in holdings(member).values() if one.status == "sold")
    assert (gone.value, gone.valued_on, gone.disposed_on) == (None, None, date(2024, 6, 3))
    assert gone.proceeds - gone.cost == gone.gain
    gift = next(one for one in holdings(member).values() if one.status == "gifted")
    assert (gift.value, gift.proceeds, gift.gain) == (None, None, None)
    assert gift.cost == 500


def test_holdings_name_what_the_pages_group_by(member, collection):
    found = holdings(member)
    first, given = found[collection["first"]], found[collection["given"]]
    assert (first.brand, first.model, first.collection, first.colour) == (
        "Omega", "Speedmaster", "Dress", "navy",
    )  # fmt: skip
    assert (first.value_amount, first.value_currency) == (13000, "CHF")
    assert first.purchase_currency == "USD"
    assert (first.dated, first.valued_on) == (True, date(2025, 5, 5))
    assert (given.brand, given.collection, given.movement) == ("Seiko", None, None)
    undated = add_watch(member, price="5 EUR")
    assert not holdings(member)[undated].dated


def test_the_first_photo_is_the_cover(member, owner):
    watch_id, bare = add_watch(member), add_watch(member)
    photos = [(watch_id, 2, "b"), (watch_id, 1, "a"), (watch_id, None, "c"), (bare, None, "d")]
    for of, place, letter in photos:  # without a place: in the bin
        owner.execute(
            "insert into photo (household_id, watch_id, content_hash, width_px, height_px, size_bytes, position, deleted_at)"
            " values (%s, %s, %s, 4, 3, 10, %s, %s)",
            [member.household_id, of, letter * 64, place, None if place else TODAY],
        )
    found = holdings(member)
    assert (found[watch_id].cover, found[bare].cover) == ("a" * 64, None)


def test_the_groups_of_a_day_add_up_to_it(member, collection):
    for by in ("brand", "collection", "movement"):
        found = days(member, date(2020, 1, 1), currency="CHF", step=30)
        sums = dict.fromkeys((day for day, one in found.items() if one.regular), Decimal(0))
        sums.pop(date(2020, 1, 1))  # the first day is among the groups' only when it is a step
        for row in grouped(member, date(2020, 1, 1), by=by, currency="CHF", step=30):
            sums[row.day] = sums.get(row.day, 0) + row.value
        assert TODAY in sums
        for day, total in sums.items():
            assert abs(total - found[day].value) < EXACT, (by, day)


def test_the_groups_behind_the_eight_largest_are_one(member):
    for number in range(11):
        add_watch(member, f"Brand {number:02}", price=f"{100 + number} EUR", purchased_on=MONDAY)
    last = [row for row in grouped(member, MONDAY, step=7) if row.day == TODAY]
    assert [(row.label, row.rest, row.value) for row in last] == [
        *((f"Brand {number:02}", False, 100 + number) for number in range(10, 2, -1)),
        (None, True, 100 + 101 + 102),
    ]


def test_a_group_without_a_rate_is_the_last(member):
    add_watch(member, "Raketa", price="1000000 RUB", purchased_on=date(2021, 1, 4))
    add_watch(member, "Omega", price="10 EUR", purchased_on=date(2021, 1, 4))
    last = [row for row in grouped(member, MONDAY) if row.day == TODAY]
    assert [(row.label, row.value) for row in last] == [("Omega", 10), ("Raketa", 0)]


def test_no_collection_is_a_group_of_its_own(member, collection):
    last = [row for row in grouped(member, MONDAY, by="collection") if row.day == TODAY]
    assert [(row.label, row.rest) for row in last] == [("Dress", False), (None, False)]


def test_payments_are_at_the_rate_of_their_day(member, owner):
    watch_id = add_watch(member, price="1000 EUR", purchased_on=date(2024, 1, 2))
    serve(member, watch_id, "600 USD", MONDAY)
    spend(member, "30 CHF", date(2024, 5, 4), watch_id, "accessory")  # a Saturday
    spend(member, "100 GBP", date(2024, 2, 1), every_months=12)
    spend(member, "7 RUB", date(2024, 2, 2))
    found = payments(member)
    assert [(one.kind, one.day.isoformat(), one.watch_id) for one in found] == [
        ("insurance", "2024-02-01", None),
        ("insurance", "2024-02-02", None),
        ("accessory", "2024-05-04", watch_id),
        ("service", "2024-06-03", watch_id),
        ("insurance", "2025-02-01", None),
        ("insurance", "2026-02-01", None),
    ]
    pounds, roubles, strap, service, *_ = found
    assert abs(pounds.amount - 100 * ratio(owner, "GBP", "EUR", date(2024, 2, 1))) < EXACT
    assert (roubles.amount, roubles.own_amount, roubles.currency) == (None, 7, "RUB")
    assert abs(strap.amount - 30 * ratio(owner, "CHF", "EUR", date(2024, 5, 3))) < EXACT
    assert abs(service.amount - 600 * ratio(owner, "USD", "EUR", MONDAY)) < EXACT
    assert len(payments(member, today=date(2024, 5, 4))) == 3
    assert [one.own_amount for one in payments(member, "RUB") if one.currency == "RUB"] == [7]


def test_costs_of_the_whole_collection_are_no_part_of_a_part(member):
    watch_id = add_watch(member, price="1000 EUR", purchased_on=MONDAY, tags=["a"])
    sold(member, MONDAY, MONDAY)
    serve(member, watch_id, "600 EUR", MONDAY)
    spend(member, "100 EUR", MONDAY)
    assert len(payments(member)) == len(payments(member, scope=Scope(gone=False))) == 2
    assert [one.kind for one in payments(member, scope=Scope(tags=("a",)))] == ["service"]
    assert payments(member, scope=Scope(tags=("b",))) == ()


def test_moves_are_the_largest_that_came_and_went(member, collection, owner):
    found = moves(member, date(2021, 1, 1))
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert len([one for one in found if one.came]) == 5
    went = {one.day: one.amount for one in found if not one.came}
    assert went[date(2023, 6, 1)] is None  # given away
    assert abs(went[MONDAY] - 4000 * ratio(owner, "USD", "EUR", MONDAY)) < EXACT
    largest = moves(member, date(2021, 1, 1), limit=1)
    assert [(one.day, one.came, one.brand) for one in largest] == [(MONDAY, False, "Omega")]


def test_another_household_sees_nothing(member, other, collection):
    stolen = Scope(collection_ids=(collection["dress"],))
    for scope in (EVERYTHING, stolen):
        assert holdings(other, scope=scope) == {}
        assert payments(other, scope=scope) == ()
        assert moves(other, date(2020, 1, 1), scope=scope) == ()
        assert grouped(other, date(2020, 1, 1), scope=scope) == ()
        found = days(other, date(2020, 1, 1), scope=scope).values()
        assert {(one.value, one.watches, one.paid_in) for one in found} == {(0, 0, 0)}


def test_a_period_that_ends_before_it_begins_is_its_last_day(member):
    add_watch(member, price="1000 EUR", purchased_on=date(2020, 1, 2))
    assert list(days(member, MONDAY, date(2024, 1, 1))) == [date(2024, 1, 1)]
    assert {row.day for row in grouped(member, MONDAY, date(2024, 1, 1))} == {date(2024, 1, 1)}


def test_a_box_that_was_offline_converts_at_its_newest_rates(member, owner):
    add_watch(member, price="1000 USD", purchased_on=MONDAY)
    gone = sold(member, MONDAY, TODAY, "10 EUR", "70 USD")
    later = TODAY + timedelta(200)
    owner.execute(
        "update watch set disposed_on = %s where watch_id = %s", [TODAY + timedelta(100), gone]
    )
    found = days(member, TODAY, later, step=30)
    assert {one.value for one in found.values() if one.day > TODAY + timedelta(101)} == {
        totals(member).value
    }
    assert not found[later].missing
    groups = [row.value for row in grouped(member, TODAY, later) if row.day == later]
    assert abs(sum(groups) - found[later].value) < EXACT
    assert found[TODAY + timedelta(101)].taken_out == next(
        one.proceeds for one in holdings(member).values() if one.status == "sold"
    )

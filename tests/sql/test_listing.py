"""The list: every filter, every order, and no row lost between pages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import db, listing
from data.listing import Sort, WatchFilter
from tests.collector import TODAY, add_value, add_watch

SORTS = [sort for sort in Sort if sort is not Sort.BEST]


def walk(member, wanted=WatchFilter(), sort=Sort.ADDED, descending=True, limit=100, currency="EUR"):  # noqa: B008
    rows, after = [], None
    with db.read(member) as connection:
        while found := listing.page(
            connection, member, wanted, sort, descending, currency, TODAY, after, limit
        ):
            rows += found
            after = found[-1].cursor
        assert listing.count(connection, member, wanted, currency, TODAY) == len(rows)
    return rows


@pytest.fixture
def many(member):
    """Twenty-three watches with few different facts, and some without any."""
    for n in range(23):
        facts = {} if n % 4 == 0 else {"price": f"{n % 3 + 1}000 {('EUR', 'USD')[n % 2]}"}
        day = None if n % 5 == 0 else date(2020, 1, 1 + n % 3)
        watch_id = add_watch(member, "Omega", f"Model {n % 2}", purchased_on=day, **facts)
        if n % 2:
            add_value(member, watch_id, f"{n % 4 + 1}000 CHF")
    return 23


@pytest.mark.parametrize("descending", [True, False])
def test_pages_cover_the_list_once_and_what_is_missing_comes_last(
    member, many, descending, subtests
):
    for sort in SORTS:
        with subtests.test(sort=sort):
            rows = walk(member, sort=sort, descending=descending, limit=4)
            assert len({row.watch_id for row in rows}) == len(rows) == many
            keys = [_key(row, sort) for row in rows]
            known = [key for key in keys if key is not None]
            assert keys[: len(known)] == sorted(known, reverse=descending)
            assert keys == known + [None] * (len(keys) - len(known))


def _key(row, sort):
    name = {"added": "added_at", "purchased": "purchased_on", "return": "return_fraction"}.get(
        sort, sort
    )
    return (row.brand.lower(), row.model.lower()) if sort is Sort.NAME else getattr(row, name)


def test_search_results_page_without_loss(member, many):
    rows = walk(member, WatchFilter(search="omega"), Sort.BEST, limit=4)
    assert len({row.watch_id for row in rows}) == many


@pytest.mark.parametrize(
    "cursor", ["", "~", "not an id~5", "🙂", "00000000-0000-0000-0000-000000000000"]
)
def test_a_cursor_that_is_none_starts_at_the_first_page_or_finds_the_rest(member, cursor):
    add_watch(member)
    with db.read(member) as connection:
        rows = listing.page(
            connection, member, WatchFilter(), Sort.NAME, False, "EUR", TODAY, cursor, 10
        )
    assert len(rows) in (0, 1)


def test_every_filter_narrows_to_what_it_says(member):
    omega = add_watch(
        member, "Omega", "Speedmaster", price="1000 EUR", purchased_on=date(2020, 5, 1), movement_type="manual",
        condition="mint", tags=["space"], complications=["chronograph", "date"],
    )  # fmt: skip
    tudor = add_watch(member, "Tudor", "Ranger", status="wishlist", complications=["date"])
    add_value(member, omega, "2000 EUR", TODAY - timedelta(400))
    brand = walk(member, WatchFilter(statuses=["wishlist"]))[0]
    with db.read(member) as connection:
        brand_id = connection.exec_driver_sql(
            "select brand_id from watch where watch_id = %s", (brand.watch_id,)
        ).scalar()
    for wanted, found in [
        (WatchFilter(), {omega, tudor}),
        (WatchFilter(statuses=["owned", "sold"]), {omega}),
        (WatchFilter(brand_ids=[brand_id]), {tudor}),
        (WatchFilter(movement_types=["manual"]), {omega}),
        (WatchFilter(conditions=["mint", "good"]), {omega}),
        (WatchFilter(tags=["space", "sea"]), {omega}),
        (WatchFilter(complications=["date"]), {omega, tudor}),
        (WatchFilter(complications=["date", "chronograph"]), {omega}),
        (WatchFilter(purchased_from=date(2020, 5, 1), purchased_to=date(2020, 5, 1)), {omega}),
        (WatchFilter(purchased_from=date(2020, 5, 2)), set()),
        (WatchFilter(valued="yes"), {omega}),
        (WatchFilter(valued="no"), {tudor}),
        (WatchFilter(valued="stale"), {omega}),
        (WatchFilter(cost_min=Decimal(1000), cost_max=Decimal(1000)), {omega}),
        (WatchFilter(cost_min=Decimal("1000.01")), set()),
        (WatchFilter(value_min=Decimal(1500), value_max=Decimal(2500)), {omega}),
        (WatchFilter(search="speed", statuses=["wishlist"]), set()),
    ]:
        assert {row.watch_id for row in walk(member, wanted)} == found, wanted


def test_amount_filters_are_in_the_readers_currency(member):
    watch_id = add_watch(member, price="1000 EUR", purchased_on=TODAY)
    wanted = WatchFilter(value_min=Decimal(100_000))
    assert [row.watch_id for row in walk(member, wanted, currency="JPY")] == [watch_id]
    assert walk(member, wanted, currency="EUR") == []


def test_what_is_in_the_bin_is_not_listed(member, owner):
    add_watch(member)
    owner.execute("update watch set deleted_at = now()")
    assert walk(member) == []

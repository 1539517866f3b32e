"""One number is one number: overview, analytics, the watch, the list, compare, paper and file agree."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from app import analytics_table, print_routes
from app import format as say
from data import analytics, db, figures
from data.scope import EVERYTHING
from tests.asking import Browser
from tests.collector import add_value, add_watch
from tests.people import again

BOUGHT = date(2021, 3, 1)


@pytest.fixture
def two(member):
    """Bought in dollars and francs, valued in francs and dollars; amounts are read in euros."""
    one = add_watch(
        member, "Omega", "Speedmaster", price="6500 USD", purchased_on=BOUGHT,
        purchase_fees=Decimal("99.90"),
    )  # fmt: skip
    other = add_watch(member, "Tudor", "Ranger", price="4600 CHF", purchased_on=BOUGHT)
    add_value(member, one, "7300.50 CHF", date(2026, 9, 1))
    add_value(member, other, "1900 USD", date(2026, 9, 2))
    return one, other


def text(at):
    assert not at.exception, at.exception
    bodies = " ".join(part.proto.body for part in at.html if "<style" not in part.proto.body)
    return unescape(re.sub(r"[ \n]+", " ", re.sub(r"<[^>]*>", " ", bodies)))


def said(money, currency="EUR"):
    """How each of its numbers is written."""
    return [
        say.money(money.value, currency),
        say.money(money.cost, currency),
        say.money(money.gain, currency, signed=True),
        say.percent(money.return_fraction, signed=True),
    ]


def test_every_page_and_file_shows_the_same_headline(open_page, member, two):
    today = date.today()  # noqa: DTZ011
    with db.read(again(member)) as connection:
        total = figures.totals(connection, member, "EUR", today)
        each = [figures.of_watch(connection, member, one, "EUR", today) for one in two]
        held = analytics.holdings(connection, member, EVERYTHING, "EUR", today)
    value, cost, gain, share = said(total)

    for page, query in (
        ("overview.py", {}),
        ("analytics.py", {}),
        ("analytics.py", {"explain": "gain"}),
    ):
        shown = text(open_page(page, member, **query))
        assert [number for number in (value, cost, gain, share) if number not in shown] == []

    for watch_id, money in zip(two, each, strict=True):
        for page, query in (
            ("watch.py", {"id": str(watch_id)}),
            ("compare.py", {"ids": ",".join(map(str, two))}),
            ("watches.py", {"view": "table"}),
            ("analytics.py", {"tab": "watches"}),
        ):
            shown = text(open_page(page, member, **query))
            in_table = query.get("view") == "table" or query.get("tab") == "watches"
            bare = f"EUR{say.SPACE}" if in_table else "nothing"  # a column names its currency
            missing = [n for n in said(money) if n.replace(bare, "") not in shown]
            assert missing == [], (page, query)

    lines = analytics_table.written(analytics_table.entries(held, [], today), "EUR")
    rows = list(csv.DictReader(io.StringIO(lines.decode("utf-8-sig"))))
    for column, number in (("value", total.value), ("cost", total.cost), ("gain", total.gain)):
        assert sum(Decimal(row[column]) for row in rows) == number
    assert sum((money.value for money in each), Decimal()) == total.value

    paper = Browser(member).get(print_routes.address(list(two), "EUR")).text
    for number in (total.value, total.cost):
        assert say.money(number, "EUR", cents=True).removeprefix(f"EUR{say.SPACE}") in paper


def test_another_currency_moves_all_of_them_together(open_page, member, two):
    today = date.today()  # noqa: DTZ011
    with db.read(again(member)) as connection:
        total = figures.totals(connection, member, "JPY", today)
    numbers = [number for number in said(total, "JPY") if number != say.ABSENT]
    for page in ("overview.py", "analytics.py"):
        shown = text(open_page(page, member, currency="JPY"))
        assert [number for number in numbers if number not in shown] == []

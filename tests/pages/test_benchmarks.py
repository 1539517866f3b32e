"""Series to compare with: what is here, one of them, and what becomes of gold."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from data import benchmarks, db, gold
from data.calc.series import Point
from data.errors import NotFoundError
from tests.pages.test_import_prices import links, named, words
from tests.pages.watch_pages import as_viewer, html, press, problems

MAY_3 = date(2024, 5, 3)


@pytest.fixture
def series(member):
    points = [Point(MAY_3, Decimal(100)), Point(date(2024, 6, 3), Decimal("101.5"))]
    with db.write(member) as connection:
        found = benchmarks.add(connection, member, "<b>Index</b>", "CHF", points)
        return benchmarks.get(connection, member, found)


def now(member, one):
    with db.read(member) as connection:
        return benchmarks.get(connection, member, one.benchmark_id)


def test_without_a_series_the_page_says_what_it_is_for_and_how_to_begin(member, open_page):
    at = open_page("benchmarks.py", member)
    assert "No series yet" in html(at)
    assert "Import a series" in links(at)
    assert gold.MISSING in words(at)


def test_a_series_is_listed_with_its_days_and_last_value(member, series, open_page):
    at = open_page("benchmarks.py", member)
    said = words(at)
    for part in ("Index", "2", "3 May 2024", "3 Jun 2024", "CHF 101.50"):
        assert part in said
    assert "&lt;b&gt;Index" in html(at)
    assert f"/benchmarks?series={series.benchmark_id}" in html(at)


def test_one_series_has_a_line_and_its_facts(member, series, open_page):
    at = open_page("benchmarks.py", member, series=str(series.benchmark_id))
    assert len(at.get("plotly_chart")) == 1
    assert "Days with a price 2 Last value CHF 101.50 Currency CHF" in words(at)


def test_a_series_in_a_currency_without_rates_says_so(member, open_page):
    with db.write(member) as connection:
        found = benchmarks.add(connection, member, "Old", "DEM", [Point(MAY_3, Decimal(1))])
    at = open_page("benchmarks.py", member, series=str(found))
    assert "There are no rates for DEM" in words(at)


def test_a_series_is_renamed_or_the_field_says_why_not(member, series, open_page):
    with db.write(member) as connection:
        benchmarks.add(connection, member, "Taken", "CHF", [Point(MAY_3, Decimal(1))])
    at = open_page("benchmarks.py", member, series=str(series.benchmark_id))
    for name, sentence in (("taken", "already"), (" ", "Give the series a name")):
        named(at, "Name").set_value(name)
        press(at, "Rename")
        assert sentence in problems(at)[0]
        assert named(at, "Name").value == name
    named(at, "Name").set_value("World")
    press(at, "Rename")
    assert [title.value for title in at.title] == ["World"]
    assert now(member, series).name == "World"


def test_somebody_else_was_faster_and_it_is_said(member, series, open_page):
    at = open_page("benchmarks.py", member, series=str(series.benchmark_id))
    with db.write(member) as connection:
        benchmarks.rename(connection, member, series, "Theirs")
    named(at, "Name").set_value("Mine")
    press(at, "Rename")
    assert now(member, series).name == "Theirs"
    assert problems(at) == [benchmarks.CHANGED]
    assert named(at, "Name").value == "Mine"
    press(at, "Rename")
    assert now(member, series).name == "Mine"


def test_a_series_is_removed_and_comes_back(member, series, open_page):
    at = open_page("benchmarks.py", member, series=str(series.benchmark_id))
    press(at, "Remove series")
    assert "“<b>Index</b>” was removed." in words(at)
    with pytest.raises(NotFoundError):
        now(member, series)
    press(at, "Undo")
    assert now(member, series).points == 2


def test_who_may_only_look_sees_no_way_to_change_it(member, owner, series, open_page):
    viewer = as_viewer(owner, member)
    at = open_page("benchmarks.py", viewer)
    assert "Import a series" not in links(at)
    at = open_page("benchmarks.py", viewer, series=str(series.benchmark_id))
    assert len(at.get("plotly_chart")) == 1
    assert not at.text_input
    assert "Remove series" not in [one.label for one in at.button]


@pytest.mark.parametrize("key", ["x", "new", "\x00", str(uuid4()), "a" * 999])
def test_a_series_that_is_not_here_says_so(member, open_page, key):
    at = open_page("benchmarks.py", member, series=key)
    assert [title.value for title in at.title] == [benchmarks.NOT_HERE.replace(".", "\\.")]


def test_the_series_of_others_are_not_here(series, other, open_page):
    assert "Index" not in html(open_page("benchmarks.py", other))
    at = open_page("benchmarks.py", other, series=str(series.benchmark_id))
    assert not at.get("plotly_chart")


@pytest.mark.own_database
def test_gold_says_until_when_it_is_here(member, open_page):
    with db.maintenance() as owner:
        gold.load(owner, [Point(MAY_3, Decimal(300))])
    said = words(open_page("benchmarks.py", member))
    assert "is here until 3 May 2024" in said
    assert gold.MISSING not in said

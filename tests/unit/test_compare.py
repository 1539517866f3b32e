"""Comparing without a database: differences, the best, lines from 100, ids of an address."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4

import pytest

from app import compare, compare_charts
from app.compare_charts import Line, Reading
from app.compare_rows import best, differ
from app.palette import LIGHT

DAY = date(2026, 1, 1)


def line(place, *values, since=0, name="Watch"):
    """A watch with a value every tenth day; None is a gap."""
    readings = [
        Reading(DAY + timedelta(days=10 * (since + step)), None if v is None else Decimal(v))
        for step, v in enumerate(values)
    ]
    return Line(place, name, readings)


@pytest.mark.parametrize(
    ("texts", "they_do"),
    [
        (["Steel", "steel "], False), (["Steel", "Gold"], True), (["–", "–"], False),
        (["–", "100 m"], True), (["Steel"], False),
    ],
)  # fmt: skip
def test_a_row_differs_when_a_reader_sees_a_difference(texts, they_do):
    assert differ(texts) is they_do


@pytest.mark.parametrize(
    ("ranks", "places"),
    [
        ([100, 300, 200], {1}), ([300, 100, 300], {0, 2}), ([100, 100], set()), ([None, 100], set()),
        ([None, 100, 50], {1}), ([-0.2, -0.1], {1}), ([0, None, 5], {2}), ([], set()),
    ],
)  # fmt: skip
def test_the_best_is_the_highest_of_at_least_two_that_differ(ranks, places):
    assert best(ranks) == places


def test_lines_begin_at_100_on_the_first_day_all_have_a_value():
    early, late = line(0, 50, 100, 110, 120, 130, 140), line(1, 400, 400, 440, 480, 400, since=1)
    base = compare_charts.common_day([early, late])
    assert base == DAY + timedelta(days=10)
    assert compare_charts.indexed(early, base) == [50, 100, 110, 120, 130, 140]
    assert compare_charts.indexed(late, base) == [100, 100, 110, 120, 100]
    assert "1" in compare_charts.basis([early, late])
    assert "11 Jan 2026" in compare_charts.basis([early, late])


def test_watches_that_were_never_here_together_begin_on_their_own_first_day():
    sold, bought = line(0, 100, 150), line(1, 1000, 900, since=5)
    assert compare_charts.common_day([sold, bought]) is None
    assert compare_charts.indexed(bought, None) == [100, 90]
    assert "own first day" in compare_charts.basis([sold, bought])


def test_twenty_days_together_are_too_few_for_a_common_beginning():
    assert compare_charts.common_day([line(0, 1, 1, 1, 1), line(1, 1, 1, 1, since=1)]) is None
    assert compare_charts.common_day([line(0, 1, 1, 1, 1), line(1, 1, 1, 1, 1)]) == DAY


def test_a_day_without_a_value_is_a_gap_and_a_first_value_of_zero_no_beginning():
    gappy = line(0, 0, 200, None, 300)
    assert compare_charts.indexed(gappy, None) == [0, 100, None, 150]


def test_a_watch_that_is_worth_nothing_at_all_has_no_index():
    assert compare_charts.indexed(line(0, 0, 0), None) == [None, None]


def test_the_chart_says_the_real_amounts_and_reads_no_markup_in_names():
    drawn = [line(0, 100, 110, 120, 130, name="<b>%{x}"), line(1, 50, 60, 70, 80, name="Tank")]
    figure = compare_charts.indexed_lines(drawn, "CHF", LIGHT)
    assert [trace.line.color for trace in figure.data] == list(LIGHT.categorical[:2])
    assert figure.data[0].text[1] == "CHF\N{NO-BREAK SPACE}110"
    assert "<b>%{x}" not in figure.data[0].hovertemplate
    assert "&lt;b&gt;" in figure.data[0].hovertemplate
    assert [note.text for note in figure.layout.annotations if "Tank" in (note.text or "")]


def test_a_chart_of_nothing_says_so():
    figure = compare_charts.indexed_lines([line(0, 0, 0)], "CHF", LIGHT)
    assert "No value" in figure.layout.annotations[0].text


def test_names_at_the_right_keep_their_distance_and_stay_inside():
    found = compare_charts.spread([5, 6, 100, 279], 16, 280)
    assert all(b - a >= 16 for a, b in pairwise(found))
    assert found[0] >= 8
    assert found[-1] <= 272
    assert found[2] == 100  # where nothing is near, a name stays with its line


def test_the_chart_is_described_with_amounts_and_change():
    said = compare_charts.describe([line(0, 100, 150, name="Tank")], "CHF")
    assert said == (
        "Values over time: Tank from CHF\N{NO-BREAK SPACE}100 on 1 Jan 2026 to "
        "CHF\N{NO-BREAK SPACE}150 on 11 Jan 2026 (+50.0%)."
    )
    assert compare_charts.describe([], "CHF") == "No value over time is known."


def test_ids_of_an_address_keep_their_order_without_doubles():
    one, two = uuid4(), uuid4()
    given = [str(two), "nonsense", str(one).upper(), str(two)]
    assert compare.read_ids(given) == ((two, one), 1)


def test_two_watches_of_one_name_are_told_apart():
    assert compare.distinct(["Tank", "Tank", "Santos"]) == ["Tank 1", "Tank 2", "Santos"]
    assert compare.distinct(["A very long name of a watch"]) == ["A very long nam…"]

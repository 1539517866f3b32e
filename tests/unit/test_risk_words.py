"""What the risk tab says, from figures to words; no database."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from app import format as say
from app import risk_words
from app.analytics_risk import month_ends
from app.risk_words import Swings
from data.calc import risk
from data.calc.missing import Missing
from data.calc.risk import Level
from data.calc.series import High

START = date(2025, 1, 1)
NO = Missing("Why.")


def fall_of(*levels):
    return risk.drawdown([Level(START + timedelta(n), one) for n, one in enumerate(levels)])


def tiles(fall=NO, high=NO, swings=None, watches=3):
    found = risk_words.tiles(fall, high, swings or Swings(NO, NO), "CHF", watches)
    return [(one.text, one.detail, one.more.replace(say.SPACE, " ")) for one in found]


def held(*values):
    return [
        SimpleNamespace(brand="Omega", model=str(n), value=Decimal(v)) for n, v in enumerate(values)
    ]


def concentrated(*values):
    one = held(*values)
    return risk.concentration([watch.value for watch in one]), one


def test_a_fall_that_was_made_up_says_when():
    deepest, present, _, _ = tiles(fall_of(1, 2, 1, 2.5, 2))
    assert deepest == ("−50.0%", "2 Jan 2025 to 3 Jan 2025", "made up by 4 Jan 2025")
    assert present == ("−20.0%", "since 4 Jan 2025", "longest below a peak: 2 days")
    assert risk_words.fell(fall_of(1, 2, 1, 2.5, 2), "in a year").replace(say.SPACE, " ") == (
        "The deepest fall in a year was 50.0%, from 2 Jan 2025 to 3 Jan 2025; it was made up by "
        "4 Jan 2025, after 2 days. Now it is 20.0% below the peak."
    )


def test_a_fall_that_lasts_is_not_made_up():
    assert tiles(fall_of(2, 1))[0][2] == "not made up yet"
    assert "not made up yet" in risk_words.fell(fall_of(2, 1), "this year")


def test_what_never_fell_is_at_its_peak():
    deepest, present, _, _ = tiles(fall_of(1, 1, 1.1))
    assert (deepest, present) == (("0.0%", "never below its peak", ""), ("0.0%", "at its peak", ""))
    assert risk_words.fell(fall_of(1, 1.1), "in a year").startswith(
        "Never below its peak in a year"
    )


def test_where_nothing_is_held_there_is_no_present_fall():
    assert tiles(fall_of(2, 1), watches=0)[1] == ("–", "nothing is held now", "")


def test_what_is_not_known_is_a_dash_with_its_reason():
    assert all(text == "–" and detail for text, detail, _ in tiles())
    assert risk_words.fell(NO, "in a year") == "Why."
    assert risk_words.high(NO, "CHF", 1) == ""
    assert risk_words.swing(Swings(NO, NO)) == "Why."


@pytest.mark.parametrize(
    ("distance", "watches", "said"),
    [
        (0.0, 2, "The value is at its all-time high of CHF 5,000."),
        (
            -0.25,
            2,
            "The value was highest on 1 Jan 2025, with CHF 5,000; it is 25.0% below that now.",
        ),
        (-1.0, 0, "The value was highest on 1 Jan 2025, with CHF 5,000; nothing is held now."),
    ],
)
def test_the_all_time_high_is_said_with_its_distance(distance, watches, said):
    found = High(START, Decimal(5000), distance)
    assert risk_words.high(found, "CHF", watches).replace(say.SPACE, " ") == said


@pytest.mark.parametrize(
    ("values", "meaning"),
    [
        ([900, 50, 50], "as 1.2 watches of equal value would be: most of it hangs on one watch"),
        ([100] * 4, "as 4 watches of equal value would be: a few watches decide how it moves"),
        ([100] * 12, "as 12 watches of equal value would be: no single watch decides how it moves"),
        ([7], "All of the value is one watch, the Omega 0."),
        ([], "there is nothing to share out"),
    ],
)
def test_the_index_is_told_as_so_many_equal_watches(values, meaning):
    assert meaning in risk_words.hangs_on(*concentrated(*values))


def test_the_bars_are_the_largest_the_five_largest_and_the_index():
    found, watches = concentrated(*[100] * 10)
    rows = risk_words.bars(found, watches, "CHF")
    assert [(one.label, one.text.replace(say.SPACE, " "), one.share) for one in rows] == [
        ("The largest", "CHF 100", "10.0%"),
        ("The five largest", "CHF 500", "50.0%"),
        ("Herfindahl index", "of 10 watches", "0.100"),
    ]
    few, three = concentrated(1, 2, 3)
    assert [one.label for one in risk_words.bars(few, three, "CHF")] == [
        "The largest",
        "Herfindahl index",
    ]


def test_a_volatility_is_explained_and_its_absence_too():
    assert tiles(swings=Swings(0.182, 0.09))[3] == ("18.2%", "a year", "downwards alone 9.0%")
    assert "within 18.2% of the usual one" in risk_words.swing(Swings(0.182, 0.09))
    assert "for 90% of the value; here it is 25.0%" in risk_words.irregular(0.25).reason
    assert "12 ends of months; this one has 3" in risk_words.too_short(3).reason


def test_the_ends_of_months_are_taken_leap_years_too():
    days = [Level(date(2024, 1, 1) + timedelta(n), 1) for n in range(91)]
    assert [one.day.day for one in month_ends(days)] == [31, 29, 31]

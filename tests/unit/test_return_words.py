"""What the return tab says and draws, from figures to words; no database."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import format as say
from app import (
    palette,
    return_charts,
    return_markup,
    return_months,
    return_waterfall,
    return_words,
    risk_charts,
)
from app.period import Period
from app.return_markup import Cell, Step, Year
from data.calc import risk, waterfall
from data.calc.missing import Missing
from data.calc.performance import Earned, MoneyWeighted, time_weighted
from data.calc.risk import Level
from data.calc.series import Point
from tests.unit.test_look import contrast

START = date(2024, 12, 31)
OVER = Period(START, date(2026, 6, 30), "since 31 Dec 2024")
UNKNOWN = MoneyWeighted(Missing("no"), 0, (), 0)
ONE = UUID(int=1)
EVIL = """<script>alert('x')</script>"><img src=x onerror="alert(1)">"""


def earned(*values, every=31, start=START):
    days = [
        SimpleNamespace(
            day=start + timedelta(n * every),
            value=Decimal(v),
            paid_in=Decimal(),
            taken_out=Decimal(),
            missing=False,
        )
        for n, v in enumerate(values)
    ]
    return time_weighted(days)


def said_of_months(*shares):
    months = {(2025, n + 1): share for n, share in enumerate(shares)}
    return return_words.by_month(months).replace(say.SPACE, " ")


def shown(figure):
    return (figure.text, figure.detail, figure.more.replace(say.SPACE, " "))


def tiles(found, over=OVER):
    total = SimpleNamespace(measured=0, watches=0)
    sold = return_words.realised([])
    return return_words.tiles(found, total, sold, "CHF", over)


def test_a_return_of_a_year_and_more_is_told_a_year_too():
    period, a_year, _, _ = tiles(earned(100, *[110] * 24))
    assert shown(period) == ("+10.0%", "since 31 Dec 2024", "")
    assert a_year.text == "+4.8%"
    assert a_year.detail.replace(say.SPACE, " ") == "compounded over 2.0 years"


def test_a_return_that_begins_later_says_since_when():
    late = earned(0, 0, 0)
    assert isinstance(late, Missing)
    bought = [
        SimpleNamespace(
            day=day, value=Decimal(v), paid_in=Decimal(p), taken_out=Decimal(), missing=False
        )
        for day, v, p in [(START, 0, 0), (date(2025, 3, 1), 100, 100), (date(2025, 6, 30), 110, 0)]
    ]
    assert tiles(time_weighted(bought))[0].detail == "since 1 Mar 2025"


def test_without_a_return_the_tiles_say_why():
    texts = [(one.text, one.detail) for one in tiles(Missing("No rate."))]
    assert texts[:2] == [("–", "No rate."), ("–", "needs the return over time")]
    assert texts[3] == ("–", "nothing was sold")
    assert all(text == "–" and detail for text, detail in texts)


def test_the_answer_names_direction_period_and_money():
    said = return_words.over_time(earned(100, 90), Decimal(-1000), UNKNOWN, "CHF", OVER)
    assert said.replace(say.SPACE, " ") == (
        "Down 10.0% since 31 Dec 2024. In money: −CHF 1,000, apart from what was bought and sold."
    )
    flat = return_words.over_time(earned(100, 100.001), Decimal(), UNKNOWN, "CHF", OVER)
    assert flat.startswith("Unchanged since")
    rate = MoneyWeighted(0.071, 3, (), 0)
    assert "+7.1% a year" in return_words.over_time(earned(1, 2), Decimal(), rate, "CHF", OVER)
    assert return_words.over_time(Missing("Why."), Decimal(), UNKNOWN, "CHF", OVER) == "Why."


def test_an_amount_out_of_nothing_is_named():
    found = replace(earned(100, 110), from_nothing=(Point(START, Decimal(50)),))
    said = return_words.over_time(found, Decimal(), UNKNOWN, "CHF", OVER).replace(say.SPACE, " ")
    assert said.endswith("CHF 50 on 31 Dec 2024 came of a value of 0 and is in no percentage.")


def test_what_xirr_leaves_out_is_named_by_three_and_a_number():
    out = tuple((UUID(int=n), "no cost") for n in range(5))
    names = {UUID(int=n): f"Omega {n}" for n in range(5)}
    said = return_words.notes(earned(1, 2), START, MoneyWeighted(0.1, 1, out, 1), names)
    assert said.replace(say.SPACE, " ") == (
        "XIRR leaves out Omega 0 (no cost), Omega 1 (no cost), Omega 2 (no cost), 2 more and "
        "1 payment without an exchange rate."
    )
    alone = MoneyWeighted(0.1, 1, out[:1], 0)
    assert (
        return_words.notes(earned(1, 2), START, alone, names)
        == "XIRR leaves out Omega 0 (no cost)."
    )
    assert return_words.notes(earned(1, 2), START, UNKNOWN, names) == ""


def test_a_return_that_begins_after_days_without_rates_says_so():
    said = return_words.notes(earned(1, 2), START - timedelta(9), UNKNOWN, {})
    assert said == "Counted from 31 Dec 2024: before, something held had no exchange rate."


def test_months_are_told_by_how_many_rose_and_which_was_best():
    assert said_of_months(0.1, -0.05, 0.02, 0.0) == (
        "2 of 4 months rose, 1 fell, 1 did not move; the best was Jan 2025 with +10.0%, the lowest "
        "Feb 2025 with −5.0%."
    )
    assert said_of_months(0.0, 0.1) == "1 of 2 months moved: Feb 2025 with +10.0%."
    assert said_of_months(0.0, 0.0001) == "Nothing moved in 2 months."
    assert said_of_months(None) == "There is no month yet in which something was held."
    assert said_of_months() == said_of_months(None)


def test_the_heat_map_has_the_newest_year_first_and_blanks_outside_of_the_period():
    latest, first = return_months.years(earned(100, 101, 101, start=date(2024, 11, 30)).held)
    assert (latest.name, first.name) == ("2025", "2024")
    assert [cell.text for cell in first.months] == [""] * 11 + ["+1.0%"]
    assert [cell.text for cell in latest.months] == ["0.0%"] + [""] * 11
    assert (first.whole.text, first.whole.hint) == ("+1.0%", "2024: +1.0%")


def test_a_month_without_anything_is_a_dash_not_a_zero():
    days = [Earned(date(2025, 1, 31), 0, 0, held=True), Earned(date(2025, 2, 28), 0, 0, held=False)]
    days.append(Earned(date(2025, 3, 31), 0.1, 0.1, held=True))
    (year,) = return_months.years(days)
    assert [cell.text for cell in year.months[:3]] == ["", "–", "+10.0%"]
    assert year.months[1].hint == "Feb 2025: nothing was held"


def test_colours_go_by_the_largest_month_and_stay_faint_for_little():
    days = [Earned(date(2025, 1, 31), 0, 0, held=True)]
    for month, share in ((2, 0.5), (3, -0.25), (4, 0.0001)):
        days.append(Earned(date(2025, month, 28), share, 0, held=True))
    cells = return_months.years(days)[0].months
    assert [(one.tone, round(one.strength, 2)) for one in cells[1:4]] == [
        ("gain", 1),
        ("loss", 0.77),
        ("", 0),
    ]


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=lambda p: p.mode)
@pytest.mark.parametrize("tone", ["gain", "loss"])
def test_the_number_in_the_strongest_colour_can_be_read(colours, tone):
    strong, ground = getattr(colours, tone), colours.background
    pairs = [(int(strong[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    share = return_markup.STRONGEST
    mixed = "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
    assert contrast(colours.text, mixed) >= 4.5


@given(st.lists(st.floats(-1, 1e6), min_size=2, max_size=800))
def test_any_returns_are_drawn_in_twenty_years_at_most(shares):
    days = [
        Earned(START + timedelta(31 * n), share, 0, held=True) for n, share in enumerate(shares)
    ]
    years = return_months.years(days)
    assert 1 <= len(years) <= 20
    html = return_markup.heat_map("Returns", years)
    assert re.search(r"nan|inf", html, re.IGNORECASE) is None
    assert all(0 <= one.strength <= 1 for year in years for one in [*year.months, year.whole])
    assert bool(return_months.left_out(days)) == (len({one.day.year for one in days[1:]}) > 20)


def test_of_more_years_the_last_twenty_are_shown_and_the_others_counted():
    days = [Earned(date(1990 + n, 6, 30), 0.1, 0, held=True) for n in range(31)]
    years = return_months.years(days)
    assert [years[0].name, years[-1].name, len(years)] == ["2020", "2001", 20]
    assert return_months.left_out(days) == (
        "From 2001 on; choose an earlier period for the 10 years before."
    )


def fall_of(*amounts, cost=Decimal(1000), fees=Decimal(), currency_gain=Decimal(), payments=()):
    value = amounts[0]
    watch = SimpleNamespace(
        watch_id=ONE, cost=cost, value=value, fees=fees, watch_gain=value - cost - currency_gain,
        currency_gain=currency_gain,
    )  # fmt: skip
    return waterfall.from_cost_to_value([watch], payments, Decimal(1))


def test_the_steps_begin_where_the_one_before_ended():
    found = fall_of(Decimal(1500), fees=Decimal(100), currency_gain=Decimal(-200))
    steps = return_waterfall.steps(found, "CHF")
    labels = ["Cost", "Price of the watches", "Fees and taxes", "Exchange rates", "Value"]
    assert [one.label for one in steps] == labels
    assert [one.text.replace(say.SPACE, " ") for one in steps] == [
        "CHF 1,000", "+CHF 800", "−CHF 100", "−CHF 200", "CHF 1,500",
    ]  # fmt: skip
    ends = [(round(one.start * 1800), round((one.start + one.length) * 1800)) for one in steps]
    assert ends == [(0, 1000), (1000, 1800), (1700, 1800), (1500, 1700), (0, 1500)]
    assert [one.tone for one in steps] == ["", "gain", "loss", "loss", ""]


def test_what_owning_took_follows_the_value():
    spent = [SimpleNamespace(watch_id=ONE, kind="service", amount=Decimal(1800))]
    found = fall_of(Decimal(1500), payments=spent)
    steps = return_waterfall.steps(found, "CHF")
    assert [one.label for one in steps[-3:]] == ["Value", "Services", "Left after owning"]
    assert steps[-1].text.replace(say.SPACE, " ") == "−CHF 300"
    assert all(0 <= one.start <= 1 and 0 <= one.start + one.length <= 1.0001 for one in steps)
    assert "Owning took another CHF 1,800" in return_waterfall.said(found, "CHF", 1).replace(
        say.SPACE, " "
    )


def test_the_way_from_cost_to_value_is_said_in_one_sentence():
    found = fall_of(Decimal(1500), currency_gain=Decimal(-100))
    assert return_waterfall.said(found, "CHF", 3).replace(say.SPACE, " ") == (
        "A cost of CHF 1,000 became a value of CHF 1,500, most of it by prices: +CHF 600. "
        "1 of 3 watches have both a cost and a value."
    )
    assert return_waterfall.said(Missing("Why."), "CHF", 3) == "Why."
    assert "No watch is owned" in return_waterfall.said(Missing("Why."), "CHF", 0)


def test_small_amounts_keep_their_cents_and_still_add_up():
    found = fall_of(Decimal("99.90"), cost=Decimal("80.45"))
    assert return_waterfall.step_of(found, "CHF") == Decimal("0.01")
    assert return_waterfall.step_of(found, "JPY") == 1
    assert return_waterfall.step_of(fall_of(Decimal(1500)), "CHF") == 1


SHAPES = {
    "heat map": lambda t: return_markup.heat_map(
        t, [Year(t, [Cell(t, "gain", 1, t)] * 12, Cell(t))]
    ),
    "waterfall": lambda t: return_markup.waterfall(t, [Step(t, t, "loss", 0.1, 0.5)]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_person_typed_never_becomes_html(shape):
    tags = re.compile(r"</?[a-z]+")
    assert tags.findall(SHAPES[shape](EVIL)) == tags.findall(SHAPES[shape]("plain"))


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK])
def test_the_charts_have_percent_axes_and_are_drawn_once(colours):
    days = earned(100, 150, 75, 120).days
    levels = [Level(one.day, 1 + one.total) for one in days]
    depth = list(
        zip([one.day for one in days], risk.falls([one.level for one in levels]), strict=True)
    )
    for figure in (
        return_charts.over_time(days, colours),
        risk_charts.falls(depth, colours),
    ):
        assert figure.layout.yaxis.tickformat == ".0%"
        assert figure.layout.yaxis.tickprefix == ""
        assert len(figure.layout.yaxis.range) == 2
        assert "template" not in figure.to_dict()["layout"]
        assert {trace.type for trace in figure.data} == {"scatter"}
    assert "−50.0%" in risk_charts.describe(risk.drawdown(levels))


def test_a_chart_without_days_says_so():
    assert len(return_charts.over_time([], palette.LIGHT).layout.annotations) == 1
    assert len(risk_charts.falls([], palette.LIGHT).layout.annotations) == 1
    assert return_charts.describe([]) == "No return in this period."

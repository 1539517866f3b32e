"""The outlook on the watch's page and on analytics: a fan that says what it is worth, or why not."""

import json
import math
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html import unescape
from itertools import pairwise

import pytest

from app import format as say
from app import outlook_chart, outlook_words
from app.palette import DARK, LIGHT
from data import db, valuations
from data.calc.missing import Missing
from data.calc.monthly import Monthly, last_month_end, months_later
from data.calc.outlook import Backtest, outlook
from data.calc.series import Point
from data.valuations import ValuationDraft
from tests.pages.watch_pages import as_viewer, new_watch
from tests.people import again

TODAY = datetime.now(UTC).date()
LONG_AGO = TODAY - timedelta(days=1500)
FOLD = "Outlook for the next 12 months"


def walk(number, seed=1, step=0.02, start=5000.0):
    chance, values = random.Random(seed), [start]
    for _ in range(number - 1):
        values.append(values[-1] * math.exp(chance.gauss(0, step)))
    return values


def valued(member, model="Ranger", months=44, currency="EUR", until=0, **facts):
    """A watch that was valued each month up to ``until`` days ago; returns it and its last value."""
    watch = new_watch(
        member,
        "Tudor",
        model,
        purchased_on=LONG_AGO,
        purchase_price=Decimal(4800),
        purchase_currency=currency,
        **facts,
    )
    amounts = [Decimal(f"{value:.2f}") for value in walk(months)]
    drafts = [
        (watch.watch_id, ValuationDraft(amount, currency, TODAY - timedelta(days=until + 30 * n)))
        for n, amount in enumerate(reversed(amounts))
    ]
    with db.write(again(member)) as connection:
        valuations.add_many(connection, again(member), drafts)
    return str(watch.watch_id), amounts[-1]


def text(at):
    assert not at.exception, at.exception
    said = " ".join(part.proto.body for part in at.html if "<style" not in part.proto.body)
    said = re.sub(r"<[^>]*>", " ", said) + " ".join(
        one.value for one in [*at.markdown, *at.caption]
    )
    said = unescape(said).replace(say.SPACE, " ").replace("\\", "")
    return re.sub(r"\s+", " ", said)


def fan(at):
    """The chart that draws a band."""
    charts = [json.loads(one.proto.spec) for one in at.get("plotly_chart")]
    return next(
        (one for one in charts if any(trace.get("fill") == "tonexty" for trace in one["data"])),
        None,
    )


def folds(at):
    return [one.label for one in at.expander]


def test_the_outlook_of_a_watch_is_folded_and_not_worked_out_before(open_page, member):
    watch_id, _ = valued(member)
    at = open_page("watch.py", member, id=watch_id)
    assert FOLD in folds(at)
    assert fan(at) is None
    assert "In a year probably" not in text(at)


def test_unfolded_it_answers_in_words_with_the_fan_and_the_back_test(open_page, member):
    watch_id, last = valued(member)
    at = open_page("watch.py", member, id=watch_id, outlook="true")
    said = text(at)
    assert re.search(r"In a year probably between EUR [0-9,]+ and EUR [0-9,]+", said)
    assert re.search("No better than no change: made [678] times in the past", said)
    assert "is no advice" in said
    assert "Missed by" in said
    assert "Error ratio" in said
    drawn = fan(at)
    assert drawn["layout"]["yaxis"]["tickprefix"] == "EUR "
    assert [one["text"] for one in drawn["layout"]["annotations"]] == [
        "Today",
        "Middle",
        "80%",
        "95%",
    ]
    past = next(
        trace
        for trace in drawn["data"]
        if trace["line"].get("dash") is None and trace["line"]["width"]
    )
    assert past["x"][-1] == TODAY.isoformat()
    assert f"<b>{say.money(last, 'EUR')}</b>" == past["text"][-1]
    ahead = next(trace for trace in drawn["data"] if trace["line"].get("dash") == "dash")
    assert len(ahead["x"]) == 13
    assert ahead["x"][-1] == months_later(TODAY, 12).isoformat()
    assert re.match(
        r"<b>Middle EUR [0-9,]+</b><br>80%: EUR [0-9,]+ to EUR [0-9,]+<br>95%: ",
        ahead["text"][-1].replace(say.SPACE, " "),
    )


def test_the_outlook_is_in_the_currency_that_is_shown(open_page, member):
    watch_id, _ = valued(member)
    at = open_page("watch.py", member, id=watch_id, outlook="true", currency="JPY")
    assert re.search(r"In a year probably between JPY [0-9,]+ and JPY [0-9,]+,", text(at))
    assert fan(at)["layout"]["yaxis"]["tickprefix"] == "JPY "


def test_a_viewer_sees_it_too(open_page, member, owner):
    watch_id, _ = valued(member)
    at = open_page("watch.py", as_viewer(owner, member), id=watch_id, outlook="true")
    assert fan(at) is not None


def test_too_few_months_are_one_quiet_line(open_page, member):
    watch_id, _ = valued(member, months=20)
    at = open_page("watch.py", member, id=watch_id, outlook="true")
    assert FOLD not in folds(at)
    assert fan(at) is None
    assert re.search(
        r"No outlook yet\. It takes 24 months in a row .* so far there are 1[89]\.", text(at)
    )


def test_values_that_stopped_are_too_old(open_page, member):
    watch_id, _ = valued(member, months=40, until=250)
    said = text(open_page("watch.py", member, id=watch_id))
    assert "No outlook yet. The newest values are over half a year old" in said


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "wishlist", "purchased_on": None},
        {"status": "sold", "disposed_on": TODAY - timedelta(days=1)},
    ],
)
def test_what_is_not_here_has_no_outlook(open_page, member, facts):
    watch = new_watch(member, "Tudor", "Ranger", **({"purchased_on": LONG_AGO} | facts))
    draft = ValuationDraft(Decimal(900), "EUR", TODAY - timedelta(days=30))
    with db.write(again(member)) as connection:
        valuations.add_many(connection, again(member), [(watch.watch_id, draft)])
    said = text(open_page("watch.py", member, id=str(watch.watch_id), outlook="true"))
    assert "outlook" not in said.lower()


def test_a_watch_without_a_value_says_nothing_of_an_outlook(open_page, member):
    watch = new_watch(
        member,
        "Tudor",
        "Ranger",
        purchased_on=LONG_AGO,
        purchase_price=Decimal(5),
        purchase_currency="EUR",
    )
    assert "outlook" not in text(open_page("watch.py", member, id=str(watch.watch_id))).lower()


def test_currencies_without_a_rate_today_are_a_sentence(open_page, member):
    watch_id, _ = valued(member, currency="RUB")
    said = text(open_page("watch.py", member, id=watch_id, outlook="true"))
    assert "No outlook yet. There is no value today to look ahead from." in said


def test_the_collection_has_its_outlook(open_page, member):
    _, one = valued(member)
    _, two = valued(member, "Pelagos")
    at = open_page("analytics.py", member, tab="outlook")
    said = text(at)
    assert re.search(r"In a year probably between EUR [0-9,]+ and EUR [0-9,]+", said)
    assert "a purchase is no growth" in said
    assert "No better than no change: made" in said
    drawn = fan(at)
    past = next(
        trace
        for trace in drawn["data"]
        if trace["line"].get("dash") is None and trace["line"]["width"]
    )
    assert past["text"][-1] == f"<b>{say.money(one + two, 'EUR')}</b>"


def test_a_purchase_is_no_growth(open_page, member):
    valued(member)
    before = fan(open_page("analytics.py", member, tab="outlook"))
    new_watch(
        member,
        "Tudor",
        "Bought",
        purchased_on=TODAY - timedelta(days=100),
        purchase_price=Decimal(1000),
        purchase_currency="EUR",
    )
    after = fan(open_page("analytics.py", member, tab="outlook"))

    def year_ago(drawn):
        past = next(
            trace
            for trace in drawn["data"]
            if trace["line"].get("dash") is None and trace["line"]["width"]
        )
        return past["y"][-13] / past["y"][-1]

    assert year_ago(after) == pytest.approx(year_ago(before), rel=0.02)


def test_the_period_of_the_page_does_not_matter(open_page, member):
    valued(member)
    asked = [
        open_page("analytics.py", member, tab="outlook", **period)
        for period in (
            {"range": "3m"},
            {"range": "custom", "from": "2025-01-01", "to": "2025-03-01"},
        )
    ]
    said = [re.search(r"In a year probably.*?\.", text(at))[0] for at in asked]
    assert said[0] == said[1]


def test_a_collection_of_which_little_is_valued_has_a_reason(open_page, member):
    valued(member)
    new_watch(
        member,
        "Patek Philippe",
        "Nautilus",
        purchased_on=LONG_AGO,
        purchase_price=Decimal(90_000),
        purchase_currency="EUR",
    )
    at = open_page("analytics.py", member, tab="outlook")
    assert "No outlook yet" in text(at)
    assert "The newest values are over half a year old" in text(at)
    assert fan(at) is None


def test_a_collection_that_is_all_gone_has_a_reason(open_page, member):
    valued(member, status="sold", disposed_on=TODAY - timedelta(days=3))
    said = text(open_page("analytics.py", member, tab="outlook"))
    assert "No outlook yet" in said
    assert "nan" not in said.lower()


def some(values):
    end = last_month_end(TODAY)
    ends = [
        Point(
            last_month_end(months_later(end.replace(day=1), n + 2 - len(values))),
            Decimal(repr(one)),
        )
        for n, one in enumerate(values)
    ]
    return outlook(Monthly(tuple(ends), Point(TODAY, ends[-1].amount)), ends[-1].amount)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("highest", [1000, 5000, 100_000])
def test_labels_at_the_end_never_touch(palette, highest):
    found = some([1000.0] * 40)
    history = (Point(found.history[-30].day, Decimal(highest)), *found.history[-29:])
    figure = outlook_chart.fan(replace(found, history=history), "CHF", palette)
    low, high = figure.layout.yaxis.range
    pixels = outlook_chart.PLOT / (high - low)
    heights = [
        one.y * pixels + (one.yshift or 0)
        for one in figure.layout.annotations
        if one.text != "Today"
    ]
    assert all(after - before >= 14.99 for before, after in pairwise(heights))
    assert low < float(found.months[-1].low95)
    assert high > float(found.months[-1].high95)


def test_the_two_bands_have_two_strengths_of_the_accent():
    figure = outlook_chart.fan(some(walk(60, 5)), "CHF", LIGHT)
    fills = [trace.fillcolor for trace in figure.data if trace.fill == "tonexty"]
    assert len(set(fills)) == 2
    assert all(one.startswith("rgba(132,98,42,") for one in fills)


def test_a_reason_is_drawn_as_a_sentence():
    figure = outlook_chart.fan(Missing("Because."), "CHF", LIGHT)
    assert figure.layout.annotations[0].text == "Because."


@pytest.mark.parametrize(
    ("tried", "words"),
    [
        (Backtest(16, 0.06, 0.05, 1.2, 0.3, 0.8, 0.95), "No better than no change: "),
        (Backtest(16, 0.048, 0.05, 0.96, 0.6, 0.8, 0.95), "That is not clearly less."),
        (Backtest(16, 0.03, 0.05, 0.6, 0.9, 0.8, 0.95), "Better than no change: "),
        (Backtest(3, 0.03, 0.05, 0.6, 0.9, 0.8, 0.95), "nearly the same year"),
        (Backtest(1, 0.03, 0.05, 0.6, 0.9, 0.8, 0.95), "made 1 time in the past"),
        (Backtest(16, 0.06, 0.05, 1.2, 0.3, 0.5, 0.9), "Its bands were too narrow"),
        (Backtest(16, 0.06, 0.05, 1.2, 0.3, 0.8, 0.8), "Its bands were too narrow"),
        (Backtest(16, 0.06, 0.05, 1.2, 0.3, 1.0, 1.0), "wider than they had to be"),
        (Backtest(16, 0.06, 0.05, 1.2, 0.3, 0.82, 0.94), "kept what they promise"),
        (Missing("It takes 36."), "Not tried on the past yet. It takes 36."),
    ],
)
def test_the_verdict_is_in_plain_words(tried, words):
    found = some(walk(30, 6))
    said = outlook_words.verdict(replace(found, backtest=tried))
    assert words in said.replace(say.SPACE, " ")


def test_a_value_that_did_not_move_has_no_ratio():
    tile = outlook_words.tiles(Backtest(16, 0.0, 0.0, None, 0.0, 1.0, 1.0))[1]
    assert (tile.text, tile.detail) == (say.ABSENT, "the value did not move")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("238236.19", "CHF 238,000"),
        ("999.6", "CHF 1,000"),
        ("12.345", "CHF 12.30"),
        ("0", "CHF 0"),
        ("0.01", "CHF 0.01"),
    ],
)
def test_a_forecast_is_said_to_three_digits(amount, shown):
    assert outlook_words.rough(Decimal(amount), "CHF").replace(say.SPACE, " ") == shown

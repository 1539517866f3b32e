"""What a reader sees of money, shares, dates and measures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import format as shown

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
TODAY = date(2025, 7, 20)
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=4)
anything = st.one_of(st.decimals(allow_nan=True, allow_infinity=True), st.none())
currencies = st.sampled_from(["CHF", "EUR", "JPY", "USD"])


@pytest.mark.parametrize(
    ("amount", "currency", "options", "expected"),
    [
        ("12400", "CHF", {}, "CHF 12,400"),
        ("-310", "CHF", {}, "−CHF 310"),
        ("12400.50", "CHF", {}, "CHF 12,401"),
        ("89.5", "EUR", {}, "EUR 89.50"),
        ("89", "EUR", {}, "EUR 89"),
        ("999.999", "EUR", {}, "EUR 1,000"),
        ("12400", "EUR", {"cents": True}, "EUR 12,400.00"),
        ("89.5", "EUR", {"cents": False}, "EUR 90"),
        ("12.495", "EUR", {"cents": False}, "EUR 12"),
        ("89.5", "JPY", {"cents": True}, "JPY 90"),
        ("1200", "USD", {"signed": True}, "+USD 1,200"),
        ("-0.004", "CHF", {"signed": True}, "CHF 0"),
    ],
)
def test_money_is_written_as_a_reader_would(amount, currency, options, expected):
    assert shown.money(Decimal(amount), currency, **options) == expected.replace(" ", NBSP)


@given(anything, currencies, st.sampled_from([None, True, False]), st.booleans())
def test_money_never_shows_minus_zero_or_nan(amount, currency, cents, signed):
    text = shown.money(amount, currency, cents=cents, signed=signed)
    digits = text.strip(f"+{MINUS}{currency}{NBSP}")
    assert "nan" not in text.lower()
    assert "inf" not in text.lower()
    assert "-" not in text
    assert text[0] not in f"+{MINUS}" or digits.strip("0.,")


@given(amounts, currencies)
def test_money_read_back_is_the_amount_to_the_cent(amount, currency):
    text = shown.money(amount, currency, cents=True).replace(",", "").replace(MINUS, "-")
    step = Decimal(1) if currency == "JPY" else Decimal("0.01")
    assert Decimal(text.replace(f"{currency}{NBSP}", "")) == shown.round_to(amount, step)


@given(st.one_of(st.floats(), st.none()))
def test_percent_never_shows_minus_zero_or_nan(fraction):
    text = shown.percent(fraction, signed=True)
    assert text == shown.ABSENT or text.endswith("%")
    assert text not in {f"{MINUS}0.0%", "+0.0%", "nan%"}


def test_percent_has_one_decimal_and_a_sign_when_asked():
    assert shown.percent(0.124) == "12.4%"
    assert shown.percent(0.124, signed=True) == "+12.4%"
    assert shown.percent(-0.023) == "−2.3%"
    assert shown.percent(12.5) == "1,250.0%"


def test_a_change_says_its_direction_twice():
    gain = shown.change(Decimal(1240), "CHF", 0.031)
    assert gain == "▲ +CHF 1,240 (+3.1%)".replace("▲ ", f"▲{NBSP}").replace("F ", f"F{NBSP}")
    assert shown.change(Decimal(-5), "CHF") == f"▼{NBSP}−CHF{NBSP}5"
    assert shown.change(Decimal(0), "CHF") == f"CHF{NBSP}0"
    assert shown.change(None, "CHF") == shown.ABSENT


def test_tone_goes_with_the_sign():
    assert [shown.tone(x) for x in (Decimal(1), -0.1, 0, None, float("nan"))] == [
        "gain",
        "loss",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (TODAY, "today"),
        (date(2025, 7, 19), "yesterday"),
        (date(2025, 7, 21), "tomorrow"),
        (date(2025, 7, 17), "3 days ago"),
        (date(2025, 6, 20), "4 weeks ago"),
        (date(2024, 5, 3), "14 months ago"),
        (date(2020, 7, 21), "4 years ago"),
        (date(2025, 9, 17), "in 8 weeks"),
        (None, "–"),
    ],
)
def test_ago_is_how_a_person_would_say_it(when, expected):
    assert shown.ago(when, TODAY) == expected


@given(st.integers(min_value=-40_000, max_value=40_000))
def test_ago_never_says_one_of_many_or_zero(days):
    said = shown.ago(TODAY - timedelta(days=days), TODAY)
    assert not said.removeprefix("in ").startswith(("0 ", "1 "))


def test_days_and_months_are_short():
    assert shown.day(date(2024, 5, 3)) == "3 May 2024"
    assert shown.month(date(2024, 5, 3)) == "May 2024"
    assert shown.day(None) == shown.month(None) == "–"


def test_measures_lose_needless_zeros_and_keep_their_unit():
    assert shown.mm(Decimal("39.50")) == f"39.5{NBSP}mm"
    assert shown.mm(Decimal("40.00")) == f"40{NBSP}mm"
    assert shown.measure(Decimal("1E+2"), "m") == f"100{NBSP}m"
    assert shown.measure(275, "°") == "275°"
    assert shown.mm(None) == shown.rate(None) == shown.measure(None, "h") == "–"


def test_a_rate_is_signed_unless_it_is_nothing():
    assert shown.rate(4.25) == f"+4.3{NBSP}s/d"
    assert shown.rate(-0.01) == f"0.0{NBSP}s/d"


def test_one_watch_is_singular():
    assert shown.count(1, "watch", "watches") == f"1{NBSP}watch"
    assert shown.count(1204, "watch", "watches") == f"1,204{NBSP}watches"

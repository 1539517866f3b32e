"""Who reads decides the language, the separators, the names of months, and whether amounts show."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import amounts, language
from app import format as shown
from app.language import NUMBER_FORMATS, Reader, reader_of
from data.said import said

NBSP = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
TODAY = date(2025, 7, 20)
readers = st.sampled_from([Reader(name[:2], name) for name in NUMBER_FORMATS])
money = st.decimals(min_value=0, max_value=10**11, places=2)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with language.used(language.READER):
        yield


@pytest.mark.parametrize(
    ("chosen", "numbers", "accepted", "expected"),
    [
        (None, None, "", Reader("en", "en_GB")),
        (None, None, "de-CH,de;q=0.9,en;q=0.8", Reader("de", "de_CH")),
        (None, None, "fr", Reader("fr", "fr_FR")),
        (None, None, "ja,ko;q=0.5", Reader("en", "en_GB")),
        (None, None, "pt-BR,de;q=0.3", Reader("de", "de_DE")),
        ("fr", None, "de-CH", Reader("fr", "fr_FR")),
        ("en", "de_CH", "fr", Reader("en", "de_CH")),
        ("xx", "xx_XX", "de", Reader("de", "de_DE")),
        (None, None, ";;,\x00,*;q=1,-_-", Reader("en", "en_GB")),
    ],
)
def test_what_a_person_chose_comes_before_what_their_browser_accepts(
    chosen, numbers, accepted, expected
):
    assert reader_of(chosen, numbers, accepted) == expected


@given(st.text(), st.text(), st.text())
def test_any_header_has_an_answer(chosen, numbers, accepted):
    found = reader_of(chosen, numbers, accepted)
    assert found.language in language.LANGUAGES
    assert found.numbers in NUMBER_FORMATS


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("en_GB", f"−CHF{NBSP}12,400.50"),
        ("de_DE", f"−12.400,50{NBSP}CHF"),
        ("de_CH", f"−CHF{NBSP}12’400.50"),
        ("fr_FR", f"−12{THIN}400,50{NBSP}CHF"),
        ("fr_CH", f"−12{THIN}400,50{NBSP}CHF"),
    ],
)
def test_money_has_the_separators_and_the_order_of_its_reader(numbers, expected):
    language.use(Reader("en", numbers))
    assert shown.money(Decimal("-12400.5"), "CHF", cents=True) == expected


@pytest.mark.parametrize(
    ("numbers", "day", "share", "ago"),
    [
        ("en_GB", "3 Mar 2024", "+12.3%", "16 months ago"),
        ("de_DE", "3. März 2024", f"+12,3{NBSP}%", "vor 16 Monaten"),
        ("fr_FR", "3 mars 2024", f"+12,3{NBSP}%", "il y a 16 mois"),
    ],
)
def test_days_and_shares_are_written_as_in_the_language(numbers, day, share, ago):
    language.use(Reader(numbers[:2], numbers))
    when = date(2024, 3, 3)
    assert shown.day(when) == day
    assert shown.percent(0.123, signed=True) == share
    assert shown.ago(when, TODAY) == ago


def test_the_first_of_a_month_is_the_first_in_french():
    language.use(Reader("fr", "fr_FR"))
    assert shown.day(date(2024, 3, 1)) == "1er mars 2024"
    assert shown.day(date(2024, 3, 11)) == "11 mars 2024"
    assert shown.month(date(2024, 3, 1)) == "mars 2024"


@given(money, readers)
def test_an_amount_as_it_is_shown_can_be_typed_again(amount, reader):
    with language.used(reader):
        text = shown.money(amount, "CHF", cents=True)
        assert amounts.parse(text, "CHF") == amount


@pytest.mark.parametrize(
    ("numbers", "typed", "expected"),
    [
        ("en_GB", "1,234", "1234"),
        ("de_DE", "1.234", "1234"),
        ("de_DE", "1234,5", "1234.5"),
        ("de_CH", "1’234.50", "1234.50"),
        ("fr_FR", "1 234,50", "1234.50"),
    ],
)
def test_an_amount_is_read_as_its_reader_writes_it(numbers, typed, expected):
    language.use(Reader("en", numbers))
    assert amounts.parse(typed) == Decimal(expected)


@pytest.mark.parametrize(("numbers", "typed"), [("en_GB", "1.234"), ("de_DE", "1,234")])
def test_an_amount_that_could_be_either_is_refused(numbers, typed):
    language.use(Reader("en", numbers))
    with pytest.raises(ValueError, match=r"could mean 1234 or 1[.,]23: write one of them"):
        amounts.parse(typed)


def test_in_privacy_mode_no_digit_of_an_amount_is_written():
    language.use(Reader(hides_amounts=True))
    assert shown.money(Decimal(12400), "CHF") == f"CHF{NBSP}•••"
    assert shown.change(Decimal(-310), "CHF", -0.024) == f"▼{NBSP}−CHF{NBSP}••• (−2.4%)"
    assert shown.money(None, "CHF") == "–"


@given(money, st.sampled_from(["CHF", "JPY"]), readers, st.booleans())
def test_privacy_mode_holds_for_every_amount_and_format(amount, currency, reader, signed):
    with language.used(Reader(reader.language, reader.numbers, hides_amounts=True)):
        assert not any(sign.isdigit() for sign in shown.money(amount, currency, signed=signed))


def test_a_sentence_of_the_data_is_translated_with_its_values():
    sentence = said("{name} is longer than {limit}.", name="Speedmaster {x}", limit=5)
    assert sentence == "Speedmaster {x} is longer than 5."
    assert str(ValueError(sentence)) == sentence
    assert language._(str(ValueError(sentence))) == sentence


def test_a_text_with_braces_of_a_person_is_left_alone():
    assert language._("{not a placeholder}") == "{not a placeholder}"
    assert language._("Hello {name}", name="{name}") == "Hello {name}"

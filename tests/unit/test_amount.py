import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.calc.amount import parse_amount

NO_BREAK, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
APOSTROPHE, MINUS, DASH = "\u2019", "\u2212", "\u2014"

amounts = st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12390", "12390"),
        ("12390.5", "12390.5"),
        ("12390,50", "12390.50"),
        ("12,390", "12390"),
        ("1,234", "1234"),
        ("12,390.50", "12390.50"),
        ("1.234,56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1'234.50", "1234.50"),
        (f"1{APOSTROPHE}234,50", "1234.50"),
        ("12 390", "12390"),
        (f"12{NO_BREAK}390", "12390"),
        (f"12{NARROW}390,5", "12390.5"),
        (f"12{THIN}390", "12390"),
        ("  42  ", "42"),
        ("0", "0"),
        ("0.5", "0.5"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("1.5", "1.5"),
        ("12,3", "12.3"),
        ("12,34", "12.34"),
        ("999999999999.99", "999999999999.99"),
        ("0000000000000001", "1"),
    ],
)
def test_an_amount_is_read_as_a_person_means_it(typed, expected):
    assert parse_amount(typed, "EUR") == Decimal(expected)


@pytest.mark.parametrize(
    ("typed", "currency", "expected"),
    [
        ("CHF 12'390", "CHF", "12390"),
        ("CHF 12'390.-", "CHF", "12390"),
        (f"Fr. 12'390.{DASH}", "CHF", "12390"),
        ("€40.950,-", "EUR", "40950"),
        ("40.950,-- €", "EUR", "40950"),
        ("12 390 EUR", "EUR", "12390"),
        ("eur12390", "EUR", "12390"),
        ("$1,234.50", "USD", "1234.50"),
        ("$1,234.50", "CAD", "1234.50"),
        ("US$ 1,234.50", "USD", "1234.50"),
        ("12 390 kr", "SEK", "12390"),
        ("100 XAU", "XAU", "100"),  # a currency of the field need not be in our list
        ("USD 100", None, "100"),
    ],
)
def test_the_currency_of_the_field_may_stand_beside_the_number(typed, currency, expected):
    assert parse_amount(typed, currency) == Decimal(expected)


@pytest.mark.parametrize("typed", ["USD 100", "100 usd", "$100", "$ -100"])
def test_another_currency_is_refused(typed):
    with pytest.raises(ValueError, match=r"^This looks like USD, but the currency is EUR\.$"):
        parse_amount(typed, "EUR")


@pytest.mark.parametrize("typed", ["-5", f"{MINUS}5", "CHF -5", "-0.01"])
def test_a_negative_amount_is_refused(typed):
    with pytest.raises(ValueError, match=r"^An amount can't be negative\.$"):
        parse_amount(typed, "CHF")


@pytest.mark.parametrize("typed", ["", "  ", NO_BREAK])
def test_nothing_typed_asks_for_an_amount(typed):
    with pytest.raises(ValueError, match="Write an amount"):
        parse_amount(typed)


NO_AMOUNTS = ["1e9", "1E9", "NaN", "inf", "Infinity", "twelve", "12k", "1_000", "0x10", "+5", "5-"]
NO_AMOUNTS += ["(5)", "$", ".", "EUR", "EUR 5 EUR", "ABC 5", "5 %", "12\x00", "1\n2", "12390."]
NO_AMOUNTS += ["\uff11\uff12", "\u0661\u0662", "\u00b2", "\u00bd", "1\u200b2", "' OR 1=1"]


@pytest.mark.parametrize("typed", NO_AMOUNTS)
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match="isn't an amount; write it like"):
        parse_amount(typed, "EUR")


@pytest.mark.parametrize("typed", ["12.345678", "1234.567", "0.123", "0,123", "1'234.567"])
def test_a_third_decimal_is_refused(typed):
    with pytest.raises(ValueError, match="has more than two decimals"):
        parse_amount(typed)


@pytest.mark.parametrize(
    "typed", ["1,23,456", "12 34", "1'23", "12  390", "1.23.456", "1,234 567", "1,234,56", "1.2.3"]
)
def test_groups_that_are_not_in_threes_are_refused(typed):
    with pytest.raises(ValueError, match="isn't grouped in threes"):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["1.234", "1.234 EUR", "€1.234"])
def test_one_dot_and_three_digits_could_mean_two_amounts(typed):
    with pytest.raises(ValueError, match=r"could mean 1234 or 1\.23: write one of them\.$"):
        parse_amount(typed, "EUR")


@pytest.mark.parametrize("typed", ["1000000000000", "1,000,000,000,000", "9" * 5000])
def test_more_than_twelve_digits_before_the_decimals_are_refused(typed):
    with pytest.raises(ValueError, match="at most 12 digits"):
        parse_amount(typed)


def test_a_refusal_quotes_at_most_forty_characters():
    with pytest.raises(ValueError, match="isn't") as refusal:
        parse_amount("x" * 41)
    assert re.findall("“(.*)”", str(refusal.value)) == ["x" * 39 + "…"]
    with pytest.raises(ValueError, match=f"“{'x' * 40}”"):
        parse_amount("x" * 40)


@given(amounts)
def test_every_accepted_style_reads_back_the_same_amount(amount):
    plain, english = f"{amount:.2f}", f"{amount:,.2f}"
    styles = [plain, plain.replace(".", ","), english]
    styles.append(english.translate(str.maketrans(",.", ".,")))
    for space in ("'", APOSTROPHE, " ", NO_BREAK, NARROW, THIN):
        styles += [english.replace(",", space), english.replace(",", space).replace(".", ",")]
    for style in styles:
        for typed in (style, f"CHF {style}", f"{style}{NO_BREAK}CHF"):
            assert parse_amount(typed, "CHF") == amount, typed


@given(st.text() | st.text("0123456789.,' -+eE€$CHFkr", max_size=12))
@example("0" * 30 + "1.5")
def test_any_text_is_an_amount_or_is_refused_in_a_sentence(typed):
    try:
        amount = parse_amount(typed, "CHF")
    except ValueError as refusal:
        sentence = str(refusal)
    else:
        sentence = "."
        assert amount.is_finite()
        assert 0 <= amount < 10**12
        assert amount.as_tuple().exponent >= -2
        assert not amount.is_signed()
    assert sentence.endswith(".")
    assert len(sentence) < 120

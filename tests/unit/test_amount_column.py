from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc import amount_column
from data.calc.amount_column import currencies, currencies_named, read, signs, written

NARROW, NO_BREAK, APOSTROPHE, MINUS = "\u202f", "\u00a0", "\u2019", "\u2212"
amounts = st.decimals(min_value=0, max_value=Decimal("999999999.99"), places=2)


def grouped(amount, group, decimal):
    return f"{amount:,.2f}".replace(",", "_").replace(".", decimal).replace("_", group)


WAYS = [(",", "."), (".", ","), (" ", ","), ("'", "."), (NARROW, ","), (NO_BREAK, "."),
        (APOSTROPHE, "."), ("", "."), ("", ",")]  # fmt: skip


@pytest.mark.parametrize(("group", "decimal"), WAYS)
@given(amount=amounts)
def test_an_amount_comes_back_from_every_way_to_write_it(group, decimal, amount):
    cell = written(grouped(amount, group, decimal))
    assert signs([cell]).decimal == decimal
    assert read(cell, decimal) == amount


@pytest.mark.parametrize(("group", "decimal"), WAYS)
@given(column=st.lists(st.integers(1000, 999_999_999), min_size=1))
def test_a_column_of_whole_amounts_is_read_right_or_asked_about(group, decimal, column):
    cells = [written(grouped(amount, group, decimal)[:-3]) for amount in column]
    found = signs(cells)
    assert found.asks or [read(cell, found.decimal or decimal) for cell in cells] == column
    assert [read(cell, decimal) for cell in cells] == column


@given(
    amount=amounts,
    mark=st.sampled_from(["CHF", "Fr.", "€", "EUR", "R$", "US$", "zł", "Kč", "euro", "£", "DM"]),
    before=st.booleans(),
    gap=st.sampled_from(["", " ", NO_BREAK]),
)
def test_an_amount_keeps_the_currency_beside_it(amount, mark, before, gap):
    text = grouped(amount, ",", ".")
    cell = written(f"{mark}{gap}{text}" if before else f"{text}{gap}{mark}")
    assert (read(cell, "."), cell.mark) == (amount, mark)
    assert len(currencies(cell.mark)) == 1


@pytest.mark.parametrize(
    ("text", "decimal", "amount", "mark"),
    [
        ("12 390", ".", "12390", ""),
        ("R$ 85.000", ",", "85000", "R$"),
        ("€ 13k", ".", "13000", "€"),
        ("26k euro", ".", "26000", "euro"),
        ("1.5K", ".", "1500", ""),
        ("€40.950,-", ",", "40950", "€"),
        ("CHF 12'390.-", ".", "12390", "CHF"),
        ("$12,500", ".", "12500", "$"),
        ("DM 11,900", ".", "11900", "DM"),
        ("10474.239999999998", ".", "10474.239999999998", ""),
        (".5", ".", "0.5", ""),
        ("0", ".", "0", ""),
        ("1,234", ".", "1234", ""),
        ("1,234", ",", "1.234", ""),
        ("1.234", ",", "1234", ""),
        ("1.234", ".", "1.234", ""),
    ],
)
def test_an_amount_is_read_as_its_column_is(text, decimal, amount, mark):
    cell = written(text)
    assert (read(cell, decimal), cell.mark) == (Decimal(amount), mark)


@pytest.mark.parametrize(
    ("cells", "decimal", "asks"),
    [
        (["1.234", "12.390"], None, True),
        (["1,234", "$12,390"], None, True),
        (["1.234", "12.5"], ".", False),
        (["1.234", "1.234,5"], ",", False),
        (["1,234", "1,234.50"], ".", False),
        (["1.234", "1.234.567"], ",", False),
        (["1,234", "12.390,-"], ",", False),
        (["1,234.50", "1.234,50"], None, True),
        (["12390", "0", "CHF 5"], None, False),
        (["12 390", "1'234"], None, False),
        (["0.123"], ".", False),
        (["1234.567"], ".", False),
    ],
)
def test_the_decimal_sign_is_decided_by_the_column(cells, decimal, asks):
    found = signs(written(cell) for cell in cells)
    assert (found.decimal, found.asks) == (decimal, asks)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("1,234.50", ","), ("1.234,50", "."), ("1,23,456", "."), ("12,34", "."), ("-5", "."),
     ("(1,234.50)", "."), ("1,234.50-", "."), (f"{MINUS}5", "."), ("1" * 13, "."), ("999999999k", ".") ],
)  # fmt: skip
def test_an_amount_that_does_not_fit_says_why(text, decimal):
    if text == "999999999k":
        assert read(written(text), decimal) == 999_999_999_000
        return
    with pytest.raises(ValueError, match=r"\.$"):
        read(written(text), decimal)


@pytest.mark.parametrize(
    "text",
    ["~$9400", "inquiry", "c. €5", "1.17E+04", "XYZ 5", "5 rumours", "CHF", "(5", "CHF 5 EUR",
     "2019-05-03", "1" * 41, "5 $ 6"],
)  # fmt: skip
def test_what_is_no_amount_is_none_and_has_a_reason(text):
    assert written(text) is None
    assert amount_column.why_not(text).endswith(".")


def test_a_number_that_a_spreadsheet_has_rounded_is_told_apart():
    assert "rounded" in amount_column.why_not("1.17E+04")


@pytest.mark.parametrize("text", ["", " ", "-", "N/A", "#N/A", "NaN", "null", "???", NO_BREAK])
def test_programs_and_people_leave_a_cell_out_in_many_ways(text):
    assert amount_column.is_blank(text)


def test_what_says_something_is_not_blank():
    assert not amount_column.is_blank("0")


@pytest.mark.parametrize(
    ("mark", "expected"),
    [("chf", "CHF"), ("Fr.", "CHF"), ("€", "EUR"), ("Euros", "EUR"), ("R$", "BRL"), ("DM", "DEM"),
     ("DEM", "DEM"), ("Kč", "CZK"), ("XXX", ""), ("", "")],
)  # fmt: skip
def test_a_mark_is_a_currency(mark, expected):
    assert currencies(mark) == ((expected,) if expected else ())


@pytest.mark.parametrize("mark", ["$", "¥", "kr", "kr.", "Rs"])
def test_a_sign_of_several_countries_is_all_of_them(mark):
    assert len(currencies(mark)) > 1


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Omega 310 (CHF)", ("CHF",)),
        ("Preis in €", ("EUR",)),
        ("price_usd", ("USD",)),
        ("Wert (Euro)", ("EUR",)),
        ("Rolex EUR CHF", ()),
        ("Close", ()),
        ("Try it", ()),
        ("DEM price", ("DEM",)),
    ],
)
def test_a_heading_names_the_currency(heading, expected):
    assert currencies_named(heading) == expected


def test_a_dollar_in_a_heading_can_be_several():
    assert currencies_named("Price ($)")[0] == "USD"
    assert len(currencies_named("Price ($)")) > 1


@given(st.text(max_size=60))
def test_nothing_in_a_cell_raises(text):
    cell = written(text)
    if cell:
        for decimal in (".", ","):
            try:
                amount = read(cell, decimal)
            except ValueError as error:
                assert str(error).endswith(".")  # noqa: PT017
            else:
                assert 0 <= amount < amount_column.LIMIT

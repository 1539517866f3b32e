"""A price series: every row is accepted or reported, and what can be read in two ways is asked."""

import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calc import price_file, price_layout, price_rows
from data.calc.amount_column import KNOWN
from data.calc.price_file import POINTS, Choices, read
from data.calc.table_text import DELIMITERS, ENCODINGS

TODAY = date(2026, 10, 30)
MAY_3 = date(2024, 5, 3)
PRICES = Path(__file__).parents[3] / "shared" / "data" / "prices"
beside = pytest.mark.skipif(
    not PRICES.exists(), reason="the shared price series are not beside this checkout"
)


def reading(text, today=TODAY, *, series=False, **choices):
    found = read(text, Choices(**choices), today, series=series)
    assert found.rows == len(found.accepted) + len(found.reported)
    return found


def series(text, **choices):
    """What is accepted, as (day, amount)."""
    found = reading(text, **choices)
    assert not found.reported, found.reported
    return [(one.day.isoformat(), str(one.amount)) for one in found.accepted]


def reasons(text, **choices):
    return {one.line: one.reason for one in reading(text, **choices).reported}


def asked(found):
    return [question.about for question in found.questions]


# ── the rule ─────────────────────────────────────────────────────────────────────────────────

cells = st.one_of(
    st.sampled_from(
        ["2024-05-03", "03/04/2021", "13/04/2021", "04/13/2021", "May 3, 2024", "43598", "1.234",
         "1,234", "1.234,50", "1,234.50", "0", "-5", "n/a", "", "CHF", "$ 5", "kr 9", "EUR 12", "date",
         "price", "2027-01-01", "1899-01-01", "31/02/2024", "1e5", '"', "'", "9" * 50, "\ufeff", "\0"]
    ),
    st.text(max_size=12),
)  # fmt: skip
tables = st.builds(
    lambda rows, delimiter, end: end.join(delimiter.join(row) for row in rows),
    st.lists(st.lists(cells, max_size=4), max_size=25),
    st.sampled_from([",", ";", "\t", "|", "  ", " "]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
columns = st.one_of(st.none(), st.integers(-3, 6))
choices = st.builds(
    Choices,
    encoding=st.sampled_from([None, "nonsense", *ENCODINGS]),
    delimiter=st.sampled_from([None, "x", *DELIMITERS]),
    header=st.one_of(st.none(), st.integers(0, 30)),
    date_column=columns,
    price_column=columns,
    currency_column=columns,
    order=st.sampled_from([None, "day", "month"]),
    decimal=st.sampled_from([None, ".", ","]),
    serials=st.booleans(),
    currency=st.sampled_from([None, "", "CHF", "USD"]),
    parts=st.sampled_from([None, frozenset(), frozenset([MAY_3])]),
)


def holds(found, source_rows=None):
    """The rule of the whole: each row is in one place, in order, and nothing impossible is taken."""
    lines = [one.line for one in (*found.accepted, *found.reported)]
    assert len(lines) == len(set(lines)) == found.rows
    assert set(lines) == {line.number for line in found.layout.rows}
    accepted = [one.day for one in found.accepted]
    assert accepted == sorted(set(accepted))
    assert all(price_file.EARLIEST <= day <= TODAY for day in accepted)
    assert all(0 < one.amount < 10**12 and one.amount.is_finite() for one in found.accepted)
    assert all(one.currency is None or one.currency in KNOWN for one in found.accepted)
    assert all(one.reason.endswith(".") and len(one.text) <= 60 for one in found.reported)
    assert [one.line for one in found.reported] == sorted(one.line for one in found.reported)


@given(text=tables, choices=choices, series=st.booleans())
@settings(max_examples=400, deadline=None)
def test_every_row_is_accepted_or_reported(text, choices, series):
    holds(read(text, choices, TODAY, series=series))


@given(content=st.one_of(st.binary(max_size=2_000), tables.map(lambda text: text.encode("utf-16"))))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_and_none_of_their_rows_is_lost(content):
    holds(read(content, Choices(), TODAY))


@given(text=tables)
@settings(deadline=None)
def test_the_same_text_says_the_same_twice(text):
    assert read(text, Choices(), TODAY) == read(text, Choices(), TODAY)


points = st.dictionaries(
    st.dates(date(1900, 1, 1), TODAY),
    st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10) ** 9, places=2),
    min_size=1,
    max_size=40,
)
WRITTEN = {
    "English": ("{:%Y-%m-%d}", ",", lambda x: f'"{x:,}"'),
    "German": ("{:%d.%m.%Y}", ";", lambda x: f"{x:,}".translate(str.maketrans(",.", ".,"))),
    "French": ("{:%d.%m.%Y}", "\t", lambda x: f"{x:,}".replace(",", "\u202f").replace(".", ",")),
    "Swiss": ("{:%d.%m.%Y}", ";", lambda x: f"CHF {x:,}".replace(",", "’")),
    "JavaScript": ("{:%a %b %d %Y}", ",", str),
    "of a broker": ("{:%Y%m%d};095853", "\t", str),
    "typed": ("{:%Y-%m-%d}", "  ", lambda x: f"{x} CHF"),
}


@pytest.mark.parametrize("way", WRITTEN)
@settings(deadline=None)
@given(points=points, header=st.sampled_from(["Date{}Price", "Some title", ""]))
def test_a_series_comes_back_from_every_way_to_write_it(way, points, header):
    day, delimiter, amount = WRITTEN[way]
    lines = [f"{day.format(when)}{delimiter}{amount(price)}" for when, price in points.items()]
    text = "\n".join([header.format(delimiter), *lines])
    found = read(text, Choices(currency="CHF", decimal=None), TODAY)
    if "decimal" in asked(found):  # only whole thousands: as in 1,000
        return
    kept = found.accepted or ()
    dirty = 1 if header == "Some title" and found.layout.header is None else 0
    assert len(kept) + dirty == found.rows, found.reported[:3]
    assert {one.day: one.amount for one in kept} == points


# ── what is where ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_is_found(delimiter):
    assert series(f"date{delimiter}price\n2024-05-03{delimiter}5") == [("2024-05-03", "5.00")]


def test_a_semicolon_wins_over_decimal_commas_and_a_broker_s_time_over_a_semicolon():
    assert series("2024-05-03;1234,56\n2024-05-04;1250,00") == [
        ("2024-05-03", "1234.56"),
        ("2024-05-04", "1250.00"),
    ]
    assert series("20230403;195853,2400\n20230404;105853,2450") == [
        ("2023-04-03", "2400.00"),
        ("2023-04-04", "2450.00"),
    ]


def test_words_typed_with_blanks_are_understood():
    text = "3 May 2024 12 390 CHF\nMay 4, 2024 12 400 CHF\n5.5.2024 CHF 12500"
    assert series(text) == [
        ("2024-05-03", "12390.00"),
        ("2024-05-04", "12400.00"),
        ("2024-05-05", "12500.00"),
    ]


def test_a_heading_is_found_under_titles_and_above_rows_that_say_nothing():
    text = "Prices of my watch\n\nmade by a tool;;\nTag;Wert (CHF)\n2024-05-01;n/a\n2024-05-02;0\n2024-05-03;5"
    found = reading(text)
    assert (found.layout.header.number, found.layout.above, found.rows) == (4, 2, 3)
    assert [one.amount for one in found.accepted] == [5]
    assert found.layout.names == ("Tag", "Wert (CHF)")


def test_there_may_be_no_heading_and_a_person_may_say_which_line_is_one():
    text = "2024-05-03,5\n2024-05-04,6"
    assert reading(text).layout.header is None
    found = reading(text, header=1)
    assert (found.rows, found.layout.names) == (1, ("2024-05-03", "5"))
    assert reading("date,price\n2024-05-03,5", header=0).reported[0].text == "date"


def test_a_heading_further_down_than_twenty_lines_is_a_row():
    text = "a remark\n" * 20 + "date,price\n2024-05-03,5"
    assert reading(text).layout.header is None or reading(text).layout.header.number <= 20
    assert len(reading(text).accepted) == 1


def test_of_several_numbers_the_one_that_is_called_so_is_the_price():
    text = "Date,Open,High,Low,Close,Adj Close,Volume\n2024-05-03,1,2,3,4,5,6000000"
    found = reading(text)
    assert (found.accepted[0].amount, asked(found)) == (4, ["currency"])


def test_where_several_columns_may_be_the_price_a_person_says_which():
    text = "day;first;second\n2024-05-03;10;20\n2024-05-04;11;21"
    found = reading(text, currency="CHF")
    assert asked(found) == ["price_column"]
    found = reading(text, currency="CHF", price_column=2)
    assert (asked(found), [one.amount for one in found.accepted]) == ([], [20, 21])


def test_a_time_is_no_price():
    text = "20230403;095853;2400\n20230404;101500;2500"
    found = reading(text, currency="CHF")
    assert [one.amount for one in found.accepted] == [2400, 2500]


@pytest.mark.parametrize("text", ["a,b\nc,d\ne,f", "only words", "1\n2\n3"])
def test_without_days_or_prices_every_row_is_reported_and_asked_about(text):
    found = reading(text)
    assert "date_column" in asked(found)
    assert found.accepted == ()
    assert found.reported


@pytest.mark.parametrize("text", ["", " \n\n", ",,,\n,,", "date,price", "\ufeff"])
def test_nothing_is_refused_with_a_sentence(text):
    assert reading(text).refusal == price_file.NOTHING


def test_a_column_that_is_not_there_is_not_obeyed():
    found = reading("2024-05-03,5", date_column=7, price_column=-4, currency_column=9)
    assert (found.layout.date_column, found.layout.price_column) == (0, 1)


# ── days ─────────────────────────────────────────────────────────────────────────────────────


def test_days_that_fit_both_ways_are_asked_about_once_for_the_column():
    text = "03/04/2021,5\n05/06/2021,6\n03/03/2021,7"
    found = reading(text, currency="CHF")
    assert [(one.about, one.cell) for one in found.questions] == [("order", "03/04/2021")]
    assert series(text, order="day")[1][0] == "2021-04-03"
    assert series(text, order="month")[0][0] == "2021-03-03"
    assert asked(reading(text, order="month", currency="CHF")) == []


def test_one_day_decides_and_what_does_not_fit_is_reported():
    assert asked(reading("03/04/2021,5\n13/04/2021,6", currency="CHF")) == []
    found = reading("03/04/2021,5\n13/04/2021,6\n04/14/2021,7", order="day", currency="CHF")
    assert [one.reason for one in found.reported] == [
        "There is no such day where the day comes first."
    ]


def test_ways_to_write_a_day_may_be_mixed():
    text = "Mon May 13 2019,1\n14.5.2019,2\n2019-05-15,1.5\n20190516;095853,2\n17 Mai 2019,1\n18/05/2019,2"
    assert [day for day, _ in series(text, delimiter=",")] == [
        f"2019-05-{day}" for day in range(13, 19)
    ]


def test_numbers_are_days_of_excel_only_when_somebody_says_so():
    text = "date,price\n43598,5\n43599.5,6"
    found = reading(text)
    assert (found.serials, [one.reason for one in found.reported]) == (2, [price_file.A_NUMBER] * 2)
    assert series(text, serials=True) == [("2019-05-13", "5.00"), ("2019-05-14", "6.00")]


def test_short_years_and_months_are_counted_for_who_wants_to_know():
    found = reading("13/05/19,5\nJune 2020,6")
    assert (found.short_years, found.months) == (1, 1)


def test_the_future_and_the_time_before_1900_are_refused():
    tomorrow = TODAY + timedelta(1)
    text = f"{tomorrow},5\n{TODAY},5\n1899-12-31,5\n1900-01-01,5\n0001-01-01,5\n2023-02-29,5\nsoon,5\n,5"
    assert reasons(text) == {
        1: price_file.AHEAD,
        3: price_file.TOO_EARLY,
        5: price_file.TOO_EARLY,
        6: price_file.NO_SUCH_DAY,
        7: price_file.NOT_A_DAY,
        8: price_file.NO_DAY,
    }


# ── amounts ──────────────────────────────────────────────────────────────────────────────────


def test_the_decimal_sign_is_asked_about_once_where_nothing_shows_it():
    text = "2024-05-03;1.234\n2024-05-04;1.235"
    found = reading(text, currency="CHF")
    assert [(one.about, one.cell) for one in found.questions] == [("decimal", "1.234")]
    assert series(text, decimal=",")[0][1] == "1234.00"
    assert series(text, decimal=".")[0][1] == "1.23"


def test_one_amount_shows_it_for_all():
    assert series("2024-05-03;1.234\n2024-05-04;1.235,50") == [
        ("2024-05-03", "1234.00"),
        ("2024-05-04", "1235.50"),
    ]


def test_nothing_and_nought_mean_no_data():
    text = "date,price\n2024-05-01,0\n2024-05-02,\n2024-05-03,n/a\n2024-05-04,0.00\n2024-05-05\n2024-05-06,0.001"
    assert reasons(text) == {
        2: price_file.ZERO,
        3: price_file.NO_PRICE,
        4: price_file.NO_PRICE,
        5: price_file.ZERO,
        6: price_file.NO_PRICE,
        7: price_file.LESS_THAN_A_CENT,
    }


def test_amounts_are_rounded_to_cents_and_counted_but_not_those_of_a_series():
    text = "2024-05-03,10474.239999999998\n2024-05-04,10474.5"
    found = reading(text)
    assert ([str(one.amount) for one in found.accepted], found.rounded) == (
        ["10474.24", "10474.50"],
        1,
    )
    found = reading(text, series=True)
    assert (str(found.accepted[0].amount), found.rounded) == ("10474.239999999998", 0)


def test_what_is_no_price_has_its_line_its_column_its_text_and_a_reason():
    found = reading("date,price (CHF)\n2024-05-03,about  5000\n2024-05-04,-5\n2024-05-05,5")
    first, second = found.reported
    assert (first.line, first.column, first.text) == (2, "price (CHF)", "about 5000")
    assert "Write it like" in first.reason
    assert second.reason == "A price can't be negative."


def test_a_price_that_a_comma_has_cut_in_two_is_reported_and_not_taken_for_its_first_part():
    found = reading(
        "date,price\n2024-05-03,12,390\n2024-05-04,$12,390.50\n2024-05-05,980,", currency="USD"
    )
    assert {one.line: one.reason for one in found.reported} == {
        2: price_file.CUT,
        3: price_file.CUT,
    }
    assert [one.amount for one in found.accepted] == [980]
    found = reading("date,price,note\n2024-05-03,12,a\n2024-05-04,12,390", currency="USD")
    assert len(found.accepted) == 2


# ── currencies ───────────────────────────────────────────────────────────────────────────────


def currencies(text, **choices):
    return [one.currency for one in reading(text, **choices).accepted]


def test_the_currency_comes_from_the_cell_the_column_or_the_heading():
    assert currencies("date,price\n2024-05-03,CHF 5\n2024-05-04,€6") == ["CHF", "EUR"]
    assert currencies("date,price,currency\n2024-05-03,5,chf\n2024-05-04,6,EUR") == ["CHF", "EUR"]
    assert currencies("date,price in USD\n2024-05-03,5\n2024-05-04,6") == ["USD", "USD"]
    assert currencies("2024-05-03,5,CHF\n2024-05-04,6,CHF\n2024-05-05,6,EUR") == [
        "CHF",
        "CHF",
        "EUR",
    ]


def test_a_currency_that_nobody_names_is_asked_for():
    found = reading("2024-05-03,5\n2024-05-04,EUR 6")
    assert (asked(found), [one.currency for one in found.accepted]) == (["currency"], [None, "EUR"])
    assert currencies("2024-05-03,5\n2024-05-04,EUR 6", currency="CHF") == ["CHF", "EUR"]


def test_a_sign_of_several_countries_is_asked_about():
    text = "2024-05-03,$5\n2024-05-04,$6"
    found = reading(text)
    assert (asked(found), found.currencies[0], len(found.currencies) > 3) == (
        ["currency"],
        "USD",
        True,
    )
    assert currencies(text, currency="CAD") == ["CAD", "CAD"]
    assert set(reasons(text, currency="CHF").values()) == {
        "This is USD, but the prices are in CHF."
    }


def test_a_dollar_with_its_code_beside_it_is_known():
    assert currencies("date,price,currency\n2024-05-03,$5,CAD") == ["CAD"]


def test_a_currency_that_is_unknown_is_reported_and_an_old_one_is_kept():
    text = "date,price,currency\n2024-05-03,5,XYZ\n1995-05-04,6,DEM\n2024-05-05,7,"
    assert reasons(text, currency="CHF") == {2: price_file.NO_CURRENCY}
    assert currencies(text, currency="CHF") == ["DEM", "CHF"]


def test_a_series_has_one_currency_or_points():
    text = "date,price,currency\n2024-05-03,5,CHF\n2024-05-04,6,CHF\n2024-05-05,7,EUR"
    found = reading(text, series=True)
    assert (asked(found), found.currencies) == (["currency"], ("CHF", "EUR"))
    assert asked(reading(text)) == []  # a watch takes each as it is
    found = reading(text, series=True, currency="CHF")
    assert [one.reason for one in found.reported] == ["This is EUR, but the prices are in CHF."]
    found = reading("2024-05-03,5\n2024-05-04,6", series=True, currency=POINTS)
    assert (asked(found), [one.currency for one in found.accepted]) == ([], [None, None])


# ── a series as a whole ──────────────────────────────────────────────────────────────────────


def test_of_the_same_day_twice_the_last_counts_and_the_other_is_reported():
    text = "2024-05-03,CHF 5\n2024-05-04,CHF 6\n2024-05-03,CHF 7"
    found = reading(text)
    assert [(one.line, str(one.amount)) for one in found.accepted] == [(3, "7.00"), (2, "6.00")]
    assert [(one.line, one.reason) for one in found.reported] == [
        (1, "The same day is in line 3, and that one counts.")
    ]


def test_of_two_times_of_a_day_the_later_counts_also_in_a_file_that_runs_backwards():
    text = "2024-05-03 17:00,CHF 7\n2024-05-03 09:00,CHF 5"
    assert [one.amount for one in reading(text).accepted] == [7]


def test_a_jump_cuts_the_series_and_a_person_says_which_parts_are_right():
    prices = [10, 11, 9600, 9700, 9650, 11]
    text = "\n".join(f"2024-05-0{day},CHF {price}" for day, price in enumerate(prices, 1))
    found = reading(text)
    assert asked(found) == ["parts"]
    assert [(part.rows, part.lowest, part.highest) for part in found.parts] == [
        (2, 10, 11),
        (3, 9600, 9700),
        (1, 11, 11),
    ]
    kept = reading(text, parts=frozenset([date(2024, 5, 3)]))
    assert asked(kept) == []
    assert [one.amount for one in kept.accepted] == [9600, 9700, 9650]
    assert [one.reason for one in kept.reported] == [price_rows.LEFT_OUT] * 3
    whole = reading(text, parts=frozenset(part.first for part in found.parts))
    assert (asked(whole), len(whole.accepted)) == ([], 6)


def test_three_times_and_a_third_are_no_jump_and_other_currencies_are_not_compared():
    assert asked(reading("2024-05-03,CHF 100\n2024-05-04,CHF 300\n2024-05-05,CHF 100")) == []
    assert asked(reading("2024-05-03,CHF 100\n2024-05-04,CHF 300.01")) == ["parts"]
    assert asked(reading("2024-05-03,CHF 100\n2024-05-04,JPY 15000")) == []


def test_parts_that_no_longer_are_there_are_asked_for_again():
    text = "2024-05-03,CHF 10\n2024-05-04,CHF 100"
    assert asked(reading(text, parts=frozenset([date(1999, 1, 1)]))) == ["parts"]


# ── limits ───────────────────────────────────────────────────────────────────────────────────


def test_too_much_is_refused_with_a_sentence():
    assert "larger than 2 MB" in reading(b"x" * 2_000_001).refusal
    assert "20,000 is the most" in reading("2024-05-03,5\n" * 20_001).refusal


def test_as_much_as_may_be_is_read_in_a_few_seconds():
    days = [date(1960, 1, 1) + timedelta(n) for n in range(20_000)]
    text = "\n".join(["date,Omega (CHF)", *(f"{day:%a %b %d %Y},{9000 + day.day}" for day in days)])
    began = time.process_time()
    found = reading(text)
    assert time.process_time() - began < 4  # 0.4 s
    assert len(found.accepted) == 20_000


@pytest.mark.parametrize("char", [",", '"', " ", "(", "1", "1,", '",', "\t", "a "])
def test_one_endless_line_takes_no_time(char):
    began = time.process_time()
    holds(read(char * (1_900_000 // len(char)), Choices(), TODAY))
    assert time.process_time() - began < 4


# ── real files ───────────────────────────────────────────────────────────────────────────────


@beside
@pytest.mark.parametrize(
    ("name", "rows", "nought", "currency", "first", "last"),
    [
        ("chronext_Rolex", 1826, 0, "CHF", ("2019-05-13", "21665"), ("2024-05-11", "24817")),
        ("chronext_PatekPhilippe", 1826, 0, "CHF", ("2019-05-13", "39251"), ("2024-05-11", "80550")),
        ("chronext_Omega_310", 1822, 111, "CHF", None, ("2024-05-20", "11601")),
        ("giuglaris_Rolex_DateJust_126334_daily_eur", 6326, 0, "EUR", ("2006-10-12", "5586"),
         ("2024-02-05", "11736")),
    ],
)  # fmt: skip
def test_a_real_series_is_read_to_the_last_row(name, rows, nought, currency, first, last):
    found = reading((PRICES / f"{name}.csv").read_bytes())
    assert (found.rows, len(found.accepted), found.questions) == (rows, rows - nought, ())
    assert {one.reason for one in found.reported} <= {price_file.ZERO}
    assert {one.currency for one in found.accepted} == {currency}
    ends = found.accepted[0], found.accepted[-1]
    for point, one in zip((first, last), ends, strict=True):
        if point:
            assert (one.day.isoformat(), one.amount) == (point[0], Decimal(point[1]))


@beside
def test_a_real_index_is_read_as_points():
    content = (PRICES / "giuglaris_watch_index_monthly_eur.csv").read_bytes()
    found = reading(content, series=True, currency=POINTS)
    assert (found.rows, len(found.accepted), found.questions) == (206, 206, ())
    assert str(found.accepted[0].amount) == "10474.239999999998"


def test_the_heading_of_a_column_of_days_and_of_prices_is_known_in_several_languages():
    for names in (price_layout.DAY_NAMES, price_layout.PRICE_NAMES):
        assert all(name == name.casefold() for name in names)

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc import day_column
from data.calc.day_column import EXCEL_ZERO, written

TODAY = date(2026, 10, 30)
MAY_3 = date(2024, 5, 3)
days = st.dates(date(1900, 3, 1), TODAY)
this_century = st.dates(date(2000, 1, 1), TODAY)
ENGLISH = "January February March April May June July August September October November December"
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


def named(names, day, pattern):
    return pattern.format(day=day.day, month=names.split()[day.month - 1], year=day.year)


# Each way to write a day, as a function of the day.
PLAIN = {
    "iso": "{:%Y-%m-%d}".format,
    "iso with slashes": "{:%Y/%m/%d}".format,
    "iso with dots": "{:%Y.%m.%d}".format,
    "iso with a time": "{:%Y-%m-%d} 23:59".format,
    "iso with a zone": "{:%Y-%m-%d}T23:59:59.123456+02:00".format,
    "iso in UTC": "{:%Y-%m-%d}T00:00:00Z".format,
    "day and dots": "{:%d.%m.%Y}".format,
    "day, dots and blanks": lambda day: f"{day.day}. {day.month}. {day.year}",
    "JavaScript": "{:%a %b %d %Y}".format,
    "JavaScript with a time": "{:%a %b %d %Y} 00:00:00 GMT+0200 (Central European Time)".format,
    "HTTP": "{:%a, %d %b %Y} 00:00:00 GMT".format,
    "digits": "{:%Y%m%d}".format,
    "digits with a time": "{:%Y%m%d};095853".format,
    "fourteen digits": "{:%Y%m%d}095853".format,
    "English": lambda day: named(ENGLISH, day, "{day} {month} {year}"),
    "American": lambda day: named(ENGLISH, day, "{month} {day}, {year}"),
    "German": lambda day: named(GERMAN, day, "{day}. {month} {year}"),
    "French": lambda day: named(FRENCH, day, "{day} {month} {year}"),
    "short, with dashes": "{:%d-%b-%Y}".format,
    "year first": "{:%Y-%b-%d}".format,
    "Chinese and Japanese": lambda day: f"{day.year}年{day.month}月{day.day}日",
}


@pytest.mark.parametrize("write", PLAIN.values(), ids=PLAIN)
@given(day=days)
def test_a_day_comes_back_from_every_way_to_write_it(write, day):
    found = written(write(day), TODAY)
    assert found is not None
    assert (found.day_first, found.month_first, found.serial) == (day, day, False)


@given(day=days, sign=st.sampled_from("/-"))
def test_a_day_that_can_be_read_in_two_ways_comes_back_in_both(day, sign):
    day_first = written(f"{day.day}{sign}{day.month:02}{sign}{day.year}", TODAY)
    month_first = written(f"{day.month}{sign}{day.day:02}{sign}{day.year}", TODAY)
    assert day_first.read("day") == day
    assert month_first.read("month") == day


@given(day=this_century)
def test_two_digits_of_a_year_are_the_last_one_that_has_begun(day):
    found = written(f"{day:%d.%m.%y}", TODAY)
    assert (found.read("day"), found.short) == (day, True)


@given(day=days, fraction=st.sampled_from(["", ".0", ",5", ".999988"]))
def test_a_number_is_a_day_of_excel_only_for_who_says_so(day, fraction):
    found = written(f"{(day - EXCEL_ZERO).days}{fraction}", TODAY)
    assert (found.day_first, found.serial) == (day, True)


@pytest.mark.parametrize(
    ("cell", "first", "second"),
    [
        ("03/04/2021", date(2021, 4, 3), date(2021, 3, 4)),
        ("3-4-2021", date(2021, 4, 3), date(2021, 3, 4)),
        ("13/04/2021", date(2021, 4, 13), None),
        ("04/13/2021", None, date(2021, 4, 13)),
        ("3/3/2021 10:30 PM", date(2021, 3, 3), date(2021, 3, 3)),
        ("3.4.2021", date(2021, 4, 3), date(2021, 4, 3)),  # dots: the day comes first
        ("31/02/2024", None, None),
        ("2023-02-29", None, None),
        ("13/05/98", date(1998, 5, 13), None),
    ],
)
def test_a_cell_keeps_every_day_it_can_mean(cell, first, second):
    found = written(cell, TODAY)
    assert (found.day_first, found.month_first) == (first, second)


@pytest.mark.parametrize("cell", ["May 2024", "2024-05", "2024/05", "05/2024", "mai 2024"])
def test_a_month_without_a_day_is_its_first_and_says_so(cell):
    found = written(cell, TODAY)
    assert (found.day_first, found.monthly) == (date(2024, 5, 1), True)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("20230403;095853", 35_933),
        ("2023-04-03T09:58:53Z", 35_933),
        ("3 April 2023, 12:05 AM", 300),
        ("4/3/2023 3:59:39 PM", 57_579),
        ("3 April 2023", 0),
    ],
)
def test_the_time_of_the_day_is_kept(cell, seconds):
    assert written(cell, TODAY).time == seconds


@pytest.mark.parametrize(
    "cell",
    ["", "Rolex", "12,390.50", "2024", "13-05-19", "3 Maybe 2024", "3 May", "1998?",
     "Mon", "10:30", "2024-05-03-04", "9" * 80, "0", "60", "9999999"],
)  # fmt: skip
def test_what_is_no_day_is_none(cell):
    found = written(cell, TODAY)
    assert found is None or found.serial


@given(st.text(max_size=80))
def test_nothing_in_a_cell_raises(cell):
    found = written(cell, TODAY)
    assert found is None or found.ambiguous in (True, False)


def order(*cells):
    found = day_column.fits(written(cell, TODAY) for cell in cells)
    return found.order, found.asks


def test_one_day_after_the_twelfth_decides_for_the_column():
    assert order("03/04/2021", "13/04/2021", "2021-04-14") == ("day", False)
    assert order("03/04/2021", "04/13/2021") == ("month", False)


def test_a_column_is_asked_about_when_every_day_fits_both_ways_or_some_fit_neither():
    assert order("03/04/2021", "05/06/2021") == (None, True)
    assert order("13/04/2021", "04/13/2021") == (None, True)


def test_a_column_that_means_the_same_both_ways_is_not_asked_about():
    assert order("03/03/2021", "5.6.2021", "May 3, 2021", "43598", "Rolex") == (None, False)


@given(st.lists(st.dates(date(1950, 1, 1), date(2020, 1, 1)), min_size=1))
def test_a_column_of_days_is_read_as_it_was_written_or_asked_about(column):
    cells = [written(f"{day:%m/%d/%Y}", TODAY) for day in column]
    found = day_column.fits(cells)
    assert found.asks or [cell.read(found.order) for cell in cells] == column
    assert not found.day


def test_future_days_are_days():
    assert written((TODAY + timedelta(400)).isoformat(), TODAY).day_first > TODAY

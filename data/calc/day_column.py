"""A column of days, in whatever way each is written.

What a cell can mean is read by itself; where a whole column decides (is 03/04/2021 in March or in
April?), both readings are kept until somebody does.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from data.calc.day import MONTH_OF, NAMES

Order = Literal["day", "month"]  # which comes first in 03/04/2021
EXCEL_ZERO = date(1899, 12, 30)  # Excel counts from here, for days after its 29 February 1900
EXCEL_FIRST = 61
LONGEST = 60  # characters of a day with a time
HALF_OF_A_DAY = 12
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
_ZONE = r"(?: ?(?:z|utc|gmt))?(?: ?[+-][0-9]{2}:?[0-9]{2})?(?: \([^()]{1,30}\))?"
_TIME = rf"(?:(?:[T;,_-]|,? ) ?(?:at )?{_CLOCK}(?: ?(?P<half>[ap])\.?m\.?)?{_ZONE})?"
_DIGITS = "(?:[T;_ -]?(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?z?)?"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,? )?"
_YEAR, _ANY_YEAR = "(?P<y>[0-9]{4})", "(?P<y>[0-9]{4}|[0-9]{2})"
_MONTH, _DAY = "(?P<m>[0-9]{1,2})", "(?P<d>[0-9]{1,2})"
_TH = "st|nd|rd|th|er"  # the third
_NAME, _SIGN, _SAME = rf"(?P<name>{NAMES})", "(?P<sign>[-/.])", "(?P=sign)"
_SHAPES = [
    re.compile(shape, re.IGNORECASE)
    for shape in (
        f"{_YEAR}{_SIGN}{_MONTH}{_SAME}{_DAY}{_TIME}",
        f"{_WEEKDAY}{_DAY}{_SIGN} ?{_MONTH}{_SAME} ?{_ANY_YEAR}{_TIME}",
        f"{_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}}){_DIGITS}",
        f"{_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}}){_TIME}",
        rf"{_WEEKDAY}{_NAME}\.?[ -]{_DAY}(?:{_TH})?,?[ -]{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_DAY}(?:\.|{_TH})?[ /-]?(?:of )?{_NAME}\.?,?[ /-]?{_ANY_YEAR}{_TIME}",
        f"{_YEAR}[ -]{_NAME}[ -]{_DAY}{_TIME}",
        f"{_YEAR}年 ?{_MONTH}月 ?{_DAY}日",
        rf"{_NAME}\.?[ /-]{_YEAR}",
        f"{_YEAR}[-/](?P<m>[0-9]{{2}})",
        f"(?P<m>0[1-9]|1[0-2])[/.]{_YEAR}",
    )
]
_NUMBER = re.compile(r"([0-9]{1,6})(?:[.,][0-9]{1,12})?")


@dataclass(frozen=True)
class Written:
    """What a cell can mean: its day when the day comes first, and when the month does.

    None: so it is no day. Both are the same where there is only one way to read it.
    """

    day_first: date | None
    month_first: date | None
    time: int = 0  # seconds of the day; of two of one day the later counts
    monthly: bool = False  # it names no day: the first of its month
    short: bool = False  # its year has two digits
    serial: bool = False  # a number, as Excel counts days; a day only if a person says so

    def read(self, order: Order | None) -> date | None:
        """The day it means in a column written so; None in no column that fits."""
        return self.month_first if order == "month" else self.day_first

    @property
    def ambiguous(self) -> bool:
        """Whether two different days can be meant."""
        return (
            self.day_first is not None
            and self.month_first is not None
            and self.day_first != self.month_first
        )


@dataclass(frozen=True)
class Fits:
    """How many cells of a column are days only one way round, and how many both ways."""

    day: int
    month: int
    both: int

    @property
    def order(self) -> Order | None:
        """What holds for the column; None: nobody can tell, or nobody needs to."""
        if bool(self.day) == bool(self.month):
            return None
        return "day" if self.day else "month"

    @property
    def asks(self) -> bool:
        """Whether a person has to say it."""
        return bool(self.day and self.month) or bool(self.both and self.order is None)


def written(cell: str, today: date) -> Written | None:
    """What a cell can mean; None when it is not written like any day."""
    text = " ".join(cell.split())
    if not text or len(text) > LONGEST:
        return None
    for shape in _SHAPES:
        if match := shape.fullmatch(text):
            return _read(match, today)
    if match := _NUMBER.fullmatch(text):
        return _serial(int(match[1]))
    return None


def fits(cells: Iterable[Written | None]) -> Fits:
    """Which way round a column can be read."""
    day = month = both = 0
    for cell in cells:
        if cell is None or cell.serial:
            continue
        day += cell.day_first is not None and cell.month_first is None
        month += cell.month_first is not None and cell.day_first is None
        both += cell.ambiguous
    return Fits(day, month, both)


def _read(match: re.Match[str], today: date) -> Written | None:
    parts = match.groupdict()
    typed, sign = parts["y"], parts.get("sign")
    short = len(typed) == 2  # noqa: PLR2004
    if short and sign == "-":  # 13-05-19 may begin with its year
        return None
    year = _full(int(typed), today) if short else int(typed)
    name, number = parts.get("name"), parts.get("d")
    month = MONTH_OF[name.lower()] if name else int(parts["m"])
    first = _day(year, month, int(number or 1))
    second = first
    if sign in {"/", "-"} and match.start("y") > 0:
        second = _day(year, int(number or 1), month)
    monthly = number is None
    return Written(first, second, _seconds(parts), monthly=monthly, short=short)


def _serial(number: int) -> Written | None:
    if not EXCEL_FIRST <= number <= (date.max - EXCEL_ZERO).days:
        return None
    day = EXCEL_ZERO + timedelta(number)
    return Written(day, day, serial=True)


def _full(year: int, today: date) -> int:
    """A year of two digits: the last one that has begun."""
    century = today.year // 100 * 100
    return century + year if century + year <= today.year else century - 100 + year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _seconds(parts: dict[str, str | None]) -> int:
    hour, minute, second = (int(parts.get(part) or 0) for part in ("hour", "minute", "second"))
    if half := parts.get("half"):
        hour = hour % HALF_OF_A_DAY + (HALF_OF_A_DAY if half.lower() == "p" else 0)
    return hour * 3600 + minute * 60 + second

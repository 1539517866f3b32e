"""A price series from a file or from pasted text: a day, a price and maybe a currency in each line.

Each line under the heading is accepted or reported, with a reason a person can act on; none is
lost. Where a line can be read in two ways, a person is asked once for the whole column. Nothing
here raises for what a file holds.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from data.calc import amount_column, day_column, price_layout, price_rows, table_text
from data.calc.amount_column import Sign
from data.calc.day_column import Order
from data.calc.price_layout import Choices, Layout
from data.calc.price_rows import Part, Priced, Reported, Taken
from data.calc.table_text import Line
from data.said import said

MAX_BYTES, MAX_ROWS = 2_000_000, 20_000
EARLIEST = date(1900, 1, 1)
CENT = Decimal("0.01")
LOOKED_AT = 60_000  # characters that say how a file is laid out
POINTS = ""  # as a currency: points of an index
About = Literal["date_column", "price_column", "order", "decimal", "currency", "parts"]

NO_DAY = said("There is no day here.")
NO_SUCH_DAY = said("There is no such day. Correct it in the file.")
NOT_A_DAY = said("This is no day that can be read. Write it like 2024-05-03.")
A_NUMBER = said("This is a number. If the file counts days as Excel does, say so above.")
AHEAD = said("This day has not come yet.")
NO_SUCH_DAYS = {
    "day": said("There is no such day where the day comes first."),
    "month": said("There is no such day where the month comes first."),
}
TOO_EARLY = said("This is before 1900.")
NO_PRICE = said("There is no price here, so there is nothing to import.")
ZERO = said("0 means that there is no price, so there is nothing to import.")
LESS_THAN_A_CENT = said("This is less than a cent.")
CUT = said("A price with a comma in it needs quotes around it: here it is cut in two.")
NO_COLUMN = said("Say above which column has the day, and which the price.")
NO_CURRENCY = said("This currency is not known. Write its code, like CHF.")
NOTHING = said("There is nothing in it. A line needs a day and a price, like 2024-05-03, 12390.")


_GROUPED = re.compile(r"[^0-9]*[1-9][0-9]{0,2},[0-9]{3}(?:\.[0-9]+)?[^0-9]*")


@dataclass(frozen=True)
class Question:
    """What a person has to say; ``cell`` is what can be read in two ways."""

    about: About
    cell: str = ""


@dataclass(frozen=True)
class Reading:
    """What a file says. ``rows`` = accepted + reported, always."""

    layout: Layout
    encoding: str = ""  # empty: it was pasted
    rows: int = 0
    accepted: tuple[Priced, ...] = ()  # by day, one a day; with open questions only one reading
    reported: tuple[Reported, ...] = ()  # by line
    questions: tuple[Question, ...] = ()
    parts: tuple[Part, ...] = ()  # more than one: the price jumps between them
    order: Order | None = None  # which comes first in 03/04/2021; None: it does not matter
    decimal: Sign | None = None  # None: it does not matter
    currency: str | None = None  # of rows that name none
    currencies: tuple[str, ...] = ()  # several: what its rows can be in, as $ is of many countries
    serials: int = 0  # cells that are days if the file counts them as Excel does
    short_years: int = 0  # days whose year has two digits
    months: int = 0  # days that are only a month
    rounded: int = 0  # amounts rounded to cents
    refusal: str = ""  # why nothing of it was read


@dataclass(frozen=True)
class _Row:
    """A line taken apart."""

    line: Line
    day: day_column.Written | None
    amount: amount_column.Written | None
    possible: tuple[str, ...]  # currencies it can be in; empty: it names none


@dataclass(frozen=True)
class _Sense:
    """How the rows of a file are meant."""

    layout: Layout
    today: date
    order: Order | None
    decimal: Sign
    base: str | None  # the currency of rows that name none
    serials: bool  # numbers are days
    series: bool  # all in one currency, or points; and not rounded


class _OutError(Exception):
    """A row is not imported: the place of the column, and why."""

    def __init__(self, column: int | None, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column or 0, reason


def look(source: bytes | str, choices: Choices, today: date) -> tuple[str, Layout]:
    """The encoding and the layout alone, by the first lines: quick, to choose from."""
    text, encoding = _text(source, choices)
    return encoding, price_layout.find(text[:LOOKED_AT], choices, today)


def read(source: bytes | str, choices: Choices, today: date, *, series: bool = False) -> Reading:
    """What a file (bytes) or a pasted text says. Never raises.

    Amounts are rounded half up to cents. Those of a ``series`` to compare with are not, and are
    all in one currency.
    """
    nowhere = Layout(",", None, 0, (), (), None, None, None)
    if len(source) > MAX_BYTES:
        return Reading(
            nowhere,
            refusal=said("It is larger than {limit} MB. Cut it.", limit=MAX_BYTES // 1_000_000),
        )
    text, encoding = _text(source, choices)
    layout = price_layout.find(text, choices, today)
    if not layout.rows:
        return Reading(layout, encoding, refusal=NOTHING)
    if len(layout.rows) > MAX_ROWS:
        refusal = said(
            "It has {rows} rows; {limit} is the most. Cut it in parts.",
            rows=Decimal(len(layout.rows)),
            limit=Decimal(MAX_ROWS),
        )
        return Reading(nowhere, encoding, refusal=refusal)
    if layout.date_column is None or layout.price_column is None:
        return _without_columns(layout, encoding)
    return _read(layout, encoding, choices, today, series=series)


def _text(source: bytes | str, choices: Choices) -> tuple[str, str]:
    """The text, and the encoding of a file; empty for what was pasted."""
    if isinstance(source, str):
        return source, ""
    return table_text.decode(source, choices.encoding)


def _read(layout: Layout, encoding: str, choices: Choices, today: date, *, series: bool) -> Reading:
    rows = [_apart(line, layout, today) for line in layout.rows]
    fits = day_column.fits(row.day for row in rows)
    signs = amount_column.signs(row.amount for row in rows)
    order, decimal = choices.order or fits.order, choices.decimal or signs.decimal
    heading = layout.header.cell(layout.price_column or 0) if layout.header else ""
    named = amount_column.currencies_named(heading)
    base = choices.currency if choices.currency is not None else _base(rows, named, series=series)
    sense = _Sense(layout, today, order, decimal or ".", base, choices.serials, series)
    taken, reported = _each(rows, sense)
    taken, twice = price_rows.once_a_day(taken, layout)
    parts = price_rows.parts([one.priced for one in taken])
    good, left_out = price_rows.kept(taken, parts, choices.parts, layout)
    offered = tuple(dict.fromkeys(one for row in rows for one in row.possible)) or named
    questions = [Question("price_column")] if layout.unsure else []
    if fits.asks and choices.order is None:
        questions.append(Question("order", _first_day(rows, layout)))
    if signs.asks and choices.decimal is None:
        questions.append(Question("decimal", _first_amount(rows, layout)))
    if base is None and taken and (series or any(one.priced.currency is None for one in taken)):
        questions.append(Question("currency"))
    if len(parts) > 1 and (choices.parts is None or not good):
        questions.append(Question("parts"))
    days = [row.day for row in rows if row.day is not None]
    return Reading(
        layout,
        encoding,
        len(rows),
        tuple(one.priced for one in good),
        tuple(sorted((*reported, *twice, *left_out), key=lambda one: one.line)),
        tuple(questions),
        tuple(parts),
        order,
        decimal,
        base,
        offered if len(offered) > 1 else (),
        serials=sum(day.serial for day in days),
        short_years=sum(day.short for day in days),
        months=sum(day.monthly for day in days),
        rounded=sum(one.rounded for one in good),
    )


def _without_columns(layout: Layout, encoding: str) -> Reading:
    """A file of which nobody can tell where the days and the prices are."""
    columns: list[tuple[About, int | None]] = [
        ("date_column", layout.date_column),
        ("price_column", layout.price_column),
    ]
    reported = [
        Reported(line.number, "", price_rows.short(line.cell(0)), NO_COLUMN) for line in layout.rows
    ]
    questions = [Question(about) for about, column in columns if column is None]
    return Reading(
        layout, encoding, len(layout.rows), reported=tuple(reported), questions=tuple(questions)
    )


def _apart(line: Line, layout: Layout, today: date) -> _Row:
    amount = amount_column.written(line.cell(layout.price_column or 0))
    possible: tuple[str, ...] = ()
    if amount and amount.mark:
        possible = amount_column.currencies(amount.mark)
    if layout.currency_column is not None:
        beside = amount_column.currencies(line.cell(layout.currency_column))
        both = tuple(one for one in beside if one in possible)
        possible = both if possible and beside else possible or beside
    return _Row(
        line, day_column.written(line.cell(layout.date_column or 0), today), amount, possible
    )


def _base(rows: Sequence[_Row], named: tuple[str, ...], *, series: bool) -> str | None:
    """The currency of rows that name none, where the file says it."""
    own = {row.possible for row in rows if row.possible}
    if series and own:  # of a series all the rows
        named = own.pop() if len(own) == 1 else ()
    return named[0] if len(named) == 1 else None


def _each(rows: Iterable[_Row], sense: _Sense) -> tuple[list[Taken], list[Reported]]:
    """Each row is understood, or reported."""
    taken, reported = [], []
    for row in rows:
        try:
            taken.append(_one(row, sense))
        except _OutError as out:
            reported.append(price_rows.report(row.line, out.column, out.reason, sense.layout))
    return taken, reported


def _one(row: _Row, sense: _Sense) -> Taken:
    """What a row says. Raises _OutError."""
    day = _day(row, sense)
    amount = _amount(row, sense)
    exact = amount if sense.series else amount.quantize(CENT, ROUND_HALF_UP)
    if exact == 0:
        raise _OutError(sense.layout.price_column, LESS_THAN_A_CENT)
    priced = Priced(row.line.number, day, exact, _currency(row, sense))
    return Taken(priced, row.day.time if row.day else 0, exact != amount)


def _day(row: _Row, sense: _Sense) -> date:
    place = sense.layout.date_column
    if row.day is None:
        blank = amount_column.is_blank(row.line.cell(place or 0))
        raise _OutError(place, NO_DAY if blank else NOT_A_DAY)
    if row.day.serial and not sense.serials:
        raise _OutError(place, A_NUMBER)
    day = row.day.read(sense.order)
    if day is None and row.day.day_first is row.day.month_first:
        raise _OutError(place, NO_SUCH_DAY)
    if day is None:
        first = sense.order or "day"
        raise _OutError(place, NO_SUCH_DAYS[first])
    if day > sense.today:
        raise _OutError(place, AHEAD)
    if day < EARLIEST:
        raise _OutError(place, TOO_EARLY)
    return day


def _amount(row: _Row, sense: _Sense) -> Decimal:
    place = sense.layout.price_column
    text = row.line.cell(place or 0)
    if amount_column.is_blank(text):
        raise _OutError(place, NO_PRICE)
    if _is_cut(row.line, sense.layout):
        raise _OutError(place, CUT)
    if row.amount is None:
        raise _OutError(place, amount_column.why_not(text))
    try:
        amount = amount_column.read(row.amount, sense.decimal)
    except ValueError as error:
        raise _OutError(place, str(error)) from error
    if amount == 0:
        raise _OutError(place, ZERO)
    return amount


def _is_cut(line: Line, layout: Layout) -> bool:
    """Whether ``12,390`` without quotes became two cells: more than the heading has."""
    place = layout.price_column or 0
    if layout.header is None or len(line.cells) <= len(layout.header.cells):
        return False
    both = f"{line.cell(place)},{line.cell(place + 1)}"
    return _GROUPED.fullmatch(both) is not None


def _currency(row: _Row, sense: _Sense) -> str | None:
    """The currency of a row; None where nobody has said it, or for points."""
    place, written = sense.layout.currency_column, ""
    if place is not None:
        written = row.line.cell(place)
    if written and not amount_column.is_blank(written) and not row.possible:
        raise _OutError(place, NO_CURRENCY)
    base, own = sense.base, row.possible
    if base is not None and own and base not in own and (sense.series or len(own) > 1):
        named = base or said("points")
        sentence = "This is {found}, but the prices are in {named}."
        raise _OutError(place, said(sentence, found=own[0], named=named))
    if len(own) == 1 and base != POINTS:
        return own[0]
    return base or None


def _first_day(rows: Iterable[_Row], layout: Layout) -> str:
    """A cell that can be two days."""
    lines = (row.line for row in rows if row.day and row.day.ambiguous)
    return next((price_rows.short(line.cell(layout.date_column or 0)) for line in lines), "")


def _first_amount(rows: Iterable[_Row], layout: Layout) -> str:
    """A cell that can be two amounts."""
    lines = (row.line for row in rows if row.amount and row.amount.shows == "either")
    return next((price_rows.short(line.cell(layout.price_column or 0)) for line in lines), "")

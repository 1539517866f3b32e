"""How a file with prices is laid out: what parts its cells, where it begins, which column is what.

Found by the names of columns and by what stands in them; a person may say otherwise.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from data.calc import amount_column, day_column
from data.calc.day_column import Order
from data.calc.table_text import DELIMITERS, SPACES, Line, column_names, lines, said_delimiter

HEAD = 20  # lines in which a heading is looked for
SAMPLE = 200  # lines that say what is in a column
TRIED = 20_000  # characters that say what parts the cells
NONE = -1  # as a column: there is none; as a heading, 0
HALF, MOST = 0.5, 0.9
LONGEST_DAY = 6  # words of a day with its time
_DAYS = (
    "date day datum tag jour fecha data dia dato päivä dag time timestamp datetime tradedate "
    "month monat mois when дата 日付 日期"
)
_PRICES = (
    "price value close closing amount preis wert kurs schlusskurs betrag prix valeur cours montant "
    "precio valor importe cierre prezzo valore preço fechamento pris värde cena wartość prijs "
    "waarde last median average mean index level цена 価格 价格"
)
_CURRENCIES = "currency ccy curr währung devise moneda valuta waluta moeda"
DAY_NAMES, PRICE_NAMES = frozenset(_DAYS.split()), frozenset(_PRICES.split())
CURRENCY_NAMES = frozenset(_CURRENCIES.split())
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):?[0-5][0-9](?::?[0-5][0-9])?")
_STAMP = re.compile(r"\b[0-9]{8};[0-9]{6}[,\t|]")  # 20230403;095853 is one cell


@dataclass(frozen=True)
class Choices:
    """What a person says about a file; None: as it was found."""

    encoding: str | None = None  # one of table_text.ENCODINGS
    delimiter: str | None = None  # one of table_text.DELIMITERS
    header: int | None = None  # the number of the line with the headings; 0: there is none
    date_column: int | None = None
    price_column: int | None = None
    currency_column: int | None = None  # NONE: there is none
    order: Order | None = None
    decimal: amount_column.Sign | None = None
    serials: bool = False  # numbers are days as Excel counts them
    currency: str | None = None  # of rows that name none; empty: points, in no currency
    parts: frozenset[date] | None = None  # of a series that jumps: the first day of each good part


@dataclass(frozen=True)
class Layout:
    """How a file is laid out. A column is None where nobody can tell which it is."""

    delimiter: str
    header: Line | None
    above: int  # lines above the heading, which are not read
    rows: tuple[Line, ...]
    names: tuple[str, ...]  # of the columns
    date_column: int | None
    price_column: int | None
    currency_column: int | None
    unsure: bool = False  # several columns may be the price


def find(text: str, choices: Choices, today: date) -> Layout:
    """How a text is laid out, as far as nobody has said it."""
    delimiter = choices.delimiter if choices.delimiter in DELIMITERS else None
    delimiter = delimiter or said_delimiter(text) or _delimiter(text, today)
    found = cut(text, delimiter, today)
    header = _header(found, choices.header, today)
    rows = tuple(line for line in found if header is None or line.number > header.number)
    sample = rows[:SAMPLE]
    width = max((len(line.cells) for line in (*sample, *([header] if header else []))), default=0)
    names = column_names(header, width)
    headed = [_words(cell) for cell in header.cells] if header else []
    headed += [frozenset()] * (width - len(headed))
    columns = [[line.cell(place) for line in sample] for place in range(width)]
    day = _chosen(choices.date_column, width)
    if day is None:
        day = _day_column(columns, headed, today)
    money = _currency_column(columns, headed, {day}) if choices.currency_column is None else None
    money = money if money is not None else _chosen(choices.currency_column, width)
    price, unsure = _chosen(choices.price_column, width), False
    if price is None:
        dated = [
            n for n, line in enumerate(sample) if day is not None and _is_day(line.cell(day), today)
        ]
        beside = [[column[n] for n in dated] for column in columns] if dated else columns
        price, unsure = _price_column(beside, headed, {day, money})
    above = len(found) - len(rows) - (header is not None)
    return Layout(delimiter, header, above, rows, names, day, price, money, unsure)


def cut(text: str, delimiter: str, today: date) -> list[Line]:
    """The lines in their cells; where blanks part them, a day with blanks in it is one cell."""
    found = lines(text, delimiter)
    if delimiter != SPACES:
        return found
    return [Line(one.number, _after_the_day(one.cells, today)) for one in found]


def _delimiter(text: str, today: date) -> str:
    """What parts the cells: what makes the most lines with a day and an amount."""
    tried = text[:TRIED]
    best, most = ",", 0
    stamped = _STAMP.search(tried) is not None
    for delimiter in DELIMITERS:
        if delimiter == ";" and stamped:
            continue
        found = cut(tried, delimiter, today)
        score = sum(_is_data(line, today) for line in found) * TRIED
        score += sum(len(line.cells) > 1 for line in found)
        if score > most:
            best, most = delimiter, score
    return best


def _header(found: Sequence[Line], chosen: int | None, today: date) -> Line | None:
    """The line with the names of the columns, or None."""
    if chosen is not None:
        return next((line for line in found if line.number == chosen), None)
    head = [line for line in found if line.number <= HEAD]
    first = next((place for place, line in enumerate(head) if _is_data(line, today)), len(head))
    lowest = 1 if first < len(head) else 2  # without any data only a name tells a heading
    best, most = None, 0
    for line in head[:first]:
        if any(_is_day(cell, today) for cell in line.cells):
            continue
        words = [_words(cell) for cell in line.cells]
        score = 2 * any(one & DAY_NAMES for one in words)
        score += 2 * any(one & (PRICE_NAMES | CURRENCY_NAMES) for one in words)
        score += sum(bool(cell) for cell in line.cells) > 1
        if score >= max(most, lowest):  # of two alike the one nearer to the data
            best, most = line, score
    return best


def _is_data(line: Line, today: date) -> bool:
    """Whether a line has a day, and an amount beside it."""
    days = [_is_day(cell, today) for cell in line.cells]
    return any(days) and any(
        _is_amount(cell) for cell, is_day in zip(line.cells, days, strict=True) if not is_day
    )


def _is_day(cell: str, today: date) -> bool:
    found = day_column.written(cell, today)
    return found is not None and not found.serial and bool(found.day_first or found.month_first)


def _is_amount(cell: str) -> bool:
    """Whether a cell is an amount; 095853 is none, but a time or a number of something."""
    return not re.match(r"0[0-9]", cell) and amount_column.written(cell) is not None


def _after_the_day(cells: tuple[str, ...], today: date) -> tuple[str, ...]:
    """``3 May 2024 12 390 CHF`` as two cells."""
    words = cells[0].split(" ") if len(cells) == 1 else []
    for number in range(min(LONGEST_DAY, len(words) - 1), 0, -1):
        day, rest = " ".join(words[:number]), " ".join(words[number:])
        if _is_day(day, today) and (_is_amount(rest) or amount_column.is_blank(rest)):
            return day, rest
    return cells


def _words(cell: str) -> frozenset[str]:
    """The words of a heading, small."""
    return frozenset(re.findall(r"[^\W\d_]+", cell.casefold()))


def _chosen(column: int | None, width: int) -> int | None:
    return column if column is not None and 0 <= column < width else None


def _share(cells: Iterable[bool]) -> float:
    held = list(cells)
    return sum(held) / len(held) if held else 0


def _held(column: Sequence[str]) -> list[str]:
    """The cells that say something."""
    return [cell for cell in column if not amount_column.is_blank(cell)]


def _day_column(
    columns: Sequence[Sequence[str]], headed: Sequence[frozenset[str]], today: date
) -> int | None:
    """The column of days: mostly days, or called so; else the one with the most of them."""
    days = [[_is_day(cell, today) for cell in _held(column)] for column in columns]
    scores = [
        _share(each) + HALF * bool(words & DAY_NAMES)
        for each, words in zip(days, headed, strict=True)
    ]
    if scores and max(scores) >= HALF:
        return scores.index(max(scores))
    counts = [sum(each) for each in days]
    return counts.index(max(counts)) if any(counts) else None


def _price_column(
    columns: Sequence[Sequence[str]], headed: Sequence[frozenset[str]], taken: set[int | None]
) -> tuple[int | None, bool]:
    """The column of prices, and whether it may be another one as well."""
    free = [place for place in range(len(columns)) if place not in taken]
    named = [place for place in free if headed[place] & PRICE_NAMES]
    filled = [
        place for place in free if _share(map(_is_amount, _held(columns[place]))) >= HALF
    ] or named
    times = [place for place in filled if all(map(_CLOCK.fullmatch, _held(columns[place])))]
    filled = [place for place in filled if place not in times] or filled
    both = [place for place in filled if place in named]
    exact = [place for place in both if len(headed[place]) == 1]
    for found in (filled, both, exact):
        if len(found) == 1:
            return found[0], False
    return ((both or filled)[0], True) if filled else (None, True)


def _currency_column(
    columns: Sequence[Sequence[str]], headed: Sequence[frozenset[str]], taken: set[int | None]
) -> int | None:
    best, most = None, MOST
    for place, column in enumerate(columns):
        share = _share(bool(amount_column.currencies(cell)) for cell in _held(column))
        score = share + bool(headed[place] & CURRENCY_NAMES)
        if place not in taken and score >= most and (best is None or score > most):
            best, most = place, score
    return best

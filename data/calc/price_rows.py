"""The rows of a price series: one a day, cut into parts where the price jumps, or reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.calc.price_layout import Layout
from data.calc.table_text import Line
from data.said import said

STRIKING = 3  # times the price before, or a third of it: a person confirms it
LONGEST = 60  # characters of a cell that are shown
LEFT_OUT = said("The price jumps here, and you left this part of the series out.")


@dataclass(frozen=True)
class Priced:
    """A row that can be imported; currency None: not said yet, or points and no money."""

    line: int
    day: date
    amount: Decimal
    currency: str | None  # ISO 4217


@dataclass(frozen=True)
class Reported:
    """A row that is not imported: where it is, what stands there, and why."""

    line: int
    column: str
    text: str
    reason: str


@dataclass(frozen=True)
class Part:
    """A stretch of a series without a jump."""

    first: date
    last: date
    rows: int
    lowest: Decimal
    highest: Decimal
    currency: str | None


@dataclass(frozen=True)
class Taken:
    """A row that was understood; ``time`` is in seconds of its day."""

    priced: Priced
    time: int
    rounded: bool


def report(line: Line, column: int | None, reason: str, layout: Layout) -> Reported:
    """A row with what stands in one of its columns, and why it is not imported."""
    place = column or 0
    name = layout.names[place] if place < len(layout.names) else ""
    return Reported(line.number, name, short(line.cell(place)), reason)


def short(text: str) -> str:
    """A cell as it is shown."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def once_a_day(taken: Sequence[Taken], layout: Layout) -> tuple[list[Taken], list[Reported]]:
    """By day; of several rows of a day the last counts: by the time of day, then by its place."""
    last: dict[date, Taken] = {}
    for one in taken:
        known = last.get(one.priced.day)
        if known is None or one.time >= known.time:
            last[one.priced.day] = one
    lines = {line.number: line for line in layout.rows}
    reported = [
        report(
            lines[one.priced.line],
            layout.date_column,
            said(
                "The same day is in line {line}, and that one counts.",
                line=last[one.priced.day].priced.line,
            ),
            layout,
        )
        for one in taken
        if last[one.priced.day] is not one
    ]
    return sorted(last.values(), key=lambda one: one.priced.day), reported


def parts(series: Sequence[Priced]) -> list[Part]:
    """A series, by day, cut where the price jumps."""
    stretches: list[list[Priced]] = []
    for one in series:
        if not stretches or _jumps(stretches[-1][-1], one):
            stretches.append([])
        stretches[-1].append(one)
    return [
        Part(
            each[0].day,
            each[-1].day,
            len(each),
            min(one.amount for one in each),
            max(one.amount for one in each),
            each[0].currency,
        )
        for each in stretches
    ]


def kept(
    taken: Sequence[Taken], found: Sequence[Part], good: frozenset[date] | None, layout: Layout
) -> tuple[list[Taken], list[Reported]]:
    """The rows of the parts that a person says are right; all of them until somebody says so."""
    if good is None or len(found) < 2:  # noqa: PLR2004  (one part has no jump)
        return list(taken), []
    lines = {line.number: line for line in layout.rows}
    spans = [(part.first, part.last) for part in found if part.first in good]
    stays, left_out = [], []
    for one in taken:
        if any(first <= one.priced.day <= last for first, last in spans):
            stays.append(one)
        else:
            line = lines[one.priced.line]
            left_out.append(report(line, layout.price_column, LEFT_OUT, layout))
    return stays, left_out


def _jumps(before: Priced, after: Priced) -> bool:
    low, high = sorted((before.amount, after.amount))
    return before.currency == after.currency and high > STRIKING * low

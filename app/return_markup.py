"""The HTML of what was earned: months by years, and the steps from cost to value.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app import format as say
from app.language import _
from app.markup import Safe, Tone, fill, join

STRONGEST = 0.42  # of the colour in a cell: the text on it stays readable


@dataclass(frozen=True)
class Cell:
    """The return of a month or a year; ``strength`` from 0 to 1; no text: not in the period."""

    text: str = ""
    tone: Tone = ""
    strength: float = 0
    hint: str = ""


@dataclass(frozen=True)
class Year:
    """Twelve months from January, and the year as a whole."""

    name: str
    months: Sequence[Cell]
    whole: Cell


@dataclass(frozen=True)
class Step:
    """A bar from ``start`` on, ``length`` long, in fractions of the width; no tone: a total."""

    label: str
    text: str
    tone: Tone
    start: float
    length: float


def heat_map(caption: str, years: Iterable[Year]) -> Safe:
    """A table of years; on a phone each year is a block of six by two months."""
    return fill(
        '<table class="cb-heat"><caption>{caption}</caption><thead><tr><th scope="col">{year}</th>'
        '{months}<th scope="col">{whole}</th></tr></thead><tbody>{rows}</tbody></table>',
        caption=caption,
        year=_("Year"),
        whole=_("Whole year"),
        months=join(fill('<th scope="col">{name}</th>', name=name) for name in say.months()),
        rows=join(map(_year, years)),
    )


def waterfall(caption: str, steps: Iterable[Step]) -> Safe:
    """Bars that begin where the one before ended; ``caption`` is read out, not shown."""
    each = (
        fill(
            '<li class="{kind}"><span class="cb-part">{label}</span><b class="{tone}">{text}</b>'
            '<span class="cb-span {tone}" style="--start:{start}%;--length:{length}%" '
            'aria-hidden="true"></span></li>',
            kind="" if step.tone else "cb-total",
            label=step.label,
            text=step.text,
            tone=step.tone,
            start=f"{step.start * 100:.2f}",
            length=f"{step.length * 100:.2f}",
        )
        for step in steps
    )
    return fill(
        '<ol class="cb-waterfall" aria-label="{caption}">{steps}</ol>',
        caption=caption,
        steps=join(each),
    )


def _year(year: Year) -> Safe:
    cells = zip(say.months(), year.months, strict=True)
    return fill(
        '<tr><th scope="row">{name}</th>{months}{whole}</tr>',
        name=year.name,
        months=join(_cell(cell, month, "cb-month") for month, cell in cells),
        whole=_cell(year.whole, _("Whole year"), "cb-whole"),
    )


def _cell(cell: Cell, name: str, kind: str) -> Safe:
    return fill(
        '<td class="{kind} {tone} {none}" data-name="{name}" title="{hint}" '
        'style="--strength:{strength}%">{text}</td>',
        kind=kind,
        tone=cell.tone,
        none="" if cell.text else "cb-none",
        name=name,
        hint=cell.hint,
        strength=f"{cell.strength * STRONGEST * 100:.0f}",
        text=cell.text,
    )

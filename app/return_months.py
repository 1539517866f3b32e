"""Returns by month and year as the cells of a heat map: the newest year first."""

import math
from collections.abc import Sequence
from datetime import date

from app import format as say
from app.language import _
from app.return_markup import Cell, Year
from app.return_words import tone
from data.calc import performance
from data.calc.performance import Earned

YEARS = 20  # at most; they are the last ones
FAINTEST, LEAST = 0.2, 0.02  # of the colour where anything moved; the return of a full colour
ROUND = 1  # from 100 % on a return has no decimals


def years(days: Sequence[Earned]) -> list[Year]:
    """The last twenty years at most, each with its months; colours compare months with months.

    By the root of the return: one month that is far above all others leaves them their colours.
    """
    months, whole = performance.by_month(days), performance.by_year(days)
    shown = sorted(whole)[-YEARS:][::-1]
    most = _most([share for (year, _), share in months.items() if year in set(shown)])
    return [
        Year(
            str(year),
            [
                _cell(months[year, month], most, say.month(date(year, month, 1)))
                if (year, month) in months
                else Cell()
                for month in range(1, 13)
            ],
            _cell(whole[year], _most(list(whole.values())), str(year)),
        )
        for year in shown
    ]


def left_out(days: Sequence[Earned]) -> str:
    """Which years the heat map has no room for."""
    every = performance.by_year(days)
    if len(every) <= YEARS:
        return ""
    first = sorted(every)[-YEARS]
    return _(
        "From {year} on; choose an earlier period for the {number} years before.",
        year=first,
        number=len(every) - YEARS,
    )


def _cell(share: float | None, most: float, name: str) -> Cell:
    if share is None:
        return Cell(say.ABSENT, hint=_("{name}: nothing was held", name=name))
    moved = tone(share)
    strength = FAINTEST + (1 - FAINTEST) * math.sqrt(min(abs(share) / most, 1)) if moved else 0
    return Cell(
        _short(share),
        moved,
        strength,
        _("{name}: {share}", name=name, share=say.percent(share, signed=True)),
    )


def _short(share: float) -> str:
    """As narrow as it gets: ``+12.4%``, ``+124%``."""
    if abs(share) < ROUND:
        return say.percent(share, signed=True)
    sign = "+" if share > 0 else say.MINUS
    whole = say.percent(round(abs(share), 2)).replace(say.localised("0.0")[1:], "")
    return f"{sign}{whole}"


def _most(shares: Sequence[float | None]) -> float:
    return max([abs(share) for share in shares if share is not None] + [LEAST])

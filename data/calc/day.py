"""Days as people write them in a sentence: 2023-05-01, 01.05.2023, 1 May 2023, May 2023."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from data.said import said

_MONTHS = (
    "january jan januar jänner janvier janv",
    "february feb februar feber février fevrier févr fevr",
    "march mar märz maerz mrz mars",
    "april apr avril avr",
    "may mai",
    "june jun juni juin",
    "july jul juli juillet juil",
    "august aug août aout",
    "september sept sep septembre",
    "october oct oktober okt octobre",
    "november nov novembre",
    "december dec dezember dez décembre decembre déc",
)
MONTH_OF = {name: at for at, names in enumerate(_MONTHS, 1) for name in names.split()}
LAST_MONTH = 12
NAMES = "|".join(sorted(MONTH_OF, key=len, reverse=True))
_AGO = {"yesterday": 1, "gestern": 1, "today": 0, "heute": 0, "aujourd'hui": 0}
_SHAPES = [
    re.compile(rf"(?<![\w.,/'-])(?:{shape})(?![\w/-]|[.,'][0-9])", re.IGNORECASE)
    for shape in (
        r"(?P<y>[0-9]{4})(?P<sign>[-/.])(?P<m>[0-9]{1,2})(?P=sign)(?P<d>[0-9]{1,2})",
        r"(?P<d>[0-9]{1,2})(?P<sign>[-/.])(?P<m>[0-9]{1,2})(?P=sign)(?P<y>[0-9]{4})",
        rf"(?P<d>[0-9]{{1,2}})(?:\.|st|nd|rd|th|er)? ?(?P<name>{NAMES})\.?,? (?P<y>[0-9]{{4}})",
        rf"(?P<name>{NAMES})\.? (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y>[0-9]{{4}})",
        rf"(?P<name>{NAMES})\.? (?P<y>[0-9]{{4}})",
        r"(?P<m>0[1-9]|1[0-2])/(?P<y>[0-9]{4})",
        r"(?P<ago>yesterday|gestern|today|heute|aujourd'hui)",
    )
]


@dataclass(frozen=True)
class Found:
    """A day in a text, from ``start`` to ``end``; ``remark`` says what was not plain about it."""

    start: int
    end: int
    day: date
    remark: str = ""


def days(text: str, today: date) -> list[Found]:
    """The days in a text in their order; what only looks like one (32.1.2023) is not among them."""
    found: list[Found] = []
    for shape in _SHAPES:
        for match in shape.finditer(text):
            overlaps = any(match.start() < one.end and one.start < match.end() for one in found)
            if not overlaps and (one := _read(match, today)):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _read(match: re.Match[str], today: date) -> Found | None:
    parts = match.groupdict()
    if ago := parts.get("ago"):
        return Found(*match.span(), today - timedelta(days=_AGO[ago.lower()]))
    for year, month, number, remark in _readings(parts, match[0]):
        try:
            return Found(*match.span(), date(year, month, number), remark)
        except ValueError:
            continue
    return None


def _readings(parts: dict[str, str | None], typed: str) -> Iterator[tuple[int, int, int, str]]:
    """What it can mean, the likelier first: (year, month, day, remark)."""
    year, name, number = int(parts["y"] or 0), parts.get("name"), parts.get("d")
    month = MONTH_OF[name.lower()] if name else int(parts.get("m") or 0)
    if number is None:
        yield (
            year,
            month,
            1,
            said("“{typed}” names no day: the first of the month was taken.", typed=typed),
        )
        return
    first = int(number)
    either = parts.get("sign") in {"/", "-"} and not typed.startswith(parts["y"] or "")
    ambiguous = either and year and 1 <= first <= LAST_MONTH and 1 <= month <= LAST_MONTH
    remark = ""
    if ambiguous and first != month:
        day = date(year, month, first)
        remark = said("“{typed}” was read day first, as {day}.", typed=typed, day=day)
    yield year, month, first, remark
    if either:
        remark = said("“{typed}” was read month first: the other way is no day.", typed=typed)
        yield year, first, month, remark

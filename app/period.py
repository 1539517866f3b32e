"""Which days a page looks back on: the range buttons, and the days they mean."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import streamlit as st

from app.format import day

RANGES = {"3m": 3, "1y": 12, "3y": 36, "all": None}  # months; the keys are in URLs
WORDS = {"3m": "in 3 months", "1y": "in a year", "3y": "in 3 years"}
DAILY, WEEKLY = 400, 1_100  # so many days are drawn one by one, and week by week


@dataclass(frozen=True)
class Period:
    """The days a page looks back on, and how a change over them is said."""

    start: date
    end: date
    since: str  # "in a year", "since 3 May 2026"

    @property
    def days(self) -> int:
        """From the first to the last."""
        return (self.end - self.start).days

    @property
    def step(self) -> int:
        """Days between two points: one up to a year, a week up to three years, then more weeks."""
        return 1 if self.days <= DAILY else 7 * -(-self.days // WEEKLY)


def choose(first: date, today: date) -> Period:
    """Range buttons, bound to ``?range=``; a year at first, or all of it where there is less.

    ``first`` is the first day there is anything of: no range goes back further.
    """
    usual = "all" if first > months_before(today, RANGES["1y"] or 0) else "1y"
    chosen = st.segmented_control(
        "Period",
        list(RANGES),
        default=usual,
        required=True,
        key="range",
        bind="query-params",
        label_visibility="collapsed",
    )
    return of_range(chosen or usual, first, today)  # None: an empty ?range=


def of_range(chosen: str, first: date, today: date) -> Period:
    """The days of a range up to today, but none before ``first``."""
    first, months = min(first, today), RANGES[chosen]
    start = first if months is None else max(first, months_before(today, months))
    since = WORDS[chosen] if months and start > first else f"since {day(start)}"
    return Period(start, today, since)


def months_before(when: date, months: int) -> date:
    """The same day some months earlier, or the last day of a shorter month."""
    year, month = divmod(when.year * 12 + when.month - 1 - months, 12)
    return date(year, month + 1, min(when.day, monthrange(year, month + 1)[1]))

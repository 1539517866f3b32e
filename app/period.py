"""Which days a page looks back on: the range buttons, and the days they mean."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from app import choice
from app.format import day
from app.language import N_, _, pgettext

MONTHS = {"3m": 3, "1y": 12, "3y": 36, "5y": 60}  # the keys of ranges are in URLs
WORDS = {
    "3m": N_("in 3 months"),
    "ytd": N_("this year"),
    "1y": N_("in a year"),
    "3y": N_("in 3 years"),
    "5y": N_("in 5 years"),
}
USUAL = ("3m", "1y", "3y", "all")
EVERY = ("3m", "ytd", "1y", "3y", "5y", "all", "custom")
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


def choose(first: date, today: date, offered: Sequence[str] = USUAL) -> Period:
    """Range buttons, as in ``?range=``; a year at first, or all of it where there is less.

    ``first`` is the first day there is anything of: no range goes back further.
    """
    usual = "all" if first > months_before(today, MONTHS["1y"]) else "1y"
    names = {key: text for key, text in _names().items() if key in offered}
    chosen = choice.buttons(_("Period"), names, "range", usual)
    if chosen == "custom":
        return _of_days(first, today)
    return of_range(chosen, first, today)


def of_range(chosen: str, first: date, today: date) -> Period:
    """The days of a range up to today, but none before ``first``."""
    first = min(first, today)
    asked = _first_of(chosen, today)
    start = max(first, asked or first)
    since = _(WORDS[chosen]) if asked and start > first else _("since {day}", day=day(start))
    return Period(start, today, since)


def months_before(when: date, months: int) -> date:
    """The same day some months earlier, or the last day of a shorter month."""
    year, month = divmod(when.year * 12 + when.month - 1 - months, 12)
    return date(year, month + 1, min(when.day, monthrange(year, month + 1)[1]))


def _names() -> dict[str, str]:
    """What stands on the buttons; the order is theirs."""
    return {
        "3m": pgettext("range", "3m"),
        "ytd": pgettext("range", "ytd"),
        "1y": pgettext("range", "1y"),
        "3y": pgettext("range", "3y"),
        "5y": pgettext("range", "5y"),
        "all": pgettext("range", "all"),
        "custom": pgettext("range", "custom"),
    }


def _first_of(chosen: str, today: date) -> date | None:
    """The day a range goes back to; None: as far as there is anything."""
    if chosen == "ytd":
        return date(today.year - 1, 12, 31)  # the year's changes are against the last of the old
    return months_before(today, MONTHS[chosen]) if chosen in MONTHS else None


def _of_days(first: date, today: date) -> Period:
    """Two days to choose, in either order, bound to ``?from=`` and ``?to=``."""
    first = min(first, today)
    with st.container(horizontal=True, width="content", key="period_days"):
        usual = (max(first, months_before(today, MONTHS["1y"])), today)
        days = [
            st.date_input(
                label,
                shown,
                min_value=first,
                max_value=today,
                format="YYYY-MM-DD",
                key=key,
                bind="query-params",
                label_visibility="collapsed",
                width=150,
            )
            for label, key, shown in zip((_("From"), _("To")), ("from", "to"), usual, strict=True)
        ]
    start, end = sorted(one if isinstance(one, date) else today for one in days)
    words = (
        _("since {day}", day=day(start))
        if end == today
        else _("from {first} to {last}", first=day(start), last=day(end))
    )
    return Period(start, end, words)

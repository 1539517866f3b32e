"""Services in words: how often, why something is due, what a line of a list says."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from app import format as say
from app.language import N_n, _, ngettext, pgettext
from app.list_markup import Link
from app.markup import Row
from app.overview_markup import Listed
from app.photo_links import photo_url
from data.services import KINDS, Away, Due, Need

YEAR = 12  # months
LATE = {
    "day": N_n("{number} day late", "{number} days late"),
    "week": N_n("{number} week late", "{number} weeks late"),
    "month": N_n("{number} month late", "{number} months late"),
    "year": N_n("{number} year late", "{number} years late"),
}


def every(months: int | None) -> str:
    """An interval: ``every year``, ``every 5 years``, ``every 18 months``."""
    if months is None:
        return _("not needed")
    if months % YEAR == 0:
        return ngettext("every year", "every {number} years", months // YEAR)
    return ngettext("every month", "every {number} months", months)


def kind_in_text(kind: str) -> str:
    """A kind of service within a sentence."""
    return {
        "service": pgettext("kind of service", "service"),
        "regulation": pgettext("kind of service", "regulation"),
        "battery": pgettext("kind of service", "battery"),
        "pressure_test": pgettext("kind of service", "pressure test"),
        "repair": pgettext("kind of service", "repair"),
        "polish": pgettext("kind of service", "polishing"),
        "strap": pgettext("kind of service", "strap"),
        "inspection": pgettext("kind of service", "inspection"),
        "other": pgettext("kind of service", "other"),
    }[kind]


def reason(need: Need) -> str:
    """Why it is due on that day: as decided at the last one, or by the plan."""
    last = say.day(need.serviced_on)
    if not need.by_plan:
        return _("decided on {day}", day=last) if need.serviced_on else _("as decided")
    often = every(need.months)
    if need.serviced_on:
        return _("by plan, {interval}; last on {day}", interval=often, day=last)
    return _("by plan, {interval}; none recorded yet", interval=often)


def address(watch_id: object, **more: str) -> str:
    """The service tab of a watch."""
    return f"/watch?{urlencode({'id': str(watch_id), 'tab': 'service', **more})}"


def due_row(due: Due, today: date) -> Row:
    """A line of what is due: the watch, the kind of service, the day and how far it is."""
    return Row(
        address(due.watch_id),
        due.model,
        f"{due.brand} · {_(KINDS[due.kind])}",
        say.day(due.due_on),
        say.ago(due.due_on, today),
        "loss" if due.stage == "overdue" else "",
        photo_url(due.cover, "thumb"),
    )


def due_soon(due: Sequence[Due], today: date, limit: int) -> list[Listed]:
    """For the overview: the earliest of what is overdue or due in 90 days; no list for nothing."""
    near = [one for one in due if one.stage != "later"][:limit]
    if not near:
        return []
    return [
        Listed(
            _("Due soon"),
            [due_row(one, today) for one in near],
            [Link(_("All that is due"), "/service")],
        )
    ]


def away_row(away: Away, today: date) -> Row:
    """A line of what is at the watchmaker: since when, with whom, and when it comes back."""
    back = away.expected_back_on
    late = back is not None and back < today
    who = away.provider or _(KINDS[away.kind])
    return Row(
        address(away.watch_id),
        away.model,
        f"{away.brand} · {who}",
        _("Back {day}", day=say.day(back))
        if back
        else _("Since {day}", day=say.day(away.handed_over_on)),
        _rest(away, today),
        "loss" if late else "",
        photo_url(away.cover, "thumb"),
    )


def first(due: Sequence[Due], stage: str, limit: int) -> list[Due]:
    """The earliest of a stage."""
    return [one for one in due if one.stage == stage][:limit]


def many(due: Sequence[Due], stage: str) -> int:
    """How many there are in a stage, listed or not."""
    return next((one.in_stage for one in due if one.stage == stage), 0)


def _rest(away: Away, today: date) -> str:
    """In how many days it is back, or how late it is; else for how long it has been away."""
    if back := away.expected_back_on:
        if back >= today:
            return say.ago(back, today)
        unit, size = say.distance(back, today)
        return ngettext(*LATE[unit], size)
    return _("handed over {ago}", ago=say.ago(away.handed_over_on, today))

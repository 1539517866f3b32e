"""Services in words: how often, why something is due, what a line of a list says."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from app import format as say
from app.list_markup import Link
from app.markup import Row
from app.overview_markup import Listed
from app.photo_links import photo_url
from data.services import KINDS, Away, Due, Need

YEAR = 12  # months
WHOLE = Link("All that is due", "/service")


def every(months: int | None) -> str:
    """An interval: ``every year``, ``every 5 years``, ``every 18 months``."""
    if months is None:
        return "not needed"
    if months % YEAR == 0:
        years = months // YEAR
        return "every year" if years == 1 else f"every {years} years"
    return "every month" if months == 1 else f"every {months} months"


def reason(need: Need) -> str:
    """Why it is due on that day: as decided at the last one, or by the plan."""
    last = say.day(need.serviced_on)
    if not need.by_plan:
        return f"decided on {last}" if need.serviced_on else "as decided"
    done = f"last on {last}" if need.serviced_on else "none recorded yet"
    return f"by plan, {every(need.months)}; {done}"


def address(watch_id: object, **more: str) -> str:
    """The service tab of a watch."""
    return f"/watch?{urlencode({'id': str(watch_id), 'tab': 'service', **more})}"


def due_row(due: Due, today: date) -> Row:
    """A line of what is due: the watch, the kind of service, the day and how far it is."""
    return Row(
        address(due.watch_id),
        due.model,
        f"{due.brand} · {KINDS[due.kind]}",
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
    return [Listed("Due soon", [due_row(one, today) for one in near], [WHOLE])]


def away_row(away: Away, today: date) -> Row:
    """A line of what is at the watchmaker: since when, with whom, and when it comes back."""
    back = away.expected_back_on
    late = back is not None and back < today
    who = away.provider or KINDS[away.kind]
    return Row(
        address(away.watch_id),
        away.model,
        f"{away.brand} · {who}",
        f"Back {say.day(back)}" if back else f"Since {say.day(away.handed_over_on)}",
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
        far = say.ago(back, today)
        return (
            f"{far.removesuffix(' ago').replace('yesterday', '1 day')} late"
            if back < today
            else far
        )
    return f"handed over {say.ago(away.handed_over_on, today)}"

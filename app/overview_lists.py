"""The overview's lists of watches: the highest and lowest returns, what has no recent value."""

from collections.abc import Sequence
from urllib.parse import urlencode

from app import format as say
from app.language import _
from app.list_markup import Link
from app.markup import Row
from app.overview import NEVER_VALUED
from app.overview_markup import Listed
from app.photo_links import photo_url
from data.figures import NeedsValue, Performer, Totals

VALUED_LONG_AGO = {"status": "owned", "valued": "stale"}  # as in the URL of the watches page


def lists(
    performers: Sequence[Performer],
    needing: Sequence[NeedsValue],
    total: Totals,
    currency: str,
    *,
    writes: bool,
) -> list[Listed]:
    """Lists of watches, none of them empty; each title is true whatever the returns are.

    A single watch has no list of returns: its return is the collection's.
    """
    best = [one for one in performers if one.best]
    found = []
    if worst := [one for one in performers[::-1] if not one.best]:
        found.append(Listed(_("Highest returns"), _performer_rows(best, currency)))
        found.append(Listed(_("Lowest returns"), _performer_rows(worst, currency)))
    if needing:  # never valued, or over a year ago
        wholes = _lists_without_value(total)
        wholes = [Link(_("Update values"), "/update_values"), *wholes] if writes else wholes
        found.append(Listed(_("Without a recent value"), _needing_rows(needing), wholes))
    return found


def _performer_rows(performers: Sequence[Performer], currency: str) -> list[Row]:
    """Watches with their return, and the gain under it."""
    return [
        Row(
            f"/watch?id={one.watch_id}",
            one.model,
            f"{one.brand} · {say.money(one.value, currency)}",
            say.percent(one.return_fraction, signed=True),
            say.change(one.gain, currency),
            say.tone(one.gain),
            photo_url(one.cover, "thumb"),
        )
        for one in performers
    ]


def _needing_rows(watches: Sequence[NeedsValue]) -> list[Row]:
    """Watches to value; each leads to the field for it."""
    return [
        Row(
            f"/watch?id={one.watch_id}&tab=value",
            one.model,
            one.brand,
            say.money(one.value_amount, one.value_currency or ""),
            _why(one),
            photo_url=photo_url(one.cover, "thumb"),
        )
        for one in watches
    ]


def _lists_without_value(total: Totals) -> list[Link]:
    """The whole lists behind the short one of those without a recent value."""
    never = total.at_cost + total.without_value
    found = (
        (never, _("All that were never valued"), NEVER_VALUED),
        (total.stale, _("All valued over a year ago"), VALUED_LONG_AGO),
    )
    return [Link(label, f"/watches?{urlencode(query)}") for number, label, query in found if number]


def _why(watch: NeedsValue) -> str:
    """Since when a watch waits for a value."""
    if watch.valued_on:
        return _("on {day}", day=say.day(watch.valued_on))
    return _("no value, no cost") if watch.value_amount is None else _("at cost")

"""The life of a watch in one stream, newest first. ``/watch?id=…&tab=timeline&show=care``."""

from datetime import date
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from app import session, timeline_markup, timeline_words, ui, watch_history
from app.cache import cached
from app.language import N_, _, pgettext
from app.list_markup import Link
from app.timeline_markup import Period
from app.watch_values import Worth
from data import timeline
from data.timeline import Line

SHOWN, EARLIER = "show", "before"  # in the URL
TOPICS = {
    "": "",
    "value": N_("Value"),
    "care": N_("Care"),
    "files": N_("Files"),
    "edits": N_("Edits"),
}
EMPTY = {
    "value": (
        N_("No value yet"),
        N_("What it cost and what it is worth will stand here, day by day."),
    ),
    "care": (N_("No service yet"), N_("What was done, and what is due, will stand here.")),
    "files": (N_("No photos or documents yet"), N_("What you add will stand here, by its day.")),
    "edits": (N_("No edits"), N_("Who changed what will stand here.")),
}
LIMIT = 100


def tab(worth: Worth) -> None:
    """One page of the stream, of all topics or of one; an edit opens to what it changed."""
    watch_id = worth.watch.watch_id
    topic = st.query_params.get(SHOWN, "")
    topic = topic if topic in TOPICS else ""
    cursor = st.query_params.get(EARLIER)
    zone = str(session.time_zone())
    found = cached(timeline.page, watch_id, topic or None, zone, cursor, LIMIT + 1)
    lines = found[:LIMIT]
    with st.container(key="stay_at_timeline"):
        chips = [Link(_named(key), _address(show=key)) for key in TOPICS]
        ui.piece(timeline_markup.choices(_("What to show"), chips, _named(topic)))
        if lines:
            ui.piece(timeline_markup.timeline(_periods(lines, worth.today)))
        elif cursor:
            ui.empty(_("That is the beginning"), _("Nothing is known from before."))
        else:
            title, text = EMPTY[topic]
            ui.empty(_(title), _(text))
    before = Link(_("Latest"), _address(show=topic)) if cursor else None
    earlier = len(found) > LIMIT
    after = Link(_("Earlier"), _address(show=topic, before=lines[-1].cursor)) if earlier else None
    if before or after:
        ui.pager("", before, after)
    watch_history.show(worth.watch.watch_id)


def _named(topic: str) -> str:
    return _(TOPICS[topic]) if topic else pgettext("topics", "All")


def _periods(lines: list[Line], today: date) -> list[Period]:
    """What is to come, then year by year."""

    def heading(line: Line) -> str:
        return _("To come") if line.day > today else str(line.day.year)

    return [
        Period(name, [timeline_words.mark(line, today) for line in group])
        for name, group in groupby(lines, heading)
    ]


def _address(**parts: str) -> str:
    """This tab of this watch with these parts in the URL."""
    here = {"id": st.query_params.get("id", ""), "tab": "timeline"}
    if currency := st.query_params.get("currency"):
        here["currency"] = currency
    return "?" + urlencode(here | {name: part for name, part in parts.items() if part})

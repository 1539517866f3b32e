"""Due dates as an iCalendar file (RFC 5545): whole days, stable UIDs, no amounts.

Written in the language of whose calendar it is (app/language.py).
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vText

from app import service_words
from app.language import N_, _
from app.notice_words import leads_to
from data.calendar_feed import DueDate

MAKER = "-//Caseback//Due dates//EN"
REFRESH = "PT6H"  # how often a calendar may ask again
SUMMARY = {
    "service_due": N_("{watch}: {service} due"),
    "back": N_("{watch}: back from the watchmaker"),
    "warranty_ending": N_("{watch}: warranty ends"),
}


def calendar(found: Iterable[DueDate], household: str, now: datetime, site: str) -> bytes:
    """The file. ``site``: the public address of this box, for links; empty when not known."""
    file = Calendar()
    file.add("prodid", MAKER)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    name = vText(_line(_("Watches of {household}", household=household)))
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("x-published-ttl", REFRESH)
    for one in found:
        file.add_component(_event(one, now, site))
    return bytes(file.to_ical())


def _event(one: DueDate, now: datetime, site: str) -> Event:
    event = Event()
    watch = f"{one.brand} {one.model}"
    kind = service_words.kind_in_text(one.service) if one.service else ""
    thing = "-".join(filter(None, [one.kind, str(one.watch_id), one.thing]))
    event.add("uid", f"{thing}@caseback")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", _line(_(SUMMARY[one.kind], watch=watch, service=kind)))
    if one.reference:
        event.add("description", _line(_("Reference {reference}", reference=one.reference)))
    event.add("transp", "TRANSPARENT")  # the day is not taken
    event.add("class", "PRIVATE")
    if site:
        page, query = leads_to(one.kind if one.kind != "back" else "service_due", one.watch_id)
        event.add("url", f"{site}/{page}?" + "&".join(f"{k}={v}" for k, v in query.items()))
    return event


def _line(text: str) -> str:
    """The text in one line, without what no calendar can show."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())

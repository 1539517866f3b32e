"""The life of a watch in words: what a line of the timeline says, and where it leads."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from app import format as say
from app import history_words
from app.document_words import KINDS as DOCUMENT_KINDS
from app.photo_links import photo_url
from app.service_words import every
from app.timeline_markup import Mark
from app.watch_values import KINDS as VALUE_KINDS
from app.watch_words import STATUSES
from data.expenses import KINDS as EXPENSE_KINDS
from data.services import KINDS as SERVICE_KINDS
from data.timeline import Line
from data.watches import Status

OPENED = "change"  # in the URL: the event whose minute is open
ICONS = {
    "purchase": "shopping_bag",
    "left": "logout",
    "added": "add",
    "value": "payments",
    "serviced": "build",
    "handed_over": "storefront",
    "paid": "receipt_long",
    "due": "event",
    "document": "description",
    "photos": "photo_camera",
    "status": "flag",
    "edit": "edit",
    "binned": "delete",
    "restored": "undo",
    "purged": "delete_forever",
}
THINGS = {  # a table → one of its rows, several of them
    "watch": ("Watch", "watches"),
    "valuation": ("Value", "values"),
    "service": ("Service", "services"),
    "expense": ("Cost", "costs"),
    "document": ("Document", "documents"),
    "photo": ("Photo", "photos"),
}
NOBODY = frozenset({"purchase", "left", "due"})  # facts of the record: who wrote them says nothing
FATES = {"binned": "put in the bin", "restored": "restored", "purged": "removed for good"}
SOURCES = {"chrono24": "Chrono24", "import": "imported", "api": "by a program"}
LEFT = {"sold": "Sold", "gifted": "Given away", "lost": "Lost"}
TABS = {"value": "value", "serviced": "service", "handed_over": "service", "due": "service"} | {
    "paid": "service",
    "document": "documents",
    "photos": "photos",
    "purchase": "facts",
    "left": "facts",
}


def mark(line: Line, today: date) -> Mark:
    """A line as it stands on the page."""
    title = TITLES.get(line.kind, _fate)(line)
    who = "" if line.kind in NOBODY else line.who or "someone"
    detail = filter(None, [who, *DETAILS.get(line.kind, _none)(line)])
    day, tone = say.day(line.day), "accent" if line.topic in ("value", "care") else ""
    if line.kind == "due":
        day = f"{day} · {say.ago(line.day, today)}"
        tone = "loss" if line.day < today else "accent"
    shown = [photo_url(each, "thumb") or "" for each in line.hashes or ()]
    hidden = line.count - len(shown)
    return Mark(
        ICONS[line.kind],
        title,
        day,
        _href(line),
        " · ".join(detail),
        "" if line.amount is None else say.money(line.amount, line.currency or ""),
        line.note or "",
        tone,  # type: ignore[arg-type]
        shown,
        f"and {hidden} more" if shown and hidden > 0 else "",
        opens=line.kind in ("edit", "status"),
    )


def _href(line: Line) -> str:
    """The tab that has more to say, the change itself, the bin; nothing where nothing is."""
    here = {"id": st.query_params.get("id", "")}
    if line.kind in ("edit", "status"):
        return "?" + urlencode(st.query_params.to_dict() | {OPENED: str(line.event_id)})
    if line.kind == "binned":
        return "/bin"
    tab = TABS.get(line.kind)
    return "?" + urlencode(here | {"tab": tab}) if tab else ""


def _purchase(line: Line) -> str:
    return f"Bought from {line.title}" if line.title else "Bought"


def _left(line: Line) -> str:
    said = LEFT[line.what or ""]
    return f"{said} to {line.title}" if line.title else said


def _added(_line: Line) -> str:
    return "Added here"


def _value(line: Line) -> str:
    return f"{VALUE_KINDS[line.what or '']} value"


def _serviced(line: Line) -> str:
    return f"{_service(line)}, {line.title}" if line.title else _service(line)


def _handed_over(line: Line) -> str:
    at = f" to {line.title}" if line.title else ""
    return f"Handed over{at} for {_lower(_service(line))}"


def _paid(line: Line) -> str:
    often = f", {every(int(line.title))}" if line.title else ""
    return f"{EXPENSE_KINDS[line.what or '']}{often}"


def _due(line: Line) -> str:
    return f"{_service(line)} due"


def _document(line: Line) -> str:
    return line.title or DOCUMENT_KINDS[line.what or ""]


def _photos(line: Line) -> str:
    return "Photo added" if line.count == 1 else f"{line.count} photos added"


def _status(line: Line) -> str:
    return f"{STATUSES[Status(line.what or '')]} → {STATUSES[Status(line.title or '')]}"


def _edit(line: Line) -> str:
    return f"Edited {history_words.edited(line.fields or ())}"


def _fate(line: Line) -> str:
    """Put in the bin, taken out, removed for good: one thing by its name, several by number."""
    one, many = THINGS[line.entity or ""]
    if line.count > 1:
        return f"{line.count} {many} {FATES[line.kind]}"
    named = f"{one} “{line.title}”" if line.title else one
    return f"{named} {FATES[line.kind]}"


def _none(_line: Line) -> list[str]:
    return []


def _of_value(line: Line) -> list[str]:
    return [SOURCES.get(line.title or "", "")]


def _of_document(line: Line) -> list[str]:
    return [DOCUMENT_KINDS[line.what or ""]]


def _of_photos(line: Line) -> list[str]:
    return [line.title or ""]


def _of_quote(line: Line) -> list[str]:
    return [] if line.amount is None else ["with a quote"]


def _service(line: Line) -> str:
    return SERVICE_KINDS[line.what or ""]


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


TITLES: dict[str, Callable[[Line], str]] = {
    "purchase": _purchase,
    "left": _left,
    "added": _added,
    "value": _value,
    "serviced": _serviced,
    "handed_over": _handed_over,
    "paid": _paid,
    "due": _due,
    "document": _document,
    "photos": _photos,
    "status": _status,
    "edit": _edit,
}
DETAILS: dict[str, Callable[[Line], list[str]]] = {
    "value": _of_value,
    "document": _of_document,
    "photos": _of_photos,
    "handed_over": _of_quote,
}

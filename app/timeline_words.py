"""The life of a watch in words: what a line of the timeline says, and where it leads."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from app import format as say
from app import history_words
from app.document_words import KINDS as DOCUMENT_KINDS
from app.language import N_, N_n, _, ngettext
from app.photo_links import photo_url
from app.service_words import every, kind_in_text
from app.timeline_markup import Mark
from app.watch_values import VALUE_NAMES
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
THINGS = {  # a table → one of its rows
    "watch": N_("Watch"),
    "valuation": N_("Value"),
    "service": N_("Service"),
    "expense": N_("Cost"),
    "document": N_("Document"),
    "photo": N_("Photo"),
}
SEVERAL = {
    "watch": N_n("{number} watch", "{number} watches"),
    "valuation": N_n("{number} value", "{number} values"),
    "service": N_n("{number} service", "{number} services"),
    "expense": N_n("{number} cost", "{number} costs"),
    "document": N_n("{number} document", "{number} documents"),
    "photo": N_n("{number} photo", "{number} photos"),
}
NOBODY = frozenset({"purchase", "left", "due"})  # facts of the record: who wrote them says nothing
FATES = {
    "binned": N_("{thing} put in the bin"),
    "restored": N_("{thing} restored"),
    "purged": N_("{thing} removed for good"),
}
SOURCES = {"chrono24": "Chrono24", "import": N_("imported"), "api": N_("by a program")}
LEFT = {"sold": N_("Sold"), "gifted": N_("Given away"), "lost": N_("Lost")}
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
    who = "" if line.kind in NOBODY else line.who or _("a former member")
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
        ngettext("and {number} more", "and {number} more", hidden) if shown and hidden > 0 else "",
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
    return _("Bought from {seller}", seller=line.title) if line.title else _("Bought")


def _left(line: Line) -> str:
    said = _(LEFT[line.what or ""])
    return _("{done} to {name}", done=said, name=line.title) if line.title else said


def _added(_line: Line) -> str:
    return _("Added here")


def _value(line: Line) -> str:
    return _(VALUE_NAMES[line.what or ""])


def _serviced(line: Line) -> str:
    return f"{_service(line)}, {line.title}" if line.title else _service(line)


def _handed_over(line: Line) -> str:
    service = kind_in_text(line.what or "")
    if line.title:
        return _("Handed over to {name} for {service}", name=line.title, service=service)
    return _("Handed over for {service}", service=service)


def _paid(line: Line) -> str:
    often = f", {every(int(line.title))}" if line.title else ""
    return f"{_(EXPENSE_KINDS[line.what or ''])}{often}"


def _due(line: Line) -> str:
    return _("{service} due", service=_service(line))


def _document(line: Line) -> str:
    return line.title or _(DOCUMENT_KINDS[line.what or ""])


def _photos(line: Line) -> str:
    return ngettext("Photo added", "{number} photos added", line.count)


def _status(line: Line) -> str:
    before, after = STATUSES[Status(line.what or "")], STATUSES[Status(line.title or "")]
    return f"{_(before)} → {_(after)}"


def _edit(line: Line) -> str:
    return _("Edited {fields}", fields=history_words.edited(line.fields or ()))


def _fate(line: Line) -> str:
    """Put in the bin, taken out, removed for good: one thing by its name, several by number."""
    entity = line.entity or ""
    thing = _(THINGS[entity])
    if line.count > 1:
        thing = ngettext(*SEVERAL[entity], line.count)
    elif line.title:
        thing = _("{thing} “{title}”", thing=thing, title=line.title)
    return _(FATES[line.kind], thing=thing)


def _none(_line: Line) -> list[str]:
    return []


def _of_value(line: Line) -> list[str]:
    return [_(SOURCES.get(line.title or "", ""))]


def _of_document(line: Line) -> list[str]:
    return [_(DOCUMENT_KINDS[line.what or ""])]


def _of_photos(line: Line) -> list[str]:
    return [line.title or ""]


def _of_quote(line: Line) -> list[str]:
    return [] if line.amount is None else [_("with a quote")]


def _service(line: Line) -> str:
    return _(SERVICE_KINDS[line.what or ""])


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

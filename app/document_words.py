"""Documents in words: what they are, how large, to what they belong."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import format as say
from app.cache import cached
from app.document_markup import Paper, Pile
from app.language import N_, _
from app.service_words import kind_in_text
from data import services
from data.documents import PDF, Document
from data.services import Service

KINDS = {
    "receipt": N_("Receipt"),
    "warranty": N_("Warranty"),
    "appraisal": N_("Appraisal"),
    "certificate": N_("Certificate"),
    "insurance": N_("Insurance"),
    "service": N_("Service"),
    "other": N_("Other"),
}
PILES = {  # the headings of the list, in its order
    "receipt": N_("Receipts"),
    "warranty": N_("Warranty"),
    "appraisal": N_("Appraisals"),
    "certificate": N_("Certificates"),
    "insurance": N_("Insurance"),
    "service": N_("Service"),
    "other": N_("Other"),
}
FORMATS = {PDF: "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP"}
OPENED, PAGE, EDITED = "document", "p", "edit"  # in the URL
KB, MB = 1_000, 1_000_000
Labels = Mapping[UUID, Service]


def address(watch_id: UUID, **more: object) -> str:
    """The documents of a watch, in the currency of this page; with one of them: ``document=…``."""
    kept = {name: text for name, text in st.query_params.to_dict().items() if name == "currency"}
    query = {"id": watch_id, "tab": "documents", **kept, **more}
    return "/watch?" + urlencode(query)


def size(size_bytes: int) -> str:
    """``340 kB``, ``1.2 MB``; a file of a few bytes is 1 kB."""
    if size_bytes < MB:
        return f"{max(1, round(size_bytes / KB))}{say.SPACE}kB"
    return f"{say.localised(f'{size_bytes / MB:.1f}')}{say.SPACE}MB"


def what(document: Document) -> str:
    """``PDF, 4 pages``."""
    pages = f", {say.count(document.pages, 'page', 'pages')}" if document.pages else ""
    return FORMATS[document.media_type] + pages


def detail(document: Document, labels: Labels) -> str:
    """All that is known about a document, in one line."""
    parts = [_(KINDS[document.kind]), _dated(document), what(document), size(document.size_bytes)]
    return " · ".join(filter(None, [*parts, _service_of(document, labels)]))


def by_kind(documents: Sequence[Document], labels: Labels) -> list[Pile]:
    """The documents of a watch, each kind under its heading."""
    return [
        Pile(_(heading), [paper(document, labels) for document in same])
        for kind, heading in PILES.items()
        if (same := [document for document in documents if document.kind == kind])
    ]


def paper(document: Document, labels: Labels, *, kind: bool = False) -> Paper:
    """A document in a list; ``kind`` names it where no heading does."""
    parts = [
        _(KINDS[document.kind]) if kind else "",
        _dated(document),
        _service_of(document, labels),
    ]
    return Paper(
        address(document.watch_id, **{OPENED: document.document_id}),
        document.title,
        " · ".join(filter(None, parts)),
        what(document),
        size(document.size_bytes),
        "picture_as_pdf" if document.media_type == PDF else "image",
    )


def service_labels(watch_id: UUID) -> dict[UUID, Service]:
    """The services of a watch, newest first."""
    return {service.service_id: service for service in cached(services.of_watch, watch_id)}


def label(service: Service) -> str:
    """A service as a person tells it apart from others."""
    return _told(_(services.KINDS[service.kind]), service)


def _told(kind: str, service: Service) -> str:
    day = say.day(service.serviced_on or service.handed_over_on)
    return " · ".join(filter(None, [kind, day, service.provider]))


def _dated(document: Document) -> str:
    return say.day(document.dated_on) if document.dated_on else ""


def _service_of(document: Document, labels: Labels) -> str:
    """Its service; nothing when that is in the bin."""
    found = labels.get(document.service_id) if document.service_id else None
    return _("of {service}", service=_told(kind_in_text(found.kind), found)) if found else ""

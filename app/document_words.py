"""Documents in words: what they are, how large, to what they belong."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import format as say
from app.cache import cached
from app.document_markup import Paper, Pile
from data import services
from data.documents import PDF, Document
from data.services import Service

KINDS = {
    "receipt": "Receipt",
    "warranty": "Warranty",
    "appraisal": "Appraisal",
    "certificate": "Certificate",
    "insurance": "Insurance",
    "service": "Service",
    "other": "Other",
}
PILES = {  # the headings of the list, in its order
    "receipt": "Receipts",
    "warranty": "Warranty",
    "appraisal": "Appraisals",
    "certificate": "Certificates",
    "insurance": "Insurance",
    "service": "Service",
    "other": "Other",
}
FORMATS = {PDF: "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP"}
OPENED, PAGE, EDITED = "document", "p", "edit"  # in the URL
KB, MB = 1_000, 1_000_000
Labels = Mapping[UUID, str]


def address(watch_id: UUID, **more: object) -> str:
    """The documents of a watch, in the currency of this page; with one of them: ``document=…``."""
    kept = {name: text for name, text in st.query_params.to_dict().items() if name == "currency"}
    query = {"id": watch_id, "tab": "documents", **kept, **more}
    return "/watch?" + urlencode(query)


def size(size_bytes: int) -> str:
    """``340 kB``, ``1.2 MB``; a file of a few bytes is 1 kB."""
    if size_bytes < MB:
        return f"{max(1, round(size_bytes / KB))}{say.SPACE}kB"
    return f"{size_bytes / MB:.1f}{say.SPACE}MB"


def what(document: Document) -> str:
    """``PDF, 4 pages``."""
    pages = f", {say.count(document.pages, 'page', 'pages')}" if document.pages else ""
    return FORMATS[document.media_type] + pages


def detail(document: Document, labels: Labels) -> str:
    """All that is known about a document, in one line."""
    parts = [KINDS[document.kind], _dated(document), what(document), size(document.size_bytes)]
    return " · ".join(filter(None, [*parts, _service_of(document, labels)]))


def by_kind(documents: Sequence[Document], labels: Labels) -> list[Pile]:
    """The documents of a watch, each kind under its heading."""
    return [
        Pile(heading, [paper(document, labels) for document in same])
        for kind, heading in PILES.items()
        if (same := [document for document in documents if document.kind == kind])
    ]


def paper(document: Document, labels: Labels, *, kind: bool = False) -> Paper:
    """A document in a list; ``kind`` names it where no heading does."""
    parts = [KINDS[document.kind] if kind else "", _dated(document), _service_of(document, labels)]
    return Paper(
        address(document.watch_id, **{OPENED: document.document_id}),
        document.title,
        " · ".join(filter(None, parts)),
        what(document),
        size(document.size_bytes),
        "picture_as_pdf" if document.media_type == PDF else "image",
    )


def service_labels(watch_id: UUID) -> dict[UUID, str]:
    """The services of a watch as a person tells them apart, newest first."""
    return {service.service_id: _label(service) for service in cached(services.of_watch, watch_id)}


def _label(service: Service) -> str:
    day = say.day(service.serviced_on or service.handed_over_on)
    return " · ".join(filter(None, [services.KINDS[service.kind], day, service.provider]))


def _dated(document: Document) -> str:
    return say.day(document.dated_on) if document.dated_on else ""


def _service_of(document: Document, labels: Labels) -> str:
    """Its service; nothing when that is in the bin."""
    label = labels.get(document.service_id) if document.service_id else None
    return f"of {label[0].lower()}{label[1:]}" if label else ""

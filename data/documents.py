"""The papers of a watch, or of one of its services: receipts, warranty cards, appraisals.

A file is stored before its row: a crash between the two leaves a file without a row, which the
nightly sweep removes, and never a row without its file.
"""

import io
import re
import unicodedata
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import cast
from uuid import UUID

from PIL import Image
from sqlalchemy import Connection

from data import media, pdf, pictures, queries
from data.accounts import Member
from data.errors import ConflictError, NotFoundError, RefusedError
from data.pdf_worker import TALLEST
from data.said import said
from data.typed import cleaned
from data.watches import EARLIEST, NOT_HERE

KINDS = ("receipt", "warranty", "appraisal", "certificate", "insurance", "service", "other")
PDF = "application/pdf"
EXTENSIONS = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
LARGEST = pdf.LARGEST  # bytes
LONGEST_TITLE = 200  # characters
LONGEST_NAME = 100  # characters of a file name, without its extension
GONE = said("This document is not here any more.")
PREVIEW_PX = 1_400  # the width of a page as it is shown
FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')  # in file names, on one system or another
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True)
class DocumentDraft:
    """What a person says about a document."""

    title: str = ""
    kind: str = "other"
    dated_on: date | None = None
    service_id: UUID | None = None  # of the same watch

    def tidy(self) -> "DocumentDraft":
        """The same, its title in one line and without what cannot be seen."""
        return replace(self, title=_seen(self.title))

    def check(self, today: date) -> None:
        """Refuse what a form explains better than a constraint. Raises RefusedError."""
        problems: dict[str, str] = {}
        if not self.title:
            problems["title"] = said("Give the document a title.")
        elif len(self.title) > LONGEST_TITLE:
            problems["title"] = said(
                "A title has up to {limit} characters; please shorten it.", limit=LONGEST_TITLE
            )
        if self.kind not in KINDS:
            problems["kind"] = said("Choose a type of document from the list.")
        if self.dated_on and self.dated_on > today:
            problems["dated_on"] = said("This day has not come yet.")
        elif self.dated_on and self.dated_on < EARLIEST:
            problems["dated_on"] = said("This must be in 1900 or later.")
        if problems:
            raise RefusedError(problems)


@dataclass(frozen=True)
class Document(DocumentDraft):
    """A stored document; ``version`` is what an edit must quote back."""

    document_id: UUID = field(kw_only=True)
    watch_id: UUID = field(kw_only=True)
    content_hash: str = field(kw_only=True)  # SHA-256 of the file
    media_type: str = field(kw_only=True)
    size_bytes: int = field(kw_only=True)
    pages: int | None = field(kw_only=True)  # of a PDF
    version: int = field(kw_only=True)
    added_at: datetime = field(kw_only=True)

    @property
    def file_name(self) -> str:
        """What it is called when it is downloaded: its title, safe on every system."""
        return download_name(self.title, self.media_type)


@dataclass(frozen=True)
class Content:
    """A file as it is kept: checked, and an image written anew."""

    data: bytes
    media_type: str
    pages: int | None = None
    text: str = ""


def download_name(title: str, media_type: str) -> str:
    """A title as the name of a file, safe on every system."""
    name = FORBIDDEN.sub(" ", _seen(title))[:LONGEST_NAME].strip(" .")
    return f"{' '.join(name.split()) or 'document'}.{EXTENSIONS[media_type]}"


def title_of(file_name: str) -> str:
    """A title to begin with: the file's name without folders, extension and underscores."""
    name = re.split(r"[\\/]", file_name)[-1]
    stem = re.sub(r"\.\w{1,5}$", "", name)
    return _seen(stem.replace("_", " "))[:LONGEST_TITLE].strip() or "Document"


def take(content: bytes) -> Content:
    """A file as it will be kept, whatever its name says.

    Raises:
        RefusedError: it is none of the four types, too large, damaged or not what it seems.
    """
    if not content:
        raise RefusedError({"document": said("This file is empty.")})
    if len(content) > LARGEST:
        raise RefusedError({"document": said("A document has up to 10 MB; this one is larger.")})
    if pdf.looks_like_one(content):
        found = pdf.check(content)
        return Content(content, PDF, found.pages, found.text)
    return Content(*pictures.cleaned(content))


def of_watch(db: Connection, member: Member, watch_id: UUID) -> list[Document]:
    """The documents of a watch, newest first; undated ones last."""
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    return queries.many(db, Document, "document_list", **keys)


def of_service(db: Connection, member: Member, service_id: UUID) -> list[Document]:
    """The documents of one service, newest first; undated ones last."""
    keys = {"household_id": member.household_id, "service_id": service_id}
    return queries.many(db, Document, "document_list_service", **keys)


def get(db: Connection, member: Member, document_id: UUID) -> Document:
    """One document that is here. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "document_id": document_id}
    found = queries.first(db, Document, "document_get", **keys)
    if found is None:
        raise NotFoundError(GONE)
    return found


def add(
    db: Connection,
    member: Member,
    watch_id: UUID,
    draft: DocumentDraft,
    content: Content,
    today: date,
) -> UUID:
    """Store a document, its file first; returns its id.

    Raises:
        RefusedError: a field breaks a rule, or this file is here already.
        NotFoundError: the watch is gone.
    """
    draft = draft.tidy()
    draft.check(today)
    content_hash = sha256(content.data).hexdigest()
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    twin = queries.value(db, "document_twin", **keys, content_hash=content_hash)
    if twin is not None:
        raise RefusedError(
            {"document": said("This file is here already, as “{title}”.", title=twin)}
        )
    key = media.document_key(member.household_id, content_hash, content.media_type)
    media.put(key, content.data)
    document_id = queries.value(
        db,
        "document_insert",
        **keys,
        **asdict(draft),
        content_hash=content_hash,
        media_type=content.media_type,
        size_bytes=len(content.data),
        pages=content.pages,
        text=content.text,
    )
    if document_id is None:
        raise NotFoundError(NOT_HERE)
    return cast("UUID", document_id)


def change(
    db: Connection, member: Member, old: Document, draft: DocumentDraft, today: date
) -> None:
    """Correct what is said about a document, if it is still as ``old``.

    Raises:
        RefusedError: a field breaks a rule.
        NotFoundError: it is gone.
        ConflictError: it has been changed meanwhile.
    """
    draft = draft.tidy()
    draft.check(today)
    if queries.value(db, "document_update", **_keys(member, old), **asdict(draft)) is None:
        get(db, member, old.document_id)
        raise ConflictError(said("Someone else changed this document while you were editing it."))


def remove(db: Connection, member: Member, old: Document) -> None:
    """Put a document into the bin. Raises NotFoundError, ConflictError."""
    if queries.value(db, "document_to_bin", **_keys(member, old)) is None:
        get(db, member, old.document_id)
        raise ConflictError(
            said("Someone else changed this document meanwhile. It was not removed.")
        )


def restore(db: Connection, member: Member, document_id: UUID) -> None:
    """Take a document out of the bin. Raises NotFoundError."""
    keys = {"household_id": member.household_id, "document_id": document_id}
    if queries.value(db, "document_from_bin", **keys) is None:
        raise NotFoundError(said("This document is not in the bin."))


def find_file(member: Member, document: Document) -> bytes | None:
    """The file of a document; None if the store has lost it."""
    key = media.document_key(member.household_id, document.content_hash, document.media_type)
    return media.find(key)


def find_page(member: Member, document: Document, number: int) -> bytes | None:
    """A page as a WebP picture, or the image that the document is; None: there is no such page."""
    if not 1 <= number <= (document.pages or 1):
        return None
    try:
        return _drawn(member.household_id, document.content_hash, document.media_type, number)
    except NotFoundError:
        return None


@lru_cache(maxsize=64)
def _drawn(household_id: UUID, content_hash: str, media_type: str, number: int) -> bytes:
    """A page, kept for a while: to draw it costs a hundred times what it costs to send.

    Raises:
        NotFoundError: the file is lost, or this page of it cannot be drawn (not kept).
    """
    content = media.find(media.document_key(household_id, content_hash, media_type))
    if content is None:
        raise NotFoundError(GONE)
    if media_type != PDF:
        return _reduced(content)
    drawn = pdf.page_image(content, number, PREVIEW_PX)
    if drawn is None:
        raise NotFoundError(said("This page can't be shown."))
    return drawn


def _reduced(content: bytes) -> bytes:
    """An image of ours (it was written by data/pictures.py) as wide as a page is shown."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as kept:
        kept.thumbnail((PREVIEW_PX, TALLEST))
        kept.save(out, "WEBP", quality=80)
    return out.getvalue()


def _keys(member: Member, old: Document) -> dict[str, object]:
    return {
        "household_id": member.household_id,
        "document_id": old.document_id,
        "version": old.version,
    }


def _seen(text: str) -> str:
    """A text in one line, without control, formatting and unassigned characters."""
    line = " ".join((cleaned(text) or "").split())
    return "".join(char for char in line if unicodedata.category(char) not in UNSEEN).strip()

"""One document: its pages as pictures, what is known about it, edit, download, delete."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import document_words as words
from app import format as say
from app import record_form, session, ui
from app.cache import cached
from app.document_words import EDITED, OPENED, PAGE
from app.language import _
from app.list_markup import Link
from data import documents
from data.db import read
from data.documents import Document, DocumentDraft
from data.errors import AppError, ConflictError, NotFoundError, RefusedError

REMOVED = "document.removed"  # the document removed last, to be undone


def show(watch_id: UUID, *, writes: bool) -> None:
    """The document of the URL, or a sentence when it is none of this watch."""
    document = _asked(watch_id)
    if document is None:
        back = Link(_("All documents"), words.address(watch_id))
        ui.paper_head(
            back, _(documents.GONE), _("It may be in the bin, or the link is incomplete.")
        )
        return
    labels = words.service_labels(watch_id)
    back = Link(_("All documents"), words.address(watch_id))
    ui.paper_head(back, document.title, words.detail(document, labels))
    if writes and EDITED in st.query_params:
        _edit(document, labels)
    else:
        _actions(document, writes=writes)
    _preview(document)


def undo_removal(watch_id: UUID) -> None:
    """After a removal: what was removed, and the way back."""
    gone: Document | None = session.get(REMOVED, None)
    if gone is not None and gone.watch_id == watch_id:
        restore = partial(documents.restore, document_id=gone.document_id)
        record_form.undo("document", _("“{name}” was removed.", name=gone.title), restore)


def _asked(watch_id: UUID) -> Document | None:
    """The document of the URL; None when it is none of this watch, or gone."""
    try:
        found = cached(documents.get, UUID(st.query_params[OPENED]))
    except (ValueError, NotFoundError):
        return None
    return found if found.watch_id == watch_id else None


def _actions(document: Document, *, writes: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="document_actions"):
        ui.download(f"/document/{document.document_id}", document.file_name)
        if not writes:
            return
        st.button(_("Edit"), icon=":material/edit:", key="document.edit", on_click=_open_form)
        if st.button(_("Delete"), icon=":material/delete:", key="document.delete"):
            try:
                with session.write() as db:
                    documents.remove(db, session.member(), document)
                session.put(REMOVED, document)
                _leave(OPENED, PAGE)
            except AppError as error:
                session.notice(_(str(error)))
            st.rerun()


def _preview(document: Document) -> None:
    """A page, and the way to the next one; the place on the screen stays."""
    pages = document.pages or 1
    number = _number(pages)
    with st.container(key="stay_at_document"):
        if pages > 1:
            before = _page_link(document, _("Previous"), number - 1) if number > 1 else None
            after = _page_link(document, _("Next"), number + 1) if number < pages else None
            here = _("Page {number} of {pages}", number=say.number(number), pages=say.number(pages))
            ui.pager(here, before, after)
        src = f"/document/{document.document_id}/page/{number}.webp?{document.content_hash[:8]}"
        alt = document.title
        if pages > 1:
            alt = _("Page {number} of {document}", number=number, document=document.title)
        ui.page_picture(src, alt)


def _number(pages: int) -> int:
    """The page of the URL; the first when it names none."""
    asked = st.query_params.get(PAGE, "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1  # noqa: PLR2004
    return number if 1 <= number <= pages else 1


def _page_link(document: Document, text: str, number: int) -> Link:
    more = {OPENED: document.document_id, PAGE: number}
    return Link(text, words.address(document.watch_id, **more))


def _edit(document: Document, labels: words.Labels) -> None:
    """What is said about it; kept as it was when the form was opened, so that nobody overwrites."""
    form = f"document.{document.document_id}"
    shown = session.opened(form, partial(_load, document.document_id))
    old: Document = session.get(f"{form}.meanwhile", shown)
    key = f"{form}.{shown.version}"
    problems: Mapping[str, str] = {}
    conflict = st.container()
    with st.form(key, border=False):
        draft, places = _fields(key, shown, labels)
        with st.container(horizontal=True, vertical_alignment="center"):
            saved = st.form_submit_button(_("Save"), type="primary")
            cancelled = st.form_submit_button(_("Cancel"))
    if cancelled:
        _close(form)
    if saved:
        try:
            with session.write() as db:
                documents.change(db, session.member(), old, draft, session.today())
        except ConflictError:
            session.put(f"{form}.meanwhile", _load(document.document_id))
        except RefusedError as error:
            problems = error.problems
        else:
            session.notice(_("Document saved."))
            _close(form)
    for field, sentence in problems.items():
        with places.get(field, conflict):
            ui.field_problem({field: sentence}, field)
    if theirs := session.get(f"{form}.meanwhile", None):
        with conflict:
            now = _("“{title}”, {detail}", title=theirs.title, detail=words.detail(theirs, labels))
            record_form.settle(form, "document", now)


def _fields(
    key: str, shown: Document, labels: words.Labels
) -> tuple[DocumentDraft, dict[str, DeltaGenerator]]:
    """What is typed now, and the places under the fields."""
    title = st.text_input(_("Title"), shown.title, key=f"{key}.title", autocomplete="off")
    places = {"title": st.container()}
    left, right = st.columns(2)
    with left:
        kinds = list(words.KINDS)
        kind = st.selectbox(
            _("Type"),
            kinds,
            index=kinds.index(shown.kind),
            format_func=lambda key: _(words.KINDS[key]),
            key=f"{key}.kind",
        )
        places["kind"] = st.container()
    with right:
        dated_on = st.date_input(
            _("Date (optional)"),
            shown.dated_on,
            min_value=date.min,  # a day out of range is refused with a sentence
            max_value=date.max,
            format="YYYY-MM-DD",
            key=f"{key}.dated_on",
        )
        places["dated_on"] = st.container()
    service_id = shown.service_id
    if labels:
        choices = [None, *labels]
        service_id = st.selectbox(
            _("Belongs to"),
            choices,
            index=choices.index(service_id) if service_id in choices else 0,
            format_func=lambda chosen: (
                words.label(labels[chosen]) if chosen else _("The watch itself")
            ),
            key=f"{key}.service",
        )
    day = dated_on if isinstance(dated_on, date) else None
    return DocumentDraft(title, kind, day, service_id), places


def _load(document_id: UUID) -> Document:
    with read(session.member()) as db:
        return documents.get(db, session.member(), document_id)


def _open_form() -> None:
    st.query_params[EDITED] = "1"


def _close(form: str) -> None:
    """Back to the document as it is."""
    record_form.forget(form)
    _leave(EDITED)
    st.rerun()


def _leave(*names: str) -> None:
    for name in names:
        st.query_params.pop(name, None)

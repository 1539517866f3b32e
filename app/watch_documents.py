"""The papers of a watch and of its services: the list by kind, and how to add more.

``?tab=documents`` lists them; ``&document=<id>`` shows one (app/document_view.py).
"""

from datetime import date
from uuid import UUID

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app import document_view, rate_limits, session, ui
from app import document_words as words
from app import format as say
from app.cache import cached
from app.document_markup import Pile
from app.language import N_, _, ngettext
from app.watch_values import Worth
from data import documents
from data.documents import DocumentDraft
from data.errors import AppError, NotFoundError, RefusedError

TYPES = ["pdf", "jpg", "jpeg", "png", "webp"]
LARGEST_MB = documents.LARGEST // words.MB
REFUSED = "documents.refused"
Problems = dict[str, str]


def tab(worth: Worth) -> None:
    """One document when the URL names one, else all of them and the way to add more."""
    watch_id, writes = worth.watch.watch_id, session.member().role != "viewer"
    if words.OPENED in st.query_params:
        document_view.show(watch_id, writes=writes)
        return
    shown = cached(documents.of_watch, watch_id)
    if writes:
        document_view.undo_removal(watch_id)
    if shown:
        ui.piles(words.by_kind(shown, words.service_labels(watch_id)))
    else:
        text = _(
            "Receipts, warranty cards, appraisals: kept with the watch, and found by their words."
        )
        ui.empty(_("No documents yet"), text)
    if writes:
        if shown:
            ui.heading(_("Add documents"))
        _add_form(watch_id, None)


def for_service(watch_id: UUID, service_id: UUID) -> None:
    """The documents of a service in a short list, and for who may write a form to add some."""
    shown = cached(documents.of_service, service_id)
    if shown:
        ui.piles([Pile("", [words.paper(document, {}, kind=True) for document in shown])])
    if session.member().role != "viewer":
        refused = session.get(_key(REFUSED, watch_id, service_id), None)
        with st.expander(_("Add documents"), icon=":material/attach_file:", expanded=bool(refused)):
            _add_form(watch_id, service_id)


def _add_form(watch_id: UUID, service_id: UUID | None) -> None:
    """Several files at once; the title of each comes from its name and can be edited later."""
    form = _key("documents", watch_id, service_id)
    turn = session.get(f"{form}.turn", 0)  # a new one empties the form
    key, files_key = f"{form}.{turn}", f"{form}.{turn}.{session.get(f'{form}.files', 0)}"
    refused_key = _key(REFUSED, watch_id, service_id)
    before: list[tuple[str, str]] = session.get(refused_key, [])
    if before:
        ui.refusals(_("Not added:"), before)
    with st.form(form, border=False):
        files = st.file_uploader(
            _("Files"),
            TYPES,
            accept_multiple_files=True,
            max_upload_size=LARGEST_MB,
            key=f"{files_key}.files",
        )
        no_file = st.container()
        left, right = st.columns(2)
        with left:
            kinds = list(words.KINDS)
            kind = st.selectbox(
                _("Type"),
                kinds,
                index=kinds.index("receipt" if service_id is None else "service"),
                format_func=lambda key: _(words.KINDS[key]),
                key=f"{key}.kind",
            )
        with right:
            dated_on = st.date_input(
                _("Date (optional)"),
                None,
                min_value=date.min,  # a day out of range is refused with a sentence
                max_value=date.max,
                format="YYYY-MM-DD",
                key=f"{key}.dated_on",
            )
            wrong_day = st.container()
        progress = st.container()
        pressed = st.form_submit_button(_("Add documents"), icon=":material/add:", type="primary")
    if pressed:
        day = dated_on if isinstance(dated_on, date) else None
        draft = DocumentDraft("", kind, day, service_id)
        problems = _problems(draft, files)
        with no_file:
            ui.field_problem(problems, "document")
        with wrong_day:
            ui.field_problem(problems, "dated_on")
        if not problems:
            with progress:
                refused = _add_all(watch_id, draft, files)
            session.put(refused_key, refused)
            step = f"{form}.files" if refused else f"{form}.turn"  # what was chosen stays
            session.put(step, session.get(step, 0) + 1)
            st.rerun()


def _problems(draft: DocumentDraft, files: list[UploadedFile]) -> Problems:
    """What is wrong with the form as a whole, before any file is looked into."""
    problems: Problems = {} if files else {"document": _("Choose one or more files.")}
    try:
        DocumentDraft("A title", draft.kind, draft.dated_on).check(session.today())
    except RefusedError as error:
        problems |= error.problems
    return problems


def _add_all(
    watch_id: UUID, draft: DocumentDraft, files: list[UploadedFile]
) -> list[tuple[str, str]]:
    """Add each file; returns those that were refused, with the reason."""
    refused = []
    bar = st.progress(0.0)
    for number, file in enumerate(files):
        bar.progress(number / len(files), text=ui.plain(file.name))
        try:
            _add(watch_id, draft, file)
        except AppError as error:
            refused.append((file.name, str(error)))
    if added := len(files) - len(refused):
        documents_added = say.count(added, "document", "documents")
        session.notice(
            ngettext("{documents} added.", "{documents} added.", added, documents=documents_added)
        )
    return refused


def _add(watch_id: UUID, draft: DocumentDraft, file: UploadedFile) -> None:
    member = session.member()
    if member.role == "viewer":
        raise NotFoundError(N_("You may look at this watch, but not change it."))
    rate_limits.check("upload", str(member.user_id))
    content = documents.take(file.getvalue())
    titled = DocumentDraft(
        documents.title_of(file.name), draft.kind, draft.dated_on, draft.service_id
    )
    with session.write() as db:
        documents.add(db, member, watch_id, titled, content, session.today())


def _key(name: str, watch_id: UUID, service_id: UUID | None) -> str:
    return f"{name}.{watch_id}.{service_id or ''}"

"""The documents of a watch: add, read, correct, remove, and find again."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from data import db, documents, services
from data.documents import DocumentDraft
from data.services import ServiceDraft
from tests.collector import TODAY, add_watch
from tests.pages.watch_pages import MENU, as_viewer, html, press, problems
from tests.papers import pdf, picture

RECEIPT = DocumentDraft("Receipt of Beyer", "receipt", date(2024, 5, 3))
PAPER = pdf("Chronometrie Beyer", "Invoice 4711", pages=3)
NO_PICTURE = ("page.png", b"<!doctype html><script>alert(1)</script>", "image/png")


@pytest.fixture(autouse=True)
def own_files(monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))


@pytest.fixture
def watch_id(member):
    return add_watch(member)


def add(who, watch_id, draft=RECEIPT, content=PAPER):
    with db.write(who) as connection:
        kept = documents.take(content)
        found = documents.add(connection, who, watch_id, draft, kept, TODAY)
        return documents.get(connection, who, found)


def stored(who, watch_id):
    with db.read(who) as connection:
        return documents.of_watch(connection, who, watch_id)


def listed(at):
    """The titles in the list, in its order."""
    assert not at.exception, at.exception
    return re.findall(r'class="cb-what"><span>(.*?)</span>', html(at))


@pytest.fixture
def open_tab(open_page, watch_id):
    def opened(who, **query):
        return open_page("watch.py", who, id=str(watch_id), tab="documents", **query)

    return opened


def upload(at, *files, **values):
    """Choose these files, fill the fields named, and press the button."""
    at.file_uploader[0].set_value(list(files))
    for name, value in values.items():
        every = [*at.selectbox, *at.date_input]
        next(one for one in every if (one.key or "").endswith(f".{name}")).set_value(value)
    return press(at, "Add documents")


def test_a_watch_without_documents_says_what_they_are_for_and_offers_to_add_some(member, open_tab):
    at = open_tab(member)
    assert "No documents yet" in html(at)
    assert "Add documents" in [button.label for button in at.button]


def test_several_files_at_once_become_documents_titled_by_their_names(member, open_tab, watch_id):
    day = date(2024, 5, 3)
    at = upload(
        open_tab(member),
        ("Invoice_Beyer.pdf", PAPER, "application/pdf"),
        ("card.jpg", picture(), "image/jpeg"),
        kind="warranty",
        dated_on=day,
    )
    assert sorted(listed(at)) == ["Invoice Beyer", "card"]
    assert {(d.kind, d.dated_on, d.media_type) for d in stored(member, watch_id)} == {
        ("warranty", day, "application/pdf"),
        ("warranty", day, "image/jpeg"),
    }
    assert [toast.value for toast in at.toast] == ["2\N{NO-BREAK SPACE}documents added."]
    assert at.file_uploader[0].value == []


def test_a_refused_file_is_named_with_the_reason_and_the_others_are_kept(
    member, open_tab, watch_id
):
    at = upload(
        open_tab(member),
        NO_PICTURE,
        ("tool.pdf", b"MZ\x90\x00" + b"\0" * 99, "application/pdf"),
        ("receipt.pdf", PAPER, "application/pdf"),
        kind="insurance",
    )
    assert listed(at) == ["receipt"]
    said = html(at)
    assert "Not added:" in said
    assert "<b>page.png</b> This is a web page" in said
    assert "<b>tool.pdf</b> This is a program" in said
    assert next(box for box in at.selectbox if box.key.endswith(".kind")).value == "insurance"
    assert len(stored(member, watch_id)) == 1


def test_without_a_file_the_form_says_so_and_keeps_what_was_chosen(member, open_tab):
    at = open_tab(member)
    next(b for b in at.selectbox if b.key.endswith(".kind")).set_value("appraisal")
    at = press(at, "Add documents")
    assert problems(at) == ["Choose one or more files."]
    assert next(b for b in at.selectbox if b.key.endswith(".kind")).value == "appraisal"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TODAY + timedelta(400), "This day has not come yet."),
        (date(1899, 1, 1), "This must be in 1900 or later."),
    ],
)
def test_a_wrong_date_is_refused_at_the_field_before_anything_is_stored(
    member, open_tab, watch_id, day, sentence
):
    at = upload(open_tab(member), ("r.pdf", PAPER, "application/pdf"), dated_on=day)
    assert problems(at) == [sentence]
    assert stored(member, watch_id) == []
    assert at.date_input[0].value == day


def test_documents_are_listed_by_kind_and_newest_first(member, open_tab, watch_id):
    for number, (title, kind, year) in enumerate(
        [("b", "other", 2020), ("old", "receipt", 2019), ("new", "receipt", 2024)]
    ):
        draft = DocumentDraft(title, kind, date(year, 1, 1))
        add(member, watch_id, draft, pdf(f"number {number}"))
    at = open_tab(member)
    assert listed(at) == ["new", "old", "b"]
    assert re.findall(r"<h3>(.*?)</h3>", html(at)) == ["Receipts", "Other"]


def test_a_title_is_text_and_never_markup(member, open_tab, watch_id):
    title = "<img src=x onerror=alert(1)> *bold*"
    document = add(member, watch_id, replace(RECEIPT, title=title))
    assert listed(open_tab(member)) == ["&lt;img src=x onerror=alert(1)&gt; *bold*"]
    shown = html(open_tab(member, document=str(document.document_id)))
    assert "<img src=x" not in shown
    assert "&lt;img src=x" in shown


def test_one_document_shows_its_page_the_way_to_the_next_and_the_download(
    member, open_tab, watch_id
):
    document = add(member, watch_id)
    at = open_tab(member, document=str(document.document_id), p="2")
    said = html(at)
    assert f'src="/document/{document.document_id}/page/2.webp' in said
    assert 'alt="Page 2 of Receipt of Beyer"' in said
    assert "Page 2 of 3" in said
    assert f'href="/document/{document.document_id}" download="Receipt of Beyer.pdf"' in said
    assert "Receipt · 3 May 2024 · PDF, 3" in said
    assert set(re.findall(r"[?;]p=(\d)", said)) == {"1", "3"}


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "9" * 30, "٣"])
def test_a_page_that_is_not_there_is_the_first(member, open_tab, watch_id, number):
    document = add(member, watch_id)
    at = open_tab(member, document=str(document.document_id), p=number)
    assert "/page/1.webp" in html(at)


def test_a_picture_has_one_page_and_no_pager(member, open_tab, watch_id):
    document = add(member, watch_id, content=picture())
    said = html(open_tab(member, document=str(document.document_id)))
    assert "/page/1.webp" in said
    assert "Page 1" not in said


@pytest.mark.parametrize("asked", ["", "nonsense", "nowhere", "other household", "other watch"])
def test_a_document_that_is_none_of_this_watch_is_gone_in_the_same_words(
    member, other, open_tab, asked
):
    if asked == "nowhere":
        asked = str(uuid4())
    elif asked == "other household":
        asked = str(add(other, add_watch(other)).document_id)
    elif asked == "other watch":
        asked = str(add(member, add_watch(member, "Rolex", "Explorer")).document_id)
    at = open_tab(member, document=asked)
    assert not at.exception
    assert documents.GONE in html(at)
    assert "/document/" not in html(at)
    assert "All documents" in html(at)


def edit_fields(at):
    return at.text_input[0], next(b for b in at.selectbox if b.key.endswith(".kind"))


def test_title_type_and_date_can_be_corrected(member, open_tab, watch_id):
    document = add(member, watch_id)
    at = press(open_tab(member, document=str(document.document_id)), "Edit")
    title, kind = edit_fields(at)
    title.set_value("  Bill of   sale ")
    kind.set_value("certificate")
    at.date_input[0].set_value(date(2023, 1, 2))
    at = press(at, "Save")
    assert not at.exception
    (kept,) = stored(member, watch_id)
    assert (kept.title, kept.kind, kept.dated_on) == (
        "Bill of sale",
        "certificate",
        date(2023, 1, 2),
    )
    assert "edit" not in at.query_params
    assert "Bill of sale" in html(at)


def test_a_refused_edit_keeps_what_was_typed(member, open_tab, watch_id):
    document = add(member, watch_id)
    at = press(open_tab(member, document=str(document.document_id)), "Edit")
    title, kind = edit_fields(at)
    title.set_value(" ")
    kind.set_value("other")
    at = press(at, "Save")
    assert problems(at) == ["Give the document a title."]
    assert edit_fields(at)[1].value == "other"
    assert stored(member, watch_id) == [document]


def test_cancel_changes_nothing(member, open_tab, watch_id):
    document = add(member, watch_id)
    at = press(open_tab(member, document=str(document.document_id)), "Edit")
    at.text_input[0].set_value("Something else")
    at = press(at, "Cancel")
    assert stored(member, watch_id) == [document]
    assert not at.text_input


def test_two_who_edit_one_document_are_told_and_nothing_typed_is_lost(member, open_tab, watch_id):
    document = add(member, watch_id)
    at = press(open_tab(member, document=str(document.document_id)), "Edit")
    with db.write(member) as connection:
        theirs = replace(RECEIPT, title="Theirs")
        documents.change(connection, member, document, theirs, TODAY)
    at.text_input[0].set_value("Mine")
    at = press(at, "Save")
    assert "Someone else changed this document" in at.warning[0].value.replace("\\", "")
    assert "Theirs" in at.warning[0].value
    assert stored(member, watch_id)[0].title == "Theirs"
    assert at.text_input[0].value == "Mine"
    press(at, "Save")
    assert stored(member, watch_id)[0].title == "Mine"


def test_who_starts_again_sees_what_the_other_one_wrote(member, open_tab, watch_id):
    document = add(member, watch_id)
    at = press(open_tab(member, document=str(document.document_id)), "Edit")
    with db.write(member) as connection:
        documents.change(connection, member, document, replace(RECEIPT, title="Theirs"), TODAY)
    at.text_input[0].set_value("Mine")
    at = press(press(at, "Save"), "Start again from theirs")
    assert at.text_input[0].value == "Theirs"


def test_a_document_someone_removed_while_it_was_edited_is_said_to_be_gone(
    member, open_tab, watch_id
):
    document = add(member, watch_id)
    at = press(open_tab(member, document=str(document.document_id)), "Edit")
    with db.write(member) as connection:
        documents.remove(connection, member, document)
    at = press(at, "Save")
    assert not at.exception
    assert documents.GONE in html(at)


def test_delete_goes_to_the_bin_and_undo_brings_it_back(member, open_tab, watch_id):
    document = add(member, watch_id)
    at = press(open_tab(member, document=str(document.document_id)), "Delete")
    assert stored(member, watch_id) == []
    assert any("was removed" in caption.value for caption in at.caption)
    assert "document" not in at.query_params
    at = press(at, "Undo")
    assert [d.document_id for d in stored(member, watch_id)] == [document.document_id]
    assert listed(at) == ["Receipt of Beyer"]
    assert not any("was removed" in caption.value for caption in at.caption)


def test_a_viewer_reads_and_downloads_and_can_change_nothing(member, owner, open_tab, watch_id):
    document = add(member, watch_id)
    viewer = as_viewer(owner, member)
    for query in ({}, {"document": str(document.document_id), "edit": "1"}):
        at = open_tab(viewer, **query)
        assert {button.label for button in at.button} <= MENU
        assert not at.file_uploader
        assert not at.text_input
    assert "Download" in html(at)


def test_who_became_a_viewer_meanwhile_cannot_write(member, owner, open_tab, watch_id):
    document = add(member, watch_id)
    at = open_tab(member)
    editing = press(open_tab(member, document=str(document.document_id)), "Edit")
    deleting = open_tab(member, document=str(document.document_id))
    as_viewer(owner, member)
    upload(at, ("r.pdf", pdf("new"), "application/pdf"))
    editing.text_input[0].set_value("Mine")
    press(editing, "Save")
    press(deleting, "Delete")
    assert stored(member, watch_id) == [document]


@pytest.fixture
def service_id(member, watch_id):
    with db.write(member) as connection:
        draft = ServiceDraft(serviced_on=date(2024, 3, 1), provider="Beyer")
        return services.add(connection, member, watch_id, draft, TODAY)


def test_a_document_can_be_given_to_a_service_and_says_so(member, open_tab, watch_id, service_id):
    document = add(member, watch_id)
    at = press(open_tab(member, document=str(document.document_id)), "Edit")
    belongs = next(b for b in at.selectbox if b.key.endswith(".service"))
    assert belongs.options == ["The watch itself", "Service · 1 Mar 2024 · Beyer"]
    belongs.set_value(service_id)
    at = press(at, "Save")
    assert stored(member, watch_id)[0].service_id == service_id
    assert "of service · 1 Mar 2024 · Beyer" in html(at)


def service_page(watch, service):
    """Runs alone in AppTest: what the service tab shows of documents."""
    from uuid import UUID  # noqa: PLC0415

    from app import watch_documents  # noqa: PLC0415

    watch_documents.for_service(UUID(watch), UUID(service))


def test_a_service_lists_its_documents_and_takes_more(member, sign_in, watch_id, service_id):
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415

    add(member, watch_id)
    at = AppTest.from_function(
        service_page,
        kwargs={"watch": str(watch_id), "service": str(service_id)},
        default_timeout=30,
    )
    at = sign_in(at, member).run()
    assert listed(at) == []
    at = upload(at, ("bill.pdf", pdf("bill"), "application/pdf"))
    assert listed(at) == ["bill"]
    assert {(d.title, d.kind, d.service_id) for d in stored(member, watch_id)} == {
        ("Receipt of Beyer", "receipt", None),
        ("bill", "service", service_id),
    }

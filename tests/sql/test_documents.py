"""Documents: files before rows, one household's only, found by their words, never lost silently."""

import io
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from PIL import Image

from data import db, documents, listing, media, services, watches
from data.documents import Document, DocumentDraft
from data.errors import ConflictError, NotFoundError, RefusedError
from data.listing import Sort, WatchFilter
from data.services import ServiceDraft
from tests.collector import TODAY, add_watch, get_watch
from tests.papers import pdf, picture
from tests.people import again

RECEIPT = DocumentDraft("Receipt of Beyer", "receipt", date(2024, 5, 3))
PAPER = pdf("Chronometrie Beyer", "Invoice 4711")


@pytest.fixture(autouse=True)
def own_files(monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))


@pytest.fixture
def watch_id(member):
    return add_watch(member)


def add(who, watch_id, draft=RECEIPT, content=PAPER):
    with db.write(who) as connection:
        kept = documents.take(content)
        return documents.add(connection, who, watch_id, draft, kept, TODAY)


def get(who, document_id) -> Document:
    with db.read(who) as connection:
        return documents.get(connection, who, document_id)


def of_watch(who, watch_id):
    with db.read(who) as connection:
        return documents.of_watch(connection, who, watch_id)


def found(who, typed):
    with db.read(who) as connection:
        rows = listing.page(
            connection, who, WatchFilter(search=typed), Sort.BEST, True, "EUR", TODAY, None, 10
        )
    return {row.watch_id for row in rows}


def remove(who, document_id):
    with db.write(who) as connection:
        documents.remove(connection, who, get(who, document_id))


def files(who):
    return [stored.key for stored in media.keys(f"{who.household_id}/")]


def test_a_pdf_is_kept_as_it_came_with_what_is_said_about_it(member, watch_id):
    kept = get(member, add(member, watch_id))
    assert (kept.title, kept.kind, kept.dated_on) == RECEIPT_SAID
    assert (kept.media_type, kept.pages, kept.size_bytes) == ("application/pdf", 1, len(PAPER))
    assert documents.find_file(member, kept) == PAPER
    assert of_watch(member, watch_id) == [kept]


RECEIPT_SAID = ("Receipt of Beyer", "receipt", date(2024, 5, 3))


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_is_written_anew_without_the_place_it_was_taken(member, watch_id, kind, ending):
    photographed = picture(kind, place=True)
    with Image.open(io.BytesIO(photographed)) as before:
        assert before.getexif().get_ifd(0x8825)  # it does hold a place
    kept = get(member, add(member, watch_id, content=photographed))
    assert kept.file_name == f"Receipt of Beyer.{ending}"
    with Image.open(io.BytesIO(documents.find_file(member, kept))) as after:
        assert (after.format, after.size) == (kind, (640, 480))
        assert not dict(after.getexif())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"<!doctype html><script>alert(1)</script>", "a web page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (b"MZ\x90\x00\x03" + b"\0" * 500, "a program"),
        (b"\x89PNG\r\n\x1a\n<html>", "This"),
        (picture()[:400], "damaged"),
        (picture("GIF"), "This"),
        (b"x" * 10_000_001, "larger"),
    ],
    ids=[
        "empty",
        "web page",
        "svg",
        "program",
        "web page named png",
        "cut off",
        "gif",
        "too large",
    ],
)
def test_what_is_none_of_the_four_types_is_refused_whatever_its_name(
    member, watch_id, content, sentence
):
    with pytest.raises(RefusedError) as refused:
        add(member, watch_id, content=content)
    assert sentence in refused.value.problems["document"]
    assert of_watch(member, watch_id) == []
    assert files(member) == []


def test_the_file_is_there_before_the_row(member, watch_id, monkeypatch):
    def away(key, content):
        raise OSError("the disk is full")

    monkeypatch.setattr(media, "put", away)
    with pytest.raises(OSError, match="full"):
        add(member, watch_id)
    assert of_watch(member, watch_id) == []


def test_a_watch_that_is_gone_or_anothers_takes_no_document(member, other, watch_id):
    theirs = add_watch(other)
    for somewhere in (theirs, uuid4()):
        with pytest.raises(NotFoundError):
            add(member, somewhere)
    with db.write(member) as connection:
        watches.remove(connection, member, watch_id, 1)
    with pytest.raises(NotFoundError):
        add(member, watch_id)


def test_the_same_file_twice_on_one_watch_is_refused_with_its_title(member, watch_id):
    add(member, watch_id)
    with pytest.raises(RefusedError, match="already, as “Receipt of Beyer”"):
        add(member, watch_id, replace(RECEIPT, title="Another name"))
    add(member, add_watch(member, "Rolex", "Explorer"))  # on another watch it is no twin


def test_after_a_removal_the_same_file_may_come_again(member, watch_id):
    remove(member, add(member, watch_id))
    add(member, watch_id)
    assert len(of_watch(member, watch_id)) == 1


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(RECEIPT, title=" \t\u202e\x00 "), "title"),
        (replace(RECEIPT, title="x" * 201), "title"),
        (replace(RECEIPT, kind="poem"), "kind"),
        (replace(RECEIPT, dated_on=TODAY + timedelta(1)), "dated_on"),
        (replace(RECEIPT, dated_on=date(1899, 12, 31)), "dated_on"),
    ],
)
def test_a_wrong_field_is_refused_at_the_field(member, watch_id, draft, field):
    with pytest.raises(RefusedError) as refused:
        add(member, watch_id, draft)
    assert set(refused.value.problems) == {field}
    old = get(member, add(member, watch_id))
    with pytest.raises(RefusedError) as refused, db.write(member) as connection:
        documents.change(connection, member, old, draft, TODAY)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize(
    ("file_name", "title"),
    [
        ("Receipt_of_Beyer.pdf", "Receipt of Beyer"),
        ("C:\\Users\\ana\\scan.PDF", "scan"),
        ("../../etc/passwd", "passwd"),
        ("rechnung.2024.pdf", "rechnung.2024"),
        ("evil\u202egpj.exe", "evilgpj"),
        ("a\x00b\r\nc.pdf", "ab c"),
        (".pdf", "Document"),
        ("", "Document"),
        ("保証書.pdf", "保証書"),
        ("x" * 300 + ".pdf", "x" * 200),
    ],
)
def test_a_title_comes_from_the_name_of_the_file(file_name, title):
    assert documents.title_of(file_name) == title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Receipt", "Receipt.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a"b<c>|d?.exe', "a b c d .exe.pdf"),
        ("con\ntrol", "con trol.pdf"),
        ("...", "document.pdf"),
        ("Prüfung 保証書", "Prüfung 保証書.pdf"),
        ("y" * 200, "y" * 100 + ".pdf"),
    ],
)
def test_the_name_of_a_download_is_safe_and_has_the_right_extension(member, watch_id, title, name):
    kept = get(member, add(member, watch_id, replace(RECEIPT, title=title)))
    assert kept.file_name == name


def test_search_finds_the_watch_by_the_words_of_its_pdf_until_it_is_removed(member, watch_id):
    assert found(member, "4711") == set()
    document_id = add(member, watch_id)
    assert found(member, "4711") == {watch_id}
    assert found(member, "chronometrie bey") == {watch_id}
    assert found(member, "speedmaster beyer") == {watch_id}
    remove(member, document_id)
    assert found(member, "4711") == set()
    assert found(member, "speedmaster") == {watch_id}
    with db.write(member) as connection:
        documents.restore(connection, member, document_id)
    assert found(member, "4711") == {watch_id}


def test_no_search_finds_a_watch_by_the_pdf_of_another_household(member, other, watch_id):
    add(member, watch_id)
    theirs = add_watch(other)
    assert found(other, "4711") == set()
    assert found(other, "speedmaster") == {theirs}


def test_a_change_of_the_title_keeps_the_words(member, watch_id):
    old = get(member, add(member, watch_id))
    with db.write(member) as connection:
        documents.change(connection, member, old, replace(RECEIPT, title="Invoice Zürich"), TODAY)
    assert found(member, "4711") == {watch_id}


def test_search_finds_the_watch_by_the_title_of_a_document_as_it_is_now(member, watch_id):
    document_id = add(member, watch_id, replace(RECEIPT, title="Garantie Bucherer"))
    assert found(member, "garantie buch") == {watch_id}
    with db.write(member) as connection:
        old = documents.get(connection, member, document_id)
        documents.change(connection, member, old, replace(RECEIPT, title="Bill"), TODAY)
    assert found(member, "garantie") == set()
    assert found(member, "bill") == {watch_id}


def test_a_name_of_the_watch_ranks_above_a_word_in_its_papers(member, watch_id):
    add(member, watch_id, content=pdf("we also looked at a Submariner"))
    named = add_watch(member, "Rolex", "Submariner")
    with db.read(member) as connection:
        rows = listing.page(
            connection, member, WatchFilter(search="submariner"), Sort.BEST, True, "EUR", TODAY, None, 10,
        )  # fmt: skip
    assert [row.watch_id for row in rows] == [named, watch_id]


def test_many_long_documents_on_one_watch_are_kept_though_not_all_words_fit(member, watch_id):
    draft = DocumentDraft("Long")
    for number in range(14):
        words = " ".join(f"w{number:02}x{place:06}y" for place in range(8_000))
        content = documents.Content(f"%{number}".encode(), documents.PDF, 1, words)
        with db.write(member) as connection:
            documents.add(connection, member, watch_id, draft, content, TODAY)
    assert len(of_watch(member, watch_id)) == 14
    assert found(member, "speedmaster w00x000007y") == {watch_id}


def test_text_in_any_script_is_stored(member, watch_id):
    odd = "\U0001f4a9 ''; drop table watch; -- \\ 'quoted' \ufffe \ue000 " + "ж" * 5_000
    content = documents.Content(b"%x", documents.PDF, 1, odd)
    with db.write(member) as connection:
        documents.add(connection, member, watch_id, RECEIPT, content, TODAY)
    assert found(member, "quoted") == {watch_id}


def test_a_document_of_another_household_is_not_there(member, other, watch_id):
    document_id = add(member, watch_id)
    old = get(member, document_id)
    for refused in (
        lambda connection: documents.get(connection, other, document_id),
        lambda connection: documents.change(connection, other, old, RECEIPT, TODAY),
        lambda connection: documents.remove(connection, other, old),
        lambda connection: documents.restore(connection, other, document_id),
    ):
        with pytest.raises(NotFoundError), db.write(other) as connection:
            refused(connection)
    assert of_watch(other, watch_id) == []
    assert get(member, document_id) == old


def test_a_document_in_the_bin_or_of_a_watch_in_the_bin_is_not_there(member, watch_id):
    kept, gone = add(member, watch_id), add(member, watch_id, content=pdf("other"))
    remove(member, gone)
    with pytest.raises(NotFoundError):
        get(member, gone)
    with db.write(member) as connection:
        watches.remove(connection, member, watch_id, get_watch(member, watch_id).version)
    with pytest.raises(NotFoundError):
        get(member, kept)


def test_the_second_of_two_edits_is_refused(member, watch_id):
    old = get(member, add(member, watch_id))
    with db.write(member) as connection:
        documents.change(connection, member, old, replace(RECEIPT, title="Bill"), TODAY)
    for attempt in (
        lambda connection: documents.change(connection, member, old, RECEIPT, TODAY),
        lambda connection: documents.remove(connection, member, old),
    ):
        with pytest.raises(ConflictError), db.write(member) as connection:
            attempt(connection)
    assert get(member, old.document_id).title == "Bill"


def test_what_is_removed_twice_or_restored_twice_is_said_to_be_gone(member, watch_id):
    old = get(member, add(member, watch_id))
    remove(member, old.document_id)
    with pytest.raises(NotFoundError), db.write(member) as connection:
        documents.remove(connection, member, old)
    for expected in (None, NotFoundError):
        with db.write(member) as connection:
            if expected is None:
                documents.restore(connection, member, old.document_id)
            else:
                with pytest.raises(expected):
                    documents.restore(connection, member, old.document_id)


def test_a_document_belongs_to_a_service_of_its_own_watch_only(member, watch_id):
    elsewhere = add_watch(member, "Rolex", "Explorer")
    with db.write(member) as connection:
        own, foreign = (
            services.add(connection, member, one, ServiceDraft(serviced_on=date(2024, 1, 1)), TODAY)
            for one in (watch_id, elsewhere)
        )
    document_id = add(member, watch_id, replace(RECEIPT, service_id=own))
    with db.read(member) as connection:
        of_service = documents.of_service(connection, member, own)
    assert [document.document_id for document in of_service] == [document_id]
    with pytest.raises(RefusedError, match="not here any more"):
        add(member, watch_id, replace(RECEIPT, service_id=foreign), pdf("another"))
    with db.write(member) as connection:
        documents.change(connection, member, get(member, document_id), RECEIPT, TODAY)
    assert get(member, document_id).service_id is None


def test_the_newest_date_comes_first_and_undated_ones_last(member, watch_id):
    days = (date(2023, 1, 1), None, date(2024, 1, 1))
    for number, day in enumerate(days):
        add(member, watch_id, replace(RECEIPT, dated_on=day), pdf(f"number {number}"))
    assert [d.dated_on for d in of_watch(member, watch_id)] == [days[2], days[0], None]


def test_a_page_of_a_pdf_and_a_picture_are_drawn_and_others_are_not_there(member, watch_id):
    two = get(member, add(member, watch_id, content=pdf("x", pages=2)))
    shown = get(member, add(member, watch_id, content=picture()))
    for document, number in ((two, 1), (two, 2), (shown, 1)):
        with Image.open(io.BytesIO(documents.find_page(member, document, number))) as drawn:
            assert drawn.format == "WEBP"
    for document, number in ((two, 0), (two, 3), (shown, 2)):
        assert documents.find_page(member, document, number) is None


def test_a_file_that_is_lost_is_no_page_and_not_remembered_as_lost(member, watch_id):
    kept = get(member, add(member, watch_id, content=pdf("lost and found")))
    key = media.document_key(member.household_id, kept.content_hash, kept.media_type)
    content = media.find(key)
    media.remove(key)
    assert documents.find_file(member, kept) is None
    assert documents.find_page(member, kept, 1) is None
    media.put(key, content)
    assert documents.find_page(member, kept, 1)


def test_every_write_moves_the_data_version_on_and_is_in_the_history(member, owner, watch_id):
    before = again(member).data_version
    document_id = add(member, watch_id)
    assert again(member).data_version > before
    remove(member, document_id)
    events = owner.execute(
        "select action, after, before from audit_event where entity = 'document' order by event_id"
    ).fetchall()
    assert [event[0] for event in events] == ["added", "changed"]
    assert "words" not in str(events)
    assert events[0][1]["title"] == "Receipt of Beyer"

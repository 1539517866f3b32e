"""The addresses of documents: to members only, as downloads only, pictures of pages beside them."""

import io
from urllib.parse import unquote
from uuid import uuid4

import pytest
from PIL import Image

from data import db, documents, watches
from data.documents import DocumentDraft
from tests.asking import Browser
from tests.collector import TODAY, add_watch, get_watch
from tests.papers import pdf, picture

PAPER = pdf("Chronometrie Beyer", pages=2)


@pytest.fixture(autouse=True)
def own_files(monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))


def add(member, content=PAPER, title="Receipt"):
    watch_id = add_watch(member)
    with db.write(member) as connection:
        kept = documents.take(content)
        return documents.add(connection, member, watch_id, DocumentDraft(title), kept, TODAY)


def test_the_file_comes_as_a_download_of_the_right_type_that_may_do_nothing(member):
    got = Browser(member).get(f"/document/{add(member)}")
    assert (got.status_code, got.content) == (200, PAPER)
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''Receipt.pdf"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert got.headers["cache-control"] == "no-store"


def test_a_picture_comes_as_its_own_type(member):
    got = Browser(member).get(f"/document/{add(member, picture('PNG'))}")
    assert got.headers["content-type"] == "image/png"
    assert got.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize("title", ['a"; filename=x.exe', "保証書 — ½", "line\r\nSet-Cookie: x=1"])
def test_no_title_breaks_out_of_the_header(member, title):
    got = Browser(member).get(f"/document/{add(member, title=title)}")
    assert "set-cookie" not in got.headers
    disposition, _, name = got.headers["content-disposition"].partition("; filename*=UTF-8''")
    assert disposition == "attachment"
    assert name.isascii()
    assert not set(name) & set('"; \r\n')
    assert unquote(name).endswith(".pdf")


def test_a_page_is_a_picture_that_a_browser_keeps_and_asks_about(member):
    browser, address = Browser(member), f"/document/{add(member)}/page/2.webp"
    got = browser.get(address)
    assert (got.status_code, got.headers["content-type"]) == (200, "image/webp")
    assert got.headers["cache-control"] == "private, no-cache"
    with Image.open(io.BytesIO(got.content)) as drawn:
        assert drawn.width == 1_400
    known = {"if-none-match": got.headers["etag"]}
    assert browser.get(address, headers=known).status_code == 304
    assert browser.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    assert Browser(None).get(address, headers=known).status_code == 401


def test_a_stranger_is_told_to_sign_in_whether_it_exists_or_not(member):
    document_id = add(member)
    for path in (document_id, uuid4(), "nonsense", f"{document_id}/page/1.webp"):
        assert Browser(None).get(f"/document/{path}").status_code == 401


def test_another_household_gets_the_same_as_for_what_does_not_exist(member, other):
    document_id, bob = add(member), Browser(other)
    for path in ("{}", "{}/page/1.webp"):
        theirs = bob.get("/document/" + path.format(document_id))
        nothing = bob.get("/document/" + path.format(uuid4()))
        assert theirs.status_code == nothing.status_code == 404
        assert theirs.content == nothing.content
        assert dict(theirs.headers) == dict(nothing.headers)


@pytest.mark.parametrize(
    "rest", ["/page/0.webp", "/page/3.webp", "/page/x.webp", "/page/1.png", "/more", "/page/99999999999999999999.webp"]
)  # fmt: skip
def test_what_no_document_has_is_not_there(member, rest):
    assert Browser(member).get(f"/document/{add(member)}{rest}").status_code == 404


def test_a_document_in_the_bin_or_of_a_watch_in_the_bin_is_not_served(member):
    browser, first, second = Browser(member), add(member), add(member)
    with db.write(member) as connection:
        gone = documents.get(connection, member, first)
        documents.remove(connection, member, gone)
        watch_id = documents.get(connection, member, second).watch_id
        watches.remove(connection, member, watch_id, get_watch(member, watch_id).version)
    for document_id in (first, second):
        for rest in ("", "/page/1.webp"):
            assert browser.get(f"/document/{document_id}{rest}").status_code == 404


def test_nothing_but_reading_is_possible(member):
    assert Browser(member).ask("POST", f"/document/{add(member)}").status_code in (404, 405)

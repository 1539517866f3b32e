"""Documents as a person handles them: a real upload, the page on the screen, a real download."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import add, rest, serious
from tests.papers import pdf

PHONE = {"width": 390, "height": 844}
PAPER = pdf("Chronometrie Beyer", "Invoice 4711", pages=2)


@pytest.fixture
def papers(running, ana, tmp_path, faults) -> Page:
    """Ana's page, on the documents of a new watch."""
    page = ana.new_page()
    page.goto(f"{running.url}/add_watch")
    add(page, "Omega", "Seamaster", "4,000")
    page.get_by_role("tab", name="Documents").click()
    expect(page.get_by_text("No documents yet")).to_be_visible()
    return page


def upload(page: Page, tmp_path: Path, **files: bytes) -> None:
    paths = []
    for name, content in files.items():
        path = tmp_path / name.replace("__", ".")
        path.write_bytes(content)
        paths.append(path)
    page.locator(".stFileUploader input[type=file]").first.set_input_files(paths)
    expect(page.get_by_test_id("stFileChip")).to_have_count(len(paths))
    page.get_by_role("button", name="Add documents").click()


def test_a_pdf_is_uploaded_read_downloaded_and_found_by_its_words(
    running, papers, tmp_path, faults
):
    upload(papers, tmp_path, Invoice_2024__pdf=PAPER, page__png=b"<!doctype html><p>x</p>")
    line = papers.get_by_role("link", name=re.compile("Invoice 2024"))
    expect(line).to_be_visible()
    expect(papers.get_by_text("This is a web page")).to_be_visible()
    papers.evaluate("window.stayed = true")
    line.click()
    picture = papers.get_by_role("img", name="Page 1 of Invoice 2024")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 1400)
    papers.get_by_role("link", name="Next").click()
    second = papers.get_by_role("img", name="Page 2 of Invoice 2024")
    expect(second).to_have_js_property("naturalWidth", 1400)
    expect(papers).to_have_url(re.compile(r"[?&]p=2"))
    assert papers.evaluate("window.stayed")  # no reload on the way
    with papers.expect_download() as download:
        papers.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "Invoice 2024.pdf"
    assert Path(download.value.path()).read_bytes() == PAPER
    papers.goto(f"{running.url}/watches?q=4711")
    found = papers.get_by_test_id("stMain").get_by_role("link", name=re.compile("Seamaster"))
    expect(found.first).to_be_visible()
    assert faults == []


def test_a_document_opened_by_its_address_is_a_download_and_no_page(
    running, papers, ana, tmp_path, visitor
):
    upload(papers, tmp_path, receipt__pdf=PAPER)
    papers.get_by_role("link", name=re.compile("receipt")).click()
    address = papers.get_by_role("link", name="Download").get_attribute("href")
    answer = ana.request.get(running.url + address)
    assert answer.status == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
    stranger = visitor().request
    assert stranger.get(running.url + address).status == 401
    assert stranger.get(f"{running.url}{address}/page/1.webp").status == 401


def test_a_deleted_document_comes_back_with_undo(papers, tmp_path, faults):
    upload(papers, tmp_path, receipt__pdf=PAPER)
    papers.get_by_role("link", name=re.compile("receipt")).click()
    papers.get_by_role("button", name="Delete").click()
    expect(papers.get_by_text("No documents yet")).to_be_visible()
    papers.get_by_role("button", name="Undo").click()
    expect(papers.get_by_role("link", name=re.compile("receipt"))).to_be_visible()
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_list_and_page_fit_and_keep_nobody_out(papers, tmp_path, faults, scheme):
    upload(papers, tmp_path, **{"a_very_long_name-" * 10 + "__pdf": PAPER})
    line = papers.get_by_role("link", name=re.compile("a very long"))
    expect(line).to_be_visible()
    papers.set_viewport_size(PHONE)
    papers.emulate_media(color_scheme=scheme)
    papers.reload()  # the toast goes: Streamlit gives it no name
    expect(line).to_be_visible()
    for step in (lambda: None, line.click):
        step()
        rest(papers)
        expect(papers.get_by_text(re.compile("a very long")).first).to_be_visible()
        width = papers.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert width <= PHONE["width"]
        assert serious(papers) == []
    expect(papers.get_by_role("img", name=re.compile("Page 1 of"))).to_be_visible()
    assert faults == []

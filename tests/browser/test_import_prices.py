"""A price series comes in on a phone: chosen, asked about, stored and taken back."""

import re

from playwright.sync_api import expect

from tests.browser.test_main_job import PHONE, add, rest, serious, title

FILE = "Date;Price\n" + "\n".join(
    [f"{day:02}/04/2021;$1.{day:03}" for day in range(1, 13)]
    + ["13.04.2021;0", "14.04.2021;about 5"]
)


def faulty(page):
    """What axe finds on the page at rest; a passing toast is Streamlit's."""
    rest(page)
    expect(page.get_by_test_id("stToast")).to_have_count(0)
    return serious(page)


def test_a_file_is_read_asked_about_stored_and_taken_back(running, ana, faults):
    page = ana.new_page()
    page.set_viewport_size(PHONE)
    page.goto(f"{running.url}/add_watch")
    add(page, "Omega", "Speedmaster", "900")
    main = page.get_by_test_id("stMain")

    main.get_by_role("link", name="Import prices").click()
    expect(title(page, "Import prices")).to_be_visible()
    assert faulty(page) == []
    page.set_input_files(
        "input[type=file]",
        {"name": "prices.csv", "mimeType": "text/csv", "buffer": FILE.encode("cp1252")},
    )
    expect(title(page, "What it says")).to_be_visible()
    store = main.get_by_role("button", name=re.compile("Import .* value"))
    expect(store).to_be_disabled()
    main.get_by_role("radio", name="4 Jan 2021").or_(
        main.get_by_role("button", name="4 Jan 2021")
    ).first.click()
    rest(page)
    main.get_by_text("1,001", exact=True).click()
    rest(page)
    main.get_by_role("combobox", name="Which currency are the prices in?").click()
    page.get_by_role("option", name=re.compile("USD")).click()
    rest(page)
    expect(main.get_by_role("heading", name=re.compile("Left out"))).to_be_visible()
    expect(main.get_by_text("0 means that there is no price")).to_be_visible()
    main.get_by_text("How it is read").click()
    assert faulty(page) == []

    store.click()
    expect(page.get_by_text("12 values were imported.")).to_be_visible()
    assert faulty(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("12 values are in the bin.")).to_be_visible()
    assert faults == []
    page.close()


def test_a_benchmark_is_brought_in_and_has_a_page(running, ana, faults):
    page = ana.new_page()
    page.goto(f"{running.url}/benchmarks")
    main = page.get_by_test_id("stMain")
    expect(title(page, "Benchmarks")).to_be_visible()
    assert faulty(page) == []
    main.get_by_role("link", name="Import a series").click()
    expect(title(page, "Import prices")).to_be_visible()
    main.get_by_text("Paste", exact=True).click()
    main.get_by_role("textbox").fill("2024-05-03, 100 CHF\n2024-05-04, 101 CHF")
    main.get_by_role("textbox").press("Control+Enter")
    main.get_by_role("textbox", name="Name").fill("Index")
    main.get_by_role("button", name=re.compile("Add series")).click()
    expect(title(page, "Index")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert faulty(page) == []
    main.get_by_role("button", name="Remove series").click()
    main.get_by_role("button", name="Undo").click()
    expect(main.get_by_role("link", name="Index")).to_be_visible()
    assert faults == []
    page.close()

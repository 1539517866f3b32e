"""Ticking and typing on the canvas of a table, which no simulation does."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_up
from tests.browser.test_main_job import add, rest, serious, title

HEAD, ROW, GRID_ROW = 35, 44, 35  # pixels


@pytest.fixture(scope="module")
def collection(running, browser):
    """Ana's browser with two watches and a collection."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(running.url)
    sign_up(page)
    for brand, model, price in (("Rolex", "Submariner", "8,050"), ("Omega", "Speedmaster", "6500")):
        page.get_by_test_id("stSidebar").get_by_role("link", name="Add watch").click()
        expect(title(page, "Add watch")).to_be_visible()
        add(page, brand, model, price)
    page.goto(f"{running.url}/collections")
    page.get_by_label("Name", exact=True).fill("Daily")
    page.get_by_role("button", name="Create collection").click()
    expect(
        page.get_by_test_id("stMain").get_by_role("link", name=re.compile("^Daily"))
    ).to_be_visible()
    page.close()
    yield context
    context.close()


def canvas(page: Page):
    found = page.locator('[data-testid="stDataFrame"] canvas').first
    expect(found).to_be_visible()
    rest(page)
    return found.bounding_box()


def test_two_ticked_watches_go_into_a_collection(running, collection, faults):
    page = collection.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{running.url}/watches")
    page.get_by_test_id("stMain").get_by_role("link", name="Edit many").click()
    expect(title(page, "Edit many")).to_be_visible()
    box = canvas(page)
    page.mouse.click(box["x"] + 18, box["y"] + HEAD + ROW // 2)
    expect(page.get_by_text(re.compile(r"Change of 1\swatch"))).to_be_visible()
    page.mouse.click(box["x"] + 18, box["y"] + HEAD + ROW + ROW // 2)
    expect(page.get_by_text(re.compile(r"Change of 2\swatches"))).to_be_visible()
    page.get_by_role("combobox", name="Collection", exact=True).click()
    page.get_by_role("option", name="Daily").click()
    assert serious(page) == []
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text(re.compile(r"Collection set for 2\swatches"))).to_be_visible()
    page.goto(f"{running.url}/collections")
    expect(page.get_by_text(re.compile(r"2\swatches"))).to_be_visible()
    assert faults == []
    page.close()


def test_a_cell_is_typed_into_shown_and_saved(running, collection, faults):
    page = collection.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{running.url}/edit_many?mode=grid&sort=name")
    box = canvas(page)
    page.mouse.dblclick(box["x"] + 110, box["y"] + HEAD + GRID_ROW // 2)  # the model of the Omega
    editor = page.locator("#portal textarea").first
    expect(editor).to_be_visible()
    editor.fill("Moonwatch")
    page.keyboard.press("Enter")
    changes = page.get_by_role("region", name="What changes")
    expect(changes).to_contain_text("Moonwatch")
    expect(changes).to_contain_text("Speedmaster")
    page.get_by_role("button", name=re.compile("^Save 1")).click()
    expect(page.get_by_text(re.compile(r"Saved for 1\swatch"))).to_be_visible()
    page.goto(f"{running.url}/watches?q=moonwatch")
    expect(
        page.get_by_test_id("stMain").get_by_role("link", name=re.compile("Moonwatch"))
    ).to_be_visible()
    assert faults == []
    page.close()

"""Typing down the column of new values and pasting one, on the canvas that no simulation draws."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_up
from tests.browser.test_main_job import PHONE, add, rest, serious, title

HEAD, ROW = 35, 35  # pixels
NEW_VALUE = 270 + 150 + 210 + 110 + 60  # pixels from the left, in the column
KEY = 60  # ms between two keys, as a quick typist


@pytest.fixture(scope="module")
def collection(running, browser):
    """Ana's browser with three watches at cost."""
    context = browser.new_context(
        locale="en-GB",
        timezone_id="Europe/London",
        viewport={"width": 1440, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.goto(running.url)
    sign_up(page)
    for brand, model in (("Omega", "Speedmaster"), ("Rolex", "Submariner"), ("Tudor", "Ranger")):
        page.get_by_test_id("stSidebar").get_by_role("link", name="Add watch").click()
        expect(title(page, "Add watch")).to_be_visible()
        add(page, brand, model, "5,000")
    page.close()
    yield context
    context.close()


def cell(page: Page, line: int) -> tuple[float, float]:
    """Where the new value of a line is typed."""
    found = page.locator('[data-testid="stDataFrame"] canvas').first
    expect(found).to_be_visible()
    rest(page)
    box = found.bounding_box()
    return box["x"] + NEW_VALUE, box["y"] + HEAD + line * ROW + ROW // 2


def save(page: Page, number: int) -> None:
    page.get_by_role("button", name=re.compile(rf"^Save {number}\s")).click()
    expect(page.get_by_text(re.compile(rf"^{number}\svalues recorded\."))).to_be_visible()


def test_amounts_are_typed_down_the_column_and_saved_once(running, collection, faults):
    page = collection.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{running.url}/update_values")
    page.mouse.click(*cell(page, 0))
    for number, amount in enumerate(("5100", "5200", "5300"), 1):
        page.keyboard.type(amount, delay=KEY)
        page.keyboard.press("Enter")  # and the next cell is ready
        expect(page.get_by_role("button", name=re.compile(rf"^Save {number}\s"))).to_be_enabled()
    changes = page.get_by_role("region", name="What will be recorded")
    expect(changes).to_contain_text("5,300")
    assert serious(page) == []
    save(page, 3)
    page.goto(running.url)
    expect(page.get_by_text(re.compile(r"GBP\s15,600")).first).to_be_visible()
    assert faults == []
    page.close()


def test_a_pasted_column_is_read_confirmed_saved_and_taken_back(running, collection, faults):
    page = collection.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{running.url}/update_values?sort=name")
    page.mouse.click(*cell(page, 0))
    page.evaluate(
        "navigator.clipboard.writeText('£6,100\\n62,000\\n6\\u00a0300,50\\nno fourth watch\\n')"
    )
    page.keyboard.press("Control+v")
    button = page.get_by_role("button", name=re.compile(r"^Save 3\s"))
    expect(button).to_be_disabled()
    expect(page.get_by_text("Rolex Submariner: That is far from the value before")).to_be_visible()
    page.get_by_role("button", name="Yes, it is right").click()
    expect(button).to_be_enabled()
    save(page, 3)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(re.compile(r"^3\svalues taken back\."))).to_be_visible()
    page.get_by_role("button", name="Record again").click()
    expect(page.get_by_text(re.compile(r"^3\svalues recorded\."))).to_be_visible()
    page.goto(running.url)
    expect(page.get_by_text(re.compile(r"GBP\s74,401")).first).to_be_visible()  # 74,400.50
    assert faults == []
    page.close()


def test_a_phone_gets_a_field_a_watch(running, collection, browser, faults):
    phone = browser.new_context(
        locale="en-GB",
        timezone_id="Europe/London",
        viewport=PHONE,
        user_agent="Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile Safari/537.36",
        storage_state=collection.storage_state(),
    )
    page = phone.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{running.url}/update_values?sort=name")
    page.get_by_label(re.compile("^Omega Speedmaster")).first.fill("6,200")
    page.keyboard.press("Tab")
    page.get_by_label(re.compile("^Rolex Submariner")).first.fill("61,000")
    page.keyboard.press("Tab")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert serious(page) == []
    save(page, 2)
    assert faults == []
    phone.close()

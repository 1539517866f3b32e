"""Quick entry as a person does it: one line, a photo first on a phone, keys for the rest."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_up
from tests.browser.test_main_job import PHONE, rest, serious, title
from tests.pictures import picture

LINE = "Omega Speedmaster 310.30.42.50.01.002 bought 2023-05-01 for 6500 EUR"


@pytest.fixture(scope="module")
def home(running, browser):
    """Ana's browser, and the address of her first watch."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(running.url)
    sign_up(page)
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    page.goto(f"{running.url}/add_watch")
    line(page).fill("Tudor Black Bay 58 79030N")
    line(page).press("Enter")
    expect(page.get_by_text("Filled in: brand, model, reference.")).to_be_visible()
    rest(page)
    page.get_by_test_id("stMain").get_by_role("button", name="Add watch").click()
    expect(title(page, "Black Bay 58")).to_be_visible()
    address = page.url
    page.close()
    yield context.storage_state(), address
    context.close()


@pytest.fixture
def page(home, visitor, faults):
    """A new window of Ana's; it has nothing to complain about."""
    yield visitor(storage_state=home[0]).new_page()
    assert faults == []


def line(page: Page):
    return page.get_by_role("textbox", name="Paste or type one line")


def search(page: Page):
    return page.get_by_test_id("stMain").locator(".st-key-q input")


def keys(page: Page):
    return page.get_by_role("dialog", name="Keyboard shortcuts")


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".cb-keys-open")).to_be_attached()
    expect(page.get_by_test_id("stMain").get_by_role("heading").first).to_be_visible()
    rest(page)
    page.evaluate("window.stayed = true; document.activeElement.blur()")


def test_a_pasted_line_becomes_a_watch_in_three_steps(running, page):
    open_page(page, running.url)
    page.keyboard.press("n")
    expect(line(page)).to_be_focused()
    page.keyboard.insert_text(LINE)
    page.keyboard.press("Enter")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_label("Model", exact=True)).to_have_value("Speedmaster")
    expect(main.get_by_label("Price", exact=True)).to_have_value("6,500")
    expect(main.get_by_label("Reference", exact=True)).to_have_value("310.30.42.50.01.002")
    main.get_by_role("button", name="Add watch").click()
    expect(title(page, "Speedmaster")).to_be_visible()
    assert page.evaluate("window.stayed")  # no reload on the way


def test_a_line_leaves_alone_what_was_typed_already(running, page):
    open_page(page, f"{running.url}/add_watch")
    main = page.get_by_test_id("stMain")
    main.get_by_label("Price", exact=True).fill("950")
    main.get_by_label("Model", exact=True).fill("Something else")
    line(page).fill("Omega Constellation, gold capped")
    line(page).press("Enter")
    expect(main.get_by_label("Model", exact=True)).to_have_value("Constellation")
    expect(main.get_by_label("Price", exact=True)).to_have_value("950")
    expect(main.get_by_label("For the notes")).to_have_value("gold capped")
    assert serious(page) == []


def test_a_button_pressed_before_the_line_is_read_adds_nothing_yet(running, page):
    open_page(page, f"{running.url}/add_watch")
    main = page.get_by_test_id("stMain")
    line(page).fill("Tudor Ranger for 2000 EUR")
    main.get_by_role("button", name="Add watch").click()
    expect(page.get_by_text("Filled in: brand, model, price.")).to_be_visible()
    expect(main.get_by_label("Model", exact=True)).to_have_value("Ranger")
    rest(page)
    main.get_by_role("button", name="Add watch").click()
    expect(title(page, "Ranger")).to_be_visible()


def test_a_photo_comes_first_on_a_phone(home, running, visitor, faults, tmp_path):
    page = visitor(storage_state=home[0], viewport=PHONE, has_touch=True).new_page()
    open_page(page, f"{running.url}/add_watch")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_role("button", name="Add watch")).to_be_in_viewport()
    main.get_by_label("Price", exact=True).fill("950")
    (tmp_path / "watch.jpg").write_bytes(picture("navy", (1600, 1200)))
    (tmp_path / "broken.jpg").write_bytes(b"not a picture")
    main.locator("input[type=file]").set_input_files(
        [str(tmp_path / "watch.jpg"), str(tmp_path / "broken.jpg")]
    )
    expect(main.get_by_role("img", name="Photo 1")).to_be_visible()
    expect(main.get_by_text("This is not a JPEG")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert serious(page) == []
    main.get_by_role("combobox", name="Brand").fill("Rolex")
    page.get_by_role("option", name=re.compile("Rolex")).first.click()
    main.get_by_label("Model", exact=True).fill("Explorer")
    expect(main.get_by_label("Price", exact=True)).to_have_value("950")
    main.get_by_role("button", name="Add watch").click()
    expect(title(page, "Explorer")).to_be_visible()
    photo = main.locator(".cb-portrait img")
    expect(photo).to_be_visible()
    assert photo.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0
    assert faults == []


def test_the_search_is_one_key_away_from_everywhere(running, page):
    open_page(page, f"{running.url}/collections")
    page.keyboard.press("/")
    expect(search(page)).to_be_focused()
    expect(page).to_have_url(f"{running.url}/watches")
    expect(search(page)).to_have_value("")  # the key itself is not typed
    page.keyboard.type("n/e?")
    expect(search(page)).to_have_value("n/e?")  # in a field they are letters
    page.keyboard.press("Escape")
    expect(search(page)).not_to_be_focused()
    page.keyboard.press("/")
    expect(search(page)).to_be_focused()
    assert page.evaluate("window.stayed")


def test_edit_opens_the_watch_that_is_shown_and_nothing_elsewhere(running, home, page):
    open_page(page, f"{running.url}/collections")
    page.keyboard.press("e")
    page.keyboard.press("Control+n")
    expect(page).to_have_url(f"{running.url}/collections")
    open_page(page, home[1])
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile(r"/edit_watch\?id="))
    expect(page.get_by_label("Model", exact=True)).to_have_value("Black Bay 58")
    assert page.evaluate("window.stayed")


def test_the_keys_are_listed_and_can_be_switched_off(running, page):
    open_page(page, running.url)
    page.keyboard.press("?")
    expect(keys(page)).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("n")  # nothing happens behind an open dialog
    page.keyboard.press("Escape")
    expect(keys(page)).to_be_hidden()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close", exact=True).click()
    page.keyboard.press("n")
    page.keyboard.press("?")
    expect(keys(page)).to_be_hidden()
    expect(page).to_have_url(f"{running.url}/")


def test_keys_work_after_the_way_through_the_app(running, page):
    open_page(page, running.url)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Settings").click()
    expect(title(page, "Settings")).to_be_visible()
    rest(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    expect(line(page)).to_be_focused()

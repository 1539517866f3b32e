"""The main job as a person does it: sign up, add watches and values, find them, see the trend."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_up

PHONE = {"width": 390, "height": 844}
PAGES = [
    "/",
    "/watches",
    "/watches?view=table",
    "/add_watch",
    "/collections",
    "/settings",
    "/analytics",
]
PAGES += [
    "/analytics?tab=return",
    "/analytics?tab=watches",
    "/wishlist",
    "/what_if",
    "/sharing",
    "/guide",
]

STILL = """() => !document.querySelector('[data-stale="true"]')
    && (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState ?? "notRunning") === "notRunning"
    && document.getAnimations().every(
    (one) => !(one instanceof CSSTransition) || one.playState !== "running")"""


def title(page: Page, name: str | re.Pattern[str]):
    return page.get_by_test_id("stMain").get_by_role("heading", name=name).first


def rest(page: Page) -> None:
    """Wait until the script has run and our own JavaScript has tidied the menu."""
    expect(
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    ).to_be_attached()
    expect(page.get_by_test_id("stSidebarNavItems").first).to_have_attribute("role", "none")


def add(page: Page, brand: str, model: str, price: str) -> None:
    """Add a watch by keyboard, as on any form; ends on the watch's page."""
    main = page.get_by_test_id("stMain")
    main.get_by_role("combobox", name="Brand").fill(brand)
    page.get_by_role("option", name=re.compile(brand)).first.click()
    main.get_by_label("Model", exact=True).fill(model)
    main.get_by_label("Price", exact=True).fill(price)
    main.get_by_role("button", name="Add watch").click()
    expect(title(page, model)).to_be_visible()


def serious(page: Page) -> list[str]:
    """What axe finds that keeps somebody out, once nothing fades in or out: half-way, all is pale."""
    page.wait_for_function(STILL)
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.fixture(scope="module")
def collection(running, browser):
    """Ana's browser after the first quarter of an hour: an account, two watches, a value."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(running.url)
    sign_up(page)
    page.get_by_test_id("stMain").get_by_role(
        "link", name=re.compile("Add your first watch")
    ).click()
    expect(title(page, "Add watch")).to_be_visible()
    add(page, "Rolex", "Submariner Date", "8,050")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Add watch").click()
    expect(title(page, "Add watch")).to_be_visible()
    add(page, "Omega", "Speedmaster", "6 500,00")
    page.get_by_role("button", name="Record value").click()
    page.get_by_label("Amount", exact=False).first.fill("7,200")
    page.keyboard.press("Enter")
    expect(page.get_by_text("7,200").first).to_be_visible()
    page.close()
    yield context
    context.close()


def test_the_overview_adds_up_what_was_entered(running, collection):
    page = collection.new_page()
    page.goto(running.url)
    expect(page.get_by_text("GBP 15,250").first).to_be_visible()  # 8,050 at cost + 7,200
    expect(page.get_by_text(re.compile(r"\+GBP\s700")).first).to_be_visible()
    expect(page.get_by_role("list", name="Value by brand")).to_contain_text("Rolex")
    page.close()


def test_a_search_finds_opens_and_comes_back_with_one_press(running, collection):
    page = collection.new_page()
    page.goto(f"{running.url}/watches")
    page.get_by_placeholder("Brand, model").fill("speedmastr")
    page.keyboard.press("Enter")
    card = page.get_by_test_id("stMain").get_by_role("link", name=re.compile("Speedmaster"))
    expect(card).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?(.*&)?q=speedmastr"))
    page.evaluate("window.stayed = true")
    card.click()
    expect(title(page, "Speedmaster")).to_be_visible()
    page.go_back()
    expect(page.get_by_placeholder("Brand, model")).to_have_value("speedmastr")
    assert page.evaluate("window.stayed")  # no reload on the way
    page.close()


def test_a_link_to_a_watch_survives_signing_in(running, collection, visitor):
    page = collection.new_page()
    page.goto(f"{running.url}/watches?q=submariner")
    address = page.get_by_test_id("stMain").get_by_role("link", name=re.compile("Submariner"))
    link = address.get_attribute("href")
    stranger = visitor().new_page()
    stranger.goto(running.url + link)
    stranger.get_by_label("E-mail").fill("ana@example.com")
    stranger.locator("input[type=password]").fill("a long pass phrase")
    stranger.get_by_role("button", name="Sign in").click()
    expect(title(stranger, "Submariner Date")).to_be_visible()
    page.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_a_phone_keeps_nobody_out_and_complains_of_nothing(
    running, collection, browser, faults, path, scheme
):
    context = browser.new_context(
        viewport=PHONE,
        color_scheme=scheme,
        locale="en-GB",
        storage_state=collection.storage_state(),
    )
    page = context.new_page()
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(running.url + path)
    expect(page.get_by_test_id("stMain").get_by_role("heading").first).to_be_visible()
    rest(page)
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= PHONE["width"]
    assert serious(page) == []
    assert faults == []
    context.close()

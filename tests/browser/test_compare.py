"""Compare as a person does it: choose on the list, look, take one out, hand the link on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in, sign_up
from tests.browser.test_main_job import PHONE, add, rest, serious, title

WATCHES = [("Rolex", "Submariner", "8,050"), ("Omega", "Speedmaster", "6,500"), ("Tudor", "Pelagos", "3,900")]  # fmt: skip


@pytest.fixture(scope="module")
def three(running, browser):
    """Ana's browser, with three watches."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(running.url)
    sign_up(page)
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    for brand, model, price in WATCHES:
        page.goto(f"{running.url}/add_watch")
        expect(title(page, "Add watch")).to_be_visible()
        add(page, brand, model, price)
    page.close()
    yield context
    context.close()


@pytest.fixture(scope="module")
def link(running, three):
    """The comparison of all three, chosen on the list."""
    page = three.new_page()
    page.goto(f"{running.url}/watches?sort=name")
    page.get_by_role("button", name="Compare").click()
    for _, model, _ in reversed(WATCHES):
        page.get_by_test_id("stMain").get_by_role(
            "link", name=re.compile(f"Not chosen.*{model}")
        ).click()
        expect(page.get_by_role("link", name=re.compile(f"Take out.*{model}"))).to_be_visible()
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Compare 3 watches").click()
    expect(title(page, "Compare")).to_be_visible()
    expect(page).to_have_url(
        re.compile(r"/compare\?ids=[-0-9a-f]{36},[-0-9a-f]{36},[-0-9a-f]{36}$")
    )
    assert page.evaluate("window.stayed")  # no reload on the way
    found = page.url
    page.close()
    return found


def columns(page: Page):
    return page.get_by_role("columnheader").locator(".cb-model")


def test_watches_chosen_on_the_list_stand_in_the_order_of_choosing(three, link):
    page = three.new_page()
    page.goto(link)
    expect(columns(page)).to_have_text(["Pelagos", "Speedmaster", "Submariner"])
    expect(page).to_have_title(re.compile("Tudor Pelagos, Omega Speedmaster, Rolex Submariner"))
    expect(page.get_by_role("row", name=re.compile("^Cost")).first).to_contain_text("8,050")
    page.close()


def test_one_is_taken_out_in_place_and_put_back_by_a_search(three, link):
    page = three.new_page()
    page.goto(link)
    page.get_by_role("link", name="Remove Omega Speedmaster").click()
    expect(columns(page)).to_have_text(["Pelagos", "Submariner"])
    page.get_by_placeholder("Add a watch").fill("speedm")
    page.get_by_test_id("stMain").get_by_role("link", name=re.compile("Omega Speedmaster")).click()
    expect(columns(page)).to_have_text(["Pelagos", "Submariner", "Speedmaster"])
    expect(page.get_by_placeholder("Add a watch")).to_have_value("")
    page.go_back()
    expect(columns(page)).to_have_text(["Pelagos", "Submariner"])
    page.close()


def test_only_differences_stays_in_the_link(three, link):
    page = three.new_page()
    page.goto(link)
    expect(page.get_by_role("rowheader", name="Status", exact=True)).to_be_visible()
    page.get_by_text("Only differences").click()
    expect(page).to_have_url(re.compile("only=differences"))
    expect(page.get_by_role("rowheader", name="Status", exact=True)).to_have_count(0)
    page.reload()
    expect(columns(page)).to_have_count(3)
    expect(page.get_by_role("rowheader", name="Status", exact=True)).to_have_count(0)
    page.close()


def test_the_link_opens_the_same_after_signing_in(visitor, link, faults):
    page = visitor().new_page()
    page.goto(link)
    sign_in(page)
    expect(columns(page)).to_have_text(["Pelagos", "Speedmaster", "Submariner"])
    assert faults == []


def test_on_a_phone_labels_and_names_stay_while_the_table_scrolls(browser, three, link):
    context = browser.new_context(
        viewport=PHONE | {"height": 500}, locale="en-GB", storage_state=three.storage_state()
    )
    page = context.new_page()
    page.goto(link)
    expect(columns(page)).to_have_count(3)
    rest(page)
    table = page.locator(".cb-compare")
    label, name = (
        page.get_by_role("rowheader", name=re.compile("^Cost")).first,
        columns(page).nth(2),
    )
    second = columns(page).nth(1).bounding_box()
    assert second
    assert second["x"] + 40 < PHONE["width"]  # two watches are in view
    before = label.bounding_box()
    table.evaluate("node => { node.scrollLeft = 500; node.scrollTop = 300 }")
    expect(name).to_be_in_viewport()
    after, frame = label.bounding_box(), table.bounding_box()
    assert before
    assert after
    assert frame
    assert after["x"] == pytest.approx(before["x"], abs=1)
    head = name.bounding_box()
    assert head
    assert frame["y"] - 1 <= head["y"] < frame["y"] + 60  # the names are at the top
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= PHONE["width"]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(running, browser, three, link, scheme):
    context = browser.new_context(
        color_scheme=scheme, locale="en-GB", storage_state=three.storage_state()
    )
    page = context.new_page()
    page.goto(link)
    expect(columns(page)).to_have_count(3)
    rest(page)
    assert serious(page) == []
    page.goto(f"{running.url}/watches?compare=pick")
    expect(page.get_by_text("Choose two to four watches")).to_be_visible()
    rest(page)
    assert serious(page) == []
    context.close()

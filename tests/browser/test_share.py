"""A link made by Ana, opened by somebody without an account on a phone: just what it allows."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_up
from tests.browser.test_main_job import PHONE, add, serious, title

PASSWORD = "a pass phrase for Bob"


@pytest.fixture(scope="module")
def ana(running, browser):
    """Ana's browser, with two watches."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(running.url)
    sign_up(page)
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    for brand, model, price in (("Omega", "Speedmaster", "6,500"), ("Tudor", "Pelagos", "3,900")):
        page.goto(f"{running.url}/add_watch")
        expect(title(page, "Add watch")).to_be_visible()
        add(page, brand, model, price)
    page.close()
    yield context
    context.close()


def share(page: Page, *ticks: str, password: str = "") -> str:
    """Fill in the dialog that is open; returns the link."""
    dialog = page.get_by_role("dialog")
    for tick in ticks:
        dialog.get_by_text(tick, exact=True).click()
    if password:
        dialog.locator("input[type=password]").fill(password)
    dialog.get_by_role("button", name="Make link").click()
    expect(dialog.get_by_text("It is shown only now")).to_be_visible()
    expect(dialog.get_by_role("img", name="The link as a QR code")).to_be_visible()
    link = dialog.locator("code").inner_text().strip()
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_have_count(0)
    return link


def share_watch(running, ana, model: str, *ticks: str, **more: str) -> str:
    page = ana.new_page()
    page.goto(f"{running.url}/watches")
    page.get_by_test_id("stMain").get_by_role("link", name=re.compile(model)).click()
    expect(title(page, model)).to_be_visible()
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Share").or_(
        page.get_by_role("option", name="Share")
    ).first.click()
    link = share(page, *ticks, **more)
    page.close()
    return link


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ticks", [(), ("Values", "Purchase prices")])
def test_a_guest_on_a_phone_sees_amounts_only_if_the_link_allows_it(
    running, ana, visitor, faults, ticks, scheme
):
    link = share_watch(running, ana, "Speedmaster", *ticks)
    guest = visitor(viewport=PHONE, color_scheme=scheme).new_page()
    answer = guest.goto(link)
    assert answer.headers["x-robots-tag"].startswith("noindex")
    assert answer.headers["referrer-policy"] == "no-referrer"
    expect(guest.get_by_role("heading", name="Speedmaster")).to_be_visible()
    assert ("6,500" in guest.content()) == bool(ticks)
    expect(guest).to_have_title("Omega Speedmaster")
    assert guest.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert guest.evaluate("document.scripts.length") == 0
    assert serious(guest) == []
    assert faults == []


def test_a_password_opens_the_link_in_this_browser_alone(running, ana, visitor, faults):
    link = share_watch(running, ana, "Speedmaster", password=PASSWORD)
    guest = visitor(viewport=PHONE).new_page()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="This link asks for a password")).to_be_visible()
    assert serious(guest) == []
    guest.get_by_label("Password").fill(PASSWORD)
    guest.get_by_role("button", name="Open").click()
    expect(guest.get_by_role("heading", name="Speedmaster")).to_be_visible()
    assert guest.evaluate("document.cookie") == ""
    guest.reload()
    expect(guest.get_by_role("heading", name="Speedmaster")).to_be_visible()
    stranger = visitor().new_page()
    stranger.goto(link)
    expect(stranger.get_by_label("Password")).to_be_visible()
    assert faults == []


def test_a_revoked_link_shows_nothing_any_more_and_its_views_are_counted(running, ana, visitor):
    page = ana.new_page()
    page.goto(running.url)
    page.get_by_test_id("stMain").get_by_role("button", name="Share", exact=True).click()
    link = share(page, "Values")
    guest = visitor(viewport=PHONE).new_page()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="2 watches")).to_be_visible()
    guest.reload()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Share links").click()
    row = page.get_by_test_id("stMain").get_by_role("link", name=re.compile("Overview")).first
    expect(row).to_contain_text(re.compile(r"1\sview"))
    row.click()
    page.get_by_role("button", name="Revoke link").click()
    expect(row).to_contain_text("Ended")
    gone = guest.goto(link)
    assert gone.status == 404
    said = gone.text()
    expect(guest.get_by_role("heading", name="This link does not work")).to_be_visible()
    assert guest.goto(f"{running.url}/share/{'x' * 43}").text() == said
    page.close()

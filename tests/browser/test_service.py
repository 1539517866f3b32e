"""A service as it is recorded at the safe: on a phone, and then it is due on the service page."""

import re

from playwright.sync_api import expect

from tests.browser.test_main_job import PHONE, rest, serious, title


def test_a_service_recorded_on_a_phone_is_due_on_the_service_page(running, ana, faults):
    page = ana.new_page()
    page.set_viewport_size(PHONE)
    page.goto(f"{running.url}/add_watch")
    main = page.get_by_test_id("stMain")
    main.get_by_role("combobox", name="Brand").fill("Omega")
    page.get_by_role("option", name=re.compile("Omega")).first.click()
    main.get_by_label("Model", exact=True).fill("Speedmaster")
    main.get_by_role("button", name="Add watch").click()
    expect(title(page, "Speedmaster")).to_be_visible()

    page.get_by_role("tab", name="Service").click()
    main.get_by_role("button", name="Record service").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Provider").fill("Atelier Dufour")
    page.get_by_role("option", name=re.compile("Atelier Dufour")).click()
    dialog.get_by_label("Cost", exact=True).fill("600")
    dialog.get_by_role("button", name="Record service").click()
    expect(dialog).to_be_hidden()
    expect(main.get_by_role("table").get_by_text("600")).to_be_visible()

    page.goto(f"{running.url}/service")
    expect(main.get_by_text("Atelier Dufour").first).to_be_visible()
    main.get_by_role("button", name="Add plan").click()
    dialog.get_by_label("Every so many months").fill("1")
    dialog.get_by_role("button", name="Add plan").click()
    expect(dialog).to_be_hidden()
    expect(main.get_by_role("heading", name="Due in 90 days")).to_be_visible()
    expect(main.get_by_role("link", name=re.compile("Speedmaster.*Service")).first).to_be_visible()
    rest(page)
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= PHONE["width"]
    assert serious(page) == []
    assert faults == []

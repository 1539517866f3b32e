"""A watch that was deleted is found in the bin and comes back."""

import re

from playwright.sync_api import expect

from tests.browser.test_main_job import add, title


def test_a_deleted_watch_is_found_in_the_bin_and_restored(running, ana, faults):
    page = ana.new_page()
    page.goto(f"{running.url}/add_watch")
    expect(title(page, "Add watch")).to_be_visible()
    add(page, "Omega", "Speedmaster", "6,500")
    page.get_by_role("button", name="More").click()
    page.get_by_text("Delete", exact=True).last.click()
    expect(page.get_by_text(re.compile("This watch is in the bin until"))).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Bin").click()
    expect(title(page, "Bin")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name=re.compile("Omega Speedmaster")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Restore").click()
    expect(title(page, "The bin is empty")).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Watches", exact=True).click()
    card = page.get_by_test_id("stMain").get_by_role("link", name=re.compile("Speedmaster"))
    card.click()
    page.get_by_role("tab", name="Timeline").click()
    expect(page.get_by_text("Watch restored")).to_be_visible()
    expect(page.get_by_text("Watch put in the bin")).to_be_visible()
    assert faults == []

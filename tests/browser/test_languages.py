"""German and French as a person meets them: at the front door, on every page, in privacy mode."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import texts
from tests.browser.test_main_job import rest, serious

PHONE = {"width": 390, "height": 844}
PAGES = [
    "/", "/watches", "/watches?view=table", "/add_watch", "/compare", "/analytics", "/analytics?tab=return",
    "/analytics?tab=risk", "/analytics?tab=ownership", "/update_values", "/wishlist", "/what_if", "/service",
    "/collections", "/bin", "/sharing", "/share_links", "/settings", "/account", "/notices", "/guide",
]  # fmt: skip
TITLES = {"de": "Einstellungen", "fr": "Réglages"}
IS_DARK = "() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'"
NAMES = {"de": "Deutsch", "fr": "Français"}


def english(language: str) -> list[str]:
    """Texts of several words that are other words in this language."""
    held = texts.catalogue(language)
    ids = [one.id for one in held if isinstance(one.id, str) and one.string != one.id]
    return [one for one in ids if one.count(" ") >= 2 and "{" not in one]


def choose(page: Page, url: str, language: str) -> None:
    """Another language, in the settings, whatever the one before."""
    page.goto(f"{url}/settings")
    rest(page)
    page.locator(".st-key-profile-language").get_by_role("combobox").click()
    page.get_by_role("option", name=NAMES.get(language, "English")).click()
    page.locator("[data-testid='stFormSubmitButton'] button").first.click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    rest(page)


@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_page_speaks_the_language_of_its_reader(running, ana, visitor, faults, language):
    page = ana.new_page()
    choose(page, running.url, language)
    expect(page.get_by_role("heading", name=TITLES[language], exact=True)).to_be_visible()
    left_english = english(language)
    for path in PAGES:
        page.goto(running.url + path)
        rest(page)
        said = page.get_by_test_id("stApp").inner_text()
        chapter = path == "/guide"  # the guide itself is in English
        assert chapter or not [one for one in left_english if one in said], path
        assert serious(page) == [], path
    assert faults == []


@pytest.mark.parametrize(("locale", "button"), [("de-CH", "Anmelden"), ("fr-FR", "Se connecter")])
def test_the_front_door_speaks_the_language_of_the_browser(
    running, ana, visitor, faults, locale, button
):
    page = visitor(locale=locale, viewport=PHONE).new_page()
    page.goto(running.url)
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
    assert faults == []


def test_amounts_hide_by_one_click_and_stay_hidden_on_this_device(running, ana, visitor, faults):
    page = ana.new_page()
    choose(page, running.url, "en")
    page.goto(f"{running.url}/add_watch")
    rest(page)
    main = page.get_by_test_id("stMain")
    main.get_by_role("combobox", name="Brand").fill("Rolex")
    page.get_by_role("option", name=re.compile("Rolex")).first.click()
    main.get_by_label("Model", exact=True).fill("Submariner")
    main.get_by_label("Price", exact=True).fill("8,642")
    main.get_by_role("button", name="Add watch").click()
    expect(main.get_by_text(re.compile("8,642")).first).to_be_visible()
    page.get_by_role("button", name="Hide amounts").click()
    expect(page.get_by_role("button", name="Show amounts")).to_be_visible()
    expect(main.get_by_text(re.compile("•••")).first).to_be_visible()
    assert "8,642" not in page.content()
    page.reload()
    expect(main.get_by_text(re.compile("•••")).first).to_be_visible()
    assert "8,642" not in page.content()
    page.get_by_role("button", name="Show amounts").click()
    expect(main.get_by_text(re.compile("8,642")).first).to_be_visible()
    assert faults == []


def test_the_theme_of_the_settings_comes_to_this_device(running, ana, faults):
    page = ana.new_page()
    choose(page, running.url, "en")
    page.locator(".st-key-profile-theme").get_by_role("combobox").click()
    page.get_by_role("option", name="Dark").click()
    page.get_by_role("button", name="Save profile").click()
    page.wait_for_function(IS_DARK)
    assert faults == []

"""Two-step sign-in in a real browser, from the QR code to the last recovery code."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, sign_in
from tests.browser.test_sign_in import cookie, heading
from tests.second_steps import code_at


def field(page):
    return page.get_by_role("textbox", name="Code")


def answer(page, typed):
    expect(heading(page, "One more step")).to_be_visible()
    field(page).fill(typed)
    page.get_by_role("button", name="Sign in", exact=True).click()


def turn_on(page):
    """By hand, as people do; the secret and the recovery codes as the page shows them."""
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="Turn on"))
    form.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_alt_text("The secret of this account as a QR code")).to_be_visible()
    page.get_by_text("No camera at hand").click()
    secret = page.locator("code").inner_text().replace(" ", "").strip()
    field(page).fill(code_at(secret))
    page.get_by_role("button", name="Confirm").click()
    done = page.get_by_role("button", name="I have kept them")
    expect(done).to_be_visible()
    codes = page.locator("code").inner_text().split()
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download").click()
    assert kept.value.path().read_text().split() == ["Caseback", *codes]
    done.click()
    expect(page.get_by_text("10 recovery codes left")).to_be_visible()
    return secret, codes


def test_from_turning_it_on_to_a_recovery_code(running, ana, visitor, faults):
    page = ana.new_page()
    page.goto(f"{running.url}/account")
    secret, codes = turn_on(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(heading(page, "Sign in")).to_be_visible()

    page.goto(f"{running.url}/watches?brand=Omega")
    sign_in(page)
    expect(field(page)).to_have_attribute("autocomplete", "one-time-code")
    assert cookie(ana) is None, "nobody is signed in yet"
    answer(page, "000000")
    expect(page.get_by_text("This code is not right")).to_be_visible()
    page.reload()
    answer(page, code_at(secret, 1))
    expect(heading(page, "Watches")).to_be_visible()
    assert cookie(ana) is not None
    assert parse_qs(urlsplit(page.url).query) == {"brand": ["Omega"]}

    elsewhere = visitor().new_page()
    elsewhere.goto(f"{running.url}/account")
    expect(heading(elsewhere, "Sign in")).to_be_visible()
    sign_in(elsewhere)
    answer(elsewhere, codes[0])
    expect(elsewhere.get_by_text("9 recovery codes left")).to_be_visible()

    again = visitor().new_page()
    again.goto(running.url)
    sign_in(again)
    answer(again, codes[0])
    expect(again.get_by_text("not one of yours, or has been used")).to_be_visible()
    assert cookie(again.context) is None
    assert faults == []

"""A forgotten password, from asking to the browser that is out; and a link copied for the household."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server, sign_in, sign_up
from tests.mailbox import SENDER, mail_server

NEW = "quite another pass phrase"


def heading(page, name):
    return page.get_by_role("heading", name=name, exact=True)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


@pytest.fixture
def mailbox(monkeypatch):
    with mail_server() as box:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv("MAIL_FROM", SENDER)
        yield box


@pytest.fixture
def sending(mailbox, monkeypatch, browser_type_launch_args):
    """A server of its own that sends mail and knows its public address."""
    server = Server()
    monkeypatch.setenv("WATCH_URL", server.url)
    server.start()
    yield server
    server.remove()


def test_a_forgotten_password_is_replaced_by_mail_and_the_old_session_is_out(
    sending, mailbox, visitor, faults
):
    old = visitor().new_page()
    old.goto(sending.url)
    sign_up(old)
    expect(heading(old, "Overview")).to_be_visible()
    old.goto(f"{sending.url}/account")
    expect(heading(old, "Account and security")).to_be_visible()
    expect(old.get_by_text("this browser")).to_be_visible()

    page = visitor().new_page()
    page.goto(f"{sending.url}/watches")
    page.get_by_role("link", name="Forgotten password?").click()
    expect(heading(page, "Forgotten password")).to_be_visible()
    page.get_by_label("E-mail").fill("ana@example.com")
    button(page, "Send link").click()
    expect(page.get_by_text("a link is on its way")).to_be_visible()
    text = mailbox.next().get_content()
    link = re.search(rf"{re.escape(sending.url)}/reset\?code=[\w-]+", text)[0]

    page.goto(link)
    expect(heading(page, "Choose a new password")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("ana@example.com")
    page.get_by_label("New password").fill(NEW)
    button(page, "Set password").click()
    expect(page.get_by_text("Your new password is set")).to_be_visible()
    assert mailbox.next()["Subject"] == "Your password was changed"

    button(old, "Change password").click()
    expect(heading(old, "Sign in")).to_be_visible()
    page.goto(link)
    expect(page.get_by_text("This link can’t be used")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    expect(heading(page, "Sign in")).to_be_visible()
    sign_in(page, password=NEW)
    expect(heading(page, "Overview")).to_be_visible()

    page.goto(f"{sending.url}/account")
    expect(button(page, "Sign out everywhere else")).to_be_disabled()
    assert faults == []


def test_the_address_of_a_page_is_copied_with_a_click(running, ana, faults):
    ana.grant_permissions(["clipboard-read", "clipboard-write"])
    page = ana.new_page()
    page.goto(f"{running.url}/add_watch")
    main = page.get_by_test_id("stMain")
    main.get_by_role("combobox", name="Brand").fill("Omega")
    page.get_by_role("option", name=re.compile("Omega")).first.click()
    main.get_by_label("Model", exact=True).fill("Speedmaster")
    main.get_by_role("button", name="Add watch").click()
    expect(page.get_by_role("heading", name="Speedmaster").first).to_be_visible()

    page.goto(f"{running.url}/watches?view=table&status=owned")
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    page.get_by_role("button", name="Copy link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("Link copied.")).to_be_visible()
    expect(page.get_by_text("Members of Ana's watches can open it.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert "view=table" in page.url
    assert "#" not in page.url
    assert faults == []

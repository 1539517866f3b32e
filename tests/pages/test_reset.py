"""The pages of a forgotten password: asking for a link, and what the link opens."""

import secrets

import pytest

from app import authenticator, mailing, rate_limits, resets
from app.authenticator import digest
from data import db
from data import resets as links
from tests.mailbox import SENDER, mail_server
from tests.pages.test_sharing import html
from tests.pages.test_sign_in import fill, press, sentences, titles
from tests.people import HERE, PASSWORD, new_session

NEW = "quite another pass phrase"
SITE = "https://watches.example.com"


@pytest.fixture
def mailbox(monkeypatch):
    with mail_server("gone@example.com") as box:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv("MAIL_FROM", SENDER)
        monkeypatch.setenv("WATCH_URL", SITE)
        yield box
        mailing.stop()


def link(member):
    code = secrets.token_urlsafe(32)
    with db.write(None) as connection:
        assert links.ask(connection, member.email, digest(code), HERE)
    return code


def works(email, password):
    try:
        return authenticator.sign_in(email, password, HERE)
    except authenticator.RefusedError:
        return None


def whole(at):
    """All that the page says."""
    parts = [*at.title, *at.markdown, *at.caption, *at.info, *at.error]
    return [one.value for one in parts] + [block.proto.body for block in at.html[1:]]


def test_the_sign_in_form_leads_there(member, open_page):
    at = open_page("settings.py", None)
    assert titles(at) == ["Sign in"]
    assert "Forgotten password?" in [one.proto.label for one in at.main.get("page_link")]


def test_a_link_is_asked_for_and_arrives(member, open_page, mailbox):
    at = open_page("reset.py", None)
    assert titles(at) == ["Forgotten password"]
    press(fill(at, reset__email=" ana@example.com "), "Send link")
    assert "If ana@example.com is the address of an account here, a link is on its way" in html(at)
    assert SITE in mailbox.next().get_content()


def test_the_answer_is_the_same_for_every_address(member, open_page, mailbox):
    said = []
    for email in ("ana@example.com", "eva@example.com"):
        at = open_page("reset.py", None)
        press(fill(at, reset__email=email), "Send link")
        said.append([one.replace("ana", "eva") for one in whole(at)])
    assert said[0] == said[1]
    mailbox.next()


def test_what_is_no_address_is_told_at_its_field_and_stays(member, open_page, mailbox):
    at = press(fill(open_page("reset.py", None), reset__email="ana"), "Send link")
    assert sentences(at) == ["Write an e-mail address like ana@example.com."]
    assert at.text_input(key="reset.email").value == "ana"


def test_asking_too_often_is_told_at_the_field_and_nothing_typed_is_lost(
    member, open_page, mailbox
):
    while rate_limits.take("reset_asked", "eva@example.com"):
        pass
    at = press(fill(open_page("reset.py", None), reset__email="eva@example.com"), "Send link")
    assert sentences(at) == ["This was asked for too often. Try again in an hour."]
    assert at.text_input(key="reset.email").value == "eva@example.com"


@pytest.mark.parametrize("missing", ["SMTP_URL", "WATCH_URL"])
def test_a_box_that_cannot_send_it_says_who_helps(member, open_page, mailbox, monkeypatch, missing):
    monkeypatch.delenv(missing)
    at = open_page("reset.py", None)
    assert "Its admin can make one for you" in html(at)
    assert not list(at.text_input)


def test_the_link_in_a_mail_is_not_made_of_what_the_browser_says(member, open_page, mailbox):
    at = open_page("reset.py", None)
    at.context = at.context | {"url": "https://evil.example/reset"}
    press(fill(at, reset__email="ana@example.com"), "Send link")
    text = mailbox.next().get_content()
    assert f"{SITE}/reset?code=" in text
    assert "evil" not in text


def test_a_new_password_is_set_and_the_link_is_used_up(member, open_page, mailbox):
    code, token = link(member), new_session(member)
    at = open_page("reset.py", None, code=code)
    assert titles(at) == ["Choose a new password"]
    assert at.text_input(key="reset.of").value == "ana@example.com"
    press(fill(at, reset__password="short"), "Set password")
    assert sentences(at) == ["Use at least 12 characters; a few words in a row are good."]
    press(fill(at, reset__password=NEW), "Set password")
    assert "Your new password is set" in html(at)
    assert works(member.email, NEW) == member.user_id
    assert works(member.email, PASSWORD) is None
    with db.read(None) as connection:
        assert authenticator.accounts.find_member(connection, digest(token)) is None
    assert mailbox.next()["Subject"] == "Your password was changed"
    again = open_page("reset.py", None, code=code)
    assert "This link can’t be used" in html(again)


@pytest.mark.parametrize("kind", ["used", "late", "made up", "closed", "NUL"])
def test_all_links_that_are_no_good_look_alike(member, open_page, owner, kind):
    code = link(member)
    expected = whole(open_page("reset.py", None, code="never was"))
    if kind == "used":
        resets.choose(code, NEW, "en", HERE)
    if kind == "late":
        owner.execute("update password_reset set created_at = now() - interval '2 hours',"
                      " expires_at = now() - interval '1 hour'")  # fmt: skip
    if kind == "closed":
        owner.execute("update app_user set disabled_at = now()")
    code = {"made up": code[:-1], "NUL": "\0" * 40}.get(kind, code)
    at = open_page("reset.py", None, code=code)
    assert not at.exception
    assert whole(at) == expected


def test_a_link_that_ends_while_the_form_is_open_is_told(member, open_page, owner):
    at = open_page("reset.py", None, code=link(member))
    owner.execute("delete from password_reset")
    press(fill(at, reset__password=NEW), "Set password")
    assert "This link can’t be used" in html(at)
    assert works(member.email, PASSWORD) == member.user_id


def test_who_is_signed_in_and_uses_their_link_is_out_and_told(member, open_page):
    at = open_page("reset.py", member, code=link(member))
    press(fill(at, reset__password=NEW), "Set password")
    assert not at.exception
    assert "Your new password is set" in html(at)


def test_a_link_of_somebody_else_leaves_who_is_signed_in_alone(member, other, open_page):
    at = open_page("reset.py", other, code=link(member))
    press(fill(at, reset__password=NEW), "Set password")
    assert works(other.email, PASSWORD) == other.user_id
    assert works(member.email, NEW) == member.user_id
    at = open_page("settings.py", other)
    assert titles(at) == ["Settings"]


def test_guessing_links_is_slowed_down(member, open_page):
    while rate_limits.take("reset_tried", "address "):
        pass
    at = open_page("reset.py", None, code=link(member))
    assert at.info[0].value == "Too many links from here were not good. Try again in 15 minutes."

"""Account and security: the password, and where somebody is signed in."""

import re

from app import mailing
from app.authenticator import digest
from data import accounts, db
from tests.mailbox import SENDER, mail_server
from tests.pages.test_sign_in import fill, press, sentences, titles
from tests.people import PASSWORD, new_session

HOSTILE = accounts.Visitor(
    "<b>192.0.2.9</b>", "Mozilla/5.0 <script>alert(1)</script> Firefox/140.0"
)


def is_signed_in(token):
    with db.read(None) as connection:
        return accounts.find_member(connection, digest(token)) is not None


def text(at):
    return " ".join(one.value for one in at.markdown)


def open_account(open_page, member):
    at = open_page("account.py", member)
    assert titles(at) == ["Account and security"]
    return at


def test_the_password_is_changed_and_other_browsers_are_out(member, open_page, owner):
    token = new_session(member)
    at = open_account(open_page, member)
    fill(at, password__current=PASSWORD, password__new="another pass phrase")
    press(at, "Change password")
    assert titles(at) == ["Account and security"]
    assert not is_signed_in(token)
    kinds = [kind for (kind,) in owner.execute("select kind from security_event")]
    assert "password_changed" in kinds


def test_a_short_new_password_is_refused_at_its_field(member, open_page):
    at = open_account(open_page, member)
    press(fill(at, password__current=PASSWORD, password__new="short"), "Change password")
    assert sentences(at) == ["Use at least 12 characters; a few words in a row are good."]
    assert at.text_input(key="password.current").value == PASSWORD


def test_signing_out_everywhere_else_ends_the_others(member, open_page):
    token = new_session(member)
    at = open_account(open_page, member)
    press(at, "Sign out everywhere else")
    assert titles(at) == ["Account and security"]
    assert not is_signed_in(token)
    assert "Signed out everywhere else." in [toast.value for toast in at.toast]


def test_one_other_browser_is_signed_out_and_the_rest_stay(member, open_page, owner):
    lost, kept = new_session(member), new_session(member)
    at = open_account(open_page, member)
    at.button(key=f"session.end.{digest(lost).hex()[:16]}").click().run()
    assert "That browser was signed out." in [toast.value for toast in at.toast]
    assert not is_signed_in(lost)
    assert is_signed_in(kept)
    assert titles(at) == ["Account and security"]
    kinds = [kind for (kind,) in owner.execute("select kind from security_event")]
    assert kinds.count("signed_out_elsewhere") == 1


def test_a_browser_that_is_out_already_is_not_listed_any_more(member, open_page, owner):
    lost = new_session(member)
    at = open_account(open_page, member)
    owner.execute("update session set revoked_at = now() where token_hash = %s", [digest(lost)])
    at.button(key=f"session.end.{digest(lost).hex()[:16]}").click().run()
    assert titles(at) == ["Account and security"]
    assert not [button for button in at.button if (button.key or "").startswith("session.end.")]


def test_this_browser_comes_first_and_has_no_way_out_of_its_own(member, open_page):
    new_session(member)
    at = open_account(open_page, member)
    here = at.user["session"][:16]
    assert f"session.end.{here}" not in [button.key for button in at.button]
    lines = [one.value for one in at.markdown if ":gray" in one.value]
    assert "this browser" in lines[0]
    assert "192\\.0\\.2\\.7" in lines[0], "where it signed in"
    assert "last used today" in lines[1]


def test_a_browser_that_describes_itself_in_markup_is_shown_as_text(member, open_page):
    with db.write(None) as connection:
        accounts.create_session(connection, member.user_id, b"h" * 32, HOSTILE)
    at = open_account(open_page, member)
    assert "Firefox" in text(at)
    assert "<script>" not in text(at)
    assert not re.search(r"(?<!\\)<b>", text(at))


def test_only_the_twenty_used_last_are_listed(member, open_page):
    for _session in range(25):
        new_session(member)
    at = open_account(open_page, member)
    assert sum(":gray[·" in one.value for one in at.markdown) == 20
    assert "and 6 more" in [caption.value for caption in at.caption]


def test_nobody_signs_out_a_browser_of_somebody_else(member, other):
    token = new_session(other)
    with db.write(member) as connection:
        assert not accounts.end_session(connection, member, digest(token), HOSTILE)
    assert is_signed_in(token)


def test_who_changes_their_password_is_told_by_mail(member, open_page, monkeypatch):
    with mail_server() as mailbox:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{mailbox.port}")
        monkeypatch.setenv("MAIL_FROM", SENDER)
        at = open_account(open_page, member)
        fill(at, password__current=PASSWORD, password__new="another pass phrase")
        press(at, "Change password")
        message = mailbox.next()
        mailing.stop()
    assert (message["To"], message["Subject"]) == (member.email, "Your password was changed")

"""The page behind an invitation's link: for strangers, for members, and for links that are no good."""

import secrets

import pytest

from app.authenticator import digest
from data import db, members
from tests.pages.test_sharing import html, press, roles, titles
from tests.people import HERE, PASSWORD, again


def invite(member, role="editor", email=None):
    code = secrets.token_urlsafe(32)
    with db.write(member) as connection:
        members.invite(
            connection, member, digest(code), role=role, email=email, note=None, visitor=HERE
        )
    return code


def captions(at):
    return [caption.value for caption in at.caption]


def fill(at, **fields):
    for key, text in fields.items():
        at.text_input(key=key.replace("__", ".")).set_value(text)
    return at


def test_a_stranger_reads_who_invites_to_what(member, open_page):
    at = open_page("join.py", None, code=invite(member, "viewer", "zoe@example.com"))
    assert titles(at) == ["Join Ana's watches"]
    assert [text.value for text in at.markdown] == [r"Ana invites you as a viewer\."]
    assert at.text_input(key="sign_up.email").value == "zoe@example.com"
    assert "sign_up.household" not in [field.key for field in at.text_input]


def test_a_new_account_is_made_and_in_though_registration_is_closed(member, owner, open_page):
    at = open_page("join.py", None, code=invite(member))
    fill(at, sign_up__name="Zoë", sign_up__email="zoe@example.com", sign_up__password=PASSWORD)
    press(at, "Create account")
    assert captions(at)[-1] == "Signing in …"
    assert roles(member)["zoe@example.com"] == "editor"
    leads = owner.execute("select next_path, chosen_household_id from handoff").fetchall()
    assert leads == [("/", member.household_id)]
    assert captions(at.run())[-1] == "Signing in …", "a second click is no dead end"


def test_what_is_wrong_is_said_at_its_field_and_the_link_stays_good(member, other, open_page):
    code = invite(member)
    at = press(open_page("join.py", None, code=code), "Create account")
    assert "Write your name." in html(at)
    fill(at, sign_up__name="Bob", sign_up__email="bob@example.com", sign_up__password=PASSWORD)
    press(at, "Create account")
    assert "An account with this e-mail address is already here." in html(at)
    with db.read(None) as connection:
        assert members.find_offer(connection, digest(code))


def test_who_has_an_account_signs_in_right_there_and_is_a_member(member, other, owner, open_page):
    at = press(open_page("join.py", None, code=invite(member, "viewer")), "I have an account")
    fill(at, sign_in__email="bob@example.com", sign_in__password="not this pass phrase")
    press(at, "Sign in")
    assert "bob@example.com" not in roles(member)
    press(fill(at, sign_in__password=PASSWORD), "Sign in")
    assert roles(member)["bob@example.com"] == "viewer"
    leads = owner.execute("select chosen_household_id from handoff").fetchall()
    assert leads == [(member.household_id,)]


def test_who_is_signed_in_joins_with_a_click_and_looks_at_the_household(member, other, open_page):
    at = open_page("join.py", other, code=invite(member, "viewer"))
    assert titles(at) == ["Join Ana's watches"]
    press(at, "Join")
    assert titles(at) == ["Overview"]
    assert at.sidebar.selectbox[0].value.household_id == member.household_id
    assert again(other).households == 2


def test_a_member_already_just_goes_there_and_the_link_stays_good(member, open_page):
    code = invite(member)
    at = press(open_page("join.py", member, code=code), "Go there")
    assert titles(at) == ["Overview"]
    with db.read(None) as connection:
        assert members.find_offer(connection, digest(code))


@pytest.mark.parametrize("signed_in", [False, True])
def test_wrong_used_expired_and_revoked_look_the_same(member, other, owner, open_page, signed_in):
    seen = set()
    for spoilt in ("used_at", "revoked_at", "expires_at"):
        code = invite(member)
        owner.execute(f"update invitation set {spoilt} = now()")
        seen.add(html(open_page("join.py", other if signed_in else None, code=code)))
    for code in ("", "x", "\0", "x" * 9000):
        at = open_page("join.py", other if signed_in else None, code=code)
        assert titles(at) == []
        seen.add(html(at))
    assert len(seen) == 1
    assert "This invitation can’t be used" in seen.pop()


def test_the_other_pages_still_ask_who_is_there(member, open_page):
    code = invite(member)
    for page in ("sharing.py", "settings.py", "overview.py"):
        assert titles(open_page(page, None, code=code)) == ["Sign in"]


def test_names_are_text(member, owner, open_page):
    owner.execute("update household set name = '**x** <img src=x>'")
    owner.execute("update app_user set name = '[a](http://x)'")
    at = open_page("join.py", None, code=invite(member))
    assert titles(at) == [r"Join \*\*x\*\* \<img src\=x\>"]
    assert r"\[a\]\(http" in at.markdown[0].value

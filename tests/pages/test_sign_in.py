"""The front door and the settings, driven without a browser."""

import re

import pytest

from data import accounts, db
from tests.people import HERE, PASSWORD, again


def sentences(at):
    """What stands at the fields, and beside the form."""
    html = " ".join(block.proto.body for block in at.html)
    at_fields = re.findall(r'<p class="cb-problem"[^>]*>(.*?)</p>', html)
    icon = re.compile(r"<span[^>]*>.*?</span>|<[^>]+>")
    return [icon.sub("", one).strip() for one in at_fields] + [error.value for error in at.error]


def titles(at):
    assert not at.exception, at.exception
    return [title.value for title in at.title]


def fill(at, **fields):
    for key, text in fields.items():
        at.text_input(key=key.replace("__", ".")).set_value(text)
    return at


def press(at, label):
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_a_stranger_sees_the_sign_in_form_and_nothing_else(member, open_page):
    at = open_page("settings.py", None)
    assert titles(at) == ["Sign in"]
    assert at.sidebar.children == {} or not at.sidebar.button


def test_a_new_box_opens_on_the_first_account(database, open_page):
    at = open_page("settings.py", None)
    assert titles(at) == ["Create the first account"]
    assert "becomes its admin" in at.caption[0].value


def test_creating_an_account_says_at_each_field_what_to_change(database, open_page):
    at = press(open_page("settings.py", None), "Create account")
    assert titles(at) == ["Create the first account"]
    assert sentences(at) == [
        "Write your name.",
        "Write an e-mail address like ana@example.com.",
        "Use at least 12 characters; a few words in a row are good.",
    ]


def test_the_first_account_has_the_currency_of_the_browser(owner, open_page):
    at = open_page("settings.py", None)
    fill(at, sign_up__name="Ana", sign_up__email="ana@example.com", sign_up__password=PASSWORD)
    press(at, "Create account")
    assert sentences(at) == []
    assert [caption.value for caption in at.caption][-1] == "Signing in …"
    created = owner.execute("select name, email, currency, is_admin from app_user").fetchall()
    assert created == [("Ana", "ana@example.com", "GBP", True)]


def test_a_wrong_password_keeps_the_e_mail_address(member, open_page):
    at = open_page("settings.py", None)
    fill(at, sign_in__email="ana@example.com", sign_in__password="not this pass phrase")
    press(at, "Sign in")
    assert sentences(at) == ["This e-mail address and password do not belong together."]
    assert at.text_input(key="sign_in.email").value == "ana@example.com"


@pytest.mark.parametrize("email", ["", "ana", "a\0b@example.com", "x" * 5000])
def test_what_is_no_address_is_said_before_anything_is_asked(member, open_page, email):
    at = open_page("settings.py", None)
    press(fill(at, sign_in__email=email, sign_in__password=PASSWORD), "Sign in")
    assert sentences(at) == ["Write an e-mail address like ana@example.com."]


def test_an_account_is_offered_only_while_registration_is_open(member, open_page):
    def offers():
        return [button.label for button in open_page("settings.py", None).button]

    assert "Create an account" not in offers()
    with db.write(member) as connection:
        accounts.set_registration(connection, member, is_open=True)
    assert "Create an account" in offers()
    at = press(open_page("settings.py", None), "Create an account")
    assert titles(at) == ["Create an account"]
    assert titles(press(at, "I have an account")) == ["Sign in"]


def test_a_session_that_ended_asks_at_the_next_click(member, open_page):
    at = open_page("settings.py", member)
    assert titles(at) == ["Settings"]
    with db.write(None) as connection:
        accounts.revoke_session(connection, bytes.fromhex(at.user["session"]), HERE)
    press(at, "Save profile")
    assert titles(at) == ["Sign in"]
    assert at.info[0].value == "You were signed out. Sign in to go on."


@pytest.mark.parametrize("session", ["", "no hex", "00" * 32, None])
def test_a_made_up_session_is_nobodys(member, open_page, session):
    at = open_page("settings.py", None)
    at.user = {"id": str(member.user_id), "session": session}
    assert titles(at.run()) == ["Sign in"]


def test_the_profile_is_saved(member, open_page):
    at = open_page("settings.py", member)
    at.text_input(key="profile.name").set_value("  Anna <b> ")
    at.selectbox(key="profile.currency").set_value("CHF")
    at.selectbox(key="profile.time_zone").set_value("Europe/Zurich")
    press(at, "Save profile")
    assert not at.exception
    assert [toast.value for toast in at.toast] == ["Profile saved."]
    now = again(member)
    assert (now.name, now.currency, now.time_zone) == ("Anna <b>", "CHF", "Europe/Zurich")


def test_a_blank_name_is_refused_at_its_field(member, open_page):
    at = open_page("settings.py", member)
    press(fill(at, profile__name=" "), "Save profile")
    assert sentences(at) == ["Write your name."]
    assert again(member).name == "Ana"


def test_the_household_is_renamed_by_an_owner_only(member, owner, open_page):
    at = open_page("settings.py", member)
    press(fill(at, household__name="The vault"), "Rename household")
    assert again(member).household == "The vault"
    owner.execute("update membership set role = 'viewer'")
    at = open_page("settings.py", member)
    assert at.text_input(key="household.name").disabled

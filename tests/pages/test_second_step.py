"""Two-step sign-in as people meet it: the part of the account page, and the form after the password."""

import re

import pytest

from app import second_step
from data import accounts, db, vault
from data import second_step as stored
from tests.pages.test_join import invite
from tests.pages.test_sharing import roles
from tests.pages.test_sign_in import fill, press, sentences, titles
from tests.people import HERE, PASSWORD, again
from tests.second_steps import code_at, turn_on


@pytest.fixture(autouse=True)
def own_key(monkeypatch):
    monkeypatch.setenv("WATCH_SECRET_KEY", vault.Fernet.generate_key().decode())


def captions(at):
    return [caption.value for caption in at.caption]


def buttons(at):
    return [button.label for button in at.button]


def is_in(at):
    return captions(at)[-1:] == ["Signing in …"]


def after_the_password(open_page, email="ana@example.com", page="settings.py", **query):
    at = open_page(page, None, **query)
    return press(fill(at, sign_in__email=email, sign_in__password=PASSWORD), "Sign in")


def state(member):
    with db.read(member) as connection:
        return stored.find(connection, member)


# ── signing in ───────────────────────────────────────────────────────────────────────────────


def test_the_code_is_asked_for_after_the_right_password_and_lets_in(member, owner, open_page):
    secret, _codes = turn_on(member)
    at = after_the_password(open_page)
    assert titles(at) == ["One more step"]
    assert not is_in(at)
    assert owner.execute("select count(*) from handoff").fetchone() == (0,)
    press(fill(at, second_step__code=code_at(secret)), "Sign in")
    assert is_in(at)
    assert owner.execute("select next_path from handoff").fetchall() == [("/settings",)]
    assert is_in(at.run()), "a second click is no dead end"


def test_without_a_second_step_the_password_is_enough(member, other, open_page):
    turn_on(member)
    assert is_in(after_the_password(open_page, "bob@example.com"))


def test_a_wrong_code_is_told_at_the_field(member, open_page):
    turn_on(member)
    at = after_the_password(open_page)
    press(fill(at, second_step__code="000000"), "Sign in")
    assert sentences(at) == [second_step.WRONG]
    press(fill(at, second_step__code="\0"), "Sign in")
    assert sentences(at) == [second_step.ODD]
    assert not is_in(at)


def test_a_recovery_code_lets_in(member, open_page):
    _secret, codes = turn_on(member)
    at = after_the_password(open_page)
    assert is_in(press(fill(at, second_step__code=codes[3]), "Sign in"))
    assert state(member).codes_left == second_step.CODES - 1


def test_another_tab_of_the_browser_asks_for_the_code_too(member, open_page):
    secret, _codes = turn_on(member)
    after_the_password(open_page)
    at = open_page("watches.py", None)
    assert titles(at) == ["One more step"]
    assert is_in(press(fill(at, second_step__code=code_at(secret)), "Sign in"))


def test_starting_over_leads_back_to_the_password(member, open_page):
    turn_on(member)
    at = fill(after_the_password(open_page), second_step__code="12")
    press(at, "Start over")
    assert titles(at) == ["Sign in"]
    assert not at.info
    assert titles(open_page("settings.py", None)) == ["Sign in"]


def test_after_five_minutes_the_password_is_asked_for_again(member, owner, open_page):
    secret, _codes = turn_on(member)
    at = after_the_password(open_page)
    owner.execute("update half_sign_in set expires_at = now()")
    press(fill(at, second_step__code=code_at(secret)), "Sign in")
    assert titles(at) == ["Sign in"]
    assert [info.value for info in at.info] == [second_step.OVER]
    assert not is_in(at)


def test_creating_an_account_again_asks_for_the_code_too(member, open_page):
    turn_on(member)
    with db.write(member) as connection:
        accounts.set_registration(connection, member, is_open=True)
    at = press(open_page("settings.py", None), "Create an account")
    fill(at, sign_up__name="Ana", sign_up__email="ana@example.com", sign_up__password=PASSWORD)
    press(at, "Create account")
    assert titles(at) == ["One more step"]


def test_an_invitation_is_accepted_only_after_the_code(member, other, owner, open_page):
    secret, _codes = turn_on(other)
    at = press(open_page("join.py", None, code=invite(member, "viewer")), "I have an account")
    press(fill(at, sign_in__email="bob@example.com", sign_in__password=PASSWORD), "Sign in")
    assert titles(at) == ["Join Ana's watches"]
    assert "bob@example.com" not in roles(member)
    press(fill(at, second_step__code=code_at(secret)), "Sign in")
    assert is_in(at)
    assert roles(member)["bob@example.com"] == "viewer"
    leads = owner.execute("select next_path, chosen_household_id from handoff").fetchall()
    assert leads == [("/", member.household_id)]
    assert is_in(at.run()), "a second click is no dead end"


def test_a_half_sign_in_elsewhere_accepts_no_invitation(member, other, open_page):
    turn_on(other)
    after_the_password(open_page, "bob@example.com")
    at = open_page("join.py", None, code=invite(member))
    assert "Create account" in buttons(at)
    assert "second_step.code" not in [field.key for field in at.text_input]


# ── the account page ─────────────────────────────────────────────────────────────────────────


def turn_on_by_hand(at):
    return press(fill(at, second_step__on=PASSWORD), "Turn on")


def shown_secret(at):
    return next(code.value for code in at.code).replace(" ", "")


def test_turning_it_on_asks_for_the_password_then_for_a_code(member, open_page):
    at = open_page("account.py", member)
    press(fill(at, second_step__on="not this pass phrase"), "Turn on")
    assert sentences(at) == ["This is not your current password."]
    turn_on_by_hand(at)
    secret = shown_secret(at)
    assert re.fullmatch(r"[A-Z2-7]{32}", secret)
    press(fill(at, second_step__first="000000"), "Confirm")
    assert sentences(at) == [second_step.WRONG]
    assert state(member) is None
    press(fill(at, second_step__first=code_at(secret)), "Confirm")
    assert not at.exception
    codes = at.code[0].value.split()
    assert len(codes) == second_step.CODES
    press(at, "I have kept them")
    assert any(text.value.endswith("10 recovery codes left.") for text in at.markdown)
    assert [code.value for code in at.code] == []
    assert not any(codes[0] in str(one) for one in open_page("account.py", member).main)


def test_a_reload_does_not_lose_what_is_being_set_up_and_cancel_does(member, open_page):
    secret = shown_secret(turn_on_by_hand(open_page("account.py", member)))
    at = open_page("account.py", member)
    assert shown_secret(at) == secret
    press(at, "Cancel")
    assert "Turn on" in buttons(at)


def test_it_is_turned_off_with_the_password_only(member, open_page):
    turn_on(member)
    at = open_page("account.py", member)
    press(fill(at, second_step__change="not this pass phrase"), "Turn off")
    assert sentences(at) == ["This is not your current password."]
    assert state(member) is not None
    press(fill(at, second_step__change=PASSWORD), "Turn off")
    assert state(member) is None
    assert "Turn on" in buttons(at)


def test_new_recovery_codes_take_the_place_of_the_old(member, open_page):
    _secret, old = turn_on(member)
    at = open_page("account.py", member)
    press(at, "New recovery codes")
    assert sentences(at) == ["Write your password."]
    press(fill(at, second_step__change=PASSWORD), "New recovery codes")
    new = at.code[0].value.split()
    assert len(new) == second_step.CODES
    assert not set(new) & set(old)


def test_when_few_recovery_codes_are_left_the_page_says_so(member, owner, open_page):
    turn_on(member)
    owner.execute(
        "update recovery_code set used_at = now() where code_hash in"
        " (select code_hash from recovery_code limit 9)"
    )
    at = open_page("account.py", member)
    assert any(text.value.endswith("1 recovery code left.") for text in at.markdown)
    assert "Make new recovery codes before they run out." in captions(at)


def test_a_viewer_has_a_second_step_of_their_own(member, owner, open_page):
    owner.execute("update membership set role = 'viewer'")
    at = turn_on_by_hand(open_page("account.py", again(member)))
    press(fill(at, second_step__first=code_at(shown_secret(at))), "Confirm")
    assert state(member) is not None


def test_another_key_of_the_box_begins_anew(member, open_page, monkeypatch):
    turn_on_by_hand(open_page("account.py", member))
    monkeypatch.setenv("WATCH_SECRET_KEY", vault.Fernet.generate_key().decode())
    assert "Turn on" in buttons(open_page("account.py", member))


def test_names_in_the_uri_are_escaped(member):
    secret = second_step.new_secret()
    uri = second_step.uri(secret, "a&secret=x@example.com")
    assert uri.count("secret=") == 1
    assert "issuer=Caseback" in uri
    assert uri.startswith("otpauth://totp/Caseback:a%26secret%3Dx%40example.com?")
    assert HERE.network

"""Sign-in by an OpenID provider, against a real little one: who gets in, and every lie it may tell."""

import base64
import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from app import oidc, second_step
from app.authenticator import digest
from app.routes import BROWSER_COOKIE, SESSION_COOKIE
from data import accounts, db, members, vault
from tests.asking import Browser
from tests.pages.test_join import invite
from tests.pages.test_sharing import roles
from tests.pages.test_sign_in import fill, press, sentences, titles
from tests.people import PASSWORD, new_session
from tests.provider import ANOTHER_KEY, CLIENT, KEY, SECRET, Provider
from tests.second_steps import turn_on
from tests.sql.test_accounts import events, open_registration

COOKIE = "the cookie of this browser"
SITE = "http://localhost"


@pytest.fixture
def provider(monkeypatch):
    here = Provider()
    monkeypatch.setenv("OIDC_ISSUER", here.issuer)
    monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("OIDC_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("OIDC_NAME", "Home")
    monkeypatch.setenv("WATCH_SECRET_KEY", vault.Fernet.generate_key().decode())
    yield here
    here.close()


def browser(cookie=COOKIE, token=""):
    one = Browser(token=token)
    if cookie:
        one.cookies[BROWSER_COOKIE] = cookie
    return one


def leave(next_path="/watches", **asked):
    return oidc.leave(SITE, COOKIE, next_path, **asked)


def come_back(provider, url=None, who=None, **more):
    """Go to the provider and back; where that leads, and the session that came with it."""
    back = provider.authorize(url or leave())
    answer = (who or browser()).get(back, **more)
    assert answer.headers["cache-control"] == "no-store"
    return answer


def lead(answer):
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def signed_in(answer):
    token = answer.cookies.get(SESSION_COOKIE)
    if token is None:
        return None
    with db.read(None) as connection:
        return accounts.find_member(connection, digest(token))


def connect(provider, member):
    """Connected as on the account page, after the password."""
    who = browser(token=new_session(member))
    answer = come_back(provider, leave("/account", user_id=member.user_id), who)
    assert lead(answer) == "/account"


def refused(answer, why, back_to="/"):
    assert lead(answer) == f"{back_to}?trouble={why}"
    assert SESSION_COOKIE not in answer.cookies


# ── who gets in ──────────────────────────────────────────────────────────────────────────────


def test_a_connected_identity_signs_in(provider, member, owner):
    connect(provider, member)
    provider.person |= {"email": "new-address@example.com", "email_verified": False}
    answer = come_back(provider)
    assert lead(answer) == "/watches"
    assert signed_in(answer).user_id == member.user_id
    assert events(owner)[-2:] == ["identity_connected", "sign_in"]


def test_a_stranger_gets_an_account_while_registration_is_open(provider, member, owner):
    open_registration(member)
    answer = come_back(provider, headers={"accept-language": "de-CH,de;q=0.9"})
    found = signed_in(answer)
    assert (found.email, found.name, found.currency) == ("zoe@example.com", "Zoë", "CHF")
    assert found.household == "Uhren von Zoë", "in the language of the browser"
    assert signed_in(come_back(provider)).user_id == found.user_id, "the next time too"
    assert owner.execute("select count(*) from identity").fetchone() == (1,)


def test_a_stranger_gets_none_while_registration_is_closed(provider, member, owner):
    refused(come_back(provider), "closed")
    assert owner.execute("select count(*) from app_user").fetchone() == (1,)


def test_a_stranger_with_an_invitation_joins(provider, member):
    code = invite(member, "viewer")
    answer = come_back(provider, leave("/", invitation_hash=digest(code)))
    assert signed_in(answer).household_id == member.household_id
    assert roles(member)["zoe@example.com"] == "viewer"
    provider.person |= {"sub": "yan-2", "email": "yan@example.com"}
    url = leave("/", invitation_hash=digest(code))
    refused(come_back(provider, url), "invitation")


def test_who_has_an_account_accepts_an_invitation_by_the_provider(provider, member, other):
    connect(provider, other)
    code = invite(member, "editor")
    answer = come_back(provider, leave("/", invitation_hash=digest(code)))
    found = signed_in(answer)
    assert (found.user_id, found.household_id) == (other.user_id, member.household_id)
    with db.read(None) as connection:
        assert members.find_offer(connection, digest(code)) is None


def test_the_second_step_is_asked_for_here_too(provider, member, owner):
    connect(provider, member)
    turn_on(member)
    answer = come_back(provider)
    assert lead(answer) == "/watches"
    assert signed_in(answer) is None
    assert second_step.waiting(COOKIE).user_id == member.user_id
    assert events(owner)[-1] == "identity_right"


def test_claims_that_are_told_only_when_asked_again_count(provider, member):
    open_registration(member)
    provider.userinfo = provider.person
    provider.person = {"sub": "zoe-1"}
    assert signed_in(come_back(provider)).email == "zoe@example.com"


# ── e-mail addresses open nothing ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("said", [False, None, "true", 1])
def test_an_address_that_is_not_verified_makes_no_account(provider, member, owner, said):
    open_registration(member)
    provider.person["email_verified"] = said
    refused(come_back(provider), "mail")
    assert owner.execute("select count(*) from app_user").fetchone() == (1,)


@pytest.mark.parametrize("email", [None, "", "zoe", "a\0b@example.com", 7, "x" * 300 + "@x.org"])
def test_an_odd_address_makes_no_account(provider, member, email):
    open_registration(member)
    provider.person["email"] = email
    refused(come_back(provider), "mail")


@pytest.mark.parametrize("is_open", [False, True])
def test_a_verified_address_does_not_open_the_account_that_has_it(provider, member, owner, is_open):
    if is_open:
        open_registration(member)
    provider.person["email"] = "ANA@example.com"
    refused(come_back(provider), "taken")
    assert owner.execute("select count(*) from identity").fetchone() == (0,)


def test_a_disabled_account_stays_shut(provider, member, owner):
    connect(provider, member)
    open_registration(member)
    owner.execute("update app_user set disabled_at = now()")
    refused(come_back(provider), "disabled")


# ── connecting ───────────────────────────────────────────────────────────────────────────────


def test_only_who_asked_for_it_is_connected(provider, member, other, owner):
    url = leave("/account", user_id=member.user_id)
    refused(come_back(provider, url), "stranger", "/account")
    url = leave("/account", user_id=member.user_id)
    as_bob = browser(token=new_session(other))
    refused(come_back(provider, url, as_bob), "stranger", "/account")
    assert owner.execute("select count(*) from identity").fetchone() == (0,)


def test_an_identity_belongs_to_one_account_and_an_account_to_one_identity(provider, member, other):
    connect(provider, member)
    connect(provider, member)  # again changes nothing
    as_bob = browser(token=new_session(other))
    url = leave("/account", user_id=other.user_id)
    refused(come_back(provider, url, as_bob), "connected", "/account")
    provider.person["sub"] = "another"
    as_ana = browser(token=new_session(member))
    url = leave("/account", user_id=member.user_id)
    refused(come_back(provider, url, as_ana), "connected", "/account")


def test_the_account_page_connects_after_the_password_and_disconnects(
    provider, member, owner, open_page
):
    at = open_page("account.py", member)
    press(fill(at, identity__current="not this pass phrase"), "Connect")
    assert sentences(at) == ["This is not your current password."]
    assert owner.execute("select count(*) from oidc_visit").fetchone() == (0,)
    press(fill(at, identity__current=PASSWORD), "Connect")
    assert owner.execute("select user_id from oidc_visit").fetchone() == (member.user_id,)
    connect(provider, member)
    at = open_page("account.py", member)
    assert any("zoe@example.com" in one.value.replace("\\", "") for one in at.caption)
    press(at, "Disconnect")
    assert sentences(at) == ["Write your password."]
    press(fill(at, identity__current=PASSWORD), "Disconnect")
    assert owner.execute("select count(*) from identity").fetchone() == (0,)
    refused(come_back(provider), "closed")


def test_the_sign_in_form_offers_it_only_where_it_is_set_up(
    provider, member, open_page, monkeypatch
):
    def offers(page, **query):
        return "Sign in with Home" in [b.label for b in open_page(page, None, **query).button]

    assert offers("settings.py")
    assert offers("join.py", code=invite(member))
    monkeypatch.delenv("OIDC_CLIENT_SECRET")
    assert not offers("settings.py")
    assert "Connect" not in [button.label for button in open_page("account.py", member).button]


def test_the_button_leaves_for_the_provider(provider, member, owner, open_page):
    at = press(open_page("watches.py", None, brand="Omega"), "Sign in with Home")
    assert sentences(at) == []
    asked = "select next_path, user_id from oidc_visit"
    assert owner.execute(asked).fetchall() == [("/watches?brand=Omega", None)]


def test_trouble_is_told_in_our_words_only(provider, member, open_page):
    at = open_page("settings.py", None, trouble="mail")
    assert "not verified your e-mail address" in at.error[0].value
    for odd in ("", "x", "<b>Call 555</b>", "\0"):
        assert not open_page("settings.py", None, trouble=odd).error
    at = press(at, "Sign in with Home")
    assert titles(at) == ["Sign in"]


def test_a_provider_that_is_away_is_told(provider, member, open_page):
    provider.close()
    at = press(open_page("settings.py", None), "Sign in with Home")
    assert sentences(at) == [oidc.AWAY]


# ── lies ─────────────────────────────────────────────────────────────────────────────────────


def test_a_state_of_another_browser_is_refused(provider, member):
    """Login CSRF: an attacker's answer, played into somebody else's browser."""
    connect(provider, member)
    for who in (browser("another browser"), browser("")):
        refused(come_back(provider, who=who), "late")


@pytest.mark.parametrize("query", ["", "state=", "state=x&code=y", "state=%00", "code=y"])
def test_a_made_up_answer_is_refused(provider, member, query):
    refused(browser().get(f"{oidc.CALLBACK}?{query}"), "late")


def test_an_answer_works_once(provider, member):
    connect(provider, member)
    back = provider.authorize(leave())
    assert signed_in(browser().get(back)) is not None
    refused(browser().get(back), "late")


def test_a_code_of_another_visit_is_refused(provider, member):
    connect(provider, member)
    stolen = parse_qs(urlsplit(provider.authorize(leave())).query)["code"][0]
    mine = parse_qs(urlsplit(provider.authorize(leave())).query)["state"][0]
    refused(browser().get(f"{oidc.CALLBACK}?state={mine}&code={stolen}"), "doubt")


def test_an_answer_that_comes_late_is_refused(provider, member, owner):
    back = provider.authorize(leave())
    owner.execute("update oidc_visit set expires_at = now()")
    refused(browser().get(back), "late")


def test_who_says_no_there_is_told(provider, member):
    state = parse_qs(urlsplit(leave()).query)["state"][0]
    query = f"state={state}&error=access_denied&error_description=%3Cb%3E"
    refused(browser().get(f"{oidc.CALLBACK}?{query}"), "refused")


def test_an_answer_in_the_name_of_another_issuer_is_refused(provider, member):
    connect(provider, member)
    back = provider.authorize(leave())
    refused(browser().get(f"{back}&iss=https://evil.example"), "doubt")


LIES = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "another app"},
    "another audience, our azp": {"aud": "another app", "azp": CLIENT},
    "two audiences without ours": {"aud": ["another app", "a third"], "azp": CLIENT},
    "ours among others, for another": {"aud": [CLIENT, "another app"], "azp": "another app"},
    "no audience": {"aud": None},
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "expired": {"exp": int(time.time()) - 120},
    "no end": {"exp": None},
    "from the future": {"iat": int(time.time()) + 3600},
    "nobody": {"sub": None},
    "an empty subject": {"sub": ""},
    "an odd subject": {"sub": ["zoe-1"]},
    "another access token": {"at_hash": "x"},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_token_that_is_not_for_this_sign_in_is_refused(provider, member, lie):
    connect(provider, member)
    provider.lie = lie
    refused(come_back(provider), "doubt")


def part(content):
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def by_our_secret(header, claims):
    key = OctKey.import_key(SECRET.encode().ljust(64, b"\0"))
    return jwt.encode(header | {"alg": "HS256"}, claims, key, ["HS256"])


def by_the_public_key(header, claims):
    key = OctKey.import_key(base64.b64encode(KEY.as_pem(private=False)))
    return jwt.encode(header | {"alg": "HS256"}, claims, key, ["HS256"])


FORGERIES = {
    "no signature": lambda _, claims: f"{part({'alg': 'none'})}.{part(claims)}.",
    "none with a kid": lambda header, claims: f"{part(header | {'alg': 'none'})}.{part(claims)}.",
    "no signature but RS256": lambda header, claims: f"{part(header)}.{part(claims)}.",
    "another key": lambda header, claims: jwt.encode(header, claims, ANOTHER_KEY, ["RS256"]),
    "our secret": by_our_secret,
    "the public key as a secret": by_the_public_key,
    "an unknown key": lambda header, claims: jwt.encode(
        header | {"kid": "two"}, claims, ANOTHER_KEY, ["RS256"]
    ),
    "no token": lambda *_: "",
    "no text": lambda *_: 7,
    "nonsense": lambda *_: "a.b.c",
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_token_that_the_provider_did_not_sign_is_refused(provider, member, forgery):
    connect(provider, member)
    provider.token = forgery
    refused(come_back(provider), "doubt")


def test_userinfo_about_somebody_else_is_refused(provider, member):
    open_registration(member)
    provider.userinfo = {"sub": "somebody", "email": "x@example.com", "email_verified": True}
    provider.person = {"sub": "zoe-1"}
    refused(come_back(provider), "doubt")


def test_an_issuer_that_calls_itself_otherwise_is_not_used(provider, member, monkeypatch):
    monkeypatch.setenv("OIDC_ISSUER", f"{provider.issuer}/")
    with pytest.raises(oidc.UnavailableError):
        leave()


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "/session/end", "x"]
)
def test_the_way_back_stays_on_this_site(provider, member, path):
    connect(provider, member)
    assert lead(come_back(provider, leave(path))) == "/"


def test_a_session_that_the_browser_had_ends(provider, member, other):
    connect(provider, member)
    old = new_session(other)
    answer = come_back(provider, who=browser(token=old))
    assert signed_in(answer).user_id == member.user_id
    with db.read(None) as connection:
        assert accounts.find_member(connection, digest(old)) is None

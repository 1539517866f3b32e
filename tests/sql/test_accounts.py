"""Accounts against PostgreSQL: mistakes that others made, and that we do not."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit_authenticator import Hasher

from app import authenticator
from app.authenticator import NewAccount, change_password, digest, handoff_url, safe_path
from data import accounts, db
from data.errors import RefusedError
from tests.people import HERE, PASSWORD, again, new_member, new_session

WRONG = "This e-mail address and password do not belong together."
ELSEWHERE = accounts.Visitor("198.51.100.9", "curl")


def draft(email="cy@example.com", password=PASSWORD, **parts):
    given = {"name": "Cy", "household": "", "currency": "EUR"} | parts
    return NewAccount(email=email, password=password, **given)


def sign_in(email, password, visitor=HERE):
    """What the person reads: nothing, or the sentence at the password."""
    try:
        authenticator.sign_in(email, password, visitor)
    except RefusedError as error:
        return str(error)
    return None


def open_registration(member):
    with db.write(member) as connection:
        accounts.set_registration(connection, member, is_open=True)


def find(token):
    with db.read(None) as connection:
        return accounts.find_member(connection, digest(token))


def events(owner):
    return [kind for (kind,) in owner.execute("select kind from security_event order by event_id")]


def test_of_six_first_sign_ups_at_once_exactly_one_becomes_admin(database, owner):
    def attempt(number):
        try:
            authenticator.sign_up(draft(f"p{number}@example.com"), HERE)
        except RefusedError as error:
            return str(error)
        return "in"

    with ThreadPoolExecutor(6) as pool:
        results = sorted(pool.map(attempt, range(6)))
    assert results.count("in") == 1, results
    assert owner.execute("select count(*) from app_user where is_admin").fetchone() == (1,)
    assert set(results[:-1]) == {
        "Registration is closed on this box. Ask its admin for an account."
    }


def test_of_six_people_who_may_join_only_the_first_is_admin(database, owner):
    owner.execute("insert into instance_setting values ('registration', 'open')")
    with ThreadPoolExecutor(6) as pool:
        people = [draft(f"p{number}@example.com") for number in range(6)]
        list(pool.map(lambda person: authenticator.sign_up(person, HERE), people))
    admins = owner.execute("select count(*) filter (where is_admin), count(*) from app_user")
    assert admins.fetchone() == (1, 6)


def test_bob_is_bob_in_any_case(member, other):
    open_registration(member)
    with pytest.raises(RefusedError) as refused:
        authenticator.sign_up(draft("BOB@example.com", "another pass phrase"), HERE)
    assert refused.value.problems == {
        "email": "An account with this e-mail address is already here."
    }
    assert authenticator.sign_in("Bob@Example.com", PASSWORD, HERE) == other.user_id


def test_a_second_click_on_create_account_signs_in(member, owner):
    open_registration(member)
    first = authenticator.sign_up(draft(), HERE)
    assert authenticator.sign_up(draft(), HERE) == first
    assert owner.execute("select count(*) from app_user").fetchone() == (2,)


def test_registration_is_closed_after_the_first_account(member):
    with pytest.raises(RefusedError, match="Registration is closed"):
        authenticator.sign_up(draft(), HERE)


def test_only_the_admin_opens_registration(member, other):
    with pytest.raises(RefusedError, match="Only the admin"), db.write(other) as connection:
        accounts.set_registration(connection, other, is_open=True)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "Use at least 12"),
        ("x" * 73, "Use at most 72"),
        ("é" * 37, "Use at most 72"),
        ("with a\0 nul in it", "invisible"),
    ],
)
def test_a_password_that_bcrypt_would_cut_or_guess_is_refused(member, password, sentence):
    open_registration(member)
    with pytest.raises(RefusedError) as refused:
        authenticator.sign_up(draft(password=password), HERE)
    assert sentence in refused.value.problems["password"]


def test_a_password_of_72_bytes_counts_to_its_last_byte(member):
    open_registration(member)
    password = "é" * 36
    authenticator.sign_up(draft(password=password), HERE)
    assert sign_in("cy@example.com", password) is None
    assert sign_in("cy@example.com", password[:-1] + "e") == WRONG
    assert sign_in("cy@example.com", password + "x") == WRONG


@pytest.mark.parametrize(
    "bad",
    [
        {"email": "ana"},
        {"email": "a\0@example.com"},
        {"email": f"{'a' * 250}@example.com"},
        {"name": ""},
        {"name": "A\0na"},
        {"name": "A" * 101},
        {"household": "x\0"},
        {"household": "A" * 101},
        {"currency": "X1"},
    ],
)
def test_what_cannot_be_is_refused_at_its_field(member, bad):
    open_registration(member)
    with pytest.raises(RefusedError) as refused:
        authenticator.sign_up(draft(**bad), HERE)
    assert list(refused.value.problems) == list(bad)


def test_an_unknown_address_costs_one_bcrypt_like_a_known_one(member, monkeypatch):
    compared = []
    check = Hasher.check_pw
    monkeypatch.setattr(
        Hasher, "check_pw", lambda typed, kept: compared.append(kept) or check(typed, kept)
    )
    for email, password in [
        ("ana@example.com", "not this pass phrase"),
        ("nobody@example.com", "not this pass phrase"),
        ("nobody@example.com", "x" * 100),
    ]:
        compared.clear()
        assert sign_in(email, password) == WRONG
        assert len(compared) == 1


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(member, owner):
    for _ in range(4):
        assert sign_in("ana@example.com", "wrong pass phrase") == WRONG
    assert sign_in("ANA@example.com", "wrong pass phrase") == (
        "Too many wrong passwords. Try again in 1 minute."
    )
    assert "Try again in 1 minute" in sign_in("ana@example.com", PASSWORD, ELSEWHERE)
    assert events(owner).count("locked") == 1
    owner.execute("update sign_in_lock set locked_until = now()")
    assert sign_in("ana@example.com", PASSWORD, ELSEWHERE) is None


def test_five_wrong_passwords_lock_the_address_for_other_accounts_too(member, other):
    for number in range(5):
        sign_in(f"guess{number}@example.com", "wrong pass phrase")
    assert "Try again in 1 minute" in sign_in("bob@example.com", PASSWORD)
    assert sign_in("bob@example.com", PASSWORD, ELSEWHERE) is None


@pytest.mark.parametrize("email", ["ana@example.com", "nobody@example.com"])
def test_the_lock_grows_and_after_a_quiet_day_starts_again(member, owner, email):
    said = []
    for _ in range(5):
        for number in range(5):
            said += [sign_in(email, "wrong pass phrase", accounts.Visitor(f"203.0.113.{number}"))]
        owner.execute("update sign_in_lock set locked_until = now()")
    assert [sentence.rpartition(" in ")[2] for sentence in said[4::5]] == [
        "1 minute.",
        "5 minutes.",
        "15 minutes.",
        "60 minutes.",
        "60 minutes.",
    ]
    owner.execute("update sign_in_lock set locked_until = now() - interval '25 hours'")
    said = [sign_in(email, "wrong pass phrase", ELSEWHERE) for _ in range(5)]
    assert said[-1].endswith("1 minute.")


def test_failures_of_a_quarter_of_an_hour_ago_do_not_count(member, owner):
    for _ in range(4):
        sign_in("ana@example.com", "wrong pass phrase")
    owner.execute("update sign_in_failure set failed_at = failed_at - interval '15 minutes'")
    assert sign_in("ana@example.com", "wrong pass phrase") == WRONG
    assert sign_in("ana@example.com", PASSWORD) is None


def test_a_right_password_forgives_the_failures_before_it(member):
    for round_ in range(3):
        for number in range(4):
            somewhere = accounts.Visitor(f"203.0.113.{10 * round_ + number}")
            assert sign_in("ana@example.com", "wrong pass phrase", somewhere) == WRONG
        assert sign_in("ana@example.com", PASSWORD, ELSEWHERE) is None


def test_thirty_guesses_at_once_are_five_guesses(member, owner, monkeypatch):
    compared = []
    check = Hasher.check_pw
    monkeypatch.setattr(
        Hasher, "check_pw", lambda typed, kept: compared.append(kept) or check(typed, kept)
    )
    with ThreadPoolExecutor(15) as pool:
        said = list(pool.map(lambda _: sign_in("ana@example.com", "wrong pass phrase"), range(30)))
    assert len(compared) <= 5
    assert all(said)


def test_neighbours_in_an_ipv6_network_are_one_address():
    networks = {
        accounts.Visitor(address).network
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    }
    assert len(networks) == 2
    assert accounts.Visitor("::ffff:192.0.2.7").network == accounts.Visitor("192.0.2.7").network
    assert accounts.Visitor("testclient").network == "address testclient"


def test_a_session_is_dead_after_signing_out(member):
    token = new_session(member)
    assert find(token).user_id == member.user_id
    with db.write(None) as connection:
        assert accounts.revoke_session(connection, digest(token), HERE)
        assert not accounts.revoke_session(connection, digest(token), HERE)
    assert find(token) is None


def test_a_new_password_ends_every_other_session_and_every_code_under_way(member, owner):
    mine, elsewhere = new_session(member), new_session(member)
    handoff_url(member.user_id, "/", "browser")
    change_password(member, PASSWORD, "another pass phrase", digest(mine), HERE)
    assert find(mine) is not None
    assert find(elsewhere) is None
    assert owner.execute("select count(*) from handoff").fetchone() == (0,)
    assert sign_in("ana@example.com", PASSWORD) == WRONG
    assert sign_in("ana@example.com", "another pass phrase") is None
    assert "password_changed" in events(owner)


def test_a_wrong_current_password_changes_nothing_and_is_counted(member):
    mine, elsewhere = new_session(member), new_session(member)
    for _ in range(5):
        with pytest.raises(RefusedError) as refused:
            change_password(member, "wrong pass phrase", "another one here", digest(mine), HERE)
        assert list(refused.value.problems) == ["current"]
    with pytest.raises(RefusedError, match="Too many wrong passwords"):
        change_password(member, PASSWORD, "another one here", digest(mine), HERE)
    assert find(elsewhere) is not None


def test_signing_out_everywhere_else_leaves_this_browser(member, other):
    mine, elsewhere, bobs = new_session(member), new_session(member), new_session(other)
    with db.write(member) as connection:
        ended = accounts.revoke_other_sessions(connection, member, digest(mine), HERE)
        left = accounts.sessions(connection, member)
    assert ended == 1
    assert [one.token_hash for one in left] == [digest(mine)]
    assert find(elsewhere) is None
    assert find(bobs) is not None


def test_a_session_ends_after_thirty_days_or_with_its_person(member, other, owner):
    old, gone = new_session(member), new_session(other)
    owner.execute(
        "update session set expires_at = now() - interval '1 second' where token_hash = %s",
        [digest(old)],
    )
    owner.execute("delete from app_user where user_id = %s", [other.user_id])
    assert find(old) is None
    assert find(gone) is None


def redeem(url, browser="browser"):
    code = url.partition("code=")[2]
    with db.write(None) as connection:
        return accounts.redeem_handoff(connection, digest(code + browser))


def test_a_code_works_once(member):
    url = handoff_url(member.user_id, "/watch?id=7", "browser")
    assert redeem(url) == accounts.Handoff(member.user_id, "/watch?id=7")
    assert redeem(url) is None


def test_a_code_works_in_the_browser_that_typed_the_password_only(member):
    url = handoff_url(member.user_id, "/", "browser")
    assert redeem(url, "the victim's") is None


def test_a_late_code_is_worth_nothing_and_is_swept_up(member, owner):
    url = handoff_url(member.user_id, "/", "browser")
    owner.execute("update handoff set expires_at = now()")
    assert redeem(url) is None
    handoff_url(member.user_id, "/", "browser")
    owner.execute("update handoff set expires_at = now()")
    handoff_url(member.user_id, "/", "browser")
    assert owner.execute("select count(*) from handoff").fetchone() == (1,)


def test_no_secret_is_stored(member, owner):
    token = new_session(member)
    url = handoff_url(member.user_id, "/", "browser")
    tables = ("session", "handoff", "app_user", "security_event")
    kept = "".join(str(owner.execute(f"select * from {name}").fetchall()) for name in tables)
    assert token not in kept
    assert url.partition("code=")[2] not in kept
    assert PASSWORD not in kept
    assert hashlib.sha256(token.encode()).digest() == digest(token)


@pytest.mark.parametrize(
    ("path", "landing"),
    [
        ("/", "/"),
        ("/watch?id=7&tab=value", "/watch?id=7&tab=value"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
        ("/session/end", "/"),
        ("/watches?q=Söhne", "/watches?q=Söhne"),
    ],
)
def test_after_signing_in_nobody_leaves_this_site(path, landing):
    assert safe_path(path) == landing


def test_a_profile_is_changed_and_a_household_renamed(member):
    with db.write(member) as connection:
        profile = accounts.Profile("Anna", "CHF", "Europe/Zurich", "de", "de_CH", "dark")
        accounts.change_profile(connection, member, profile)
        accounts.rename_household(connection, member, "The vault")
    now = again(member)
    assert (now.name, now.currency, now.time_zone) == ("Anna", "CHF", "Europe/Zurich")
    assert (now.language, now.number_format, now.theme) == ("de", "de_CH", "dark")
    assert now.household == "The vault"


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ({"name": " "}, "Write a name of up to 100 characters."),
        ({"currency": "X1"}, "Choose a currency from the list."),
        ({"language": "German"}, "Choose a language from the list."),
        ({"number_format": "1,000.00"}, "Choose a number format from the list."),
        ({"theme": "pink"}, "Choose a theme from the list."),
    ],
)
def test_postgres_refuses_a_profile_that_cannot_be(member, part, sentence):
    profile = accounts.Profile(**{"name": "Ana", "currency": "EUR"} | part)
    with pytest.raises(RefusedError, match=sentence), db.write(member) as connection:
        accounts.change_profile(connection, member, profile)


def test_another_household_cannot_be_renamed(member, other, owner):
    with db.write(member) as connection:
        accounts.queries.do(
            connection,
            "household_rename",
            household_id=other.household_id,
            household_name="Mine now",
        )
    assert owner.execute(
        "select name from household where household_id = %s", [other.household_id]
    ).fetchone() == ("Bob's watches",)


def test_a_viewer_cannot_rename_the_household(member, owner):
    owner.execute("update membership set role = 'viewer'")
    viewer = again(member)
    with pytest.raises(RefusedError, match="Only an owner"), db.write(viewer) as connection:
        accounts.rename_household(connection, viewer, "Mine")


def test_purging_forgets_what_means_nothing_any_more(member, owner):
    token = new_session(member)
    sign_in("ana@example.com", "wrong pass phrase")
    owner.execute("update sign_in_failure set failed_at = now() - interval '2 days'")
    owner.execute("update session set expires_at = now() where token_hash = %s", [digest(token)])
    owner.execute("insert into sign_in_lock values ('x', 1, now() - interval '2 days')")
    with db.write(None) as connection:
        accounts.purge(connection)
    for table in ("sign_in_failure", "sign_in_lock", "handoff"):
        assert owner.execute(f"select count(*) from {table}").fetchone() == (0,)
    assert owner.execute(
        "select count(*) from session where token_hash = %s", [digest(token)]
    ).fetchone() == (0,)


def test_the_security_log_tells_the_story(member, owner):
    sign_in("ana@example.com", "wrong pass phrase")
    sign_in("ana@example.com", PASSWORD)
    assert events(owner)[0] == "sign_up"
    assert events(owner)[-2:] == ["sign_in_failed", "sign_in"]
    logged = owner.execute("select email, address, client from security_event").fetchall()
    assert ("ana@example.com", "192.0.2.7", HERE.client) in logged


def test_new_members_have_households_of_their_own(member):
    other = new_member("bob@example.com", "Bob")
    assert other.household_id != member.household_id
    assert (member.is_admin, other.is_admin) == (True, False)
    assert (member.role, other.role) == ("owner", "owner")

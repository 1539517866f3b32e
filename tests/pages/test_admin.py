"""The admin's page: accounts, the security log, the box; and that for others it is not there."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from app.security_words import KINDS
from data import accounts, db
from tests.asking import Browser
from tests.people import HERE, again, new_member
from tests.sql.households import join

PAGE = "admin.py"
LOG = "/download/security-log.csv"


@pytest.fixture
def zoe(member):
    return new_member("zoe@example.com", "Zoe <b>")


def html(at):
    assert not at.exception, at.exception
    return " ".join(block.proto.body for block in at.html)


def press(at, key):
    at.button(key=key).click()
    return at.run()


def titles(at):
    return [title.value for title in at.title]


def state(owner, person):
    return owner.execute(
        "select is_admin, disabled_at is not null from app_user where user_id = %s",
        [person.user_id],
    ).fetchone()


def kinds(owner):
    return [kind for (kind,) in owner.execute("select kind from security_event order by event_id desc")]  # fmt: skip


# ── for others it is not there ────────────────────────────────────────────────────────────


def test_who_is_no_admin_gets_what_a_page_that_is_not_there_gives(open_page, other):
    answers = [open_page(page, other) for page in (PAGE, "overview.py")]  # where any leads
    assert titles(answers[0]) == titles(answers[1])
    assert html(answers[0]) == html(answers[1])
    assert "Bob" not in titles(answers[0])


def test_an_admin_who_is_none_any_more_is_led_away(open_page, owner, member, other):
    at = open_page(PAGE, member)
    assert titles(at) == ["Admin"]
    owner.execute("update app_user set is_admin = user_id = %s", [other.user_id])
    at.run()
    assert "Admin" not in titles(at)
    assert "bob@example.com" not in html(at)


def test_a_stranger_is_asked_to_sign_in(open_page, member):
    assert titles(open_page(PAGE, None)) == ["Sign in"]


# ── accounts ──────────────────────────────────────────────────────────────────────────────


def test_the_accounts_are_listed_and_found(open_page, member, other, zoe):
    at = open_page(PAGE, member)
    assert "Ana (you)" in html(at)
    assert "bob@example.com" in html(at)
    assert "Zoe &lt;b&gt;" in html(at)
    at = open_page(PAGE, member, who="BOB")
    assert "bob@example.com" in html(at)
    assert "zoe@example.com" not in html(at)
    at = open_page(PAGE, member, state="disabled")
    assert "No account is like that" in html(at)


def test_a_hundred_accounts_come_in_pages(open_page, owner, member):
    owner.execute(
        "insert into app_user (email, name, password_hash)"
        " select 'p' || n || '@example.com', 'Person ' || lpad(n::text, 3, '0'), 'x' from generate_series(1, 100) n"
    )
    first, last = open_page(PAGE, member), open_page(PAGE, member, page="99")
    assert html(first).count("@example.com") == 50
    assert "1–50 of 101" in html(first)
    assert "Person 100" in html(last)


@pytest.mark.parametrize(
    "query",
    [
        {"person": "x"}, {"person": "\0"}, {"who": "\0%'--"}, {"page": "9" * 40}, {"state": "x"},
        {"tab": "x"}, {"tab": "log", "since": "0001-01-01", "until": "9999-12-31"},
        {"tab": "log", "after": "\0~9"}, {"tab": "log", "kind": "\0", "email": "'", "address": "\0"},
    ],
)  # fmt: skip
def test_an_address_written_by_hand_shows_a_page(open_page, member, query):
    at = open_page(PAGE, member, **query)
    assert not at.exception
    assert titles(at) == ["Admin"]


def test_somebody_is_made_admin_and_unmade(open_page, owner, member, other):
    at = open_page(PAGE, member, person=str(other.user_id))
    assert titles(at) == ["Bob"]
    press(at, "admin.role")
    assert state(owner, other) == (True, False)
    press(at, "admin.role")
    assert state(owner, other) == (False, False)
    assert {"admin_made", "admin_taken"} <= set(kinds(owner))


def test_somebody_is_disabled_and_their_page_ends(open_page, owner, member, other):
    theirs = open_page("watches.py", other)
    at = open_page(PAGE, member, person=str(other.user_id))
    press(at, "admin.door")
    assert state(owner, other) == (False, True)
    assert "Disabled since" in html(at)
    assert titles(theirs.run()) == ["Sign in"]
    press(at, "admin.door")
    assert state(owner, other) == (False, False)


def test_a_link_for_a_new_password_is_shown_once(open_page, owner, member, other):
    at = open_page(PAGE, member, person=str(other.user_id))
    press(at, "admin.reset")
    assert not at.exception
    assert "/reset?code=" in at.code[0].value
    assert "password_reset_link_made" in kinds(owner)
    press(at, "admin.link_done")
    assert not at.code


def test_the_second_step_is_switched_off(open_page, owner, member, other):
    owner.execute("insert into second_step (user_id, secret, confirmed_at) values (%s, 'x', now())", [other.user_id])  # fmt: skip
    at = open_page(PAGE, member, person=str(other.user_id))
    press(at, "admin.second_step")
    assert owner.execute("select count(*) from second_step").fetchone() == (0,)
    assert not [one for one in at.button if one.key == "admin.second_step"]


def test_an_account_is_deleted_with_a_choice_for_its_household(open_page, owner, member, other):
    vera = join(owner, new_member("vera@example.com", "Vera"), other, "viewer")
    at = open_page(PAGE, member, person=str(other.user_id))

    def delete(name):
        at.text_input(key="admin.typed").set_value(name)
        next(one for one in at.button if one.label == "Delete account").click()
        at.run()
        return html(at) + " ".join(error.value for error in at.error)

    assert "Write Bob to go on" in delete("Vera")
    assert "Choose what becomes of Bob" in delete("Bob")
    assert "watches, " not in " ".join(one.value for one in at.markdown)
    at.selectbox(key=f"admin.leaving.{other.household_id}").set_value(str(vera.user_id)).run()
    delete("bob")
    assert titles(at) == ["Admin"]
    assert again(vera).role == "owner"
    assert "account_deleted_by_admin" in kinds(owner)


def test_nothing_is_offered_for_oneself(open_page, member):
    at = open_page(PAGE, member, person=str(member.user_id))
    assert not [one for one in at.button if (one.key or "").startswith("admin.")]
    assert not [one for one in at.text_input if one.key == "admin.typed"]


def test_a_refusal_of_postgresql_is_told(open_page, owner, member, other):
    at = open_page(PAGE, member, person=str(other.user_id))
    owner.execute("delete from app_user where user_id = %s", [other.user_id])
    press(at, "admin.role")
    assert "no account any more" in " ".join(one.value for one in [*at.error, *at.info])


def test_registration_is_opened_and_closed(open_page, owner, member):
    at = open_page(PAGE, member)
    at.toggle(key="box.registration").set_value(True).run()
    with db.read(None) as connection:
        assert accounts.registration_is_open(connection)
    at.toggle(key="box.registration").set_value(False).run()
    assert kinds(owner)[:2] == ["registration_closed", "registration_opened"]


# ── the log ───────────────────────────────────────────────────────────────────────────────


def test_the_log_is_filtered_by_its_form_and_by_its_address(open_page, member, other):
    at = open_page(PAGE, member, tab="log")
    assert "Created an account" in html(at)
    at.text_input(key="log.email").set_value(" bob@example.com ")
    at.selectbox(key="log.kind").set_value("sign_up")
    next(one for one in at.button if one.label == "Show").click()
    at.run()
    assert at.query_params["email"] == "bob@example.com"
    assert html(at).count("Created an account") == 1
    at = open_page(PAGE, member, tab="log", email="ana@example.com")
    assert "bob@example.com" not in html(at)
    assert at.text_input(key="log.email").value == "ana@example.com"


def test_the_log_goes_back_page_by_page(open_page, owner, member):
    owner.execute("insert into security_event (kind, happened_at) select 'old_' || n, now() - make_interval(days => n) from generate_series(1, 60) n")  # fmt: skip
    at = open_page(PAGE, member, tab="log")
    assert "Earlier" in html(at)
    assert "Old 60" not in html(at)
    earlier = html(at).split("after=")[1].split('"')[0].split("&")[0]
    at = open_page(PAGE, member, tab="log", after=unquote_plus(earlier))
    assert "Old 60" in html(at)
    assert "Newest" in html(at)


def test_every_kind_that_is_logged_has_words():
    root = Path(__file__).parents[2]
    logged = set()
    for path in [*root.glob("data/*.py"), *root.glob("app/*.py")]:
        for call in re.finditer(r"(?<!\w)(?:accounts\.|_)?log\((.{0,80}?)\)", path.read_text("utf-8"), re.DOTALL):  # fmt: skip
            logged |= set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', call[1]))
    assert {"sign_in_failed", "member_left", "admin_made"} <= logged | set(KINDS)
    assert logged - set(KINDS) == set()


def test_the_log_as_a_file_is_for_admins_and_harmless(owner, member, other):
    with db.write(None) as connection:
        accounts.log(connection, "sign_in_failed", HERE, email="=cmd()@example.com", detail="@x")
    for who in (None, other):
        answer = Browser(who).get(LOG)
        assert (answer.status_code, answer.text) == (404, "There is nothing here.")
    answer = Browser(member).get(LOG, params={"kind": "sign_in_failed", "since": "x", "zone": "\0"})
    assert answer.headers["cache-control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["email"] for row in rows] == ["'=cmd()@example.com"]
    assert rows[0]["detail"] == "'@x"
    assert kinds(owner)[0] == "security_log_exported"
    away = Browser(member).get(LOG, headers={"sec-fetch-site": "cross-site"})
    assert away.status_code == 404


# ── the box ───────────────────────────────────────────────────────────────────────────────


def test_the_box_is_told(open_page, member, monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))
    shown = html(open_page(PAGE, member, tab="box"))
    for word in (
        "Running since",
        "Migrations",
        "Free on this disk",
        "0\N{NO-BREAK SPACE}files",
        "security_event",
    ):
        assert word in shown, word


def test_a_page_of_settings_has_no_box_any_more(open_page, member):
    at = open_page("settings.py", member)
    assert not at.toggle or "box.registration" not in [one.key for one in at.toggle]

"""A new password by a link, against PostgreSQL: what a link is good for, and what it never does."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from app import authenticator, mailing, rate_limits, resets
from app.authenticator import digest
from data import accounts, admin, attempts, calendar_feed, db, identities
from data import resets as links
from data.accounts import Visitor
from data.errors import NotFoundError, RefusedError
from data.identities import Known
from tests.mailbox import SENDER, mail_server
from tests.people import HERE, PASSWORD, PASSWORD_HASH, again, new_session

NEW = "quite another pass phrase"
SITE = "https://watches.example.com"
GOT_IN = "signed in"


@pytest.fixture
def mailbox(monkeypatch):
    with mail_server() as box:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv("MAIL_FROM", SENDER)
        monkeypatch.setenv("WATCH_URL", SITE)
        yield box
        mailing.stop()


@pytest.fixture
def worker():
    """What is asked for is done before the test ends; without a mail server nothing is sent."""
    yield
    mailing.stop()


def ask(email, code="code"):
    with db.write(None) as connection:
        return links.ask(connection, email, digest(code), HERE)


def find(code="code"):
    with db.read(None) as connection:
        return links.find(connection, digest(code))


def use(code="code", password=NEW):
    hashed = authenticator.hash_password(password)
    with db.write(None) as connection:
        return links.use(connection, digest(code), hashed, HERE)


def sign_in(email, password):
    try:
        authenticator.sign_in(email, password, HERE)
    except RefusedError as error:
        return str(error)
    return GOT_IN


def is_signed_in(token):
    with db.read(None) as connection:
        return accounts.find_member(connection, digest(token)) is not None


def kinds(owner):
    return [kind for (kind,) in owner.execute("select kind from security_event order by event_id")]


def code_in(message):
    return message.get_content().partition("code=")[2].split()[0]


def test_a_new_password_works_once_and_ends_every_session_of_its_person(member, other, owner):
    mine, theirs = new_session(member), new_session(other)
    assert ask("Ana@Example.com").user_id == member.user_id
    assert find().email == "ana@example.com"
    assert use().user_id == member.user_id
    assert (use(), find()) == (None, None)
    assert (is_signed_in(mine), is_signed_in(theirs)) == (False, True)
    assert sign_in("ana@example.com", NEW) == GOT_IN
    assert sign_in("ana@example.com", PASSWORD) != GOT_IN
    assert sign_in("bob@example.com", PASSWORD) == GOT_IN
    assert "password_reset_asked" in kinds(owner)
    assert kinds(owner).count("password_reset") == 1


def test_of_two_who_use_a_link_at_once_one_sets_the_password(member):
    ask(member.email)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda number: use(password=f"{NEW} {number}"), range(4)))
    assert sum(one is not None for one in found) == 1


def test_a_link_is_good_for_an_hour(member, owner):
    ask(member.email)
    owner.execute("update password_reset set created_at = created_at - interval '61 minutes',"
                  " expires_at = expires_at - interval '61 minutes'")  # fmt: skip
    assert (find(), use()) == (None, None)
    assert sign_in(member.email, PASSWORD) == GOT_IN
    with db.maintenance() as connection:
        links.purge(connection)
    assert owner.execute("select count(*) from password_reset").fetchone() == (0,)


def test_any_new_password_ends_all_links(member):
    ask(member.email, "one")
    ask(member.email, "two")
    authenticator.change_password(member, PASSWORD, NEW, b"", HERE)
    assert (use("one"), use("two")) == (None, None)
    ask(member.email, "three")
    ask(member.email, "four")
    assert use("three")
    assert use("four") is None


def test_the_newest_three_links_stay_good(member, owner):
    for number in range(5):
        ask(member.email, str(number))
        owner.execute("update password_reset set created_at = created_at - interval '1 second',"
                      " expires_at = expires_at - interval '1 second'")  # fmt: skip
    assert [find(str(number)) is not None for number in range(5)] == [
        False,
        False,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "email", ["nobody@example.com", "ana@example.com' or '1'='1", "%", "a" * 300]
)
def test_nobody_gets_no_link(member, owner, email):
    assert ask(email) is None
    assert owner.execute("select count(*) from password_reset").fetchone() == (0,)
    assert kinds(owner)[-1] == "password_reset_asked", "it is in the log nevertheless"


def test_a_closed_account_gets_no_link_and_an_older_one_is_not_good(member, owner):
    ask(member.email)
    owner.execute("update app_user set disabled_at = now()")
    assert (find(), use(), ask(member.email, "again")) == (None, None, None)


def test_a_lock_is_forgiven_and_a_half_sign_in_ends(member, owner):
    for _attempt in range(5):
        sign_in(member.email, "wrong pass phrase")
    assert "Too many" in sign_in(member.email, PASSWORD)
    owner.execute(
        "insert into half_sign_in (browser_hash, user_id) values ('b', %s)", [member.user_id]
    )
    ask(member.email)
    use()
    owner.execute("delete from sign_in_lock where subject like 'address %'")  # that one stays shut
    assert sign_in(member.email, NEW) == GOT_IN
    assert owner.execute("select count(*) from half_sign_in").fetchone() == (0,)


def test_two_step_sign_in_stays_on_after_a_new_password(member, owner):
    owner.execute("insert into second_step (user_id, secret, confirmed_at) values (%s, 's', now())",
                  [member.user_id])  # fmt: skip
    ask(member.email)
    use()
    assert owner.execute("select confirmed_at is not null from second_step").fetchone() == (True,)


def test_a_link_by_the_admin_is_good_for_a_day_and_the_one_before_it_ends(member, other, owner):
    with db.write(member) as connection:
        assert links.make_link(connection, member, other.user_id, digest("1"), HERE) == other.email
        links.make_link(connection, member, other.user_id, digest("2"), HERE)
    ask(other.email, "3")
    assert [find(code) is not None for code in "123"] == [False, True, True]
    hours = "select extract(epoch from expires_at - created_at) / 3600 from password_reset"
    assert {int(one) for (one,) in owner.execute(hours)} == {24, 1}
    assert use("2").user_id == other.user_id
    line = (
        "select user_id, detail from security_event where kind = 'password_reset_link_made' limit 1"
    )
    assert owner.execute(line).fetchone() == (member.user_id, "bob@example.com")


def test_nobody_but_the_admin_makes_a_link(member, other, owner):
    with pytest.raises(RefusedError, match="Only the admin"), db.write(other) as connection:
        links.make_link(connection, other, member.user_id, digest("1"), HERE)
    with pytest.raises(RefusedError, match="Only the admin"), db.write(None) as connection:
        links.make_link(connection, member, other.user_id, digest("1"), HERE)
    owner.execute("update app_user set disabled_at = now() where is_admin")
    with pytest.raises(RefusedError, match="Only the admin"), db.write(member) as connection:
        links.make_link(connection, member, other.user_id, digest("1"), HERE)


def test_a_link_for_nobody_is_told(member):
    with pytest.raises(NotFoundError), db.write(member) as connection:
        links.make_link(connection, member, uuid4(), digest("1"), HERE)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from password_reset",
        "insert into password_reset (token_hash, user_id, expires_at) values (sha256('x'), '{user}', now())",
        "update password_reset set user_id = '{user}'",
        "delete from password_reset",
    ],
)
def test_the_app_itself_neither_reads_nor_writes_links(member, statement):
    ask(member.email)
    with pytest.raises(DBAPIError, match="permission denied"), db.write(member) as connection:
        connection.exec_driver_sql(statement.format(user=member.user_id))


def test_no_code_is_stored(member, owner):
    ask(member.email, "the code itself")
    stored = owner.execute("select token_hash from password_reset").fetchone()[0]
    assert bytes(stored) == digest("the code itself")


# ── by mail ────────────────────────────────────────────────────────────────────────────────


def test_the_link_arrives_by_mail_and_its_use_is_told_by_another(member, mailbox):
    resets.ask("ANA@example.com", "en", HERE)
    first = mailbox.next()
    assert (first["To"], first["Subject"]) == ("ana@example.com", "Choose a new password")
    assert f"\n{SITE}/reset?code=" in first.get_content().replace("\r", "")
    resets.choose(code_in(first), NEW, "en", HERE)
    assert mailbox.next()["Subject"] == "Your password was changed"
    assert sign_in("ana@example.com", NEW) == GOT_IN


def test_an_unknown_address_does_the_same_work_and_gets_no_mail(member, mailbox, monkeypatch):
    """Whoever asks waits for the counting alone; all that differs is done by the worker."""
    done = []
    monkeypatch.setattr(mailing, "do", done.append)
    resets.ask("ana@example.com", "en", HERE)
    resets.ask("nobody@example.com", "en", HERE)
    assert len(done) == 2
    done[1]()
    assert mailbox.is_empty()
    done[0]()
    assert mailbox.next()["To"] == "ana@example.com"


def test_asking_too_often_is_refused_alike_for_an_account_and_for_nobody(member, worker):
    said = {}
    for email in ("ana@example.com", "nobody@example.com"):
        rate_limits.forget()
        for _try in range(3):
            resets.ask(email, "en", HERE)
        with pytest.raises(RefusedError) as refused:
            resets.ask(email.upper(), "en", HERE)
        said[email] = refused.value.problems
    assert said["ana@example.com"] == said["nobody@example.com"] != {}
    assert set(said["ana@example.com"]) == {"email"}


def test_one_address_asks_for_few_accounts(member, worker):
    for number in range(20):
        resets.ask(f"p{number}@example.com", "en", HERE)
    with pytest.raises(RefusedError, match="too often"):
        resets.ask("p20@example.com", "en", HERE)
    resets.ask("p20@example.com", "en", Visitor("198.51.100.9"))


def test_guessing_links_ends_after_a_few(member):
    for number in range(30):
        assert resets.find(f"guess {number}", HERE) is None
    ask(member.email)
    with pytest.raises(RefusedError, match="Too many links"):
        resets.find("code", HERE)
    assert resets.find("code", Visitor("198.51.100.9")).email == member.email


def test_a_hostile_name_stays_text_in_the_mail(member, mailbox, owner):
    owner.execute("update app_user set name = E'Ana\r\nBcc: eve@example.com {link} {0}'")
    resets.ask(member.email, "en", HERE)
    receivers, message = mailbox.arrived.get(timeout=20)
    assert receivers == ["ana@example.com"]
    assert message["Bcc"] is None
    assert "{link} {0}" in message.get_content()


def test_without_a_public_address_no_link_is_mailed(monkeypatch):
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")
    monkeypatch.delenv("WATCH_URL", raising=False)
    assert not resets.by_mail()
    monkeypatch.setenv("WATCH_URL", SITE)
    assert resets.by_mail()
    monkeypatch.delenv("SMTP_URL")
    assert not resets.by_mail()


# ── a closed account ───────────────────────────────────────────────────────────────────────


def test_a_closed_account_is_told_so_after_the_right_password_only(member, owner):
    owner.execute("update app_user set disabled_at = now()")
    unknown = sign_in("nobody@example.com", "wrong pass phrase")
    assert sign_in(member.email, "wrong pass phrase") == unknown
    assert sign_in(member.email, PASSWORD) == (
        "This account is closed for now. Ask the admin of this box."
    )
    assert kinds(owner)[-1] == "sign_in_refused"
    assert "sign_in" not in kinds(owner)


# ── limits in PostgreSQL ───────────────────────────────────────────────────────────────────


def test_limits_in_postgresql_hold_for_many_at_once(database, owner, monkeypatch):
    monkeypatch.setenv("RATE_LIMIT_STORAGE", "postgresql")
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _number: rate_limits.take("invite", "ana"), range(40)))
    assert results.count(True) == 30
    assert not rate_limits.is_left("invite", "ana")
    assert rate_limits.take("invite", "bob")
    owner.execute("update rate_limit_hit set hit_at = hit_at - interval '61 minutes'")
    assert rate_limits.take("invite", "ana")
    owner.execute("update rate_limit_hit set hit_at = hit_at - interval '2 days'")
    with db.maintenance() as connection:
        attempts.purge(connection)
    assert owner.execute("select count(*) from rate_limit_hit").fetchone() == (0,)


def test_a_storage_that_is_not_there_counts_in_memory(monkeypatch, caplog):
    monkeypatch.setenv("RATE_LIMIT_STORAGE", "nonsense://host")
    rate_limits.forget()
    assert rate_limits.take("reset_asked", "ana")
    assert "RATE_LIMIT_STORAGE can't be used" in caplog.text
    rate_limits.forget()


def test_a_new_password_ends_what_somebody_else_may_have_connected(member, other):
    known = Known(other.user_id, other.email)
    with db.write(None) as connection:
        identities.connect(
            connection, "https://idp.example", "stranger", known, "x@example.com", HERE
        )
    with db.write(other) as connection:
        calendar_feed.set_up(connection, other, b"c" * 32)
    token = secrets.token_bytes(32)
    with db.write(None) as connection:
        links.ask(connection, other.email, token, HERE)
        assert links.use(connection, token, PASSWORD_HASH, HERE)
    with db.read(None) as connection:
        assert identities.account_of(connection, "https://idp.example", "stranger") is None
        assert calendar_feed.find(connection, b"c" * 32) is None


def test_a_link_of_who_is_no_admin_any_more_is_worth_nothing(member, other):
    with db.write(member) as connection:
        admin.set_admin(connection, member, other.user_id, HERE, is_admin=True)
    token, maker = secrets.token_bytes(32), again(other)
    with db.write(maker) as connection:
        links.make_link(connection, maker, member.user_id, token, HERE)
    with db.write(member) as connection:
        admin.set_admin(connection, member, other.user_id, HERE, is_admin=False)
    with db.write(None) as connection:
        assert not links.use(connection, token, PASSWORD_HASH, HERE)

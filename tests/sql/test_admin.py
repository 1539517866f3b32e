"""The admin of the box: what they do to accounts, what they read, and that nobody else does."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from app.authenticator import digest
from data import accounts, admin, db, members, security_log
from data.errors import NotFoundError, RefusedError
from data.queries import QUERIES
from data.security_log import LogFilter
from tests.collector import add_watch
from tests.people import HERE, again, new_member, new_session
from tests.sql.households import join

ADMINS_ONLY = "Only an admin of this box can do this."
ONESELF = "Another admin has to do this for you."


def write(who, change, *more, **named):
    with db.write(who) as connection:
        return change(connection, who, *more, **named)


def read(who, question, *more):
    with db.read(who) as connection:
        return question(connection, *more)


def make(who, person, *, is_admin=True):
    write(who, admin.set_admin, person.user_id, HERE, is_admin=is_admin)


def disable(who, person, *, is_disabled=True):
    write(who, admin.set_disabled, person.user_id, HERE, is_disabled=is_disabled)


def listed(who, typed=None, state=None):
    return [one.name for one in read(who, admin.listed, typed, state, 0, 99)]


def found(token):
    with db.read(None) as connection:
        return accounts.find_member(connection, digest(token))


def log(owner):
    return owner.execute("select kind, email, detail from security_event order by event_id desc").fetchone()  # fmt: skip


def forged(person):
    return replace(person, is_admin=True, role="owner")


# ── acts ──────────────────────────────────────────────────────────────────────────────────


def test_an_admin_is_made_and_unmade_and_it_is_logged(owner, member, other):
    make(member, other)
    assert log(owner) == ("admin_made", "ana@example.com", "bob@example.com")
    assert again(other).is_admin
    make(member, other, is_admin=False)
    assert log(owner) == ("admin_taken", "ana@example.com", "bob@example.com")
    assert not again(other).is_admin


def test_who_is_disabled_is_out_at_once_and_may_come_in_again(owner, member, other):
    token = new_session(other)
    with db.write(None) as connection:
        accounts.create_handoff(connection, other.user_id, digest("code"), "/")
    disable(member, other)
    assert log(owner) == ("account_disabled", "ana@example.com", "bob@example.com")
    assert found(token) is None
    with db.write(None) as connection:
        assert accounts.redeem_handoff(connection, digest("code")) is None
    assert found(new_session(other)) is None
    disable(member, other, is_disabled=False)
    assert log(owner)[0] == "account_enabled"
    assert found(token) is None
    assert found(new_session(other))


def test_disabling_twice_keeps_the_day_it_began(owner, member, other):
    sql = "select disabled_at from app_user where user_id = %s"
    disable(member, other)
    first = owner.execute(sql, [other.user_id]).fetchone()
    disable(member, other)
    assert owner.execute(sql, [other.user_id]).fetchone() == first


def test_registration_is_opened_and_closed_by_an_admin_and_logged(owner, member):
    for is_open, kind in ((True, "registration_opened"), (False, "registration_closed")):
        write(member, admin.set_registration, HERE, is_open=is_open)
        with db.read(None) as connection:
            assert accounts.registration_is_open(connection) == is_open
        assert log(owner)[0] == kind


def test_the_second_step_of_somebody_is_switched_off(owner, member, other):
    owner.execute("insert into second_step (user_id, secret, confirmed_at) values (%s, 'x', now())", [other.user_id])  # fmt: skip
    assert read(member, admin.find, other.user_id).has_second_step
    assert write(member, admin.switch_off_second_step, other.user_id, HERE)
    assert not read(member, admin.find, other.user_id).has_second_step
    assert log(owner)[0] == "second_step_off_by_admin"
    assert not write(member, admin.switch_off_second_step, other.user_id, HERE)


ACTS = {
    "make": make,
    "unmake": lambda who, person: make(who, person, is_admin=False),
    "disable": disable,
    "enable": lambda who, person: disable(who, person, is_disabled=False),
    "second step": lambda who, person: write(who, admin.switch_off_second_step, person.user_id, HERE),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_nobody_does_it_to_themselves(member, act):
    with pytest.raises(RefusedError, match=ONESELF):
        ACTS[act](member, member)
    assert again(member).is_admin


@pytest.mark.parametrize("act", ACTS)
def test_nobody_but_an_admin_does_it_whatever_the_page_believes(member, other, act):
    zoe = new_member("zoe@example.com", "Zoe")
    for who, person in ((other, zoe), (forged(other), zoe), (forged(other), member), (forged(other), other)):  # fmt: skip
        with pytest.raises(RefusedError, match=ADMINS_ONLY):
            ACTS[act](who, person)
    assert again(member).is_admin
    assert not again(zoe).is_admin


@pytest.mark.parametrize("act", ACTS)
def test_an_account_that_is_gone_is_said_to_be(member, act):
    with pytest.raises(NotFoundError):
        ACTS[act](member, replace(member, user_id=uuid4()))


@pytest.mark.parametrize("act", ACTS)
def test_an_admin_who_was_unmade_or_disabled_meanwhile_can_do_nothing(owner, member, other, act):
    zoe = new_member("zoe@example.com", "Zoe")
    for fate in ("is_admin = false", "is_admin = true, disabled_at = now()"):
        owner.execute(f"update app_user set {fate} where user_id = %s", [member.user_id])
        with pytest.raises(RefusedError, match=ADMINS_ONLY):
            ACTS[act](member, zoe)


def test_two_admins_who_unmake_each_other_leave_one(owner, member, other):
    make(member, other)

    def attempt(pair):
        with suppress(RefusedError):
            make(*pair, is_admin=False)
            return True
        return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, [(member, other), (other, member)])) == [False, True]
    assert owner.execute("select count(*) from app_user where is_admin").fetchone() == (1,)


def test_a_disabled_account_is_made_no_admin(member, other):
    disable(member, other)
    with pytest.raises(RefusedError, match="Enable it first"):
        make(member, other)


def test_registration_is_for_admins_only(other):
    for who in (other, forged(other)):
        with pytest.raises(RefusedError):
            write(who, admin.set_registration, HERE, is_open=True)


def test_no_statement_of_the_app_makes_an_admin_or_opens_the_box(member, other):
    for statement in (
        "update app_user set is_admin = true", "update app_user set disabled_at = null",
        "update app_user set email = 'x@example.com'", "insert into app_user (email, name, password_hash) values ('a@b.c', 'x', 'x')",
        "delete from app_user", "update instance_setting set value = 'open'",
        "insert into instance_setting values ('registration', 'open')", "select * from security_event",
        "select * from job_run",
    ):  # fmt: skip
        with pytest.raises(DBAPIError, match="permission denied"), db.write(other) as connection:
            connection.exec_driver_sql(statement)


# ── reading ───────────────────────────────────────────────────────────────────────────────


def test_the_accounts_are_found_by_name_address_household_and_state(member, other):
    zoe = new_member("zoe@example.net", "Zoë 100%")
    disable(member, zoe)
    assert listed(member) == ["Ana", "Bob", "Zoë 100%"]
    assert listed(member, "ANA") == ["Ana"]
    assert listed(member, "zoe") == ["Zoë 100%"]
    assert listed(member, "example.com") == ["Ana", "Bob"]
    assert listed(member, "bob's w") == ["Bob"]
    assert listed(member, "0%") == ["Zoë 100%"]
    assert listed(member, "%") == ["Zoë 100%"]
    assert listed(member, "_\0\\") == []
    assert listed(member, None, "admins") == ["Ana"]
    assert listed(member, None, "disabled") == ["Zoë 100%"]
    assert listed(member, None, "active") == ["Ana", "Bob"]
    assert listed(member, None, "nonsense") == ["Ana", "Bob"]
    assert read(member, admin.count, "example", "active") == 2


def test_an_account_tells_when_they_were_here_and_what_their_households_are_called(
    owner, member, other
):
    join(owner, other, member)
    new_session(other)
    told = read(member, admin.find, other.user_id)
    assert told.households == ["Ana's watches"]
    assert told.seen_at - datetime.now(UTC) < timedelta(minutes=1)
    assert read(member, admin.find, uuid4()) is None


READS = {
    "list": lambda who: read(who, admin.listed, None, None, 0, 9),
    "count": lambda who: read(who, admin.count, None, None),
    "one": lambda who: read(who, admin.find, who.user_id),
    "tables": lambda who: read(who, admin.table_sizes, 9),
    "facts": lambda who: read(who, admin.facts),
    "jobs": lambda who: read(who, admin.jobs),
    "log": lambda who: read(who, security_log.page, LogFilter(), None, 9),
    "log of nothing": lambda who: read(who, security_log.page, LogFilter(kind="none"), None, 9),
}  # fmt: skip


@pytest.mark.parametrize("question", READS)
def test_nobody_but_an_admin_reads_any_of_it(member, other, question):
    assert READS[question](member) is not None
    for who in (other, forged(other)):
        with pytest.raises(RefusedError, match=ADMINS_ONLY):
            READS[question](who)


def test_an_admin_sees_no_household_by_being_one(member, other):
    add_watch(other)
    intruder = replace(member, household_id=other.household_id)
    with pytest.raises(RefusedError):
        add_watch(intruder)
    told = read(member, admin.find, other.user_id)
    assert set(vars(told)) == {
        "user_id", "name", "email", "is_admin", "disabled_at", "created_at", "has_second_step",
        "seen_at", "households",
    }  # fmt: skip


def test_the_box_says_how_it_is(owner, member):
    facts = read(member, admin.facts)
    assert facts.database_bytes > 1_000_000
    assert facts.migrations >= 15
    assert facts.rates_on
    tables = read(member, admin.table_sizes, 5)
    assert [one.bytes for one in tables] == sorted((one.bytes for one in tables), reverse=True)
    owner.execute("delete from job_run")
    owner.execute(
        "insert into job_run (name, started_at, ended_at, outcome) values"
        " ('tidy', now() - interval '1 hour', now(), 'done'), ('tidy', now(), null, null)"
    )
    assert [(job.name, job.outcome) for job in read(member, admin.jobs)] == [("tidy", None)]
    owner.execute("delete from job_run")


# ── the log ───────────────────────────────────────────────────────────────────────────────


def happened(owner, kind, days_ago, email="x@example.com", address="10.0.0.1", user_id=None):
    owner.execute(
        "insert into security_event (happened_at, kind, email, address, user_id)"
        " values (now() - make_interval(days => %s), %s, %s, %s, %s)",
        [days_ago, kind, email, address, user_id],
    )


def kinds(who, **asked):
    return [one.kind for one in read(who, security_log.page, LogFilter(**asked), None, 99)]


def test_the_log_is_filtered_by_kind_person_address_and_period(owner, member, other):
    owner.execute("delete from security_event")
    happened(owner, "sign_in", 1, user_id=other.user_id, email=None)
    happened(owner, "sign_in_failed", 2, email="BOB@example.com")
    happened(owner, "locked", 3, address="10.0.0.2")
    now = datetime.now(UTC)
    assert kinds(member) == ["sign_in", "sign_in_failed", "locked"]
    assert kinds(member, kind="locked") == ["locked"]
    assert kinds(member, email="bob@example.com") == ["sign_in", "sign_in_failed"]
    assert kinds(member, address="10.0.0.2") == ["locked"]
    assert kinds(member, since=now - timedelta(days=1.5)) == ["sign_in"]
    assert kinds(member, until=now - timedelta(days=1.5)) == ["sign_in_failed", "locked"]
    assert kinds(member, kind="sign_in", address="10.0.0.2") == []


def test_the_log_is_read_page_by_page_without_losing_a_line(owner, member):
    owner.execute("delete from security_event")
    owner.execute("insert into security_event (kind, happened_at) select 'k' || n, now() - make_interval(mins => n / 3) from generate_series(1, 10) n")  # fmt: skip
    seen, after = [], None
    for _ in range(4):
        page = read(member, security_log.page, LogFilter(), after, 3)
        seen += [one.event_id for one in page]
        after = page[-1].cursor
    assert len(set(seen)) == 10
    for nonsense in ("x", "~", "2026-01-01~1", f"{datetime.now(UTC).isoformat()}~{2**70}", "\0"):
        assert len(read(member, security_log.page, LogFilter(), nonsense, 99)) == 10


def test_lines_go_after_400_days(owner, member):
    owner.execute("delete from security_event")
    happened(owner, "old", 401)
    happened(owner, "young", 399)
    with db.maintenance() as connection:
        assert security_log.purge(connection) == 1
    assert kinds(member) == ["young"]


@pytest.fixture(scope="module")
def busy(server, template):
    """A box with 1,000 accounts and 100,000 lines; its admin's URL and id."""
    name = "test_admin_plans"
    with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
        owner.execute(f"create database {name} template {template} strategy file_copy")
        with psycopg.connect(server.format(name)) as one:
            one.execute("insert into app_user (email, name, password_hash, is_admin) select 'p' || n || '@example.com', 'Person ' || n, 'x', n = 1 from generate_series(1, 1000) n")  # fmt: skip
            one.execute(
                """
                insert into security_event (happened_at, kind, email, address, user_id)
                select now() - make_interval(mins => n), case when n %% 1000 = 0 then 'locked' else 'sign_in' end,
                       'p' || n %% 1000 || '@example.com', '10.0.' || n %% 200 || '.1', null
                from generate_series(1, 100000) n""".replace("%%", "%")
            )
            (admin_id,) = one.execute("select user_id from app_user where is_admin").fetchone()
        with psycopg.connect(server.format(name), autocommit=True) as one:
            one.execute("analyze")
        url = server.format(name).replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, connect_args={"options": db.OPTIONS})
        yield engine, admin_id
        engine.dispose()
        owner.execute(f"drop database {name} with (force)")


NONE = {"kind": None, "email": None, "address": None, "since": None, "until": None, "after_at": None, "after_id": None}  # fmt: skip
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
PLANS = {
    "newest": {},
    "later page": {"after_at": YESTERDAY, "after_id": 5},
    "rare kind": {"kind": "locked"},
    "person": {"email": "p7@example.com"},
    "address": {"address": "10.0.7.1"},
    "old period": {"since": YESTERDAY - timedelta(days=40), "until": YESTERDAY - timedelta(days=39)},
}  # fmt: skip


@pytest.mark.parametrize("label", PLANS)
def test_a_page_of_the_log_reads_little_more_than_it_shows(busy, label):
    engine, admin_id = busy
    with engine.connect() as connection:
        connection.execute(
            text("select set_config('app.user_id', :id, true)"), {"id": str(admin_id)}
        )
        sql = text("explain (analyze, format json) " + QUERIES["security_page"].text)
        plan = connection.execute(sql, {**NONE, **PLANS[label], "limit": 51}).scalar()
    of_log = [
        node for node in nodes(plan[0]["Plan"]) if node.get("Relation Name") == "security_event"
    ]
    assert of_log
    assert {node["Node Type"] for node in of_log} <= {"Index Scan", "Bitmap Heap Scan"}
    assert sum(node.get("Rows Removed by Filter", 0) for node in of_log) < 1_000  # of 100,000


def nodes(plan):
    yield plan
    for one in plan.get("Plans", ()):
        yield from nodes(one)


# ── who is disabled shares and invites no more ────────────────────────────────────────────


def test_the_links_and_invitations_of_who_is_disabled_open_nothing(owner, member, other):
    join(owner, other, member, "owner")
    person = again(other)
    with db.write(person) as connection:
        members.invite(connection, person, digest("invite"), role="editor", email=None, note=None, visitor=HERE)  # fmt: skip
    owner.execute(
        "insert into share_link (household_id, token_hash, kind, currency, created_by) values (%s, %s, 'overview', 'EUR', %s)",
        [person.household_id, digest("share"), person.user_id],
    )  # fmt: skip

    def good():
        with db.read(None) as connection:
            offer = members.find_offer(connection, digest("invite"))
            link = connection.exec_driver_sql("select count(*) from share_link_open(%s)", (digest("share"),))  # fmt: skip
            return offer is not None, link.scalar() == 1

    assert good() == (True, True)
    disable(member, person)
    assert good() == (False, False)
    with db.write(None) as connection:
        assert members.accept(connection, member.user_id, member.email, digest("invite"), HERE) is None  # fmt: skip
    disable(member, person, is_disabled=False)
    assert good() == (True, True)

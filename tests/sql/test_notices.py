"""Notices: each kind comes once, when it is time, to whom may see it; and goes out as they want."""

import json
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import notice_round, notice_words, scheduler
from data import accounts, care_plans, db, job_runs, members, notices, push, watches
from data.accounts import Visitor
from data.calc import sending
from data.errors import ConflictError, NotFoundError, RefusedError, UnavailableError
from data.notices import Notice, SettingDraft
from data.watches import draft_of
from tests.collector import TODAY, add_value, add_watch, get_watch
from tests.mailbox import mail_server
from tests.people import HERE, again, new_member, new_session
from tests.sql.households import join

NOON = datetime(2026, 10, 30, 12, tzinfo=UTC)  # of TODAY


@pytest.fixture(autouse=True)
def _fresh():
    notice_round.forget()


def told(member):
    """{(kind, watch)} of what a member was told."""
    with db.read(member) as connection:
        return {(one.kind, one.watch_id) for one in notices.page(connection, member, 1000)}


def every(member):
    with db.read(member) as connection:
        return notices.page(connection, member, 1000)


def kinds(member):
    return sorted(one.kind for one in every(member))


def want(member, **changes):
    with db.write(member) as connection:
        old = notices.setting(connection, member)
        notices.change_setting(connection, member, old, replace(notices.draft_of(old), **changes))


def plan(member, months=60):
    with db.write(member) as connection:
        care_plans.add(connection, member, "service", months)


def edit(member, watch_id, **changes):
    watch = get_watch(member, watch_id)
    with db.write(member) as connection:
        watches.change(
            connection, member, watch_id, watch.version, replace(draft_of(watch), **changes), TODAY
        )


# ── each kind, when it is time ────────────────────────────────────────────────────────────────


def test_a_service_is_told_at_its_lead_time_and_not_before(member):
    watch_id = add_watch(member, purchased_on=date(2022, 1, 20))
    plan(member)  # due on 20 January 2027
    due = datetime(2027, 1, 20, 12, tzinfo=UTC)
    notice_round.run(due - timedelta(days=15))
    assert told(member) == set()
    notice_round.run(due - timedelta(days=14))
    assert told(member) == {("service_due", watch_id)}
    assert every(member)[0].due_on == date(2027, 1, 20)


def test_a_warranty_that_ends_is_told_at_its_lead_time(member):
    want(member, lead_days=30)
    watch_id = add_watch(member, warranty_until=date(2026, 12, 31))
    add_watch(member, "Rolex", warranty_until=date(2026, 10, 29))  # over already
    notice_round.run(datetime(2026, 11, 30, 12, tzinfo=UTC))
    assert told(member) == set()
    notice_round.run(datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert told(member) == {("warranty_ending", watch_id)}


def test_a_value_is_stale_after_a_year(member):
    watch_id = add_watch(member, purchased_on=date(2024, 1, 1))
    add_value(member, watch_id, "5000 EUR", TODAY - timedelta(days=365))
    notice_round.run(NOON)
    assert told(member) == set()
    notice_round.run(NOON + timedelta(days=1))
    assert told(member) == {("value_stale", watch_id)}


@pytest.mark.parametrize(("price", "reached"), [("5001 EUR", False), ("5000 EUR", True)])
def test_a_target_is_reached_when_the_market_price_is_at_it(member, price, reached):
    watch_id = add_watch(
        member, status="wishlist", target_price=Decimal(5000), target_currency="EUR"
    )
    add_value(member, watch_id, price)
    notice_round.run(NOON)
    assert told(member) == ({("target_reached", watch_id)} if reached else set())


def test_a_target_in_another_currency_is_compared_at_todays_rate(member):
    watch_id = add_watch(
        member, status="wishlist", target_price=Decimal(900_000), target_currency="JPY"
    )
    add_value(member, watch_id, "1000 EUR")
    notice_round.run(NOON)
    assert ("target_reached", watch_id) in told(member)


@pytest.mark.parametrize(
    ("before", "now", "share"),
    [("1000 EUR", "1099 EUR", None), ("1000 EUR", "1100 EUR", 0.1), ("1000 EUR", "890 EUR", -0.11)],
)
def test_a_price_that_changed_by_the_threshold_is_told(member, before, now, share):
    watch_id = add_watch(member, purchased_on=date(2026, 1, 1))
    add_value(member, watch_id, before, date(2026, 6, 1))
    add_value(member, watch_id, now, TODAY)
    notice_round.run(NOON)
    assert [one.facts["share"] for one in every(member)] == ([share] if share else [])


def test_many_small_changes_within_a_month_are_one_large_one(member):
    watch_id = add_watch(member, purchased_on=date(2026, 1, 1))
    for n in range(5):
        add_value(member, watch_id, f"{1000 + 30 * n} EUR", TODAY - timedelta(days=20 - 5 * n))
    notice_round.run(NOON)
    assert told(member) == {("price_change", watch_id)}


def test_an_old_change_is_no_news(member):
    watch_id = add_watch(member, purchased_on=date(2026, 1, 1))
    add_value(member, watch_id, "1000 EUR", date(2026, 5, 1))
    add_value(member, watch_id, "2000 EUR", date(2026, 9, 30))
    notice_round.run(NOON)
    assert told(member) == set()


def invite(member, email):
    with db.write(member) as connection:
        members.invite(
            connection, member, email.encode().ljust(32), role="editor", email=email, note=None,
            visitor=HERE,
        )  # fmt: skip


def test_an_invitation_reaches_the_account_of_its_address_and_no_other(member, other):
    cy = new_member("cy@example.com", "Cy")
    invite(member, "BOB@example.com")
    notice_round.run(datetime.now(UTC))
    assert (kinds(other), kinds(cy), kinds(member)) == (["invitation"], [], [])
    assert every(other)[0].facts == {"household": "Ana's watches", "inviter": "Ana"}


def sign_in(member, client, address, owner):
    """A browser signs in a day after the account was made."""
    with db.write(member) as connection:
        token = (client + address).encode().ljust(32)[-32:]
        accounts.create_session(connection, member.user_id, token, Visitor(address, client))


CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0"
NEWER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/151.2.0.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1"


@pytest.mark.parametrize(
    ("client", "address", "is_new"),
    [
        (CHROME, "192.0.2.7", False),
        (NEWER, "192.0.2.200", False),  # a newer version, another address of the same network
        (PHONE, "192.0.2.7", True),
        (CHROME, "198.51.100.1", True),
        (CHROME, "2001:db8::1", True),
        ("", "no address at all", True),
    ],
)
def test_a_sign_in_from_what_was_not_seen_before_is_told(member, owner, client, address, is_new):
    owner.execute("update app_user set created_at = now() - interval '1 day'")
    owner.execute("update session set created_at = now() - interval '1 day'")
    sign_in(member, client, address, owner)
    notice_round.run(datetime.now(UTC))
    assert kinds(member) == (["new_sign_in"] if is_new else [])


def test_who_signs_up_is_not_told_that_they_signed_in(member):
    new_session(member)
    notice_round.run(datetime.now(UTC))
    assert kinds(member) == []


# ── once, and to whom may see it ──────────────────────────────────────────────────────────────


@pytest.fixture
def stale(member):
    """A watch whose value is old."""
    watch_id = add_watch(member, purchased_on=date(2024, 1, 1))
    add_value(member, watch_id, "5000 EUR", date(2025, 1, 1))
    return watch_id


def test_each_comes_once_also_after_a_restart_and_a_year_later(member, stale):
    for days in (0, 0, 1, 400):
        notice_round.forget()
        notice_round.run(NOON + timedelta(days=days))
    assert len(every(member)) == 1


def test_two_rounds_at_once_tell_once(member, stale):
    gate = threading.Barrier(2)
    with db.maintenance() as owner:
        (to,) = notices.recipients(owner)

    def go():
        gate.wait()
        with db.write(to) as connection:
            notices.make(connection, to, NOON, TODAY, mails=True, pushes=True)

    both = [threading.Thread(target=go) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(every(member)) == 1


def test_what_is_not_wanted_is_not_told(member, stale):
    want(member, kinds=["service_due"])
    notice_round.run(NOON)
    assert told(member) == set()


def test_a_private_watch_is_told_to_its_owner_alone(member, owner):
    editor = join(owner, new_member("ed@example.com", "Ed"), member)
    watch_id = add_watch(
        member, purchased_on=date(2024, 1, 1), owner_id=member.user_id, is_private=True
    )
    add_value(member, watch_id, "5000 EUR", date(2025, 1, 1))
    notice_round.run(NOON)
    assert told(member) == {("value_stale", watch_id)}
    assert told(editor) == set()


def test_a_watch_that_becomes_private_takes_its_notices_along(member, owner, stale):
    editor = join(owner, new_member("ed@example.com", "Ed"), member)
    notice_round.run(NOON)
    assert told(editor) == {("value_stale", stale)}
    edit(member, stale, owner_id=member.user_id, is_private=True)
    assert told(editor) == set()


def test_another_household_and_another_member_see_none_of_mine(member, other, owner, stale):
    viewer = join(owner, new_member("vi@example.com", "Vi"), member, "viewer")
    notice_round.run(NOON)
    assert (len(every(member)), len(every(viewer)), every(other)) == (1, 1, [])
    mine = every(member)[0].notice_id
    for somebody in (viewer, other):
        with pytest.raises(NotFoundError), db.write(somebody) as connection:
            notices.read(connection, somebody, mine)


def test_a_viewer_reads_and_sets_their_own(member, owner, stale):
    viewer = join(owner, new_member("vi@example.com", "Vi"), member, "viewer")
    notice_round.run(NOON)
    want(viewer, lead_days=3)
    with db.write(viewer) as connection:
        assert notices.read(connection, viewer, every(viewer)[0].notice_id) == (
            "value_stale",
            stale,
        )
    assert every(viewer)[0].read_at is not None
    assert every(member)[0].read_at is None


def test_a_disabled_account_is_told_nothing(member, owner, stale):
    owner.execute("update app_user set disabled_at = now()")
    notice_round.run(NOON)
    assert every(member) == []


@pytest.mark.parametrize(("zone", "tells"), [("Pacific/Kiritimati", True), ("Etc/GMT+12", False)])
def test_the_day_is_the_one_where_the_member_is(member, owner, zone, tells):
    owner.execute("update app_user set time_zone = %s", [zone])
    add_watch(member, warranty_until=TODAY + timedelta(days=15))
    notice_round.run(NOON)
    assert kinds(member) == (["warranty_ending"] if tells else [])


@given(st.integers(0, 365), st.integers(-3, 400))
def test_the_lead_time_is_to_the_day(lead, days):
    now = NOON - timedelta(days=days)
    assert (sending.today(now, ZoneInfo("UTC")) + timedelta(days=lead) >= TODAY) == (days <= lead)


def test_an_idle_member_is_not_looked_at_again(member, stale, monkeypatch):
    notice_round.run(NOON)
    looked = []
    make = notices.make
    monkeypatch.setattr(notices, "make", lambda *a, **k: looked.append(1) or make(*a, **k))
    notice_round.run(NOON)
    assert looked == []
    add_watch(member)
    notice_round.run(NOON)
    assert looked == [1]


# ── settings ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lead_days": 366}, "lead_days"),
        ({"lead_days": -1}, "lead_days"),
        ({"price_percent": 0}, "price_percent"),
        ({"quiet_from": time(22)}, "quiet"),
        ({"quiet_from": time(7), "quiet_until": time(7)}, "quiet"),
    ],
)
def test_a_setting_that_can_not_be_is_refused_at_its_field(changes, field):
    with pytest.raises(RefusedError) as refused:
        SettingDraft(**changes).check()
    assert list(refused.value.problems) == [field]


def test_settings_changed_in_another_window_are_told(member):
    with db.read(member) as connection:
        old = notices.setting(connection, member)
    want(member, lead_days=3)
    with pytest.raises(ConflictError), db.write(member) as connection:
        notices.change_setting(connection, member, old, SettingDraft())


def test_the_apprise_url_is_stored_encrypted_and_others_do_not_see_the_row(member, owner):
    with db.write(member) as connection:
        notices.set_push(connection, member, "ntfys://secret-topic", "ntfys")
    (row,) = owner.execute("select push_url from notice_setting").fetchone()
    assert b"secret" not in bytes(row)
    editor = join(owner, new_member("ed@example.com", "Ed"), member)
    with db.read(editor) as connection:
        seen = connection.exec_driver_sql("select user_id from notice_setting").scalars().all()
    assert seen == [editor.user_id]


# ── by mail ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def mailbox(monkeypatch):
    with mail_server() as box:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{box.port}?from=box@example.com")
        monkeypatch.setenv("WATCH_URL", "https://watches.example.com")
        yield box


def test_a_notice_is_mailed_at_once_and_once(member, stale, mailbox):
    want(member, by_mail=True)
    for _ in range(3):
        notice_round.forget()
        notice_round.run(NOON)
    mail = mailbox.next()
    assert mail["To"] == "ana@example.com"
    assert mail["Subject"] == "Omega Speedmaster: Value over a year old"
    assert mail.get_content().splitlines() == [
        "Omega Speedmaster",
        "Valued over a year ago, on 1 Jan 2025",
        "",
        "Notices and their settings: https://watches.example.com/notices",
    ]
    assert mailbox.is_empty()


def test_a_mail_is_in_the_language_of_its_receiver_and_without_amounts(
    member, owner, stale, mailbox
):
    owner.execute("update app_user set language = 'de', number_format = 'de_CH'")
    want(member, by_mail=True)
    notice_round.run(NOON)
    text = mailbox.next().get_content()
    assert "1. Jan. 2025" in text
    assert "5000" not in text.replace("’", "")


def test_a_digest_waits_for_the_morning_and_holds_all(member, stale, mailbox):
    want(member, by_mail=True, rhythm="daily")
    notice_round.run(NOON)
    add_watch(member, "Rolex", "GMT", warranty_until=TODAY)
    notice_round.run(NOON + timedelta(hours=1))
    assert mailbox.is_empty()
    assert len(every(member)) == 2  # in the app at once
    notice_round.run(datetime(2026, 10, 31, 8, tzinfo=UTC))
    mail = mailbox.next()
    assert mail["Subject"] == "2 notices from Ana's watches"
    assert mail.get_content().count("\n") == 4
    assert mailbox.is_empty()


def test_quiet_hours_hold_a_mail_back(member, owner, stale, mailbox):
    owner.execute("update app_user set time_zone = 'Asia/Tokyo'")  # 9 hours ahead
    want(member, by_mail=True, quiet_from=time(20), quiet_until=time(7))
    notice_round.run(NOON)
    assert mailbox.is_empty()
    notice_round.run(datetime(2026, 10, 30, 22, tzinfo=UTC))
    assert mailbox.next()["To"] == "ana@example.com"


def test_a_mail_that_fails_waits_with_patience_and_then_goes_out(member, stale, monkeypatch):
    want(member, by_mail=True)
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1?from=box@example.com")
    notice_round.run(NOON)
    with mail_server() as box:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{box.port}?from=box@example.com")
        notice_round.run(NOON + timedelta(minutes=4))
        assert box.is_empty()
        notice_round.run(NOON + timedelta(minutes=5))
        assert box.next()["To"] == "ana@example.com"


def test_a_mail_server_that_is_away_is_not_asked_for_everybody(member, owner, monkeypatch, caplog):
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1?from=box@example.com")
    everybody = [member] + [
        join(owner, new_member(f"p{n}@example.com", "P"), member, "viewer") for n in range(4)
    ]
    add_watch(member, warranty_until=TODAY)
    for one in everybody:
        want(one, by_mail=True)
    notice_round.run(NOON)
    assert caplog.text.count("were not sent by mail") == 3
    assert [kinds(one) for one in everybody] == [["warranty_ending"]] * 5


def test_after_a_crash_while_sending_nothing_is_sent_twice(member, stale, mailbox):
    want(member, by_mail=True, rhythm="weekly")
    notice_round.run(NOON)
    with db.write(member) as connection:  # taken to be sent; then the process ended
        assert len(notices.claim(connection, member, "mail", NOON)) == 1
    notice_round.forget()
    notice_round.run(NOON + timedelta(days=9))
    assert mailbox.is_empty()
    assert len(every(member)) == 1


def test_what_waits_is_dropped_when_its_way_is_switched_off(member, stale, mailbox):
    want(member, by_mail=True, rhythm="weekly")
    notice_round.run(NOON)
    want(member, by_mail=False)
    want(member, by_mail=True, rhythm="at_once")
    notice_round.run(NOON)
    assert mailbox.is_empty()


def test_names_with_line_breaks_add_no_header(member, mailbox):
    want(member, by_mail=True)
    add_watch(member, "Omega", "X\r\nBcc: eve@example.com", warranty_until=TODAY)
    notice_round.run(NOON)
    mail = mailbox.next()
    assert mail["Bcc"] is None
    assert mail["To"] == "ana@example.com"


# ── by Apprise ────────────────────────────────────────────────────────────────────────────────


@contextmanager
def receiver(moved_to=""):
    """A service on this machine that keeps what it is sent."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            got.append(json.loads(body))
            self.send_response(307 if moved_to else 200)
            if moved_to:
                self.send_header("location", moved_to)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/secret", got
    finally:
        server.shutdown()
        server.server_close()


def test_a_notice_goes_to_the_apprise_url_once(member, stale, monkeypatch):
    monkeypatch.setenv("WATCH_NOTIFY_LOCAL", "1")
    with receiver() as (url, got):
        with db.write(member) as connection:
            notices.set_push(connection, member, url, push.check(url))
        for _ in range(2):
            notice_round.forget()
            notice_round.run(NOON)
    assert [one["title"] for one in got] == ["Omega Speedmaster: Value over a year old"]
    assert "Valued over a year ago" in got[0]["message"]


def test_the_box_itself_is_not_reached_unless_its_admin_lets_it(member, stale, caplog):
    with receiver() as (url, got):
        named = url.replace("127.0.0.1", "localhost")
        with db.write(member) as connection:
            notices.set_push(connection, member, url, "json")
        notice_round.run(NOON)
        with pytest.raises(UnavailableError):
            push.send(named, "x", "x")
        assert got == []
    assert "could not be sent" in caplog.text
    assert "secret" not in caplog.text


def test_a_url_that_can_not_be_read_any_more_waits_and_keeps_no_mail_back(
    member, owner, stale, mailbox
):
    want(member, by_mail=True)
    owner.execute("update notice_setting set push_url = 'spoilt', push_service = 'ntfys'")
    notice_round.run(NOON)
    assert mailbox.next()["To"] == "ana@example.com"
    waiting = owner.execute("select to_mail, to_push, pushed_at from notice").fetchall()
    assert waiting == [(False, True, None)]


@pytest.mark.parametrize(
    "url",
    [
        "", "hello", "file:///etc/passwd", "syslog://", "dbus://", "macosx://", "mailto://a:b@c.de",
        "json://", "json://[::1", "json://a b", "json://a\0b", "https://example.com",
        "discord://nothing", "json://example.com/?template=/etc/passwd",
        "slack://a/b/c/?+attach=/etc/passwd", "json://" + "a" * 2000, "javascript://x",
    ],
)  # fmt: skip
def test_an_address_that_can_not_be_used_is_refused_without_repeating_it(url):
    with pytest.raises(RefusedError) as refused:
        push.check(url)
    (sentence,) = refused.value.problems.values()
    assert "passwd" not in sentence


# ── words ─────────────────────────────────────────────────────────────────────────────────────


def test_every_kind_has_words_and_a_place(member):
    facts = {
        "service": "battery", "valued_on": "2025-01-01", "since": "2025-01-01", "share": 0.123,
        "inviter": "Ana", "household": "Ours", "client": CHROME, "address": "192.0.2.7",
    }  # fmt: skip
    assert set(notice_words.KINDS) == set(notice_words.SENTENCES) == set(notices.KINDS)
    said = {
        kind: notice_words.sentence(
            Notice(member.user_id, kind, None, None, None, TODAY, facts, NOON, None)
        )
        for kind in notices.KINDS
    }
    assert said["service_due"] == "Due on 30 Oct 2026: battery"
    assert said["price_change"] == "Price +12.3% since 1 Jan 2025"
    assert said["new_sign_in"] == "Chrome on Linux, from 192.0.2.7"


# ── the scheduler ─────────────────────────────────────────────────────────────────────────────


def job(work, name="work", every=timedelta(minutes=5)):
    return scheduler.Job(name, every, work)


def runs():
    with db.maintenance() as owner:
        return [(one.name, one.outcome) for one in job_runs.newest(owner, 50)]


def test_a_job_runs_when_it_is_due_and_not_before(database):
    ran = []
    jobs = [job(ran.append)]
    assert scheduler.look(NOON, jobs) == NOON + timedelta(minutes=5)
    scheduler.look(NOON + timedelta(minutes=4), jobs)
    scheduler.look(NOON + timedelta(minutes=5), jobs)
    assert ran == [NOON, NOON + timedelta(minutes=5)]
    assert runs() == [("work", "done")] * 2


def test_of_two_schedulers_at_once_one_runs_the_job(database):
    ran, inside, go_on = [], threading.Event(), threading.Event()

    def slow(now):
        ran.append(now)
        inside.set()
        go_on.wait(20)

    first = threading.Thread(target=scheduler.look, args=(NOON, [job(slow)]))
    first.start()
    inside.wait(20)
    late = NOON + timedelta(minutes=10)  # it would be due again, but the other one still runs
    assert scheduler.look(late, [job(slow)]) == late + timedelta(minutes=1)
    go_on.set()
    first.join()
    assert ran == [NOON]
    assert runs() == [("work", "done")]


def test_a_job_that_fails_is_tried_again_with_patience_and_stops_no_other(database, caplog):
    ran = []

    def broken(now):
        ran.append((now - NOON) // timedelta(minutes=1))
        raise ZeroDivisionError

    jobs = [job(broken, "broken"), job(lambda _: None, "sound")]
    for minute in range(0, 121, 5):
        scheduler.look(NOON + timedelta(minutes=minute), jobs)
    assert ran == [0, 10, 30, 70]
    assert runs().count(("sound", "done")) == 25
    assert "ZeroDivisionError" in caplog.text


def test_a_run_that_a_crash_cut_short_is_told_and_repeated(database):
    with db.maintenance() as owner:
        job_runs.start(owner, "work", NOON)
    ran = []
    scheduler.look(NOON + timedelta(minutes=10), [job(ran.append)])
    assert runs() == [("work", "done"), ("work", "interrupted")]


def test_old_runs_are_forgotten(database):
    jobs = [job(lambda _: None)]
    scheduler.look(NOON, jobs)
    scheduler.look(NOON + timedelta(days=8), jobs)
    assert len(runs()) == 1


def test_the_jobs_of_the_server_run_through(member, stale):
    scheduler.look(NOON, [one for one in scheduler.JOBS if one.name in ("tidy", "notices")])
    assert sorted(runs()) == [("notices", "done"), ("tidy", "done")]
    assert len(every(again(member))) == 1

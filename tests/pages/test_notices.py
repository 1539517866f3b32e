"""The page of notices, the bell, and the form of what a member wants to be told."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from app import bell, notice_round, rate_limits
from data import db, notices
from tests.collector import add_value, add_watch, get_watch
from tests.mailbox import mail_server
from tests.pages import watch_pages
from tests.people import new_member
from tests.sql.households import join
from tests.sql.test_notices import receiver

NOON = datetime(2026, 10, 30, 12, tzinfo=UTC)
EVIL = "<script>alert(1)</script> **x** [y](javascript:z)"


@pytest.fixture(autouse=True)
def _fresh():
    notice_round.forget()
    rate_limits.forget()


def stale_watch(member, model="Speedmaster"):
    watch_id = add_watch(member, "Omega", model, purchased_on=date(2024, 1, 1))
    add_value(member, watch_id, "5000 EUR", date(2025, 1, 1))
    return watch_id


def every(member):
    with db.read(member) as connection:
        return notices.page(connection, member, 1000)


def setting(member):
    with db.read(member) as connection:
        return notices.setting(connection, member)


def html(at):
    return " ".join(part.proto.body for part in at.get("html"))


def the_bell(at):
    return next(one.proto.label for one in at.sidebar.get("page_link"))


def toasts(at):
    return [one.value for one in at.toast]


def field(at, name):
    return next(
        one
        for group in (at.number_input, at.checkbox, at.selectbox, at.text_input, at.time_input)
        for one in group
        if str(one.key).startswith(f"notice_setting.{name}")
    )


def save(at):
    return next(one for one in at.button if one.label == "Save").click().run()


# ── the feed and the bell ─────────────────────────────────────────────────────────────────────


def test_without_notices_the_page_says_what_it_is_for(member, open_page):
    at = open_page("notices.py", member)
    assert not at.exception
    assert "Nothing to tell" in html(at)
    assert the_bell(at) == "Notices"


def test_the_bell_counts_what_is_unread_on_every_page(member, open_page):
    stale_watch(member)
    notice_round.run(NOON)
    assert the_bell(open_page("collections.py", member)) == "Notices :primary-badge[1]"


def test_the_bell_stops_counting_at_a_hundred(member, open_page):
    with db.write(member) as connection:
        for n in range(120):
            connection.exec_driver_sql(
                "insert into notice (household_id, user_id, kind, dedupe_key)"
                " values (current_household(), current_app_user(), 'invitation', %s)", (str(n),),
            )  # fmt: skip
    bell.forget(member)
    assert the_bell(open_page("collections.py", member)) == "Notices :primary-badge[99+]"


def test_the_bell_asks_once_a_minute_and_not_in_every_rerun(member, open_page, monkeypatch):
    asked = []
    unread = notices.unread
    monkeypatch.setattr(notices, "unread", lambda *a: asked.append(1) or unread(*a))
    at = open_page("collections.py", member)
    at.run()
    at.run()
    assert len(asked) == 1


def test_a_click_marks_a_notice_as_read_and_leads_to_the_watch(member, open_page):
    watch_id = stale_watch(member)
    notice_round.run(NOON)
    (one,) = every(member)
    assert f"/notices?open={one.notice_id}" in html(open_page("notices.py", member))
    at = open_page("notices.py", member, open=str(one.notice_id))
    assert not at.exception
    assert every(member)[0].read_at is not None
    assert at.query_params["id"] == str(watch_id)
    assert the_bell(open_page("notices.py", member)) == "Notices"


@pytest.mark.parametrize("asked", ["", "x", "\0", "9" * 5000, str(uuid4()), "' or 1=1 --"])
def test_a_notice_that_is_not_here_is_a_sentence(member, open_page, asked):
    at = open_page("notices.py", member, open=asked)
    assert not at.exception
    assert [one.value for one in at.info] == (
        ["This notice is not here any more."] if asked else []
    )


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 400, "2"])
def test_a_page_that_is_not_there_is_the_nearest(member, open_page, asked):
    stale_watch(member)
    notice_round.run(NOON)
    at = open_page("notices.py", member, p=asked)
    assert not at.exception
    assert "Speedmaster" in html(at)


def test_a_notice_of_somebody_else_is_not_opened(member, other, owner, open_page):
    stale_watch(member)
    notice_round.run(NOON)
    at = open_page("notices.py", other, open=str(every(member)[0].notice_id))
    assert [one.value for one in at.info] == ["This notice is not here any more."]
    assert every(member)[0].read_at is None


def test_all_are_marked_as_read(member, open_page):
    for n in range(60):
        stale_watch(member, f"No. {n}")
    notice_round.run(NOON)
    at = open_page("notices.py", member, p="2")
    assert "51–60 of 60" in html(at)
    at.button(key="notices.read_all").click().run()
    assert all(one.read_at for one in every(member))
    assert not [one for one in at.button if one.key == "notices.read_all"]


def test_names_are_shown_as_they_are(member, open_page):
    stale_watch(member, EVIL)
    notice_round.run(NOON)
    at = open_page("notices.py", member)
    assert "<script>" not in html(at)
    assert "&lt;script&gt;" in html(at)


# ── what a member wants ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", ["owner", "viewer"])
def test_settings_are_saved_by_whatever_role(member, owner, open_page, role):
    who = join(owner, new_member("vi@example.com", "Vi"), member, role)
    at = open_page("notices.py", who)
    field(at, "lead_days").set_value(30)
    field(at, "price_percent").set_value(5)
    field(at, "rhythm").set_value("weekly")
    field(at, "quiet_from").set_value(time(22))
    field(at, "quiet_until").set_value(time(7))
    save(at)
    assert toasts(at) == ["Saved."]
    found = setting(who)
    assert (found.lead_days, found.price_percent, found.rhythm) == (30, 5, "weekly")
    assert (found.quiet_from, found.quiet_until) == (time(22), time(7))
    assert setting(member).lead_days == 14


def test_half_of_the_quiet_hours_are_refused_at_their_field_and_kept(member, open_page):
    at = open_page("notices.py", member)
    field(at, "quiet_from").set_value(time(22))
    save(at)
    assert notices.QUIET in html(at)
    assert field(at, "quiet_from").value == time(22)
    assert setting(member).quiet_from is None


def test_an_apprise_url_is_tested_kept_and_never_shown_again(member, open_page, monkeypatch):
    monkeypatch.setenv("WATCH_NOTIFY_LOCAL", "1")
    with receiver() as (url, got):
        at = open_page("notices.py", member)
        field(at, "push_url").set_value(url)
        save(at)
        assert setting(member).push_service == "json"
        again = open_page("notices.py", member)
        assert "secret" not in str([*again.main, *again.sidebar])
        assert field(again, "push_url").value == ""
        again.button(key="notices.test").click().run()
    assert [one["message"] for one in got] == ["Notices arrive here."]
    assert [one.value for one in again.success] == ["Sent to json\\."]
    again.button(key="notices.unpush").click().run()
    assert setting(member).push_service is None


def test_an_apprise_url_that_can_not_be_used_is_refused_at_its_field(member, open_page):
    at = open_page("notices.py", member)
    field(at, "push_url").set_value("file:///etc/passwd")
    save(at)
    assert "This is no Apprise URL." in html(at)
    assert setting(member).push_service is None


def test_without_a_mail_server_mail_can_not_be_chosen(member, open_page):
    assert field(open_page("notices.py", member), "by_mail").disabled


def test_a_test_goes_by_mail_too(member, open_page, monkeypatch):
    with mail_server() as box:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{box.port}?from=box@example.com")
        at = open_page("notices.py", member)
        field(at, "by_mail").check()
        save(at)
        at.button(key="notices.test").click().run()
        assert box.next()["To"] == "ana@example.com"


def test_tests_are_not_sent_without_end(member, open_page, monkeypatch):
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1?from=box@example.com")
    at = open_page("notices.py", member)
    field(at, "by_mail").check()
    save(at)
    for _ in range(11):
        at.button(key="notices.test").click().run()
    assert [one.value for one in at.error] == ["Too many tests were sent. Try again in an hour."]


def test_the_warranty_of_a_watch_is_entered_and_told(member, open_page):
    until = datetime.now(UTC).date() + timedelta(days=3)
    watch_id = add_watch(member)
    at = open_page("edit_watch.py", member, id=str(watch_id))
    watch_pages.press(watch_pages.fill(at, warranty_until=until), "Save")
    assert get_watch(member, watch_id).warranty_until == until
    at = open_page("watch.py", member, id=str(watch_id), tab="Facts")
    assert "Warranty until" in html(at)
    notice_round.run(datetime.now(UTC))
    assert [one.kind for one in every(member)] == ["warranty_ending"]

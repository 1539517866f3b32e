"""The calendar: a file that calendars understand, by an address that only its member has."""

import re
import secrets
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from app import calendar_text, rate_limits
from app.authenticator import digest
from data import calendar_feed, care_plans, db, services
from data.calendar_feed import DueDate
from data.services import ServiceDraft
from tests.asking import Browser
from tests.collector import add_watch
from tests.people import new_member
from tests.sql.households import join

TODAY = datetime.now(UTC).date()
LATER = TODAY + timedelta(days=40)


@pytest.fixture(autouse=True)
def _fresh():
    rate_limits.forget()


def subscribe(member):
    token = secrets.token_urlsafe(32)
    with db.write(member) as connection:
        calendar_feed.set_up(connection, member, digest(token))
    return f"/calendar/{token}.ics"


def events(path):
    answer = Browser().get(path)
    assert answer.status_code == 200
    return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def summaries(path):
    return sorted(str(one["summary"]) for one in events(path).values())


def test_all_that_has_a_day_is_in_it(member):
    watch_id = add_watch(member, purchased_on=TODAY - timedelta(days=300), warranty_until=LATER)
    with db.write(member) as connection:
        care_plans.add(connection, member, "battery", 12)
        draft = ServiceDraft(kind="repair", handed_over_on=TODAY, expected_back_on=LATER)
        services.add(connection, member, watch_id, draft, TODAY)
    path = subscribe(member)
    assert summaries(path) == [
        "Omega Speedmaster: back from the watchmaker",
        "Omega Speedmaster: battery due",
        "Omega Speedmaster: warranty ends",
    ]
    warranty = next(one for uid, one in events(path).items() if uid.startswith("warranty"))
    assert (warranty["dtstart"].dt, warranty["dtend"].dt) == (LATER, LATER + timedelta(days=1))


def test_the_same_thing_has_the_same_uid_when_its_day_moves(member):
    add_watch(member, purchased_on=TODAY - timedelta(days=300))
    with db.write(member) as connection:
        plan = care_plans.add(connection, member, "battery", 12)
    path = subscribe(member)
    before = events(path)
    with db.write(member) as connection:
        (old,) = (one for one in care_plans.every(connection, member) if one.plan_id == plan)
        care_plans.change(connection, member, old, 24)
    after = events(path)
    assert before.keys() == after.keys()
    assert next(iter(before.values()))["dtstart"].dt != next(iter(after.values()))["dtstart"].dt


def test_nobody_else_keeps_it_and_no_robot_finds_it(member):
    answer = Browser().get(subscribe(member))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"].startswith("private")
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_whatever_leads_nowhere_is_answered_alike(member, owner):
    revoked, replaced, disabled, off = (subscribe(member) for _ in range(4))
    current = subscribe(member)
    left = join(owner, new_member("ed@example.com", "Ed"), member)
    gone = subscribe(left)
    owner.execute("delete from membership where user_id = %s", [left.user_id])
    cy = new_member("cy@example.com", "Cy")
    disabled = subscribe(cy)
    owner.execute("update app_user set disabled_at = now() where user_id = %s", [cy.user_id])
    bob = new_member("bob2@example.com", "Bob")
    off = subscribe(bob)
    with db.write(bob) as connection:
        calendar_feed.switch_off(connection, bob)
    odd = ["/calendar/x.ics", "/calendar/", f"/calendar/{'a' * 43}.ics", f"{current}/x", f"{current}x",
           "/calendar/%00.ics", "/calendar/..%2f.ics", f"/calendar/{'a' * 5000}.ics"]  # fmt: skip
    answers = {
        (answer.status_code, answer.content, answer.headers["content-type"])
        for answer in map(Browser().get, [revoked, replaced, gone, disabled, off, *odd])
    }
    assert answers == {(404, b"There is nothing here.", "text/plain; charset=utf-8")}
    assert Browser().get(current).status_code == 200


def test_private_watches_and_other_households_are_not_in_it(member, other, owner):
    editor = join(owner, new_member("ed@example.com", "Ed"), member)
    add_watch(member, "Omega", "Hidden", warranty_until=LATER, owner_id=member.user_id, is_private=True)  # fmt: skip
    add_watch(member, "Omega", "Open", warranty_until=LATER)
    add_watch(other, "Rolex", "Elsewhere", warranty_until=LATER)
    assert summaries(subscribe(editor)) == ["Omega Open: warranty ends"]
    assert summaries(subscribe(member)) == [
        "Omega Hidden: warranty ends",
        "Omega Open: warranty ends",
    ]


def test_no_amount_and_no_serial_number_is_in_it(member):
    add_watch(member, warranty_until=LATER, price="7531 EUR", serial_number="SN-4711")
    content = Browser().get(subscribe(member)).text
    assert "7531" not in content
    assert "4711" not in content


def test_it_is_in_the_language_of_its_member(member, owner):
    owner.execute("update app_user set language = 'fr'")
    add_watch(member, warranty_until=LATER)
    assert "SUMMARY:Omega Speedmaster" in Browser().get(subscribe(member)).text


def test_a_calendar_that_is_asked_all_the_time_is_told_to_wait(member):
    path, browser = subscribe(member), Browser()
    found = [browser.get(path).status_code for _ in range(121)]
    assert (found[119], found[120]) == (200, 429)


@given(st.text(max_size=80), st.text(max_size=80), st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_whatever_a_watch_is_called_the_file_can_be_read(brand, model, day):
    one = DueDate("service_due", UUID(int=7), "service", "service", day, brand, model, model)
    content = calendar_text.calendar([one], brand, datetime.now(UTC), "https://example.com")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["dtstart"].dt == day
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"BEGIN:VEVENT") == 1


# ── on the page ───────────────────────────────────────────────────────────────────────────────


def test_the_link_is_made_shown_once_made_anew_and_switched_off(member, open_page):
    at = open_page("notices.py", member)
    assert not at.code
    at.button(key="calendar.make").click().run()
    first = re.search(r"/calendar/[\w-]{43}\.ics$", at.code[0].value)[0]
    assert Browser().get(first).status_code == 200
    assert not open_page("notices.py", member).code
    at.button(key="calendar.make").click().run()
    second = re.search(r"/calendar/[\w-]{43}\.ics$", at.code[0].value)[0]
    assert [Browser().get(path).status_code for path in (first, second)] == [404, 200]
    at.button(key="calendar.off").click().run()
    assert Browser().get(second).status_code == 404
    assert not at.code


def test_the_link_is_stored_as_a_digest_and_noted_in_the_security_log(member, owner, open_page):
    at = open_page("notices.py", member)
    at.button(key="calendar.make").click().run()
    token = re.search(r"/calendar/([\w-]{43})", at.code[0].value)[1]
    (stored,) = owner.execute("select token_hash from calendar_feed").fetchone()
    assert bytes(stored) == digest(token)
    kinds = [kind for (kind,) in owner.execute("select kind from security_event")]
    assert "calendar_link_made" in kinds

"""When notices may be sent: quiet hours, mornings and Mondays, where the receiver is."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc.sending import AT_ONCE, DAILY, RHYTHMS, WEEKLY, is_quiet, last_digest, may_send

ZURICH, KIRITIMATI = ZoneInfo("Europe/Zurich"), ZoneInfo("Pacific/Kiritimati")
NEVER = (None, None)
times = st.times()
instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(["UTC", "Europe/Zurich", "America/St_Johns", "Pacific/Kiritimati"]).map(
    ZoneInfo
)


def at(text, zone=UTC):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("hour", "quiet"), [(21, False), (22, True), (23, True), (0, True), (6, True), (7, False)]
)
def test_quiet_hours_go_over_midnight(hour, quiet):
    assert is_quiet(time(hour), time(22), time(7)) is quiet


@pytest.mark.parametrize(("hour", "quiet"), [(11, False), (12, True), (13, True), (14, False)])
def test_quiet_hours_may_lie_within_a_day(hour, quiet):
    assert is_quiet(time(hour), time(12), time(14)) is quiet


@given(times, times, times)
def test_a_time_is_quiet_or_it_is_quiet_with_the_ends_swapped(when, begins, ends):
    if begins != ends:
        assert is_quiet(when, begins, ends) != is_quiet(when, ends, begins)
        assert is_quiet(begins, begins, ends)
        assert not is_quiet(ends, begins, ends)


@given(instants, zones)
def test_the_last_digest_is_at_eight_and_at_most_a_day_ago(now, zone):
    here = now.astimezone(zone)
    found = last_digest(DAILY, here)
    assert found.time() == time(8)
    assert timedelta(0) <= here.replace(tzinfo=None) - found.replace(tzinfo=None) < timedelta(1)


@given(instants, zones)
def test_a_weekly_digest_is_on_a_monday_and_at_most_a_week_ago(now, zone):
    here = now.astimezone(zone)
    found = last_digest(WEEKLY, here)
    assert (found.weekday(), found.time()) == (0, time(8))
    assert timedelta(0) <= here.replace(tzinfo=None) - found.replace(tzinfo=None) < timedelta(7)


@given(st.sampled_from(RHYTHMS), times, times, instants, zones)
def test_whatever_waits_is_sent_within_nine_days(rhythm, begins, ends, since, zone):
    quiet = (begins, ends) if begins != ends else NEVER
    half_hours = (since + timedelta(minutes=n) for n in range(0, 9 * 1440, 30))
    longest = any(may_send(rhythm, quiet, since, now, zone) for now in half_hours)
    open_minutes = (24 * 60) - _minutes(quiet)
    assert longest or open_minutes < 60


def _minutes(quiet):
    if quiet == NEVER:
        return 0
    begins, ends = (each.hour * 60 + each.minute for each in quiet)
    return (ends - begins) % 1440


@given(st.sampled_from(RHYTHMS), times, times, instants, instants, zones)
def test_nothing_is_sent_in_quiet_hours(rhythm, begins, ends, since, now, zone):
    if begins != ends and is_quiet(now.astimezone(zone).time(), begins, ends):
        assert not may_send(rhythm, (begins, ends), since, now, zone)


def test_at_once_is_at_once():
    assert may_send(AT_ONCE, NEVER, at("2026-11-02T10:00"), at("2026-11-02T10:00"), ZURICH)


def test_a_daily_digest_waits_for_eight_in_the_morning_there():
    since = at("2026-11-02T10:00", ZURICH)
    assert not may_send(DAILY, NEVER, since, at("2026-11-03T07:59", ZURICH), ZURICH)
    assert may_send(DAILY, NEVER, since, at("2026-11-03T08:00", ZURICH), ZURICH)
    assert not may_send(DAILY, NEVER, since, at("2026-11-03T08:00", ZURICH), ZoneInfo("UTC"))
    assert may_send(DAILY, NEVER, since, at("2026-11-03T08:00", KIRITIMATI), KIRITIMATI)


def test_a_weekly_digest_waits_for_monday():
    since = at("2026-11-02T10:00", ZURICH)  # a Monday
    assert not may_send(WEEKLY, NEVER, since, at("2026-11-08T23:00", ZURICH), ZURICH)
    assert may_send(WEEKLY, NEVER, since, at("2026-11-09T08:00", ZURICH), ZURICH)


def test_a_digest_that_falls_into_quiet_hours_comes_when_they_end():
    since, quiet = at("2026-11-02T10:00", ZURICH), (time(22), time(9, 30))
    assert not may_send(DAILY, quiet, since, at("2026-11-03T08:30", ZURICH), ZURICH)
    assert may_send(DAILY, quiet, since, at("2026-11-03T09:30", ZURICH), ZURICH)

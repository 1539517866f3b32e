"""The life of a watch in one stream: in order, grouped, page by page, and nobody else's."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import db, documents, services, timeline, valuations, watches
from data.documents import Content, DocumentDraft
from data.services import ServiceDraft
from data.valuations import ValuationDraft
from data.watches import draft_of
from tests.collector import TODAY, add_value, add_watch, get_watch

PHOTO = (
    "insert into photo (household_id, watch_id, content_hash, width_px, height_px, size_bytes, position)"
    " values (%s, %s, %s, 4, 3, 10, %s) returning photo_id"
)


def lines(member, watch_id, topic=None, after=None, limit=100):
    with db.read(member) as connection:
        return timeline.page(connection, member, watch_id, topic, "UTC", after, limit)


def kinds(member, watch_id, topic=None):
    return [line.kind for line in lines(member, watch_id, topic)]


def only(member, watch_id, kind):
    found = [line for line in lines(member, watch_id) if line.kind == kind]
    assert len(found) == 1, found
    return found[0]


def edit(member, watch_id, **facts):
    watch = get_watch(member, watch_id)
    with db.write(member) as connection:
        draft = replace(draft_of(watch), **facts)
        watches.change(connection, member, watch_id, watch.version, draft, TODAY)


@pytest.fixture
def watch_id(member):
    return add_watch(
        member, price="6500 EUR", purchased_on=date(2020, 5, 3), retailer="Bucherer", tags=["x"]
    )


@pytest.fixture
def full(member, owner, watch_id):
    """A watch with something of every kind."""
    add_value(member, watch_id, "7200 CHF", date(2024, 3, 1), note="seen in Basel")
    with db.write(member) as connection:
        done = ServiceDraft(
            provider="Omega", handed_over_on=date(2023, 1, 9), serviced_on=date(2023, 2, 1),
            cost=Decimal(800), currency="CHF", next_due_on=date(2028, 2, 1),
        )  # fmt: skip
        services.add(connection, member, watch_id, done, TODAY)
        receipt = DocumentDraft("Receipt", "receipt", date(2020, 5, 4))
        documents.add(
            connection, member, watch_id, receipt, Content(b"x", "application/pdf"), TODAY
        )
    for place in (1, 2):
        owner.execute(PHOTO, [member.household_id, watch_id, str(place) * 64, place])
    edit(member, watch_id, status="sold", disposed_on=date(2025, 6, 1), buyer="Eva")
    edit(member, watch_id, notes="new", strap="Leather")
    return watch_id


def test_everything_stands_in_its_place_newest_day_first(member, full):
    found = lines(member, full)
    days = [line.day for line in found]
    assert days == sorted(days, reverse=True)
    by_life = [line.kind for line in found if line.topic != "edits" and line.kind != "photos"]
    assert by_life == ["left", "value", "serviced", "handed_over", "document", "purchase"]
    assert {line.kind for line in found} >= {"photos", "added", "status", "edit"}


def test_amounts_are_in_their_own_currency_and_people_have_names(member, full):
    value = only(member, full, "value")
    assert (value.amount, value.currency, value.note) == (7200, "CHF", "seen in Basel")
    assert value.who == "Ana"
    service = only(member, full, "serviced")
    assert (service.amount, service.currency, service.title) == (800, "CHF", "Omega")
    assert only(member, full, "handed_over").amount is None  # the quote is of no interest any more
    assert only(member, full, "purchase").amount == 6500
    assert only(member, full, "photos").who is None  # written behind the app's back


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("value", {"left", "value", "purchase"}),
        ("care", {"serviced", "handed_over"}),
        ("files", {"photos", "document"}),
        ("edits", {"status", "edit", "added"}),
    ],
)
def test_a_topic_shows_only_its_own(member, full, topic, expected):
    assert set(kinds(member, full, topic)) == expected


def test_what_is_due_is_in_the_future(member, watch_id):
    with db.write(member) as connection:
        draft = ServiceDraft(serviced_on=date(2024, 1, 1), next_due_on=date(2031, 1, 1))
        services.add(connection, member, watch_id, draft, TODAY)
    first = lines(member, watch_id)[0]
    assert (first.kind, first.what, first.day) == ("due", "service", date(2031, 1, 1))


def test_photos_of_one_minute_are_one_line(member, owner, watch_id):
    for place in range(1, 9):
        owner.execute(PHOTO, [member.household_id, watch_id, str(place) * 64, place])
    owner.execute("update photo set added_at = '2026-01-05 10:00:20Z'")
    owner.execute("update photo set added_at = '2026-01-05 10:01:01Z' where position = 8")
    found = [line for line in lines(member, watch_id) if line.kind == "photos"]
    assert [line.count for line in found] == [1, 7]
    assert len(found[1].hashes) == 6


def test_edits_of_one_minute_are_one_line_and_of_another_another(member, owner, watch_id):
    edit(member, watch_id, notes="one")
    edit(member, watch_id, notes="two", strap="Leather")
    edit(member, watch_id, tags=["y"])
    owner.execute("update audit_event set happened_at = '2026-01-05 10:00:20Z'")
    one = only(member, watch_id, "edit")
    assert sorted(one.fields) == ["watch.notes", "watch.strap", "watch_tag.tags"]
    owner.execute(
        "update audit_event set happened_at = '2026-01-05 10:01:00Z' where after ->> 'notes' = 'two'"
    )
    found = [line for line in lines(member, watch_id) if line.kind == "edit"]
    assert [sorted(line.fields) for line in found] == [
        ["watch.notes", "watch.strap"],
        ["watch.notes", "watch_tag.tags"],
    ]


def test_edits_of_two_people_in_one_minute_are_two_lines(member, other, owner, watch_id):
    edit(member, watch_id, notes="mine")
    edit(member, watch_id, notes="theirs")
    owner.execute("update audit_event set happened_at = '2026-01-05 10:00:20Z'")
    owner.execute(
        "update audit_event set user_id = %s where after ->> 'notes' = 'theirs'", [other.user_id]
    )
    found = [line for line in lines(member, watch_id) if line.kind == "edit"]
    assert {line.who for line in found} == {"Ana", None}  # Bob is not of this household


def test_the_tags_a_watch_came_with_are_no_edit(member, watch_id):
    assert kinds(member, watch_id) == ["added", "purchase"]


def test_a_change_of_status_says_from_what_to_what(member, watch_id):
    edit(member, watch_id, status="lost", disposed_on=TODAY)
    status = only(member, watch_id, "status")
    assert (status.what, status.title) == ("owned", "lost")


def test_the_bin_leaves_its_traces(member, watch_id):
    value_id = add_value(member, watch_id, "7000 EUR")
    with db.write(member) as connection:
        valuations.remove(connection, member, valuations.get(connection, member, value_id))
    assert "value" not in kinds(member, watch_id)
    binned = only(member, watch_id, "binned")
    assert (binned.entity, binned.amount, binned.who) == ("valuation", 7000, "Ana")
    with db.write(member) as connection:
        valuations.restore(connection, member, value_id)
    assert {"value", "binned", "restored"} <= set(kinds(member, watch_id))


def test_a_corrected_value_is_an_edit_of_its_amount(member, watch_id):
    value_id = add_value(member, watch_id, "7000 EUR")
    with db.write(member) as connection:
        old = valuations.get(connection, member, value_id)
        draft = ValuationDraft(Decimal(7100), "EUR", old.valued_on)
        valuations.change(connection, member, old, draft, TODAY)
    assert "valuation.amount" in only(member, watch_id, "edit").fields


def test_pages_follow_each_other_without_a_gap_or_a_double(member, watch_id):
    for number in range(23):
        add_value(member, watch_id, f"{7000 + number} EUR", TODAY - timedelta(number // 3))
    every = [line.key for line in lines(member, watch_id)]
    seen, after = [], None
    while page := lines(member, watch_id, after=after, limit=5):
        seen += [line.key for line in page]
        after = page[-1].cursor
    assert seen == every
    assert len(set(seen)) == len(seen) == 25


@pytest.mark.parametrize("cursor", ["", "x", "2026-01-01", "2026-01-01~x~y", "2026-13-01~~", "~~~"])
def test_a_cursor_that_is_none_is_the_beginning(member, watch_id, cursor):
    assert len(lines(member, watch_id, after=cursor)) == 2


def test_another_households_watch_has_no_life(member, other, full):
    assert lines(other, full) == []


def test_a_day_is_one_of_the_readers_zone(member, owner, watch_id):
    owner.execute("update watch set added_at = '2026-03-01 23:30Z'")
    with db.read(member) as connection:
        page = timeline.page(connection, member, watch_id, "edits", "Asia/Tokyo", None, 9)
    assert page[-1].day == date(2026, 3, 2)

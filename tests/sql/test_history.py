"""Who changed what, before and after; and an old value put back through the usual rules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data import collections, db, documents, history, photos, services, valuations, watches
from data.documents import Content, DocumentDraft
from data.errors import ConflictError, NotFoundError, RefusedError
from data.services import ServiceDraft
from data.valuations import ValuationDraft
from data.watches import draft_of
from tests.collector import TODAY, add_value, add_watch, get_watch
from tests.sql.test_timeline import PHOTO, edit


@pytest.fixture
def watch_id(member):
    return add_watch(
        member, price="6500 EUR", purchased_on=date(2020, 5, 3), notes="old", tags=["x"],
        case_diameter_mm=Decimal("40.5"), production_year=1968, complications=["date"],
    )  # fmt: skip


def changes(member, owner, watch_id, event_id=None):
    """The changes of the minute of the last event (or of that one)."""
    if event_id is None:
        event_id = owner.execute("select max(event_id) from audit_event").fetchone()[0]
    with db.read(member) as connection:
        return history.of_minute(connection, member, watch_id, event_id)


def change_of(member, owner, watch_id, field):
    return next(c for c in changes(member, owner, watch_id) if c.field == field)


def put_back(member, *found):
    with db.write(member) as connection:
        history.restore(connection, member, found, TODAY)


def test_an_edit_shows_each_field_before_and_after(member, owner, watch_id):
    edit(member, watch_id, notes="new", strap="Leather")
    found = {c.field: (c.before, c.after, c.now) for c in changes(member, owner, watch_id)}
    assert found["notes"] == ("old", "new", "new")
    assert found["strap"] == (None, "Leather", "Leather")
    assert {c.who for c in changes(member, owner, watch_id)} == {"Ana"}


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("notes", "new"),
        ("model", "Seamaster"),
        ("strap", "Leather"),  # was empty
        ("production_year", 1970),
        ("case_diameter_mm", Decimal(42)),
        ("purchase_price", Decimal("7000.55")),
        ("purchased_on", date(2021, 1, 1)),
        ("movement_type", "quartz"),
        ("condition", "mint"),
        ("tags", ["y"]),
        ("tags", []),
        ("complications", ["date", "gmt"]),
    ],
)
def test_a_field_of_a_watch_gets_its_old_value_back(member, owner, watch_id, field, new):
    before = draft_of(get_watch(member, watch_id))
    edit(member, watch_id, **{field: new})
    assert draft_of(get_watch(member, watch_id)) != before
    back = [c for c in changes(member, owner, watch_id) if c.field == field and c.after != "x"]
    back = [c for c in back if not (c.entity in history.LISTS and c.event_id < 5)] or back
    put_back(member, *[c for c in back if c.is_restorable])
    assert draft_of(get_watch(member, watch_id)) == before


def test_brand_and_collection_come_with_their_names_also_gone_ones(member, owner, watch_id):
    with db.write(member) as connection:
        brand = watches.take_brand(connection, member, "Rolex")
        daily = collections.add(connection, member, "Daily", "navy")
    edit(member, watch_id, brand_id=brand, collection_id=daily)
    with db.write(member) as connection:
        collections.remove(connection, member, collections.every(connection, member)[0])
    found = [c for c in changes(member, owner, watch_id) if c.field == "collection_id"]
    assert {(c.before_name, c.after_name) for c in found} >= {(None, "Daily"), ("Daily", None)}
    change = change_of(member, owner, watch_id, "brand_id")
    assert (change.before_name, change.after_name) == ("Omega", "Rolex")
    put_back(member, change)
    assert get_watch(member, watch_id).brand == "Omega"
    gone = next(c for c in found if c.before_name == "Daily")
    refreshed = next(
        c
        for c in changes(member, owner, watch_id)
        if c.event_id == gone.event_id and c.field == "collection_id"
    )
    with pytest.raises(RefusedError, match="collection is not here"):
        put_back(member, refreshed)


def test_a_restore_is_itself_in_the_history(member, owner, watch_id):
    edit(member, watch_id, notes="new")
    put_back(member, change_of(member, owner, watch_id, "notes"))
    last = changes(member, owner, watch_id)[0]
    assert (last.field, last.before, last.after, last.who) == ("notes", "new", "old", "Ana")


def test_a_restore_after_somebody_elses_save_is_refused(member, owner, watch_id):
    edit(member, watch_id, notes="new")
    seen = change_of(member, owner, watch_id, "notes")
    edit(member, watch_id, strap="Leather")
    with pytest.raises(ConflictError):
        put_back(member, seen)
    assert get_watch(member, watch_id).notes == "new"


def test_a_rule_of_the_record_holds_for_the_way_back_too(member, owner, watch_id):
    edit(member, watch_id, status="sold", disposed_on=TODAY)
    edit(member, watch_id, status="owned", disposed_on=None)
    owner.execute(
        "update audit_event set happened_at = now() - interval '1 hour' where after ->> 'status' = 'sold'"
    )
    found = [c for c in changes(member, owner, watch_id) if c.after in (None, "owned")]
    status = next(c for c in found if c.field == "status")
    with pytest.raises(RefusedError):
        put_back(member, status)
    put_back(member, *found)  # with its day it goes
    assert get_watch(member, watch_id).status == "sold"


def test_what_is_as_before_has_nothing_to_restore(member, owner, watch_id):
    edit(member, watch_id, notes="new")
    edit(member, watch_id, notes="old")
    found = [c for c in changes(member, owner, watch_id) if c.after == "new"]
    assert [c.is_restorable for c in found] == [False]
    with pytest.raises(NotFoundError):
        put_back(member, *found)


def test_a_value_gets_its_amount_back_even_a_striking_one(member, owner, watch_id):
    add_value(member, watch_id, "1000 EUR", date(2024, 1, 1))
    value_id = add_value(member, watch_id, "70000 EUR", date(2025, 1, 1))
    with db.write(member) as connection:
        old = valuations.get(connection, member, value_id)
        draft = ValuationDraft(Decimal(1100), "EUR", old.valued_on)
        valuations.change(connection, member, old, draft, TODAY)
    put_back(member, change_of(member, owner, watch_id, "amount"))
    with db.read(member) as connection:
        assert valuations.get(connection, member, value_id).amount == 70000


def test_a_service_a_document_and_a_photo_get_their_words_back(member, owner, watch_id):
    with db.write(member) as connection:
        draft = ServiceDraft(serviced_on=date(2024, 1, 1), cost=Decimal(800), currency="EUR")
        service_id = services.add(connection, member, watch_id, draft, TODAY)
        paper = DocumentDraft("Receipt", "receipt", date(2020, 5, 4))
        content = Content(b"x", "application/pdf")
        document_id = documents.add(connection, member, watch_id, paper, content, TODAY)
    (photo_id,) = owner.execute(PHOTO, [member.household_id, watch_id, "1" * 64, 1]).fetchone()
    with db.write(member) as connection:
        old = services.get(connection, member, service_id)
        services.change(connection, member, old, replace(draft, cost=Decimal(900)), TODAY)
        paper_now = documents.get(connection, member, document_id)
        documents.change(connection, member, paper_now, replace(paper, title="Bill"), TODAY)
        photo = photos.get(connection, member, photo_id)
        photos.change(connection, member, photo, "dial", "Nice")
    for field in ("cost", "title", "caption"):
        put_back(member, change_of(member, owner, watch_id, field))
    with db.read(member) as connection:
        assert services.get(connection, member, service_id).cost == 800
        assert documents.get(connection, member, document_id).title == "Receipt"
        assert photos.get(connection, member, photo_id).caption is None


def test_a_record_in_the_bin_has_no_way_back_from_here(member, owner, watch_id):
    value_id = add_value(member, watch_id, "1000 EUR", date(2024, 1, 1))
    with db.write(member) as connection:
        old = valuations.get(connection, member, value_id)
        draft = ValuationDraft(Decimal(1100), "EUR", old.valued_on)
        valuations.change(connection, member, old, draft, TODAY)
        valuations.remove(connection, member, valuations.get(connection, member, value_id))
    assert not change_of(member, owner, watch_id, "amount").is_restorable


def test_another_household_sees_no_history(member, other, owner, watch_id):
    edit(member, watch_id, notes="secret")
    assert changes(other, owner, watch_id) == []
    mine = add_watch(other)
    assert changes(other, owner, mine, event_id=1) == []

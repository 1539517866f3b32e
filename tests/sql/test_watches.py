"""What a person can do to a watch, against PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from data import collections, db, watches
from data.bin import purge_old
from data.errors import ConflictError, NotFoundError, RefusedError
from data.watches import WatchDraft, draft_of
from tests.collector import TODAY, add_watch, get_watch


def refusal(member, **facts):
    with pytest.raises(RefusedError) as refused:
        add_watch(member, **facts)
    return refused.value.problems


def test_brand_and_model_are_enough(member):
    watch = get_watch(member, add_watch(member, "Seiko", "SKX007"))
    assert (watch.title, watch.status, watch.cost, watch.version) == (
        "Seiko SKX007",
        "owned",
        None,
        1,
    )


def test_the_whole_record_comes_back_as_it_was_entered(member):
    with db.write(member) as connection:
        group = collections.add(connection, member, "Daily", "navy")
        draft = WatchDraft(
            brand_id=watches.take_brand(connection, member, "Omega"), model="Speedmaster",
            reference="310.30.42.50.01.002", serial_number="S 1", nickname="Moonwatch", production_year=2021,
            status="sold", condition="excellent", box_papers="full_set", collection_id=group, notes="Ünïcode ✓ 時計",
            purchased_on=date(2021, 5, 3), retailer="Bucherer", purchase_price=Decimal("6500.00"),
            purchase_fees=Decimal("20.50"), purchase_taxes=Decimal("0.00"), purchase_currency="CHF",
            disposed_on=date(2024, 1, 2), buyer="Bo", sale_price=Decimal("7000.00"), sale_fees=Decimal("70.00"),
            sale_currency="EUR", movement_type="manual", calibre="3861", case_material="Steel",
            case_diameter_mm=Decimal("42.0"), thickness_mm=Decimal("13.2"), lug_to_lug_mm=Decimal("47.5"),
            lug_width_mm=Decimal("20.0"), water_resistance_m=50, power_reserve_h=Decimal("50.0"), crystal="Hesalite",
            dial_colour="Black", bezel="Tachymeter", strap="Bracelet", tags=["space", "chrono"],
            complications=["chronograph"],
        )  # fmt: skip
        watch_id = watches.add(connection, member, draft, TODAY)
    watch = get_watch(member, watch_id)
    assert draft_of(watch) == replace(draft, tags=["chrono", "space"])
    assert (watch.cost, watch.proceeds) == (Decimal("6520.50"), Decimal("6930.00"))


def test_all_problems_are_told_at_once(member):
    problems = refusal(member, model="  ", purchased_on=TODAY + timedelta(1), production_year=20211)
    assert set(problems) == {"model", "purchased_on", "production_year"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"brand": " "}, "brand"),
        ({"brand": "x" * 101}, "brand"),
        ({"model": "x" * 201}, "model"),
        ({"notes": "x" * 10_001}, "notes"),
        ({"purchased_on": date(1799, 1, 1)}, "purchased_on"),
        ({"status": "sold"}, "disposed_on"),
        ({"status": "sold", "purchased_on": date(2024, 1, 2), "disposed_on": date(2024, 1, 1)}, "disposed_on"),
        ({"purchase_price": Decimal(1)}, "purchase_currency"),
        ({"purchase_fees": Decimal(1)}, "purchase_price"),
        ({"tags": ["x" * 41]}, "tags"),
        ({"status": "stolen"}, "watch_status_known"),
        ({"condition": "used"}, "watch_condition_known"),
        ({"complications": ["teleport"]}, "watch_complication_known"),
        ({"movement_type": "steam"}, "watch_movement_known"),
        ({"price": "5 X1"}, "watch_purchase_currency_plausible"),
        ({"price": "-5 EUR"}, "watch_price_not_negative"),
        ({"case_diameter_mm": Decimal(400)}, "watch_diameter_plausible"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_refused_with_a_sentence_and_nothing_is_stored(
    member, owner, facts, field
):
    problems = refusal(member, **facts)
    assert problems[field].endswith(".")
    assert owner.execute("select count(*) from watch").fetchone() == (0,)


def test_the_same_serial_number_of_the_same_brand_is_refused_whatever_its_case(member, other):
    add_watch(member, serial_number="ab12")
    assert (
        "serial number is already here"
        in refusal(member, serial_number="AB12")["watch_serial_taken"]
    )
    add_watch(member, "Tudor", serial_number="AB12")
    add_watch(other, serial_number="AB12")


@pytest.mark.parametrize(
    "typed", ["a. lange & sohne", "A. LANGE & SÖHNE", "Lange", " A. Lange & Söhne "]
)
def test_a_brand_is_the_same_however_it_is_written(member, typed):
    first = get_watch(member, add_watch(member, "A. Lange & Söhne"))
    again = get_watch(member, add_watch(member, typed))
    assert (again.brand_id, again.brand) == (first.brand_id, "A. Lange & Söhne")


def test_a_brand_that_nobody_knows_is_added(member):
    assert get_watch(member, add_watch(member, "Kurüm & Söhne")).brand == "Kurüm & Söhne"
    with db.read(member) as connection:
        assert watches.brand_names(connection, member)[0] == "Kurüm & Söhne"


def test_control_characters_are_left_out(member):
    watch = get_watch(member, add_watch(member, model="Speed\x00master\x1b", notes="two\nlines"))
    assert (watch.model, watch.notes) == ("Speedmaster", "two\nlines")


def test_the_second_of_two_edits_is_refused(member):
    watch = get_watch(member, add_watch(member))
    with db.write(member) as connection:
        watches.change(
            connection,
            member,
            watch.watch_id,
            watch.version,
            replace(draft_of(watch), model="First"),
            TODAY,
        )
    with pytest.raises(ConflictError, match="Someone else"), db.write(member) as connection:
        watches.change(
            connection,
            member,
            watch.watch_id,
            watch.version,
            replace(draft_of(watch), model="Second"),
            TODAY,
        )
    now = get_watch(member, watch.watch_id)
    assert now.model == "First"
    assert watches.differences(watch, now) == [("model", "Speedmaster", "First")]


def test_what_a_status_rules_out_is_cleared(member):
    watch_id = add_watch(
        member,
        status="sold",
        disposed_on=TODAY,
        sale_price=Decimal(5),
        sale_currency="EUR",
        buyer="Bo",
    )
    watch = get_watch(member, watch_id)
    with db.write(member) as connection:
        watches.change(
            connection,
            member,
            watch_id,
            watch.version,
            replace(draft_of(watch), status="owned"),
            TODAY,
        )
    now = get_watch(member, watch_id)
    assert (now.disposed_on, now.sale_price, now.sale_currency, now.buyer) == (
        None,
        None,
        None,
        None,
    )


def test_a_duplicate_has_everything_but_the_serial_number(member):
    watch_id = add_watch(
        member, serial_number="1", price="5 EUR", tags=["x"], complications=["date"]
    )
    with db.write(member) as connection:
        copy_id = watches.duplicate(connection, member, watch_id, TODAY)
    assert draft_of(get_watch(member, copy_id)) == replace(
        draft_of(get_watch(member, watch_id)), serial_number=None
    )


def test_the_bin_gives_back_and_is_emptied_after_30_days(member, owner):
    kept, lost = add_watch(member, serial_number="1"), add_watch(member, serial_number="2")
    for watch_id in (kept, lost):
        with db.write(member) as connection:
            watches.remove(connection, member, watch_id, 1)
    assert get_watch(member, kept).deleted_at
    add_watch(member, serial_number="1")  # a serial number in the bin is free again
    with pytest.raises(RefusedError, match="serial number"), db.write(member) as connection:
        watches.restore(connection, member, kept)
    with db.write(member) as connection:
        watches.restore(connection, member, lost)
    owner.execute(
        "update watch set deleted_at = now() - interval '31 days' where deleted_at is not null"
    )
    with db.maintenance() as connection:
        assert purge_old(connection)["watch"] == 1
    with pytest.raises(NotFoundError):
        get_watch(member, kept)
    assert get_watch(member, lost).deleted_at is None


def test_removing_what_someone_changed_meanwhile_is_refused(member):
    watch = get_watch(member, add_watch(member))
    with db.write(member) as connection:
        watches.change(
            connection, member, watch.watch_id, 1, replace(draft_of(watch), model="New"), TODAY
        )
    with pytest.raises(ConflictError), db.write(member) as connection:
        watches.remove(connection, member, watch.watch_id, 1)


def test_an_unknown_watch_is_not_found(member):
    with pytest.raises(NotFoundError, match="not in your collection"):
        get_watch(member, uuid4())


def test_collections_are_made_changed_and_removed_without_their_watches(member):
    with db.write(member) as connection:
        group = collections.add(connection, member, "Daily", "navy")
        collections.add(connection, member, "Dress", "brass")
    watch_id = add_watch(member, collection_id=group)
    with db.write(member) as connection:
        daily = collections.every(connection, member)[0]
        collections.make_default(connection, member, daily)
    with db.write(member) as connection:
        daily, dress = collections.every(connection, member)
        assert (daily.is_default, daily.watches, dress.is_default) == (True, 1, False)
        collections.make_default(connection, member, dress)
        daily = collections.every(connection, member)[0]
        collections.change(connection, member, daily, "Everyday", "steel")
        with pytest.raises(ConflictError):
            collections.remove(connection, member, daily)
        collections.remove(connection, member, collections.every(connection, member)[1])
    watch = get_watch(member, watch_id)
    assert (watch.collection, watch.version) == (None, 1)


@pytest.mark.parametrize("name", [None, " ", "x" * 61])
def test_a_collection_needs_a_name(member, name):
    with pytest.raises(RefusedError, match="name"), db.write(member) as connection:
        collections.add(connection, member, name, "navy")


def test_two_collections_of_one_name_are_refused(member):
    with pytest.raises(RefusedError, match="already here"), db.write(member) as connection:
        collections.add(connection, member, "Daily", "navy")
        collections.add(connection, member, "DAILY", "navy")

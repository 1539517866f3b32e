"""Editing a watch: all of its fields, refusals at them, and two people who edit it at once."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from uuid import uuid4

import pytest

from app.watch_words import LABELS, label
from data import collections, db, watches
from data.watches import WatchDraft
from tests.pages.watch_pages import (
    MENU,
    TODAY,
    as_viewer,
    choose_status,
    count,
    field,
    fill,
    has_field,
    html,
    new_watch,
    press,
    problems,
    stored,
    titles,
)
from tests.people import again

NOT_HERE = "This watch is not in your collection\\."
CHANGED = "Someone else changed this watch while you were editing it."


@pytest.fixture
def watch(member):
    return new_watch(
        member, "Rolex", "Submariner", reference="16610LV", calibre="Rolex 3135", condition="good",
        purchase_price=Decimal("5400.5"), purchase_currency="CHF", purchased_on=date(2012, 3, 4),
        case_diameter_mm=Decimal(40), retailer="The shop", tags=["daily"],
    )  # fmt: skip


@pytest.fixture
def edit(member, watch, open_page):
    """``edit()``: a browser tab with the form of that watch."""
    return lambda: open_page("edit_watch.py", member, id=str(watch.watch_id))


def save(at, **values):
    return press(fill(at, **values), "Save")


def is_saved(at):
    assert not at.exception, at.exception
    return [toast.value for toast in at.toast] == ["Watch saved."]


def changes(at):
    """What the other person changed, as shown: label → before and after."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html(at))
    return {unescape(name): unescape(text) for name, text in found}


def buttons(at):
    return [button.label for button in at.button if button.label not in MENU]


def test_the_form_shows_what_is_stored(edit):
    at = edit()
    assert titles(at) == ["Edit watch"]
    shown = {
        name: field(at, name).value for name in ("brand", "model", "reference", "calibre", "tags")
    }
    assert shown == {
        "brand": "Rolex", "model": "Submariner", "reference": "16610LV", "calibre": "Rolex 3135",
        "tags": ["daily"],
    }  # fmt: skip
    assert field(at, "purchase_price").value == "5,400.50"
    assert field(at, "case_diameter_mm").value == "40"
    assert field(at, "purchased_on").value == date(2012, 3, 4)
    assert (field(at, "condition").value, field(at, "purchase_currency").value) == ("good", "CHF")
    assert buttons(at) == ["Save"]


def test_a_change_is_saved_and_shown(member, watch, edit):
    at = save(
        edit(), model="Submariner Date", case_diameter_mm="40,5", brand="Tudor", notes="A note"
    )
    assert is_saved(at)
    assert at.query_params["id"] == str(watch.watch_id)
    now = stored(member, watch.watch_id)
    assert (now.brand, now.model, now.version) == ("Tudor", "Submariner Date", watch.version + 1)
    assert (now.case_diameter_mm, now.notes) == (Decimal("40.5"), "A note")
    assert [name for name, _, _ in watches.differences(watch, now)] == [
        "brand_id", "model", "notes", "case_diameter_mm",
    ]  # fmt: skip


def test_saving_without_a_change_changes_nothing(member, owner, watch, edit):
    events = count(owner, "audit_event")
    assert is_saved(save(edit()))
    assert stored(member, watch.watch_id) == watch
    assert count(owner, "audit_event") == events


def test_every_field_can_be_emptied_again(member, watch, edit):
    at = save(
        edit(), reference="", calibre="", condition="", retailer="", purchase_price="",
        purchased_on=None, case_diameter_mm="", tags=[],
    )  # fmt: skip
    assert is_saved(at)
    now = stored(member, watch.watch_id)
    assert (now.reference, now.calibre, now.condition, now.retailer) == (None,) * 4
    assert (now.purchase_price, now.purchase_currency, now.purchased_on) == (None,) * 3
    assert (now.case_diameter_mm, now.tags) == (None, [])


def test_all_refusals_show_at_their_fields_and_keep_what_was_typed(member, watch, edit):
    typed = {
        "model": "x" * 10_000, "purchase_price": "-5", "lug_width_mm": "1,5", "nickname": "Kermit",
        "purchased_on": TODAY + timedelta(400),
    }  # fmt: skip
    at = save(edit(), **typed)
    assert problems(at) == [
        "This has up to 200 characters; please shorten it.",
        "An amount can't be negative.",
        "This day has not come yet.",
        "A lug width lies between 4 and 40 mm.",
        "Not saved yet. Please look at: Model, Price, Purchase date, Lug width (mm).",
    ]
    assert {name: field(at, name).value for name in typed} == typed
    assert stored(member, watch.watch_id) == watch
    assert is_saved(
        save(at, model="Sub", purchase_price="5", lug_width_mm="20", purchased_on=TODAY)
    )
    assert stored(member, watch.watch_id).nickname == "Kermit"


def test_a_serial_number_that_is_taken_is_refused_at_the_serial_number(member, edit):
    new_watch(member, "Rolex", "Daytona", serial_number="ab1")
    at = save(edit(), serial_number="AB1")
    assert problems(at) == [
        "A watch of this brand with this serial number is already here.",
        "Not saved yet. Please look at: Serial number.",
    ]
    assert field(at, "serial_number").value == "AB1"


def test_a_currency_that_is_not_on_the_list_is_not_taken(member, watch, edit):
    save(edit(), purchase_currency="X1")
    assert stored(member, watch.watch_id) == watch


def test_a_currency_without_a_rate_stays_what_it_is(member, owner, watch, edit):
    owner.execute("update watch set purchase_currency = 'RUB'")
    at = edit()
    assert field(at, "purchase_currency").value == "RUB"
    assert is_saved(save(at, nickname="Kermit"))
    assert stored(member, watch.watch_id).purchase_currency == "RUB"


def test_selling_a_watch_asks_for_the_day(member, watch, edit):
    at = edit()
    assert not has_field(at, "disposed_on")
    choose_status(at, "sold")
    save(at, sale_price="9,000", sale_currency="EUR")
    assert problems(at)[0] == "Say on which day it left the collection."
    assert is_saved(save(at, disposed_on=TODAY))
    now = stored(member, watch.watch_id)
    assert (now.status, now.disposed_on, now.sale_price) == ("sold", TODAY, 9000)


def test_two_tabs_the_second_is_told_field_by_field_what_changed(member, watch, edit):
    first, second = edit(), edit()
    with db.write(member) as connection:
        divers = collections.add(connection, member, "Divers", "navy")
    assert is_saved(
        save(
            first, model="Submariner Date", purchase_price="", condition="mint", tags=["moon", "daily"],
            movement_type="automatic", complications=["date"], purchased_on=date(2013, 1, 2),
            notes="long " * 100, strap="Steel",
        )
    )  # fmt: skip
    at = save(second, nickname="Kermit", model="Sub")
    assert problems(at) == [CHANGED]
    assert buttons(at) == ["Save mine over it", "Take theirs"]
    told = changes(at)
    assert re.fullmatch("– → (long )+l?o?n?g?…", told.pop("Notes"))
    assert told == {
        "Model": "Submariner → Submariner Date · you changed this too",
        "Condition": "Good → Mint",
        "Purchase date": "4 Mar 2012 → 2 Jan 2013",
        "Price": "5,400.50 → –",
        "Currency": "CHF → –",
        "Movement": "– → Automatic",
        "Tags": "daily → daily, moon",
        "Strap or bracelet": "– → Steel",
        "Complications": "– → Date",
    }
    assert (field(at, "nickname").value, field(at, "model").value) == ("Kermit", "Sub")
    assert stored(member, watch.watch_id).nickname is None
    assert divers


def test_saving_mine_over_it_keeps_their_changes_where_i_changed_nothing(member, watch, edit):
    first, second = edit(), edit()
    save(first, model="Submariner Date", case_diameter_mm="40,5")
    at = save(second, nickname="Kermit", model="Sub")
    assert is_saved(press(at, "Save mine over it"))
    now = stored(member, watch.watch_id)
    assert (now.model, now.nickname) == ("Sub", "Kermit")
    assert (now.case_diameter_mm, now.version) == (Decimal("40.5"), watch.version + 2)


def test_what_is_typed_after_the_conflict_is_saved_too(member, watch, edit):
    first, second = edit(), edit()
    save(first, model="Submariner Date")
    at = save(second, nickname="Kermit")
    press(fill(at, lug_width_mm="1"), "Save mine over it")
    assert "A lug width lies between 4 and 40 mm." in problems(at)
    assert "Save mine over it" in buttons(at)
    assert is_saved(press(fill(at, lug_width_mm="20"), "Save mine over it"))
    now = stored(member, watch.watch_id)
    assert (now.model, now.nickname, now.lug_width_mm) == ("Submariner Date", "Kermit", 20)


def test_taking_theirs_reloads_the_form(member, watch, edit):
    first, second = edit(), edit()
    save(first, model="Submariner Date")
    at = press(save(second, nickname="Kermit", model="Sub"), "Take theirs")
    assert (field(at, "model").value, field(at, "nickname").value) == ("Submariner Date", "")
    assert buttons(at) == ["Save"]
    assert is_saved(save(at, nickname="Hulk"))
    now = stored(member, watch.watch_id)
    assert (now.model, now.nickname) == ("Submariner Date", "Hulk")


def test_a_third_save_in_between_is_told_as_well(member, watch, edit):
    first, second, third = edit(), edit(), edit()
    save(first, model="Submariner Date")
    at = save(second, nickname="Kermit")
    press(save(third, bezel="Green"), "Save mine over it")
    press(at, "Save mine over it")
    assert "Bezel" in changes(at)
    assert is_saved(press(at, "Save mine over it"))
    now = stored(member, watch.watch_id)
    assert (now.model, now.nickname, now.bezel) == ("Submariner Date", "Kermit", "Green")


def test_leaving_and_coming_back_opens_the_watch_afresh(member, watch, edit):
    first, second = edit(), edit()
    save(second, model="")
    second.switch_page("../pages/settings.py").run()
    save(first, model="Submariner Date")
    second.query_params["id"] = str(watch.watch_id)
    second.switch_page("../pages/edit_watch.py").run()
    assert field(second, "model").value == "Submariner Date"
    assert problems(second) == []
    assert is_saved(save(second, nickname="Kermit"))


def test_the_next_watch_opens_in_the_same_tab(member, watch, edit):
    other = new_watch(member, "Omega", "Speedmaster")
    at = edit()
    at.query_params["id"] = str(other.watch_id)
    at.run()
    assert field(at, "model").value == "Speedmaster"
    assert is_saved(save(at, nickname="Moon"))
    assert stored(member, other.watch_id).nickname == "Moon"
    assert stored(member, watch.watch_id) == watch


def test_a_watch_that_went_into_the_bin_meanwhile_says_so_with_a_link(member, watch, edit):
    at = edit()
    with db.write(member) as connection:
        watches.remove(connection, member, watch.watch_id, watch.version)
    save(at, nickname="Kermit")
    assert problems(at) == ["Someone put this watch into the bin meanwhile."]
    assert f'<a href="/watch?id={watch.watch_id}">Someone put' in html(at)
    assert field(at, "nickname").value == "Kermit"


def test_a_watch_in_the_bin_has_no_form(member, watch, edit):
    with db.write(member) as connection:
        watches.remove(connection, member, watch.watch_id, watch.version)
    at = edit()
    assert [info.value for info in at.info] == ["This watch is in the bin. Restore it to edit it."]
    assert not at.text_input
    assert [link.proto.query_string for link in at.main.get("page_link")] == [
        f"id={watch.watch_id}"
    ]


@pytest.mark.parametrize("asked", ["", "7", "not-an-id", "theirs", "nobody's"])
def test_what_is_not_ours_is_not_here(member, other, open_page, asked):
    theirs = new_watch(other, "Omega", "Speedmaster").watch_id
    asked = {"theirs": str(theirs), "nobody's": str(uuid4())}.get(asked, asked)
    at = open_page("edit_watch.py", member, id=asked)
    assert titles(at) == [NOT_HERE]
    assert not at.text_input


def test_a_viewer_is_told_who_may_edit(member, owner, watch, open_page):
    at = open_page("edit_watch.py", as_viewer(owner, member), id=str(watch.watch_id))
    assert [info.value for info in at.info] == [
        "You can look at this collection. Owners and editors can change its watches."
    ]
    assert not at.text_input
    assert buttons(at) == []


def test_a_session_that_ended_meanwhile_saves_nothing(member, owner, watch, edit):
    at = fill(edit(), model="Sub")
    owner.execute("delete from session")
    press(at, "Save")
    assert titles(at) == ["Sign in"]
    assert stored(again(member), watch.watch_id) == watch


def test_every_field_of_a_draft_has_a_label():
    assert {label(name) for name in WatchDraft.__dataclass_fields__} == set(LABELS.values())

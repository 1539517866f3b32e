"""Other costs on the pages: recorded in one go, repeated, settled between two, counted everywhere."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app import format as say
from data import db, expenses
from data.expenses import ExpenseDraft
from tests.pages.test_service import TODAY, ago, page_html, press, submit
from tests.pages.test_service import record as record_service
from tests.pages.test_watch import add_value, add_watch, page_text
from tests.pages.test_watch_service import opened, table, tile
from tests.pages.watch_pages import as_viewer
from tests.people import again

ALL = "Costs of the whole collection"


@pytest.fixture
def watch_id(member):
    return add_watch(member, "Omega", "Speedmaster", price="5000 EUR", purchased_on=ago(1000))


def record(member, watch_id, amount="90 EUR", day=None, **facts):
    number, currency = amount.split()
    draft = ExpenseDraft(
        paid_on=day or ago(500), amount=Decimal(number), currency=currency, **facts
    )
    with db.write(member) as connection:
        return expenses.add(connection, member, watch_id, draft, TODAY)


def recorded(member, watch_id):
    with db.read(member) as connection:
        if watch_id is None:
            return expenses.of_collection(connection, member, TODAY)
        return expenses.of_watch(connection, member, watch_id, TODAY)


def ownership(open_page, member, **query):
    at = open_page("analytics.py", again(member), tab="ownership", **query)
    assert not at.exception, at.exception
    return at


def test_a_cost_of_a_watch_is_recorded_in_one_go(member, open_page, watch_id):
    at = press(opened(open_page, member, watch_id), "Record cost")
    form = f"expense.of.{watch_id}"
    assert [at.selectbox(key=f"{form}.{name}").value for name in ("kind", "every_months")] == [
        "accessory", 0,
    ]  # fmt: skip
    at.text_input(key=f"{form}.amount").set_value("165")
    at.text_area(key=f"{form}.note").set_value("A strap <b>")
    at = submit(at, "Record cost")
    assert not at.exception
    (found,) = recorded(member, watch_id)
    assert (found.kind, found.paid_on, found.amount, found.currency, found.every_months) == (
        "accessory", TODAY, 165, "EUR", None,
    )  # fmt: skip
    assert table(at, "Other costs")[0] == f"{say.day(TODAY)} Accessory EUR 165 A strap <b>"
    assert "<b>" not in page_html(at)
    assert [toast.value for toast in at.toast] == ["Cost recorded."]
    assert "expense" not in at.query_params


def test_a_repeated_cost_has_a_first_day_and_an_end(member, open_page, watch_id):
    at = opened(open_page, member, watch_id, expense="new")
    form = f"expense.of.{watch_id}"
    at.selectbox(key=f"{form}.kind").set_value("insurance")
    at = at.selectbox(key=f"{form}.every_months").set_value(12).run()
    at.text_input(key=f"{form}.amount").set_value("90")
    at.date_input(key=f"page.{form}.paid_on").set_value(ago(500))
    at.date_input(key=f"page.{form}.ends_on").set_value(ago(501))
    at = submit(at, "Record cost")
    assert "It can&#x27;t end before it began." in page_html(at)
    at.date_input(key=f"page.{form}.ends_on").set_value(ago(1))
    at = submit(at, "Record cost")
    (found,) = recorded(member, watch_id)
    assert (found.every_months, found.ends_on, found.times) == (12, ago(1), 2)
    assert table(at, "Other costs")[0].startswith(
        f"{say.day(ago(500))} to {say.day(ago(1))} Insurance, every year EUR 90 EUR 180"
    )


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(member, open_page, watch_id):
    at = opened(open_page, member, watch_id, expense="new")
    form = f"expense.of.{watch_id}"
    at.text_area(key=f"{form}.note").set_value("kept")
    at = submit(at, "Record cost")
    assert "Write what it cost." in page_html(at)
    at.text_input(key=f"{form}.amount").set_value("1.234")
    at.date_input(key=f"page.{form}.paid_on").set_value(TODAY + timedelta(1))
    at = submit(at, "Record cost")
    assert "“1.234” could mean 1234 or 1.23" in page_html(at)
    at.text_input(key=f"{form}.amount").set_value("12")
    at = submit(at, "Record cost")
    assert "This day has not come yet." in page_html(at)
    assert at.text_area(key=f"{form}.note").value == "kept"
    assert recorded(member, watch_id) == []


@pytest.mark.parametrize("typed", ["-5", "99999999999999", "1e400", "NaN", "\0", "5" * 500])
def test_what_is_no_amount_is_a_sentence(member, open_page, watch_id, typed):
    at = opened(open_page, member, watch_id, expense="new")
    at.text_input(key=f"expense.of.{watch_id}.amount").set_value(typed)
    at = submit(at, "Record cost")
    assert not at.exception
    assert "cb-problem" in page_html(at)
    assert recorded(member, watch_id) == []


def test_a_cost_is_corrected(member, open_page, watch_id):
    expense_id = record(member, watch_id, every_months=12, kind="insurance")
    at = opened(open_page, member, watch_id, expense=str(expense_id))
    at.text_input(key=f"expense.{expense_id}.1.amount").set_value("95.50")
    at = submit(at, "Save")
    (found,) = recorded(member, watch_id)
    assert (found.amount, found.version, found.every_months) == (Decimal("95.50"), 2, 12)
    assert [toast.value for toast in at.toast] == ["Cost saved."]


def test_two_who_edit_one_cost_are_told_and_both_ways_are_open(member, open_page, watch_id):
    expense_id = record(member, watch_id, kind="insurance")
    at = opened(open_page, member, watch_id, expense=str(expense_id))
    (old,) = recorded(member, watch_id)
    with db.write(member) as connection:
        theirs = replace(expenses.draft_of(old), amount=Decimal(610))
        expenses.change(connection, member, old, theirs, TODAY)
    at.text_input(key=f"expense.{expense_id}.1.amount").set_value("620")
    at = submit(at, "Save")
    said = at.warning[0].value.replace("\\", "")
    assert f"it is now insurance of {say.day(ago(500))}, EUR\u00a0610" in said
    assert at.text_input(key=f"expense.{expense_id}.1.amount").value == "620"
    submit(at, "Save")
    assert recorded(member, watch_id)[0].amount == 620


def test_a_removed_cost_comes_back_by_undo_and_from_the_bin(member, open_page, watch_id):
    expense_id = record(member, watch_id)
    at = press(opened(open_page, member, watch_id, expense=str(expense_id)), "Remove cost")
    assert recorded(member, watch_id) == []
    assert any("was removed" in caption.value for caption in at.caption)
    bin_page = open_page("bin.py", again(member))
    assert f"Other of {say.day(ago(500))}, EUR 90" in page_text(bin_page)
    press(at, "Undo")
    assert [one.expense_id for one in recorded(member, watch_id)] == [expense_id]


def test_a_cost_of_the_collection_lies_in_the_bin_without_a_watch(member, open_page, watch_id):
    expense_id = record(member, None, kind="insurance")
    at = press(ownership(open_page, member, expense=str(expense_id)), "Remove cost")
    assert recorded(member, None) == []
    at = open_page("bin.py", again(member), kind="expense", thing=f"expense.{expense_id}")
    assert "The whole collection" in page_text(at)
    press(at, "Restore")
    assert [one.expense_id for one in recorded(member, None)] == [expense_id]


@pytest.mark.parametrize("asked", ["theirs", "elsewhere", "whole", "x", "00000000"])
def test_a_cost_that_is_not_of_this_watch_is_not_opened(member, other, open_page, watch_id, asked):
    ids = {
        "theirs": record(other, add_watch(other)),
        "elsewhere": record(member, add_watch(member, model="Other")),
        "whole": record(member, None),
    }
    at = opened(open_page, again(member), watch_id, expense=str(ids.get(asked, asked)))
    assert [block.value for block in at.info] == [expenses.GONE]


def test_a_viewer_sees_costs_and_can_change_nothing(member, owner, open_page, watch_id):
    expense_id = record(member, watch_id, note="A strap")
    whole = record(member, None, kind="insurance", every_months=12)
    viewer = as_viewer(owner, member)
    for at in (
        opened(open_page, viewer, watch_id, expense=str(expense_id)),
        ownership(open_page, viewer, expense=str(whole)),
    ):
        labels = {button.label for button in at.button}
        assert not labels & {"Record cost", "Save", "Remove cost"}
        assert not re.search(r'<th scope="row"><a[^>]*expense=', page_html(at))
    assert "insurance" in page_text(at).lower()


def test_costs_are_in_the_cost_of_ownership_and_in_xirr_of_the_watch(member, open_page, watch_id):
    add_value(member, watch_id, "7000 EUR", ago(10))

    def tiles():
        at = open_page("watch.py", again(member), id=str(watch_id), tab="value")
        return tile(at, "XIRR"), tile(at, "Cost of ownership")

    before, nothing = tiles()
    assert nothing is None
    record(member, watch_id, "600 EUR")
    after, owned = tiles()
    assert owned.startswith("Cost of ownership EUR 5,600 cost EUR 5,000, other costs EUR 600")
    assert (before[:11], after[:10]) == ("XIRR +13.1%", "XIRR +9.0%")  # as a service of that day
    record_service(member, watch_id, ago(500), cost="100 EUR")
    assert "cost EUR 5,000, services EUR 100 other costs EUR 600" in tiles()[1]


def test_a_cost_without_a_rate_leaves_no_half_number(member, open_page, watch_id):
    add_value(member, watch_id, "7000 EUR", ago(10))
    record(member, watch_id, "5000 RUB")
    at = open_page("watch.py", member, id=str(watch_id), tab="value")
    for label in ("XIRR", "Cost of ownership"):
        assert tile(at, label) == f"{label} – No rate for RUB 5,000 of {say.day(ago(500))}."


def test_a_comparison_counts_them(member, open_page, watch_id):
    record(member, watch_id, "600 EUR", every_months=6)
    second = add_watch(member, "Tudor", "Ranger", price="2000 EUR", purchased_on=ago(900))
    at = open_page("compare.py", member, ids=f"{watch_id},{second}")
    said = page_text(at)
    assert "Other costs" in said
    assert "EUR 1,800 3 payments" in said
    assert "EUR 6,800" in said


def test_the_timeline_tells_of_a_cost_and_of_its_edits(member, open_page, watch_id):
    expense_id = record(member, watch_id, kind="insurance", every_months=12)
    at = opened(open_page, member, watch_id, expense=str(expense_id))
    at.text_input(key=f"expense.{expense_id}.1.amount").set_value("95")
    submit(at, "Save")
    at = open_page("watch.py", again(member), id=str(watch_id), tab="timeline")
    said = page_text(at)
    assert "Insurance, every year" in said
    assert "Edited amount of a cost" in said


def test_a_new_cost_of_the_collection_is_offered_as_a_yearly_insurance(member, open_page, watch_id):
    at = press(ownership(open_page, member), "Record cost")
    form = "expense.of.None"
    assert [at.selectbox(key=f"{form}.{name}").value for name in ("kind", "every_months")] == [
        "insurance", 12,
    ]  # fmt: skip
    at.text_input(key=f"{form}.amount").set_value("480")
    at = submit(at, "Record cost")
    assert not at.exception
    (found,) = recorded(member, None)
    assert (found.watch_id, found.amount, found.every_months) == (None, 480, 12)
    assert table(at, ALL)[0].startswith(f"since {say.day(TODAY)} Insurance, every year EUR 480")

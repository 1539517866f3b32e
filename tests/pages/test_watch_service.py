"""The service tab of a watch: recorded in one go, proposed by the plan, back in one click."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app import format as say
from data import care_plans, db, services
from data.services import ServiceDraft
from tests.pages.test_service import TODAY, ago, page_html, plan, press, record, submit, words
from tests.pages.test_watch import add_value, add_watch
from tests.people import again


def recorded(member, watch_id):
    with db.read(member) as connection:
        return services.of_watch(connection, member, watch_id)


def intervals(member, watch_id):
    with db.read(member) as connection:
        return {one.kind: one.months for one in care_plans.of_watch(connection, member, watch_id)}


def table(at, caption):
    found = re.search(f'aria-label="{caption}.*?</table>', page_html(at), re.DOTALL)
    lines = re.findall(r'<tr><th scope="row">.*?</tr>', found[0]) if found else []
    return [words(line) for line in lines]


def tile(at, label):
    found = re.search(rf'<dt class="cb-label">{label}.*?</dd>', page_html(at), re.DOTALL)
    return words(re.sub(r'<span class="cb-help.*?</span>', "", found[0])) if found else None


def opened(open_page, member, watch_id, **query):
    return open_page("watch.py", member, id=str(watch_id), tab="service", **query)


@pytest.fixture
def watch_id(member):
    return add_watch(
        member, "Omega", "Speedmaster", movement_type="manual", price="5000 EUR", purchased_on=ago(1000)
    )  # fmt: skip


def test_the_tab_says_what_it_is_for_and_records_in_one_go(member, open_page, watch_id):
    at = opened(open_page, member, watch_id)
    assert "What was done to it?" in page_html(at)
    at = press(at, "Record service")
    form = f"service.{watch_id}"
    at.text_input(key=f"{form}.cost").set_value("600")
    at.text_area(key=f"{form}.description").set_value("Runs again")
    at = submit(at, "Record service")
    assert not at.exception
    (found,) = recorded(member, watch_id)
    assert (found.serviced_on, found.cost, found.currency) == (TODAY, 600, "EUR")
    assert table(at, "Services")[0].startswith(f"{say.day(TODAY)} Service EUR 600")
    assert [toast.value for toast in at.toast] == ["Service recorded."]
    assert "service" not in at.query_params


def test_a_new_provider_is_taken_and_offered_the_next_time(member, open_page, watch_id):
    at = opened(open_page, member, watch_id, service="new")
    box = at.selectbox(key=f"service.{watch_id}.provider")
    box.options.append("Atelier")
    box.set_value("Atelier")
    submit(at, "Record service")
    assert recorded(member, watch_id)[0].provider == "Atelier"
    at = opened(open_page, again(member), watch_id, service="new")
    assert "Atelier" in at.selectbox(key=f"service.{watch_id}.provider").options


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(member, open_page, watch_id):
    at = opened(open_page, member, watch_id, service="new")
    form = f"service.{watch_id}"
    at.text_input(key=f"{form}.cost").set_value("1.234")
    at.text_area(key=f"{form}.description").set_value("kept")
    at = submit(at, "Record service")
    assert "“1.234” could mean 1234 or 1.23" in page_html(at)
    assert at.text_input(key=f"{form}.cost").value == "1.234"
    assert at.text_area(key=f"{form}.description").value == "kept"
    at.text_input(key=f"{form}.cost").set_value("12")
    at.date_input(key=f"page.{form}.serviced_on").set_value(TODAY + timedelta(1))
    at = submit(at, "Record service")
    assert "This day has not come yet." in page_html(at)
    assert recorded(member, watch_id) == []


def test_the_next_due_day_follows_the_plan_until_a_person_decides(member, open_page, watch_id):
    plan(member, movement_type="manual", months=60)
    at = opened(open_page, member, watch_id, service="new")
    form = f"service.{watch_id}"
    due = TODAY.replace(year=TODAY.year + 5) if (TODAY.month, TODAY.day) != (2, 29) else None
    field = at.date_input(key=f"page.{form}.next_due_on.{due}")
    assert field.value == due
    at = submit(at, "Record service")
    assert recorded(member, watch_id)[0].next_due_on is None  # it moves with the plan
    assert "by plan, every 5 years" in table(at, "What is due")[0]
    at = opened(open_page, again(member), watch_id, service="new")
    at.date_input(key=f"page.{form}.next_due_on.{due}").set_value(due - timedelta(30))
    submit(at, "Record service")
    decided = {one.next_due_on for one in recorded(member, watch_id)}
    assert decided == {None, due - timedelta(30)}


def test_a_watch_is_handed_over_and_back_in_one_click(member, open_page, watch_id):
    at = opened(open_page, member, watch_id, service="new")
    form = f"service.{watch_id}"
    group = next(one for one in at.button_group if one.key == f"{form}.stage")
    at = group.set_value("away").run()
    at.text_input(key=f"{form}.quote").set_value("840")
    at.date_input(key=f"page.{form}.expected_back_on").set_value(TODAY + timedelta(20))
    at = submit(at, "Record service")
    assert not at.exception
    (away,) = recorded(member, watch_id)
    assert (away.serviced_on, away.handed_over_on, away.quote) == (None, TODAY, 840)
    assert "At the watchmaker" in [header.value for header in at.header]
    at = press(at, "It is back")
    key = f"service.{away.service_id}.1.1"
    assert at.text_input(key=f"{key}.cost").value == "840"
    at = submit(at, "Save")
    (back,) = recorded(member, watch_id)
    assert (back.serviced_on, back.cost, back.quote, back.expected_back_on) == (
        TODAY, 840, 840, TODAY + timedelta(20),
    )  # fmt: skip
    assert "At the watchmaker" not in [header.value for header in at.header]


def test_a_removed_service_comes_back_by_undo(member, open_page, watch_id):
    service_id = record(member, watch_id, ago(5), cost="600 EUR")
    at = press(opened(open_page, member, watch_id, service=str(service_id)), "Remove service")
    assert recorded(member, watch_id) == []
    assert any("was removed" in caption.value for caption in at.caption)
    press(at, "Undo")
    assert [one.service_id for one in recorded(member, watch_id)] == [service_id]


def test_two_who_edit_one_service_are_told_and_nothing_typed_is_lost(member, open_page, watch_id):
    service_id = record(member, watch_id, ago(5), cost="600 EUR")
    at = opened(open_page, member, watch_id, service=str(service_id))
    (old,) = recorded(member, watch_id)
    with db.write(member) as connection:
        theirs = replace(services.draft_of(old), cost=Decimal(610))
        services.change(connection, member, old, theirs, TODAY)
    at.text_input(key=f"service.{service_id}.1.0.cost").set_value("620")
    at = submit(at, "Save")
    assert "610" in at.warning[0].value
    assert at.text_input(key=f"service.{service_id}.1.0.cost").value == "620"
    submit(at, "Save")
    assert recorded(member, watch_id)[0].cost == 620


def test_a_service_of_another_watch_or_household_is_not_opened(member, other, open_page, watch_id):
    theirs = add_watch(other)
    with db.write(other) as connection:
        draft = ServiceDraft(serviced_on=ago(5))
        foreign = services.add(connection, other, theirs, draft, TODAY)
    elsewhere = record(member, add_watch(member, model="Other"), ago(5))
    for service_id in (foreign, elsewhere, "x"):
        at = opened(open_page, member, watch_id, service=str(service_id))
        assert [block.value for block in at.info] == [services.GONE]


def test_the_interval_of_a_watch_is_its_own_or_none_or_as_planned(member, open_page, watch_id):
    plan(member, movement_type="manual", months=60)
    form = f"care.{watch_id}.service"

    def choose(choice):
        at = opened(open_page, again(member), watch_id, care="service")
        group = next(one for one in at.button_group if one.key == f"{form}.choice")
        return group.set_value(choice).run()

    at = choose("own")
    at.text_input(key=f"{form}.months").set_value("84")
    submit(at, "Save")
    assert intervals(member, watch_id) == {"service": 84}
    at = submit(choose("none"), "Save")
    assert intervals(member, watch_id) == {"service": None}
    assert "not needed" in table(at, "What is due")[0]
    submit(choose("planned"), "Save")
    assert intervals(member, watch_id) == {"service": 60}


def test_a_viewer_sees_all_of_it_and_can_change_nothing(member, owner, open_page, watch_id):
    plan(member, movement_type="manual", months=60)
    service_id = record(member, watch_id, ago(5), provider="Atelier")
    owner.execute("update membership set role = 'viewer' where user_id = %s", [member.user_id])
    at = opened(open_page, again(member), watch_id, service=str(service_id))
    assert "Atelier" in table(at, "Services")[0]
    labels = {button.label for button in at.button}
    assert not labels & {"Record service", "Save", "Remove service", "Plan a type of service"}


def test_services_are_in_the_cost_of_ownership_and_in_xirr(member, open_page, watch_id):
    add_value(member, watch_id, "7000 EUR", ago(10))

    def figures():
        at = open_page("watch.py", again(member), id=str(watch_id), tab="value")
        return tile(at, "XIRR"), tile(at, "Cost of ownership"), tile(at, "Gain")

    before, nothing, gain = figures()
    assert nothing is None
    record(member, watch_id, ago(500), cost="600 EUR")
    after, ownership, same = figures()
    assert ownership.startswith("Cost of ownership EUR 5,600 cost EUR 5,000, services EUR 600")
    assert gain == same  # value less cost, as before
    assert (before[:11], after[:10]) == ("XIRR +13.1%", "XIRR +9.0%")
    tab = opened(open_page, again(member), watch_id)
    assert tile(tab, "Cost of ownership") == ownership


def test_a_service_without_a_rate_leaves_no_half_number(member, open_page, watch_id):
    add_value(member, watch_id, "7000 EUR", ago(10))
    record(member, watch_id, ago(500), cost="5000 RUB")
    at = open_page("watch.py", member, id=str(watch_id), tab="value")
    for label in ("XIRR", "Cost of ownership"):
        assert tile(at, label) == f"{label} – No rate for RUB 5,000 of {say.day(ago(500))}."


def test_a_sold_watch_takes_its_proceeds_off(member, open_page):
    watch_id = add_watch(
        member, status="sold", price="1000 EUR", purchased_on=ago(900), disposed_on=ago(100),
        sale_price=Decimal(1500), sale_currency="EUR",
    )  # fmt: skip
    record(member, watch_id, ago(500), cost="200 EUR")
    at = open_page("watch.py", member, id=str(watch_id), tab="value")
    assert tile(at, "Cost of ownership").startswith("Cost of ownership −EUR 300")
    assert "less proceeds EUR 1,500" in tile(at, "Cost of ownership")

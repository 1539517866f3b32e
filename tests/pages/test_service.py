"""The service page: what is due first, then what is away, the months, the history, the plans."""

import json
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from app import format as say
from data import care_plans, db, services
from data.services import ServiceDraft
from tests.collector import add_watch
from tests.people import again

TODAY = datetime.now(ZoneInfo("Europe/London")).date()  # as the pages of open_page


def ago(days):
    return TODAY - timedelta(days)


def record(member, watch_id, done=None, *, cost=None, **facts):
    """A service; ``cost="600 EUR"`` fills cost and currency."""
    if cost:
        amount, currency = cost.split()
        facts |= {"cost": Decimal(amount), "currency": currency}
    with db.write(member) as connection:
        draft = ServiceDraft(serviced_on=done, **facts)
        return services.add(connection, member, watch_id, draft, TODAY)


def plan(member, kind="service", months=60, **facts):
    with db.write(member) as connection:
        return care_plans.add(connection, member, kind, months, **facts)


def plans(member):
    with db.read(member) as connection:
        return care_plans.every(connection, member)


def page_html(at):
    assert not at.exception, at.exception
    bodies = [part.proto.body for part in at.get("html")]
    return "\n".join(body for body in bodies if "<style" not in body)


def words(html):
    said = unescape(re.sub(r"<[^>]*>", " ", html)).replace(say.SPACE, " ")
    return re.sub(r"\s+", " ", said).strip()


def lists(at):
    """{title: [line]} of the lists at the top."""
    found = re.findall(r"<section>.*?<h2>(.*?)</h2>(.*?)</section>", page_html(at), re.DOTALL)
    return {
        title: [words(line) for line in re.findall(r"<li>(.*?)</li>", body, re.DOTALL)]
        for title, body in found
    }


def history(at):
    table = re.search(r'aria-label="What was done.*?</table>', page_html(at), re.DOTALL)
    return [words(line) for line in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table[0])]


def press(at, label):
    return next(button for button in at.button if button.label == label).click().run()


def submit(at, label):
    """The button of the form, which is the last of that name."""
    return [button for button in at.button if button.label == label][-1].click().run()


@pytest.fixture
def watch_id(member):
    return add_watch(member, "Omega", "Speedmaster", movement_type="manual")


def test_without_a_watch_the_next_step_is_to_add_one(member, open_page):
    at = open_page("service.py", member)
    assert "When is which watch due?" in page_html(at)
    assert [link.label for link in at.main.get("page_link")][-1:] == ["Add your first watch"]


def test_the_usual_intervals_are_one_click_away(member, open_page, watch_id):
    at = open_page("service.py", member)
    assert "When is which watch due?" in page_html(at)
    at = press(at, "Begin with the usual intervals")
    assert not at.exception
    assert {(one.movement_type, one.kind, one.months) for one in plans(member)} == set(
        care_plans.USUAL
    )
    assert "Care plans" in page_html(at)
    assert "Add the usual intervals" not in [button.label for button in at.button]


def test_what_is_overdue_comes_first_then_what_is_soon_then_what_is_away(
    member, open_page, watch_id
):
    record(member, watch_id, ago(500), next_due_on=ago(9))
    soon = add_watch(member, "Rolex", "Explorer")
    record(member, soon, ago(500), next_due_on=TODAY + timedelta(90))
    record(member, add_watch(member, "Tudor", "Ranger"), ago(9), next_due_on=TODAY + timedelta(91))
    late = add_watch(member, "Zenith", "Defy")
    record(member, late, handed_over_on=ago(30), expected_back_on=ago(2), provider="Atelier")
    found = lists(open_page("service.py", member))
    assert list(found) == ["Overdue", "Due in 90 days", "At the watchmaker"]
    assert found["Overdue"] == [f"Speedmaster Omega · Service {say.day(ago(9))} 9 days ago"]
    assert found["Due in 90 days"][0].startswith("Explorer Rolex · Service")
    assert len(found["Due in 90 days"]) == 1
    assert found["At the watchmaker"] == [
        f"Defy Zenith · Atelier Back {say.day(ago(2))} 2 days late"
    ]


def test_a_line_leads_to_the_service_tab_of_its_watch(member, open_page, watch_id):
    record(member, watch_id, ago(500), next_due_on=ago(9))
    assert f'href="/watch?id={watch_id}&amp;tab=service"' in page_html(
        open_page("service.py", member)
    )


def test_a_long_list_is_cut_and_its_whole_is_one_link_away(member, open_page):
    for number in range(8):
        record(member, add_watch(member, model=f"M{number}"), ago(500), next_due_on=ago(9 + number))
    at = open_page("service.py", member)
    assert len(lists(at)["Overdue"]) == 6
    assert "All 8" in page_html(at)
    assert len(lists(open_page("service.py", member, all="overdue"))["Overdue"]) == 8


def test_the_months_name_what_comes_due_in_them(member, open_page, watch_id):
    record(member, watch_id, ago(500), next_due_on=TODAY + timedelta(40))
    months = re.search(r'<ul class="cb-months".*?</ul>', page_html(open_page("service.py", member)))
    day = TODAY + timedelta(40)
    assert words(months[0]).count("Speedmaster, service") == 1
    assert f"{say.month(day)} 1 {day.day} Speedmaster, service" in words(months[0])


def test_costs_are_drawn_by_year_in_the_currency_of_the_link(member, owner, open_page, watch_id):
    record(member, watch_id, date(2024, 5, 3), cost="600 EUR", provider="Atelier <b>")
    record(member, watch_id, date(2022, 5, 3), cost="100 EUR")
    at = open_page("service.py", member)
    figure = json.loads(at.get("plotly_chart")[0].proto.spec)["data"][0]
    assert (figure["x"], figure["y"]) == (["2022", "2023", "2024"], [100.0, 0.0, 600.0])
    assert "Atelier &lt;b&gt;" in page_html(at)
    rate = owner.execute(
        "select eur_rate from fx_day where currency = 'CHF' and day = '2024-05-03'"
    ).fetchone()[0]
    at = open_page("service.py", member, currency="CHF")
    assert say.money(600 * rate, "CHF").replace(say.SPACE, " ") in " ".join(history(at))


def test_a_cost_without_a_rate_is_named_and_not_a_zero(member, open_page, watch_id):
    record(member, watch_id, date(2024, 7, 1), cost="5000 RUB")
    at = open_page("service.py", member)
    assert any("RUB 5,000" in words(caption.value.replace("\\", "")) for caption in at.caption)
    assert "RUB 5,000" in history(at)[0]
    assert not at.get("plotly_chart")


def test_the_history_is_narrowed_by_the_link_and_by_the_fields(member, open_page, watch_id):
    record(member, watch_id, date(2024, 5, 3), provider="Atelier")
    record(member, watch_id, date(2023, 5, 3), provider="Brandt")
    assert len(history(open_page("service.py", member))) == 2
    at = open_page("service.py", member, year="2023")
    assert len(history(at)) == 1
    assert "Brandt" in history(at)[0]
    at = open_page("service.py", member)
    at.selectbox(key="provider").set_value("Atelier").run()
    assert "3 May 2024" in history(at)[0]
    assert len(history(at)) == 1


def test_the_history_pages_on(member, open_page, watch_id):
    for number in range(30):
        record(member, watch_id, ago(number))
    at = open_page("service.py", member)
    assert len(history(at)) == 25
    after = re.search(r"after=([^&\"]*)", page_html(at))[1]
    at = open_page("service.py", member, after=after.replace("%7E", "~"))
    assert len(history(at)) == 5
    assert "Newest" in page_html(at)


def test_a_plan_is_added_and_a_wrong_interval_is_refused_at_its_field(member, open_page, watch_id):
    record(member, watch_id, ago(100))
    at = open_page("service.py", member, plan="new")
    at.text_input(key="plan.new.months").set_value("five years")
    at = submit(at, "Add plan")
    assert "Write the months as a whole number, such as 60." in page_html(at)
    assert at.text_input(key="plan.new.months").value == "five years"
    at.text_input(key="plan.new.months").set_value("601")
    at = submit(at, "Add plan")
    assert "An interval lies between 1 month and 50 years." in page_html(at)
    assert plans(member) == []
    at.text_input(key="plan.new.months").set_value("60")
    at.selectbox(key="plan.new.movement_type").set_value("manual")
    at = submit(at, "Add plan")
    assert not at.exception
    assert [(one.kind, one.movement_type, one.months) for one in plans(member)] == [
        ("service", "manual", 60)
    ]


def test_a_plan_is_removed_and_undo_brings_it_back(member, open_page, watch_id):
    plan(member, movement_type="manual")
    (old,) = plans(member)
    at = open_page("service.py", member, plan=str(old.plan_id))
    at = press(at, "Remove plan")
    assert plans(member) == []
    at = press(at, "Undo")
    assert not at.exception
    assert [(one.kind, one.movement_type, one.months) for one in plans(member)] == [
        ("service", "manual", 60)
    ]


def test_two_who_change_one_plan_are_told(member, open_page, watch_id):
    plan(member)
    (old,) = plans(member)
    at = open_page("service.py", member, plan=str(old.plan_id))
    with db.write(member) as connection:
        care_plans.change(connection, member, old, 72)
    at.text_input(key=f"plan.{old.plan_id}.1.months").set_value("84")
    submit(at, "Save")
    assert plans(member)[0].months == 72


def test_a_viewer_sees_what_is_due_and_no_way_to_change_it(member, owner, open_page, watch_id):
    plan(member)
    record(member, watch_id, ago(500), next_due_on=ago(9))
    owner.execute("update membership set role = 'viewer' where user_id = %s", [member.user_id])
    at = open_page("service.py", again(member), plan="new")
    assert list(lists(at)) == ["Overdue"]
    labels = {button.label for button in at.button}
    assert not labels & {"Add plan", "Add the usual intervals", "Remove plan"}
    assert "plan=" not in page_html(at)


def test_another_household_sees_nothing_of_ours(member, other, open_page, watch_id):
    record(member, watch_id, ago(500), next_due_on=ago(9))
    (mine,) = [plan(member)]
    at = open_page("service.py", other, plan=str(mine))
    assert "When is which watch due?" in page_html(at)
    assert [block.value for block in at.info] == ["This plan is not here any more."]
    assert isinstance(mine, UUID)


def test_the_overview_lists_what_is_due_soon_and_nothing_where_nothing_is(
    member, open_page, watch_id
):
    assert "Due soon" not in page_html(open_page("overview.py", member))
    record(member, watch_id, ago(500), next_due_on=ago(9))
    record(member, add_watch(member, model="Later"), ago(5), next_due_on=TODAY + timedelta(91))
    found = lists(open_page("overview.py", again(member)))["Due soon"]
    assert found == [f"Speedmaster Omega · Service {say.day(ago(9))} 9 days ago"]

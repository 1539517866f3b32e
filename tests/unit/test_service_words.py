"""Services in words and shapes: how often, why, how late; columns by year, bars by provider."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from app import service_charts, service_page, service_words
from data.calc import returns
from data.services import Away, Due, Need, YearCost

TODAY = date(2026, 10, 30)


def due(due_on, **facts):
    stage = "overdue" if due_on < TODAY else "soon" if (due_on - TODAY).days <= 90 else "later"
    month = (due_on.year - TODAY.year) * 12 + due_on.month - TODAY.month
    given = {
        "kind": "service", "months": 60, "serviced_on": None, "due_on": due_on, "by_plan": True,
        "watch_id": uuid4(), "brand": "Omega", "model": "Speedmaster", "cover": None, "stage": stage,
        "month": month, "in_stage": 1, "in_month": 1,
    }  # fmt: skip
    return Due(**given | facts)


def away(expected, handed=date(2026, 9, 1)):
    return Away(
        uuid4(), "JLC", "Reverso", None, uuid4(), "service", None, handed, expected, None, None
    )


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (1, "every month"),
        (12, "every year"),
        (18, "every 18 months"),
        (60, "every 5 years"),
        (None, "not needed"),
    ],
)
def test_an_interval_is_said_in_the_largest_unit_that_fits(months, said):
    assert service_words.every(months) == said


def test_a_need_says_whether_a_person_or_the_plan_decided():
    last = date(2024, 5, 3)
    for need, said in (
        (Need("service", 60, last, TODAY, by_plan=True), "by plan, every 5 years; last on 3 May 2024"),
        (Need("service", 60, None, TODAY, by_plan=True), "by plan, every 5 years; none recorded yet"),
        (Need("service", None, last, TODAY, by_plan=False), "decided on 3 May 2024"),
    ):  # fmt: skip
        assert service_words.reason(need) == said


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [(-1, "1 day late", "loss"), (-9, "9 days late", "loss"), (0, "today", ""), (9, "in 9 days", "")],
)  # fmt: skip
def test_what_is_away_says_when_it_is_back_or_how_late_it_is(days, said, tone):
    row = service_words.away_row(away(TODAY + timedelta(days)), TODAY)
    assert (row.text_detail, row.tone) == (said, tone)


def test_what_has_no_day_to_be_back_says_since_when_it_is_away():
    row = service_words.away_row(away(None), TODAY)
    assert (row.text, row.text_detail) == ("Since 1 Sep 2026", "handed over 8 weeks ago")


def test_the_overviews_list_holds_a_few_and_nothing_of_later():
    listed = [due(TODAY + timedelta(days)) for days in (-5, 0, 90, 91)]
    (found,) = service_words.due_soon(listed, TODAY, 2)
    assert len(found.rows) == 2
    assert service_words.due_soon(listed[3:], TODAY, 5) == []


def test_the_calendar_has_twelve_months_and_what_comes_back_in_them():
    january = date(2027, 1, 31)
    coming = [due(january, in_month=7), due(TODAY - timedelta(1), month=0)]
    found = service_page.months(coming, [away(january), away(TODAY - timedelta(2))], TODAY)
    assert [month.name for month in found][:4] == ["Oct 2026", "Nov 2026", "Dec 2026", "Jan 2027"]
    assert len(found) == 12
    assert [month.many for month in found] == [0, 0, 0, 8, *[0] * 8]
    assert [link.text for link in found[3].links] == [
        "31 Speedmaster, service", "31 Reverso comes back",
    ]  # fmt: skip


def paid(year, provider, cost, *without):
    return YearCost(year, provider, 1, 1, Decimal(cost), list(without))


def test_years_without_a_service_are_empty_columns():
    found = service_charts.by_year([paid(2025, "A", 5), paid(2022, "A", 1), paid(2025, None, 2)])
    assert found == [(2022, 1), (2023, 0), (2024, 0), (2025, 7)]
    assert service_charts.by_year([]) == []


def test_at_most_fifteen_years_are_drawn():
    found = service_charts.by_year([paid(2026, "A", 5), paid(1990, "A", 1)])
    assert (found[0][0], found[-1][0], len(found)) == (2012, 2026, 15)


def test_providers_go_from_most_to_least_and_many_are_one():
    found = service_charts.by_provider(
        [paid(2025, f"P{n}", n) for n in range(1, 10)] + [paid(2025, None, 100)], "EUR"
    )
    assert found[0].label == service_charts.NOBODY
    assert found[0].length == 1
    assert found[-1].label == "Other 4"
    assert len(found) == 7


def test_what_has_no_rate_is_named():
    assert service_charts.without_rate([paid(2025, "A", 5)], "EUR") == ""
    said = service_charts.without_rate(
        [paid(2025, "A", 0, "RUB 5", "RUB 6", "RUB 7", "RUB 8")], "EUR"
    )
    assert "RUB 5, RUB 6, RUB 7 and 1 more" in said.replace("\N{NO-BREAK SPACE}", " ")


def test_the_columns_are_told_in_a_sentence():
    said = service_charts.describe([paid(2025, "A", 5), paid(2023, "A", 1)], "EUR")
    assert said.replace("\N{NO-BREAK SPACE}", " ") == (
        "Cost of services by year: EUR 1 in 2023, EUR 5 in 2025."
    )


def test_the_cost_of_ownership_is_cost_and_services_less_proceeds():
    cost, services = Decimal(1000), [Decimal(100), Decimal("50.5")]
    assert returns.cost_of_ownership(cost, services) == Decimal("1150.5")
    assert returns.cost_of_ownership(cost, services, Decimal(1200)) == Decimal("-49.5")

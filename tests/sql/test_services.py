"""Services: recorded, away, due by a decision or by a plan, and what they cost at the rate of its day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from data import care_plans, db, services, watches
from data.errors import ConflictError, NotFoundError, RefusedError
from data.services import ServiceDraft
from data.watches import draft_of
from tests import oracle
from tests.collector import TODAY, add_watch, get_watch

EXACT = Decimal("0.0000001")
BOUGHT = date(2020, 1, 15)


def record(member, watch_id, done=None, *, cost=None, **facts):
    """A service; ``cost="600 EUR"`` fills cost and currency. Returns its id."""
    if cost:
        amount, currency = cost.split()
        facts |= {"cost": Decimal(amount), "currency": currency}
    with db.write(member) as connection:
        draft = ServiceDraft(serviced_on=done, **facts)
        return services.add(connection, member, watch_id, draft, TODAY)


def plan(member, kind, months, **facts):
    with db.write(member) as connection:
        return care_plans.add(connection, member, kind, months, **facts)


def needs(member, watch_id):
    """{kind: (due_on, by_plan)} of a watch."""
    with db.read(member) as connection:
        found = services.due_of(connection, member, watch_id)
    return {need.kind: (need.due_on, need.by_plan) for need in found}


def due(member, today=TODAY, limit=50):
    with db.read(member) as connection:
        return services.due(connection, member, today, limit)


def of_watch(member, watch_id):
    with db.read(member) as connection:
        return services.of_watch(connection, member, watch_id)


@pytest.fixture
def watch_id(member):
    return add_watch(member, movement_type="automatic", purchased_on=BOUGHT)


# ── what a person enters ──────────────────────────────────────────────────────────────────────


def test_a_service_is_kept_as_it_was_entered_without_stray_blanks(member, watch_id):
    record(
        member, watch_id, date(2024, 5, 3), cost="600 CHF", provider="  Atelier  ", description=" x ",
        handed_over_on=date(2024, 4, 1), quote=Decimal(580), next_due_on=date(2029, 5, 3),
    )  # fmt: skip
    (found,) = of_watch(member, watch_id)
    assert (found.provider, found.description, found.cost, found.currency) == (
        "Atelier", "x", 600, "CHF",
    )  # fmt: skip
    assert not found.away
    assert found.version == 1


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ServiceDraft(), "serviced_on"),
        (ServiceDraft(serviced_on=TODAY + timedelta(1)), "serviced_on"),
        (ServiceDraft(serviced_on=date(1899, 12, 31)), "serviced_on"),
        (ServiceDraft(handed_over_on=TODAY + timedelta(1)), "handed_over_on"),
        (ServiceDraft(handed_over_on=TODAY, serviced_on=TODAY - timedelta(1)), "serviced_on"),
        (ServiceDraft(handed_over_on=TODAY, expected_back_on=TODAY - timedelta(1)), "expected_back_on"),
        (ServiceDraft(serviced_on=TODAY, next_due_on=TODAY), "next_due_on"),
        (ServiceDraft(serviced_on=TODAY, cost=Decimal(1)), "currency"),
        (ServiceDraft(serviced_on=TODAY, provider="x" * 201), "provider"),
        (ServiceDraft(serviced_on=TODAY, description="x" * 5001), "description"),
        (ServiceDraft(serviced_on=TODAY, kind="magic"), "kind"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_refused_at_its_field(member, watch_id, draft, field):
    with pytest.raises(RefusedError) as refused, db.write(member) as connection:
        services.add(connection, member, watch_id, draft, TODAY)
    assert list(refused.value.problems) == [field]
    assert of_watch(member, watch_id) == []


def test_the_second_of_two_edits_is_refused(member, watch_id):
    record(member, watch_id, TODAY)
    (old,) = of_watch(member, watch_id)
    with db.write(member) as connection:
        services.change(
            connection, member, old, replace(services.draft_of(old), provider="A"), TODAY
        )
    for act in (
        lambda c: services.change(c, member, old, services.draft_of(old), TODAY),
        lambda c: services.remove(c, member, old),
    ):
        with pytest.raises(ConflictError), db.write(member) as connection:
            act(connection)
    assert of_watch(member, watch_id)[0].provider == "A"


def test_a_removed_service_is_due_no_more_and_comes_back(member, watch_id):
    service_id = record(member, watch_id, date(2024, 5, 3), next_due_on=date(2026, 5, 3))
    (old,) = of_watch(member, watch_id)
    with db.write(member) as connection:
        services.remove(connection, member, old)
    assert (of_watch(member, watch_id), needs(member, watch_id)) == ([], {})
    with db.write(member) as connection:
        services.restore(connection, member, service_id)
    assert needs(member, watch_id) == {"service": (date(2026, 5, 3), False)}


def test_another_households_service_does_not_exist(member, other, watch_id):
    service_id = record(member, watch_id, TODAY)
    (mine,) = of_watch(member, watch_id)
    for act in (
        lambda c: services.get(c, other, service_id),
        lambda c: services.remove(c, other, mine),
        lambda c: services.restore(c, other, service_id),
        lambda c: services.add(c, other, watch_id, ServiceDraft(serviced_on=TODAY), TODAY),
    ):
        with pytest.raises(NotFoundError), db.write(other) as connection:
            act(connection)
    with db.read(other) as connection:
        assert services.providers(connection, other) == []
        assert services.due(connection, other, TODAY) == []
        assert services.history(connection, other, "EUR", None, None, None, 10) == []


def test_providers_are_those_of_lately_first(member, watch_id):
    record(member, watch_id, date(2020, 1, 1), provider="Old")
    record(member, watch_id, date(2024, 1, 1), provider="New")
    record(member, watch_id, date(2019, 1, 1), provider="New")
    with db.read(member) as connection:
        assert services.providers(connection, member) == ["New", "Old"]


# ── due ───────────────────────────────────────────────────────────────────────────────────────


def test_without_a_plan_and_a_decision_nothing_is_due(member, watch_id):
    record(member, watch_id, date(2010, 1, 1))
    assert needs(member, watch_id) == {}


def test_a_decision_at_the_last_service_holds_against_the_plan(member, watch_id):
    plan(member, "service", 60)
    record(member, watch_id, date(2024, 5, 3), next_due_on=date(2025, 1, 1))
    assert needs(member, watch_id) == {"service": (date(2025, 1, 1), False)}


def test_by_the_plan_it_is_due_so_long_after_the_last_service_of_that_kind(member, watch_id):
    plan(member, "service", 60)
    record(member, watch_id, date(2021, 3, 1), kind="battery")
    assert needs(member, watch_id) == {"service": (date(2025, 1, 15), True)}  # since it came
    record(member, watch_id, date(2024, 5, 3))
    assert needs(member, watch_id) == {"service": (date(2029, 5, 3), True)}


def test_the_newest_record_wins_whatever_was_entered_last(member, watch_id):
    record(member, watch_id, date(2024, 5, 3), next_due_on=date(2030, 1, 1))
    record(member, watch_id, date(2020, 5, 3), next_due_on=date(2022, 1, 1))
    assert needs(member, watch_id) == {"service": (date(2030, 1, 1), False)}


def test_of_two_of_one_day_the_later_entered_wins(member, watch_id):
    record(member, watch_id, date(2024, 5, 3), next_due_on=date(2030, 1, 1))
    record(member, watch_id, date(2024, 5, 3), next_due_on=date(2031, 1, 1))
    assert needs(member, watch_id) == {"service": (date(2031, 1, 1), False)}


def test_an_older_decision_is_no_more_once_it_was_done_again(member, watch_id):
    record(member, watch_id, date(2020, 5, 3), next_due_on=date(2022, 1, 1))
    record(member, watch_id, date(2022, 1, 5))
    assert needs(member, watch_id) == {}


def test_the_plan_of_the_watch_beats_its_movements_beats_the_one_for_all(member, watch_id):
    days = []
    for facts in ({}, {"movement_type": "automatic"}, {"watch_id": watch_id}):
        plan(member, "service", 12 * (len(days) + 1), **facts)
        days.append(needs(member, watch_id)["service"][0])
    assert days == [date(2021, 1, 15), date(2022, 1, 15), date(2023, 1, 15)]
    with db.read(member) as connection:
        (interval,) = care_plans.of_watch(connection, member, watch_id)
    assert (interval.months, interval.planned_months, interval.movement_name) == (
        36,
        24,
        "Automatic",
    )


def test_a_plan_for_another_movement_is_none(member, watch_id):
    plan(member, "battery", 36, movement_type="quartz")
    assert needs(member, watch_id) == {}


def test_a_watch_that_needs_none_is_never_due_not_even_as_decided_before(member, watch_id):
    plan(member, "service", 60)
    record(member, watch_id, date(2020, 5, 3), next_due_on=date(2022, 1, 1))
    plan(member, "service", None, watch_id=watch_id)
    assert needs(member, watch_id) == {}
    with db.read(member) as connection:
        assert care_plans.proposed_due(connection, member, watch_id, "service", TODAY) is None


@pytest.mark.parametrize("status", ["sold", "gifted", "lost", "wishlist", "ordered"])
def test_what_is_not_here_is_not_due(member, status):
    plan(member, "service", 60)
    gone = TODAY if status in watches.GONE else None
    watch_id = add_watch(member, status=status, purchased_on=BOUGHT, disposed_on=gone)
    record(member, watch_id, date(2020, 5, 3), next_due_on=date(2022, 1, 1))
    assert (needs(member, watch_id), due(member)) == ({}, [])


def test_a_watch_in_the_bin_is_neither_due_nor_away_nor_in_the_costs(member, watch_id):
    record(member, watch_id, date(2020, 5, 3), next_due_on=date(2022, 1, 1), cost="5 EUR")
    record(member, watch_id, handed_over_on=TODAY, kind="repair")
    with db.write(member) as connection:
        watches.remove(connection, member, watch_id, get_watch(member, watch_id).version)
    with db.read(member) as connection:
        assert services.due(connection, member, TODAY) == []
        assert services.at_the_watchmaker(connection, member) == []
        assert services.costs(connection, member, "EUR") == []
        assert services.history(connection, member, "EUR", None, None, None, 10) == []


def test_while_it_is_at_the_watchmaker_for_it_it_is_not_due_but_for_the_rest_it_is(
    member, watch_id
):
    plan(member, "service", 60)
    plan(member, "pressure_test", 12)
    record(member, watch_id, handed_over_on=TODAY, provider="Atelier")
    assert set(needs(member, watch_id)) == {"pressure_test"}
    with db.read(member) as connection:
        (away,) = services.at_the_watchmaker(connection, member)
    assert (away.watch_id, away.provider, away.kind) == (watch_id, "Atelier", "service")
    (old,) = of_watch(member, watch_id)
    with db.write(member) as connection:
        back = replace(services.draft_of(old), serviced_on=TODAY)
        services.change(connection, member, old, back, TODAY)
    assert needs(member, watch_id)["service"] == (date(2031, 10, 30), True)


@pytest.mark.parametrize(
    ("done", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 10, 31), 1, date(2024, 11, 30)),
        (date(2024, 12, 31), 600, date(2074, 12, 31)),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(member, watch_id, done, months, expected):
    plan(member, "service", months)
    record(member, watch_id, done)
    assert needs(member, watch_id) == {"service": (expected, True)}
    with db.read(member) as connection:
        assert (
            care_plans.proposed_due(connection, member, watch_id, "service", done) == expected
        )  # the form proposes what the list will say


def test_the_stages_end_yesterday_and_in_ninety_days(member):
    for number, days in enumerate((-1, 0, 90, 91)):
        watch = add_watch(member, model=f"M{number}", purchased_on=BOUGHT)
        record(member, watch, date(2024, 1, 1), next_due_on=TODAY + timedelta(days))
    assert [(one.model, one.stage) for one in due(member)] == [
        ("M0", "overdue"), ("M1", "soon"), ("M2", "soon"), ("M3", "later"),
    ]  # fmt: skip


def test_the_calendar_ends_with_the_twelfth_month(member, watch_id):
    last = date(2027, 9, 30)  # TODAY is in October 2026
    record(member, watch_id, date(2024, 1, 1), next_due_on=last)
    assert [(one.month, one.in_month) for one in due(member)] == [(11, 1)]
    record(member, watch_id, date(2024, 1, 2), next_due_on=last + timedelta(1))
    assert due(member) == []


def test_a_long_list_is_cut_and_says_how_many_there_are(member):
    for number in range(5):
        watch = add_watch(member, model=f"M{number}")
        record(member, watch, date(2024, 1, 1), next_due_on=date(2026, 1, 1 + number))
    found = due(member, limit=2)
    assert [(one.model, one.in_stage) for one in found] == [("M0", 5), ("M1", 5)]


# ── plans ─────────────────────────────────────────────────────────────────────────────────────


def test_the_usual_plans_are_made_once_and_leave_what_is_there(member):
    plan(member, "service", 84, movement_type="automatic")
    for expected in (len(care_plans.USUAL) - 1, 0):
        with db.write(member) as connection:
            assert care_plans.add_usual(connection, member) == expected
    with db.read(member) as connection:
        months = {(p.movement_type, p.kind): p.months for p in care_plans.every(connection, member)}
    assert months["automatic", "service"] == 84
    assert months["quartz", "battery"] == 36
    assert months[None, "pressure_test"] == 12


@pytest.mark.parametrize("months", [0, -1, 601, None])
def test_an_interval_that_is_none_is_refused(member, months):
    with pytest.raises(RefusedError) as refused:
        plan(member, "service", months)
    assert list(refused.value.problems) == ["months"]


def test_a_second_plan_for_the_same_is_refused_with_a_sentence(member):
    plan(member, "service", 60)
    with pytest.raises(RefusedError, match="There is a plan for this already"):
        plan(member, "service", 12)


def test_the_second_of_two_changes_of_a_plan_is_refused(member):
    plan(member, "service", 60)
    with db.read(member) as connection:
        (old,) = care_plans.every(connection, member)
    with db.write(member) as connection:
        care_plans.change(connection, member, old, 72)
    for act in (
        lambda c: care_plans.change(c, member, old, 84),
        lambda c: care_plans.remove(c, member, old),
    ):
        with pytest.raises(ConflictError), db.write(member) as connection:
            act(connection)


def test_another_households_plan_cannot_be_changed(member, other):
    plan(member, "service", 60)
    with db.read(member) as connection:
        (mine,) = care_plans.every(connection, member)
    with pytest.raises(ConflictError), db.write(other) as connection:
        care_plans.remove(connection, other, mine)
    with pytest.raises(RefusedError, match="not in your collection"):
        plan(other, "service", 12, watch_id=add_watch(member))


# ── history and cost ──────────────────────────────────────────────────────────────────────────


def history(member, **facts):
    asked = {"year": None, "provider": None, "after": None, "limit": 100} | facts
    with db.read(member) as connection:
        return services.history(connection, member, "EUR", **asked)


def test_the_history_pages_through_equal_days_without_losing_one(member, watch_id):
    for _ in range(7):
        record(member, watch_id, date(2024, 5, 3))
    record(member, watch_id, date(2024, 5, 4))
    record(member, watch_id, handed_over_on=TODAY)  # not done: not in it
    seen, after = [], None
    while rows := history(member, after=after, limit=3):
        seen += rows
        after = rows[-1].cursor
    assert len({one.service_id for one in seen}) == len(seen) == 8
    assert seen[0].serviced_on == date(2024, 5, 4)


def test_the_history_is_narrowed_by_year_and_provider(member, watch_id):
    record(member, watch_id, date(2023, 12, 31), provider="A")
    record(member, watch_id, date(2024, 1, 1), provider="A")
    record(member, watch_id, date(2024, 12, 31), provider="B")
    record(member, watch_id, date(2024, 6, 1))
    assert len(history(member, year=2024)) == 3
    assert [one.provider for one in history(member, provider="A")] == ["A", "A"]
    assert [one.provider for one in history(member, provider="")] == [None]
    assert len(history(member, year=2024, provider="A")) == 1


@pytest.mark.parametrize("after", ["", "x", "2024-05-03", f"nonsense~{uuid4()}", "2024-05-03~1"])
def test_a_cursor_that_is_none_is_the_first_page(member, watch_id, after):
    record(member, watch_id, date(2024, 5, 3))
    assert len(history(member, after=after)) == 1


def test_costs_by_year_agree_with_the_model_and_name_what_has_no_rate(member, owner, watch_id):
    paid = [
        (date(2023, 1, 7), "600.50", "CHF", "A"),  # a Saturday: Friday's rate
        (date(2023, 3, 1), "90", "EUR", "B"),
        (date(2023, 6, 1), "12000", "JPY", "A"),
        (date(2024, 2, 29), "250", "USD", None),
        (date(2024, 7, 1), "5000", "RUB", "A"),  # no rate since March 2022
    ]
    for day, amount, currency, provider in paid:
        record(member, watch_id, day, cost=f"{amount} {currency}", provider=provider)
    record(member, watch_id, date(2024, 8, 1), provider="B")  # without a cost
    rates: dict = {}
    for currency, day, eur_rate in owner.execute(
        "select currency, rate_date, eur_rate from fx_rate where currency in ('CHF', 'JPY', 'USD', 'RUB')"
    ):
        rates.setdefault(currency, []).append((day, eur_rate))
    for shown in ("EUR", "CHF", "USD"):
        with db.read(member) as connection:
            found = services.costs(connection, member, shown)
            each = services.costs_of(connection, member, watch_id, shown)
        for year in (2023, 2024):
            expected = sum(
                Decimal(amount) * rate
                for day, amount, currency, _ in paid
                if day.year == year and (rate := oracle.rate(rates, currency, shown, day))
            )
            assert abs(sum(one.cost for one in found if one.year == year) - expected) < EXACT
        assert abs(sum(one.cost for one in found) - sum(one.cost or 0 for one in each)) < EXACT
        assert [one.without_rate for one in found if one.without_rate] == [["RUB 5000.00"]]
        assert [one.cost for one in each if one.currency == "RUB"] == [None]
        assert sum(one.services for one in found) == 6


def test_a_quote_is_no_cost_and_a_deposit_counts_on_the_day_it_was_handed_over(member, watch_id):
    record(member, watch_id, handed_over_on=date(2024, 5, 3), quote=Decimal(900), cost="100 EUR")
    record(member, watch_id, handed_over_on=date(2024, 6, 3), quote=Decimal(900), currency="EUR")
    with db.read(member) as connection:
        (found,) = services.costs_of(connection, member, watch_id, "EUR")
    assert (found.day, found.cost) == (date(2024, 5, 3), 100)


def test_a_sold_watch_keeps_its_services(member, watch_id):
    record(member, watch_id, date(2024, 5, 3), cost="100 EUR")
    watch = get_watch(member, watch_id)
    with db.write(member) as connection:
        sold = replace(draft_of(watch), status="sold", disposed_on=TODAY)
        watches.change(connection, member, watch_id, watch.version, sold, TODAY)
    assert len(history(member)) == 1

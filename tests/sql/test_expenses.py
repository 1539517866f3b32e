"""Other costs: recorded, repeated until an end, converted at the rate of their days, put back."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from data import analytics, db, expenses, history, services, timeline, watches
from data.errors import ConflictError, NotFoundError, RefusedError
from data.expenses import ExpenseDraft
from data.scope import EVERYTHING, Scope
from data.services import ServiceDraft
from tests import oracle
from tests.collector import TODAY, add_watch, get_watch

EXACT = Decimal("0.0000001")


def record(member, watch_id, amount="100 EUR", paid_on=TODAY, **facts):
    """A cost of a watch, or (None) of the collection; returns its id."""
    number, currency = amount.split()
    draft = ExpenseDraft(paid_on=paid_on, amount=Decimal(number), currency=currency, **facts)
    with db.write(member) as connection:
        return expenses.add(connection, member, watch_id, draft, TODAY)


def get(member, expense_id):
    with db.read(member) as connection:
        return expenses.get(connection, member, expense_id)


def change(member, old, **facts):
    with db.write(member) as connection:
        draft = replace(expenses.draft_of(old), **facts)
        expenses.change(connection, member, old, draft, TODAY)


def remove(member, old):
    with db.write(member) as connection:
        expenses.remove(connection, member, old)


def listed(member, watch_id, today=TODAY):
    with db.read(member) as connection:
        if watch_id is None:
            return expenses.of_collection(connection, member, today)
        return expenses.of_watch(connection, member, watch_id, today)


def paid(member, watch_id, currency="EUR", today=TODAY):
    with db.read(member) as connection:
        return expenses.payments(connection, member, [watch_id], currency, today)


def paid_on(member, watch_id, today=TODAY):
    return [one.day for one in paid(member, watch_id, today=today)]


def counted(member, scope=EVERYTHING, today=TODAY, currency="EUR"):
    """What analytics counts: (watch, kind, day)."""
    with db.read(member) as connection:
        found = analytics.payments(connection, member, scope, currency, today)
    return [(one.watch_id, one.kind, one.day) for one in found]


def rate(owner, base, quote, day):
    rates: dict = {}
    for currency, when, eur_rate in owner.execute(
        "select currency, rate_date, eur_rate from fx_rate where currency = any(%s)",
        [[base, quote]],
    ):
        rates.setdefault(currency, []).append((when, eur_rate))
    return oracle.rate(rates, base, quote, day)


@pytest.fixture
def watch_id(member):
    return add_watch(member, price="1000 EUR", purchased_on=date(2015, 1, 15))


# ── what a person enters ──────────────────────────────────────────────────────────────────────


def test_a_cost_is_stored_as_it_was_entered(member, watch_id):
    expense_id = record(
        member, watch_id, "89.90 CHF", date(2024, 2, 29), kind="insurance", every_months=12,
        ends_on=date(2030, 1, 1), note="  Policy 7 ",
    )  # fmt: skip
    found = get(member, expense_id)
    assert expenses.draft_of(found) == ExpenseDraft(
        "insurance", date(2024, 2, 29), Decimal("89.90"), "CHF", 12, date(2030, 1, 1), "Policy 7"
    )
    assert (found.watch_id, found.version) == (watch_id, 1)


def test_costs_of_a_watch_and_of_the_whole_collection_are_kept_apart(member, watch_id):
    other = add_watch(member, model="Railmaster")
    mine, whole = record(member, watch_id), record(member, None)
    assert [one.expense_id for one in listed(member, watch_id)] == [mine]
    assert [one.expense_id for one in listed(member, None)] == [whole]
    assert listed(member, other) == []


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"amount": None}, "amount", "Write what it cost."),
        ({"amount": Decimal(-1)}, "amount", "A cost can't be negative."),
        ({"currency": None}, "currency", "An amount needs a currency."),
        ({"paid_on": None}, "paid_on", "Say when it was paid."),
        ({"paid_on": TODAY + timedelta(1)}, "paid_on", "This day has not come yet."),
        ({"paid_on": date(1899, 12, 31)}, "paid_on", "This must be in 1900 or later."),
        ({"every_months": 0}, "every_months", "A cost repeats every 1 to 120 months."),
        ({"every_months": 121}, "every_months", "A cost repeats every 1 to 120 months."),
        (
            {"every_months": 1, "ends_on": date(2020, 1, 1)},
            "ends_on",
            "It can't end before it began.",
        ),
        ({"kind": "bribe"}, "kind", "Choose a type of cost from the list."),
        ({"note": "x" * 1001}, "note", "This has up to 1,000 characters; please shorten it."),
    ],
)
def test_what_breaks_a_rule_is_refused_at_its_field(member, watch_id, facts, field, sentence):
    draft = replace(ExpenseDraft("other", TODAY, Decimal(5), "EUR"), **facts)
    with pytest.raises(RefusedError) as refused, db.write(member) as connection:
        expenses.add(connection, member, watch_id, draft, TODAY)
    assert refused.value.problems == {field: sentence}
    assert listed(member, watch_id) == []


def test_what_is_paid_once_has_no_end(member, watch_id):
    assert get(member, record(member, watch_id, ends_on=TODAY)).ends_on is None


@pytest.mark.parametrize("watch", ["gone", "theirs", "nobody's"])
def test_a_cost_needs_a_watch_that_is_here(member, other, watch_id, watch):
    if watch == "gone":
        with db.write(member) as connection:
            watches.remove(connection, member, watch_id, 1)
    wanted = {"gone": watch_id, "theirs": add_watch(other), "nobody's": uuid4()}[watch]
    with pytest.raises(NotFoundError):
        record(member, wanted)


def test_two_who_correct_one_cost_are_told(member, watch_id):
    old = get(member, record(member, watch_id))
    change(member, old, amount=Decimal(120))
    with pytest.raises(ConflictError):
        change(member, old, amount=Decimal(130))
    with pytest.raises(ConflictError):
        remove(member, old)
    assert get(member, old.expense_id).amount == 120


def test_a_removed_cost_counts_no_more_and_comes_back(member, watch_id):
    old = get(member, record(member, watch_id))
    remove(member, old)
    assert (listed(member, watch_id), paid(member, watch_id), counted(member)) == ([], [], [])
    with pytest.raises(NotFoundError):
        change(member, old, amount=Decimal(1))
    with db.write(member) as connection:
        expenses.restore(connection, member, old.expense_id)
    assert len(paid(member, watch_id)) == 1
    with pytest.raises(NotFoundError), db.write(member) as connection:
        expenses.restore(connection, member, old.expense_id)


def test_another_household_neither_sees_nor_changes_it(member, other, watch_id):
    old = get(member, record(member, watch_id))
    record(member, None)
    assert listed(other, watch_id) == listed(other, None) == paid(other, watch_id) == []
    assert counted(other) == []
    for act in (lambda: get(other, old.expense_id), lambda: change(other, old, amount=Decimal(1)),
                lambda: remove(other, old)):  # fmt: skip
        with pytest.raises(NotFoundError):
            act()
    assert get(member, old.expense_id) == old


# ── repeated ──────────────────────────────────────────────────────────────────────────────────


def test_a_repeated_cost_is_paid_again_and_again_up_to_today(member, watch_id):
    record(member, watch_id, paid_on=date(2023, 11, 5), every_months=12)
    assert paid_on(member, watch_id) == [date(2023, 11, 5), date(2024, 11, 5), date(2025, 11, 5)]
    assert paid_on(member, watch_id, date(2024, 11, 4)) == [date(2023, 11, 5)]
    assert paid_on(member, watch_id, date(2024, 11, 5))[-1] == date(2024, 11, 5)
    assert paid_on(member, watch_id, date(2023, 11, 4)) == []


def test_the_last_of_a_month_stays_the_last_of_a_month(member, watch_id):
    record(member, watch_id, paid_on=date(2025, 10, 31), every_months=1, ends_on=date(2026, 3, 31))
    assert paid_on(member, watch_id) == [
        date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31),
        date(2026, 2, 28), date(2026, 3, 31),
    ]  # fmt: skip


def later(day, months):
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@pytest.mark.parametrize("every", [1, 2, 5, 12, 120])
@pytest.mark.parametrize("first", ["2024-01-31", "2025-02-28", "2023-08-30", "1900-01-01", "today"])
def test_payments_are_those_of_a_calendar(member, owner, watch_id, first, every):
    today = owner.execute("select current_date").fetchone()[0]
    first = today if first == "today" else date.fromisoformat(first)
    draft = ExpenseDraft("storage", first, Decimal(1), "EUR", every)
    with db.write(member) as connection:
        expenses.add(connection, member, watch_id, draft, today)
    days = [later(first, every * place) for place in range(2_000 // every)]
    assert paid_on(member, watch_id, today) == [day for day in days if day <= today]


def test_leap_days_fall_on_the_28th_in_other_years(member, watch_id):
    record(member, watch_id, paid_on=date(2020, 2, 29), every_months=12)
    assert paid_on(member, watch_id)[:5] == [
        date(2020, 2, 29), date(2021, 2, 28), date(2022, 2, 28), date(2023, 2, 28), date(2024, 2, 29),
    ]  # fmt: skip


def test_the_end_is_the_last_day_on_which_it_may_be_paid(member, watch_id):
    record(member, watch_id, paid_on=date(2023, 5, 3), every_months=6, ends_on=date(2024, 5, 3))
    assert len(paid_on(member, watch_id)) == 3
    old = listed(member, watch_id)[0]
    change(member, old, ends_on=date(2024, 5, 2))
    assert len(paid_on(member, watch_id)) == 2


def test_what_repeats_ends_when_the_watch_leaves_and_a_parcel_after_it_counts(member):
    watch_id = add_watch(
        member, price="1000 EUR", purchased_on=date(2020, 1, 15), status="sold",
        disposed_on=date(2024, 6, 1), sale_price=Decimal(900), sale_currency="EUR",
    )  # fmt: skip
    record(member, watch_id, paid_on=date(2022, 7, 1), every_months=12)
    record(member, watch_id, paid_on=date(2024, 6, 3), kind="shipping")
    assert paid_on(member, watch_id) == [date(2022, 7, 1), date(2023, 7, 1), date(2024, 6, 3)]


def test_the_list_says_how_often_it_was_paid_and_what_that_comes_to(member, watch_id):
    record(member, watch_id, "12.50 EUR", date(2023, 11, 5), every_months=12)
    record(member, watch_id, "7 EUR", TODAY)
    newest, repeated = listed(member, watch_id)
    assert (newest.times, newest.so_far) == (1, 7)
    assert (repeated.times, repeated.so_far) == (3, Decimal("37.50"))
    assert listed(member, watch_id, date(2022, 1, 1))[1].times == 0


# ── what it comes to ──────────────────────────────────────────────────────────────────────────


def test_each_payment_is_converted_at_the_rate_of_its_day(member, owner, watch_id):
    record(member, watch_id, "100 USD", date(2024, 5, 4), every_months=12)  # a Saturday
    found = paid(member, watch_id, "CHF")
    assert [one.own_cost for one in found] == [100, 100, 100]
    for one in found:
        expected = 100 * rate(owner, "USD", "CHF", one.day)
        assert abs(one.cost - expected) < EXACT


def test_a_currency_without_a_rate_has_no_amount(member, watch_id):
    record(member, watch_id, "100 RUB", date(2023, 5, 3))
    assert [one.cost for one in paid(member, watch_id)] == [None]


def test_analytics_counts_services_and_costs_of_its_part_and_those_of_all_only_for_all(
    member, watch_id
):
    other = add_watch(member, model="Railmaster", tags=["x"], purchased_on=date(2020, 1, 1))
    wished = add_watch(member, model="Ranger", status="wishlist")
    day = date(2024, 5, 3)
    record(member, watch_id, paid_on=day, kind="storage")
    record(member, other, paid_on=day, kind="accessory")
    record(member, wished, paid_on=day, kind="shipping")
    record(member, None, paid_on=day, kind="insurance")
    with db.write(member) as connection:
        draft = ServiceDraft(serviced_on=day, cost=Decimal(9), currency="EUR")
        services.add(connection, member, watch_id, draft, TODAY)
    assert set(counted(member)) == {
        (watch_id, "storage", day), (watch_id, "service", day), (other, "accessory", day),
        (None, "insurance", day),
    }  # fmt: skip
    assert counted(member, Scope(tags=("x",))) == [(other, "accessory", day)]
    assert (None, "insurance", day) in counted(member, Scope(gone=False))


def test_fees_are_the_part_of_the_cost_at_the_rate_of_the_day_it_came(member, owner):
    day = date(2020, 5, 4)
    add_watch(
        member, price="1000 USD", purchase_fees=Decimal(60), purchase_taxes=Decimal(40), purchased_on=day
    )  # fmt: skip
    add_watch(member, model="Gift", price="0 USD", purchased_on=day)
    with db.read(member) as connection:
        found = analytics.holdings(connection, member, EVERYTHING, "CHF", TODAY)
    by_model = {one.model: one for one in found}
    expected = 100 * rate(owner, "USD", "CHF", day)
    assert abs(by_model["Speedmaster"].fees_paid - expected) < EXACT
    assert by_model["Gift"].fees_paid is None


# ── the record ────────────────────────────────────────────────────────────────────────────────


def lines(member, watch_id):
    with db.read(member) as connection:
        return timeline.page(connection, member, watch_id, None, "UTC", None, 100)


def last_changes(member, owner, watch_id):
    event_id = owner.execute("select max(event_id) from audit_event").fetchone()[0]
    with db.read(member) as connection:
        return history.of_minute(connection, member, watch_id, event_id)


def test_the_timeline_has_a_cost_on_its_day_with_who_recorded_it(member, watch_id):
    record(member, watch_id, "90 EUR", date(2024, 5, 3), kind="insurance", every_months=12)
    (line,) = [one for one in lines(member, watch_id) if one.kind == "paid"]
    assert (line.day, line.amount, line.currency, line.what, line.title, line.who) == (
        date(2024, 5, 3), 90, "EUR", "insurance", "12", "Ana",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("amount", Decimal("95.50")), ("currency", "CHF"), ("kind", "storage"), ("note", "new"),
        ("every_months", None), ("paid_on", date(2024, 5, 4)), ("ends_on", date(2029, 1, 1)),
    ],
)  # fmt: skip
def test_an_edit_is_told_and_taken_back(member, owner, watch_id, field, new):
    record(member, watch_id, "90 EUR", date(2024, 5, 3), kind="insurance", every_months=12)
    before = listed(member, watch_id)[0]
    change(member, before, **{field: new})
    found = next(c for c in last_changes(member, owner, watch_id) if c.field == field)
    assert (found.record, found.amount is None) == (("expense", before.expense_id), False)
    with db.write(member) as connection:
        history.restore(connection, member, [found], TODAY)
    assert expenses.draft_of(listed(member, watch_id)[0]) == expenses.draft_of(before)


def test_who_recorded_changed_and_removed_it_is_kept(member, owner, watch_id):
    old = get(member, record(member, None))
    change(member, old, note="x")
    remove(member, get(member, old.expense_id))
    events = owner.execute(
        "select action, user_id from audit_event where entity = 'expense' order by event_id"
    ).fetchall()
    assert events == [(action, member.user_id) for action in ("added", "changed", "changed")]


def test_a_write_makes_cached_answers_old(member, owner, watch_id):
    def version():
        return owner.execute("select version from data_version where household_id = %s",
                             [member.household_id]).fetchone()[0]  # fmt: skip

    before = version()
    record(member, None)
    assert version() > before


def test_a_watch_that_goes_for_good_takes_its_costs_along(member, owner, watch_id):
    record(member, watch_id)
    record(member, None)
    owner.execute("delete from watch")
    assert [watch for (watch,) in owner.execute("select watch_id from expense")] == [None]


def test_a_watch_in_the_bin_costs_nothing(member, watch_id):
    record(member, watch_id)
    with db.write(member) as connection:
        watches.remove(connection, member, watch_id, get_watch(member, watch_id).version)
    assert counted(member) == []

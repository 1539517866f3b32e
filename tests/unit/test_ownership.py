"""What owning takes: parts that add up, years that add up, and a reason where a number is absent."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import ownership_charts
from data.calc.missing import Missing
from data.calc.ownership import KINDS, Parts, of_all, of_one

TODAY = date(2026, 10, 30)
CENT = Decimal("0.01")
BOUGHT = date(2020, 1, 1)


@dataclass(frozen=True)
class Watch:
    cost: Decimal | None = Decimal(1000)
    fees_paid: Decimal | None = None
    value: Decimal | None = Decimal(1500)
    proceeds: Decimal | None = None
    acquired_on: date | None = BOUGHT
    disposed_on: date | None = None
    status: str = "owned"
    dated: bool = True
    purchase_currency: str | None = "EUR"
    watch_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Payment:
    watch_id: UUID | None
    amount: Decimal | None
    kind: str = "service"
    day: date = date(2022, 5, 3)
    own_amount: Decimal = Decimal(100)
    currency: str = "EUR"


amounts = st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=6)
days = st.dates(date(1960, 1, 1), TODAY)
kinds = st.sampled_from(
    ["service", "insurance", "storage", "accessory", "shipping", "appraisal", "other"]
)


@st.composite
def collections(draw):
    """Watches of every sort, with payments for them, for strangers and for all."""
    watches = []
    for _ in range(draw(st.integers(0, 6))):
        cost = draw(st.none() | amounts)
        fees = (
            cost * draw(st.sampled_from([Decimal(0), Decimal("0.1"), Decimal(1)])) if cost else None
        )
        gone = draw(st.booleans())
        watches.append(
            Watch(
                cost,
                fees,
                None if gone else draw(st.none() | amounts),
                draw(st.none() | amounts) if gone else None,
                draw(days),
                draw(days) if gone else None,
                draw(st.sampled_from(["sold", "gifted", "lost"])) if gone else "owned",
                draw(st.booleans()),
            )
        )
    ids = [one.watch_id for one in watches] + [None, uuid4()]
    payments = draw(
        st.lists(
            st.builds(Payment, st.sampled_from(ids), st.none() | amounts, kinds, days), max_size=12
        )
    )
    return watches, payments


def rounded(amount):
    return amount.quantize(CENT)


def assert_same(one, other):
    assert abs(one - other) < CENT / 1000


@given(collections())
def test_all_parts_add_up_to_the_cent(collection):
    watches, payments = collection
    found = of_all(watches, payments, TODAY)
    assert_same(found.parts.total, sum((getattr(found.parts, kind) for kind in KINDS), Decimal()))
    for kind in KINDS:
        each = sum((getattr(one.parts, kind) for one in found.watches), Decimal())
        assert_same(getattr(found.parts, kind), each + getattr(found.common, kind))
        by_year = sum((getattr(parts, kind) for parts in found.years.values()), Decimal())
        assert_same(getattr(found.parts, kind), by_year)
    assert_same(found.total, found.parts.total - sum((w.proceeds or 0 for w in watches), Decimal()))


@given(collections())
def test_a_watch_is_its_parts_less_proceeds_or_says_why_not(collection):
    watches, payments = collection
    for watch, one in zip(watches, of_all(watches, payments, TODAY).watches, strict=True):
        if isinstance(one.total, Missing):
            assert one.total.reason.endswith(".")
            assert isinstance(one.a_year, Missing)
        else:
            assert_same(one.total, one.parts.total - (watch.proceeds or 0))
            assert_same(one.parts.purchase + one.parts.fees, watch.cost)


@given(collections(), st.randoms())
def test_the_order_of_input_does_not_matter(collection, random):
    watches, payments = collection
    before = of_all(watches, payments, TODAY)
    mixed = list(payments)
    random.shuffle(mixed)
    after = of_all(watches[::-1], mixed, TODAY)
    assert rounded(after.total) == rounded(before.total)
    assert list(after.years) == list(before.years)
    assert set(after.incomplete) == set(before.incomplete)


@given(collections())
def test_what_is_paid_for_all_is_in_no_watch(collection):
    watches, payments = collection
    with_it = of_all(watches, payments, TODAY)
    without = of_all(watches, [one for one in payments if one.watch_id is not None], TODAY)
    assert with_it.watches == without.watches
    assert_same(with_it.parts.total, without.parts.total + with_it.common.total)
    assert without.common == Parts()


@given(collections(), st.sampled_from(["CHF", "JPY"]))
def test_the_bars_add_up_to_what_they_say_they_are(collection, currency):
    found = of_all(*collection, TODAY)
    bars = ownership_charts.bars(found.parts, currency)
    shown = [Decimal(bar.text.split("\u00a0")[1].replace(",", "")) for bar in bars]
    total = found.parts.total
    whole = total >= 1000 or currency == "JPY"
    assert abs(sum(shown, Decimal()) - total) <= (Decimal("0.5") if whole else CENT / 2)


def test_a_watch_takes_its_price_its_fees_and_what_was_paid_since():
    watch = Watch(Decimal(1100), Decimal(100), Decimal(1500))
    found = of_one(
        watch,
        [
            Payment(watch.watch_id, Decimal(200)),
            Payment(watch.watch_id, Decimal(30), "insurance"),
            Payment(watch.watch_id, Decimal(7), "storage"),
            Payment(watch.watch_id, Decimal(3), "accessory"),
        ],
        TODAY,
    )
    assert found.parts == Parts(Decimal(1000), Decimal(100), Decimal(200), Decimal(30), Decimal(10))
    assert (found.parts.total, found.parts.beside) == (1340, 340)
    assert (found.total, found.less_value) == (1340, -160)
    held = (TODAY - BOUGHT).days
    assert rounded(found.a_year) == rounded(Decimal(1340) / held * Decimal("365.25"))
    assert rounded(found.a_month * 12) == rounded(found.a_year)


def test_a_sale_brings_back_and_years_end_with_it():
    watch = Watch(
        Decimal(1000), None, None, Decimal(1300), disposed_on=BOUGHT + timedelta(731), status="sold"
    )
    found = of_one(watch, [Payment(watch.watch_id, Decimal(100))], TODAY)
    assert (found.total, found.less_value) == (-200, -200)
    assert rounded(found.a_year) == rounded(Decimal(-200) / 731 * Decimal("365.25"))


@pytest.mark.parametrize(
    ("watch", "reason"),
    [
        (Watch(None, purchase_currency=None), "No purchase price is recorded."),
        (Watch(None, purchase_currency="RUB"), "No rate for the purchase on its day."),
        (
            Watch(disposed_on=TODAY, status="sold", value=None),
            "No sale price is recorded, or there is no rate for it.",
        ),
    ],
)
def test_what_is_not_known_has_its_reason_and_is_no_zero(watch, reason):
    found = of_one(watch, [], TODAY)
    assert [one.reason for one in (found.total, found.less_value, found.a_year)] == [reason] * 3
    assert of_all([watch], [], TODAY).incomplete == ((watch.watch_id, reason),)


def test_a_payment_without_a_rate_is_named_and_in_no_sum():
    watch = Watch()
    payment = Payment(watch.watch_id, None, "shipping", own_amount=Decimal(5000), currency="RUB")
    found = of_all([watch], [payment, Payment(None, None, "insurance")], TODAY)
    assert found.watches[0].total == Missing("A payment has no rate on its day.")
    assert found.parts.total == 1000
    assert {(one.watch_id, one.amount, one.currency) for one in found.unconverted} == {
        (None, 100, "EUR"), (watch.watch_id, 5000, "RUB"),
    }  # fmt: skip


@pytest.mark.parametrize("status", ["gifted", "lost"])
def test_what_was_given_away_or_lost_brings_nothing_and_that_is_known(status):
    found = of_one(Watch(disposed_on=TODAY, status=status, value=None), [], TODAY)
    assert (found.total, found.proceeds) == (1000, 0)


def test_a_watch_without_a_value_has_a_total_and_nothing_to_deduct():
    found = of_one(Watch(value=None), [], TODAY)
    assert found.total == 1000
    assert found.less_value == Missing("No value, or no rate for it.")


@pytest.mark.parametrize(
    ("days_held", "month", "year"), [(0, False, False), (29, False, False), (30, True, False),
                                     (364, True, False), (365, True, True)]
)  # fmt: skip
def test_a_month_and_a_year_are_told_once_they_have_passed(days_held, month, year):
    found = of_one(Watch(acquired_on=TODAY - timedelta(days_held)), [], TODAY)
    assert isinstance(found.a_month, Decimal) is month
    assert isinstance(found.a_year, Decimal) is year


def test_a_guessed_day_of_purchase_makes_no_year():
    found = of_one(Watch(dated=False), [], TODAY)
    assert found.total == 1000
    assert found.a_year == Missing("The day of the purchase is not recorded.")


def test_nothing_at_all_is_nothing_and_not_an_error():
    found = of_all([], [], TODAY)
    assert (found.total, found.years, found.since, found.days) == (0, {}, None, 0)


def test_years_without_a_payment_are_there_too_and_many_years_are_fifteen_columns():
    watch = Watch(acquired_on=date(1966, 5, 3))
    found = of_all([watch], [Payment(watch.watch_id, Decimal(5), day=date(2026, 1, 1))], TODAY)
    assert list(found.years) == list(range(1966, 2027))
    columns = ownership_charts.columns(found.years)
    assert [name for name, _ in columns] == ["to 2012", *map(str, range(2013, 2027))]
    assert sum((parts.total for _, parts in columns), Decimal()) == found.parts.total

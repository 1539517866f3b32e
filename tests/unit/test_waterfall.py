from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc.missing import Missing
from data.calc.waterfall import from_cost_to_value, shared_out

CENT, WHOLE = Decimal("0.01"), Decimal(1)
amounts = st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=6)


@dataclass(frozen=True)
class Watch:
    cost: Decimal | None
    value: Decimal | None
    fees: Decimal | None = None
    currency_gain: Decimal | None = Decimal()
    split: bool = True
    watch_id: UUID = field(default_factory=uuid4)

    @property
    def watch_gain(self):
        return self.value - self.cost - self.currency_gain if self.split else None


@dataclass(frozen=True)
class Payment:
    watch_id: UUID | None
    kind: str
    amount: Decimal | None


some_watches = st.lists(
    st.builds(
        Watch,
        amounts,
        amounts,
        st.none() | amounts,
        st.decimals(min_value=-1000, max_value=1000, places=6),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
)


def test_price_fees_and_currency_lead_from_the_cost_to_the_value():
    watch = Watch(Decimal(1100), Decimal(1500), fees=Decimal(100), currency_gain=Decimal(-50))
    found = from_cost_to_value([watch], [])
    assert (found.cost, found.price, found.fees, found.currency, found.value) == (
        1100,
        550,
        100,
        -50,
        1500,
    )


def test_services_and_other_costs_are_what_owning_took():
    watch = Watch(Decimal(1000), Decimal(1500))
    payments = [
        Payment(watch.watch_id, "service", Decimal(300)),
        Payment(watch.watch_id, "insurance", Decimal(40)),
        Payment(None, "storage", Decimal(60)),
        Payment(uuid4(), "service", Decimal(999)),
        Payment(None, "insurance", None),
    ]
    found = from_cost_to_value([watch], payments)
    assert (found.services, found.others, found.after_owning) == (300, 100, 1100)
    assert (found.value, found.payments_left_out) == (1500, 1)


@pytest.mark.parametrize("watches", [[], [Watch(None, Decimal(5))], [Watch(Decimal(5), None)]])
def test_without_a_watch_with_cost_and_value_there_is_nothing_to_lead_from(watches):
    assert isinstance(from_cost_to_value(watches, []), Missing)


def test_a_watch_that_was_given_is_a_rise_of_its_price():
    found = from_cost_to_value([Watch(Decimal(), Decimal(700))], [])
    assert (found.cost, found.price, found.fees, found.value) == (0, 700, 0, 700)


def test_a_gain_that_cannot_be_split_is_told_as_price():
    dead = Watch(Decimal(100), Decimal(70), fees=None, currency_gain=None, split=False)
    found = from_cost_to_value([dead, Watch(Decimal(10), Decimal(10))], [])
    assert (found.price, found.currency, found.unsplit, found.watches) == (-30, 0, 1, 2)


def test_what_is_nothing_stays_nothing_after_rounding():
    found = from_cost_to_value([Watch(Decimal("999.49"), Decimal("1000.50"))], [], WHOLE)
    assert (found.cost, found.price, found.currency, found.value) == (999, 2, 0, 1001)


@pytest.mark.parametrize("step", [CENT, WHOLE])
@given(watches=some_watches)
def test_rounded_parts_add_up_to_the_rounded_value(step, watches):
    found = from_cost_to_value(watches, [], step)
    assert found.cost + found.price - found.fees + found.currency == found.value
    exact = sum(one.currency_gain for one in watches if one.split)
    assert abs(found.currency - exact) < step
    for part in (found.cost, found.price, found.fees, found.currency, found.value):
        assert part % step == 0


@given(some_watches, st.randoms())
def test_the_order_of_watches_does_not_matter(watches, shuffler):
    assert from_cost_to_value(shuffler.sample(watches, len(watches)), []) == from_cost_to_value(
        watches, []
    )


@given(some_watches, st.integers(2, 100))
def test_ten_times_the_money_is_ten_times_each_part(watches, factor):
    def scaled(amount):
        return None if amount is None else amount * factor

    plain = from_cost_to_value(watches, [])
    more = from_cost_to_value(
        [
            replace(
                one,
                cost=scaled(one.cost),
                value=scaled(one.value),
                fees=scaled(one.fees),
                currency_gain=scaled(one.currency_gain),
            )
            for one in watches
        ],
        [],
    )
    assert abs(more.price - plain.price * factor) <= CENT * (factor + 1)


@given(st.lists(st.decimals(min_value=-1000, max_value=1000, places=4), min_size=1, max_size=9))
def test_shared_out_parts_are_near_what_they_were(parts):
    total = sum(parts).quantize(CENT)
    found = shared_out(total, parts)
    assert sum(found) == total
    assert all(abs(one - part) < CENT for one, part in zip(found, parts, strict=True))

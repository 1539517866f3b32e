"""How far a price is from a target."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc.target import distance

amounts = st.decimals(min_value=0, max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("price", "target", "amount", "fraction", "reached"),
    [
        (110, 100, 10, 0.1, False),
        (100, 100, 0, 0.0, True),
        (90, 100, -10, -0.1, True),
        (0, 100, -100, -1.0, True),
        (5, 0, 5, None, False),
        (0, 0, 0, None, True),
    ],
)
def test_it_is_price_less_target_as_an_amount_and_of_the_target(
    price, target, amount, fraction, reached
):
    found = distance(Decimal(price), Decimal(target))
    assert (found.amount, found.fraction, found.reached) == (amount, fraction, reached)


@given(price=amounts, target=amounts)
def test_it_leads_back_to_the_price_and_never_to_nan(price, target):
    found = distance(price, target)
    assert target + found.amount == price
    assert found.reached == (price <= target)
    assert (found.fraction is None) == (target == 0)
    if found.fraction is not None:
        assert found.fraction >= -1

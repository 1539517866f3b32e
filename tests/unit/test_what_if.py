"""What if: moves on paper add up, and no move is no change."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc.missing import Missing
from data.calc.what_if import Piece, Purchase, Sale, after, realised_by, standing

amounts = st.decimals(min_value=0, max_value=10**9, places=2)
maybe = st.none() | amounts
brands = st.sampled_from(["Omega", "Rolex", "Tudor"])
ids = st.integers(1, 2**60).map(lambda number: UUID(int=number))
pieces = st.lists(st.builds(Piece, ids, brands, maybe, maybe), max_size=12, unique_by=lambda p: p.watch_id)  # fmt: skip
purchases = st.lists(
    st.builds(Purchase, st.integers(2**61, 2**62).map(lambda n: UUID(int=n)), brands, amounts, amounts, maybe),
    max_size=4,
)  # fmt: skip


@st.composite
def moves(draw):
    """A collection, some sales of it, some purchases."""
    owned = draw(pieces)
    sold = draw(st.lists(st.sampled_from(owned), max_size=4, unique=True)) if owned else []
    return owned, [Sale(one.watch_id, draw(amounts), draw(amounts)) for one in sold], draw(purchases)  # fmt: skip


def piece(number, value, cost, brand="Omega"):
    known = [None if each is None else Decimal(each) for each in (value, cost)]
    return Piece(UUID(int=number), brand, *known)


OWNED = [piece(1, 8000, 5000), piece(2, 2000, 3000, "Tudor"), piece(3, None, 100), piece(4, 50, None)]  # fmt: skip


@given(pieces, amounts)
def test_without_moves_nothing_changes(owned, realised):
    assert after(owned, [], [], realised) == standing(owned, realised)


@given(pieces)
def test_a_sale_at_todays_value_leaves_value_and_cash_together_unchanged(owned):
    sales = [Sale(one.watch_id, one.value) for one in owned if one.value is not None]
    now = standing(owned)
    for some in (sales[:1], sales):
        assert after(owned, some, []).worth == now.worth


@given(pieces)
def test_a_sale_at_todays_value_turns_its_gain_into_a_realised_one(owned):
    sales = [Sale(one.watch_id, one.value) for one in owned if one.gain is not None]
    now, then = standing(owned), after(owned, sales, [])
    assert then.gain + then.realised == now.gain + now.realised
    assert then.gain == 0


@given(moves())
def test_the_parts_add_up(move):
    owned, sales, bought = move
    now, then = standing(owned), after(owned, sales, bought)
    for each in (now, then):
        assert sum(each.brands.values(), Decimal()) == each.value
        assert each.measured <= min(each.valued, each.costed) <= each.watches
    assert then.watches == len(owned) - len(sales) + len(bought)
    by_id = {one.watch_id: one for one in owned}
    lost = sum((s.proceeds - (by_id[s.watch_id].value or 0) for s in sales), Decimal())
    gained = sum((p.piece.value - p.cost for p in bought), Decimal())
    assert then.worth == now.worth + lost + gained


@given(moves(), st.randoms())
def test_the_order_of_moves_does_not_matter(move, random):
    owned, sales, bought = move
    expected = after(owned, sales, bought)
    for each in (owned, sales, bought):
        random.shuffle(each)
    found = after(owned, sales, bought)
    assert replace(found, concentration=None) == replace(expected, concentration=None)
    if isinstance(expected.concentration, Missing):
        assert found.concentration == expected.concentration
    else:
        assert found.concentration.largest == pytest.approx(expected.concentration.largest)
        assert found.concentration.herfindahl == pytest.approx(expected.concentration.herfindahl)


@given(moves())
def test_selling_in_two_steps_is_selling_at_once(move):
    owned, sales, _ = move
    left = [one for one in owned if one.watch_id not in {sale.watch_id for sale in sales[:1]}]
    first = after(owned, sales[:1], [])
    second = after(left, sales[1:], [], first.realised)
    whole = after(owned, sales, [])
    assert second.realised == whole.realised
    assert first.cash + second.cash == whole.cash
    assert second.value == whole.value


def test_a_sale_with_fees_by_hand():
    then = after(OWNED, [Sale(UUID(int=1), Decimal(9000), Decimal(600))], [], Decimal(10))
    assert (then.watches, then.valued, then.value) == (3, 2, 2050)
    assert (then.costed, then.cost) == (2, 3100)
    assert (then.measured, then.gain) == (1, -1000)
    assert (then.cash, then.realised) == (8400, 3410)
    assert then.concentration.largest == pytest.approx(2000 / 2050)
    assert list(then.brands) == ["Tudor", "Omega"]


def test_a_purchase_is_worth_its_market_price_or_else_its_cost_with_fees():
    wish = Purchase(UUID(int=9), "Rolex", Decimal(1000), Decimal(50), Decimal(1300))
    then = after(OWNED, [], [wish])
    assert (then.value, then.cost, then.gain, then.cash) == (11350, 9150, 2250, -1050)
    then = after(OWNED, [], [replace(wish, market=None)])
    assert (then.value, then.gain) == (11100, 2000)


def test_what_a_sale_realises_needs_a_cost():
    assert realised_by(Sale(UUID(int=1), Decimal(1)), OWNED) == -4999
    assert isinstance(realised_by(Sale(UUID(int=4), Decimal(70)), OWNED), Missing)
    then = after(OWNED, [Sale(UUID(int=4), Decimal(70))], [])
    assert (then.realised, then.cash) == (0, 70)


def test_fees_above_the_price_cost_money():
    assert after(OWNED, [Sale(UUID(int=1), Decimal(10), Decimal(30))], []).cash == -20


def test_an_empty_collection_has_no_concentration():
    then = after(OWNED, [Sale(one.watch_id, Decimal(0)) for one in OWNED], [])
    assert (then.watches, then.value, then.brands) == (0, 0, {})
    assert isinstance(then.concentration, Missing)

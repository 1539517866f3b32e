"""The label of the highest line of a chart, which has the currency, always has its room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chart_layout import LABEL, MARGINS, _topmost, with_headroom

amounts = st.floats(1, 1e9)


@pytest.mark.parametrize(("low", "high"), [(6143, 6857), (6461, 7239), (0, 300_000)])
@pytest.mark.parametrize("height", [280, 372, 400])
def test_the_highest_line_has_room_for_its_label(low, high, height):
    bottom, top = with_headroom(low, high, height)
    pixels = (top - _topmost(low, high)) / (top - bottom) * (height - MARGINS)
    assert pixels >= LABEL - 0.01


@given(amounts, amounts)
def test_nothing_that_is_drawn_is_cut(one, other):
    low, high = min(one, other), max(one, other) * 1.01
    bottom, top = with_headroom(low, high, 280)
    assert bottom == low
    assert high <= top <= high + (high - low) * 0.12

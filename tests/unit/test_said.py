"""Sentences of data/ with a number or a day in them, as each reader writes these."""

from datetime import date
from decimal import Decimal

import pytest

from app import language
from app.language import Reader, _
from data.said import said

TOLD = said("{limit} by {day}", limit=Decimal(10_000), day=date(2024, 5, 3))


def test_a_sentence_is_english_by_itself():
    assert TOLD == "10,000 by 3 May 2024"


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        (Reader(), "10,000 by 3 May 2024"),
        (Reader("de", "de_CH"), "10’000 by 3. Mai 2024"),
        (Reader("fr", "fr_CH"), "10\N{NARROW NO-BREAK SPACE}000 by 3 mai 2024"),
    ],
)
def test_its_numbers_and_days_are_the_readers(reader, shown):
    with language.used(reader):
        assert _(TOLD) == shown

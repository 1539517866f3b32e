"""The names of currencies: ours in English, those of Unicode's locale data in other languages."""

import pytest

from app import amounts, language
from app.language import Reader
from data.currencies import CURRENCIES, name


def test_in_english_they_are_our_own():
    assert [amounts.named(code) for code in CURRENCIES] == [name(code) for code in CURRENCIES]


@pytest.mark.parametrize("spoken", ["de", "fr"])
def test_every_currency_has_a_name_in_every_language(spoken):
    with language.used(Reader(spoken, "de_DE")):
        assert all(amounts.named(code) != f"{code} – {code}" for code in CURRENCIES)

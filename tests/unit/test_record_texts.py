"""The record of a watch in other languages, and what it says of amounts in privacy mode."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from app import format as say
from app import history_words, many_grid, print_routes, quick_value, service_charts, value_form
from app.language import Reader, _, used
from app.print_routes import render
from app.value_form import far_from
from data import pictures
from data.bulk import Listed
from data.errors import RefusedError
from data.said import Said, said
from data.services import YearCost
from data.valuations import Earlier, ValuationDraft
from data.watches import Watch

TODAY = date(2026, 5, 3)
GERMAN = Reader("de", "de_DE")
HIDDEN = Reader(hides_amounts=True)
BEFORE = Earlier(Decimal(5000), "EUR", date(2026, 1, 1))


def watch(**facts):
    """A watch as it is stored, with these facts."""
    fields = dict.fromkeys(Watch.__dataclass_fields__)
    fields |= {"watch_id": uuid4(), "brand": "Omega", "model": "Speedmaster", "version": 1}
    return Watch(**fields | {"complications": [], "tags": [], "is_private": False} | facts)


def test_a_noun_within_a_sentence_is_small_but_not_in_german():
    assert say.inside("Notes") == "notes"
    with used(GERMAN):
        assert say.inside("Notizen") == "Notizen"


def test_what_was_edited_is_a_list_of_names():
    fields = ["watch.notes", "watch.reference", "valuation.note"]
    assert history_words.edited(fields) == "notes, reference and note of a value"
    assert history_words.edited([]) == "details"


@pytest.mark.parametrize("reader", [Reader(), GERMAN, Reader("fr", "fr_FR")])
def test_a_cell_of_the_grid_means_the_same_in_every_language(reader):
    held = watch(status="owned", condition="good", purchase_price=Decimal("12390.50"))
    with used(reader):
        row = {name: many_grid.cell(held, name) for name in many_grid.FIELDS}
        assert many_grid.read_row(held, row, {}, TODAY) is None
        mint = many_grid.cell(watch(condition="mint"), "condition")
        changed = many_grid.read_row(held, row | {"condition": mint}, {}, TODAY)
    assert changed.draft.condition == "mint"


def test_an_amount_on_paper_has_no_currency_wherever_it_stands():
    for reader in (Reader(), GERMAN):
        with used(reader):
            assert "CHF" not in print_routes._amount(Decimal("12390.50"), "CHF")


def test_a_printed_list_hides_its_amounts():
    one = Listed(**dict.fromkeys(Listed.__dataclass_fields__) | {
        "brand": "Omega", "model": "Speedmaster", "status": "owned",
        "cost": Decimal(7777), "value": Decimal(8888),
    })  # fmt: skip
    assert "7,777" in render([one], "Ours", "CHF", TODAY)
    with used(HIDDEN):
        page = render([one], "Ours", "CHF", TODAY)
    assert say.HIDDEN in page
    assert "7,777" not in page
    assert "8,888" not in page


def test_what_is_asked_about_hides_the_value_before():
    assert far_from(BEFORE).endswith("EUR\N{NO-BREAK SPACE}5,000.")
    with used(HIDDEN):
        assert "5,000" not in far_from(BEFORE)


def test_what_was_recorded_last_is_hidden_as_soon_as_amounts_are():
    last = quick_value.Recorded(uuid4(), ValuationDraft(Decimal(7777), "CHF", TODAY), "Omega")
    assert "7,777" in quick_value._told(last)
    with used(HIDDEN):
        assert "7,777" not in quick_value._told(last)


def test_services_without_a_rate_hide_what_they_cost():
    paid = [YearCost(2025, None, 1, 0, Decimal(), ["RUB 5000.00"])]
    assert "RUB\N{NO-BREAK SPACE}5,000" in service_charts.without_rate(paid, "EUR")
    with used(HIDDEN):
        assert "5,000" not in service_charts.without_rate(paid, "EUR")


def test_the_example_of_an_amount_is_one_that_can_be_typed():
    with used(GERMAN):
        shown = say.localised("12,390.50")
        assert value_form._parse(shown, "EUR") == (Decimal("12390.50"), {})


def test_one_refusal_alone_stays_a_sentence_that_can_be_translated():
    error = RefusedError({"photo": said("A watch has up to {limit} photos.", limit=60)})
    assert isinstance(str(error), Said)
    assert str(error) == "A watch has up to 60 photos."
    assert str(RefusedError({"a": "One.", "b": "Two."})) == "One. Two."


def test_a_refused_picture_says_what_it_is_in_parts_that_can_be_translated():
    with pytest.raises(RefusedError) as error:
        pictures.read(b"%PDF-1.7 nonsense")
    sentence = error.value.problems["photo"]
    assert sentence.text == "This is {found}. Choose {wanted}."
    assert all(isinstance(part, Said) for part in sentence.values.values())
    assert _(sentence) == str(sentence)

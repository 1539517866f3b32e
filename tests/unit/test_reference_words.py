"""Every name of the reference data that a person reads can be translated."""

import csv

import pytest

from app import reference_words
from data.reference_data import FOLDER


@pytest.mark.parametrize(
    ("file", "marked"),
    [
        ("movement_types.csv", reference_words.MOVEMENT_TYPES),
        ("complications.csv", reference_words.COMPLICATIONS),
    ],
)
def test_the_names_of_a_file_are_those_that_are_marked(file, marked):
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        assert {line["name"] for line in csv.DictReader(lines)} == marked

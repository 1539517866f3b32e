"""Every text of the app is translated into every language, with the same placeholders."""

import re
from pathlib import Path

import pytest

from tests import texts

PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")
LANGUAGES = pytest.mark.parametrize("language", texts.LANGUAGES)


def forms(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


@LANGUAGES
def test_every_text_is_translated(language):
    held = texts.catalogue(language)
    missing = []
    for message in texts.template():
        found = held.get(message.id[0] if message.pluralizable else message.id, message.context)
        if message.id and not (found and texts.translated(found.string)):
            missing.append(message.id)
    assert missing == [], "run `python -m tests.texts` and translate what is empty"


@LANGUAGES
def test_a_translation_has_the_placeholders_of_its_text(language):
    wrong = []
    for message in texts.catalogue(language):
        wanted = {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
        for form in forms(message.string):
            found = set(PLACEHOLDER.findall(form))
            if found - wanted or (wanted - found and not message.pluralizable):
                wrong.append((message.id, form))
    assert wrong == []


@LANGUAGES
def test_no_text_is_left_of_code_that_is_gone(language):
    live = {(str(message.id), message.context) for message in texts.template()}
    held = {(str(message.id), message.context) for message in texts.catalogue(language)}
    assert held - live == set()


def test_the_extraction_finds_texts_in_all_rooms():
    found = {text.path.partition("/")[0] for text in texts.texts()}
    assert found == {"app", "pages", "data", "sql"}
    assert Path("app/format.py").exists()


def test_no_text_is_alone_in_one_place_and_has_a_plural_in_another():
    alone = {(t.message, t.context) for t in texts.texts() if isinstance(t.message, str)}
    counted = {(t.message[0], t.context) for t in texts.texts() if not isinstance(t.message, str)}
    assert alone & counted == set(), "gettext keeps both under one key"

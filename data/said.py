"""Sentences that name something: kept as a text and its values, so that they can be translated.

``RefusedError({"file": said("{name} is larger than {limit} MB.", name=…, limit=20)})`` reads like
any other string, and app/language.py finds the text to translate.
"""

from datetime import date
from decimal import Decimal


class Said(str):
    """A sentence in English that knows what it was made of."""

    __slots__ = ("text", "values")
    text: str
    values: dict[str, object]

    def __str__(self) -> str:
        """Itself, so that an error's text still knows what it was made of."""
        return self


def said(text: str, **values: object) -> Said:
    """The text with its placeholders filled in; a Decimal, and a day, as they are written."""
    made = Said(text.format(**{name: _written(value) for name, value in values.items()}))
    made.text, made.values = text, values
    return made


def _written(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:,}"
    return f"{value.day} {value:%B} {value.year}" if isinstance(value, date) else value

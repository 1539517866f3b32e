"""Sentences that name something: kept as a text and its values, so that they can be translated.

``RefusedError({"file": said("{name} is larger than {limit} MB.", name=…, limit=20)})`` reads like
any other string, and app/language.py finds the text to translate.
"""


class Said(str):
    """A sentence in English that knows what it was made of."""

    __slots__ = ("text", "values")
    text: str
    values: dict[str, object]

    def __str__(self) -> str:
        """Itself, so that an error's text still knows what it was made of."""
        return self


def said(text: str, **values: object) -> Said:
    """The text with its placeholders filled in."""
    made = Said(text.format(**values))
    made.text, made.values = text, values
    return made

"""In which language and in whose number format this run speaks, and whether it shows amounts.

Texts are English in the code: ``_("You own {count} watches.", count=…)``. Their translations are
gettext catalogues in app/locale, which `make texts` brings up to date. A constant of a module is
marked by ``N_("…")`` and translated where it is shown. Sentences of data/ and of the schema's
comments are translated where they are shown too: ``_(sentence)``.
"""

import gettext as catalogues
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from app import session
from data.said import Said

LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français"}
# Whose separators and order numbers, dates and money may have; the first of a language is its own.
NUMBER_FORMATS = ("en_GB", "de_DE", "de_CH", "fr_FR", "fr_CH")
LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Reader:
    """Whoever reads what this run writes."""

    language: str = "en"  # a key of LANGUAGES
    numbers: str = "en_GB"  # one of NUMBER_FORMATS
    hides_amounts: bool = False  # privacy mode: amounts of money are not even sent


READER = Reader()  # of a run that did not say
_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


def use(reader: Reader) -> None:
    """From now on this run, or this request, writes for this reader."""
    _reader.set(reader)


@contextmanager
def used(reader: Reader) -> Iterator[None]:
    """Write for another reader for a while: a mail to somebody else."""
    token = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(token)


def reader() -> Reader:
    """Who reads. A callback or a fragment runs without main.py, so its session remembers."""
    found = _reader.get()
    if found is None:
        found = session.kept_reader(READER)
        _reader.set(found)
    return found


def reader_of(
    language: str | None, numbers: str | None, accepted: str = "", *, hides_amounts: bool = False
) -> Reader:
    """The reader from what a person chose (None: nothing) and what their browser accepts."""
    spoken = language if language in LANGUAGES else _negotiated(accepted)
    if numbers not in NUMBER_FORMATS:
        numbers = _numbers_of(spoken, accepted)
    return Reader(spoken, numbers, hides_amounts)


def _(message: str, **values: object) -> str:
    """A text in the reader's language, with its placeholders filled in."""
    if isinstance(message, Said):  # a sentence of data/, made of a text and its values
        return _(message.text, **{name: _said(value) for name, value in message.values.items()})
    language = reader().language
    found = message if language == "en" or not message else _catalogue(language).gettext(message)
    return found.format(**values) if values else found


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """A text in the reader's language and in the form that its number asks for.

    ``{number}`` is filled in as well, as plain digits.
    """
    language = reader().language
    if language == "en":
        found = one if number == 1 else many
    else:
        found = _catalogue(language).ngettext(one, many, number)
    return found.format(number=number, **values)


def pgettext(context: str, message: str, **values: object) -> str:
    """A text whose English alone is ambiguous: ``pgettext("verb", "Open")``."""
    language = reader().language
    found = message if language == "en" else _catalogue(language).pgettext(context, message)
    return found.format(**values) if values else found


def _said(value: object) -> object:
    if isinstance(value, Decimal):
        return format_decimal(value, locale=numbers())
    if isinstance(value, date):
        spoken = reader().language
        return format_date(value, "long", locale="en_GB" if spoken == "en" else spoken)
    return _(value) if isinstance(value, Said) else value


def N_(message: str) -> str:  # noqa: N802  (the name gettext's tools know)
    """Mark a constant for translation; it is translated where it is shown."""
    return message


def N_n(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a constant in its two forms: ``ngettext(*DAYS, number)`` where it is shown."""
    return one, many


def numbers() -> Locale:
    """The locale of numbers, dates and money."""
    return _locale(reader().numbers)


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    path = LOCALE / language / "LC_MESSAGES" / "caseback.po"
    if not path.exists():
        return catalogues.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)


def _first(language: str) -> str:
    return next(one for one in NUMBER_FORMATS if one.startswith(language))


def _negotiated(accepted: str) -> str:
    found = negotiate_locale(_tags(accepted), list(LANGUAGES), sep="-")
    return found.split("-")[0] if found else "en"


def _numbers_of(language: str, accepted: str) -> str:
    """The format of the language, in the browser's own country where we know it."""
    for tag in _tags(accepted):
        try:
            name = str(Locale.parse(tag, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
        if name in NUMBER_FORMATS and name.startswith(language):
            return name
    return _first(language)


def _tags(accepted: str) -> list[str]:
    """The language tags of an Accept-Language header, as they come (best first as a rule)."""
    found = (part.split(";")[0].strip() for part in accepted[:200].split(","))
    return [tag for tag in found if tag]

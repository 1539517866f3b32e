"""The texts of the app and their translations: ``python -m tests.texts`` updates the catalogues.

Texts stand in the code as calls of app/language.py, and in sql/schema.sql as sentences of
constraints. New ones come to the catalogues without a translation (a test says so), and
those that are gone go.
"""

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "app" / "locale"
LANGUAGES = ("de", "fr")
# Which arguments of a call are texts: one, or the forms for one and for many; "c" is a context.
CALLS = {
    "_": "t",
    "N_": "t",
    "said": "t",
    "N_n": "tt",
    "ngettext": "tt",
    "_of": "tt",
    "pgettext": "ct",
    "count": "-tt",
}
SENTENCES = (
    re.compile(r"^COMMENT ON (?:CONSTRAINT|INDEX) .* IS '((?:[^']|'')+)';$", re.MULTILINE),
    re.compile(r"\bmessage = '((?:[^']|'')+)'"),
)


@dataclass(frozen=True)
class Text:
    """One text to translate."""

    message: str | tuple[str, str]  # or the forms for one and for many
    context: str | None
    path: str
    line: int


def texts() -> Iterator[Text]:
    """All texts of the code, of the reference data and of the schema."""
    for folder in ("app", "pages", "data"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from texts_of(path)
    for name in ("movement_types", "complications"):
        with (ROOT / "data" / "reference" / f"{name}.csv").open(newline="") as file:
            for line in csv.DictReader(file):
                yield Text(line["name"], None, f"data/reference/{name}.csv", 0)
    schema = (ROOT / "sql" / "schema.sql").read_text("utf-8")
    for pattern in SENTENCES:
        for found in pattern.finditer(schema):
            yield Text(found[1].replace("''", "'"), None, "sql/schema.sql", 0)


def texts_of(path: Path) -> Iterator[Text]:
    """The texts of one module: the calls of app/language.py, `said` and `count` with literals."""
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            shape = CALLS.get(getattr(node.func, "id", getattr(node.func, "attr", "")), "")
            given = [getattr(value, "value", None) for value in node.args[: len(shape)]]
            found = [v for v, kind in zip(given, shape, strict=False) if kind == "t"]
            if shape and len(found) == shape.count("t") and all(isinstance(v, str) for v in found):
                context = given[0] if shape[0] == "c" else None
                message = found[0] if len(found) == 1 else (found[0], found[1])
                yield Text(message, context, name, node.lineno)


def catalogue(language: str) -> Catalog:
    """What is translated so far."""
    path = LOCALE / language / "LC_MESSAGES" / "caseback.po"
    if path.exists():
        with path.open("rb") as file:
            found = read_po(file, locale=language, domain="caseback")
    else:
        found = Catalog(language, domain="caseback")
    found.header_comment, found.fuzzy = "# The texts of Caseback; see app/language.py.", False
    found.project, found.version = "Caseback", "1"
    return found


def template() -> Catalog:
    """Every text once, by where it comes first."""
    found = Catalog(domain="caseback")
    for text in texts():
        place = [(text.path, None)]
        found.add(text.message, context=text.context, locations=place)
    return found


def store(made: Catalog) -> None:
    """Write a catalogue, without lines that change with every commit."""
    path = LOCALE / str(made.locale) / "LC_MESSAGES" / "caseback.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, made, width=100, omit_header=False, ignore_obsolete=True, sort_output=True)
    lines = written.getvalue().decode().splitlines()
    dull = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Language-Team')
    kept = [
        line for line in lines if not line.startswith((*dull, '"Report-Msgid', '"Generated-By'))
    ]
    path.write_text("\n".join(kept) + "\n", "utf-8")


def main() -> None:
    """Bring the catalogues up to date, and name what has no translation."""

    for language in LANGUAGES:
        made = catalogue(language)
        made.update(template(), no_fuzzy_matching=True)
        made.obsolete.clear()
        store(made)
        missing = [message.id for message in made if message.id and not translated(message.string)]
        print(f"{language}: {len(made)} texts, {len(missing)} without a translation")  # noqa: T201
        for text in missing:
            print(f"  {text}")  # noqa: T201


def translated(string: str | tuple[str, ...] | list[str]) -> bool:
    """Whether there is a translation in every form."""
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


if __name__ == "__main__":
    main()

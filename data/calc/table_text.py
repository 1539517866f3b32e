"""Tables as people bring them: bytes or pasted text in, lines of cells out. Never raises.

Nothing here knows what a cell means. A line keeps its number, so that whatever is said about it
can be looked up in the file.
"""

import codecs
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from charset_normalizer import from_bytes

from data.said import said

ENCODINGS = {  # as Python calls them → as people know them
    "utf-8": said("Unicode, UTF-8"),
    "utf-16": said("Unicode, UTF-16"),
    "cp1252": said("Western European, Windows-1252"),
    "latin-1": said("Western European, Latin-1"),
    "cp1250": said("Central European, Windows-1250"),
    "cp1251": said("Cyrillic, Windows-1251"),
    "cp1253": said("Greek, Windows-1253"),
    "cp1254": said("Turkish, Windows-1254"),
    "cp932": said("Japanese, Shift-JIS"),
    "gb18030": said("Chinese, GB 18030"),
    "big5": said("Chinese, Big5"),
    "cp949": said("Korean, EUC-KR"),
    "mac_roman": said("Western European, Mac"),
}
SPACES = " "  # as a delimiter: the cells are parted by two blanks or more
DELIMITERS = {
    "\t": said("Tab"),
    ";": said("Semicolon"),
    ",": said("Comma"),
    "|": said("Bar"),
    SPACES: said("Blanks"),
}
PAGES = [name for name in ENCODINGS if name not in {"utf-8", "utf-16"}]
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}  # of a byte order
_NAMES = {"latin_1": "cp1252", "shift_jis": "cp932", "euc_kr": "cp949"}  # of the library
ENDS = re.compile(r"\r\n|\r|\n")
SAID = re.compile(r"sep=(.)", re.IGNORECASE)  # Excel's own first line
LINES_OF_A_CELL = 20  # a quoted cell may hold line breaks; more is a quote that was never closed
LONGEST = 10_000  # characters of one
WIDEST = 100  # columns that are looked at
FEW = 1_000  # bytes that are looked at for zeros


@dataclass(frozen=True)
class Line:
    """A line with something in it, by its number in the file (from 1)."""

    number: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """What stands in a column; empty where the line is too short."""
        return self.cells[place] if 0 <= place < len(self.cells) else ""


def decode(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text, and the encoding it was read in, one of ENCODINGS; what can't be read is �."""
    for mark, name in MARKS.items():
        if content.startswith(mark):
            return content.decode(name, "replace"), name
    found = encoding if encoding in ENCODINGS else _detect(content)
    if found == "utf-16":
        return content.decode(_byte_order(content), "replace"), found
    return content.decode(found, "replace"), found


def lines(text: str, delimiter: str) -> list[Line]:
    """The lines that hold anything, cut into cells."""
    physical = ENDS.split(text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\0", " "))
    found, at = [], 0
    while at < len(physical):
        number, taken = at + 1, 1 if delimiter == SPACES else _taken(physical, at, delimiter)
        cells = _cut("\n".join(physical[at : at + taken]), delimiter)
        at += taken
        if any(cells) and not (number == 1 and SAID.fullmatch(physical[0].strip())):
            found.append(Line(number, cells))
    return found


def said_delimiter(text: str) -> str | None:
    """The delimiter that the file's first line names (``sep=;``), or None."""
    match = SAID.fullmatch(ENDS.split(text, 1)[0].strip("\N{ZERO WIDTH NO-BREAK SPACE} "))
    return match[1] if match and match[1] in DELIMITERS else None


def column_names(header: Line | None, width: int) -> tuple[str, ...]:
    """What to call the columns: as the header does, each name once; else by their place."""
    names: list[str] = []
    for place, cell in zip_longest(range(width), header.cells[:width] if header else ()):
        name = " ".join((cell or "").split()) or f"Column {place + 1}"
        names.append(f"{name} ({place + 1})" if name in names else name)
    return tuple(names)


def _detect(content: bytes) -> str:
    """The encoding of bytes without a mark."""
    if _zeros(content[:FEW]):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=PAGES).best()
    else:
        return "utf-8"
    name = _NAMES.get(best.encoding, best.encoding) if best else "cp1252"
    same = best is not None and str(best) == content.decode("cp1252", "replace")
    return "cp1252" if same or name not in ENCODINGS else name


def _zeros(content: bytes) -> bool:
    """Whether every other byte is mostly zero, as in UTF-16 without a mark."""
    half = len(content) // 2
    most = max(content[0::2].count(0), content[1::2].count(0))
    return half > 1 and most * 2 > half


def _byte_order(content: bytes) -> str:
    few = content[:FEW]
    return "utf-16-le" if few[1::2].count(0) >= few[0::2].count(0) else "utf-16-be"


def _taken(physical: Sequence[str], at: int, delimiter: str) -> int:
    """How many lines of the file one line of the table takes: until its quotes are closed."""
    if physical[at].count('"') % 2 == 0:
        return 1
    opened = rf'(?:^|{re.escape(delimiter)}) *"[^"]*(?:""[^"]*)*'
    for more in range(1, min(LINES_OF_A_CELL, len(physical) - at) + 1):
        text = "\n".join(physical[at : at + more])
        if len(text) > LONGEST:
            break
        if not re.search(opened + r"\Z", re.sub(opened + '"', "", text)):
            return more
    return 1


def _cut(line: str, delimiter: str) -> tuple[str, ...]:
    """The cells of a line, without blanks around them."""
    if delimiter == SPACES:
        return tuple(re.split(r"\s{2,}|\t", line.strip())[:WIDEST])
    try:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:  # a cell of more than 131,072 characters
        cells = line.split(delimiter)
    return tuple(cell.strip() for cell in cells[:WIDEST])

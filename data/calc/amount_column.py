"""A column of amounts: "1,234.56", "1.234,56", "12 390", "CHF 1'234.50", "€ 40.950,-", "13k".

A cell is taken apart by itself; which of dot and comma is the decimal sign is decided for the
whole column, by the cells in which it shows. Where it shows in none ("1.234" everywhere), a person
has to say it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from data.calc.amount import CODES, PLAIN, SIGNS
from data.said import said

Sign = Literal[".", ","]
LIMIT = Decimal(10) ** 12  # numeric(14,2) has twelve digits before the decimal sign
LONGEST = 40  # characters of an amount
THOUSAND = 1_000
# Not data: how programs and people leave a cell out.
BLANK = frozenset(
    ("", "-", ".", "?", "??", "???", "n/a", "#n/a", "na", "nan", "null", "none", "nil", "k.a.")
)
_OLD = "ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK"
_MORE = (
    "AMD ARS AZN BHD BYN CLP COP CRC DOP DZD EGP GEL GTQ IRR JOD KES KZT LBP LKR MAD MKD MUR NGN "
    "OMR PEN PKR PYG RSD TND TZS UAH UYU UZS VND XAF XOF"
)
KNOWN = frozenset(f"{CODES} {_OLD} {_MORE}".split())
_MARKS = SIGNS | {
    "DM": ("DEM",), "R$": ("BRL",), "C$": ("CAD",), "A$": ("AUD",), "S$": ("SGD",),
    "NZ$": ("NZD",), "NT$": ("TWD",), "MX$": ("MXN",), "CA$": ("CAD",), "AU$": ("AUD",),
    "₹": ("INR",), "RS": ("INR", "PKR", "LKR"), "₩": ("KRW",), "₺": ("TRY",), "TL": ("TRY",),
    "₽": ("RUB",), "₪": ("ILS",), "฿": ("THB",), "₫": ("VND",), "₴": ("UAH",), "ZŁ": ("PLN",),
    "KČ": ("CZK",), "FT": ("HUF",), "LEI": ("RON",), "RM": ("MYR",), "RP": ("IDR",),
    "EURO": ("EUR",), "EUROS": ("EUR",), "元": ("CNY",), "円": ("JPY",), "원": ("KRW",),
}  # fmt: skip
_SYMBOLS = "€$£¥₹₩₺₽₪฿₫₴"
_MARK = rf"[^\W\d_]{{0,2}}[{_SYMBOLS}]|[^\W\d_]{{1,6}}\.?"
_SHAPE = re.compile(
    rf"(?P<open>\()? *(?P<minus>-)? *(?P<before>{_MARK})? *(?P<minus2>-)? *"
    rf"(?P<number>(?:[.,]?[0-9])(?:[0-9.,' ]*[0-9])?)"
    rf"(?P<no_cents>[.,]--?)?(?P<minus3>-)? ?(?P<thousands>[kK](?![^\W\d_]))? *"
    rf"(?P<after>{_MARK})? *(?P<close>\))?"
)
_FLOAT = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,4}")
NO_NUMBER = {
    ".": said("This is no number where the dot is the decimal sign and digits go in threes."),
    ",": said("This is no number where the comma is the decimal sign and digits go in threes."),
}
_READ = {
    sign: re.compile(
        rf"[1-9][0-9]{{0,2}}(?P<group>[{other}' ])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
        rf"(?:\{sign}[0-9]+)?|[0-9]*\{sign}[0-9]+|[0-9]+"
    )
    for sign, other in ((".", ","), (",", "."))
}
# Codes that are no words, so that they may be written small in a heading.
_PLAIN_CODES = frozenset(
    "AUD CAD CHF CNY CZK DKK EUR GBP HKD HUF JPY NOK NZD PLN SEK SGD USD".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Written:
    """The parts of a cell that holds an amount."""

    number: str  # digits with their signs
    mark: str = ""  # the currency beside it, as written
    negative: bool = False
    thousands: bool = False  # "13k"

    @property
    def shows(self) -> Sign | Literal["either", ""]:
        """What it shows to be the decimal sign; ``either``: 1.234 and 1,234; else nothing."""
        found = [char for char in self.number if char in ".,"]
        if not found:
            return ""
        last: Sign = "." if found[-1] == "." else ","
        other: Sign = "," if last == "." else "."
        if len(found) > 1:
            return other if len(set(found)) == 1 else last
        before, _, after = self.number.partition(last)
        if re.search(r"[' ]", before) or self.thousands:
            return last
        grouped = re.fullmatch(r"[1-9][0-9]{0,2}", before) and re.fullmatch(r"[0-9]{3}", after)
        return "either" if grouped else last


@dataclass(frozen=True)
class Signs:
    """How many cells of a column show which decimal sign."""

    dot: int
    comma: int
    either: int

    @property
    def decimal(self) -> Sign | None:
        """What holds for the column; None: nobody can tell, or nobody needs to."""
        if bool(self.dot) == bool(self.comma):
            return None
        return "." if self.dot else ","

    @property
    def asks(self) -> bool:
        """Whether a person has to say it."""
        return bool(self.dot and self.comma) or bool(self.either and self.decimal is None)


def written(cell: str) -> Written | None:
    """A cell taken apart; None when it is no amount."""
    text = cell.translate(PLAIN).strip()
    shape = _SHAPE.fullmatch(text) if len(text) <= LONGEST else None
    if shape is None or (shape["before"] and shape["after"]):
        return None
    if bool(shape["open"]) != bool(shape["close"]):
        return None
    mark = shape["before"] or shape["after"] or ""
    if mark and not currencies(mark):
        return None
    negative = bool(shape["open"] or shape["minus"] or shape["minus2"] or shape["minus3"])
    # "40.950,-" has no cents: with ",00" its dot is plainly a thousands sign.
    cents = shape["no_cents"][0] + "00" if shape["no_cents"] else ""
    return Written(shape["number"] + cents, mark, negative, bool(shape["thousands"]))


def is_blank(cell: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    return cell.translate(PLAIN).strip().casefold() in BLANK


def signs(cells: Iterable[Written | None]) -> Signs:
    """Which decimal sign a column shows."""
    shown = [cell.shows for cell in cells if cell is not None]
    return Signs(shown.count("."), shown.count(","), shown.count("either"))


def read(cell: Written, decimal: Sign) -> Decimal:
    """The amount in a column with that decimal sign. Raises ValueError with a reason."""
    if cell.negative:
        raise ValueError(said("A price can't be negative."))
    shape = _READ[decimal].fullmatch(cell.number)
    if shape is None:
        raise ValueError(NO_NUMBER[decimal])
    plain = cell.number.replace(shape["group"], "") if shape["group"] else cell.number
    amount = Decimal(plain.replace(",", ".")) * (THOUSAND if cell.thousands else 1)
    if amount >= LIMIT:
        raise ValueError(said("This is too large: at most 12 digits before the decimals."))
    return amount


def why_not(cell: str) -> str:
    """Why a cell is no amount, and what to do about it."""
    if _FLOAT.fullmatch(cell.strip()):
        return said("A spreadsheet rounded this number. Show it in full there and export it again.")
    return said("This is no amount. Write it like 12,390.50.")


def currencies(mark: str) -> tuple[str, ...]:
    """The currencies (ISO 4217) that a sign, a code or a word can mean; none: it is unknown."""
    name = mark.strip().upper().rstrip(".")
    if name in KNOWN:
        return (name,)
    return _MARKS.get(name, ())


def currencies_named(text: str) -> tuple[str, ...]:
    """The currencies that a heading like "Omega 310 (CHF)" or "Preis in €" can mean."""
    words = re.findall(r"[^\W_]+", text)
    codes = {word for word in words if word in KNOWN}
    codes |= {word.upper() for word in words if word.upper() in _PLAIN_CODES}
    codes |= {"EUR" for word in words if word.upper() in {"EURO", "EUROS"}}
    if codes:
        return tuple(codes) if len(codes) == 1 else ()
    found = {currencies(mark) for mark in re.findall(rf"[A-Z]{{0,2}}[{_SYMBOLS}]", text)} - {()}
    return found.pop() if len(found) == 1 else ()

"""A watch in one line, as somebody notes it or pastes it from an advertisement.

    Omega Speedmaster 310.30.42.50.01.002 bought 2023-05-01 for 6500 EUR

Nothing is guessed silently: each reading that was not plain has a remark, and words that were not
understood come back. What is read first is covered with a mark, so that it is not read twice.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data import one_line_words as say
from data.calc.amount import parse_amount
from data.calc.day import days
from data.one_line_words import BRAND, TAKEN
from data.said import said

EARLIEST = date(1900, 1, 1)  # as data/watches.py takes it
LONGEST = 5_000  # characters that are read; what is behind them comes back as it is
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
MARKS = re.compile(f"[{TAKEN}{BRAND}]")
GRADES = {  # a condition in a sentence
    "mint": said("mint"),
    "excellent": said("excellent"),
    "good": said("good"),
    "fair": said("fair"),
    "poor": said("poor"),
}
BACK = 60  # characters in which words before an amount or a day are looked for
FEWEST_DIGITS = 3  # of a price that no currency stands beside
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
EDGES, BRACKETS = " ,;:.!?|·•", "()[]"


@dataclass
class Line:
    """What was understood; None is "not said"."""

    brand: str | None = None
    model: str | None = None
    reference: str | None = None
    nickname: str | None = None
    serial_number: str | None = None
    production_year: int | None = None
    status: str | None = None  # wishlist or ordered; a watch is owned unless somebody says so
    condition: str | None = None
    box_papers: str | None = None
    retailer: str | None = None
    purchased_on: date | None = None
    purchase_price: Decimal | None = None
    purchase_currency: str | None = None  # ISO 4217
    remarks: tuple[str, ...] = ()  # sentences: how what was not plain has been read
    left: tuple[str, ...] = ()  # what was not understood, in pieces


def parse(
    typed: str,
    brands: Mapping[str, str],
    currencies: Collection[str],
    today: date,
    currency: str | None = None,
) -> Line:
    """Read a line. Never raises.

    ``brands`` is each known way to write a name (aliases too) and the name it stands for;
    ``currency`` is the member's own, for signs that several countries use.
    """
    text = " ".join(MARKS.sub(" ", typed.replace("\0", " ")).split())
    reading = _Reading(text[:LONGEST], today)
    reading.nickname()
    reading.brand(brands)
    reading.serial()
    reading.named_reference()
    reading.status()
    reading.day()
    reading.price(tuple(sorted(currencies)), currency)
    reading.year_bought()
    reading.reference()
    reading.year()
    reading.words()
    reading.seller()
    reading.rest()
    rest = (text[LONGEST:],) if len(text) > LONGEST else ()
    reading.line.remarks = tuple(reading.remarks)
    reading.line.left += rest
    return reading.line


class _Reading:
    """A text of which more and more is covered, and the line that comes of it."""

    def __init__(self, text: str, today: date) -> None:
        self.text, self.today, self.line = text, today, Line()
        self.remarks: list[str] = []

    def nickname(self) -> None:
        if match := say.QUOTED.search(self.text):
            self.line.nickname = next(group for group in match.groups() if group).strip() or None
            self._cover(*match.span())

    def brand(self, brands: Mapping[str, str]) -> None:
        """The first name that is known; abbreviations in capitals only, or as the first word."""
        pattern = say.brand_pattern(tuple(sorted(brands)))
        names = {say.brand_key(spelling): name for spelling, name in brands.items()}
        names |= {say.brand_key(name): name for name in brands.values()}
        for match in pattern.finditer(say.folded(self.text)) if pattern else ():
            written = self.text[slice(*match.span())]
            name = names.get(say.brand_key(written))
            if name is None or (
                len(written) <= say.SHORT and not written.isupper() and match.start() > 0
                and written != name
            ):  # fmt: skip
                continue
            self.line.brand = name
            self._cover(*match.span(), BRAND)
            return

    def serial(self) -> None:
        if match := say.SERIAL.search(self.text):
            self.line.serial_number = match["it"]
            self._cover(*match.span())

    def named_reference(self) -> None:
        if match := say.NAMED_REFERENCE.search(self.text):
            self.line.reference = match["it"] + match["more"]
            self._cover(*match.span())

    def day(self) -> None:
        """The day it was bought: the one that says so, else the first that says nothing else."""
        found = []
        for one in days(self.text, self.today):
            if other := self._led(say.OTHER_DAY, one.start):
                self._set_aside(other.start(), one.end)
            else:
                found.append(one)
        ahead = [one for one in found if one.day > self.today]
        usable = [one for one in found if one.day <= self.today and one.day >= EARLIEST]
        if ahead and not usable:
            typed = self.text[ahead[0].start : ahead[0].end]
            self.remarks.append(
                said("“{typed}” has not come yet, so it is not the purchase date.", typed=typed)
            )
        usable.sort(key=lambda one: self._dated(one.start) == one.start)
        for one in usable[:1]:
            self.line.purchased_on = one.day
            self.remarks += [one.remark] if one.remark else []
            self._cover(self._dated(one.start), one.end)

    def price(self, codes: tuple[str, ...], currency: str | None) -> None:
        """The amount that was paid, with its currency; the one after "for" first."""
        before, after = say.prices(codes)
        found = [*_overlapping(before, self.text), *_overlapping(after, self.text)]
        for match in found:
            if other := self._led(say.NOT_PAID, match.start()):
                self._set_aside(other.start(), match.end())
        found.sort(key=self._rank)
        problem = ""
        for match in found:
            if MARKS.search(self.text[slice(*match.span())]):
                continue
            code = _code(match["mark"], codes, currency)
            try:
                amount = self._amount(match["number"], bool(match["thousand"]))
            except ValueError as error:
                problem = problem or str(error)
                continue
            if code is None:
                continue
            self._say_about(match, code, amount)
            self.line.purchase_price, self.line.purchase_currency = amount, code
            intro = self._led(say.FOR, match.start())
            self._cover(intro.start() if intro else match.start(), match.end())
            return
        self._bare_price()
        if problem and self.line.purchase_price is None:
            self.remarks.append(problem)

    def year_bought(self) -> None:
        """The form wants a day, and "bought in 2019" names none."""
        match = say.BOUGHT_IN.search(self.text)
        if match and self.line.purchased_on is None and int(match["year"]) <= self.today.year:
            self.line.purchased_on = date(int(match["year"]), 1, 1)
            self.remarks.append(
                said("“{typed}” names no day: 1 January was taken.", typed=match[0])
            )
            self._cover(*match.span())

    def reference(self) -> None:
        """The first that looks like one, if none was named."""
        if self.line.reference:
            return
        for match in _overlapping(say.REFERENCE, self.text):
            it = match["it"]
            if not self._is_reference(it, apart=bool(match["first"])):
                continue
            first, last = match["first"], match["last"] or ""
            self.line.reference = f"{first} {it}{last}" if first else it + last
            if it.isdigit() and not first and not last:
                self.remarks.append(said("“{typed}” was taken for the reference.", typed=it))
            self._cover(*match.span())
            return

    def year(self) -> None:
        """The year it was made: one that says so first."""
        found = [one for one in say.YEAR.finditer(self.text) if self._is_year(one["year"])]
        found.sort(key=lambda one: not (one["named"] or one["about"]))
        if not found:
            return
        one = found[0]
        self.line.production_year = int(one["year"])
        if one["about"]:
            self.remarks.append(
                said("“{typed}” is kept as {year}.", typed=one[0].strip(), year=one["year"])
            )
        elif not one["named"]:
            self.remarks.append(
                said("{year} was taken for the year of production.", year=one["year"])
            )
        self._cover(*one.span())

    def status(self) -> None:
        """Where it stands, if that is said."""
        for status, pattern in say.STATUSES.items():
            if match := pattern.search(self.text):
                self.line.status = self.line.status or status
                self._cover(*match.span())

    def words(self) -> None:
        """Its condition, box and papers, and "bought" that stands alone."""
        for box_papers, pattern in say.SETS.items():
            match = pattern.search(self.text)
            if match and not self._led(say.NEGATED, match.start()):
                self.line.box_papers = box_papers
                self._cover(*match.span())
                break
        for word, (condition, pattern) in say.CONDITIONS.items():
            if match := pattern.search(self.text):
                self.line.condition = condition
                if word != condition:
                    self.remarks.append(
                        said(
                            "“{typed}” was taken for the condition {condition}.",
                            typed=match[0],
                            condition=GRADES[condition],
                        )
                    )
                self._cover(*match.span())
                break
        for match in say.BUY.finditer(self.text):
            self._cover(*match.span())

    def seller(self) -> None:
        if match := say.SELLER.search(self.text):
            self.line.retailer = match["it"].strip(EDGES + BRACKETS + "-") or None
            if self.line.retailer:
                self._cover(*match.span())

    def rest(self) -> None:
        """The words after the brand are the model; all others come back."""
        before, _, after = self.text.rpartition(BRAND)
        pieces = _pieces(after)
        if self.line.brand is None and pieces:
            first, _, more = pieces[0].partition(" ")
            self.line.brand = first
            self.remarks.append(
                said("“{typed}” is no brand known here; the first word was taken.", typed=first)
            )
            pieces = [more, *pieces[1:]] if more else pieces[1:]
        if pieces:
            self.line.model = pieces.pop(0)
        self.line.left += (*_pieces(before), *pieces)
        if self.line.brand and not self.line.model:
            self.remarks.append(said("No model name was found."))
        if self.line.status == "wishlist" and self.line.purchased_on:
            self.remarks.append(said("A watch on the wishlist has no purchase date."))
            self.line.left += (self.line.purchased_on.isoformat(),)
            self.line.purchased_on = None

    def _led(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """These words directly before a place, if they are there."""
        return pattern.search(self.text, max(0, start - BACK), start)

    def _dated(self, start: int) -> int:
        """Where the words begin that lead to a day: "bought on"."""
        led = self._led(say.DATED, start)
        return led.start() if led else start

    def _set_aside(self, start: int, end: int) -> None:
        """What belongs together and is no fact that is asked for: it comes back as it is."""
        if not MARKS.search(self.text[start:end]):
            self.line.left += (self.text[start:end],)
            self._cover(start, end)

    def _cover(self, start: int, end: int, mark: str = TAKEN) -> None:
        self.text = self.text[:start] + mark * (end - start) + self.text[end:]

    def _amount(self, number: str, thousand: bool) -> Decimal:
        """Beside a currency 6.500 has no cents. Raises ValueError."""
        plain = THOUSANDS.fullmatch(number) and not thousand
        amount = parse_amount(f"{number},-" if plain else number)
        return parse_amount(str(amount * 1000)) if thousand else amount

    def _rank(self, match: re.Match[str]) -> tuple[bool, bool, int]:
        """A price said to be one first; "16610 EUR 6500" is no price of 16,610."""
        is_named = bool(self._led(say.FOR, match.start()))
        follows = match.start("mark") > match.start("number")
        unsure = follows and bool(re.match(r"\s?[0-9]", self.text[match.end() :]))
        return not is_named, unsure, match.start()

    def _say_about(self, match: re.Match[str], code: str, amount: Decimal) -> None:
        if THOUSANDS.fullmatch(match["number"]) and not match["thousand"]:
            whole = Decimal(f"{amount:.0f}")
            self.remarks.append(
                said("“{typed}” was read as {amount}.", typed=match["number"], amount=whole)
            )
        elif " " in match["number"]:
            self.remarks.append(said("“{typed}” was read as one amount.", typed=match["number"]))
        if len(say.SIGNS.get(match["mark"].lower(), ())) > 1:
            self.remarks.append(
                said("“{typed}” was read as {currency}.", typed=match["mark"], currency=code)
            )

    def _bare_price(self) -> None:
        """A price without a currency, after "for"."""
        for intro in say.PLAIN_FOR.finditer(self.text):
            match = re.compile(rf"{say.NUMBER}(?![\w.,'’/-]*\w)").match(self.text, intro.end())
            if match is None or sum(sign.isdigit() for sign in match[0]) < FEWEST_DIGITS:
                continue
            try:
                self.line.purchase_price = self._amount(match[0], thousand=False)
            except ValueError:
                continue
            self.remarks.append(said("No currency stands beside {typed}.", typed=match[0]))
            self._cover(intro.start(), match.end())
            return

    def _is_year(self, digits: str) -> bool:
        return bool(YEAR.fullmatch(digits)) and int(digits) <= self.today.year + 1

    def _is_reference(self, it: str, *, apart: bool) -> bool:
        digits = sum(sign.isdigit() for sign in it)
        if self._is_year(it) or say.DEPTH_OR_SIZE.fullmatch(it):
            return False
        if it.isdigit():
            return digits >= 4 or (apart and digits >= 3)  # noqa: PLR2004
        return digits >= 3 or (digits >= 2 and ("." in it or "/" in it))  # noqa: PLR2004


def _overlapping(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Each place where it fits, also inside of another."""
    found, at = [], 0
    while match := pattern.search(text, at):
        found.append(match)
        at = match.start() + 1
    return found


def _code(mark: str, codes: tuple[str, ...], currency: str | None) -> str | None:
    """The currency of a sign: the member's own if it uses that sign."""
    possible = [code for code in say.SIGNS.get(mark.lower(), (mark.upper(),)) if code in codes]
    return currency if currency in possible else next(iter(possible), None)


def _pieces(text: str) -> list[str]:
    """What stands between marks and commas, without small words that have lost what they led to."""
    return [piece for part in re.split(rf"[{TAKEN}{BRAND}]+|[,;|]+(?:\s|$)", text)
            if (piece := _trimmed(part))]  # fmt: skip


def _trimmed(part: str) -> str:
    kept = part.split()
    while kept and _is_small(kept[-1]):
        kept.pop()
    while kept and _is_small(kept[0]):
        kept.pop(0)
    text = " ".join(kept).strip(EDGES)
    whole = all(text.count(a) == text.count(b) for a, b in ("()", "[]"))
    return text if whole else text.strip(EDGES + BRACKETS)


def _is_small(word: str) -> bool:
    bare = word.lower().strip(EDGES + BRACKETS)
    return not bare or bare in say.FILLERS

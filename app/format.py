"""Money, shares, dates and measures as the reader writes them; an absent number is an en dash.

Separators, order and names of months are those of the reader's locale (app/language.py); the
examples are English. In privacy mode an amount of money is three dots.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, get_month_names

from app import language
from app.language import N_n, _, ngettext

ABSENT = "–"  # an en dash: nothing is known here
MINUS = "−"  # a true minus, as wide as the plus
SPACE = "\N{NO-BREAK SPACE}"

# ISO 4217 currencies that have no minor unit: their amounts are always whole.
WHOLE = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()  # noqa: SIM905
)
HIDDEN = "•••"  # an amount in privacy mode
DAY = {"de": "d. MMM y"}  # how a date is written, where it is not "d MMM y"
CENT = Decimal("0.01")
SINCE = {
    "day": N_n("{number} day ago", "{number} days ago"),
    "week": N_n("{number} week ago", "{number} weeks ago"),
    "month": N_n("{number} month ago", "{number} months ago"),
    "year": N_n("{number} year ago", "{number} years ago"),
}
UNTIL = {
    "day": N_n("in {number} day", "in {number} days"),
    "week": N_n("in {number} week", "in {number} weeks"),
    "month": N_n("in {number} month", "in {number} months"),
    "year": N_n("in {number} year", "in {number} years"),
}
WIDE = Context(prec=400)  # so that not even the largest float fails to round
SMALL = 1_000  # below this amount cents still say something
WEEK, DAYS_AS_DAYS, DAYS_AS_WEEKS, MONTHS_AS_WEEKS, MONTHS_AS_MONTHS = 7, 14, 60, 2, 24


def money(
    amount: Decimal | None, currency: str, *, cents: bool | None = None, signed: bool = False
) -> str:
    """An amount with its currency, a true minus before both: ``CHF 12,400``, ``EUR 89.50``.

    ``cents=None`` shows them only under 1,000 and when they are not zero; a currency without a
    minor unit never has any. ``signed`` puts a plus before what is above zero. Half rounds up.
    """
    if amount is None or not amount.is_finite():
        return ABSENT
    exact = round_to(abs(amount), CENT)
    whole = currency in WHOLE or cents is False
    if not whole and (cents or (exact < SMALL and exact % 1)):
        shown = f"{exact:,}"
    else:
        shown = f"{round_to(abs(amount), Decimal(1)):,}"
    sign = _sign(amount, shown, signed=signed)
    shown = HIDDEN if language.reader().hides_amounts else localised(shown)
    if _currency_first(language.numbers()):
        return f"{sign}{currency}{SPACE}{shown}"
    return f"{sign}{shown}{SPACE}{currency}"


def shows_cents(amount: Decimal, currency: str) -> bool:
    """Whether ``money`` shows cents by itself."""
    exact = round_to(abs(amount), CENT)
    return currency not in WHOLE and exact < SMALL and exact % 1 != 0


def number(count: int) -> str:
    """A whole number: ``1,204``."""
    return localised(f"{count:,}")


def percent(fraction: float | Decimal | None, *, signed: bool = False) -> str:
    """A fraction as a percentage with one decimal: 0.124 → ``12.4%``."""
    if fraction is None or not (exact := Decimal(str(fraction))).is_finite():
        return ABSENT
    shown = f"{round_to(abs(exact) * 100, Decimal('0.1')):,}"
    gap = _percent_gap(language.numbers())
    return f"{_sign(exact, shown, signed=signed)}{localised(shown)}{gap}%"


def change(amount: Decimal | None, currency: str, fraction: float | Decimal | None = None) -> str:
    """A gain or a loss with mark and sign, and its percentage when given.

    ``▲ +CHF 1,240 (+3.1%)``; no mark when it rounds to nothing.
    """
    shown = money(amount, currency, signed=True)
    mark = {"+": f"▲{SPACE}", MINUS: f"▼{SPACE}"}.get(shown[0], "")
    share = "" if fraction is None else f" ({percent(fraction, signed=True)})"
    return f"{mark}{shown}{share}"


def tone(amount: Decimal | float | None) -> Literal["", "gain", "loss"]:
    """``gain``, ``loss`` or, for nothing or nothing known, the empty string."""
    if amount is None or not (exact := Decimal(str(amount))).is_finite() or exact == 0:
        return ""
    return "gain" if exact > 0 else "loss"


def day(when: date | None) -> str:
    """A date: ``3 May 2024``."""
    spoken = language.reader().language
    return ABSENT if when is None else _written(when, DAY.get(spoken, "d MMM y"), spoken)


def month(when: date | None) -> str:
    """A month: ``May 2024``."""
    return ABSENT if when is None else _written(when, "MMM y", language.reader().language)


def months() -> list[str]:
    """The short names of the twelve months."""
    return [
        get_month_names("abbreviated", locale=language.reader().language)[n] for n in range(1, 13)
    ]


def ago(when: date | None, today: date) -> str:
    """How far a date is from today: ``3 days ago``, ``14 months ago``, ``in 5 weeks``."""
    if when is None:
        return ABSENT
    days = (today - when).days
    near = {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}
    if days in near:
        return near[days]
    unit, size = distance(min(when, today), max(when, today))
    one, many = (SINCE if days > 0 else UNTIL)[unit]
    return ngettext(one, many, size)


def mm(length: Decimal | None) -> str:
    """A length in millimetres, without needless zeros: ``39.5 mm``."""
    return measure(length, "mm")


def measure(size: Decimal | float | None, unit: str) -> str:
    """A number with its unit, without needless zeros: ``72 h``, ``300 m``, ``275°``."""
    if size is None or not (exact := Decimal(str(size))).is_finite():
        return ABSENT
    shown = f"{abs(exact):,f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    gap = "" if unit == "°" else SPACE
    return f"{_sign(exact, shown, signed=False)}{localised(shown)}{gap}{unit}"


def rate(seconds: Decimal | float | None) -> str:
    """A daily rate, always signed, plus is fast: ``+4.2 s/d``."""
    if seconds is None or not (exact := Decimal(str(seconds))).is_finite():
        return ABSENT
    shown = f"{round_to(abs(exact), Decimal('0.1')):,}"
    return f"{_sign(exact, shown, signed=True)}{localised(shown)}{SPACE}s/d"


def count(things: int, one: str, many: str) -> str:
    """A number of things: ``1 watch``, ``1,204 watches``; both words are texts to translate."""
    return f"{number(things)}{SPACE}{ngettext(one, many, things)}"


def inside(name: str) -> str:
    """A name within a sentence, in small letters; German nouns keep their capital."""
    return name if language.reader().language == "de" else name[:1].lower() + name[1:]


def localised(english: str) -> str:
    """A number written with our separators (``1,234.5``), with the reader's."""
    return english.translate(_separators(language.numbers()))


def separators() -> tuple[str, str]:
    """The reader's signs of decimals and of groups."""
    table = _separators(language.numbers())
    return table[ord(".")], table[ord(",")]


def round_to(amount: Decimal, step: Decimal) -> Decimal:
    """The amount rounded half up to a step of 1, 0.1 or 0.01."""
    return amount.quantize(step, rounding=ROUND_HALF_UP, context=WIDE)


def _sign(amount: Decimal, shown: str, *, signed: bool) -> str:
    if not shown.strip("0.,"):
        return ""  # what rounds to nothing has no sign
    if amount < 0:
        return MINUS
    return "+" if signed else ""


def distance(earlier: date, later: date) -> tuple[str, int]:
    """How many days, weeks, months or years lie between, as ``ago`` counts them."""
    days = (later - earlier).days
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    months -= later.day < earlier.day
    if days < DAYS_AS_DAYS:
        return "day", days
    if days < DAYS_AS_WEEKS or months < MONTHS_AS_WEEKS:
        return "week", days // WEEK
    if months < MONTHS_AS_MONTHS:
        return "month", months
    return "year", months // 12


@lru_cache(maxsize=4_000)
def _written(when: date, pattern: str, spoken: str) -> str:
    text = format_date(when, pattern, locale=spoken)
    return text.replace("1 ", "1er ", 1) if spoken == "fr" and text.startswith("1 ") else text


@cache
def _separators(locale: Locale) -> dict[int, str]:
    signs = locale.number_symbols["latn"]
    return {ord(","): signs["group"], ord("."): signs["decimal"]}


@cache
def _currency_first(locale: Locale) -> bool:
    return str(locale.currency_formats["standard"].pattern).startswith("¤")


@cache
def _percent_gap(locale: Locale) -> str:
    return str(locale.percent_formats[None].pattern).partition("%")[0].lstrip("#,0.")

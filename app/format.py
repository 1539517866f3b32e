"""Money, shares, dates and measures as a reader writes them; an absent number is an en dash."""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

ABSENT = "–"  # an en dash: nothing is known here
MINUS = "−"  # a true minus, as wide as the plus
SPACE = "\N{NO-BREAK SPACE}"

# ISO 4217 currencies that have no minor unit: their amounts are always whole.
WHOLE = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()  # noqa: SIM905
)
MONTHS = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())  # noqa: SIM905
CENT = Decimal("0.01")
WIDE = Context(prec=400)  # so that not even the largest float fails to round
SMALL = 1_000  # below this amount cents still say something
WEEK, DAYS_AS_DAYS, DAYS_AS_WEEKS, MONTHS_AS_MONTHS = 7, 14, 60, 24


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
    if currency in WHOLE or cents is False:
        shown = f"{round_to(abs(amount), Decimal(1)):,}"
    elif cents or (exact < SMALL and exact % 1):
        shown = f"{exact:,}"
    else:
        shown = f"{round_to(abs(amount), Decimal(1)):,}"
    return f"{_sign(amount, shown, signed=signed)}{currency}{SPACE}{shown}"


def percent(fraction: float | Decimal | None, *, signed: bool = False) -> str:
    """A fraction as a percentage with one decimal: 0.124 → ``12.4%``."""
    if fraction is None or not (exact := Decimal(str(fraction))).is_finite():
        return ABSENT
    shown = f"{round_to(abs(exact) * 100, Decimal('0.1')):,}"
    return f"{_sign(exact, shown, signed=signed)}{shown}%"


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
    return ABSENT if when is None else f"{when.day} {month(when)}"


def month(when: date | None) -> str:
    """A month: ``May 2024``."""
    return ABSENT if when is None else f"{MONTHS[when.month - 1]} {when.year}"


def ago(when: date | None, today: date) -> str:
    """How far a date is from today: ``3 days ago``, ``14 months ago``, ``in 5 weeks``."""
    if when is None:
        return ABSENT
    days = (today - when).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    if days in near:
        return near[days]
    return f"{_distance(when, today)} ago" if days > 0 else f"in {_distance(today, when)}"


def mm(length: Decimal | None) -> str:
    """A length in millimetres, without needless zeros: ``39.5 mm``."""
    return measure(length, "mm")


def measure(number: Decimal | float | None, unit: str) -> str:
    """A number with its unit, without needless zeros: ``72 h``, ``300 m``, ``275°``."""
    if number is None or not (exact := Decimal(str(number))).is_finite():
        return ABSENT
    shown = f"{abs(exact):,f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    gap = "" if unit == "°" else SPACE
    return f"{_sign(exact, shown, signed=False)}{shown}{gap}{unit}"


def rate(seconds: Decimal | float | None) -> str:
    """A daily rate, always signed, plus is fast: ``+4.2 s/d``."""
    if seconds is None or not (exact := Decimal(str(seconds))).is_finite():
        return ABSENT
    shown = f"{round_to(abs(exact), Decimal('0.1')):,}"
    return f"{_sign(exact, shown, signed=True)}{shown}{SPACE}s/d"


def count(number: int, one: str, many: str) -> str:
    """A number of things: ``1 watch``, ``1,204 watches``."""
    return f"{number:,}{SPACE}{one if number == 1 else many}"


def round_to(amount: Decimal, step: Decimal) -> Decimal:
    """The amount rounded half up to a step of 1, 0.1 or 0.01."""
    return amount.quantize(step, rounding=ROUND_HALF_UP, context=WIDE)


def _sign(amount: Decimal, shown: str, *, signed: bool) -> str:
    if not shown.strip("0.,"):
        return ""  # what rounds to nothing has no sign
    if amount < 0:
        return MINUS
    return "+" if signed else ""


def _distance(earlier: date, later: date) -> str:
    days = (later - earlier).days
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    months -= later.day < earlier.day
    if days < DAYS_AS_DAYS:
        return f"{days} days"
    if days < DAYS_AS_WEEKS:
        return f"{days // WEEK} weeks"
    if months < MONTHS_AS_MONTHS:
        return f"{months} months"
    return f"{months // 12} years"

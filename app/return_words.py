"""What was earned, in words: the four figures, and the sentences above chart and heat map.

Figures in, words out. A number that can't be had is an en dash with its reason under it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from app import format as say
from app import overview
from app.markup import Figure, Tone
from app.period import Period
from data.analytics import Holding
from data.calc.missing import Missing
from data.calc.performance import MoneyWeighted, Performance
from data.figures import Totals

YEAR_DAYS = 365.25
NAMED = 3  # watches that XIRR leaves out, by name
TTWROR_HELP = (
    "Time-weighted return: each day’s return of what was held on it, chained. When and how much "
    "was bought or sold does not change it."
)
REALISED_HELP = (
    "Proceeds less cost of what is gone, each at the exchange rate of its day. The watches’ part "
    "is the gain in the currency they were bought in; the currencies’ part is the rest."
)


@dataclass(frozen=True)
class Realised:
    """What came of the watches that are gone, over those with both proceeds and cost."""

    gone: int
    measured: int
    gain: Decimal
    watch_gain: Decimal


def realised(holdings: Sequence[Holding]) -> Realised:
    """The sums over what was sold; what went without a price is only counted."""
    gone = [one for one in holdings if one.disposed_on is not None]
    sold = [one for one in gone if one.gain is not None]
    return Realised(
        len(gone),
        len(sold),
        sum((one.gain or Decimal() for one in sold), Decimal()),
        sum((one.watch_gain or Decimal() for one in sold), Decimal()),
    )


def tiles(
    earned: Performance | Missing, total: Totals, sold: Realised, currency: str, over: Period
) -> list[Figure]:
    """TTWROR over the period and a year, what is still gain on paper, and what was made of it."""
    return [*_time_weighted(earned, over), _unrealised(total, currency), _realised(sold, currency)]


def _time_weighted(found: Performance | Missing, over: Period) -> list[Figure]:
    labels = "TTWROR", "TTWROR a year"
    if isinstance(found, Missing):
        return [
            Figure(labels[0], say.ABSENT, found.reason, help=TTWROR_HELP),
            Figure(labels[1], say.ABSENT, "needs the return over time"),
        ]
    total = say.percent(found.total, signed=True)
    first = Figure(labels[0], total, since(found, over), help=TTWROR_HELP)
    if isinstance(found.a_year, Missing):
        return [first, Figure(labels[1], say.ABSENT, "needs a year or more")]
    years = (found.until - found.since).days / YEAR_DAYS
    span = f"compounded over {years:.1f}{say.SPACE}years"
    return [first, Figure(labels[1], say.percent(found.a_year, signed=True), span)]


def since(found: Performance, over: Period) -> str:
    """The period in words, or since when there was anything in it."""
    return over.since if found.since <= over.start else f"since {say.day(found.since)}"


def _unrealised(total: Totals, currency: str) -> Figure:
    label = "Unrealised gain"
    if not total.measured:
        return Figure(label, say.ABSENT, overview.NEEDS_BOTH, help=overview.GAIN_HELP)
    shown = say.money(total.gain, currency, signed=True)
    split = overview.gain_split(total, currency)
    of = partly(total.measured, total.watches)
    return Figure(label, shown, split, help=overview.GAIN_HELP, more=of)


def _realised(sold: Realised, currency: str) -> Figure:
    label = "Realised gain"
    if not sold.measured:
        reason = "what is gone has no sale price or no cost" if sold.gone else "nothing was sold"
        return Figure(label, say.ABSENT, reason, help=REALISED_HELP)
    shown = say.money(sold.gain, currency, signed=True)
    cents = "." in shown
    step = say.CENT if cents else Decimal(1)
    watches = say.round_to(sold.watch_gain, step)
    parts = {"watches": watches, "currencies": say.round_to(sold.gain, step) - watches}
    split = ", ".join(
        f"{name}{say.SPACE}{say.money(part, currency, cents=cents, signed=True)}"
        for name, part in parts.items()
    )
    of = partly(sold.measured, sold.gone) or f"of {say.count(sold.gone, 'watch', 'watches')}"
    return Figure(label, shown, split, help=REALISED_HELP, more=of)


def over_time(
    found: Performance | Missing, gained: Decimal, rate: MoneyWeighted, currency: str, over: Period
) -> str:
    """The return in a sentence, what it is in money, and as it looks to the money that went in."""
    if isinstance(found, Missing):
        said = found.reason
    else:
        shown = say.percent(abs(found.total))
        words = {"gain": f"Up {shown}", "loss": f"Down {shown}", "": "Unchanged"}
        amount = say.money(gained, currency, signed=True)
        said = f"{words[tone(found.total)]} {since(found, over)}. "
        said += f"In money: {amount}, apart from what was bought and sold."
        said += _from_nothing(found, currency)
    if isinstance(rate.rate, Missing):
        return said
    weighted = say.percent(rate.rate, signed=True)
    return f"{said} Weighted by the money that went in, it is {weighted} a year from the beginning."


def notes(
    found: Performance | Missing, start: date, rate: MoneyWeighted, names: Mapping[UUID, str]
) -> str:
    """Why the return begins later than the period, and which watches XIRR leaves out."""
    said = []
    if not isinstance(found, Missing) and found.days[0].day > start:
        first = say.day(found.days[0].day)
        said.append(f"Counted from {first}: before, something held had no exchange rate.")
    out = [f"{names[watch_id]} ({why})" for watch_id, why in rate.left_out[:NAMED]]
    if rate.left_out[NAMED:]:
        out.append(f"{len(rate.left_out) - NAMED:,} more")
    if rate.payments_left_out:
        number = say.count(rate.payments_left_out, "payment", "payments")
        out.append(f"{number} without an exchange rate")
    if out:
        said.append(f"XIRR leaves out {_listed(out)}.")
    return " ".join(said)


def by_month(months: Mapping[tuple[int, int], float | None]) -> str:
    """How many months rose and fell, the best and the lowest of them."""
    known = {month: share for month, share in months.items() if share is not None}
    moved = {month: share for month, share in known.items() if tone(share)}
    if not known:
        return "There is no month yet in which something was held."
    if not moved:
        return f"Nothing moved in {_months(len(known))}."
    up, still = sum(share > 0 for share in moved.values()), len(known) - len(moved)
    best, lowest = (
        f"{_month(month)} with {say.percent(moved[month], signed=True)}"
        for month in (pick(moved, key=moved.__getitem__) for pick in (max, min))
    )
    if len(moved) == 1:
        return f"1 of {_months(len(known))} moved: {best}."
    said = f"{up:,} of {_months(len(known))} rose, {len(moved) - up:,} fell"
    said += f", {still:,} did not move" if still else ""
    return f"{said}; the best was {best}, the lowest {lowest}."


def tone(share: float) -> Tone:
    """``gain`` or ``loss``, when it moved as far as one can see."""
    return say.tone(share) if say.percent(share, signed=True)[0] in f"+{say.MINUS}" else ""


def partly(number: int, every: int) -> str:
    """Over how many watches a figure goes, when not over all."""
    return "" if number == every else f"{number:,} of {say.count(every, 'watch', 'watches')}"


def _from_nothing(found: Performance, currency: str) -> str:
    if not found.from_nothing:
        return ""
    one = found.from_nothing[0]
    more = f" and {len(found.from_nothing) - 1:,} more" if found.from_nothing[1:] else ""
    amount = say.money(one.amount, currency)
    return f" {amount} on {say.day(one.day)}{more} came of a value of 0 and is in no percentage."


def _months(number: int) -> str:
    return say.count(number, "month", "months")


def _month(month: tuple[int, int]) -> str:
    return say.month(date(*month, 1))


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"

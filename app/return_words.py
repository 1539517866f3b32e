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
from app.language import N_, _
from app.markup import Figure, Tone
from app.period import Period
from data.analytics import Holding
from data.calc.missing import Missing
from data.calc.performance import MoneyWeighted, Performance
from data.figures import Totals

YEAR_DAYS = 365.25
NAMED = 3  # watches that XIRR leaves out, by name
MOVED = {
    "gain": N_("Up {share} {since}."),
    "loss": N_("Down {share} {since}."),
    "": N_("Unchanged {since}."),
}
TTWROR_HELP = N_(
    "Time-weighted return: each day’s return of what was held on it, chained. "
    "When and how much was bought or sold does not change it."
)
REALISED_HELP = N_(
    "Proceeds less cost of what is gone, each at the exchange rate of its day. "
    "The watches’ part is the gain in the currency they were bought in; the "
    "currencies’ part is the rest."
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
    labels = "TTWROR", _("TTWROR a year")
    if isinstance(found, Missing):
        return [
            Figure(labels[0], say.ABSENT, _(found.reason), help=_(TTWROR_HELP)),
            Figure(labels[1], say.ABSENT, _("needs the return over time")),
        ]
    total = say.percent(found.total, signed=True)
    first = Figure(labels[0], total, since(found, over), help=_(TTWROR_HELP))
    if isinstance(found.a_year, Missing):
        return [first, Figure(labels[1], say.ABSENT, _("needs a year or more"))]
    years = (found.until - found.since).days / YEAR_DAYS
    number = say.localised(f"{years:.1f}")
    span = _("compounded over {number}\N{NO-BREAK SPACE}years", number=number)
    return [first, Figure(labels[1], say.percent(found.a_year, signed=True), span)]


def since(found: Performance, over: Period) -> str:
    """The period in words, or since when there was anything in it."""
    return over.since if found.since <= over.start else _("since {day}", day=say.day(found.since))


def _unrealised(total: Totals, currency: str) -> Figure:
    label = _("Unrealised gain")
    if not total.measured:
        return Figure(label, say.ABSENT, _(overview.NEEDS_BOTH), help=_(overview.GAIN_HELP))
    shown = say.money(total.gain, currency, signed=True)
    split = overview.gain_split(total, currency)
    of = partly(total.measured, total.watches)
    return Figure(label, shown, split, help=_(overview.GAIN_HELP), more=of)


def _realised(sold: Realised, currency: str) -> Figure:
    label = _("Realised gain")
    if not sold.measured:
        reason = (
            _("what is gone has no sale price or no cost") if sold.gone else _("nothing was sold")
        )
        return Figure(label, say.ABSENT, reason, help=_(REALISED_HELP))
    shown = say.money(sold.gain, currency, signed=True)
    exact = say.round_to(abs(sold.gain), say.CENT)
    cents = currency not in say.WHOLE and exact < say.SMALL and exact % 1 != 0  # as say.money
    step = say.CENT if cents else Decimal(1)
    watches = say.round_to(sold.watch_gain, step)
    parts = {_("watches"): watches, _("currencies"): say.round_to(sold.gain, step) - watches}
    split = ", ".join(
        f"{name}{say.SPACE}{say.money(part, currency, cents=cents, signed=True)}"
        for name, part in parts.items()
    )
    gone = _("of {watches}", watches=say.count(sold.gone, "watch", "watches"))
    of = partly(sold.measured, sold.gone) or gone
    return Figure(label, shown, split, help=_(REALISED_HELP), more=of)


def over_time(
    found: Performance | Missing, gained: Decimal, rate: MoneyWeighted, currency: str, over: Period
) -> str:
    """The return in a sentence, what it is in money, and as it looks to the money that went in."""
    if isinstance(found, Missing):
        said = [_(found.reason)]
    else:
        amount = say.money(gained, currency, signed=True)
        said = [
            _(
                MOVED[tone(found.total)],
                share=say.percent(abs(found.total)),
                since=since(found, over),
            ),
            _("In money: {amount}, apart from what was bought and sold.", amount=amount),
            *_from_nothing(found, currency),
        ]
    if not isinstance(rate.rate, Missing):
        said.append(
            _(
                "Weighted by the money that went in, it is {share} a year from the beginning.",
                share=say.percent(rate.rate, signed=True),
            )
        )
    return " ".join(said)


def notes(
    found: Performance | Missing, start: date, rate: MoneyWeighted, names: Mapping[UUID, str]
) -> str:
    """Why the return begins later than the period, and which watches XIRR leaves out."""
    said = []
    if not isinstance(found, Missing) and found.days[0].day > start:
        first = say.day(found.days[0].day)
        said.append(
            _("Counted from {day}: before, something held had no exchange rate.", day=first)
        )
    out = [f"{names[watch_id]} ({_(why)})" for watch_id, why in rate.left_out[:NAMED]]
    if rate.left_out[NAMED:]:
        out.append(_("{number} more", number=say.number(len(rate.left_out) - NAMED)))
    if rate.payments_left_out:
        number = say.count(rate.payments_left_out, "payment", "payments")
        out.append(_("{payments} without an exchange rate", payments=number))
    if out:
        said.append(_("XIRR leaves out {names}.", names=_listed(out)))
    return " ".join(said)


def by_month(months: Mapping[tuple[int, int], float | None]) -> str:
    """How many months rose and fell, the best and the lowest of them."""
    known = {month: share for month, share in months.items() if share is not None}
    moved = {month: share for month, share in known.items() if tone(share)}
    if not known:
        return _("There is no month yet in which something was held.")
    if not moved:
        return _("Nothing moved in {months}.", months=_months(len(known)))
    up, still = sum(share > 0 for share in moved.values()), len(known) - len(moved)
    best, lowest = (
        _(
            "{month} with {share}",
            month=_month(month),
            share=say.percent(moved[month], signed=True),
        )
        for month in (pick(moved, key=moved.__getitem__) for pick in (max, min))
    )
    if len(moved) == 1:
        return _("1 of {months} moved: {best}.", months=_months(len(known)), best=best)
    values = {
        "up": say.number(up),
        "months": _months(len(known)),
        "down": say.number(len(moved) - up),
        "still": say.number(still),
        "best": best,
        "lowest": lowest,
    }
    if still:
        return _(
            "{up} of {months} rose, {down} fell, {still} did not move; the best was {best}, the "
            "lowest {lowest}.",
            **values,
        )
    return _(
        "{up} of {months} rose, {down} fell; the best was {best}, the lowest {lowest}.", **values
    )


def tone(share: float) -> Tone:
    """``gain`` or ``loss``, when it moved as far as one can see."""
    return say.tone(share) if say.percent(share, signed=True)[0] in f"+{say.MINUS}" else ""


def partly(number: int, every: int) -> str:
    """Over how many watches a figure goes, when not over all."""
    if number == every:
        return ""
    watches = say.count(every, "watch", "watches")
    return _("{number} of {watches}", number=say.number(number), watches=watches)


def _from_nothing(found: Performance, currency: str) -> list[str]:
    if not found.from_nothing:
        return []
    one = found.from_nothing[0]
    values = {"amount": say.money(one.amount, currency), "day": say.day(one.day)}
    if not found.from_nothing[1:]:
        return [_("{amount} on {day} came of a value of 0 and is in no percentage.", **values)]
    return [
        _(
            "{amount} on {day} and {number} more came of a value of 0 and is in no percentage.",
            **values,
            number=say.number(len(found.from_nothing) - 1),
        )
    ]


def _months(number: int) -> str:
    return say.count(number, "month", "months")


def _month(month: tuple[int, int]) -> str:
    return say.month(date(*month, 1))


def _listed(items: Sequence[str]) -> str:
    if len(items) == 1:
        return items[0]
    return _("{names} and {last}", names=", ".join(items[:-1]), last=items[-1])

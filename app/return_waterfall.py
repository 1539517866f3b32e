"""From cost to value in steps: what each of them is, and the sentence above them."""

from decimal import Decimal
from typing import Literal

from app import format as say
from app.language import N_, _
from app.return_markup import Step
from app.return_words import partly
from data.calc.missing import Missing
from data.calc.waterfall import Waterfall

Kind = Literal["total", "move"]  # a total stands on nothing, a move on what was before it
Bar = tuple[Kind, str, Decimal]
PRICES = N_("A cost of {cost} became a value of {value}, most of it by prices: {amount}.")
RATES = N_("A cost of {cost} became a value of {value}, most of it by exchange rates: {amount}.")
FEES = N_("A cost of {cost} became a value of {value}, most of it by fees and taxes: {amount}.")


def step_of(found: Waterfall, currency: str) -> Decimal:
    """To what amounts are rounded, so that the parts as shown add up: whole units, or cents."""
    small = max(found.cost, found.value) < say.SMALL and currency not in say.WHOLE
    return say.CENT if small else Decimal(1)


def steps(found: Waterfall, currency: str) -> list[Step]:
    """Cost, price, fees, currency, value; then what owning took. A step of nothing is left out."""
    moves = [
        (_("Price of the watches"), found.price),
        (_("Fees and taxes"), -found.fees),
        (_("Exchange rates"), found.currency),
    ]
    spent = [(_("Services"), -found.services), (_("Other costs"), -found.others)]
    rows: list[Bar] = [("total", _("Cost"), found.cost)]
    rows += [("move", label, amount) for label, amount in moves if amount]
    rows.append(("total", _("Value"), found.value))
    owning: list[Bar] = [("move", label, amount) for label, amount in spent if amount]
    if owning:
        rows += [*owning, ("total", _("Left after owning"), found.after_owning)]
    return _placed(rows, currency, cents=step_of(found, currency) == say.CENT)


def said(found: Waterfall | Missing, currency: str, owned: int) -> str:
    """How the cost became the value, and what owning took."""
    if not owned:
        return _("No watch is owned now, so no cost has become a value.")
    if isinstance(found, Missing):
        return _(found.reason)
    cents = step_of(found, currency) == say.CENT

    def amount(number: Decimal, *, signed: bool = False) -> str:
        return say.money(number, currency, cents=cents, signed=signed)

    by = {PRICES: found.price, RATES: found.currency, FEES: -found.fees}
    most = max(by, key=lambda name: abs(by[name]))
    values = {"cost": amount(found.cost), "value": amount(found.value)}
    words = [_("A cost of {cost} became a value of {value}.", **values)]
    if by[most]:
        words = [_(most, **values, amount=amount(by[most], signed=True))]
    if found.services + found.others:
        spent = amount(found.services + found.others)
        words.append(_("Owning took another {amount}.", amount=spent))
    if of := partly(found.watches, owned):
        words.append(_("{watches} have both a cost and a value.", watches=of))
    return " ".join(words)


def notes(found: Waterfall | Missing) -> str:
    """What the steps can't tell apart, or leave out; often empty."""
    if isinstance(found, Missing):
        return ""
    words = []
    if found.unsplit:
        number = say.count(found.unsplit, "watch", "watches")
        words.append(
            _(
                "The currency in which {watches} was paid has no exchange rate today, so it is "
                "told as price.",
                watches=number,
            )
        )
    if found.payments_left_out:
        number = say.count(found.payments_left_out, "payment", "payments")
        words.append(_("Left out for want of an exchange rate: {payments}.", payments=number))
    return " ".join(words)


def _placed(rows: list[Bar], currency: str, *, cents: bool) -> list[Step]:
    """Where each bar begins and ends, as fractions of the width that all of them need."""
    spans, level = [], Decimal()
    for kind, __, amount in rows:
        before, level = (Decimal(), amount) if kind == "total" else (level, level + amount)
        spans.append((before, level))
    low, high = min(map(min, spans)), max(map(max, spans))
    width = high - low or Decimal(1)
    return [
        Step(
            label,
            say.money(amount, currency, cents=cents, signed=kind == "move"),
            "" if kind == "total" else say.tone(amount),
            float((min(span) - low) / width),
            float(abs(span[1] - span[0]) / width),
        )
        for (kind, label, amount), span in zip(rows, spans, strict=True)
    ]

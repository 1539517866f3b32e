"""From cost to value in steps: what each of them is, and the sentence above them."""

from decimal import Decimal
from typing import Literal

from app import format as say
from app.return_markup import Step
from app.return_words import partly
from data.calc.missing import Missing
from data.calc.waterfall import Waterfall

Kind = Literal["total", "move"]  # a total stands on nothing, a move on what was before it
Bar = tuple[Kind, str, Decimal]


def step_of(found: Waterfall, currency: str) -> Decimal:
    """To what amounts are rounded, so that the parts as shown add up: whole units, or cents."""
    small = max(found.cost, found.value) < say.SMALL and currency not in say.WHOLE
    return say.CENT if small else Decimal(1)


def steps(found: Waterfall, currency: str) -> list[Step]:
    """Cost, price, fees, currency, value; then what owning took. A step of nothing is left out."""
    moves = [
        ("Price of the watches", found.price),
        ("Fees and taxes", -found.fees),
        ("Exchange rates", found.currency),
    ]
    spent = [("Services", -found.services), ("Other costs", -found.others)]
    rows: list[Bar] = [("total", "Cost", found.cost)]
    rows += [("move", label, amount) for label, amount in moves if amount]
    rows.append(("total", "Value", found.value))
    owning: list[Bar] = [("move", label, amount) for label, amount in spent if amount]
    if owning:
        rows += [*owning, ("total", "Left after owning", found.after_owning)]
    return _placed(rows, currency, cents=step_of(found, currency) == say.CENT)


def said(found: Waterfall | Missing, currency: str, owned: int) -> str:
    """How the cost became the value, and what owning took."""
    if not owned:
        return "No watch is owned now, so no cost has become a value."
    if isinstance(found, Missing):
        return found.reason
    cents = step_of(found, currency) == say.CENT

    def amount(number: Decimal, *, signed: bool = False) -> str:
        return say.money(number, currency, cents=cents, signed=signed)

    words = f"A cost of {amount(found.cost)} became a value of {amount(found.value)}"
    by = {"prices": found.price, "exchange rates": found.currency, "fees and taxes": -found.fees}
    most = max(by, key=lambda name: abs(by[name]))
    if by[most]:
        words += f", most of it by {most}: {amount(by[most], signed=True)}"
    if found.services + found.others:
        words += f". Owning took another {amount(found.services + found.others)}"
    if of := partly(found.watches, owned):
        words += f". {of} have both a cost and a value"
    return f"{words}."


def notes(found: Waterfall | Missing) -> str:
    """What the steps can't tell apart, or leave out; often empty."""
    if isinstance(found, Missing):
        return ""
    words = []
    if found.unsplit:
        number = say.count(found.unsplit, "watch", "watches")
        words.append(
            f"The currency in which {number} was paid has no exchange rate today, so it is told "
            "as price."
        )
    if found.payments_left_out:
        number = say.count(found.payments_left_out, "payment", "payments")
        words.append(f"Left out for want of an exchange rate: {number}.")
    return " ".join(words)


def _placed(rows: list[Bar], currency: str, *, cents: bool) -> list[Step]:
    """Where each bar begins and ends, as fractions of the width that all of them need."""
    spans, level = [], Decimal()
    for kind, _, amount in rows:
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

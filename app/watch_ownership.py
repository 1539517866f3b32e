"""What having a watch has taken: cost, services and other costs, less what its sale brought.

A sum in which one payment has no rate is not shown: it would be too low.
"""

from collections.abc import Sequence
from decimal import Decimal

from app import format as say
from app.language import N_, _
from app.markup import Figure
from app.watch_values import Worth
from data.calc import returns
from data.calc.missing import Missing
from data.calc.returns import CashFlow
from data.expenses import Paid
from data.services import ServiceCost

LABEL = N_("Cost of ownership")
HELP = N_(
    "What it cost, what its services cost and what else was paid for it, each at the rate of its "
    "day."
)
HELP_SOLD = N_(
    "What it cost, what its services cost and what else was paid for it, each at the rate of its "
    "day, less what its sale brought."
)


def service_flows(worth: Worth) -> list[CashFlow] | Missing:
    """What its services cost, each at the rate of its day; or which of them has no rate."""
    return _flows(worth.care)


def other_flows(worth: Worth) -> list[CashFlow] | Missing:
    """What else was paid for it, each at the rate of its day; or what has no rate."""
    return _flows(worth.extras)


def owning_flows(worth: Worth) -> list[CashFlow] | Missing:
    """All that was paid for it since it was bought; or what of it has no rate."""
    return _flows([*worth.care, *worth.extras])


def _flows(payments: Sequence[ServiceCost | Paid]) -> list[CashFlow] | Missing:
    flows = []
    for paid in payments:
        if paid.cost is None:
            own = say.money(paid.own_cost, paid.currency)
            day = say.day(paid.day)
            return Missing(_("No rate for {amount} of {day}.", amount=own, day=day))
        flows.append(CashFlow(paid.day, -paid.cost))
    return flows


def ownership(worth: Worth) -> list[Figure]:
    """The tile with its parts; none while the watch has cost nothing since it was bought."""
    if not worth.care and not worth.extras:
        return []
    flows, cost = owning_flows(worth), worth.money.cost
    if isinstance(flows, Missing):
        return [Figure(_(LABEL), say.ABSENT, flows.reason)]
    spent = _spent(worth)
    if cost is None:
        needs = _("needs a purchase price")
        return [Figure(_(LABEL), say.ABSENT, needs, more=", ".join(spent))]
    if worth.sold and worth.outcome is None:
        return [Figure(_(LABEL), say.ABSENT, _("needs a sale price"), more=", ".join(spent))]
    proceeds = worth.outcome if worth.sold else None
    total = returns.cost_of_ownership(cost, [-flow.amount for flow in flows], proceeds)
    parts = [_("cost {amount}", amount=say.money(cost, worth.currency)), *spent]
    sale = [_("less proceeds {amount}", amount=say.money(proceeds, worth.currency))]
    return [
        Figure(
            _(LABEL),
            say.money(total, worth.currency),
            ", ".join(parts[:2]),
            help=_(HELP_SOLD if worth.sold else HELP),
            more=", ".join([*parts[2:], *(sale if worth.sold else [])]),
        )
    ]


def _spent(worth: Worth) -> list[str]:
    """Services and other costs in words, those that there are."""
    said = []
    if worth.care:
        said.append(_("services {amount}", amount=_sum(worth.care, worth.currency)))
    if worth.extras:
        said.append(_("other costs {amount}", amount=_sum(worth.extras, worth.currency)))
    return said


def _sum(paid: Sequence[ServiceCost | Paid], currency: str) -> str:
    return say.money(sum((one.cost or Decimal() for one in paid), Decimal()), currency)

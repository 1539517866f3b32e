"""What having a watch has taken: its cost, its services, less what its sale brought."""

from decimal import Decimal

from app import format as say
from app.markup import Figure
from app.watch_values import Worth
from data.calc import returns
from data.calc.missing import Missing
from data.calc.returns import CashFlow

LABEL = "Cost of ownership"


def service_flows(worth: Worth) -> list[CashFlow] | Missing:
    """What its services cost, each at the rate of its day; or which of them has no rate."""
    flows = []
    for paid in worth.care:
        if paid.cost is None:
            own = say.money(paid.own_cost, paid.currency)
            return Missing(f"No rate for {own} of {say.day(paid.day)}.")
        flows.append(CashFlow(paid.day, -paid.cost))
    return flows


def ownership(worth: Worth) -> list[Figure]:
    """The tile with its parts; none while the watch has cost nothing since it was bought."""
    if not worth.care:
        return []
    flows, cost = service_flows(worth), worth.money.cost
    if isinstance(flows, Missing):
        return [Figure(LABEL, say.ABSENT, flows.reason)]
    services = [-flow.amount for flow in flows]
    spent = f"services {say.money(sum(services, Decimal()), worth.currency)}"
    if cost is None:
        return [Figure(LABEL, say.ABSENT, "needs a purchase price", more=spent)]
    if worth.sold and worth.outcome is None:
        return [Figure(LABEL, say.ABSENT, "needs a sale price", more=spent)]
    proceeds = worth.outcome if worth.sold else None
    total = returns.cost_of_ownership(cost, services, proceeds)
    parts = f"cost {say.money(cost, worth.currency)}, {spent}"
    return [
        Figure(
            LABEL,
            say.money(total, worth.currency),
            parts,
            help="What it cost and what its services cost, each at the rate of its day"
            + (", less what its sale brought." if worth.sold else "."),
            more=f"less proceeds {say.money(proceeds, worth.currency)}" if worth.sold else "",
        )
    ]

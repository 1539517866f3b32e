"""What owning takes in words: the sentences and figures of the ownership tab.

Figures in, words out. Amounts are in the display currency.
"""

from collections.abc import Sequence
from decimal import Decimal

from app import format as say
from app.language import N_, _
from app.markup import Figure
from app.ownership_table import Held
from data.calc import ownership
from data.calc.missing import Missing
from data.calc.ownership import MONTH, SHORTEST_MONTH, SHORTEST_YEAR, YEAR, Ownership, Whole

NAMED = 3  # of a list in a sentence; the rest are a number
HELP = {
    "total": N_(
        "Purchase prices, fees, taxes, services and other costs, each at the rate of its day, "
        "less what sales brought."
    ),
    "beside": N_("Fees, taxes, services, insurance and other costs: all but the price itself."),
    "net": N_(
        "What it takes if everything were sold today at its value: the cost of ownership less "
        "that. Below zero, the watches have earned more than they took."
    ),
}


def answer(found: Whole, held: Held, currency: str) -> str:
    """What owning takes, in words."""
    watches = say.count(len(held), "watch", "watches")
    beside = say.money(found.parts.beside, currency)
    common = say.money(found.common.total, currency)
    if not held:
        return _("{amount} was paid for the whole collection.", amount=common)
    if not is_priced(held):
        if not found.parts.beside:
            return _("What {watches} cost to buy is not known.", watches=watches)
        return _(
            "What {watches} cost to buy is not known; {amount} beside the price is.",
            watches=watches,
            amount=beside,
        )
    values = {
        "watches": watches,
        "amount": say.money(found.parts.purchase, currency),
        "beside": beside,
        "common": common,
        "back": say.money(found.proceeds, currency),
    }
    return _taken(found, values)


def _taken(found: Whole, values: dict[str, str]) -> str:
    """What the watches took, and what of it was for all of them or came back."""
    if found.common.total and found.proceeds:
        return _(
            "{watches} took {amount} to buy and {beside} beside the price, {common} of it for the "
            "whole collection; sales brought {back} back.",
            **values,
        )
    if found.common.total:
        return _(
            "{watches} took {amount} to buy and {beside} beside the price, {common} of it for the "
            "whole collection.",
            **values,
        )
    if found.proceeds:
        return _(
            "{watches} took {amount} to buy and {beside} beside the price; sales brought {back} "
            "back.",
            **values,
        )
    return _("{watches} took {amount} to buy and {beside} beside the price.", **values)


def is_priced(held: Held) -> bool:
    """Whether it is known of any watch what it cost."""
    return any(one.cost is not None for one in held.values())


def tiles(found: Whole, held: Held, currency: str) -> list[Figure]:
    """The total, a year of it, what is beside the price, and what is left if all were sold."""
    since = _("since {month}", month=say.month(found.since)) if found.since else ""
    running = ownership.a_time(found.parts.beside, found.days, YEAR, SHORTEST_YEAR)
    beside = Figure(
        _("Beside the price"),
        say.money(found.parts.beside, currency),
        _("{amount} a year", amount=say.money(running, currency)) if running is not None else "",
        help=_(HELP["beside"]),
    )
    if not is_priced(held):
        needs = _("needs a purchase price and its rate")
        total = Figure(_("Cost of ownership"), say.ABSENT, needs, help=_(HELP["total"]))
        return [total, beside] if found.parts.beside else [total]
    if found.proceeds:
        since_or_sales = _("after proceeds of {amount}", amount=say.money(found.proceeds, currency))
    else:
        since_or_sales = since
    return [
        Figure(
            _("Cost of ownership"),
            say.money(found.total, currency),
            since_or_sales,
            help=_(HELP["total"]),
        ),
        _a_year(found, since, currency),
        beside,
        _less_value(found, currency),
    ]


def _a_year(found: Whole, since: str, currency: str) -> Figure:
    a_month = ownership.a_time(found.total, found.days, MONTH, SHORTEST_MONTH)
    a_year = ownership.a_time(found.total, found.days, YEAR, SHORTEST_YEAR)
    return Figure(
        _("A year"),
        say.money(a_year, currency),
        _("{amount} a month", amount=say.money(a_month, currency)) if a_month is not None else "",
        more=since if a_year is not None else _("not a year yet"),
    )


def _less_value(found: Whole, currency: str) -> Figure:
    detail = _("if all were sold today")
    if found.valued != len(found.watches):
        watches = say.count(len(found.watches), "watch", "watches")
        detail = _("of {number} of {watches}", number=say.number(found.valued), watches=watches)
    value = say.money(found.less_value if found.valued else None, currency)
    return Figure(_("Less today’s value"), value, detail, help=_(HELP["net"]))


def left_out(found: Whole, held: Held) -> list[str]:
    """What is not in the sums, by name."""
    said = []
    if unknown := found.unconverted:
        each = [
            _("{amount} of {day}", amount=say.money(one.amount, one.currency), day=say.day(one.day))
            for one in unknown
        ]
        said.append(_("No rate on its day, and in no sum: {amounts}.", amounts=listed(each)))
    if found.incomplete:
        each = [
            f"{held[watch_id].brand} {held[watch_id].model} ({_in_brackets(reason)})"
            for watch_id, reason in found.incomplete
        ]
        watches = say.count(len(each), "watch", "watches")
        said.append(
            _(
                "Of {watches} a part is not known, and not in the sums: {each}.",
                watches=watches,
                each=listed(each),
            )
        )
    return said


def dearest(found: Whole, held: Held, currency: str) -> str:
    """Which watch took most, in words."""
    known = [(one.total, one) for one in found.watches if not isinstance(one.total, Missing)]
    if not known:
        return _(
            "A watch whose purchase price is known, with its rate, has a cost of ownership here."
        )
    total, most = max(known, key=lambda pair: (pair[0], str(pair[1].watch_id)))
    watch = held[most.watch_id]
    values = {"watch": f"{watch.brand} {watch.model}", "amount": say.money(total, currency)}
    if isinstance(most.a_month, Missing):
        return _("The {watch} took most: {amount}.", **values)
    a_month = say.money(most.a_month, currency)
    return _("The {watch} took most: {amount}, {a_month} a month.", **values, a_month=a_month)


def realised(sales: Sequence[Ownership], held: Held, currency: str) -> str:
    """What sales made, in words; over those of which cost and proceeds are known."""
    known = [
        (gain, one.total)
        for one in sales
        if (gain := held[one.watch_id].gain) is not None and not isinstance(one.total, Missing)
    ]
    watches = say.count(len(sales), "watch", "watches")
    if not known:
        return _("{watches} sold. A result needs both a cost and a sale price.", watches=watches)
    gain = sum((each for each, __ in known), Decimal())
    left = -sum((total for __, total in known), Decimal())
    if len(known) < len(sales):
        watches = _(
            "{watches} sold ({number} of them with cost and sale price)",
            watches=watches,
            number=say.number(len(known)),
        )
    else:
        watches = _("{watches} sold", watches=watches)
    if say.round_to(gain - left, say.CENT):
        return _(
            "{sold}, with a realised result of {change}; {amount} after services and other costs.",
            sold=watches,
            change=say.change(gain, currency),
            amount=say.money(left, currency, signed=True),
        )
    change = say.change(gain, currency)
    return _("{sold}, with a realised result of {change}.", sold=watches, change=change)


def heaviest(found: Whole, currency: str, *, purchases: bool) -> str:
    """The year that took most, in words."""
    heights = {
        year: parts.total if purchases else parts.beside for year, parts in found.years.items()
    }
    year = max(heights, key=lambda one: (heights[one], one), default=None)
    if year is None or not heights[year]:
        if found.unconverted or (purchases and found.incomplete):
            return _("What was paid is not known.")
        if purchases:
            return _("Nothing was paid yet.")
        return _("Nothing was paid beside the price yet.")
    amount = say.money(heights[year], currency)
    if purchases:
        return _("{year} took most: {amount}.", year=year, amount=amount)
    return _("{year} took most: {amount} beside the price.", year=year, amount=amount)


def listed(each: Sequence[str]) -> str:
    """``a, b, c and 4 more``."""
    rest = len(each) - NAMED
    if rest > 0:
        names = ", ".join(each[:NAMED])
        return _("{names} and {number} more", names=names, number=say.number(rest))
    if len(each) < 2:  # noqa: PLR2004
        return "".join(each)
    return _("{names} and {last}", names=", ".join(each[:-1]), last=each[-1])


def _in_brackets(reason: str) -> str:
    return say.inside(_(reason)).rstrip(".")

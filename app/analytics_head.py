"""The head of analytics: what the part of the collection is worth, cost, gained; and how it moved.

The same numbers as the overview's, by the same query, for the part that is asked for.
"""

from app import analytics_filters, markup, overview, paging, ui
from app import format as say
from app.analytics_asked import Asked, days_of, holdings_of, payments_of
from app.analytics_filters import Query
from app.cache import cached, computed
from app.markup import Figure, Line
from data import figures
from data.calc import performance
from data.calc.missing import Missing
from data.calc.performance import MoneyWeighted
from data.figures import Totals

EXPLAIN = "explain"  # ?explain=gain
XIRR_HELP = (
    "The steady rate a year at which all that was paid, for watches, services and other costs, "
    "would have grown to what was received and today’s value. Also of what is gone."
)


def show(asked: Asked, query: Query) -> None:
    """The value with its change in the period; cost, gain and return, each with its explanation."""
    total = cached(figures.totals, asked.currency, asked.today, asked.scope)
    of = say.count(total.watches, "watch", "watches")
    part = analytics_filters.said(query)
    head = markup.hero(
        f"Value of {of}{f' of {part}' if part else ''}",
        say.money(total.value if total.valued else None, asked.currency),
        _moved(asked),
        [
            ui.linked("How it is worked out", explained_at("value")),
            *overview.notes(total, asked.today),
        ],
    )
    ui.piece(markup.join([head, markup.figures(_tiles(total, asked))]))  # one element, not two


def _money_weighted(asked: Asked) -> Figure:
    """The return a year over all flows, also of what is gone."""
    found = computed(money_weighted, asked)
    if isinstance(found.rate, Missing):
        return Figure("XIRR", say.ABSENT, found.rate.reason, help=XIRR_HELP)
    left = f"without {say.count(len(found.left_out), 'watch', 'watches')}" if found.left_out else ""
    return Figure(
        "XIRR",
        say.percent(found.rate, signed=True),
        left or "a year, money-weighted",
        help=XIRR_HELP,
        explained_at=explained_at("xirr"),
    )


def money_weighted(asked: Asked) -> MoneyWeighted:
    """XIRR of the scope, with services and other costs."""
    return performance.money_weighted_of(holdings_of(asked), payments_of(asked), asked.today)


def explained_at(number: str) -> str:
    """The address of this page with the explanation of a number open."""
    return paging.address(**{EXPLAIN: number})


def _moved(asked: Asked) -> list[Line]:
    """What the period brought, without what was paid in or taken out."""
    days = days_of(asked)  # with the eve of the first watch: what it gained on its first day counts
    shown = [day for day in days if day.day >= asked.over.start]
    if len(shown) < 2 or any(day.missing or day.incomplete for day in (shown[0], shown[-1])):  # noqa: PLR2004
        return []
    gained = performance.gained(days)
    paid = days[-1].invested - days[0].invested
    rounded = say.round_to(paid, say.CENT)
    word = "net invested" if rounded > 0 else "net taken out"
    flows = f", {say.money(abs(paid), asked.currency)} {word}" if rounded else ""
    return [Line(say.change(gained, asked.currency), say.tone(gained), asked.over.since + flows)]


def _tiles(total: Totals, asked: Asked) -> list[Figure]:
    """Cost, gain and return as on the overview, and the return a year."""
    currency = asked.currency
    counted = f"of {total.measured:,} of {say.count(total.watches, 'watch', 'watches')}"
    partly = counted if total.measured != total.watches else ""
    gain = Figure("Gain", say.ABSENT, help=overview.NEEDS_BOTH)
    if total.measured:
        gain = Figure(
            "Gain",
            say.money(total.gain, currency, signed=True),
            overview.gain_split(total, currency),
            help=overview.GAIN_HELP,
            more=partly,
            explained_at=explained_at("gain"),
        )
    costed = f"of {total.costed:,} of {say.count(total.watches, 'watch', 'watches')}"
    return [
        Figure(
            "Cost",
            say.money(total.cost if total.costed else None, currency),
            costed if total.costed != total.watches else "",
            help=overview.COST_HELP,
            explained_at=explained_at("cost"),
        ),
        gain,
        Figure(
            "Return",
            say.percent(total.return_fraction, signed=True),
            partly or "gain divided by cost",
            help=overview.RETURN_HELP,
            explained_at=explained_at("return"),
        ),
        _money_weighted(asked),
    ]

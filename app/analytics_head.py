"""The head of analytics: what the part of the collection is worth, cost, gained; and how it moved.

The same numbers as the overview's, by the same query, for the part that is asked for.
"""

from app import analytics_filters, markup, overview, paging, ui
from app import format as say
from app.analytics_asked import Asked, days_of, holdings_of, payments_of
from app.analytics_filters import Query
from app.cache import cached, computed
from app.language import N_, _
from app.markup import Figure, Line
from data import figures
from data.calc import performance
from data.calc.missing import Missing
from data.calc.performance import MoneyWeighted
from data.figures import Totals

EXPLAIN = "explain"  # ?explain=gain
XIRR_HELP = N_(
    "The steady rate a year at which all that was paid, for watches, services and other costs, "
    "would have grown to what was received and today’s value. Also of what is gone."
)


def show(asked: Asked, query: Query) -> None:
    """The value with its change in the period; cost, gain and return, each with its explanation."""
    total = cached(figures.totals, asked.currency, asked.today, asked.scope)
    watches = say.count(total.watches, "watch", "watches")
    title = _("Value of {watches}", watches=watches)
    if part := analytics_filters.said(query):
        title = _("Value of {watches} of {part}", watches=watches, part=part)
    head = markup.hero(
        title,
        say.money(total.value if total.valued else None, asked.currency),
        _moved(asked),
        [
            ui.linked(_("How it is worked out"), explained_at("value")),
            *overview.notes(total, asked.today),
        ],
    )
    ui.piece(markup.join([head, markup.figures(_tiles(total, asked))]))  # one element, not two


def _money_weighted(asked: Asked) -> Figure:
    """The return a year over all flows, also of what is gone."""
    found = computed(money_weighted, asked)
    if isinstance(found.rate, Missing):
        return Figure("XIRR", say.ABSENT, _(found.rate.reason), help=_(XIRR_HELP))
    detail = _("a year, money-weighted")
    if found.left_out:
        watches = say.count(len(found.left_out), "watch", "watches")
        detail = _("without {watches}", watches=watches)
    return Figure(
        "XIRR",
        say.percent(found.rate, signed=True),
        detail,
        help=_(XIRR_HELP),
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
    since, amount = asked.over.since, say.money(abs(paid), asked.currency)
    rounded, detail = say.round_to(paid, say.CENT), since
    if rounded > 0:
        detail = _("{since}, {amount} net invested", since=since, amount=amount)
    elif rounded:
        detail = _("{since}, {amount} net taken out", since=since, amount=amount)
    return [Line(say.change(gained, asked.currency), say.tone(gained), detail)]


def _tiles(total: Totals, asked: Asked) -> list[Figure]:
    """Cost, gain and return as on the overview, and the return a year."""
    currency = asked.currency
    partly = _of(total.measured, total.watches)
    gain = Figure(_("Gain"), say.ABSENT, help=_(overview.NEEDS_BOTH))
    if total.measured:
        gain = Figure(
            _("Gain"),
            say.money(total.gain, currency, signed=True),
            overview.gain_split(total, currency),
            help=_(overview.GAIN_HELP),
            more=partly,
            explained_at=explained_at("gain"),
        )
    return [
        Figure(
            _("Cost"),
            say.money(total.cost if total.costed else None, currency),
            _of(total.costed, total.watches),
            help=_(overview.COST_HELP),
            explained_at=explained_at("cost"),
        ),
        gain,
        Figure(
            _("Return"),
            say.percent(total.return_fraction, signed=True),
            partly or _("gain divided by cost"),
            help=_(overview.RETURN_HELP),
            explained_at=explained_at("return"),
        ),
        _money_weighted(asked),
    ]


def _of(number: int, every: int) -> str:
    """Over how many watches a figure goes, when not over all."""
    if number == every:
        return ""
    watches = say.count(every, "watch", "watches")
    return _("of {number} of {watches}", number=say.number(number), watches=watches)

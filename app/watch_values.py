"""What one watch is worth, in one display currency: its values, its figures, its line over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import plotly.graph_objects as go
from sqlalchemy import Connection

from app import charts
from app import format as say
from app.cache import cached
from app.language import N_, _
from app.palette import Palette
from data import expenses, figures, services, valuations, watches
from data.accounts import Member
from data.calc import series
from data.calc.missing import Missing
from data.calc.series import Change, High, Point
from data.expenses import Paid
from data.figures import Money, TrendPoint
from data.services import ServiceCost
from data.valuations import Valuation
from data.watches import GONE, WANTED, Watch

SOURCES = {  # within a sentence
    "manual": N_("by hand"),
    "chrono24": "Chrono24",
    "import": N_("imported"),
    "api": N_("by a program"),
}
SOURCE_NAMES = {
    "manual": N_("By hand"),
    "chrono24": "Chrono24",
    "import": N_("Imported"),
    "api": N_("By a program"),
}
KINDS = {
    "market": N_("Market"),
    "insured": N_("Insured"),
    "replacement": N_("Replacement"),
    "appraisal": N_("Appraisal"),
}
VALUE_NAMES = {
    "market": N_("Market value"),
    "insured": N_("Insured value"),
    "replacement": N_("Replacement value"),
    "appraisal": N_("Appraisal value"),
}
SPANS = (30, 90, 365)  # days to look back
DRAWN = 400  # points of the line; the days of recorded values come on top
FEW_DAYS, DAY_MS = 8, 86_400_000
FLAT = 0.05  # of the amount: a line that moves less is no mountain range
NO_MONEY = Money(None, None, None, None, None, None, None, None)
MANY = 60  # recorded values: more are drawn as small dots


@dataclass(frozen=True)
class DrawnPoint:
    """A day of the chart; None is a gap."""

    day: date
    value: Decimal | None
    cost: Decimal | None
    recorded: bool


@dataclass(frozen=True)
class History:
    """The life of a watch: the line, its highest point, and how it moved over each of SPANS."""

    points: list[DrawnPoint]
    high: High | Missing
    changes: list[Change | Missing]


@dataclass(frozen=True)
class Worth:
    """A watch with its values, newest first, and its figures in ``currency``."""

    watch: Watch
    money: Money
    values: Sequence[Valuation]
    currency: str
    today: date
    care: Sequence[ServiceCost] = ()  # what its services cost, oldest first
    extras: Sequence[Paid] = ()  # what else was paid for it, oldest first

    @property
    def wanted(self) -> bool:
        """On the wishlist or ordered."""
        return self.watch.status in WANTED

    @property
    def gone(self) -> bool:
        """Sold, given away or lost."""
        return self.watch.status in GONE

    @property
    def sold(self) -> bool:
        """Gone, and for money (or it should have been)."""
        return self.watch.status == "sold" or self.watch.sale_price is not None

    @property
    def needed(self) -> str:
        """What a gain needs beside a cost."""
        return _("needs a sale price") if self.gone else _("needs a value")

    @property
    def end(self) -> date:
        """The last day it counts."""
        return self.watch.disposed_on or self.today

    @property
    def days(self) -> int | Missing:
        """For how long it is, or was, here."""
        if self.watch.purchased_on is None:
            return Missing(N_("The day of the purchase is not recorded."))
        return (self.end - self.watch.purchased_on).days

    @property
    def outcome(self) -> Decimal | None:
        """What the cost became: the value today, or what was left of the sale price."""
        if not self.gone:
            return self.money.value
        if self.money.gain is not None and self.money.cost is not None:
            return self.money.cost + self.money.gain
        return self.watch.proceeds if self.watch.sale_currency == self.currency else None

    @property
    def counted(self) -> list[Valuation]:
        """The values that make the line: market values, and no imported 0 nobody confirmed."""
        return [value for value in self.values if counts(value)]


def counts(value: Valuation) -> bool:
    """Whether a value is in the totals; the same rule as the view counted_valuation."""
    no_data = value.amount == 0 and value.source == "import" and not value.confirmed
    return value.kind == "market" and not no_data


def load(watch_id: UUID, currency: str, today: date) -> Worth:
    """Everything about the money of a watch. Raises NotFoundError."""
    return cached(read, watch_id, currency, today)


def read(db: Connection, member: Member, watch_id: UUID, currency: str, today: date) -> Worth:
    """What ``load`` keeps."""
    watch = watches.get(db, member, watch_id)
    money = figures.of_watch(db, member, watch_id, currency, today)
    values = valuations.of_watch(db, member, watch_id)
    care = services.costs_of(db, member, watch_id, currency)
    extras = expenses.payments(db, member, [watch_id], currency, today)
    return Worth(watch, money or NO_MONEY, values, currency, today, care, extras)


def history(worth: Worth) -> History:
    """Its life in figures; empty when no value is known."""
    return cached(summarise, worth.watch.watch_id, worth.currency, worth.today)


def summarise(
    db: Connection, member: Member, watch_id: UUID, currency: str, today: date
) -> History:
    """What ``history`` keeps: its value on every day, reduced to what a page shows."""
    worth = read(db, member, watch_id, currency, today)
    start, known = worth.watch.acquired_on, worth.counted or worth.watch.cost is not None
    days = (
        figures.trend(db, member, currency, start, worth.end, 1, watch_id)
        if start and start <= worth.end and known
        else []
    )
    steps = [Point(point.day, point.value) for point in days if not point.missing]
    return History(
        _drawn(days, worth),
        series.all_time_high(steps),
        [series.change_since(steps, worth.end, span) for span in SPANS],
    )


def _drawn(days: Sequence[TrendPoint], worth: Worth) -> list[DrawnPoint]:
    """Every so many days, the last, and each one with a recorded value; oldest first."""
    step = max(1, -(-len(days) // DRAWN))
    recorded = {value.valued_on for value in worth.counted}
    return [
        DrawnPoint(
            point.day,
            None if point.missing else point.value,
            worth.money.cost,
            point.day in recorded,
        )
        for place, point in enumerate(reversed(days))
        if place % step == 0 or place == len(days) - 1 or point.day in recorded
    ][::-1]


def trend_figure(watch_id: UUID, currency: str, today: date, palette: Palette) -> go.Figure:
    """Value against cost; for ``cached_figure``, whose key are these few arguments."""
    points = history(load(watch_id, currency, today)).points
    figure = charts.watch_trend(points, currency, palette)
    if len(points) < FEW_DAYS:
        figure.update_xaxes(dtick=DAY_MS)  # else the axis would name hours
    amounts = [float(p) for point in points for p in (point.value, point.cost) if p is not None]
    if amounts and max(amounts) - min(amounts) < FLAT * max(amounts):
        figure.update_yaxes(range=[min(amounts) * (1 - FLAT), max(amounts) * (1 + FLAT)])
    if sum(point.recorded for point in points) > MANY:
        small = [4 if point.recorded else 0 for point in points]
        figure.update_traces(
            marker={"size": small, "line": {"width": 1}}, selector={"mode": "lines+markers"}
        )
    return figure


def nothing_yet(worth: Worth) -> tuple[str, str]:
    """What the value tab is for, while there is nothing to draw."""
    if worth.wanted:
        return _("What does it cost today?"), _(
            "Record what it is offered for, and see how that moves."
        )
    if worth.watch.acquired_on == worth.end and worth.watch.cost is not None:
        return (
            _("The line begins today"),
            _("It starts at the cost. With the purchase date and earlier values it begins there."),
        )
    return (
        _("What is it worth?"),
        _(
            "Record a value, and the line begins. "
            "With a purchase price there is gain and return too."
        ),
    )


def describe(worth: Worth) -> str:
    """The chart in a sentence, as its alternative text."""
    known = [point for point in history(worth).points if point.value is not None]
    if not known:
        return _("No value is known.")
    first, last = known[0], known[-1]
    return _(
        "Value from {before} on {first_day} to {now} on {last_day}; the cost was {cost}.",
        before=say.money(first.value, worth.currency),
        first_day=say.day(first.day),
        now=say.money(last.value, worth.currency),
        last_day=say.day(last.day),
        cost=say.money(worth.money.cost, worth.currency),
    )

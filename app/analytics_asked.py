"""What the analytics page is asked for: a part of the collection, a period, a currency."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.cache import cached, shared
from app.period import Period
from data import analytics, figures
from data.analytics import Day, Holding, Payment
from data.scope import Scope


@dataclass(frozen=True)
class Asked:
    """What every tab of the analytics page gets; hashable, so ``cached`` takes it."""

    scope: Scope
    over: Period
    currency: str  # ISO 4217, of everything shown
    today: date


def compared_with(asked: Asked) -> date:
    """The day a period is compared with: its first; where it begins with all, the eve of that."""
    return _eve(asked) if asked.over.start <= _first(asked) else asked.over.start


def days_of(asked: Asked) -> tuple[Day, ...]:
    """The days of the period, oldest first, beginning with the one it is compared with."""
    over, start = asked.over, compared_with(asked)
    return shared(analytics.days, asked.scope, asked.currency, start, over.end, over.step)


def all_days_of(asked: Asked) -> tuple[Day, ...]:
    """The days from the eve of the first watch to the end of the period."""
    step = Period(_eve(asked), asked.over.end, "").step
    return shared(analytics.days, asked.scope, asked.currency, _eve(asked), asked.over.end, step)


def holdings_of(asked: Asked) -> tuple[Holding, ...]:
    """The watches of the scope with their figures, in no order."""
    return shared(analytics.holdings, asked.scope, asked.currency, asked.today)


def payments_of(asked: Asked) -> tuple[Payment, ...]:
    """Services and other costs up to today, oldest first."""
    return shared(analytics.payments, asked.scope, asked.currency, asked.today)


def _first(asked: Asked) -> date:
    """The day the first watch of the household came."""
    return cached(figures.first_day) or asked.today


def _eve(asked: Asked) -> date:
    """The day before the first watch came: nothing is worth anything yet."""
    return _first(asked) - timedelta(days=1)

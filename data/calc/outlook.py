"""What the next twelve months may bring, and how well such a forecast would have done before.

Exponential smoothing of the logarithms of monthly values, so that no band reaches below zero:
a level alone (no change) or with a damped trend, whichever explains the months better (AICc).
"""

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from statistics import fmean, variance
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from data.calc.missing import Missing
from data.calc.monthly import FEWEST_MONTHS, Monthly, months_later
from data.calc.series import Point
from data.said import said

HORIZON = 12  # months
NO_BETTER = said("No better than no change")
BETTER = said("Better than no change")
TOO_FEW = said("Too few tries to say")
UNTRIED = said("Not tried on the past yet")
_CHANCES = (0.80, 0.95)
_MOST_ORIGINS = 16
_ENOUGH_ORIGINS = 12  # fewer are all about nearly the same year
_CLEARLY = 0.9  # of the error of "no change": only below is a forecast called better,
_MOSTLY = 2 / 3  # and only if it was the closer one so often
_LEAST_MOVE = 0.0025  # a month: a value is an estimate, and none is surer than this
_STEADY = 1e-6  # what moves by less does not move: there is nothing to smooth
_WIDEST = math.log(100)  # a band that reaches a hundred times the value says nothing
_CENT = Decimal("0.01")
_MODELS: tuple[tuple[int, dict[str, Any]], ...] = (  # parameters estimated, and what it is made of
    (2, {}),
    (5, {"trend": "add", "damped_trend": True}),
)


@dataclass(frozen=True)
class Ahead:
    """A day to come: the middle of the forecast, and bands it stays in 80 % and 95 % of times."""

    day: date
    value: Decimal
    low80: Decimal
    high80: Decimal
    low95: Decimal
    high95: Decimal


@dataclass(frozen=True)
class Backtest:
    """The same forecast made at ``origins`` months of the past, each held against its next year.

    Errors are mean absolute ones, as fractions of the value; ``coverage`` is the share of months
    that fell into a band. ``error_ratio`` is error ÷ error of "no change"; None: nothing changed.
    """

    origins: int
    error: float
    error_of_no_change: float
    error_ratio: float | None
    closer: float  # the share of origins at which the forecast was closer than "no change"
    coverage80: float
    coverage95: float

    @property
    def verdict(self) -> str:
        """Whether it was clearly better than "no change", and not by one lucky year."""
        if self.error_ratio is None or self.error_ratio >= _CLEARLY:
            return NO_BETTER
        if self.origins < _ENOUGH_ORIGINS:
            return TOO_FEW
        return BETTER if self.closer >= _MOSTLY else NO_BETTER


@dataclass(frozen=True)
class Outlook:
    """Twelve months ahead of ``history``, which ends today; amounts in one currency."""

    history: tuple[Point, ...]
    months: tuple[Ahead, ...]
    backtest: Backtest | Missing

    @property
    def verdict(self) -> str:
        """What the back-test says, in plain words."""
        return UNTRIED if isinstance(self.backtest, Missing) else self.backtest.verdict


@dataclass(frozen=True)
class _Step:
    """How far the logarithm moves until a month ahead: the middle, and half of each band."""

    middle: float
    half80: float
    half95: float


def outlook(monthly: Monthly, value: Decimal) -> Outlook | Missing:
    """The outlook of ``value``, which is today's and above zero, in its currency.

    The months may be an index: they are scaled so that today's level is ``value``.
    """
    found = _worked_out(tuple(math.log(point.amount) for point in monthly.ends))
    if isinstance(found, Missing):
        return found
    steps, backtest = found
    scale = value / monthly.today.amount
    history = [Point(one.day, one.amount * scale) for one in monthly.ends]
    if history[-1].day < monthly.today.day:
        history.append(Point(monthly.today.day, value))
    today = monthly.today.day
    ahead = (_ahead(months_later(today, n), value, step) for n, step in enumerate(steps, 1))
    return Outlook(tuple(history), tuple(ahead), backtest)


def _ahead(day: date, value: Decimal, step: _Step) -> Ahead:
    moves = (0.0, -step.half80, step.half80, -step.half95, step.half95)
    factors = (Decimal(math.exp(step.middle + move)) for move in moves)
    return Ahead(day, *((value * factor).quantize(_CENT) for factor in factors))


@lru_cache(maxsize=256)  # by its numbers alone: fitting takes a second, most edits change none
def _worked_out(logs: tuple[float, ...]) -> tuple[tuple[_Step, ...], Backtest | Missing] | Missing:
    """The steps ahead and the back-test."""
    steps = _steps(logs)
    if max(abs(step.middle) + step.half95 for step in steps) > _WIDEST:
        return Missing(said("The values jump too much to look ahead: please check them."))
    return steps, _tried(logs)


def _tried(logs: Sequence[float]) -> Backtest | Missing:
    """The forecast from up to 16 months of the past, which all know a year after them."""
    last = len(logs) - HORIZON
    if last < FEWEST_MONTHS:
        return Missing(
            said(
                "It takes {months} regular months to try it on the past; there are {number}.",
                months=FEWEST_MONTHS + HORIZON,
                number=len(logs),
            )
        )
    number = min(_MOST_ORIGINS, last - FEWEST_MONTHS + 1)
    apart = (last - FEWEST_MONTHS) / max(number - 1, 1)
    origins = [last - round(n * apart) for n in range(number)]
    misses: list[float] = []  # of the forecast
    moves: list[float] = []  # the misses of "no change"
    closer = inside80 = inside95 = 0
    for origin in origins:
        steps = _steps(logs[:origin])
        real = [logs[origin + n] - logs[origin - 1] for n in range(HORIZON)]
        off = [abs(went - step.middle) for went, step in zip(real, steps, strict=True)]
        closer += sum(off) < sum(map(abs, real))
        inside80 += sum(miss <= step.half80 for miss, step in zip(off, steps, strict=True))
        inside95 += sum(miss <= step.half95 for miss, step in zip(off, steps, strict=True))
        misses += off
        moves += map(abs, real)
    missed, moved = fmean(misses), fmean(moves)
    return Backtest(
        number,
        math.expm1(min(missed, _WIDEST)),
        math.expm1(min(moved, _WIDEST)),
        missed / moved if moved > _STEADY else None,
        closer / number,
        inside80 / len(misses),
        inside95 / len(misses),
    )


def _steps(logs: Sequence[float]) -> tuple[_Step, ...]:
    """Twelve months ahead of logarithms of values, of 24 months or more.

    The smoothing's own bands leave out that its parameters are estimates, which makes them too
    narrow where months are few. So a band has Student's t, the residuals their degrees of freedom,
    and none is narrower than that of a random walk with drift over the same months.

    Source:
        Hyndman & Athanasopoulos, Forecasting: principles and practice, 5.5 (drift) and 8.7 (ETS).
    """
    changes = [after - before for before, after in pairwise(logs)]
    moves = max(variance(changes), _LEAST_MOVE**2)
    wander = [moves * (n + n * n / len(changes)) for n in range(1, HORIZON + 1)]
    fitted = None if max(changes) - min(changes) < _STEADY else _smoothed(logs)
    if fitted is None:
        drift, free = fmean(changes), len(changes) - 1
        middles, spreads = [drift * n for n in range(1, HORIZON + 1)], wander
    else:
        middles, own, free = fitted
        spreads = [max(pair) for pair in zip(own, wander, strict=True)]
    by80, by95 = (float(_library().stdtrit(free, (1 + chance) / 2)) for chance in _CHANCES)
    return tuple(
        _Step(middle, by80 * math.sqrt(spread), by95 * math.sqrt(spread))
        for middle, spread in zip(middles, spreads, strict=True)
    )


def _smoothed(logs: Sequence[float]) -> tuple[list[float], list[float], int] | None:
    """Middles, variances and degrees of freedom of the better model; None: neither fits."""
    months, library = pd.Series(logs), _library()
    best, found = math.inf, None
    for parameters, parts in _MODELS:
        try:
            with np.errstate(all="ignore"):
                fit = library.ETSModel(months, error="add", **parts).fit(
                    disp=False, warn_convergence=False
                )
                ahead = fit.get_prediction(start=len(logs), end=len(logs) + HORIZON - 1)
        except (ValueError, ArithmeticError, np.linalg.LinAlgError):
            continue
        free = len(logs) - parameters
        middles = [float(one) - logs[-1] for one in ahead.predicted_mean]
        spreads = [float(one) * len(logs) / free for one in ahead.var_pred_mean]
        score = float(fit.aicc)
        if score < best and all(map(math.isfinite, middles + spreads)):
            best, found = score, (middles, spreads, free)
    return found


@lru_cache(maxsize=1)
def _library() -> SimpleNamespace:
    """Exponential smoothing and Student's t: a second to import, so only for who looks ahead."""
    # In matrices this small the threads of linear algebra do nothing but wait for each other: ten
    # times slower on a busy machine. It looks here when SciPy loads it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from scipy.special import stdtrit  # noqa: PLC0415
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # noqa: PLC0415

    return SimpleNamespace(stdtrit=stdtrit, ETSModel=ETSModel)

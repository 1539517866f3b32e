"""How fast or slow a watch runs: rates in seconds a day (s/d), positive when it gains."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.calc.missing import Missing
from data.said import said

_DAY_S = 86_400
_SHORTEST_S = 1


@dataclass(frozen=True)
class Reading:
    """What the reference and the watch showed at one instant, and where the watch lay until then.

    Both in seconds, each from any origin that stays the same for the run.
    """

    reference_s: float
    watch_s: float
    position: str


def rate(reference_elapsed_s: float, watch_elapsed_s: float) -> float | Missing:
    """Rate in s/d.

    Source:
        (watch elapsed - reference elapsed) / reference elapsed * 86,400.
    """
    if reference_elapsed_s < _SHORTEST_S:
        return Missing(said("There is no time between readings to take a rate from."))
    return (watch_elapsed_s - reference_elapsed_s) / reference_elapsed_s * _DAY_S


def rate_by_position(readings: Sequence[Reading]) -> dict[str, float | Missing]:
    """Rate in s/d for each position of one run's readings, which are in order of time.

    An interval belongs to the position of its later reading. Intervals are weighted by time, so
    this is no mean of rates. A position no interval belongs to is missing.

    Source:
        sum(change of offset) / sum(time) * 86,400.
    """
    reference_s: defaultdict[str, float] = defaultdict(float)
    watch_s: defaultdict[str, float] = defaultdict(float)
    for earlier, later in pairwise(readings):
        reference_s[later.position] += later.reference_s - earlier.reference_s
        watch_s[later.position] += later.watch_s - earlier.watch_s
    positions = dict.fromkeys(reading.position for reading in readings)
    return {position: rate(reference_s[position], watch_s[position]) for position in positions}

"""When notices may be sent: at once, or once a day or a week in the morning; never in quiet hours.

Quiet hours and mornings are those of the receiver's time zone.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AT_ONCE, DAILY, WEEKLY = "at_once", "daily", "weekly"
RHYTHMS = (AT_ONCE, DAILY, WEEKLY)
MORNING = time(8)  # when a digest goes out; a weekly one on Mondays
MONDAY = 0


def is_quiet(at: time, begins: time | None, ends: time | None) -> bool:
    """Whether a time of day lies in quiet hours; they may go over midnight."""
    if begins is None or ends is None:
        return False
    if begins < ends:
        return begins <= at < ends
    return at >= begins or at < ends


def last_digest(rhythm: str, now: datetime) -> datetime:
    """When the last digest was due, as of ``now`` (in the receiver's zone)."""
    back = 0 if now.time() >= MORNING else 1
    if rhythm == WEEKLY:
        morning_of = now.date() - timedelta(days=back)
        back += (morning_of.weekday() - MONDAY) % 7
    return datetime.combine(now.date() - timedelta(days=back), MORNING, now.tzinfo)


def may_send(
    rhythm: str,
    quiet: tuple[time | None, time | None],
    waiting_since: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> bool:
    """Whether what waits since then is sent now; a digest that fell into quiet hours comes after.

    ``waiting_since`` and ``now`` are instants in any zone.
    """
    here = now.astimezone(zone)
    if is_quiet(here.time(), *quiet):
        return False
    if rhythm == AT_ONCE:
        return True
    return waiting_since.timestamp() <= last_digest(rhythm, here).timestamp()


def today(now: datetime, zone: ZoneInfo) -> date:
    """Which day it is there."""
    return now.astimezone(zone).date()

"""What happens before the first page is served: the database is brought up to date."""

import logging
import os
from datetime import UTC, datetime, timedelta

from data import (
    accounts,
    attempts,
    db,
    demo_household,
    fx,
    gold,
    identities,
    notices,
    reference_data,
    resets,
    second_step,
    security_log,
    share_links,
    sweep,
)
from data.bin import purge_old
from data.migrate import migrate

log = logging.getLogger(__name__)


def prepare() -> None:
    """Migrate, load reference data and rates; safe again, and by several processes at once."""
    migrate(db.owner_url())
    with db.maintenance() as owner:
        reference_data.load(owner)
        fx.load(owner)
    if os.environ.get("WATCH_DEMO") == "1":
        demo_household.seed()


def refresh_rates() -> None:
    """Ask the ECB for newer rates when ours are older than yesterday's; offline is no fault."""
    with db.maintenance() as owner:
        newest = fx.newest(owner)
    if newest and newest >= datetime.now(UTC).date() - timedelta(days=1):
        return
    try:
        table = fx.fetch()
        with db.maintenance() as owner:
            log.info("%d newer exchange rates", fx.load(owner, table))
    except (OSError, ValueError) as error:
        log.info("no newer exchange rates: %s", error)


def refresh_gold() -> None:
    """Ask for the prices of gold since the last, if this box may; offline is no fault."""
    if not gold.allowed():
        return
    with db.maintenance() as owner:
        known = gold.newest(owner)
    try:
        for prices in gold.fetch(known, datetime.now(UTC).date()):
            with db.maintenance() as owner:
                log.info("%d newer gold prices", gold.load(owner, prices))
    except (OSError, ValueError) as error:
        log.info("no newer gold prices: %s", error)


def tidy() -> None:
    """Empty what has been in a bin for 30 days, forget dead sessions; sweep files once a day."""
    with db.maintenance() as owner:
        purge_old(owner)
        accounts.purge(owner)
        share_links.purge(owner)
        second_step.purge(owner)
        identities.purge(owner)
        notices.purge(owner)
        resets.purge(owner)
        attempts.purge(owner)
        security_log.purge(owner)
    with db.maintenance() as owner:
        sweep.sweep_once_a_day(owner, datetime.now(UTC))

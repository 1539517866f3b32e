"""What runs beside the pages, and when: tidying, newer rates and prices, notices.

Of several processes one runs the jobs: who holds a lock of PostgreSQL. When a job ran last stands
in ``job_run``, so another process goes on where one ended. A job that fails is logged and tried
again later, each time with more patience; it keeps nothing else from running.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import notice_round
from data import db, job_runs, start_up
from data.errors import UnavailableError

log = logging.getLogger(__name__)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MOST_PATIENCE = timedelta(hours=6)


@dataclass(frozen=True)
class Job:
    """Something to do again and again; ``work`` is given the time."""

    name: str
    every: timedelta
    work: Callable[[datetime], None]

    def due_at(self, last: job_runs.LastRun | None) -> datetime | None:
        """When it is to run next; None: at once, it never did."""
        if last is None:
            return None
        longest = max(self.every, MOST_PATIENCE)
        patience: timedelta = self.every * 2.0 ** min(last.failures, 20)
        return last.started_at + min(patience, longest)


JOBS = (
    Job("tidy", HOUR, lambda _: start_up.tidy()),
    Job("rates", HOUR, lambda _: start_up.refresh_rates()),
    Job("gold", HOUR, lambda _: start_up.refresh_gold()),
    Job("notices", 5 * MINUTE, notice_round.run),
)


def look(now: datetime, jobs: Sequence[Job] = JOBS) -> datetime:
    """Run what is due, unless another process does; returns when to look again.

    Raises:
        UnavailableError: the database is away.
    """
    with db.alone() as holder:
        if not job_runs.lock(holder):
            return now + MINUTE
        with db.maintenance() as owner:
            job_runs.interrupt(owner, now)
            job_runs.purge(owner, now)
            last = job_runs.last_runs(owner)
        for job in jobs:
            due_at = job.due_at(last.get(job.name))
            if due_at is None or due_at <= now:
                _run(job, now)
        with db.maintenance() as owner:
            last = job_runs.last_runs(owner)
    return min(job.due_at(last.get(job.name)) or now + MINUTE for job in jobs)


def _run(job: Job, now: datetime) -> None:
    """One run, noted with its beginning, its end and how it went."""
    began = time.monotonic()
    with db.maintenance() as owner:
        run_id = job_runs.start(owner, job.name, now)
    outcome, detail = job_runs.DONE, ""
    try:
        job.work(now)
    except UnavailableError as error:
        outcome, detail = job_runs.FAILED, str(error)
        log.warning("The job %s could not be done: %s", job.name, error)
    except Exception as error:  # whatever it is, the next run may go better
        outcome, detail = job_runs.FAILED, type(error).__name__
        log.exception("The job %s failed.", job.name)
    ended = now + timedelta(seconds=time.monotonic() - began)
    with db.maintenance() as owner:
        job_runs.end(owner, run_id, ended, outcome, detail)

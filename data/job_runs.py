"""What runs beside the pages: which job, when, and how it went. All of it is maintenance."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection

from data import queries

DONE, FAILED, INTERRUPTED = "done", "failed", "interrupted"
LONGEST_DETAIL = 300  # characters


@dataclass(frozen=True)
class LastRun:
    """The last run of a job."""

    name: str
    started_at: datetime
    outcome: str | None  # None: it runs now
    failures: int  # in a row, up to this one


@dataclass(frozen=True)
class JobRun:
    """A run of a job."""

    run_id: int
    name: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None  # DONE, FAILED or INTERRUPTED; None: it runs now
    detail: str  # what went wrong, in a word


def lock(db: Connection) -> bool:
    """Whether this connection now holds the right to run jobs, until it is closed."""
    return cast("bool", queries.value(db, "scheduler_lock"))


def last_runs(db: Connection) -> dict[str, LastRun]:
    """The last run of each job that ever ran."""
    return {row.name: row for row in queries.many(db, LastRun, "job_last")}


def interrupt(db: Connection, now: datetime) -> None:
    """Note that runs without an end were cut short; only while the lock is held."""
    queries.do(db, "job_interrupted", now=now)


def start(db: Connection, name: str, now: datetime) -> int:
    """Note that a job begins; returns the id of the run."""
    return cast("int", queries.value(db, "job_start", name=name, now=now))


def end(db: Connection, run_id: int, now: datetime, outcome: str, detail: str = "") -> None:
    """Note how a job went."""
    keys = {"run_id": run_id, "now": now, "outcome": outcome, "detail": detail[:LONGEST_DETAIL]}
    queries.do(db, "job_end", **keys)


def newest(db: Connection, limit: int) -> list[JobRun]:
    """The newest runs, for the admin."""
    return queries.many(db, JobRun, "job_runs", limit=limit)


def purge(db: Connection, now: datetime) -> None:
    """Forget what ran a week ago."""
    queries.do(db, "job_purge", now=now)

"""The engine, and the two ways to use it: ``read(member)`` and ``write(member)``.

Each is one transaction that begins by telling PostgreSQL on whose behalf it runs; row-level
security shows and takes nothing else. The connection works as the role ``watch_app``, which
owns nothing.
"""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast
from uuid import UUID

import psycopg
from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, TimeoutError  # noqa: A004

from data import embedded, queries
from data.errors import RefusedError, UnavailableError
from data.said import said

OPTIONS = (
    "-c role=watch_app -c timezone=UTC -c jit=off -c work_mem=32MB -c random_page_cost=1"
    # Optional filters are `:x is null or …`: only a plan made for the values at hand drops them.
    " -c plan_cache_mode=force_custom_plan"
    " -c statement_timeout=20s -c idle_in_transaction_session_timeout=60s"
)
REFUSED_WITH_A_SENTENCE = "WT001"  # raised by our own SQL functions; the message is for people
_opening = threading.Lock()
AWAY = said(
    "The database does not answer at the moment. Nothing was lost; try again in a few seconds."
)


class Asker(Protocol):
    """Who is asking: a member of a household."""

    @property
    def household_id(self) -> UUID:
        """The household whose rows exist for this transaction."""

    @property
    def user_id(self) -> UUID:
        """The person the audit log names."""


@dataclass(frozen=True)
class ConstraintSentence:
    """The sentence behind a constraint, from ``comment on constraint``."""

    name: str
    sentence: str


def owner_url() -> str:
    """DATABASE_URL, or the embedded server (started if need be). Its role owns the schema."""
    return os.environ.get("DATABASE_URL") or embedded.start()


def with_driver(url: str) -> str:
    """A PostgreSQL URL with the driver named, as SQLAlchemy and yoyo want it."""
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)


def engine() -> Engine:
    """The process-wide connection pool; a lost connection is replaced when next used."""
    with _opening:  # of threads that all want the first one, one makes it
        return _pool()


@cache
def _pool() -> Engine:
    return create_engine(
        with_driver(owner_url()),
        pool_size=10,
        max_overflow=20,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,  # an error with its parameters would bring secrets into the log
        connect_args={"options": OPTIONS, "connect_timeout": 5},
    )


@contextmanager
def maintenance() -> Iterator[Connection]:
    """One transaction as the owner of the schema, who sees every household: start-up, nightly work.

    Never for anything a person asked for.

    Raises:
        UnavailableError: PostgreSQL does not answer.
    """
    owner = create_engine(with_driver(owner_url()), poolclass=NullPool, hide_parameters=True)
    with _answering(), owner.begin() as db:
        yield db


@contextmanager
def alone() -> Iterator[Connection]:
    """The owner's connection outside of any transaction: what it locks is free when it is closed.

    Raises:
        UnavailableError: PostgreSQL does not answer.
    """
    url = with_driver(owner_url())
    owner = create_engine(
        url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True
    )
    with _answering(), owner.connect() as db:
        yield db


def close() -> None:
    """Give all connections back and forget the pool; the next use opens a new one."""
    with _opening:
        if _pool.cache_info().currsize:
            _pool().dispose()
        _pool.cache_clear()
    constraint_sentences.cache_clear()


@cache
def constraint_sentences() -> dict[str, str]:
    """Constraint name → sentence, read once from the schema's comments."""
    with engine().connect() as db:
        rows = queries.many(db, ConstraintSentence, "constraint_sentences")
    return {row.name: row.sentence for row in rows}


@contextmanager
def read(member: Asker | None) -> Iterator[Connection]:
    """A read-only transaction: PostgreSQL itself refuses a write. None: nobody is known yet.

    Raises:
        UnavailableError: PostgreSQL does not answer.
    """
    with _answering(), engine().connect() as db:
        db.execution_options(postgresql_readonly=True)
        _enter(db, member)
        yield db


@contextmanager
def write(member: Asker | None) -> Iterator[Connection]:
    """One transaction: commits at the end, rolls back on any error.

    Raises:
        RefusedError: a constraint refused the change; the problem is keyed by its name.
        UnavailableError: PostgreSQL does not answer; nothing was saved.
    """
    try:
        with _answering(), engine().begin() as db:
            _enter(db, member)
            yield db
    except IntegrityError as error:
        cause = cast("psycopg.Error", error.orig)
        name = cause.diag.constraint_name or cause.diag.column_name or ""
        sentence = constraint_sentences().get(name, said("This value is not allowed."))
        raise RefusedError({name: sentence}) from error


def _enter(db: Connection, member: Asker | None) -> None:
    household = member and str(member.household_id)
    user = member and str(member.user_id)
    queries.run(db, "enter", {"household_id": household, "user_id": user})


@contextmanager
def _answering() -> Iterator[None]:
    """Tell "PostgreSQL is away" and "PostgreSQL says no, in words" from faults of ours."""
    try:
        yield
    except TimeoutError as error:  # no connection became free
        raise UnavailableError(AWAY) from error
    except DBAPIError as error:
        cause = cast("psycopg.Error", error.orig)
        if cause.sqlstate == REFUSED_WITH_A_SENTENCE:
            raise RefusedError({"": cause.diag.message_primary or ""}) from error
        if error.connection_invalidated or isinstance(error, OperationalError):
            raise UnavailableError(AWAY) from error
        raise

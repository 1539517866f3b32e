"""What the admin of the box does: accounts, registration; and how the box is.

PostgreSQL asks who asks in every function and view (sql/migrations/0015.admin.sql); an admin sees
no contents of households. Nothing here is done to oneself. Every act is in the security log.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import accounts, queries, second_step
from data.accounts import Member, Visitor
from data.errors import NotFoundError
from data.said import said

STATES = ("active", "admins", "disabled")
GONE = said("This person has no account any more.")
WILD = re.compile(r"[\\%_]")  # what LIKE reads as something else


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in, as the admin sees them."""

    user_id: UUID
    name: str
    email: str
    is_admin: bool
    disabled_at: datetime | None
    created_at: datetime
    has_second_step: bool
    seen_at: datetime | None  # to five minutes; None: not in the last 60 days
    households: list[str]  # their names


@dataclass(frozen=True)
class TableSize:
    """How large a table is with its indexes."""

    name: str
    bytes: int
    about_rows: int  # as PostgreSQL estimates them


@dataclass(frozen=True)
class BoxFacts:
    """How the database is."""

    database_bytes: int
    server_version: str
    server_since: datetime
    migrations: int  # that were applied
    rates_on: date | None  # the day of the newest exchange rates


@dataclass(frozen=True)
class Job:
    """The last run of what runs beside the pages."""

    name: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None  # done, failed or interrupted; None: it runs now
    detail: str


def listed(
    db: Connection, typed: str | None, state: str | None, offset: int, limit: int
) -> list[Account]:
    """A page of the accounts, by name; ``typed``: part of a name, an address or a household's name.

    ``state``: one of ``STATES``, or None for all.

    Raises:
        RefusedError: who asks is no admin.
    """
    keys = {"typed": _literal(typed), "state": state, "offset": offset, "limit": limit}
    return queries.many(db, Account, "account_lines", **keys)


def count(db: Connection, typed: str | None, state: str | None) -> int:
    """How many accounts ``listed`` has in all. Raises as it does."""
    found = queries.value(db, "account_count", typed=_literal(typed), state=state)
    return cast("int", found)


def find(db: Connection, user_id: UUID) -> Account | None:
    """An account; None: it is not here (any more). Raises RefusedError for who is no admin."""
    return queries.first(db, Account, "account_get", user_id=user_id)


def set_admin(
    db: Connection, admin: Member, user_id: UUID, visitor: Visitor, *, is_admin: bool
) -> None:
    """Make somebody an admin of the box, or not any more.

    Raises:
        RefusedError: who asks is no admin, or it is they themselves, or a disabled account.
        NotFoundError: the account is gone.
    """
    email = _found(queries.value(db, "admin_set", user_id=user_id, is_on=is_admin))
    _log(db, admin, "admin_made" if is_admin else "admin_taken", visitor, email)


def set_disabled(
    db: Connection, admin: Member, user_id: UUID, visitor: Visitor, *, is_disabled: bool
) -> None:
    """Keep somebody out, which ends their sessions at once; or let them in again.

    Raises:
        RefusedError: who asks is no admin, or it is they themselves.
        NotFoundError: the account is gone.
    """
    email = _found(queries.value(db, "disabled_set", user_id=user_id, is_on=is_disabled))
    kind = "account_disabled" if is_disabled else "account_enabled"
    _log(db, admin, kind, visitor, email)


def switch_off_second_step(db: Connection, admin: Member, user_id: UUID, visitor: Visitor) -> bool:
    """Let somebody in by password alone who has lost phone and codes; False: it was off.

    Raises:
        RefusedError: who asks is no admin, or it is they themselves.
        NotFoundError: the account is gone.
    """
    email = _found(queries.value(db, "admin_over", user_id=user_id))
    return second_step.switch_off_for(db, admin, user_id, email, visitor)


def set_registration(db: Connection, admin: Member, visitor: Visitor, *, is_open: bool) -> None:
    """Open or close the box for new accounts. Raises RefusedError for who is no admin."""
    accounts.set_registration(db, admin, is_open=is_open)
    kind = "registration_opened" if is_open else "registration_closed"
    _log(db, admin, kind, visitor, "")


def table_sizes(db: Connection, limit: int) -> list[TableSize]:
    """The largest tables. Raises RefusedError for who is no admin."""
    return queries.many(db, TableSize, "table_lines", limit=limit)


def facts(db: Connection) -> BoxFacts:
    """How the database is. Raises RefusedError for who is no admin."""
    found = queries.first(db, BoxFacts, "box_facts")
    assert found is not None  # noqa: S101  (one row, always)
    return found


def jobs(db: Connection) -> list[Job]:
    """The last run of each job, by name. Raises RefusedError for who is no admin."""
    return queries.many(db, Job, "job_lines")


def _literal(typed: str | None) -> str | None:
    """As LIKE finds it letter by letter; None for nothing."""
    text = (typed or "").replace("\0", "").strip()
    return WILD.sub(r"\\\g<0>", text) or None


def _found(email: object) -> str:
    if email is None:
        raise NotFoundError(GONE)
    return str(email)


def _log(db: Connection, admin: Member, kind: str, visitor: Visitor, detail: str) -> None:
    accounts.log(db, kind, visitor, user_id=admin.user_id, email=admin.email, detail=detail)

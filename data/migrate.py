"""Bring the schema up to date: plain SQL files of sql/migrations, each run once, in order.

yoyo-migrations does the work: every file is one transaction, several processes may call at
once, and a file that has run is never run again (so never edit one; add another).
"""

from pathlib import Path

from yoyo import get_backend, read_migrations

from data.db import with_driver

MIGRATIONS = Path(__file__).parent.parent / "sql" / "migrations"


def migrate(url: str) -> list[str]:
    """Run the files this database has not seen; returns their names. ``url`` is the owner's."""
    backend = get_backend(with_driver(url))
    try:
        with backend.lock():
            waiting = backend.to_apply(read_migrations(str(MIGRATIONS)))
            backend.apply_migrations(waiting)
            return [migration.id for migration in waiting]
    finally:
        backend.connection.close()

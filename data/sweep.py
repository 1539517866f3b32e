"""The nightly sweep of files: what belongs to no row is removed.

A file comes before its row, so a crash between the two leaves a file alone; and a row that is
purged leaves its files. Young files are left alone: their rows may be on the way.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from data import media, queries
from data.media import Stored

log = logging.getLogger(__name__)
AGE = timedelta(hours=24)


@dataclass(frozen=True)
class FileRow:
    """A household has a photo or a document of this content."""

    household_id: UUID
    content_hash: str


@dataclass(frozen=True)
class HouseholdRow:
    """A household that is here."""

    household_id: UUID


def sweep_once_a_day(db: Connection, now: datetime) -> int | None:
    """Sweep, unless somebody has today; returns how many files went, None: not due (maintenance).

    Raises:
        UnavailableError: the place for files does not answer; the day is not noted then.
    """
    if queries.value(db, "sweep_due", today=now.astimezone(UTC).date().isoformat()) is None:
        return None
    return sweep(db, now)


def sweep(db: Connection, now: datetime) -> int:
    """Remove files without a row that are older than a day; returns how many (maintenance).

    Raises:
        UnavailableError: the place for files does not answer.
    """
    there = list(media.keys())
    old = [file for file in there if _is_old(file, now)]
    swept = _remove_files(db, old, now) if old else 0
    _remove_folders(db)
    return swept


def _remove_files(db: Connection, old: list[Stored], now: datetime) -> int:
    # Read after the files: a row that came meanwhile counts.
    rows = set(queries.many(db, FileRow, "file_rows"))
    swept = 0
    for file in old:
        if file.is_whole and FileRow(file.household_id, file.content_hash) in rows:
            continue
        again = media.look(file.key)  # somebody may be adding the same photo just now
        if again is not None and _is_old(again, now):
            media.remove(file.key)
            swept += 1
    if swept:
        log.info("%d files that belonged to nothing were removed", swept)
    return swept


def _remove_folders(db: Connection) -> None:
    """Remove what is left of households that are gone, once no young file is in it."""
    folders = media.folders()
    here = {row.household_id for row in queries.many(db, HouseholdRow, "household_rows")}
    for household_id in folders:
        if household_id not in here:
            media.remove_folder(household_id)


def _is_old(file: Stored, now: datetime) -> bool:
    return file.changed_at < now - AGE

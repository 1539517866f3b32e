"""Reference data that ships with the project: makers, movements, complications, calibres."""

import csv
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from data import queries
from data.accounts import Member

FOLDER = Path(__file__).parent / "reference"
TABLES = {  # file → the query that puts one line in; in this order: calibres name movements
    "brands.csv": "brand_reference_put",
    "movement_types.csv": "movement_type_put",
    "complications.csv": "complication_put",
    "calibres.csv": "calibre_put",
}


@dataclass(frozen=True)
class Choice:
    """A key to store and the name a person reads."""

    key: str
    name: str


def load(db: Connection) -> None:
    """Put the files of data/reference in; a second time changes nothing."""
    for file, query in TABLES.items():
        with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
            rows = [dict(line) for line in csv.DictReader(lines)]
        if file == "movement_types.csv":
            rows = [{**row, "sort": position} for position, row in enumerate(rows)]
        queries.put(db, query, rows)


def movement_types(db: Connection, member: Member) -> list[Choice]:  # noqa: ARG001
    """How a watch may be driven, the most usual first."""
    return queries.many(db, Choice, "movement_type_list")


def complications(db: Connection, member: Member) -> list[Choice]:  # noqa: ARG001
    """What a watch may do beyond the time, by name."""
    return queries.many(db, Choice, "complication_list")


def calibres(db: Connection, member: Member) -> list[str]:  # noqa: ARG001
    """Known calibres as "maker name", for type-ahead."""
    return [str(name) for name in queries.run(db, "calibre_names", {}).scalars()]

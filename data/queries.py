"""Named SQL from sql/queries/*.sql, returned as typed rows.

A query starts with ``-- name: watch_get``; the comment lines below it are its documentation.
Parameters are written ``:name`` and cast with ``cast()`` (``:name::type`` is no parameter).
What several queries share is written once as ``-- part: watch_filter`` and named in braces,
``{watch_filter}``; parts are put in when the files are loaded, never at run time. No other
module holds SQL.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, CursorResult, TextClause, text

Row = TypeVar("Row")
QUERY_DIR = Path(__file__).parent.parent / "sql" / "queries"
FEW = 1_000  # rows that ``stream`` holds at once
_COMMENT = re.compile(r"(?m)--.*$")
_PART = re.compile(r"\{(\w+)\}")


def load(directory: Path = QUERY_DIR) -> dict[str, TextClause]:
    """Read every query file; a name used twice is an error."""
    bodies: dict[tuple[str, str], str] = {}
    for path in sorted(directory.glob("*.sql")):
        blocks = re.split(r"(?m)^-- (name|part): *", path.read_text("utf-8"))[1:]
        for kind, block in zip(blocks[::2], blocks[1::2], strict=True):
            name, _, body = block.partition("\n")
            if (kind, name.strip()) in bodies:
                raise ValueError(f"{path.name}: {kind} {name.strip()!r} is defined twice")
            bodies[kind, name.strip()] = _COMMENT.sub("", body).strip().rstrip(";")
    parts = {name: body for (kind, name), body in bodies.items() if kind == "part"}
    return {
        name: text(_with_parts(body, parts))
        for (kind, name), body in bodies.items()
        if kind == "name"
    }


def _with_parts(body: str, parts: dict[str, str]) -> str:
    """Put the named parts in, and the parts that they name."""
    while _PART.search(body):
        body = _PART.sub(lambda match: parts[match[1]], body)
    return body


QUERIES = load()
_PARAMETERS = {name: clause.compile().params.keys() for name, clause in QUERIES.items()}


def run(
    db: Connection, name: str, params: dict[str, object], **options: int
) -> CursorResult[tuple[object, ...]]:
    """Execute a query; its parameters must match exactly, like a function's."""
    if odd := _PARAMETERS[name] ^ params.keys():
        raise TypeError(f"query {name!r}: missing or unknown parameters {sorted(odd)}")
    return db.execute(QUERIES[name], params, execution_options=options)


def many(db: Connection, row: type[Row], name: str, /, **params: object) -> list[Row]:
    """Run a query; every result row becomes a ``row``."""
    return [row(**found) for found in run(db, name, params).mappings()]


@contextmanager
def stream(
    db: Connection, name: str, /, **params: object
) -> Iterator[tuple[list[str], Iterator[Sequence[object]]]]:
    """The columns of a query, and its rows, a few at a time, as long as this lasts."""
    found = run(db, name, params, yield_per=FEW)
    try:
        yield list(found.keys()), iter(found)
    finally:
        found.close()


def first(db: Connection, row: type[Row], name: str, /, **params: object) -> Row | None:
    """Run a query that finds at most one row."""
    found = run(db, name, params).mappings().one_or_none()
    return None if found is None else row(**found)


def value(db: Connection, name: str, /, **params: object) -> object:
    """Run a query for the only column of its only row, or None if it has no row."""
    return run(db, name, params).scalar_one_or_none()


def put(db: Connection, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Run a query once for each of many parameter sets, in one go."""
    if rows:
        db.execute(QUERIES[name], list(rows))


def do(db: Connection, name: str, /, **params: object) -> int:
    """Run a query for its effect; returns how many rows it touched."""
    return run(db, name, params).rowcount

"""How the hot queries grow: at 100, 1,000, 10,000 and 100,000 watches, in PostgreSQL.

Run by ``make bench``. Times are PostgreSQL's own (EXPLAIN ANALYZE without its clock calls, best
of five); what to look at is the ratio to the smallest household. Search is timed as the call of
its function.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
from sqlalchemy import Connection, text

from data import db, embedded, start_up
from data.queries import QUERIES
from tests.bench import build, hot

SIZES = {100: 24, 1_000: 24, 10_000: 24, 100_000: 12}  # watches → months of values
RUNS = 5
DEEP = "select added_at::text, watch_id from watch where household_id = %s order by added_at offset %s limit 1"


@dataclass(frozen=True)
class Bench:
    """Who asks: a household of the bench."""

    household_id: UUID
    user_id: UUID


def main() -> None:
    """Build the households, time the queries, print the table."""
    folder = Path(tempfile.mkdtemp(prefix="watch-bench-"))
    folder.chmod(0o755)
    os.environ["WATCH_VAR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    try:
        start_up.prepare()
        print_table({size: times(household(size)) for size in _sizes()})
    finally:
        db.close()
        embedded.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _sizes() -> list[int]:
    return [int(size) for size in os.environ.get("SIZES", "").split()] or list(SIZES)


def household(size: int) -> UUID:
    """A household of that many watches; two hundred others of 100 stand beside it."""
    with psycopg.connect(db.owner_url()) as owner:
        if size == _sizes()[0]:
            build.neighbours(owner, 200, build.household(owner, 100, 24, "next@example.com"))
        home = build.household(owner, size, SIZES[size], f"bench{size}@example.com")
    with psycopg.connect(db.owner_url(), autocommit=True) as owner:
        owner.execute("vacuum analyze")
    return home


def times(home: UUID) -> dict[str, float]:
    """Label → milliseconds, for the household ``home``."""
    with psycopg.connect(db.owner_url()) as owner:
        found = owner.execute(
            "select count(*) from watch where household_id = %s", [home]
        ).fetchone()
        assert found
        deep = owner.execute(DEEP, [home, found[0] // 2]).fetchone()
        assert deep
    with db.read(Bench(home, home)) as connection:
        return {
            label: min(_once(connection, name, params) for _ in range(RUNS))
            for label, (name, params) in hot.queries(home, deep, deep[1]).items()
        }


def _once(connection: Connection, name: str, params: dict[str, object]) -> float:
    explain = f"explain (analyze, timing off, format json) {QUERIES[name].text}"
    found = connection.execute(text(explain), params).scalar()
    return float(found[0]["Execution Time"])


def print_table(found: dict[int, dict[str, float]]) -> None:
    """A row a query: milliseconds at each size, and how many times those of the smallest."""
    smallest = min(found)
    print(f"{'query':26}" + "".join(f"{size:>20,}" for size in found))
    for label in found[smallest]:
        cells = [
            f"{ms[label]:9.2f} ms {ms[label] / found[smallest][label]:6.1f}×"
            for ms in found.values()
        ]
        print(f"{label:26}" + "".join(f"{cell:>20}" for cell in cells))
    page = {size: _of_page(ms) for size, ms in found.items()}
    cells = [f"{ms:9.2f} ms {ms / page[smallest]:6.1f}×" for ms in page.values()]
    print(f"{'whole analytics page':26}" + "".join(f"{cell:>20}" for cell in cells))


def _of_page(milliseconds: dict[str, float]) -> float:
    """All that the analytics page asks, in its largest form, one after the other."""
    return sum(ms for label, ms in milliseconds.items() if label.startswith(hot.PAGE))


if __name__ == "__main__":
    main()

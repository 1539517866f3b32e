"""The database in which plans are looked at: 10,000 watches beside four hundred smaller households."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import text

from data import db
from data.queries import QUERIES
from tests.bench import build, hot

WATCHES = 10_000
OTHERS = 400  # so many that an index pays for a fifth of the rows too, beyond doubt
DEEP = "select added_at::text, watch_id from watch where household_id = %s order by added_at offset 5000 limit 1"
BODY = "select prosrc from pg_proc where proname = 'search_hits'"


@dataclass(frozen=True)
class Large:
    """Who asks, and where: a member of the household of 10,000 watches."""

    url: str  # the owner's
    household_id: UUID
    user_id: UUID
    deep: tuple[str, UUID]  # the cursor of a page far down the list


def fill(url: str) -> Large:
    """Build it in a migrated database that is empty; ``url`` is the owner's."""
    with psycopg.connect(url) as owner:
        home = build.household(owner, WATCHES, 6, "large@example.com")
        build.neighbours(owner, OTHERS, build.household(owner, 100, 2, "small@example.com"))
        deep = owner.execute(DEEP, [home]).fetchone()
    assert deep
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("vacuum analyze")
    return Large(url, home, home, deep)


def plans(large: Large) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """Label → (query name, nodes of its plan), for every hot query. DATABASE_URL leads there."""
    with db.read(large) as connection:
        return {
            label: (
                name,
                list(
                    nodes(
                        connection.execute(
                            text(f"explain (format json) {QUERIES[name].text}"), params
                        ).scalar()
                    )
                ),
            )
            for label, (name, params) in hot.queries(
                large.household_id, large.deep, large.deep[1]
            ).items()
        }


def search_plan(large: Large) -> list[dict[str, Any]]:
    """The nodes of search_hits' plan: it hides from EXPLAIN, so its body is run as its owner does."""
    with psycopg.connect(large.url) as owner:
        owner.execute("select set_config('app.household_id', %s, true)", [str(large.household_id)])
        body = owner.execute(BODY).fetchone()
        assert body
        asked = "explain (format json) " + body[0].replace("p_typed", "'subm'")
        found = owner.execute(asked).fetchone()
    assert found
    return list(nodes(found[0]))


def nodes(explained: Any) -> Iterator[dict[str, Any]]:
    """Every node of what EXPLAIN returned, from the top."""
    if isinstance(explained, str):
        explained = json.loads(explained)
    node = explained[0]["Plan"] if isinstance(explained, list) else explained
    yield node
    for child in node.get("Plans", []):
        yield from nodes(child)

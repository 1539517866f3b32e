"""At 10,000 watches every hot query goes through an index of its tenant tables."""

import json
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy import text

from data import db
from data.queries import QUERIES
from tests.bench import build, hot

WATCHES = 10_000
OTHERS = 200


@pytest.fixture(scope="module")
def large(server, template):
    """A household of 10,000 watches beside two hundred of a hundred; (member, deep cursor, a watch)."""
    name = "test_plans"
    with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
        owner.execute(f"create database {name} template {template} strategy file_copy")
    with psycopg.connect(server.format(name)) as owner:
        home = build.household(owner, WATCHES, 6, "large@example.com")
        build.neighbours(owner, OTHERS, build.household(owner, 100, 2, "small@example.com"))
        owner.execute("analyze")
        deep = owner.execute(
            "select added_at::text, watch_id from watch where household_id = %s order by added_at offset 5000 limit 1",
            [home],
        ).fetchone()
    yield SimpleNamespace(url=server.format(name), household_id=home, user_id=home, deep=deep)
    with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
        owner.execute(f"drop database {name} with (force)")


def plan(member, name, params):
    with db.read(member) as connection:
        found = connection.execute(
            text(f"explain (format json) {QUERIES[name].text}"), params
        ).scalar()
    return (found if isinstance(found, list) else json.loads(found))[0]["Plan"]


def nodes(node):
    yield node
    for child in node.get("Plans", []):
        yield from nodes(child)


LABELS = list(hot.queries(None, (None, None), None))


@pytest.mark.parametrize("label", LABELS)
def test_a_hot_query_reads_no_tenant_table_from_end_to_end(large, monkeypatch, label):
    db.close()
    monkeypatch.setenv("DATABASE_URL", large.url)
    name, params = hot.queries(large.household_id, large.deep, large.deep[1])[label]
    found = plan(large, name, params)
    db.close()
    scans = {node["Relation Name"] for node in nodes(found) if node["Node Type"] == "Seq Scan"}
    assert scans <= {"movement_type"}  # eight rows, of no household


def test_search_goes_through_its_text_index(large, monkeypatch):
    """The function hides its plan from EXPLAIN, so its body is explained as its owner runs it."""
    with psycopg.connect(large.url) as owner:
        owner.execute("select set_config('app.household_id', %s, true)", [str(large.household_id)])
        body = owner.execute("select prosrc from pg_proc where proname = 'search_hits'").fetchone()[
            0
        ]
        found = owner.execute(
            "explain (format json) " + body.replace("p_typed", "'subm'")
        ).fetchone()[0]
    indexes = [node.get("Index Name") for node in nodes(found[0]["Plan"])]
    assert "watch_by_document" in indexes

"""docs/schema.md says what is there: every table as PostgreSQL has it, and every hot query."""

from data.queries import QUERIES
from tests.bench import hot
from tests.schema_docs import DOCS, tables

ALL_TABLES = """
    select relname from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like '%yoyo%'"""


def hot_lines():
    """Label → (query, indexes) of the page's table."""
    section = DOCS.read_text("utf-8").partition("## Hot queries")[2]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return {label: (query, indexes) for label, query, indexes in rows[2:]}


def test_every_table_has_a_section(owner):
    written = DOCS.read_text("utf-8").splitlines()
    missing = [name for (name,) in owner.execute(ALL_TABLES) if f"### {name}" not in written]
    assert missing == []


def test_tables_and_columns_are_current(owner):
    assert tables(owner) in DOCS.read_text("utf-8"), (
        "The schema changed: run `make docs` and read the difference."
    )


def test_every_hot_query_is_named_with_its_indexes():
    asked = {label: name for label, (name, _) in hot.queries(None, (None, None), None).items()}
    written = hot_lines()
    assert {label: query for label, (query, _) in written.items()} == asked
    assert set(asked.values()) <= QUERIES.keys()
    assert [label for label, (_, indexes) in written.items() if not indexes.strip()] == []


def test_the_indexes_named_exist(owner):
    known = {name for (name,) in owner.execute("select indexname from pg_indexes")}
    named = {name for _, indexes in hot_lines().values() for name in indexes.split(", ")}
    assert named <= known

"""Every query is prepared by PostgreSQL, and its rows are what data/ says they are."""

import ast
import types
import typing
from dataclasses import fields
from datetime import date, datetime, time
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.dialects.postgresql import asyncpg

from data.queries import QUERIES

DATA = Path(__file__).parents[2] / "data"
SOURCES = {path: path.read_text("utf-8") for path in sorted(DATA.glob("*.py"))}
BUILT_IN = {
    "bool": bool, "bytea": bytes, "int2": int, "int4": int, "int8": int, "numeric": Decimal,
    "float4": float, "float8": float, "text": str, "varchar": str, "bpchar": str, "citext": str,
    "name": str, "date": date, "time": time, "timestamptz": datetime, "uuid": UUID, "void": str,
}  # fmt: skip


def calls():
    """Each ``queries.many/first(db, Row, "name", …)`` written in data/."""
    for path, source in SOURCES.items():
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("many", "first")
                and len(node.args) > 2
                and isinstance(node.args[1], ast.Name)
                and isinstance(node.args[2], ast.Constant)
            ):
                name = node.args[2].value
                yield pytest.param(path.stem, node.args[1].id, name, id=name)


@pytest.fixture(scope="module")
def app_role(server, template):
    """A connection that works as the app does: as ``watch_app``."""
    url = server.format(template).replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url, connect_args={"options": "-c role=watch_app"})
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def describe(db, name):
    """PostgreSQL's own description of a query: column → (type name, nullable or None)."""
    sql = str(QUERIES[name].compile(dialect=asyncpg.dialect()))
    pg = db.connection.driver_connection.pgconn
    db.execute(text("savepoint described"))
    prepared = pg.prepare(b"q", sql.encode())
    problem = pg.error_message.decode()
    assert prepared.status == psycopg.pq.ExecStatus.COMMAND_OK, f"{name}: {problem}"
    result = pg.describe_prepared(b"q")
    pg.exec_(b"deallocate q")
    db.execute(text("release savepoint described"))
    type_name = text("select typname from pg_type where oid = :oid")
    nullable = text(  # a view does not say
        "select not attnotnull from pg_attribute join pg_class c on c.oid = attrelid"
        " where attrelid = :relation and attnum = :column and c.relkind <> 'v'"
    )
    return {
        result.fname(i).decode(): (
            db.execute(type_name, {"oid": result.ftype(i)}).scalar(),
            db.execute(
                nullable, {"relation": result.ftable(i), "column": result.ftablecol(i)}
            ).scalar(),
        )
        for i in range(result.nfields)
    }


def is_of(declared, type_name):
    """Whether a field declared so takes a column of that PostgreSQL type."""
    origin = typing.get_origin(declared) or declared
    if type_name.startswith("_"):
        inner = [one for one in typing.get_args(declared) if one is not ...]
        return origin in (list, tuple) and (not inner or is_of(inner[0], type_name[1:]))
    if type_name in ("json", "jsonb"):
        return origin in (dict, list, tuple, object) or declared is typing.Any
    python = BUILT_IN[type_name]
    return declared is python or (isinstance(origin, type) and issubclass(origin, python))


def choices(declared):
    """The types of a field, without None; and whether None is one of them."""
    if isinstance(declared, types.UnionType) or typing.get_origin(declared) is typing.Union:
        parts = set(typing.get_args(declared))
        return parts - {types.NoneType}, types.NoneType in parts
    if typing.get_origin(declared) is typing.Literal:
        return {str}, False
    return {declared}, False


@pytest.mark.parametrize("name", QUERIES)
def test_postgres_accepts(app_role, name):
    describe(app_role, name)


@pytest.mark.parametrize(("module", "row", "name"), list(calls()))
def test_row_type_matches_columns(app_role, module, row, name):
    row = getattr(import_module(f"data.{module}"), row)
    columns = describe(app_role, name)
    hints = typing.get_type_hints(row)
    assert set(columns) == {field.name for field in fields(row) if field.init}
    for column, (type_name, nullable) in columns.items():
        declared, may_be_none = choices(hints[column])
        assert any(is_of(one, type_name) for one in declared), (
            f"{row.__name__}.{column} is {type_name} in PostgreSQL"
        )
        assert may_be_none or not nullable, f"{row.__name__}.{column} can be null"


def test_every_query_is_used():
    source = "".join(SOURCES.values())
    assert [name for name in QUERIES if f'"{name}"' not in source] == []

"""Rules that every table keeps: tenants are walled in, constraints speak, the dump is current."""

import pytest

from tests.schema_dump import SCHEMA, dump

TENANT_TABLES = """
    select c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity,
           (select a.attname from pg_constraint k
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
            where k.conrelid = c.oid and k.contype = 'p') as first_of_key
    from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'household_id'
                  and not a.attisdropped)
    order by 1"""
SILENT_CONSTRAINTS = """
    select conrelid::regclass::text || '.' || conname from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('c', 'u', 'f', 'x')
      and conrelid <> 0 and obj_description(oid, 'pg_constraint') is null
      and conrelid::regclass::text not like '%yoyo%'
    order by 1"""
SILENT_INDEXES = """
    select indexrelid::regclass::text from pg_index
    join pg_class i on i.oid = indexrelid
    where indisunique and i.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint where conindid = indexrelid)
      and obj_description(indexrelid, 'pg_class') is null
    order by 1"""
WITHOUT_COMMENT = """
    select c.oid::regclass::text from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and c.relname not like '%yoyo%' and obj_description(c.oid, 'pg_class') is null
    order by 1"""


def column(owner, query):
    return [row[0] for row in owner.execute(query)]


def test_every_tenant_table_is_walled_in(owner):
    tables = owner.execute(TENANT_TABLES).fetchall()
    assert {"household", "membership", "data_version"} <= {name for name, *_ in tables}
    assert [name for name, enabled, forced, _ in tables if not (enabled and forced)] == []


def test_the_household_comes_first_in_every_tenant_key(owner):
    tables = owner.execute(TENANT_TABLES).fetchall()
    assert [name for name, *_, first in tables if first != "household_id"] == []


@pytest.mark.parametrize("silent", [SILENT_CONSTRAINTS, SILENT_INDEXES])
def test_every_constraint_speaks(owner, silent):
    assert column(owner, silent) == []


def test_every_table_says_what_it_is_for(owner):
    assert column(owner, WITHOUT_COMMENT) == []


def test_the_app_owns_nothing_and_passes_no_wall(owner):
    role = "select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'watch_app'"
    assert owner.execute(role).fetchone() == (False, False, False)
    owned = "select count(*) from pg_class where relowner = 'watch_app'::regrole"
    assert owner.execute(owned).fetchone() == (0,)


def test_without_a_household_there_are_no_rows(owner, member):
    tables = [name for name, *_ in owner.execute(TENANT_TABLES).fetchall()]
    owner.execute("set role watch_app")
    granted = [
        name
        for name in tables
        if owner.execute("select has_table_privilege(%s, 'select')", [name]).fetchone()[0]
    ]
    seen = {name: owner.execute(f"select count(*) from {name}").fetchone()[0] for name in granted}
    owner.execute("reset role")
    assert "membership" in seen
    assert [name for name, count in seen.items() if count] == []


def test_the_dump_is_current(database):
    assert SCHEMA.read_text("utf-8") == dump(database), (
        "The schema changed: run `python -m tests.schema_dump` and read the difference."
    )

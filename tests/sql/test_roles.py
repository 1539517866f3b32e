"""Roles are in force where the data are: PostgreSQL refuses what a role may not do."""

import pytest
from sqlalchemy.exc import DBAPIError

from data import collections, db, saved_searches
from data.errors import RefusedError
from tests.collector import add_value, add_watch, get_watch
from tests.people import new_member
from tests.sql.households import join
from tests.sql.test_isolation import RECORD

LOOK_ONLY = "You can look at this collection. Owners and editors can change it."
OWNERS_ONLY = "Only an owner of the household can do this."
WALLED = """
    select c.relname from pg_class c join pg_policy p on p.polrelid = c.oid
    where p.polname = 'household' and c.relnamespace = 'public'::regnamespace order by 1"""
# A new table that wall_in() closes is for owners and editors; one that is not stands here.
OWN_ROWS = {"saved_search", "default_search", "notice", "notice_setting", "calendar_feed"}
OF_OWNERS = {"household", "invitation"}
BY_FUNCTIONS = {"membership"}  # nobody may write it, only the functions of data/members.py
OF_ALL = {"data_version"}  # grows with every write, a viewer's own search too
STATEMENTS = (
    "insert into {table} (household_id) values (current_household())",
    "update {table} set household_id = household_id",
    "delete from {table}",
)


@pytest.fixture
def viewer(owner, member):
    return join(owner, new_member("vera@example.com", "Vera"), member, "viewer")


@pytest.fixture
def editor(owner, member):
    return join(owner, new_member("ed@example.com", "Ed"), member)


@pytest.fixture
def tables(owner):
    return {name for (name,) in owner.execute(WALLED)}


@pytest.fixture
def furnished(member, owner):
    """Ana's household owns something in every table."""
    with db.write(member) as connection:
        group = collections.add(connection, member, "Daily", "navy")
    watch_id = add_watch(
        member, collection_id=group, tags=["x"], complications=["date"], price="5 EUR"
    )
    add_value(member, watch_id, "6 EUR")
    keys = {"h": member.household_id, "w": watch_id, "u": member.user_id, "hash": "0" * 64}
    for statement in RECORD:
        owner.execute(statement, keys)


def attempt(who, statement):
    """What PostgreSQL says to it; nothing is kept."""
    with pytest.raises((RefusedError, DBAPIError)) as refused, db.write(who) as connection:
        connection.exec_driver_sql(statement)
    return str(refused.value)


def run(who, statement):
    with db.write(who) as connection:
        return connection.exec_driver_sql(statement).rowcount


def save(who, name, *, shared=True):
    with db.write(who) as connection:
        return saved_searches.add(connection, who, name, "q=x", shared=shared)


def test_a_viewer_writes_to_no_table_of_the_collection(furnished, viewer, tables):
    for table in tables - OWN_ROWS - OF_OWNERS - BY_FUNCTIONS - OF_ALL:
        for statement in STATEMENTS:
            said = attempt(viewer, statement.format(table=table))
            expected = said == LOOK_ONLY or f"permission denied for table {table}" in said
            assert expected, (table, statement, said)


@pytest.mark.own_database
@pytest.mark.parametrize("who", ["viewer", "editor"])
def test_what_is_for_owners_is_refused_to_others(request, furnished, owner, who, tables):
    owner.execute("drop policy owners_read on invitation")  # else there is nothing to be refused
    for table in tables & OF_OWNERS:
        for statement in STATEMENTS:
            said = attempt(request.getfixturevalue(who), statement.format(table=table))
            assert said == OWNERS_ONLY, (table, statement)


@pytest.mark.parametrize("who", ["viewer", "editor", "member"])
def test_nobody_writes_a_membership_by_hand(request, viewer, editor, who):
    for statement in (*STATEMENTS, "update {table} set role = 'owner'"):
        said = attempt(request.getfixturevalue(who), statement.format(table="membership"))
        assert "permission denied" in said


def test_the_functions_of_the_app_are_refused_to_a_viewer_with_the_sentence(member, viewer):
    watch_id = add_watch(member)
    with pytest.raises(RefusedError, match=LOOK_ONLY):
        add_watch(viewer)
    assert attempt(viewer, f"delete from watch where watch_id = '{watch_id}'") == LOOK_ONLY
    assert get_watch(viewer, watch_id).version == 1


def test_a_viewer_keeps_searches_of_their_own_and_touches_no_others(member, viewer):
    save(member, "Hers")
    save(viewer, "Mine")
    assert run(viewer, "update saved_search set name = name || '.'") == 1
    assert run(viewer, "delete from saved_search") == 1
    assert run(member, "update saved_search set name = name") == 1
    said = attempt(
        viewer,
        "insert into saved_search (household_id, user_id, name, query)"
        f" values (current_household(), '{member.user_id}', 'x', 'q=x')",
    )
    assert "row-level security" in said


def test_an_editor_writes_and_an_owner_does(member, editor):
    assert get_watch(editor, add_watch(editor)).version == 1
    assert run(member, "update household set name = 'The vault'") == 1


def test_a_role_that_was_lowered_holds_at_once_whatever_the_page_still_believes(owner, editor):
    owner.execute("update membership set role = 'viewer' where user_id = %s", [editor.user_id])
    assert editor.role == "editor"
    with pytest.raises(RefusedError, match=LOOK_ONLY):
        add_watch(editor)
    owner.execute("delete from membership where user_id = %s", [editor.user_id])
    with pytest.raises(RefusedError, match=LOOK_ONLY):
        add_watch(editor)


def test_a_made_up_person_or_household_writes_nothing(member, other, viewer):
    for user, household in ((viewer, other), (other, member)):
        with (
            pytest.raises(RefusedError, match=LOOK_ONLY),
            db.write(Asker(user.user_id, household.household_id)) as connection,
        ):
            connection.exec_driver_sql(
                "insert into brand (household_id) values (current_household())"
            )


class Asker:
    def __init__(self, user_id, household_id):
        self.user_id, self.household_id = user_id, household_id


def test_every_table_behind_the_wall_says_who_writes_it(owner, tables):
    closed = {
        name
        for (name,) in owner.execute(
            "select c.relname from pg_policy p join pg_class c on c.oid = p.polrelid"
            " where not p.polpermissive and p.polname in ('may_insert', 'may_update', 'may_delete')"
            " group by 1 having count(*) = 3"
        )
    }
    assert tables - closed == OF_ALL


def test_the_role_is_asked_once_a_statement_and_not_once_a_row(member):
    with db.write(member) as connection:
        plan = connection.exec_driver_sql(
            "explain (verbose, costs off) update watch set notes = 'x' where deleted_at is null"
        ).scalars()
        asked = {line.strip() for line in plan if "writes_or_refuse" in line}
    assert asked == {"Output: writes_or_refuse()"}, "of an InitPlan, and in no filter of rows"

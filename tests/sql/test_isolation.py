"""Nobody looks in: PostgreSQL itself keeps the households apart."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from
from sqlalchemy.exc import DBAPIError

from data import collections, db, figures, listing, valuations, watches
from data.errors import AppError, NotFoundError
from data.listing import Sort, WatchFilter
from tests.collector import TODAY, add_value, add_watch, get_watch

TENANT_TABLES = """
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'household_id'"""


@pytest.fixture
def tables(owner):
    return [name for (name,) in owner.execute(TENANT_TABLES)]


RECORD = [
    (
        "insert into photo (household_id, watch_id, content_hash, width_px, height_px, size_bytes, position)"
        " values (%(h)s, %(w)s, %(hash)s, 4, 3, 10, 1)"
    ),
    "insert into service (household_id, watch_id, serviced_on) values (%(h)s, %(w)s, '2025-01-01')",
    "insert into care_plan (household_id, kind, months) values (%(h)s, 'service', 60)",
    (
        "insert into document (household_id, watch_id, title, content_hash, media_type, size_bytes)"
        " values (%(h)s, %(w)s, 'Receipt', %(hash)s, 'application/pdf', 10)"
    ),
    "insert into saved_search (household_id, user_id, name, query) values (%(h)s, %(u)s, 'Mine', 'q=x')",
    (
        "insert into default_search select household_id, user_id, saved_search_id from saved_search"
        " where household_id = %(h)s"
    ),
    "insert into expense (household_id, watch_id, paid_on, amount, currency) values (%(h)s, %(w)s, '2025-01-01', 9, 'EUR')",
    "insert into benchmark (household_id, name, currency) values (%(h)s, 'Index', 'CHF')",
    (
        "insert into benchmark_point (household_id, benchmark_id, day, amount)"
        " select household_id, benchmark_id, '2025-01-01', 100 from benchmark where household_id = %(h)s"
    ),
    (
        "insert into invitation (household_id, token_hash, role, created_by)"
        " values (%(h)s, sha256(cast(%(h)s as text)::bytea), 'editor', %(u)s)"
    ),
    (
        "insert into share_link (household_id, token_hash, kind, currency, created_by)"
        " values (%(h)s, sha256(cast(%(h)s as text)::bytea), 'overview', 'EUR', %(u)s)"
    ),
    (
        "insert into share_view (household_id, link_id, client)"
        " select household_id, link_id, 'Firefox' from share_link where household_id = %(h)s"
    ),
    (
        "insert into notice (household_id, user_id, kind, watch_id, dedupe_key)"
        " values (%(h)s, %(u)s, 'value_stale', %(w)s, 'x')"
    ),
    (
        "insert into calendar_feed (household_id, user_id, token_hash)"
        " values (%(h)s, %(u)s, sha256(cast(%(h)s as text)::bytea))"
    ),
]


@pytest.fixture
def furnished(member, other, owner):
    """Both households own something in every table a person writes to."""
    for who in (member, other):
        with db.write(who) as connection:
            group = collections.add(connection, who, "Daily", "navy")
        watch_id = add_watch(
            who, collection_id=group, tags=["x"], complications=["date"], price="5 EUR"
        )
        add_value(who, watch_id, "6 EUR")
        keys = {"h": who.household_id, "w": watch_id, "u": who.user_id, "hash": "0" * 64}
        for statement in RECORD:
            owner.execute(statement, keys)
    return member, other


def test_a_query_that_forgets_its_filter_sees_one_household(furnished, tables):
    member, _ = furnished
    with db.read(member) as connection:
        for table in tables:
            seen = (
                connection.exec_driver_sql(f"select distinct household_id from {table}")
                .scalars()
                .all()
            )
            assert seen == [member.household_id], table


def test_nobody_sees_no_rows(furnished, tables):
    with db.read(None) as connection:
        for table in tables:
            assert connection.exec_driver_sql(f"select count(*) from {table}").scalar() == 0, table


def test_every_tenant_table_is_walled_in_and_forced(owner, tables):
    open_ones = owner.execute(
        "select relname from pg_class where relname = any(%s) and not (relrowsecurity and relforcerowsecurity)",
        [tables],
    ).fetchall()
    assert len(tables) >= 10
    assert open_ones == []


def test_the_app_owns_nothing_and_cannot_lift_the_wall(database):
    with db.write(None) as connection:
        owned = connection.exec_driver_sql(
            "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = current_user)"
        )
        assert owned.scalar() == 0
    for attempt in (
        "alter table watch disable row level security", "drop policy household on watch", "truncate watch",
        "set session_replication_role = replica", "update audit_event set action = 'x'", "delete from audit_event",
        "delete from security_event", "update fx_rate set eur_rate = 1",
        "update gold_price set amount = 1",
    ):  # fmt: skip
        with (
            pytest.raises(DBAPIError, match=r"permission denied|must be owner"),
            db.write(None) as connection,
        ):
            connection.exec_driver_sql(attempt)


def test_a_row_cannot_be_put_into_or_pointed_at_another_household(furnished, owner):
    member, other = furnished
    theirs = owner.execute(
        "select watch_id from watch where household_id = %s", [other.household_id]
    ).fetchone()[0]
    with pytest.raises(DBAPIError, match="row-level security"), db.write(member) as connection:
        connection.exec_driver_sql(
            "insert into brand (household_id, name) values (%s, 'x')", (other.household_id,)
        )
    with pytest.raises(AppError, match="not in your collection"), db.write(member) as connection:
        connection.exec_driver_sql(
            "insert into watch_tag (household_id, watch_id, tag) values (%s, %s, 'x')",
            (member.household_id, theirs),
        )
    with db.write(member) as connection:
        assert (
            connection.exec_driver_sql(
                "update watch set model = 'stolen' where watch_id = %s", (theirs,)
            ).rowcount
            == 0
        )
        assert (
            connection.exec_driver_sql(
                "delete from valuation where watch_id = %s", (theirs,)
            ).rowcount
            == 0
        )


def test_the_setting_does_not_outlive_its_transaction(member):
    add_watch(member)
    for _ in range(3):  # the same pooled connections
        with db.read(member) as connection:
            assert connection.exec_driver_sql("select count(*) from watch").scalar() == 1
        with db.read(None) as connection:
            assert connection.exec_driver_sql("select count(*) from watch").scalar() == 0


def test_a_read_cannot_write(member):
    watch_id = add_watch(member)
    with pytest.raises(DBAPIError, match="read-only"), db.read(member) as connection:
        watches.remove(connection, member, watch_id, 1)


class TwoHouseholds(RuleBasedStateMachine):
    """Whatever two households do, each sees what it did, and nothing of the other's."""

    people: tuple = ()

    @initialize()
    def begin(self):
        self.own = {who.household_id: set(_all(who)) for who in self.people}

    @rule(who=sampled_from([0, 1]), number=integers(1, 9))
    def add(self, who, number):
        person = self.people[who]
        self.own[person.household_id].add(
            add_watch(person, "Omega", f"M{number}", price=f"{number}000 CHF")
        )

    @rule(who=sampled_from([0, 1]), number=integers(1, 9))
    def value(self, who, number):
        person = self.people[who]
        for watch_id in sorted(self.own[person.household_id])[:1]:
            add_value(person, watch_id, f"{number}500 EUR")

    @rule(who=sampled_from([0, 1]))
    def remove(self, who):
        person = self.people[who]
        for watch_id in sorted(self.own[person.household_id])[:1]:
            with db.write(person) as connection:
                watches.remove(connection, person, watch_id, get_watch(person, watch_id).version)
            self.own[person.household_id].discard(watch_id)

    @rule(who=sampled_from([0, 1]))
    def reach_for_the_others(self, who):
        person, victim = self.people[who], self.people[1 - who]
        for watch_id in self.own[victim.household_id]:
            for attempt in (watches.get, watches.duplicate, watches.restore):
                with pytest.raises(NotFoundError), db.write(person) as connection:
                    attempt(
                        *[connection, person, watch_id, TODAY][
                            : 4 if attempt is watches.duplicate else 3
                        ]
                    )
            with pytest.raises(NotFoundError), db.write(person) as connection:
                watches.remove(connection, person, watch_id, 1)
            with db.read(person) as connection:
                assert valuations.of_watch(connection, person, watch_id) == []
                assert figures.of_watch(connection, person, watch_id, "EUR", TODAY) is None

    def teardown(self):
        for person in self.people:
            assert set(_all(person)) == self.own[person.household_id]
            with db.read(person) as connection:
                totals = figures.totals(connection, person, "EUR", TODAY)
                assert totals.watches == len(self.own[person.household_id])


def _all(person):
    with db.read(person) as connection:
        rows = listing.page(
            connection, person, WatchFilter(), Sort.NAME, False, "EUR", TODAY, None, 10_000
        )
    return [row.watch_id for row in rows]


def test_random_operations_of_two_households_never_meet(member, other):
    TwoHouseholds.people = (member, other)
    run_state_machine_as_test(
        TwoHouseholds,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_an_id_that_exists_nowhere_looks_the_same_as_one_of_the_others(member, other):
    theirs = add_watch(other)
    said = set()
    for watch_id in (theirs, uuid4()):
        with pytest.raises(NotFoundError) as refused:
            get_watch(member, watch_id)
        said.add(str(refused.value))
    assert len(said) == 1

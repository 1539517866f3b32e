"""Leaving for good: nothing of who goes is left behind, and nothing of who stays is lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app.authenticator import digest
from data import accounts, collections, db, leaving, media, members, sweep, timeline, watches
from data.errors import NotFoundError, RefusedError
from data.leaving import DELETE
from tests.collector import add_value, add_watch, get_watch
from tests.people import HERE, PASSWORD_HASH, again, new_member, new_session
from tests.sql.households import join
from tests.sql.test_isolation import RECORD

OWNERS_ONLY = "Only an owner of the household can do this."
ADMINS_ONLY = "Only an admin of this box can do this."
UUIDS = """
    select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'uuid'::regtype order by 1, 2"""
# What stays of a person who goes: the lines of the two logs.
KEPT = {("audit_event", "user_id"), ("security_event", "user_id")}
HASH = "ab" * 32


def furnish(owner, who):
    """Something of theirs in every table a person writes to."""
    with db.write(who) as connection:
        group = collections.add(connection, who, "Daily", "navy")
    watch_id = add_watch(
        who, collection_id=group, tags=["x"], complications=["date"], price="5 EUR"
    )
    add_value(who, watch_id, "6 EUR")
    keys = {"h": who.household_id, "w": watch_id, "u": who.user_id, "hash": HASH}
    for statement in RECORD:
        owner.execute(statement, keys)
    new_session(who)
    return watch_id


def places(owner, wanted):
    """The columns that hold this id, of all tables."""
    return {
        (table, column)
        for table, column in owner.execute(UUIDS).fetchall()
        if owner.execute(f"select exists (select from {table} where {column} = %s)", [wanted]).fetchone()[0]
    }  # fmt: skip


def counts(owner, home):
    tables = {
        table for table, column in owner.execute(UUIDS).fetchall() if column == "household_id"
    }
    sql = "select count(*) from {} where household_id = %s"
    return {table: owner.execute(sql.format(table), [home]).fetchone()[0] for table in tables}


def plan(who, user_id=None):
    with db.read(who) as connection:
        return leaving.plan(connection, user_id or who.user_id)


def leave(who, **choices):
    with db.write(who) as connection:
        leaving.delete_account(connection, who, choices.get("choices", {}), HERE)


def expel(admin, who, choices=None):
    with db.write(admin) as connection:
        leaving.delete_account_of(connection, admin, who.user_id, choices or {}, HERE)


def drop(who):
    with db.write(who) as connection:
        leaving.delete_household(connection, who, HERE)


def people(who):
    with db.read(who) as connection:
        return {one.name: one.role for one in members.details(connection, who)}


def log(owner):
    return owner.execute(
        "select kind, detail from security_event order by event_id desc"
    ).fetchone()


@pytest.fixture
def editor(owner, member):
    return join(owner, new_member("ed@example.com", "Ed"), member)


# ── alone ─────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_left_of_a_household_or_its_only_member(owner, member, other):
    furnish(owner, member)
    furnish(owner, other)
    before = counts(owner, member.household_id)
    leave(other)
    assert places(owner, other.household_id) == set()
    assert places(owner, other.user_id) <= KEPT
    assert counts(owner, member.household_id) == before
    assert log(owner) == ("account_deleted", "")


def test_every_table_of_households_is_furnished_by_this_test(owner, member):
    furnish(owner, member)
    empty = {table for table, count in counts(owner, member.household_id).items() if not count}
    assert empty <= {"handoff", "notice", "calendar_feed"}, empty


def test_what_goes_is_told_before(owner, other):
    watch_id = furnish(owner, other)
    add_watch(other, "Seiko", owner_id=other.user_id, is_private=True)
    with db.write(other) as connection:
        gone = get_watch(other, add_watch(other, "Tudor"))
        watches.remove(connection, other, gone.watch_id, gone.version)
    (told,) = plan(other)
    assert (told.goes, told.must_choose) == (True, False)
    assert (told.watches, told.photos, told.documents) == (2, 1, 1), watch_id


def test_the_plan_does_not_count_what_is_private_to_somebody_else(owner, member, other):
    ben = join(owner, other, member)
    watch_id = furnish(owner, ben)
    owner.execute(
        "update watch set owner_id = %s, is_private = true where watch_id = %s",
        [ben.user_id, watch_id],
    )
    with db.read(member) as connection:
        [told] = leaving.plan(connection, member.user_id)
    assert (told.watches, told.photos, told.documents) == (0, 0, 0)


def test_the_files_of_a_household_that_is_gone_are_swept_and_its_folder_too(
    owner, member, other, monkeypatch, tmp_path
):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))
    furnish(owner, member)
    furnish(owner, other)
    for who in (member, other):
        media.put(media.photo_key(who.household_id, HASH, "card"), b"x")
    drop_key = media.photo_key(other.household_id, HASH, "card")
    leave(other)
    later = datetime.now(UTC) + timedelta(days=2)
    with db.maintenance() as connection:
        assert sweep.sweep(connection, later) == 1
    assert media.look(drop_key) is None
    assert media.folders() == [member.household_id]
    assert media.look(media.photo_key(member.household_id, HASH, "card"))


def test_a_deleted_account_signs_nobody_in_and_its_address_is_free(owner, member, other):
    token = new_session(other)
    leave(other)
    with db.read(None) as connection:
        assert accounts.find_credentials(connection, "bob@example.com") is None
        assert accounts.find_member(connection, token.encode()) is None
    assert new_member("bob@example.com", "Bob again").user_id != other.user_id


def test_the_last_account_goes_and_the_next_one_is_admin(owner, member):
    leave(member)
    assert owner.execute("select count(*) from app_user").fetchone() == (0,)
    assert new_member("zoe@example.com", "Zoe").is_admin


# ── with others ───────────────────────────────────────────────────────────────────────────


def test_who_is_no_last_owner_goes_and_the_watches_stay_as_the_households(owner, member, editor):
    watch_id = add_watch(editor, owner_id=editor.user_id)
    version = again(member).data_version
    leave(editor)
    assert get_watch(member, watch_id).owner_id is None
    assert people(member) == {"Ana": "owner"}
    assert again(member).data_version > version
    assert places(owner, editor.user_id) <= KEPT


def test_the_lines_of_who_has_gone_stay_without_a_name(owner, member, editor):
    watch_id = add_watch(editor)
    leave(editor)
    with db.read(member) as connection:
        lines = timeline.page(connection, member, watch_id, None, "UTC", None, 9)
    assert [line.who for line in lines if line.kind == "added"] == [None]


def test_a_watch_that_only_they_saw_goes_with_them_and_so_does_what_is_noted_of_it(
    owner, member, editor
):
    secret = add_watch(editor, owner_id=editor.user_id, is_private=True, price="5 EUR")
    add_value(editor, secret, "9 EUR")
    assert plan(editor)[0].private_watches == 1
    leave(editor)
    assert places(owner, secret) == set()
    assert people(member) == {"Ana": "owner"}


def test_the_last_owner_of_others_must_choose(owner, member, other, editor):
    join(owner, new_member("vera@example.com", "Vera"), other, "viewer")
    (told,) = plan(other)
    assert (told.must_choose, told.heirs, told.goes) == (True, ["Vera"], False)
    for choice in ({}, {other.household_id: "keep"}, {other.household_id: str(member.user_id)},
                   {other.household_id: str(other.user_id)}, {member.household_id: DELETE}):  # fmt: skip
        with pytest.raises(RefusedError, match="what becomes of it"):
            leave(other, choices=choice)
    assert people(other) == {"Bob": "owner", "Vera": "viewer"}


def test_a_household_is_handed_over_when_its_last_owner_goes(owner, member, other):
    vera = join(owner, new_member("vera@example.com", "Vera"), other, "viewer")
    watch_id = furnish(owner, other)
    leave(other, choices={other.household_id: str(vera.user_id)})
    assert people(again(vera)) == {"Vera": "owner"}
    assert get_watch(vera, watch_id)
    assert places(owner, other.user_id) <= KEPT


def test_or_it_goes_and_who_was_in_it_gets_an_empty_one(owner, member, other):
    vera = join(owner, new_member("vera@example.com", "Vera"), other, "viewer")
    furnish(owner, other)
    leave(other, choices={other.household_id: DELETE})
    assert places(owner, other.household_id) == set()
    assert (again(vera).household, again(vera).role) == ("Vera's watches", "owner")


def test_a_household_with_another_owner_can_not_be_chosen_to_go(owner, member, other):
    zoe = join(owner, new_member("zoe@example.com", "Zoe"), other, "owner")
    leave(other, choices={other.household_id: DELETE})
    assert people(again(zoe)) == {"Zoe": "owner"}


def test_who_is_disabled_inherits_nothing(owner, member, other):
    vera = join(owner, new_member("vera@example.com", "Vera"), other, "viewer")
    owner.execute("update app_user set disabled_at = now() where user_id = %s", [vera.user_id])
    assert plan(other)[0].heirs == []
    with pytest.raises(RefusedError, match="what becomes of it"):
        leave(other, choices={other.household_id: str(vera.user_id)})


def test_of_two_last_owners_who_go_at_once_one_has_to_choose(owner, member, other):
    zoe = join(owner, new_member("zoe@example.com", "Zoe"), other, "owner")
    vera = join(owner, new_member("vera@example.com", "Vera"), other, "viewer")

    def attempt(who):
        with suppress(RefusedError):
            leave(who)
            return True
        return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, [other, zoe])) == [False, True]
    left = people(vera)
    assert sorted(left.values()) == ["owner", "viewer"]


# ── deleting a household ──────────────────────────────────────────────────────────────────


def test_an_owner_deletes_a_household_and_keeps_the_account(owner, member):
    furnish(owner, member)
    drop(member)
    assert places(owner, member.household_id) == set()
    assert log(owner) == ("household_deleted", "Ana's watches")
    now = again(member)
    assert (now.household, now.role, now.is_admin) == ("Ana's watches", "owner", True)


def test_who_has_another_household_gets_no_new_one(owner, member):
    with db.write(member) as connection:
        second = members.add_household(connection, member, "The vault", HERE)
    drop(member)
    assert (again(member).household_id, again(member).households) == (second, 1)


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_nobody_but_an_owner_deletes_a_household(owner, member, role):
    person = join(owner, new_member("ed@example.com", "Ed"), member, role)
    with pytest.raises(RefusedError, match=OWNERS_ONLY):
        drop(person)


def test_nobody_deletes_the_household_of_others(member, other):
    class Forged:
        household_id, household = member.household_id, "x"
        user_id, email = other.user_id, other.email

    with pytest.raises(RefusedError, match=OWNERS_ONLY):
        drop(Forged)
    assert people(member) == {"Ana": "owner"}


def test_who_writes_while_the_household_goes_is_told_and_leaves_nothing_behind(owner, member):
    furnish(owner, member)

    def write(number):
        with suppress(RefusedError, NotFoundError):
            add_watch(member, model=f"Number {number}")

    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(write, number) for number in range(12)]
        drop(member)
        for one in writing:
            one.result()
    assert places(owner, member.household_id) == set()


# ── the admin ─────────────────────────────────────────────────────────────────────────────


def test_the_only_admin_stays_while_there_are_others(member, other):
    with pytest.raises(RefusedError, match="the only admin of this box"):
        leave(member)


def test_of_two_admins_who_go_at_once_one_stays(owner, member, other):
    owner.execute("update app_user set is_admin = true")
    zoe = new_member("zoe@example.com", "Zoe")

    def attempt(who):
        with suppress(RefusedError):
            leave(who)
            return True
        return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, [member, other])) == [False, True]
    left = owner.execute("select count(*) from app_user where is_admin").fetchone()
    assert left == (1,)
    assert again(zoe)


def test_an_admin_who_is_disabled_does_not_count(owner, member, other):
    owner.execute("update app_user set is_admin = true, disabled_at = now() where user_id = %s", [other.user_id])  # fmt: skip
    with pytest.raises(RefusedError, match="the only admin of this box"):
        leave(member)


def test_an_admin_deletes_an_account_with_a_choice_for_its_households(owner, member, other):
    vera = join(owner, new_member("vera@example.com", "Vera"), other, "viewer")
    furnish(owner, other)
    (told,) = plan(member, other.user_id)
    assert (told.must_choose, told.heirs) == (True, ["Vera"])
    assert (told.watches, told.photos, told.documents, told.private_watches) == (None,) * 4
    with pytest.raises(RefusedError, match="what becomes of it"):
        expel(member, other)
    expel(member, other, {other.household_id: str(vera.user_id)})
    assert log(owner) == ("account_deleted_by_admin", "bob@example.com")
    assert people(again(vera)) == {"Vera": "owner"}
    with pytest.raises(NotFoundError):
        expel(member, other)


def test_nobody_else_deletes_an_account_or_learns_of_its_households(member, other, editor):
    for attempt in (lambda: expel(other, editor), lambda: plan(other, editor.user_id),
                    lambda: expel(editor, member), lambda: plan(None, member.user_id)):  # fmt: skip
        with pytest.raises(RefusedError, match=ADMINS_ONLY):
            attempt()


def test_a_forged_admin_is_refused_by_postgresql(member, other, editor):
    class Forged:
        household_id, is_admin = other.household_id, True
        user_id, email = other.user_id, other.email

    with pytest.raises(RefusedError, match=ADMINS_ONLY):
        expel(Forged, editor)


def test_the_word_has_to_be_typed():
    leaving.check_typed(" delete ", "Delete")
    with pytest.raises(RefusedError) as refused:
        leaving.check_typed("delet", "delete")
    assert refused.value.problems == {"typed": "Write delete to go on."}


def test_nobody_signed_in_deletes_nothing(member):
    with pytest.raises(RefusedError), db.write(None) as connection:
        connection.exec_driver_sql("select delete_account(%s, '{}')", (member.user_id,))
    with pytest.raises(RefusedError), db.write(None) as connection:
        connection.exec_driver_sql("select delete_household(%s)", (member.household_id,))


def test_an_invitation_that_is_accepted_while_the_household_goes_makes_no_orphan(owner, member):
    with db.write(member) as connection:
        members.invite(connection, member, digest("code"), role="editor", email=None, note=None, visitor=HERE)  # fmt: skip
    who = {"email": "zed@example.com", "name": "Zed", "password_hash": PASSWORD_HASH,
           "currency": "EUR", "token_hash": digest("code"), "visitor": HERE}  # fmt: skip

    def accept():
        with suppress(RefusedError), db.write(None) as connection:
            return members.sign_up(connection, **who)
        return None

    with ThreadPoolExecutor(2) as pool:
        joined = pool.submit(accept)
        drop(member)
        found = joined.result()
    if found:
        belongs = owner.execute("select count(*) from membership where user_id = %s", [found])
        assert belongs.fetchone() == (1,)
    assert places(owner, member.household_id) == set()


def test_a_strange_id_deletes_nothing(member):
    class Ghost:
        household_id, user_id, email, household = uuid4(), uuid4(), "x@example.com", "x"

    with pytest.raises(RefusedError, match=OWNERS_ONLY):
        drop(Ghost)
    with pytest.raises(NotFoundError):
        leave(Ghost)

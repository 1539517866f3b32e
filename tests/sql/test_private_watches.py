"""A private watch is its owner's alone: no table, figure, search, file or link tells others of it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.photo_links import photo_url
from data import (
    analytics,
    bin,  # noqa: A004
    bulk,
    collections,
    comparing,
    db,
    documents,
    expenses,
    figures,
    listing,
    members,
    photos,
    queries,
    services,
    share_links,
    shared,
    start_up,
    timeline,
    valuations,
    watches,
)  # fmt: skip
from data.documents import DocumentDraft
from data.errors import NotFoundError, RefusedError
from data.listing import Sort, WatchFilter
from data.scope import EVERYTHING, Scope
from data.share_links import LinkDraft
from data.watches import draft_of
from tests import lives as lives_of
from tests import oracle
from tests.asking import Browser
from tests.bench import hot
from tests.collector import TODAY, add_value, add_watch, get_watch
from tests.papers import pdf
from tests.people import HERE, new_member
from tests.sql.households import join
from tests.sql.test_isolation import RECORD
from tests.sql.test_photos import picture

OF_A_WATCH = """
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'watch_id' and not a.attisdropped"""
OF_THE_HOUSEHOLD = (  # of no watch: private ones must not take them along
    "insert into care_plan (household_id, kind, months) values (%s, 'service', 6)",
    (
        "insert into expense (household_id, paid_on, amount, currency)"
        " values (%s, '2025-01-01', 9, 'EUR')"
    ),
)
OF_ONE_PERSON = {"notice"}  # its owner does not see those of others either
YOURS_ONLY = "Only a watch that belongs to you can be private."
NOT_HERE = "This watch is not in your collection."
EXACT = Decimal("0.0000001")


@pytest.fixture
def tables(owner):
    return sorted(name for (name,) in owner.execute(OF_A_WATCH))


@pytest.fixture
def ben(owner, member):
    """An editor in the household of Ana, who owns it."""
    return join(owner, new_member("ben@example.com", "Ben"), member)


@pytest.fixture(autouse=True)
def own_files(monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))


def private(who, *given, **facts):
    return add_watch(who, *given, owner_id=who.user_id, is_private=True, **facts)


def change(who, watch_id, **facts):
    watch = get_watch(who, watch_id)
    with db.write(who) as connection:
        draft = replace(draft_of(watch), **facts)
        watches.change(connection, who, watch_id, watch.version, draft, TODAY)


def ask(who, function, *given, **more):
    with db.read(who) as connection:
        return function(connection, who, *given, **more)


def furnish(who, other, owner):
    """A watch with a row in every table that has a watch_id, a notice for ``other`` too; its id."""
    with db.write(who) as connection:
        group = collections.add(connection, who, "Safe", "navy")
    watch_id = add_watch(
        who, "Zenith", "Defy", collection_id=group, tags=["hush"], complications=["date"], price="5000 EUR",
        serial_number="Z-77", purchased_on=date(2024, 1, 2), retailer="Secret & Sons", owner_id=who.user_id,
    )  # fmt: skip
    add_value(who, watch_id, "6000 CHF", date(2025, 1, 2))
    keys = {"h": who.household_id, "w": watch_id, "u": who.user_id, "hash": "a" * 64}
    for statement in RECORD:
        if "%(w)s" in statement:
            owner.execute(statement, keys)
    owner.execute(
        "insert into care_plan (household_id, watch_id, kind, months) values (%(h)s, %(w)s, 'service', 60)", keys,
    )  # fmt: skip
    owner.execute(
        "insert into notice (household_id, user_id, kind, watch_id, dedupe_key)"
        " values (%s, %s, 'value_stale', %s, 'x')",
        [who.household_id, other.user_id, watch_id],
    )
    return watch_id


def test_no_table_shows_or_changes_a_row_of_somebody_elses_private_watch(
    member, ben, owner, tables
):
    watch_id = furnish(ben, member, owner)
    change(ben, watch_id, is_private=True)
    for table in tables:
        (there,) = owner.execute(
            f"select count(*) from {table} where watch_id = %s", [watch_id]
        ).fetchone()
        assert there, f"{table} has a watch_id: give it a row in furnish()"
        counted = f"select count(*) from {table} where watch_id = '{watch_id}'"
        his = ask(ben, lambda c, _, q=counted: c.exec_driver_sql(q).scalar())
        assert his == there or table in OF_ONE_PERSON, table
        assert ask(member, lambda c, _, q=counted: c.exec_driver_sql(q).scalar()) == 0, table
        for statement in (
            f"update {table} set household_id = household_id where watch_id = '{watch_id}'",
            f"delete from {table} where watch_id = '{watch_id}'",
        ):
            assert touched(member, statement) == 0, table


def touched(who, statement):
    """How many rows it would change; none where it may not be written at all. Nothing is kept."""
    try:
        with db.write(who) as connection:
            rows = connection.exec_driver_sql(statement).rowcount
            connection.rollback()
            return rows
    except DBAPIError as error:
        assert "permission denied" in str(error)  # noqa: PT017
        return 0


def test_nothing_is_written_for_a_watch_that_is_hidden(member, ben, owner, tables):
    watch_id = private(ben)
    keys = {"h": member.household_id, "w": watch_id, "u": member.user_id, "hash": "b" * 64}
    for statement in (one for one in RECORD if "%(w)s" in one):
        with pytest.raises(RefusedError, match=NOT_HERE), db.write(member) as connection:
            connection.exec_driver_sql(statement, keys)


def test_the_household_reads_what_it_read_before_the_private_watch_came(member, ben, owner):
    seen = add_watch(
        member, "Omega", "Speedmaster", price="4000 EUR", purchased_on=date(2023, 5, 6)
    )
    add_value(member, seen, "4500 EUR", date(2025, 6, 7))
    for statement in OF_THE_HOUSEHOLD:
        owner.execute(statement, [member.household_id])
    was = answers(member, seen)
    assert was["household's costs"]
    assert was["service due"]
    assert was == answers(ben, seen)
    hidden = private(
        ben, "Zenith", "Defy", price="5000 EUR", purchased_on=date(2022, 1, 2), tags=["hush"], serial_number="Z-77",
        retailer="Secret & Sons",
    )  # fmt: skip
    add_value(ben, hidden, "6000 CHF", date(2025, 1, 2))
    keys = {"h": ben.household_id, "w": hidden, "u": ben.user_id, "hash": "a" * 64}
    for statement in RECORD:
        if "%(w)s" in statement:
            owner.execute(statement, keys)
    assert answers(member, seen) == was
    his = answers(ben, seen)
    assert his != was
    change(ben, hidden, is_private=False)
    assert unversioned(answers(member, seen)) == unversioned(his)
    assert unversioned(answers(ben, seen)) == unversioned(his)


def answers(who, watch_id):
    """What every hot query says, and what else pages ask for the whole collection."""
    found = {}
    with db.read(who) as connection:
        for label, (name, params) in hot.queries(
            who.household_id, ("2100-01-01 00:00:00+00", UUID(int=2**128 - 1)), watch_id
        ).items():
            rows = queries.run(connection, name, params).mappings()
            found[label] = [dict(row) for row in rows]
        for name in ("tags", "retailers", "brands"):
            found[name] = getattr(watches, name)(connection, who)
        found["collections"] = collections.every(connection, who)
        found["household's costs"] = expenses.of_collection(connection, who, TODAY)
    return found


def unversioned(found):
    """Without what says that it was private, and what every write moves on."""
    return {
        label: [{k: v for k, v in row.items() if k not in {"version", "is_private"}} if isinstance(row, dict) else row for row in rows]
        for label, rows in found.items()
    }  # fmt: skip


def test_totals_differ_by_the_private_watch_and_by_nothing_else(member, ben):
    for who, price in ((member, "1000 EUR"), (ben, "300 EUR")):
        add_watch(who, price=price, purchased_on=date(2024, 1, 2))
    private(ben, price="70 EUR", purchased_on=date(2024, 1, 2))
    private(member, price="5 EUR", purchased_on=date(2024, 1, 2))
    for who, worth in ((member, 1305), (ben, 1370)):
        assert ask(who, figures.totals, "EUR", TODAY).value == worth
        assert ask(who, figures.trend, "EUR", TODAY - timedelta(9), TODAY)[-1].value == worth
        for scope in (EVERYTHING, Scope(gone=False)):
            days = ask(who, analytics.days, scope, "EUR", TODAY - timedelta(9), TODAY, 1)
            assert days[-1].value == worth
            assert (
                sum(one.value for one in ask(who, analytics.holdings, scope, "EUR", TODAY)) == worth
            )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    mixed=st.lists(
        st.tuples(lives_of.histories(), st.sampled_from(["Ana's", "Ben's", "nobody's"])), min_size=1, max_size=5,
    ),
    shown=st.sampled_from(["EUR", "CHF"]),
)  # fmt: skip
def test_for_any_mix_each_member_sees_the_sums_of_what_they_may_see(
    member, ben, owner, mixed, shown
):
    owner.execute("delete from watch where household_id = %s", [member.household_id])
    start, end = date(2022, 12, 30), date(2023, 4, 7)
    for life, whose in mixed:
        who = ben if whose == "Ben's" else member
        hide = {} if whose == "nobody's" else {"owner_id": who.user_id, "is_private": True}
        lives_of.bring_in(who, life, **hide)
    rates = lives_of.rates(owner)
    for who, others in ((member, "Ben's"), (ben, "Ana's")):
        part = [life for life, whose in mixed if whose != others]
        days = ask(who, analytics.days, EVERYTHING, shown, start, end, 7)
        points = ask(who, figures.trend, shown, start, end, 7)
        for one in [*days, *points]:
            assert abs(one.value - oracle.collection_value(part, rates, shown, one.day)) < EXACT
        assert len(ask(who, analytics.holdings, EVERYTHING, shown, end)) == len(part)


def test_privacy_may_come_and_go_and_the_sums_follow(member, ben, owner):
    watch_id = add_watch(ben, price="70 EUR", purchased_on=date(2024, 1, 2), owner_id=ben.user_id)
    for hide in (True, False, True, False):
        change(ben, watch_id, is_private=hide)
        assert worth(member) == (0 if hide else 70)
        assert worth(ben) == 70
    change(ben, watch_id, is_private=True)
    with db.write(ben) as connection:
        watches.remove(connection, ben, watch_id, get_watch(ben, watch_id).version)
    assert (worth(member), worth(ben)) == (0, 0)
    with db.write(ben) as connection:
        watches.restore(connection, ben, watch_id)
    assert (worth(member), worth(ben)) == (0, 70)
    owner.execute("delete from watch")
    assert owner.execute("select coalesce(sum(abs(delta)), 0) from value_day").fetchone() == (0,)


def worth(who):
    return ask(who, figures.trend, "EUR", TODAY, TODAY)[-1].value


def test_a_search_neither_finds_nor_suggests_it(member, ben):
    watch_id = private(ben, "Zenith", "Chronomaster", tags=["hush"], serial_number="Z7788")
    visible = add_watch(member, "Omega", "Chronostop")
    for typed in ("zenith", "chronomaster", "hush", "788"):
        assert found(member, typed) == set()
        assert found(ben, typed) == {watch_id}
    assert found(member, "chrono") == {visible}
    assert ask(ben, listing.corrected, "chronomastre") == "chronomaster"
    assert ask(member, listing.corrected, "chronomastre") != "chronomaster"
    assert ask(member, listing.corrected, "zenitt") is None
    assert "Zenith" not in {one.name for one in ask(member, watches.brands)}


def found(who, typed):
    wanted = WatchFilter(search=typed)
    rows = ask(who, listing.page, wanted, Sort.BEST, True, "EUR", TODAY, None, 50)
    assert len(rows) == ask(who, listing.count, wanted, "EUR", TODAY)
    return {row.watch_id for row in rows}


def test_every_way_to_one_watch_says_that_it_is_not_here(member, ben):
    watch_id = private(ben, price="5 EUR")
    add_value(ben, watch_id, "6 EUR")
    with pytest.raises(NotFoundError, match=NOT_HERE):
        ask(member, watches.get, watch_id)
    assert ask(member, valuations.of_watch, watch_id) == []
    assert ask(member, services.due_of, watch_id) == []
    assert ask(member, timeline.page, watch_id, None, "UTC", None, 50) == []
    assert ask(ben, timeline.page, watch_id, None, "UTC", None, 50) != []
    assert ask(member, figures.of_watch, watch_id, "EUR", TODAY) is None
    assert ask(member, bulk.get, [watch_id]) == []
    assert ask(member, bulk.listed, [watch_id], "EUR", TODAY) == []
    assert watch_id not in ask(member, comparing.money, [watch_id], "EUR", TODAY)
    with pytest.raises(NotFoundError, match=NOT_HERE):
        add_value(member, watch_id, "5 EUR")
    with db.write(member) as connection:
        assert bulk.to_bin(connection, member, {watch_id: 1}).gone == [watch_id]
    with pytest.raises(NotFoundError, match=NOT_HERE), db.write(member) as connection:
        watches.change(connection, member, watch_id, 1, draft_of(get_watch(ben, watch_id)), TODAY)


def test_the_bin_shows_it_to_its_owner_only(member, ben):
    watch_id = private(ben)
    with db.write(ben) as connection:
        watches.remove(connection, ben, watch_id, 1)
    assert ask(member, bin.counts) == {}
    assert ask(member, bin.page, None, None, 50) == []
    assert ask(member, bin.find, "watch", watch_id) is None
    with pytest.raises(NotFoundError), db.write(member) as connection:
        bin.purge(connection, member, "watch", watch_id)
    with db.write(member) as connection:
        assert bin.empty(connection, member, get_watch(ben, watch_id).deleted_at) == 0
    assert ask(ben, bin.counts) == {"watch": 1}


def test_deleted_for_good_it_leaves_nothing_that_others_could_read(member, ben, owner):
    gone = add_watch(member, "Secret brand", owner_id=member.user_id, is_private=True)
    stays = add_watch(member)
    add_value(member, gone, "9000 EUR")
    for one in (gone, stays):
        with db.write(member) as connection:
            watches.remove(connection, member, one, get_watch(member, one).version)
        with db.write(member) as connection:
            bin.purge(connection, member, "watch", one)
    with db.read(ben) as connection:
        seen = (
            connection.execute(
                text("select distinct watch_id from audit_event where watch_id is not null")
            )
            .scalars()
            .all()
        )
        named = [brand.name for brand in watches.brands(connection, ben)]
        noted = connection.execute(
            text("select count(*) from audit_event where after::text like '%Secret brand%'")
        )
        assert noted.scalar() == 0
    assert (seen, named) == ([stays], ["Omega"])
    assert not owner.execute("select from audit_event where watch_id = %s", [gone]).fetchall()


def test_its_photos_and_papers_have_no_address_for_others(member, ben):
    watch_id = private(ben)
    kept = picture(3)
    photos.store(ben, kept)
    with db.write(ben) as connection:
        photo = photos.get(connection, ben, photos.add(connection, ben, watch_id, kept))
        paper = documents.add(
            connection, ben, watch_id, DocumentDraft("Receipt"), documents.take(pdf("hush")), TODAY,
        )  # fmt: skip
    addresses = (
        photo_url(photo.content_hash, "card"),
        f"/document/{paper}",
        f"/document/{paper}/page/1.webp",
    )
    assert [Browser(ben).get(one).status_code for one in addresses] == [200, 200, 200]
    assert [Browser(member).get(one).status_code for one in addresses] == [404, 404, 404]
    change(ben, watch_id, is_private=False)
    assert [Browser(member).get(one).status_code for one in addresses] == [200, 200, 200]


def test_it_cannot_be_shared_and_a_link_from_before_shows_nothing(member, ben):
    with db.write(ben) as connection:
        group = collections.add(connection, ben, "Daily", "navy")
    watch_id = add_watch(ben, owner_id=ben.user_id, collection_id=group, price="9 EUR")
    share(ben, "w", LinkDraft("watch", (watch_id,)))
    share(ben, "o", LinkDraft("overview"))
    share(member, "c", LinkDraft("collection", collection_id=group))
    assert [shown(one) for one in "woc"] == [1, 1, 1]
    change(ben, watch_id, is_private=True)
    assert [shown(one) for one in "woc"] == [0, 0, 0]
    with pytest.raises(RefusedError, match="private watch can't be shared"):
        share(ben, "x", LinkDraft("watch", (watch_id,)))
    with pytest.raises(RefusedError, match="not in your collection any more"):
        share(member, "x", LinkDraft("watch", (watch_id,)))
    listed = ask(member, share_links.page, 50)
    assert [one.names for one in listed if one.kind == "watch"] == [[]]


def share(who, token, draft):
    with db.write(who) as connection:
        share_links.add(connection, who, draft, token.encode() * 32, None, HERE)


def shown(token):
    """How many watches a link shows."""
    with db.write(None) as connection:
        opened = share_links.find(connection, token.encode() * 32)
    try:
        with db.read(opened) as connection:
            return shared.page(connection, opened, TODAY, 9).count
    except NotFoundError:
        return 0


def test_only_a_watch_of_ones_own_can_be_made_private_and_by_nobody_else(member, ben, owner):
    for who, owner_id in ((member, ben.user_id), (member, None), (ben, member.user_id)):
        with pytest.raises(RefusedError, match=YOURS_ONLY):
            add_watch(who, owner_id=owner_id, is_private=True)
    watch_id = add_watch(member, owner_id=ben.user_id)
    with pytest.raises(RefusedError, match=YOURS_ONLY):
        change(member, watch_id, is_private=True)
    change(ben, watch_id, is_private=True)
    for owner_id in (member.user_id, None):
        with pytest.raises(RefusedError, match=YOURS_ONLY):
            change(ben, watch_id, owner_id=owner_id)
    change(ben, watch_id, owner_id=member.user_id, is_private=False)
    with pytest.raises(RefusedError, match=YOURS_ONLY):
        change(ben, watch_id, owner_id=ben.user_id, is_private=True)
    assert get_watch(member, watch_id).owner == "Ana"


def test_what_a_member_who_leaves_kept_private_becomes_the_households(member, ben):
    watch_id = private(ben, price="70 EUR", purchased_on=date(2024, 1, 2))
    add_watch(ben, "Rolex", "Explorer", owner_id=ben.user_id)
    with db.write(ben) as connection:
        members.leave(connection, ben, HERE)
    watch = get_watch(member, watch_id)
    assert (watch.owner_id, watch.is_private) == (None, False)
    assert worth(member) == 70
    assert ask(member, listing.count, WatchFilter(), "EUR", TODAY) == 2


def test_an_account_that_is_deleted_leaves_nothing_hidden(member, ben, owner):
    watch_id = private(ben, price="70 EUR", purchased_on=date(2024, 1, 2))
    owner.execute("delete from app_user where user_id = %s", [ben.user_id])
    assert not get_watch(member, watch_id).is_private
    assert worth(member) == 70


def test_a_brand_that_somebody_renames_is_found_under_its_new_name_in_what_they_do_not_see(
    member, ben
):
    add_watch(member, "Zenith", "Defy")
    watch_id = private(ben, "Zenith", "Elite")
    with db.write(member) as connection:
        connection.exec_driver_sql("update brand set name = 'Zennith' where name = 'Zenith'")
    assert found(ben, "zennith elite") == {watch_id}


def test_the_list_is_narrowed_to_mine_and_to_the_households(member, ben):
    mine = add_watch(member, owner_id=member.user_id)
    his = add_watch(ben, "Rolex", "Explorer", owner_id=ben.user_id)
    theirs = add_watch(ben, "Tudor", "Ranger")
    for whose, expected in (
        ([member.user_id], {mine}), ([None], {theirs}), ([None, ben.user_id], {theirs, his}), (None, {mine, his, theirs}),
    ):  # fmt: skip
        wanted = WatchFilter(owner_ids=whose)
        rows = ask(member, listing.page, wanted, Sort.NAME, False, "EUR", TODAY, None, 9)
        assert {row.watch_id for row in rows} == expected
        scope = Scope(owner_ids=None if whose is None else tuple(whose))
        assert {
            one.watch_id for one in ask(member, analytics.holdings, scope, "EUR", TODAY)
        } == expected


@pytest.fixture
def plain_owner(server, template, monkeypatch):  # the role watch_app comes with the template
    """A database whose owner is no superuser, as docs/operations.md allows; policies count for it."""
    with psycopg.connect(server.format("postgres"), autocommit=True) as root:
        root.execute("create role plain login createrole")
        root.execute("grant watch_app to plain with admin option")
        root.execute("create database of_plain owner plain")
        url = server.format("of_plain").replace("postgres:@", "plain:@")
        db.close()
        with monkeypatch.context() as patch:
            patch.setenv("DATABASE_URL", url)
            start_up.prepare()
            with psycopg.connect(url, autocommit=True) as owner:
                yield owner
            db.close()
        root.execute("drop database of_plain with (force)")
        root.execute("drop role plain")


def test_it_holds_where_the_owner_of_the_schema_is_no_superuser(plain_owner):
    ana = new_member("ana@example.com", "Ana")
    ben = join(plain_owner, new_member("ben@example.com", "Ben"), ana)
    add_watch(ana, "Zenith", "Defy")
    watch_id = private(ben, "Zenith", "Elite", price="70 EUR")
    add_value(ben, watch_id, "80 EUR")
    assert (worth(ana), worth(ben)) == (0, 80)
    assert ask(ana, valuations.of_watch, watch_id) == []
    assert (found(ana, "elite"), found(ben, "elite")) == (set(), {watch_id})
    with db.write(ana) as connection:
        connection.exec_driver_sql("update brand set name = 'Zennith'")
    assert (found(ben, "zennith elite"), worth(ben)) == ({watch_id}, 80)
    assert plain_owner.execute("select count(*) from watch").fetchone() == (2,)
    with db.write(ben) as connection:
        members.leave(connection, ben, HERE)
    assert (get_watch(ana, watch_id).is_private, worth(ana)) == (False, 80)

"""Share links: who makes, sees and ends them; what a token opens; what is read on its behalf."""

import hashlib
import secrets
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from data import collections, db, share_links, shared, watches
from data.errors import NotFoundError, RefusedError
from data.share_links import LinkDraft
from tests.collector import TODAY, add_value, add_watch, get_watch
from tests.people import HERE, new_member

OPTIONS = ("show_values", "show_prices", "show_serials", "show_documents")


def make(who, kind="watch", *watch_ids, password_hash=None, **facts):
    """A link; returns its id and the hash of its token."""
    token_hash = secrets.token_bytes(32)
    draft = LinkDraft(kind, watch_ids, **facts)
    with db.write(who) as connection:
        link_id = share_links.add(connection, who, draft, token_hash, password_hash, HERE)
    return link_id, token_hash


def find(token_hash):
    with db.read(None) as connection:
        return share_links.find(connection, token_hash)


def look(token_hash, limit=48, offset=0):
    link = find(token_hash)
    with db.read(link) as connection:
        return shared.page(connection, link, TODAY, limit, offset)


def listed(who, limit=50, offset=0):
    with db.read(who) as connection:
        return share_links.page(connection, who, limit, offset)


def revoke(who, link_id):
    with db.write(who) as connection:
        share_links.revoke(connection, who, link_id, HERE)


def join(owner, member, role, email):
    """Another member of the household, with a role."""
    person = new_member(email, email.partition("@")[0].capitalize())
    owner.execute("delete from membership where user_id = %s", [person.user_id])
    owner.execute(
        "insert into membership (household_id, user_id, role) values (%s, %s, %s)",
        [member.household_id, person.user_id, role],
    )
    return replace(person, household_id=member.household_id, role=role)


@pytest.fixture
def watch_id(member):
    found = add_watch(
        member, price="6500 EUR", serial_number="SN-77", reference="310.30", notes="in the safe",
        purchased_on=TODAY, retailer="Bucherer",
    )  # fmt: skip
    add_value(member, found, "7200 EUR")
    return found


@contextmanager
def statements(connection):
    """What PostgreSQL is asked for meanwhile."""
    asked = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield asked
    event.remove(connection, "before_cursor_execute", note)


def test_a_token_opens_its_household_and_its_options_and_nothing_else(member, watch_id):
    _, token_hash = make(member, "watch", watch_id, show_values=True, note="For Bob")
    link = find(token_hash)
    assert link.household_id == member.household_id
    assert (link.kind, link.watch_ids) == ("watch", [watch_id])
    assert [getattr(link, name) for name in OPTIONS] == [True, False, False, False]
    assert not hasattr(link, "note")
    assert link.user_id == share_links.NOBODY


def test_unknown_expired_and_revoked_tokens_open_nothing(member, owner, watch_id):
    assert find(secrets.token_bytes(32)) is None
    assert find(b"") is None
    link_id, token_hash = make(member, "watch", watch_id)
    owner.execute(
        "update share_link set created_at = now() - interval '31 days', expires_at = now()"
    )
    assert find(token_hash) is None
    link_id, token_hash = make(member, "watch", watch_id, days=None)
    assert find(token_hash)
    revoke(member, link_id)
    assert find(token_hash) is None


def test_the_token_is_stored_nowhere_and_a_visit_without_an_address(member, owner, watch_id):
    token = secrets.token_urlsafe(32)
    with db.write(member) as connection:
        share_links.add(
            connection, member, LinkDraft("watch", (watch_id,)),
            hashlib.sha256(token.encode()).digest(), None, HERE,
        )  # fmt: skip
    row = owner.execute("select to_jsonb(l)::text from share_link l").fetchone()[0]
    assert token not in row
    assert not owner.execute("select 1 from audit_event where entity = 'share_link'").fetchall()
    columns = owner.execute(
        "select attname from pg_attribute where attrelid = 'share_view'::regclass and attnum > 0"
    ).fetchall()
    assert {name for (name,) in columns} == {
        "household_id", "view_id", "link_id", "seen_at", "client",
    }  # fmt: skip


def test_every_link_ends_when_its_maker_may_not_share_any_more(member, owner, watch_id):
    editor = join(owner, member, "editor", "eve@example.com")
    _, token_hash = make(editor, "watch", watch_id)
    assert find(token_hash)
    owner.execute("update membership set role = 'viewer' where user_id = %s", [editor.user_id])
    assert find(token_hash) is None
    assert [one.works for one in listed(member)] == [False]
    owner.execute("delete from membership where user_id = %s", [editor.user_id])
    assert find(token_hash) is None
    assert [one.maker for one in listed(member)] == [None]


def test_owners_see_and_end_all_links_editors_their_own_viewers_none(member, owner, watch_id):
    editor = join(owner, member, "editor", "eve@example.com")
    viewer = join(owner, member, "viewer", "vic@example.com")
    owners, _ = make(member, "watch", watch_id)
    own, _ = make(editor, "watch", watch_id)
    assert {one.link_id for one in listed(member)} == {owners, own}
    assert [one.link_id for one in listed(editor)] == [own]
    assert listed(viewer) == []
    with pytest.raises(NotFoundError):
        revoke(editor, owners)
    with pytest.raises((RefusedError, NotFoundError)):
        revoke(viewer, own)
    with pytest.raises(RefusedError, match="Owners and editors"):
        make(viewer, "watch", watch_id)
    revoke(editor, own)
    with pytest.raises(NotFoundError):
        revoke(editor, own)
    revoke(member, owners)
    assert [one.works for one in listed(member)] == [False, False]


def test_nobody_makes_a_link_in_anothers_name_or_changes_one(member, owner, watch_id):
    editor = join(owner, member, "editor", "eve@example.com")
    with pytest.raises(DBAPIError, match="row-level security"), db.write(editor) as connection:
        share_links.add(
            connection, replace(editor, user_id=member.user_id), LinkDraft("overview"),
            secrets.token_bytes(32), None, HERE,
        )  # fmt: skip
    make(member, "watch", watch_id)
    for attempt in (
        "update share_link set show_prices = true",
        "update share_link set expires_at = null",
        "delete from share_link",
        "insert into share_view (household_id, link_id, client) select household_id, link_id, 'x' from share_link",
        "delete from share_view",
    ):
        with pytest.raises(DBAPIError, match="permission denied"), db.write(member) as connection:
            connection.exec_driver_sql(attempt)


def test_making_and_ending_a_link_stand_in_the_security_log(member, owner, watch_id):
    link_id, _ = make(member, "watch", watch_id)
    revoke(member, link_id)
    logged = owner.execute(
        "select kind, user_id from security_event where kind like 'share%' order by event_id"
    ).fetchall()
    assert logged == [
        ("share_link_created", member.user_id),
        ("share_link_revoked", member.user_id),
    ]


def test_another_household_sees_ends_and_shares_nothing_of_ours(member, other, watch_id):
    link_id, _ = make(member, "watch", watch_id)
    assert listed(other) == []
    with pytest.raises(NotFoundError):
        revoke(other, link_id)
    for kind, ids in (("watch", [watch_id]), ("comparison", [watch_id, add_watch(other)])):
        with pytest.raises(RefusedError, match="not in your collection"):
            make(other, kind, *ids)
    with db.write(member) as connection:
        group = collections.add(connection, member, "Divers", "navy")
    with pytest.raises(RefusedError, match="not in your collection"):
        make(other, "collection", collection_id=group)


def test_ids_of_another_household_in_a_stored_link_show_nothing(member, other, owner, watch_id):
    theirs = add_watch(other, model="Secret")
    _, token_hash = make(member, "comparison", watch_id, add_watch(member))
    owner.execute("update share_link set watch_ids = array[%s, %s]", [theirs, watch_id])
    assert [one.watch_id for one in look(token_hash).watches] == [watch_id]


def test_a_watch_in_the_bin_and_a_collection_that_is_gone_show_nothing(member, watch_id):
    _, token_hash = make(member, "watch", watch_id)
    with db.write(member) as connection:
        group = collections.add(connection, member, "Divers", "navy")
    add_watch(member, collection_id=group)
    _, of_group = make(member, "collection", collection_id=group)
    assert look(of_group).title == "Divers"
    with db.write(member) as connection:
        version = get_watch(member, watch_id).version
        watches.remove(connection, member, watch_id, version)
        old = next(one for one in collections.every(connection, member) if one.name == "Divers")
        collections.remove(connection, member, old)
    for gone in (token_hash, of_group):
        with pytest.raises(NotFoundError):
            look(gone)


@pytest.mark.parametrize("allowed", [(), *[(name,) for name in OPTIONS], OPTIONS])
def test_a_group_of_fields_that_is_not_allowed_is_not_even_asked_for(member, watch_id, allowed):
    _, token_hash = make(member, "watch", watch_id, **dict.fromkeys(allowed, True))
    link = find(token_hash)
    with db.read(link) as connection, statements(connection) as asked:
        page = shared.page(connection, link, TODAY, 48)
    sent = "\n".join(asked)
    found = {
        "show_values": bool(page.values) or page.value is not None,
        "show_prices": bool(page.prices) or page.cost is not None,
        "show_serials": bool(page.serials),
        "show_documents": "select d.document_id" in sent,
    }
    assert found == {name: name in allowed for name in OPTIONS}
    assert ("m.value" in sent) == ("show_values" in allowed)
    assert ("m.cost, " in sent) == ("show_prices" in allowed)
    assert ("m.gain" in sent) == ({"show_values", "show_prices"} <= set(allowed))
    assert ("w.serial_number" in sent) == ("show_serials" in allowed)
    for never in ("w.notes", "retailer", "buyer", "owner_id", "watch_tag", "sale_fees as"):
        assert never not in sent.replace("w.sale_currency", ""), never


def test_only_photos_means_a_name_and_photos(member, watch_id):
    _, token_hash = make(
        member, "watch", watch_id, photos_only=True, **dict.fromkeys(OPTIONS, True)
    )
    page = look(token_hash)
    assert [one.model for one in page.watches] == ["Speedmaster"]
    groups = (page.facts, page.values, page.prices, page.gains, page.serials, page.documents)
    assert not any(groups)
    assert (page.value, page.cost, page.gain) == (None, None, None)


def test_an_overview_shows_what_is_owned_page_by_page_and_its_total(member, watch_id):
    add_watch(member, model="Railmaster", price="100 EUR")
    add_watch(member, model="Wish", status="wishlist")
    _, token_hash = make(member, "overview", show_values=True, show_prices=True)
    page = look(token_hash, limit=1)
    assert (page.count, len(page.watches)) == (2, 1)
    assert (page.value.amount, page.cost.amount, page.gain.gain) == (7300, 6600, 700)
    assert look(token_hash, 1, 1).watches != page.watches
    with pytest.raises(NotFoundError):
        look(token_hash, 1, 2)


def test_without_prices_no_value_is_a_price_and_no_sum_leads_to_one(member, watch_id):
    at_cost = add_watch(member, model="Railmaster", price="100 EUR")
    _, token_hash = make(member, "overview", show_values=True)
    page = look(token_hash)
    assert page.values[at_cost].value is None
    assert (page.value.known, page.value.amount) == (1, 7200)
    _, token_hash = make(member, "overview", show_values=True, show_prices=True)
    assert look(token_hash).values[at_cost].value == 100


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": 367}, "days"),
        ({"days": 10**9}, "days"),
        ({"note": "x" * 201}, "note"),
        ({"currency": "XXX"}, "currency"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(member, watch_id, facts, field):
    with pytest.raises(RefusedError) as refused:
        make(member, "watch", watch_id, **facts)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize(
    ("kind", "number"),
    [("watch", 0), ("watch", 2), ("comparison", 1), ("comparison", 5), ("overview", 1)],
)
def test_a_link_shows_one_watch_or_two_to_four(member, kind, number):
    with pytest.raises(RefusedError, match="one watch, or two to four"):
        make(member, kind, *[add_watch(member) for _ in range(number)])


def test_visits_are_counted_with_the_last_client(member, watch_id):
    _, token_hash = make(member, "watch", watch_id)
    with db.write(None) as connection:
        share_links.note_seen(connection, token_hash, "Firefox on Windows")
        share_links.note_seen(connection, token_hash, "Safari on iPhone" + "x" * 500)
        share_links.note_seen(connection, secrets.token_bytes(32), "nobody")
    (link,) = listed(member)
    assert link.views == 2
    assert link.seen_at is not None
    assert len(link.client) == 60


def test_a_guest_reads_but_cannot_write(member, watch_id):
    _, token_hash = make(member, "watch", watch_id)
    with pytest.raises((RefusedError, DBAPIError)), db.write(find(token_hash)) as connection:
        connection.exec_driver_sql(f"update watch set model = 'x' where watch_id = '{watch_id}'")
    with db.read(find(token_hash)) as connection:
        assert connection.exec_driver_sql("select count(*) from share_link").scalar() == 0
        assert connection.exec_driver_sql("select count(*) from share_view").scalar() == 0


def test_a_link_is_forgotten_a_year_after_its_end(member, owner, watch_id):
    make(member, "watch", watch_id, days=1)
    kept, _ = make(member, "watch", watch_id, days=None)
    owner.execute(
        "update share_link set created_at = now() - interval '368 days', expires_at = now() - interval '367 days'"
        " where expires_at is not null"
    )
    with db.maintenance() as connection:
        share_links.purge(connection)
    assert [one.link_id for one in listed(member)] == [kept]


def test_a_made_up_id_is_told_like_one_revoked(member):
    with pytest.raises(NotFoundError, match="revoked already"):
        revoke(member, uuid4())

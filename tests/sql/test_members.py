"""Who comes and goes: invitations, roles, leaving, several households; and what is refused."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.authenticator import digest
from data import accounts, db, members
from data.errors import NotFoundError, RefusedError
from tests.collector import add_watch, get_watch
from tests.people import HERE, PASSWORD_HASH, again, new_member, new_session
from tests.sql.households import join

NEEDS_AN_OWNER = "A household needs an owner. Make somebody else an owner first."
OWNERS_ONLY = "Only an owner of the household can do this."


@pytest.fixture
def editor(owner, member):
    return join(owner, new_member("ed@example.com", "Ed"), member)


@pytest.fixture
def viewer(owner, member):
    return join(owner, new_member("vera@example.com", "Vera"), member, "viewer")


def write(who, change, *more, **named):
    with db.write(who) as connection:
        return change(connection, who, *more, **named)


def people(member):
    with db.read(member) as connection:
        return {one.name: one for one in members.details(connection, member)}


def roles(member):
    return {name: one.role for name, one in people(member).items()}


def invite(member, role="editor", email=None, note=None):
    code = secrets.token_urlsafe(32)
    write(member, members.invite, digest(code), role=role, email=email, note=note, visitor=HERE)
    return code


def offer(code):
    with db.read(None) as connection:
        return members.find_offer(connection, digest(code))


def accept(who, code):
    with db.write(who) as connection:
        return members.accept(connection, who.user_id, who.email, digest(code), HERE)


def found(token):
    with db.read(None) as connection:
        return accounts.find_member(connection, digest(token))


def log(owner):
    return [kind for (kind,) in owner.execute("select kind from security_event order by event_id")]


# ── invitations ───────────────────────────────────────────────────────────────────────────


def test_an_invitation_says_who_invites_to_what(member):
    found = offer(invite(member, "viewer", "zoe@example.com"))
    assert (found.household, found.role, found.inviter, found.email) == (
        "Ana's watches", "viewer", "Ana", "zoe@example.com",
    )  # fmt: skip


def test_only_the_digest_of_the_code_is_kept(member, owner):
    code = invite(member)
    assert owner.execute("select token_hash from invitation").fetchone() == (digest(code),)


def test_who_accepts_is_a_member_and_keeps_their_own_household(member, other):
    assert accept(other, invite(member, "viewer")) == member.household_id
    assert roles(member) == {"Ana": "owner", "Bob": "viewer"}
    assert (again(other).household_id, again(other).households) == (other.household_id, 2)


def test_an_invitation_works_once(member, other):
    code = invite(member)
    assert accept(other, code)
    assert offer(code) is None
    assert accept(new_member("zoe@example.com", "Zoë"), code) is None


def test_of_ten_who_come_with_one_link_at_once_one_gets_in(member):
    code = invite(member)
    crowd = [new_member(f"p{number}@example.com", f"P{number}") for number in range(10)]
    with ThreadPoolExecutor(10) as pool:
        got_in = list(pool.map(lambda one: accept(one, code), crowd))
    assert sum(home is not None for home in got_in) == 1
    assert len(people(member)) == 2


def test_who_is_a_member_already_does_not_use_the_link_up_nor_change_role(member, viewer):
    code = invite(member, "owner")
    assert accept(viewer, code) == member.household_id
    assert roles(member)["Vera"] == "viewer"
    assert offer(code)


@pytest.mark.parametrize(
    "spoilt",
    [
        "update invitation set expires_at = now()",
        "update invitation set revoked_at = now()",
        "update invitation set used_at = now()",
        "update membership set role = 'editor'",
        "delete from invitation",
    ],
)
def test_a_link_that_is_not_good_offers_nothing_and_lets_nobody_in(member, other, owner, spoilt):
    code = invite(member)
    owner.execute(spoilt)
    assert offer(code) is None
    assert accept(other, code) is None
    assert sign_up("new@example.com", code) is None
    assert "Bob" not in roles(member)


def test_a_guessed_code_offers_nothing(member):
    invite(member)
    assert [offer(code) for code in ("", "x", "\0", "é" * 5000)] == [None] * 4


def sign_up(email, code):
    with db.write(None) as connection:
        return members.sign_up(
            connection,
            email=email,
            name="New",
            password_hash=PASSWORD_HASH,
            currency="CHF",
            token_hash=digest(code),
            visitor=HERE,
        )


def test_who_is_invited_creates_an_account_though_registration_is_closed(member, owner):
    user_id = sign_up("new@example.com", invite(member, "editor"))
    assert people(member)["New"].user_id == user_id
    mine = owner.execute("select count(*) from membership where user_id = %s", [user_id])
    assert mine.fetchone() == (1,)
    admins = owner.execute("select email from app_user where is_admin").fetchall()
    assert admins == [("ana@example.com",)]


def test_an_address_that_is_taken_is_refused_and_the_link_stays_good(member, other):
    code = invite(member)
    with pytest.raises(RefusedError, match="already here"):
        sign_up("BOB@example.com", code)
    assert offer(code)


def test_a_revoked_invitation_is_gone_from_the_list(member):
    code = invite(member, note="For the safe")
    with db.read(member) as connection:
        (one,) = members.invitations(connection, member)
    assert (one.role, one.note, one.inviter) == ("editor", "For the safe", "Ana")
    assert 6 <= (one.expires_at - one.created_at).days <= 7
    write(member, members.revoke, one, HERE)
    assert offer(code) is None
    with db.read(member) as connection:
        assert members.invitations(connection, member) == []
    with pytest.raises(NotFoundError):
        write(member, members.revoke, one, HERE)


@pytest.mark.parametrize("who", ["editor", "viewer", "other"])
def test_only_owners_see_make_and_revoke_invitations(request, member, who):
    asker = request.getfixturevalue(who)
    invite(member)
    with db.read(member) as connection:
        (one,) = members.invitations(connection, member)
    with db.read(asker) as connection:
        assert members.invitations(connection, asker) == []
    with pytest.raises((RefusedError, NotFoundError)):
        write(asker, members.revoke, one, HERE)
    if who != "other":
        with pytest.raises(RefusedError, match=OWNERS_ONLY):
            invite(asker)


# ── roles, leaving ────────────────────────────────────────────────────────────────────────


def test_an_owner_changes_a_role_and_it_holds_at_the_next_click(member, viewer):
    token = new_session(viewer)
    write(member, members.set_role, people(member)["Vera"], "editor", HERE)
    assert found(token).role == "editor"


@pytest.mark.parametrize("who", ["editor", "viewer"])
def test_nobody_else_changes_roles_or_removes(request, member, who):
    asker = request.getfixturevalue(who)
    for target in people(member).values():
        for change in (
            lambda target=target: write(asker, members.set_role, target, "owner", HERE),
            lambda target=target: write(asker, members.hand_over, target, HERE),
            lambda target=target: write(asker, members.remove, target, HERE),
        ):
            if target.user_id != asker.user_id:
                with pytest.raises(RefusedError, match=OWNERS_ONLY):
                    change()
    with pytest.raises(RefusedError, match=OWNERS_ONLY):
        write(asker, members.set_role, people(member)[asker.name], "owner", HERE)
    assert roles(member) == {"Ana": "owner", asker.name: asker.role}


def test_a_person_of_another_household_is_nobody_here(member, other):
    stranger = people(other)["Bob"]
    for change, more in (
        (members.set_role, ["viewer"]),
        (members.remove, []),
        (members.hand_over, []),
    ):
        with pytest.raises(NotFoundError):
            write(member, change, stranger, *more, HERE)
    assert roles(other) == {"Bob": "owner"}


def test_the_last_owner_cannot_leave_be_removed_or_be_demoted(member, editor):
    ana = people(member)["Ana"]
    for change, more in (
        (members.leave, []),
        (members.remove, [ana]),
        (members.set_role, [ana, "editor"]),
    ):
        with pytest.raises(RefusedError, match=NEEDS_AN_OWNER):
            write(member, change, *more, HERE)
    assert roles(member) == {"Ana": "owner", "Ed": "editor"}


def test_of_two_owners_who_go_at_once_one_stays(member, owner):
    for _ in range(5):
        owner.execute("delete from membership where user_id <> %s", [member.user_id])
        second = join(
            owner, new_member(f"{secrets.token_hex(4)}@example.com", "Two"), member, "owner"
        )

        def go(who):
            try:
                write(who, members.leave, HERE)
            except RefusedError:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            went = list(pool.map(go, [member, second]))
        assert sorted(went) == [False, True]
        owners = owner.execute(
            "select user_id from membership where household_id = %s and role = 'owner'",
            [member.household_id],
        ).fetchall()
        assert len(owners) == 1
        if went[0]:
            owner.execute(
                "insert into membership values (%s, %s, 'owner')",
                [member.household_id, member.user_id],
            )


def test_of_two_owners_who_demote_each_other_at_once_one_stays(member, owner):
    second = join(owner, new_member("two@example.com", "Two"), member, "owner")
    both = people(member)

    def demote(who, whom):
        try:
            write(who, members.set_role, both[whom], "viewer", HERE)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(demote, member, "Two"), pool.submit(demote, second, "Ana")]
    assert sorted(one.result() for one in done) == [False, True]
    assert sorted(roles(member).values()) == ["owner", "viewer"]


def test_a_household_is_handed_over(member, editor):
    write(member, members.hand_over, people(member)["Ed"], HERE)
    assert roles(member) == {"Ed": "owner", "Ana": "editor"}
    with pytest.raises(RefusedError, match=OWNERS_ONLY):
        write(member, members.set_role, people(member)["Ed"], "viewer", HERE)


def test_who_is_removed_sees_nothing_of_the_household_any_more(member, viewer):
    add_watch(member)
    token = new_session(viewer)
    assert found(token).household_id == member.household_id
    write(member, members.remove, people(member)["Vera"], HERE)
    now = found(token)
    assert (now.household_id == member.household_id, now.household, now.role) == (
        False, "Vera's watches", "owner",
    )  # fmt: skip
    with pytest.raises(NotFoundError):
        write(member, members.remove, gone(viewer), HERE)


def gone(person):
    return members.MemberDetails(person.user_id, person.name, person.email, "viewer", None)


def test_who_leaves_falls_back_to_a_household_they_had_and_gets_no_other(member, other):
    accept(other, invite(member, "editor"))
    token = new_session(other)
    write(other, members.look_at, digest(token), member.household_id)
    there = found(token)
    assert there.household_id == member.household_id
    write(there, members.leave, HERE)
    now = found(token)
    assert (now.household_id, now.households) == (other.household_id, 1)


def test_watches_of_who_leaves_stay_as_the_households(member, editor):
    watch_id = add_watch(member, owner_id=editor.user_id)
    write(editor, members.leave, HERE)
    assert get_watch(member, watch_id).owner_id is None


def test_a_role_that_does_not_exist_is_refused(member, viewer):
    for role in ("admin", "", "OWNER", "\0"):
        with pytest.raises(RefusedError):
            write(member, members.set_role, people(member)["Vera"], role, HERE)
        with pytest.raises(RefusedError):
            invite(member, role)


# ── several households ────────────────────────────────────────────────────────────────────


def test_a_browser_looks_at_the_household_that_was_chosen(member, other):
    accept(other, invite(member, "viewer"))
    one, two = new_session(other), new_session(other)
    write(other, members.look_at, digest(one), member.household_id)
    assert (found(one).household_id, found(one).role) == (member.household_id, "viewer")
    assert (found(two).household_id, found(two).role) == (other.household_id, "owner")


def test_a_new_browser_begins_where_the_person_was_last(member, other):
    accept(other, invite(member, "viewer"))
    write(other, members.look_at, digest(new_session(other)), member.household_id)
    assert found(new_session(other)).household_id == member.household_id


def test_nobody_chooses_a_household_they_do_not_belong_to(member, other):
    token = new_session(other)
    with pytest.raises(RefusedError, match="not a member"):
        write(other, members.look_at, digest(token), member.household_id)
    assert found(token).household_id == other.household_id


def test_nobody_moves_the_browser_of_somebody_else(member, other):
    accept(other, invite(member, "viewer"))
    token = new_session(member)
    write(other, members.look_at, digest(token), other.household_id)
    assert found(token).household_id == member.household_id


def test_one_more_household_is_owned_by_who_starts_it(member, other):
    home = write(other, members.add_household, "The safe", HERE)
    with db.read(other) as connection:
        mine = {one.name: (one.household_id, one.role) for one in members.households(connection)}
    assert mine == {
        "Bob's watches": (other.household_id, "owner"),
        "The safe": (home, "owner"),
    }
    with db.read(member) as connection:
        assert [one.name for one in members.households(connection)] == ["Ana's watches"]


@pytest.mark.parametrize("name", ["", " ", "x" * 101])
def test_a_household_needs_a_name(member, name):
    with pytest.raises(RefusedError, match="Give the household a name"):
        write(member, members.add_household, name, HERE)


def test_nobody_starts_households_without_end(member):
    for number in range(19):
        write(member, members.add_household, f"H{number}", HERE)
    with pytest.raises(RefusedError, match="20 households"):
        write(member, members.add_household, "One more", HERE)


# ── the log ───────────────────────────────────────────────────────────────────────────────


def test_the_security_log_tells_all_of_it(member, other, viewer, owner):
    accept(other, invite(member, "viewer"))
    invite(member)
    with db.read(member) as connection:
        write(member, members.revoke, members.invitations(connection, member)[0], HERE)
    write(member, members.set_role, people(member)["Bob"], "editor", HERE)
    write(member, members.remove, people(member)["Vera"], HERE)
    write(member, members.hand_over, people(member)["Bob"], HERE)
    write(member, members.leave, HERE)
    write(again(member), members.add_household, "The safe", HERE)
    ours = ("invit", "role", "member", "owner", "household")
    assert [kind for kind in log(owner) if kind.startswith(ours)] == [
        "invitation_created",
        "invitation_accepted", "invitation_created", "invitation_revoked", "role_changed",
        "member_removed", "ownership_handed_over", "member_left", "household_created",
    ]  # fmt: skip
    told = owner.execute("select detail from security_event where kind = 'role_changed'").fetchone()
    assert told == ("Ana's watches: bob@example.com: viewer → editor",)


def test_nothing_is_logged_that_did_not_happen(member, viewer, owner):
    before = log(owner)
    with pytest.raises(RefusedError):
        write(viewer, members.remove, people(member)["Ana"], HERE)
    assert log(owner) == before

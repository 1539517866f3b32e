"""A link of the household that opens somewhere else: whom to ask, and the way to one's other household."""

from uuid import uuid4

import pytest

from data import db, members
from tests.collector import add_watch
from tests.pages.test_sharing import html, titles
from tests.people import again, new_member, new_session
from tests.sql.households import join

HERE = [r"This watch is not in your collection\."]


@pytest.fixture
def editor(owner, member):
    """Ed belongs to Ana's household beside his own, and looks at his own."""
    ed = new_member("ed@example.com", "Ed")
    owner.execute(
        "insert into membership (household_id, user_id, role) values (%s, %s, 'editor')",
        [member.household_id, ed.user_id],
    )
    return again(ed)


def captions(at):
    return [caption.value.replace("\\", "") for caption in at.caption]


def toasts(at):
    return [toast.value.replace("\\", "") for toast in at.toast]


def labels(at):
    return [button.label.replace("\\", "") for button in at.button]


def test_an_owner_alone_is_told_that_the_link_may_be_incomplete(member, open_page):
    at = open_page("watch.py", member, id=str(uuid4()))
    assert titles(at) == HERE
    assert "The link may be incomplete, or from another household." in captions(at)


@pytest.mark.parametrize("page", ["watch.py", "edit_watch.py"])
def test_a_member_reads_which_owner_to_ask(member, owner, open_page, page):
    viewer = join(owner, new_member("vera@example.com", "Vera"), member, "viewer")
    at = open_page(page, viewer, id=str(uuid4()))
    assert titles(at) == HERE
    said = f"It is not in {viewer.household}. If it should be, ask an owner: Ana."
    assert said in captions(at)


def test_a_watch_of_my_other_household_is_one_click_away(member, editor, open_page):
    watch_id = add_watch(member)
    at = open_page("watch.py", editor, id=str(watch_id))
    assert titles(at) == HERE
    assert "It is in Ana's watches, where you are a member too." in captions(at)
    assert "Look at it in Ana's watches" in labels(at)
    at.button(key="elsewhere.go").click().run()
    assert not at.exception
    assert "You are looking at Ana's watches now." in toasts(at)
    assert not list(at.title), "the watch itself"
    assert at.query_params["id"] == str(watch_id)


def test_a_watch_of_strangers_and_of_nobody_say_the_same(member, editor, open_page):
    stranger = new_member("eve@example.com", "Eve")
    said = []
    for watch_id in (add_watch(stranger), uuid4()):
        at = open_page("watch.py", editor, id=str(watch_id))
        said.append((titles(at), captions(at), labels(at), html(at)))
    assert said[0] == said[1]


def test_a_private_watch_of_my_other_household_is_not_given_away(member, editor, owner):
    watch_id = add_watch(member)
    other = household_of(editor, watch_id)
    assert other is not None
    assert other.household_id == member.household_id
    owner.execute(
        "update watch set owner_id = %s, is_private = true where watch_id = %s",
        [member.user_id, watch_id],
    )
    assert household_of(editor, watch_id) is None
    assert household_of(member, watch_id) is not None


def test_who_was_removed_learns_nothing_any_more(member, editor, owner):
    watch_id = add_watch(member)
    owner.execute(
        "delete from membership where household_id = %s and user_id = %s",
        [member.household_id, editor.user_id],
    )
    assert household_of(editor, watch_id) is None
    with db.read(None) as connection:
        assert members.household_of_watch(connection, watch_id) is None


def household_of(who, watch_id):
    with db.read(who) as connection:
        return members.household_of_watch(connection, watch_id)


@pytest.mark.parametrize("written", ["", "x", "\0", "9" * 4000, "' or 1=1 --"])
def test_an_odd_address_is_told_calmly(editor, open_page, written):
    assert titles(open_page("watch.py", editor, id=written)) == HERE


def test_the_copy_button_names_the_household_as_text(member, owner, open_page):
    owner.execute("update household set name = %s", ['<b>"Vault"</b>'])
    at = open_page("watch.py", member, id=str(add_watch(member)))
    assert 'class="cb-copy"' in html(at)
    assert "Members of &lt;b&gt;&quot;Vault&quot;&lt;/b&gt; can open it." in html(at) or (
        "Members of &lt;b&gt;&#34;Vault&#34;&lt;/b&gt; can open it." in html(at)
    )


@pytest.mark.parametrize("page", ["watches.py", "analytics.py"])
def test_lists_and_analytics_have_it_too_for_a_viewer_as_well(member, owner, open_page, page):
    add_watch(member, price="5 EUR")
    viewer = join(owner, new_member("vera@example.com", "Vera"), member, "viewer")
    new_session(viewer)
    assert 'class="cb-copy"' in html(open_page(page, viewer))

"""Making and ending share links on the pages: sensible defaults, shown once, not for viewers."""

import re
from dataclasses import replace

import pytest

from app import rate_limits
from app.authenticator import digest, is_password
from data import collections, db, share_links
from data.share_links import LinkDraft
from tests.collector import add_value, add_watch
from tests.pages.watch_pages import html, problems
from tests.people import HERE, again

LINK = re.compile(r"/share/([\w-]{43})$")
OPTIONS = ("show_values", "show_prices", "show_serials", "show_documents", "photos_only")


@pytest.fixture(autouse=True)
def counted_anew():
    rate_limits.forget()


@pytest.fixture
def viewer(member, owner):
    owner.execute("update membership set role = 'viewer' where user_id = %s", [member.user_id])
    return replace(again(member), role="viewer")


def field(at, label):
    kinds = (at.text_input, at.checkbox, at.selectbox, at.radio)
    return next(one for kind in kinds for one in kind if one.label == label)


def press(at, label):
    at = next(button for button in at.button if button.label == label).click().run()
    assert not at.exception, at.exception
    return at


def opened(at):
    """What the link on the screen opens."""
    assert not at.exception, at.exception
    (token,) = [found[1] for code in at.code if (found := LINK.search(code.value))]
    with db.read(None) as connection:
        return share_links.find(connection, digest(token))


def make(who, kind, *watch_ids, **facts):
    with db.write(who) as connection:
        draft = LinkDraft(kind, watch_ids, **facts)
        return share_links.add(connection, who, draft, digest(str(watch_ids)), None, HERE)


def test_a_watch_is_shared_with_nothing_but_facts_and_photos_unless_asked(open_page, member):
    watch_id = add_watch(member, price="5 EUR")
    at = open_page("watch.py", member, id=str(watch_id))
    at = at.get("menu_button")[0].click("Share").run()
    assert at.query_params["share"] in ("new", ["new"])
    at = press(at, "Make link")
    link = opened(at)
    assert link.watch_ids == [watch_id]
    assert not any(getattr(link, name) for name in OPTIONS)
    assert link.expires_at is not None
    assert link.password_hash is None
    assert 'class="cb-qr"' in html(at)
    at = press(at, "Done")
    assert not at.code
    assert "share" not in at.query_params


def test_what_is_ticked_is_shown_until_then_behind_the_password(open_page, member):
    at = open_page("watch.py", member, id=str(add_watch(member)), share="new", currency="CHF")
    field(at, "Values").check()
    field(at, "Documents").check()
    field(at, "For whom (optional)").set_value("  Bob\tand Eve ")
    field(at, "Works for").set_value(0)
    field(at, "Password (optional)").set_value("a pass phrase for Bob")
    link = opened(press(at, "Make link"))
    assert [getattr(link, name) for name in OPTIONS] == [True, False, False, True, False]
    assert (link.expires_at, link.currency) == (None, "CHF")
    assert is_password("a pass phrase for Bob", link.password_hash)
    with db.read(member) as connection:
        assert [one.note for one in share_links.page(connection, member, 9)] == ["Bob and Eve"]


def test_a_short_password_is_refused_at_its_field_and_nothing_is_made(open_page, member):
    at = open_page("watch.py", member, id=str(add_watch(member)), share="new")
    field(at, "Password (optional)").set_value("short")
    at = press(at, "Make link")
    assert any("at least 12 characters" in said for said in problems(at))
    assert not at.code
    with db.read(member) as connection:
        assert share_links.page(connection, member, 9) == []


def test_photos_only_leaves_the_rest_out(open_page, member):
    at = open_page("watch.py", member, id=str(add_watch(member)), share="new")
    field(at, "What to show").set_value(True)
    field(at, "Values").check()
    link = opened(press(at, "Make link"))
    assert (link.photos_only, link.show_values) == (True, False)


def test_a_comparison_a_collection_and_the_overview_are_shared(open_page, member):
    with db.write(member) as connection:
        group = collections.add(connection, member, "Divers", "navy")
    ids = [add_watch(member, collection_id=group, price="5 EUR"), add_watch(member)]
    add_value(member, ids[0], "6 EUR")
    pages = {
        "comparison": open_page("compare.py", member, ids=",".join(map(str, ids))),
        "collection": open_page("collections.py", member, edit=str(group)),
        "overview": open_page("overview.py", member),
    }
    for kind, at in pages.items():
        at = press(press(at, "Share"), "Make link")  # noqa: PLW2901
        link = opened(at)
        assert link.kind == kind
        assert link.watch_ids == (ids if kind == "comparison" else [])
        assert link.collection_id == (group if kind == "collection" else None)
        assert not [one for one in at.checkbox if one.label == "Documents"]


@pytest.mark.parametrize("page", ["watch.py", "compare.py", "collections.py", "overview.py"])
def test_a_viewer_sees_neither_button_nor_dialog(open_page, viewer, owner, page):
    owner.execute("update membership set role = 'editor' where user_id = %s", [viewer.user_id])
    watch_id, second = add_watch(viewer, price="5 EUR"), add_watch(viewer)
    owner.execute("update membership set role = 'viewer' where user_id = %s", [viewer.user_id])
    at = open_page(page, viewer, id=str(watch_id), ids=f"{watch_id},{second}", share="new")
    assert not at.exception
    assert not {"Share", "Make link"} & {button.label for button in at.button}


def test_only_one_dialog_opens_whatever_the_address_asks_for(open_page, member):
    watch_id = str(add_watch(member))
    for other in ("value", "service", "expense"):
        at = open_page("watch.py", member, id=watch_id, share="new", **{other: "new"})
        assert not at.exception
        assert "Make link" not in {button.label for button in at.button}
    at = open_page("watch.py", member, id=watch_id, share="\0" * 50)
    assert not at.exception


def test_making_links_is_limited(open_page, member, monkeypatch):
    monkeypatch.setattr("app.share_panel.rate_limits.take", lambda *_: False)
    at = open_page("watch.py", member, id=str(add_watch(member)), share="new")
    assert any("many links" in said for said in problems(press(at, "Make link")))


def test_the_list_says_what_for_whom_until_when_and_how_often(open_page, member):
    watch_id = add_watch(member)
    make(member, "watch", watch_id, note="Bob", show_values=True)
    make(member, "overview", days=None)
    with db.write(None) as connection:
        share_links.note_seen(connection, digest(str((watch_id,))), "Safari on iPhone")
    page = html(open_page("share_links.py", member)).replace("\xa0", " ")
    for said in ("Omega Speedmaster", "For Bob", "Facts, values", "1 view", "today", "Overview", "Until it is revoked", "not yet"):  # fmt: skip
        assert said in page, said


def test_a_link_is_revoked_after_a_sentence_that_it_cannot_be_undone(open_page, member):
    link_id = make(member, "watch", add_watch(member))
    at = open_page("share_links.py", member, link=str(link_id))
    assert any("can't be undone" in one.value for one in at.caption)
    at = press(at, "Revoke link")
    assert "Revoked" in html(at)
    assert "link" not in at.query_params
    with db.read(member) as connection:
        assert [one.works for one in share_links.page(connection, member, 9)] == [False]


def test_a_link_that_somebody_else_revoked_meanwhile_is_told(open_page, member):
    link_id = make(member, "watch", add_watch(member))
    at = open_page("share_links.py", member, link=str(link_id))
    with db.write(member) as connection:
        share_links.revoke(connection, member, link_id, HERE)
    at = press(at, "Revoke link")
    assert not at.exception


def test_a_made_up_link_or_page_is_a_sentence(open_page, member, other):
    theirs = make(other, "watch", add_watch(other))
    for query in ({"link": str(theirs)}, {"link": "\0x"}, {"p": "9" * 30}, {"p": "0"}, {"p": "²"}, {"p": "99999"}):  # fmt: skip
        at = open_page("share_links.py", member, **query)
        assert not at.exception, query
        assert "Revoke link" not in {button.label for button in at.button}


def test_a_viewer_is_told_to_ask_an_owner(open_page, viewer):
    at = open_page("share_links.py", viewer)
    assert not at.exception
    assert "Ask an owner" in html(at)


def test_what_people_wrote_is_text_in_the_list(open_page, member):
    evil = "<img src=x onerror=alert(1)>"
    make(member, "watch", add_watch(member, model=evil), note=evil)
    page = html(open_page("share_links.py", member))
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page

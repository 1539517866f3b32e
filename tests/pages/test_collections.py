"""Collections: groups with a colour, one of them the default; deleting one keeps its watches."""

import re
from uuid import uuid4

import pytest

from data import collections, db
from data.collections import COLOURS
from tests.pages.watch_pages import MENU, as_viewer, html, new_watch, press, problems, titles


def make(member, name, colour="navy"):
    with db.write(member) as connection:
        return collections.add(connection, member, name, colour)


def every(member):
    with db.read(member) as connection:
        return {one.name: one for one in collections.every(connection, member)}


def type_name(at, name):
    at.text_input[0].set_value(name)
    return at


def colour(at):
    return at.button_group[0]


def lines(at):
    """Each line as shown: colour, name, detail, how many, where it leads."""
    line = (
        r'<li><a class="cb-row" href="(.*?)"><span class="cb-dot (.*?)"></span><span class="cb-what">'
        r'<span>(.*?)</span><span class="cb-quiet">(.*?)</span></span><span class="cb-so">'
        r'<span class="cb-quiet">(.*?)</span>'
    )
    return [
        (colour, name, detail, many.replace("\N{NO-BREAK SPACE}", " "), href)
        for href, colour, name, detail, many in re.findall(line, html(at))
    ]


@pytest.fixture
def divers(member):
    return make(member, "Divers")


def test_an_empty_page_says_what_collections_are_for(member, open_page):
    at = open_page("collections.py", member)
    assert titles(at) == ["Collections"]
    assert "Group watches as you think of them" in html(at)
    assert {button.label for button in at.button} == {"Create collection"} | MENU


def test_a_collection_is_made_with_a_name_and_a_colour(member, open_page):
    at = type_name(open_page("collections.py", member), "Divers")
    colour(at).set_value("forest")
    press(at, "Create collection")
    made = every(member)["Divers"]
    assert (made.colour, made.is_default, made.watches) == ("forest", False, 0)
    href = f"/watches?collection={made.collection_id}"
    assert lines(at) == [("forest", "Divers", "", "0 watches", href)]
    assert [toast.value for toast in at.toast] == ["Collection created."]
    assert at.text_input[0].value == ""


def test_a_free_colour_is_offered(member, open_page):
    assert colour(open_page("collections.py", member)).value == "brass"
    make(member, "Divers", "brass")
    assert colour(open_page("collections.py", member)).value == "steel"
    for name in COLOURS:
        make(member, name, name)
    assert colour(open_page("collections.py", member)).value == "brass"


def test_the_list_shows_colour_watches_and_the_default(member, open_page, divers):
    make(member, "Safe <b>&", "plum")
    new_watch(member, "Rolex", "Submariner", collection_id=divers)
    with db.write(member) as connection:
        collections.make_default(connection, member, every(member)["Divers"])
    shown = lines(open_page("collections.py", member))
    assert [line[:4] for line in shown] == [
        ("navy", "Divers", "Default: new watches go here", "1 watch"),
        ("plum", "Safe &lt;b&gt;&amp;", "", "0 watches"),
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Give the collection a name of up to 60 characters."),
        ("x" * 61, "Give the collection a name of up to 60 characters."),
        (" dIVERS ", "A collection with this name is already here."),
    ],
)
def test_a_refused_name_is_said_at_the_name_and_kept(member, open_page, divers, name, sentence):
    at = type_name(open_page("collections.py", member), name)
    colour(at).set_value("plum")
    press(at, "Create collection")
    assert problems(at) == [sentence]
    assert (at.text_input[0].value, colour(at).value) == (name, "plum")
    assert list(every(member)) == ["Divers"]


def test_a_collection_is_renamed_and_recoloured(member, open_page, divers):
    at = open_page("collections.py", member, edit=str(divers))
    assert (at.text_input[0].value, colour(at).value) == ("Divers", "navy")
    colour(type_name(at, "Deep divers")).set_value("forest")
    press(at, "Save")
    assert [(one.name, one.colour) for one in every(member).values()] == [("Deep divers", "forest")]
    assert titles(at) == ["Collections"]
    assert "edit" not in at.query_params


def test_the_list_leads_to_the_form(member, open_page, divers):
    assert f'href="/collections?edit={divers}" aria-label="Edit Divers"' in html(
        open_page("collections.py", member)
    )


def test_a_taken_name_is_refused_and_kept(member, open_page, divers):
    make(member, "Safe")
    at = type_name(open_page("collections.py", member, edit=str(divers)), "safe")
    press(at, "Save")
    assert problems(at) == ["A collection with this name is already here."]
    assert at.text_input[0].value == "safe"


def test_one_collection_is_the_default(member, open_page, divers):
    safe = make(member, "Safe")
    press(open_page("collections.py", member, edit=str(divers)), "Use as default")
    press(open_page("collections.py", member, edit=str(safe)), "Use as default")
    assert [one.name for one in every(member).values() if one.is_default] == ["Safe"]
    press(open_page("collections.py", member, edit=str(safe)), "Stop using as default")
    assert not any(one.is_default for one in every(member).values())


def test_deleting_asks_first_and_keeps_the_watches(member, owner, open_page, divers):
    for model in ("Submariner", "Sea-Dweller"):
        new_watch(member, "Rolex", model, collection_id=divers)
    at = press(open_page("collections.py", member, edit=str(divers)), "Delete")
    assert [one.value for one in at.warning] == [
        "Its 2 watches stay, without a collection. This cannot be undone."
    ]
    assert every(member)["Divers"].watches == 2
    press(at, "Delete Divers")
    assert every(member) == {}
    kept = owner.execute("select collection_id from watch").fetchall()
    assert kept == [(None,), (None,)]
    assert [toast.value for toast in at.toast] == ["Collection deleted."]


def test_the_second_of_two_edits_is_told_and_may_save_over_it(member, open_page, divers):
    first = open_page("collections.py", member, edit=str(divers))
    second = open_page("collections.py", member, edit=str(divers))
    press(type_name(first, "Deep divers"), "Save")
    press(type_name(second, "Desk divers"), "Save")
    assert problems(second) == ["Someone else changed this collection meanwhile. Look at it again."]
    assert second.text_input[0].value == "Desk divers"
    assert second.caption[0].value == "Deep divers"
    press(second, "Save")
    assert list(every(member)) == ["Desk divers"]


def test_a_collection_that_was_deleted_meanwhile_says_so(member, owner, open_page, divers):
    at = open_page("collections.py", member, edit=str(divers))
    owner.execute("delete from collection")
    press(type_name(at, "Deep divers"), "Save")
    assert titles(at) == ["Collections"]
    assert [info.value for info in at.info] == [
        "The collection you wanted to edit is not here any more."
    ]


@pytest.mark.parametrize("asked", ["7", "not-an-id", "theirs", "nobody's"])
def test_what_is_not_ours_shows_the_list(member, other, open_page, asked):
    asked = {"theirs": str(make(other, "Secret")), "nobody's": str(uuid4())}.get(asked, asked)
    at = open_page("collections.py", member, edit=asked)
    assert titles(at) == ["Collections"]
    assert "Secret" not in html(at)
    assert len(at.info) == 1


def test_a_viewer_sees_the_list_and_no_form(member, owner, open_page, divers):
    at = open_page("collections.py", as_viewer(owner, member), edit=str(divers))
    assert [line[1] for line in lines(at)] == ["Divers"]
    assert "edit=" not in html(at)
    assert not at.text_input
    assert {button.label for button in at.button} == MENU


def test_a_session_that_ended_meanwhile_makes_nothing(member, owner, open_page):
    at = type_name(open_page("collections.py", member), "Divers")
    owner.execute("delete from session")
    press(at, "Create collection")
    assert titles(at) == ["Sign in"]
    assert owner.execute("select count(*) from collection").fetchone() == (0,)

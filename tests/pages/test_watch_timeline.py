"""The timeline of a watch: one stream, filters in the URL, and the way back of a field."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs
from uuid import uuid4

import pytest

from app import text_diff
from app import watch_timeline as shown
from data import db, watches
from data.watches import draft_of
from tests.collector import get_watch
from tests.pages.test_watch import TODAY, add_value, add_watch, ago, page_html, page_text
from tests.pages.watch_pages import MENU, as_viewer, press


@pytest.fixture
def watch_id(member):
    watch = add_watch(
        member, price="6500 EUR", purchased_on=ago(900), retailer="Bucherer <b>", notes="old"
    )
    add_value(member, watch, "7000 CHF", ago(30), note="seen in Basel")
    return watch


def edit(member, watch_id, **facts):
    watch = get_watch(member, watch_id)
    with db.write(member) as connection:
        draft = replace(draft_of(watch), **facts)
        watches.change(connection, member, watch_id, watch.version, draft, TODAY)


def timeline(open_page, member, watch_id, **query):
    at = open_page("watch.py", member, id=str(watch_id), tab="timeline", **query)
    assert not at.exception
    return at


def titles(at):
    found = re.findall(r'<span class="cb-title">(.*?)</span></?(?:span|div)', page_html(at))
    bare = [re.sub(r"<span class=\"cb-icon.*?</span>|<[^>]*>", "", one) for one in found]
    return [unescape(one) for one in bare]


def opened(at):
    """The address behind the newest edit, as its parts."""
    return re.search(r"change=(\d+)", page_html(at))[1]


def restore_of(at, label):
    found = (b for b in at.button if b.label == "Restore" and b.help.startswith(label))
    return next(found)


def test_the_stream_says_what_happened_when_by_whom_and_for_how_much(member, open_page, watch_id):
    said = page_text(timeline(open_page, member, watch_id))
    assert "Market value CHF 7,000" in said
    assert "Bought from Bucherer <b> EUR 6,500" in said
    assert "seen in Basel" in said
    assert "Added here" in said
    assert "Ana" in said
    assert "<b>" not in page_html(timeline(open_page, member, watch_id))


def test_years_are_headings_newest_first(member, open_page, watch_id):
    years = re.findall(r"<h2>(\d{4})</h2>", page_html(timeline(open_page, member, watch_id)))
    assert years == sorted(years, reverse=True)
    assert str(ago(900).year) in years


def test_a_filter_is_in_the_url_and_one_that_is_none_shows_all(member, open_page, watch_id):
    at = timeline(open_page, member, watch_id, show="value")
    assert titles(at) == ["Market value", "Bought from Bucherer <b>"]
    assert 'aria-current="true">Value<' in page_html(at)
    assert len(titles(timeline(open_page, member, watch_id, show="nonsense"))) == 3


def test_a_topic_with_nothing_in_it_says_what_it_is_for(member, open_page, watch_id):
    assert "No service yet" in page_text(timeline(open_page, member, watch_id, show="care"))


def test_an_edit_is_one_line_that_opens(member, open_page, watch_id):
    edit(member, watch_id, notes="new", strap="Leather")
    at = timeline(open_page, member, watch_id)
    assert titles(at)[0] == "Edited notes and strap or bracelet"
    at = timeline(open_page, member, watch_id, change=opened(at))
    said = page_text(at)
    assert re.search(r"Notes\s+old\s+arrow_forward\s+new", said)
    assert re.search(r"Strap or bracelet\s+empty\s+arrow_forward\s+Leather", said)


def test_a_field_is_restored_and_that_is_in_the_stream_too(member, open_page, watch_id):
    edit(member, watch_id, notes="new")
    at = timeline(open_page, member, watch_id)
    at = press(timeline(open_page, member, watch_id, change=opened(at)), "Restore")
    assert not at.exception
    assert get_watch(member, watch_id).notes == "old"
    assert [toast.value for toast in at.toast] == ["Notes restored."]
    assert "change" not in at.query_params


def test_two_fields_go_back_together(member, open_page, watch_id):
    edit(member, watch_id, status="sold", disposed_on=TODAY, buyer="Eva")
    at = timeline(open_page, member, watch_id)
    assert "Owned → Sold" in titles(at)
    at = press(timeline(open_page, member, watch_id, change=opened(at)), "Restore all 3")
    assert not at.exception
    watch = get_watch(member, watch_id)
    assert (watch.status, watch.disposed_on, watch.buyer) == ("owned", None, None)


def test_a_refusal_is_a_sentence_and_the_change_stays_open(member, owner, open_page, watch_id):
    edit(member, watch_id, status="sold", disposed_on=TODAY)
    owner.execute("update audit_event set happened_at = happened_at - interval '1 hour'")
    edit(member, watch_id, status="owned", disposed_on=None)
    at = timeline(open_page, member, watch_id)
    at = timeline(open_page, member, watch_id, change=opened(at))
    at = restore_of(at, "Status").click().run()
    assert 'class="cb-problem"' in page_html(at)
    assert get_watch(member, watch_id).status == "owned"
    assert "change" in at.query_params


def test_a_restore_after_somebody_elses_save_says_so_and_shows_it(member, open_page, watch_id):
    edit(member, watch_id, notes="new")
    at = timeline(open_page, member, watch_id)
    at = timeline(open_page, member, watch_id, change=opened(at))
    edit(member, watch_id, strap="Leather")
    at = press(at, "Restore")
    assert "Someone else changed this watch" in page_text(at)
    assert get_watch(member, watch_id).notes == "new"
    restore_of(at, "Notes").click().run()
    assert get_watch(member, watch_id).notes == "old"


def test_long_notes_show_what_changed_in_them(member, open_page, watch_id):
    text = " ".join(f"word{number}" for number in range(200))
    edit(member, watch_id, notes=text)
    edit(member, watch_id, notes=text.replace("word100 ", "other "))
    at = timeline(open_page, member, watch_id)
    html = page_html(timeline(open_page, member, watch_id, change=opened(at)))
    assert "<del>word100 </del><ins>other </ins>" in html
    assert "word95 " in html
    rewritten = re.search(r'cb-rewritten">(.*?)</p>', html)[1]
    assert "word50 " not in rewritten


def test_two_versions_become_one_text():
    assert text_diff.compare("a b c", "a x c") == [
        ("same", "a "), ("gone", "b "), ("new", "x "), ("same", "c"),
    ]  # fmt: skip
    assert text_diff.compare("", "a") == [("new", "a")]


def test_a_viewer_reads_history_and_restores_nothing(member, owner, open_page, watch_id):
    edit(member, watch_id, notes="new")
    viewer = as_viewer(owner, member)
    at = timeline(open_page, viewer, watch_id)
    at = timeline(open_page, viewer, watch_id, change=opened(at))
    assert "Notes" in page_text(at)
    assert {button.label for button in at.button} <= MENU


@pytest.mark.parametrize("wanted", ["x", "0", "99999999999999999999", "²"])
def test_a_change_that_is_none_is_a_sentence(member, open_page, watch_id, wanted):
    at = timeline(open_page, member, watch_id, change=wanted)
    assert [info.value for info in at.info] == ["This change is not here any more."]


def test_another_households_change_is_not_here(member, other, open_page, owner, watch_id):
    theirs = add_watch(other)
    event = owner.execute(
        "select max(event_id) from audit_event where watch_id = %s", [theirs]
    ).fetchone()[0]
    at = timeline(open_page, member, watch_id, change=str(event))
    assert at.info[0].value == "This change is not here any more."
    at = timeline(open_page, member, uuid4())
    assert not titles(at)


def test_a_long_life_goes_on_page_by_page(member, open_page, watch_id, monkeypatch):
    monkeypatch.setattr(shown, "LIMIT", 10)
    for number in range(15):
        add_value(member, watch_id, f"{7000 + number} CHF", TODAY - timedelta(31 + number))
    at = timeline(open_page, member, watch_id)
    seen = titles(at)
    assert len(seen) == 10
    cursor = unescape(re.search(r'href="\?([^"]*before=[^"]*)"', page_html(at))[1])
    before = parse_qs(cursor)["before"][0]
    rest = timeline(open_page, member, watch_id, before=before)
    assert len(seen) + len(titles(rest)) == 18
    assert "Latest" in page_text(rest)

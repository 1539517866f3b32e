"""Who changed what, before and after; and the version that makes caches old."""

from dataclasses import replace

from data import collections, db, watches
from data.watches import draft_of
from tests.collector import TODAY, add_value, add_watch, get_watch
from tests.people import again


def events(owner, entity="watch"):
    return owner.execute(
        "select action, user_id, before, after from audit_event where entity = %s order by event_id",
        [entity],
    ).fetchall()


def test_a_change_is_kept_with_its_author_before_and_after(member, owner):
    watch = get_watch(member, add_watch(member, notes="old"))
    with db.write(member) as connection:
        watches.change(
            connection, member, watch.watch_id, 1, replace(draft_of(watch), notes="new"), TODAY
        )
    added, changed = events(owner)
    assert (added[0], added[1], added[3]["model"]) == ("added", member.user_id, "Speedmaster")
    assert changed == ("changed", member.user_id, {"notes": "old"}, {"notes": "new"})


def test_what_is_derived_leaves_no_trace(member, owner):
    watch_id = add_watch(member)
    add_value(member, watch_id, "5 EUR")
    assert [event[0] for event in events(owner)] == ["added"]
    assert [event[0] for event in events(owner, "valuation")] == ["added"]


def test_tags_collections_and_removals_are_kept_too(member, owner):
    watch = get_watch(member, add_watch(member, tags=["a"]))
    with db.write(member) as connection:
        watches.change(
            connection, member, watch.watch_id, 1, replace(draft_of(watch), tags=["b"]), TODAY
        )
        collections.add(connection, member, "Daily", "navy")
        collections.remove(connection, member, collections.every(connection, member)[0])
    assert sorted((action, (before or after)["tag"]) for action, _, before, after in events(owner, "watch_tag")) == [
        ("added", "a"), ("added", "b"), ("removed", "a"),
    ]  # fmt: skip
    assert [event[0] for event in events(owner, "collection")] == ["added", "removed"]


def test_every_write_moves_the_data_version_on_and_only_ours(member, other):
    before, theirs = again(member).data_version, again(other).data_version
    watch_id = add_watch(member)
    after_watch = again(member).data_version
    add_value(member, watch_id, "5 EUR")
    assert before < after_watch < again(member).data_version
    assert again(other).data_version == theirs

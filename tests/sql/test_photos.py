"""Photos of a watch: an order made by hand, its first the one that stands for the watch."""

import io
import threading
from functools import cache
from uuid import uuid4

import pytest
from PIL import Image

from data import db, media, photos, pictures, watches
from data.errors import AppError, ConflictError, NotFoundError, RefusedError
from tests.collector import add_watch, get_watch


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))
    return tmp_path


@cache
def picture(colour: int = 0):
    """A small photo; another number, another content. Made once: each starts a process."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6), (colour * 7 % 256, colour // 30 * 60 % 256, 99)).save(out, "PNG")
    return pictures.read(out.getvalue())


def add(member, watch_id, colour=0, **facts):
    kept = picture(colour)
    photos.store(member, kept)
    with db.write(member) as connection:
        return photos.add(connection, member, watch_id, kept, **facts)


def listed(member, watch_id):
    with db.read(member) as connection:
        return photos.of_watch(connection, member, watch_id)


def order(member, watch_id):
    return [photo.photo_id for photo in listed(member, watch_id)]


def get(member, photo_id):
    with db.read(member) as connection:
        return photos.get(connection, member, photo_id)


def do(member, function, *args):
    with db.write(member) as connection:
        return function(connection, member, *args)


def assert_places(member, watch_id):
    found = [photo.position for photo in listed(member, watch_id)]
    assert found == list(range(1, len(found) + 1))


@pytest.fixture
def three(member):
    watch_id = add_watch(member)
    return watch_id, [add(member, watch_id, colour) for colour in (1, 2, 3)]


def test_the_first_photo_stands_for_the_watch(member, three):
    watch_id, ids = three
    first = listed(member, watch_id)[0]
    assert [photo.photo_id for photo in listed(member, watch_id)] == ids
    assert (first.position, first.width_px, first.height_px, first.role) == (1, 8, 6, "other")
    assert get_watch(member, watch_id).cover == first.content_hash


def test_all_three_files_of_a_photo_are_kept(member, three):
    first = listed(member, three[0])[0]
    for size in ("thumb", "card", "full"):
        key = media.photo_key(member.household_id, first.content_hash, size)
        assert Image.open(io.BytesIO(media.find(key))).size == (8, 6)


def test_when_the_first_goes_the_next_one_stands_for_the_watch_and_it_comes_back_last(
    member, three
):
    watch_id, (one, two, last) = three
    do(member, photos.remove, get(member, one))
    assert order(member, watch_id) == [two, last]
    assert get_watch(member, watch_id).cover == get(member, two).content_hash
    assert get(member, one).position is None
    do(member, photos.restore, one)
    assert order(member, watch_id) == [two, last, one]
    assert_places(member, watch_id)


def test_a_photo_is_made_the_first(member, three):
    watch_id, (one, two, last) = three
    do(member, photos.make_first, get(member, last))
    assert order(member, watch_id) == [last, one, two]
    assert_places(member, watch_id)


def test_photos_are_put_into_another_order(member, three):
    watch_id, (one, two, last) = three
    do(member, photos.reorder, watch_id, [one, two, last], [last, one, two])
    assert order(member, watch_id) == [last, one, two]
    with pytest.raises(ConflictError):  # what this one saw is not so any more
        do(member, photos.reorder, watch_id, [one, two, last], [two, one, last])
    assert order(member, watch_id) == [last, one, two]
    with pytest.raises(ValueError, match="the same photos"):
        do(member, photos.reorder, watch_id, [last, one, two], [last, one])


def test_the_same_photo_is_on_a_watch_once_and_its_files_are_stored_once(member, folder):
    first, second = add_watch(member, model="A"), add_watch(member, model="B")
    add(member, first)
    with pytest.raises(RefusedError, match="already here"):
        add(member, first)
    add(member, second)
    assert len(listed(member, first)) == len(listed(member, second)) == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 3


def test_a_photo_removed_and_added_again_cannot_be_restored_twice(member):
    watch_id = add_watch(member)
    one = add(member, watch_id)
    do(member, photos.remove, get(member, one))
    add(member, watch_id)
    with pytest.raises(RefusedError, match="already here"):
        do(member, photos.restore, one)


def test_what_a_photo_shows_is_changed_once_by_one_person(member, three):
    photo = get(member, three[1][0])
    do(member, photos.change, photo, "case_back", "  Engraved\x00 in 1969 ")
    changed = get(member, photo.photo_id)
    assert (changed.role, changed.caption) == ("case_back", "Engraved in 1969")
    with pytest.raises(ConflictError):
        do(member, photos.change, photo, "dial", None)
    assert get(member, photo.photo_id) == changed


def test_moving_photos_does_not_spoil_the_editing_of_a_caption(member, three):
    watch_id, ids = three
    photo = get(member, ids[0])
    do(member, photos.reorder, watch_id, ids, ids[::-1])
    do(member, photos.change, photo, "dial", "Mine")
    assert get(member, photo.photo_id).caption == "Mine"


@pytest.mark.parametrize(
    ("role", "caption"), [("other", "x" * 301), ("selfie", None)], ids=["caption", "role"]
)
def test_a_caption_too_long_and_an_unknown_role_are_refused(member, three, role, caption):
    photo = get(member, three[1][0])
    with pytest.raises(RefusedError):
        do(member, photos.change, photo, role, caption)
    with pytest.raises(RefusedError):
        add(member, three[0], 9, role=role, caption=caption)
    assert get(member, photo.photo_id) == photo


def test_a_photo_is_turned(member, three):
    photo = get(member, three[1][1])
    key = media.photo_key(member.household_id, photo.content_hash, "full")
    turned = pictures.turned(media.find(key), clockwise=True)
    photos.store(member, turned)
    do(member, photos.turn, photo, turned)
    now = get(member, photo.photo_id)
    assert (now.width_px, now.height_px, now.position) == (6, 8, photo.position)
    assert now.content_hash == turned.content_hash != photo.content_hash
    with pytest.raises(ConflictError):
        do(member, photos.turn, photo, turned)


def test_a_photo_in_the_bin_is_not_changed_turned_moved_or_removed_again(member, three):
    watch_id, (one, two, last) = three
    gone = get(member, two)
    do(member, photos.remove, gone)
    for attempt in (
        lambda: do(member, photos.change, gone, "dial", None),
        lambda: do(member, photos.turn, gone, picture(7)),
        lambda: do(member, photos.make_first, gone),
        lambda: do(member, photos.remove, gone),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    with pytest.raises(ConflictError):
        do(member, photos.reorder, watch_id, [one, two, last], [two, one, last])
    with pytest.raises(NotFoundError):
        do(member, photos.restore, one)  # it is not there
    assert order(member, watch_id) == [one, last]


def test_a_watch_in_the_bin_or_nowhere_takes_no_photo(member, other):
    watch_id, theirs = add_watch(member), add_watch(other)
    one = add(member, watch_id)
    do(member, photos.remove, get(member, one))
    do(member, watches.remove, watch_id, get_watch(member, watch_id).version)
    for gone in (watch_id, theirs, uuid4()):
        with pytest.raises(NotFoundError):
            add(member, gone, 4)
    with pytest.raises(NotFoundError):
        do(member, photos.restore, one)
    assert order(other, theirs) == []


def test_a_watch_has_up_to_a_hundred_photos(member, owner, monkeypatch):
    monkeypatch.setattr(photos, "MOST", 2)
    watch_id = add_watch(member)
    one, _ = add(member, watch_id, 1), add(member, watch_id, 2)
    with pytest.raises(RefusedError, match="up to 2 photos"):
        add(member, watch_id, 3)
    do(member, photos.remove, get(member, one))
    add(member, watch_id, 3)
    with pytest.raises(RefusedError, match="up to 2 photos"):
        do(member, photos.restore, one)


def test_another_households_photo_does_not_exist(member, other, three):
    photo = get(member, three[1][0])
    for attempt in (
        lambda: get(other, photo.photo_id),
        lambda: do(other, photos.change, photo, "dial", "theirs"),
        lambda: do(other, photos.make_first, photo),
        lambda: do(other, photos.remove, photo),
        lambda: do(other, photos.restore, photo.photo_id),
        lambda: do(other, photos.turn, photo, picture(5)),
        lambda: do(other, photos.reorder, three[0], three[1], three[1][::-1]),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    with db.read(other) as connection:
        assert photos.of_watch(connection, other, three[0]) == []
        assert not photos.is_here(connection, other, photo.content_hash)
    with db.read(member) as connection:
        assert photos.is_here(connection, member, photo.content_hash)
    assert get(member, photo.photo_id) == photo


def at_once(*jobs):
    """Run them all at the same moment; returns what each gave, or the refusal it ended with."""
    start, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def work(number, job):
        start.wait()
        try:
            results[number] = job()
        except AppError as refusal:
            results[number] = refusal

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_photos_added_at_the_same_moment_all_have_a_place(member):
    watch_id = add_watch(member)
    ids = at_once(*[lambda n=n: add(member, watch_id, n) for n in range(8)])
    assert sorted(order(member, watch_id)) == sorted(ids)
    assert_places(member, watch_id)


def test_of_two_who_reorder_at_the_same_moment_one_is_told(member, three):
    watch_id, (one, two, last) = three
    results = at_once(
        lambda: do(member, photos.reorder, watch_id, [one, two, last], [two, one, last]),
        lambda: do(member, photos.reorder, watch_id, [one, two, last], [last, two, one]),
    )
    assert sorted(type(result).__name__ for result in results) == ["ConflictError", "NoneType"]
    wanted = [[two, one, last], [last, two, one]][results.index(None)]
    assert order(member, watch_id) == wanted


@pytest.mark.parametrize("attempt", range(4))
def test_adding_removing_moving_and_editing_at_the_same_moment_loses_nothing_silently(
    member, attempt
):
    watch_id = add_watch(member)
    ids = [add(member, watch_id, colour) for colour in range(5)]
    seen = [get(member, photo_id) for photo_id in ids]
    results = at_once(
        lambda: do(member, photos.remove, seen[0]),
        lambda: do(member, photos.remove, seen[3]),
        lambda: add(member, watch_id, 20),
        lambda: do(member, photos.reorder, watch_id, ids, ids[::-1]),
        lambda: do(member, photos.make_first, seen[2]),
        lambda: do(member, photos.change, seen[4], "dial", "Edited"),
        lambda: do(member, photos.remove, seen[0]),
    )
    left = order(member, watch_id)
    assert_places(member, watch_id)
    assert {type(results[0]), type(results[6])} == {type(None), NotFoundError}  # one of the two
    assert results[1] is None
    assert results[5] is None
    assert results[3] is None or isinstance(results[3], ConflictError)
    assert set(left) == {ids[1], ids[2], ids[4], results[2]}
    assert get(member, ids[4]).caption == "Edited"
    assert results[4] is None


def test_a_photo_is_purged_with_its_watch_and_30_days_after_it_was_removed(member, owner, three):
    watch_id, (one, two, _) = three
    do(member, photos.remove, get(member, one))
    do(member, photos.remove, get(member, two))
    owner.execute(
        "update photo set deleted_at = now() - interval '31 days' where photo_id = %s", [one]
    )
    with db.maintenance() as connection:
        assert photos.purge(connection) == 1
    with pytest.raises(NotFoundError):
        get(member, one)
    assert get(member, two).position is None
    owner.execute("delete from watch where watch_id = %s", [watch_id])
    assert owner.execute("select count(*) from photo").fetchone() == (0,)

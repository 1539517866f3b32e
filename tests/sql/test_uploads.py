"""The worker that takes photos in: each file ends as a photo or as a sentence, in its order."""

import threading
from concurrent.futures import wait

import pytest

from app import uploads
from app.uploads import Upload
from data import db, media, photos, watches
from tests.pages.watch_pages import count, new_watch
from tests.pictures import picture

COLOURS = ["red", "green", "blue", "navy", "teal", "gold", "pink", "black", "white"]


@pytest.fixture(autouse=True)
def worker():
    yield
    uploads.stop()


def upload(name, content):
    return Upload(name, len(content), lambda: content)


def through(batch):
    wait(batch.results, timeout=60)
    assert not batch.is_running
    return batch


def order(member, watch_id):
    with db.read(member) as connection:
        return photos.of_watch(connection, member, watch_id)


def test_of_ten_files_one_is_broken_and_two_are_the_same(member, owner):
    watch = new_watch(member)
    files = [upload(f"{colour}.jpg", picture(colour)) for colour in COLOURS[:8]]
    files.insert(3, upload("broken.jpg", picture("olive")[:200]))
    files.append(upload("again.jpg", picture("red")))
    batch = through(uploads.start(member, watch.watch_id, files))
    assert (batch.finished, batch.added, batch.current) == (10, 8, "")
    broken, again = batch.refused
    assert broken.name == "broken.jpg"
    assert "damaged" in broken.sentence
    assert (again.name, again.sentence) == ("again.jpg", "This photo is already here.")
    stored = order(member, watch.watch_id)
    assert [photo.position for photo in stored] == list(range(1, 9))
    assert [photo.photo_id for photo in stored] == [
        result.result() for result in batch.results if result.exception() is None
    ]
    for photo in stored:
        assert media.find(media.photo_key(member.household_id, photo.content_hash, "thumb"))
    assert count(owner, "photo") == 8


def test_a_page_that_looks_meanwhile_sees_how_far_it_is_and_waits_for_nothing(member):
    watch = new_watch(member)
    may_go_on = threading.Event()

    def slow():
        assert may_go_on.wait(30)
        return picture("red")

    batch = uploads.start(
        member,
        watch.watch_id,
        [Upload("slow.jpg", 10, slow), upload("next.jpg", picture("blue"))],
    )
    assert (batch.is_running, batch.finished, batch.current) == (True, 0, "slow.jpg")
    assert batch.refused == []
    may_go_on.set()
    assert through(batch).added == 2


def test_a_watch_that_was_deleted_meanwhile_takes_no_photo(member, owner):
    watch = new_watch(member)
    with db.write(member) as connection:
        watches.remove(connection, member, watch.watch_id, watch.version)
    batch = through(uploads.start(member, watch.watch_id, [upload("a.jpg", picture())]))
    assert [refusal.sentence for refusal in batch.refused] == [photos.NO_WATCH]
    assert count(owner, "photo") == 0


def test_another_household_can_not_add_a_photo_here(member, other, owner):
    watch = new_watch(member)
    batch = through(uploads.start(other, watch.watch_id, [upload("a.jpg", picture())]))
    assert batch.added == 0
    assert count(owner, "photo") == 0


def test_a_fault_of_ours_has_a_number_and_does_not_stop_the_next_file(member, caplog):
    def fault():
        raise ZeroDivisionError

    watch = new_watch(member)
    batch = through(
        uploads.start(
            member, watch.watch_id, [Upload("a.jpg", 1, fault), upload("b.jpg", picture())]
        )
    )
    (refusal,) = batch.refused
    assert refusal.sentence.startswith("Something went wrong with this photo (id ")
    assert batch.refused == [refusal], "the number stays the same"
    assert "ZeroDivisionError" in caplog.text
    assert batch.added == 1


def test_more_than_fits_into_memory_is_refused_at_once_and_fits_again_later(member, monkeypatch):
    watch = new_watch(member)
    monkeypatch.setattr(uploads, "WAITING_LIMIT", 10_000)
    large = uploads.start(member, watch.watch_id, [Upload("a.jpg", 10_001, lambda: picture("red"))])
    assert [refusal.sentence for refusal in large.refused] == [uploads.TOO_MUCH]
    fits = Upload("b.jpg", 10_000, lambda: picture("red"))
    assert through(uploads.start(member, watch.watch_id, [fits])).added == 1
    again = Upload("c.jpg", 10_000, lambda: picture("blue"))
    assert through(uploads.start(member, watch.watch_id, [again])).added == 1


def test_what_waits_when_the_box_stops_is_said_to_be_missing(member, owner):
    watch = new_watch(member)
    begun, may_go_on = threading.Event(), threading.Event()

    def slow():
        begun.set()
        assert may_go_on.wait(30)
        return picture("red")

    batch = uploads.start(
        member,
        watch.watch_id,
        [Upload("slow.jpg", 10, slow), upload("waiting.jpg", picture("blue"))],
    )
    assert begun.wait(30)
    stopping = threading.Thread(target=uploads.stop)
    stopping.start()
    while not batch.results[1].cancelled():
        stopping.join(0.01)
    may_go_on.set()
    stopping.join(30)
    assert [refusal.sentence for refusal in batch.refused] == [uploads.NOT_FINISHED]
    assert batch.added == 1
    assert count(owner, "photo") == 1


def test_the_first_photo_of_a_watch_stands_for_it_in_the_list(member):
    watch = new_watch(member)
    assert watch.cover is None
    through(uploads.start(member, watch.watch_id, [upload("a.jpg", picture())]))
    (photo,) = order(member, watch.watch_id)
    with db.read(member) as connection:
        assert watches.get(connection, member, watch.watch_id).cover == photo.content_hash

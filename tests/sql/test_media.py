"""Files: whole or not at all, in a folder or a bucket; and what belongs to nothing is swept away."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import boto3
import psycopg
import pytest
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

from data import db, media, photos, start_up, sweep
from data.errors import UnavailableError
from tests.collector import add_watch
from tests.sql.test_photos import add, do, get, picture

HOME = UUID(int=7)
HASH = "ab" * 32
KEY = media.photo_key(HOME, HASH, "card")
NOW = datetime(2026, 10, 30, 3, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def bucket_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(bucket_server, monkeypatch):
    for name, value in {
        "AWS_ENDPOINT_URL": bucket_server, "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    S3FileSystem.clear_instance_cache()  # it keeps the address that it was first made for
    name = f"b{uuid4().hex}"
    boto3.client("s3").create_bucket(Bucket=name)
    monkeypatch.setenv("MEDIA_URL", f"s3://{name}/our/files")
    return name


@pytest.fixture(params=["folder", "bucket"])
def place(request):
    return request.getfixturevalue(request.param)


def there():
    return list(media.keys())


def names():
    return [stored.key for stored in there()]


def test_a_file_is_kept_found_listed_and_removed(place):
    assert media.find(KEY) is None
    assert media.look(KEY) is None
    assert names() == []
    media.put(KEY, b"one")
    media.put(KEY, b"one")
    other = media.document_key(uuid4(), HASH, "application/pdf")
    media.put(other, b"%PDF")
    assert media.find(KEY) == b"one"
    assert names() == sorted([KEY, other])
    found = next(media.keys(f"{HOME}/"))
    assert (found.key, found.size_bytes, found.household_id) == (KEY, 3, HOME)
    assert (found.content_hash, found.is_whole) == (HASH, True)
    assert abs(found.changed_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert media.look(KEY) == found
    media.remove(KEY)
    media.remove(KEY)
    assert media.find(KEY) is None
    assert names() == [other]


def test_files_of_others_in_the_same_folder_are_left_alone(folder):
    (folder / "notes.txt").write_text("mine")
    (folder / str(HOME)).mkdir()
    (folder / str(HOME) / "readme").write_text("mine")
    media.put(KEY, b"one")
    assert names() == [KEY]


@pytest.mark.parametrize(
    "key",
    [
        "", "/etc/passwd", "../x", f"{HOME}/../{HASH}-card.webp", f"{HOME}/{HASH}-card.webp/..",
        f"{HOME}/{HASH}-huge.webp", f"{HOME}/{HASH}.html", f"{HOME}/{HASH}.svg", f"x/{HASH}.pdf",
        f"{HOME}/{HASH[:-1]}.pdf", f"{HOME}/{HASH}.pdf\n", f"{str(HOME).upper()[:-1]}G/{HASH}.pdf",
    ],
)  # fmt: skip
def test_a_key_that_is_not_ours_is_no_path(folder, key):
    for attempt in (media.find, media.look, media.remove, lambda key: media.put(key, b"x")):
        with pytest.raises(ValueError, match="not the key"):
            attempt(key)
    assert list(folder.iterdir()) == []


def test_a_prefix_that_is_not_ours_lists_nothing(folder):
    with pytest.raises(ValueError, match="not a prefix"):
        next(media.keys("../"))


def test_without_a_setting_files_live_in_the_folder_of_the_instance(tmp_path, monkeypatch):
    monkeypatch.delenv("MEDIA_URL", raising=False)
    monkeypatch.setenv("WATCH_VAR", str(tmp_path))
    media.put(KEY, b"one")
    assert (tmp_path / "media" / KEY).read_bytes() == b"one"


def test_a_crash_in_the_middle_of_storing_leaves_no_broken_file(folder, monkeypatch):
    def crash(self, target):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", crash)  # the power goes before the file has its name
        media.put(KEY, b"one")
    assert media.find(KEY) is None
    assert [stored.is_whole for stored in there()] == [False]
    media.put(KEY, b"one")
    assert media.find(KEY) == b"one"


def test_a_full_disk_is_told_and_leaves_nothing(folder, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(UnavailableError):
        patched.setattr(os, "fsync", full)
        media.put(KEY, b"one")
    assert names() == []


def test_a_place_that_is_a_file_is_told(tmp_path, monkeypatch):
    (tmp_path / "media").write_text("not a folder")
    monkeypatch.setenv("MEDIA_URL", str(tmp_path / "media"))
    for attempt in (lambda: media.find(KEY), lambda: media.put(KEY, b"x")):
        with pytest.raises(UnavailableError):
            attempt()


def test_a_bucket_that_does_not_answer_is_told(bucket, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    S3FileSystem.clear_instance_cache()
    for attempt in (lambda: media.find(KEY), lambda: media.put(KEY, b"x"), names):
        with pytest.raises(UnavailableError):
            attempt()


# ── sweep ────────────────────────────────────────────────────────────────────────────────────


def make_old(folder, hours=25):
    """Let every file be that old."""
    moment = (NOW - timedelta(hours=hours)).timestamp()
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (moment, moment))


def swept(now=NOW):
    with db.maintenance() as connection:
        return sweep.sweep(connection, now)


def test_a_crash_between_the_files_and_the_row_leaves_files_that_go_after_a_day(member, folder):
    watch_id = add_watch(member)
    kept = picture()
    photos.store(member, kept)
    with pytest.raises(ZeroDivisionError), db.write(member) as connection:
        photos.add(connection, member, watch_id, kept)
        raise ZeroDivisionError  # the crash
    with db.read(member) as connection:
        assert photos.of_watch(connection, member, watch_id) == []
    make_old(folder, hours=23)
    assert swept() == 0
    assert len(names()) == 3
    make_old(folder)
    assert swept() == 3
    assert names() == []


def test_files_of_photos_stay_also_of_those_in_the_bin(member, folder):
    watch_id = add_watch(member)
    one, _ = add(member, watch_id, 1), add(member, watch_id, 2)
    do(member, photos.remove, get(member, one))
    make_old(folder)
    assert swept() == 0
    assert len(names()) == 6


def test_files_of_a_purged_photo_go(member, owner, folder):
    watch_id = add_watch(member)
    one, two = add(member, watch_id, 1), add(member, watch_id, 2)
    owner.execute("delete from photo where photo_id = %s", [one])
    make_old(folder)
    assert swept() == 3
    assert {stored.content_hash for stored in there()} == {get(member, two).content_hash}


def test_the_same_content_in_another_household_keeps_nobodys_files(member, other, owner, folder):
    add(member, add_watch(member), 1)
    one = add(other, add_watch(other), 1)
    owner.execute("delete from photo where photo_id = %s", [one])
    make_old(folder)
    assert swept() == 3
    assert {stored.household_id for stored in there()} == {member.household_id}


def test_a_documents_file_stays_while_it_has_a_row(member, owner, folder):
    watch_id = add_watch(member)
    key = media.document_key(member.household_id, HASH, "application/pdf")
    media.put(key, b"%PDF")
    owner.execute(
        "insert into document (household_id, watch_id, title, content_hash, media_type, size_bytes)"
        " values (%s, %s, 'Receipt', %s, 'application/pdf', 4)",
        [member.household_id, watch_id, HASH],
    )
    make_old(folder)
    assert swept() == 0
    owner.execute("delete from document")
    assert swept() == 1


def test_what_a_crash_left_half_stored_goes_too(member, folder):
    part = folder / f"{KEY}.{'0' * 16}.part"
    part.parent.mkdir()
    part.write_bytes(b"on")
    assert swept(datetime.now(UTC)) == 0
    make_old(folder)
    assert swept() == 1
    assert not part.exists()


def test_a_photo_added_again_after_its_purge_is_not_swept(member, folder):
    kept = picture()
    photos.store(member, kept)
    make_old(folder)
    photos.store(member, kept)  # fresh again, its row on the way
    assert swept(datetime.now(UTC)) == 0
    assert len(names()) == 3


def test_a_bucket_is_swept_too(member, bucket):
    add(member, add_watch(member), 1)
    orphan = picture(2)
    photos.store(member, orphan)
    assert swept(datetime.now(UTC)) == 0
    assert swept(datetime.now(UTC) + timedelta(hours=25)) == 3
    assert len(names()) == 3


def test_the_sweep_runs_once_a_day(member, owner, folder):
    with db.maintenance() as connection:
        assert sweep.sweep_once_a_day(connection, NOW) == 0
    with db.maintenance() as connection:
        assert sweep.sweep_once_a_day(connection, NOW + timedelta(hours=2)) is None
    with db.maintenance() as connection:
        assert sweep.sweep_once_a_day(connection, NOW + timedelta(days=1)) == 0


def test_a_sweep_that_failed_is_tried_again_the_same_day(member, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MEDIA_URL", str(tmp_path / "file" / "media"))
    with pytest.raises(UnavailableError), db.maintenance() as connection:
        media.put(KEY, b"")
        sweep.sweep_once_a_day(connection, NOW)
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))
    with db.maintenance() as connection:
        assert sweep.sweep_once_a_day(connection, NOW) == 0


def test_the_hourly_work_sweeps(member, folder):
    photos.store(member, picture())
    make_old(folder, hours=24 * 400)
    start_up.tidy()
    assert names() == []


def test_a_database_that_is_away_sweeps_nothing(folder, monkeypatch):
    media.put(KEY, b"one")
    make_old(folder)
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:9/nowhere")
    with pytest.raises((UnavailableError, psycopg.Error)):
        swept()
    assert names() == [KEY]

"""The addresses of photos: for members of the household, kept by browsers for good."""

import pytest

from app.photo_links import photo_url
from data import media, photos
from tests.asking import Browser
from tests.collector import add_watch
from tests.sql.test_photos import add, do, get


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))


@pytest.fixture
def photo(member):
    return get(member, add(member, add_watch(member), 1))


@pytest.mark.parametrize("size", ["thumb", "card", "full"])
def test_a_member_gets_a_photo_and_may_keep_it_for_good(member, photo, size):
    answer = Browser(member).get(photo_url(photo.content_hash, size))
    assert answer.status_code == 200
    assert answer.content == media.find(
        media.photo_key(member.household_id, photo.content_hash, size)
    )
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["etag"] == f'"{photo.content_hash}-{size}"'


def test_what_a_browser_has_is_not_sent_again(member, photo):
    client, url = Browser(member), photo_url(photo.content_hash, "card")
    tag = client.get(url).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(url, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "immutable" in again.headers["cache-control"]
    assert client.get(url, headers={"if-none-match": '"other"'}).status_code == 200


def test_head_says_the_same_without_the_photo(member, photo):
    client, url = Browser(member), photo_url(photo.content_hash, "card")
    head, whole = client.ask("HEAD", url), client.get(url)
    assert head.content == b""
    assert head.status_code == 200
    assert dict(head.headers) == dict(whole.headers)


def test_a_stranger_is_asked_to_sign_in(photo):
    url, tag = photo_url(photo.content_hash, "card"), f'"{photo.content_hash}-card"'
    for client in (Browser(), Browser(token="made up")):
        answer = client.get(url)
        assert (answer.status_code, answer.headers["cache-control"]) == (401, "no-store")
        assert client.get(url, headers={"if-none-match": tag}).status_code == 401


def test_another_households_photo_looks_like_one_that_does_not_exist(other, photo):
    client = Browser(other)
    tag = {"if-none-match": f'"{photo.content_hash}-card"'}
    theirs = client.get(photo_url(photo.content_hash, "card"), headers=tag)
    nowhere = client.get(
        photo_url("0" * 64, "card"), headers={"if-none-match": f'"{"0" * 64}-card"'}
    )
    assert theirs.status_code == nowhere.status_code == 404
    assert theirs.content == nowhere.content
    assert dict(theirs.headers) == dict(nowhere.headers)


@pytest.mark.parametrize(
    "path",
    [
        "/photo/x/card.webp", "/photo/{hash}/huge.webp", "/photo/{hash}/card.jpg", "/photo/{upper}/card.webp",
        "/photo/..%2f..%2fetc/card.webp", "/photo/{hash}/..%2fcard.webp", "/photo/{hash}%0a/card.webp",
    ],
)  # fmt: skip
def test_other_addresses_are_nothing(member, photo, path):
    url = path.format(hash=photo.content_hash, upper="A" * 64)
    assert Browser(member).get(url).status_code == 404


def test_only_get_and_head_are_answered(member, photo):
    url = photo_url(photo.content_hash, "card")
    assert [Browser(member).ask(how, url).status_code for how in ("POST", "PUT", "DELETE")] == [
        405
    ] * 3


def test_a_photo_in_the_bin_is_shown_and_a_purged_one_is_not(member, owner, photo):
    do(member, photos.remove, photo)
    url, client = photo_url(photo.content_hash, "thumb"), Browser(member)
    assert client.get(url).status_code == 200
    owner.execute("delete from photo")
    assert client.get(url).status_code == 404


def test_a_file_that_is_lost_is_not_found_and_a_place_that_is_away_is_told(
    member, photo, tmp_path, monkeypatch
):
    url, client = photo_url(photo.content_hash, "full"), Browser(member)
    media.remove(media.photo_key(member.household_id, photo.content_hash, "full"))
    assert client.get(url).status_code == 404
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MEDIA_URL", str(tmp_path / "file"))
    answer = client.get(url)
    assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")


def test_who_signed_out_gets_nothing(member, photo, owner):
    client = Browser(member)
    owner.execute("update session set revoked_at = now()")
    assert client.get(photo_url(photo.content_hash, "card")).status_code == 401

"""The photos of a watch: the empty state, giving files, refusals, who may only look."""

from concurrent.futures import wait
from uuid import UUID

import pytest

from app import gallery, photo_actions, uploads
from data import db, photos, pictures
from tests.pages.watch_pages import as_viewer, html, new_watch
from tests.people import again
from tests.pictures import halves, picture


@pytest.fixture(autouse=True)
def worker():
    yield
    uploads.stop()


def open_photos(open_page, member, watch):
    at = open_page("watch.py", member, id=str(watch.watch_id), tab="photos")
    assert not at.exception, at.exception
    return at


def give(at, watch, *files):
    """Give files, and wait for the worker; what the page says then in toasts."""
    at.file_uploader[0].set_value([(name, content, "image/jpeg") for name, content in files])
    return through(at, watch)


def through(at, watch):
    said = [toast.value for toast in at.run().toast]
    key = f"page.photos.batches.{watch.watch_id}"
    if key in at.session_state:
        for batch in at.session_state[key]:
            wait(batch.results, timeout=60)
        said += [toast.value for toast in at.run().toast]
    assert not at.exception, at.exception
    return said


def stored(member, watch):
    with db.read(member) as connection:
        return photos.of_watch(connection, member, watch.watch_id)


def new_photo(member, watch, colour="navy", **more):
    found = pictures.read(picture(colour))
    photos.store(member, found)
    with db.write(member) as connection:
        photo_id = photos.add(connection, member, watch.watch_id, found, **more)
        return photos.get(connection, member, photo_id)


def shown(at):
    """What the gallery in the browser is given; none: it is not on the page."""
    found = list(at.get("bidi_component"))
    return found[0].proto if found else None


def wish(do, photo=None, **more):
    known = {"id": str(photo.photo_id), "version": photo.version} if photo else {}
    return {"do": do, "number": 1} | known | more


def test_a_watch_without_photos_invites_to_add_the_first(open_page, member):
    at = open_photos(open_page, member, new_watch(member))
    assert "No photos yet" in html(at)
    assert "Add a photo" in html(at)
    assert at.file_uploader[0].label == "Add photos"
    assert [toggle.label for toggle in at.toggle] == ["Take a photo"]


def test_a_web_address_is_offered_only_where_the_box_may_fetch(open_page, member, monkeypatch):
    watch = new_watch(member)
    monkeypatch.setenv("WATCH_FETCH_PHOTOS", "1")
    at = open_photos(open_page, member, watch)
    assert [toggle.label for toggle in at.toggle] == ["Take a photo", "From a web address"]
    at.toggle[1].set_value(True).run()
    assert at.text_input(key="page.photos.address").label == "Web address of a photo"


def test_an_address_in_our_own_network_is_refused_by_name(open_page, member, monkeypatch):
    monkeypatch.setenv("WATCH_FETCH_PHOTOS", "1")
    watch = new_watch(member)
    at = open_photos(open_page, member, watch)
    at.toggle[1].set_value(True).run()
    at.text_input(key="page.photos.address").set_value("http://127.0.0.1/photo.jpg")
    next(button for button in at.button if button.label == "Fetch photo").click()
    through(at, watch)
    assert "http://127.0.0.1/photo.jpg" in html(at)
    assert "Nothing could be fetched from this address." in html(at)


def test_files_become_photos_once_however_often_the_page_runs(open_page, member):
    watch = new_watch(member)
    at = open_photos(open_page, member, watch)
    said = give(at, watch, ("one.jpg", picture("red")), ("two.jpg", picture("blue")))
    assert said == ["2\u00a0photos added."]
    at.run()
    at.run()
    found = stored(member, watch)
    assert [photo.position for photo in found] == [1, 2]
    assert not at.file_uploader[0].value
    assert f"/photo/{found[0].content_hash}/card.webp" in html(at), "as the portrait"
    assert "No photos yet" not in html(at)


def test_a_refused_file_is_named_with_the_reason_until_it_is_dismissed(open_page, member):
    watch = new_watch(member)
    at = open_photos(open_page, member, watch)
    give(at, watch, ("good.jpg", picture("red")), ("<b>bad</b>.jpg", b"%PDF-1.7"))
    assert "1\u00a0photo added, 1 not:" in html(at)
    assert "&lt;b&gt;bad&lt;/b&gt;.jpg" in html(at)
    assert "This is a PDF document." in html(at)
    next(button for button in at.button if button.label == "Dismiss").click().run()
    assert "a PDF document" not in html(at)
    assert len(stored(member, watch)) == 1


def test_a_viewer_sees_the_photos_and_no_way_to_change_them(open_page, member, owner):
    watch = new_watch(member)
    new_photo(member, watch)
    at = open_photos(open_page, as_viewer(owner, member), watch)
    assert shown(at) is not None
    assert not at.file_uploader
    assert not at.toggle
    assert '"writes":false' in shown(at).json.replace(" ", "")


def test_a_viewer_without_photos_is_not_asked_for_any(open_page, member, owner):
    watch = new_watch(member)
    at = open_photos(open_page, as_viewer(owner, member), watch)
    assert "No photos yet" in html(at)
    assert "Add a photo" not in html(at)
    assert not at.file_uploader


def test_every_role_has_a_word():
    assert set(gallery.WORDS) == set(photos.ROLES)


def test_a_viewer_who_asks_all_the_same_is_refused(member, owner):
    watch = new_watch(member)
    photo = new_photo(member, watch)
    said = photo_actions.perform(as_viewer(owner, member), watch.watch_id, wish("remove", photo))
    assert said.refused
    assert said.text == photo_actions.ONLY_LOOKING
    assert stored(member, watch) == [photo]


def test_another_households_photo_is_as_if_it_did_not_exist(member, other):
    watch = new_watch(member)
    photo = new_photo(member, watch)
    for do, more in {
        "first": {},
        "remove": {},
        "turn": {"clockwise": True},
        "change": {"role": "dial", "caption": "mine"},
    }.items():
        said = photo_actions.perform(other, watch.watch_id, wish(do, photo, **more))
        assert (said.refused, said.text) == (True, photos.NOT_HERE)
    assert stored(member, watch) == [photo]


@pytest.mark.parametrize(
    "made_up",
    [
        {},
        {"do": "drop"},
        {"do": "remove", "id": "no id", "version": 1},
        {"do": "remove", "id": str(UUID(int=1)), "version": "1"},
        {"do": "reorder", "seen": None, "wanted": 3},
        {"do": "restore", "id": [], "place": {}},
    ],
)
def test_a_wish_that_is_not_our_gallerys_is_refused_in_words(member, made_up):
    said = photo_actions.perform(member, new_watch(member).watch_id, made_up)
    assert said.refused
    assert said.text


def test_two_who_change_the_order_at_once_do_not_overwrite_each_other(member):
    watch = new_watch(member)
    one, two, three = (new_photo(member, watch, colour) for colour in ("red", "green", "blue"))
    seen = [str(photo.photo_id) for photo in (one, two, three)]
    mine = wish("reorder", seen=seen, wanted=seen[::-1])
    theirs = wish("reorder", seen=seen, wanted=[seen[1], seen[0], seen[2]])
    assert not photo_actions.perform(member, watch.watch_id, mine).refused
    late = photo_actions.perform(member, watch.watch_id, theirs)
    assert (late.refused, late.text) == (True, photos.REORDERED)
    assert [str(photo.photo_id) for photo in stored(member, watch)] == seen[::-1]


def test_a_caption_written_over_a_newer_one_is_a_conflict(member):
    watch = new_watch(member)
    photo = new_photo(member, watch)
    first = photo_actions.perform(
        member, watch.watch_id, wish("change", photo, role="dial", caption="First")
    )
    assert not first.refused
    late = photo_actions.perform(
        member, watch.watch_id, wish("change", photo, role="dial", caption="Late")
    )
    assert (late.refused, late.text) == (True, photos.CHANGED)
    assert [p.caption for p in stored(member, watch)] == ["First"]


def test_a_deleted_photo_comes_back_to_where_it_stood(member):
    watch = new_watch(member)
    kept = [new_photo(member, watch, colour) for colour in ("red", "green", "blue")]
    said = photo_actions.perform(member, watch.watch_id, wish("remove", kept[0]))
    assert (said.text, said.undo, said.place) == ("Photo deleted.", kept[0].photo_id, 1)
    assert [p.photo_id for p in stored(member, watch)] == [p.photo_id for p in kept[1:]]
    back = wish("restore", id=str(said.undo), place=said.place)
    assert not photo_actions.perform(member, watch.watch_id, back).refused
    assert [p.photo_id for p in stored(member, watch)] == [p.photo_id for p in kept]


def test_a_turn_changes_the_picture_and_its_address(member):
    watch = new_watch(member)
    found = pictures.read(halves("red", "blue"))
    photos.store(member, found)
    with db.write(member) as connection:
        photos.add(connection, member, watch.watch_id, found)
    (photo,) = stored(member, watch)
    said = photo_actions.perform(member, watch.watch_id, wish("turn", photo, clockwise=True))
    assert not said.refused, said
    (turned,) = stored(member, watch)
    assert (turned.width_px, turned.height_px) == (480, 640)
    assert turned.content_hash != photo.content_hash
    assert turned.photo_id == photo.photo_id


def test_photos_show_in_the_lists_and_lists_without_photos_keep_their_shape(open_page, member):
    watch = new_watch(member)
    at = open_page("watches.py", member, view="table")
    assert '<div class="cb-with-photo">' not in html(at)
    photo = new_photo(member, watch)
    for view, size in {"grid": "card", "table": "thumb"}.items():
        at = open_page("watches.py", again(member), view=view)
        assert f"/photo/{photo.content_hash}/{size}.webp" in html(at)
    at = open_page("watches.py", again(member), view="values")
    label = at.text_input(key=f"page.values.{watch.watch_id}").label
    assert label.startswith(f"![](/photo/{photo.content_hash}/thumb.webp) Rolex Submariner")

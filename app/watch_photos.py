"""The photos of a watch: the gallery, and the ways in: files, the camera, a web address."""

from functools import partial
from uuid import UUID

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app import format as say
from app import gallery, session, ui, uploads
from app.cache import cached
from app.language import _, ngettext
from app.uploads import LIMIT, MB, Batch, Upload
from app.watch_values import Worth
from data import fetching, photos

TYPES = ["jpg", "jpeg", "png", "gif", "webp", "avif", "heic", "heif"]
EVERY = 0.7  # seconds between two looks at what is under way
ADDRESS = "photos.address"


def tab(worth: Worth) -> None:
    """The photos in their order, and how to add more."""
    watch, writes = worth.watch, session.member().role != "viewer"
    shown = cached(photos.of_watch, watch.watch_id)
    if not shown and writes:
        ui.empty(
            _("No photos yet"),
            _("Add some from this device or take one. The first stands for the watch everywhere."),
        )
    elif not shown:
        ui.empty(_("No photos yet"), _("Who may edit can add some here."))
    gallery.show(watch, shown, writes=writes)
    if writes:
        _progress(watch.watch_id)
        _ways_in(watch.watch_id)


def _ways_in(watch_id: UUID) -> None:
    """Files first; the camera and a web address open on demand."""
    files = f"photos.files.{watch_id}.{_round(watch_id)}"
    st.file_uploader(
        _("Add photos"),
        TYPES,
        accept_multiple_files=True,
        key=f"page.{files}",
        max_upload_size=LIMIT // MB,
        on_change=_take,
        args=(watch_id, files),
    )
    from_web = fetching.allowed()
    with st.container(horizontal=True, key="photo_ways"):
        camera = st.toggle(_("Take a photo"), key=f"page.photos.camera.{watch_id}")
        web = from_web and st.toggle(_("From a web address"), key=f"page.photos.web.{watch_id}")
    if camera:
        shot = f"photos.shot.{watch_id}.{_round(watch_id)}"
        st.camera_input(
            _("Camera"),
            key=f"page.{shot}",
            on_change=_take,
            args=(watch_id, shot),
            resolution="1080p",
            width=640,
        )
    if web:
        _web_address(watch_id)


def _web_address(watch_id: UUID) -> None:
    with (
        st.form("photo_address", clear_on_submit=False, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            _("Web address of a photo"), key=f"page.{ADDRESS}", placeholder="https://", width=480
        )
        st.form_submit_button(_("Fetch photo"), on_click=_fetch, args=(watch_id,))


def _round(watch_id: UUID) -> int:
    """Counts what was given so far: a new key empties the field of what it held."""
    return session.get(f"photos.round.{watch_id}", 0)


def _take(watch_id: UUID, field: str) -> None:
    """Hand what the field holds to the worker, and empty the field, so that it counts once."""
    given = session.get(field, None)
    files: list[UploadedFile] = given if isinstance(given, list) else [given] if given else []
    session.put(f"photos.round.{watch_id}", _round(watch_id) + 1)
    _begin(watch_id, [Upload(file.name, file.size, file.getvalue) for file in files])


def _fetch(watch_id: UUID) -> None:
    address = session.get(ADDRESS, "").strip()
    if address and fetching.allowed():
        session.put(ADDRESS, "")
        _begin(watch_id, [Upload(address, LIMIT, partial(fetching.fetch_photo, address))])


def _begin(watch_id: UUID, files: list[Upload]) -> None:
    member = session.member()
    if not files or member.role == "viewer":
        return
    batches = [batch for batch in _batches(watch_id) if batch.is_running]
    session.put(_key(watch_id), [*batches, uploads.start(member, watch_id, files)])


def _batches(watch_id: UUID) -> list[Batch]:
    """What was given here last; and before that, as long as it is under way."""
    return session.get(_key(watch_id), [])


def _key(watch_id: UUID) -> str:
    return f"photos.batches.{watch_id}"


def _progress(watch_id: UUID) -> None:
    """How far the photos on their way are; looks again by itself while there are any."""
    batches = _batches(watch_id)
    if any(batch.is_running for batch in batches):
        st.fragment(_watch_them, run_every=EVERY)(watch_id, _finished(watch_id))
    elif batches:
        _outcome(watch_id, batches)


def _finished(watch_id: UUID) -> int:
    return sum(batch.finished for batch in _batches(watch_id))


def _watch_them(watch_id: UUID, seen: int) -> None:
    """The bar; each photo that arrives shows in the gallery at once."""
    batches = _batches(watch_id)
    finished = _finished(watch_id)
    every = sum(len(batch.results) for batch in batches)
    if finished != seen:
        st.rerun()
    current = next((batch.current for batch in batches if batch.is_running), "")
    text = _("{number} of {photos}", number=finished, photos=say.count(every, "photo", "photos"))
    st.progress(finished / every, text=f"{text} · {ui.plain(current)}")


def _outcome(watch_id: UUID, batches: list[Batch]) -> None:
    """What became of it: how many are here now, and a sentence for each that is not."""
    added = sum(batch.added for batch in batches)
    here = say.count(added, "photo", "photos")
    refused = [refusal for batch in batches for refusal in batch.refused]
    if not refused:
        session.drop(_key(watch_id))
        st.toast(ngettext("{photos} added.", "{photos} added.", added, photos=here))
        return
    with st.container(key="photo_outcome"):
        ui.refusals(
            _("{photos} added, {number} not:", photos=here, number=len(refused))
            if added
            else _("Not added:"),
            [(refusal.name, refusal.sentence) for refusal in refused],
        )
        st.button(_("Dismiss"), on_click=session.drop, args=(_key(watch_id),))

"""Photos that come before their watch: kept with the form, stored once the watch is added."""

from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app import format as say
from app import rate_limits, session, ui
from app.language import _
from app.uploads import LIMIT, MB
from app.watch_photos import TYPES
from data import photos, pictures
from data.errors import AppError, RefusedError
from data.pictures import Picture

PREVIEW = 96  # px


@dataclass(frozen=True)
class Draft:
    """A file that was given: a picture, or the reason why it is none."""

    key: str
    name: str
    picture: Picture | None
    refused: str = ""


def start(form: str) -> None:
    """Files and the camera, and what was given so far as small pictures."""
    if not session.is_shown(f"{form}.model"):
        forget(form)
    with st.container(key="photo_first"):
        with st.container(horizontal=True, vertical_alignment="bottom", key="photo_first_row"):
            files = st.file_uploader(
                _("Start with a photo"),
                TYPES,
                accept_multiple_files=True,
                key=f"page.{form}.photos",
                max_upload_size=LIMIT // MB,
            )
            camera = st.toggle(_("Take a photo"), key=f"page.{form}.camera_on")
        if camera:
            key = f"page.{_camera(form)}"
            shot = st.camera_input(_("Camera"), key=key, resolution="1080p", width=480)
            if shot is not None:
                _take(form, shot)
        _look_at(form, files)
        _previews(form)


def store(form: str, watch_id: UUID) -> list[str]:
    """Give the new watch its photos, in their order; returns what went wrong, in sentences."""
    member, problems = session.member(), []
    for draft in _unique(_given(form)):
        try:
            photos.store(member, draft)
            with session.write() as db:
                photos.add(db, member, watch_id, draft)
        except AppError as error:
            problems.append(str(error))
    forget(form)
    return list(dict.fromkeys(problems))


def forget(form: str) -> None:
    """No photos are waiting any more."""
    for name in (_files(form), _shots(form)):
        session.drop(name)


def _take(form: str, shot: UploadedFile) -> NoReturn:
    """Keep what the camera took, and make it ready for the next one."""
    taken = _of(_shots(form))
    if shot.file_id not in {draft.key for draft in taken}:
        session.put(_shots(form), [*taken, _read(shot.file_id, _("Photo"), shot.getvalue())])
    session.put(f"{form}.round", session.get(f"{form}.round", 0) + 1)
    st.rerun()


def _look_at(form: str, files: list[UploadedFile]) -> None:
    """Read the files that are new; those that were taken out of the field are forgotten."""
    known = {draft.key: draft for draft in _of(_files(form))}
    kept = []
    for file in files:
        draft = known.get(file.file_id)
        if draft is None:
            with st.spinner(_("Looking at the photo …")):
                draft = _read(file.file_id, file.name, file.getvalue())
        kept.append(draft)
        session.put(_files(form), [*kept])
    session.put(_files(form), kept)


def _read(key: str, name: str, content: bytes) -> Draft:
    try:
        rate_limits.check("upload", str(session.member().user_id))
        return Draft(key, name, pictures.read(content))
    except RefusedError as error:
        return Draft(key, name, None, str(error))


def _previews(form: str) -> None:
    given = _given(form)
    shown = [draft.picture.files["thumb"] for draft in given if draft.picture]
    if shown:
        names = [_("Photo {number}", number=number) for number in range(1, len(shown) + 1)]
        st.image(shown, width=PREVIEW, alt=names)
        st.caption(
            _(
                "{photos} for this watch; the first stands for it.",
                photos=say.count(len(shown), "photo", "photos"),
            )
        )
    if _of(_shots(form)):
        st.button(_("Remove the last one taken"), on_click=_drop_last, args=(form,))
    if refused := [(draft.name, draft.refused) for draft in given if draft.refused]:
        ui.refusals(_("Not a photo, and left out:"), refused)


def _drop_last(form: str) -> None:
    session.put(_shots(form), _of(_shots(form))[:-1])


def _given(form: str) -> list[Draft]:
    return _of(_files(form)) + _of(_shots(form))


def _of(name: str) -> list[Draft]:
    nothing: list[Draft] = []
    return session.get(name, nothing)


def _unique(given: list[Draft]) -> list[Picture]:
    """The same photo twice is stored once."""
    found = {draft.picture.content_hash: draft.picture for draft in given if draft.picture}
    return list(found.values())


def _files(form: str) -> str:
    return f"{form}.photos.files"


def _shots(form: str) -> str:
    return f"{form}.photos.shots"


def _camera(form: str) -> str:
    return f"{form}.camera.{session.get(f'{form}.round', 0)}"

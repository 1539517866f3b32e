"""The gallery of a watch: thumbnails to put in order, and a viewer over the whole screen.

The browser's part is app/assets/gallery.js; what a person wishes there comes back as a trigger
and is done by app/photo_actions.py, before the page runs again.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import streamlit as st

from app import photo_actions, session
from app.language import N_, _, pgettext
from app.photo_actions import Said
from app.photo_links import photo_url
from data import photos
from data.photos import Photo
from data.watches import Watch

JS = Path(__file__).parent / "assets" / "gallery.js"
WORDS = {
    "dial": N_("Dial"),
    "case_back": N_("Case back"),
    "serial": N_("Serial number"),
    "clasp": N_("Clasp"),
    "papers": N_("Papers"),
    "wrist": N_("On the wrist"),
    "other": N_("Other"),
}

# Registered once, at import. Without a shadow root, so that gallery.css and our colours apply.
_gallery = st.components.v2.component(
    "photo_gallery", js=JS.read_text("utf-8"), isolate_styles=False
)


def show(watch: Watch, shown: Sequence[Photo], *, writes: bool) -> None:
    """The photos in their order; a notice with "Undo" stays even after the last one is deleted."""
    done, said = session.get(_said(watch.watch_id), (0, Said()))
    if not shown and not said.text:
        return
    _gallery(
        key=f"page.{_key(watch.watch_id)}",
        data={
            "title": watch.title,
            "photos": [_told(photo) for photo in shown],
            "roles": [[role, _(WORDS[role])] for role in photos.ROLES],
            "words": _words(),
            "writes": writes,
            "done": done,
            "said": {
                "text": said.text,
                "refused": said.refused,
                "undo": str(said.undo) if said.undo else None,
                "place": said.place,
            },
        },
        on_act_change=lambda: _act(watch.watch_id),
    )


def _words() -> dict[str, str]:
    """What the browser's part says by itself."""
    return {
        "undo": _("Undo"),
        "byMouse": _(
            "Drag to change the order, or hold Alt and press an arrow key. "
            "The first is the main photo."
        ),
        "byTouch": _("Hold a photo and drag it to change the order. The first is the main photo."),
        "main": _("Main photo"),
        "place": _("Photo {number} of {many}"),
        "mainInText": pgettext("in a list", "main photo"),
        "of": _("{number} of {many}"),
        "close": _("Close"),
        "before": _("Previous photo"),
        "after": _("Next photo"),
        "photos": _("Photos"),
        "addCaption": _("Add a caption"),
        "caption": _("Caption"),
        "shows": _("What it shows"),
        "makeMain": _("Set as main photo"),
        "isMain": _("This is the main photo"),
        "makeMainShort": _("Set as main"),
        "turnLeft": _("Rotate left"),
        "left": pgettext("rotate", "Left"),
        "turnRight": _("Rotate right"),
        "right": pgettext("rotate", "Right"),
        "remove": _("Delete photo"),
        "removeShort": _("Delete"),
    }


def _act(watch_id: UUID) -> None:
    """A wish of the browser; its number goes back, so that the next one is sent."""
    wish = getattr(session.get(_key(watch_id), None), "act", None)
    if not isinstance(wish, dict) or not isinstance(wish.get("number"), int):
        return
    said = photo_actions.perform(session.member(), watch_id, wish)
    session.put(_said(watch_id), (wish["number"], said))


def _told(photo: Photo) -> dict[str, Any]:
    """A photo as the browser needs it."""
    return {
        "id": str(photo.photo_id),
        "version": photo.version,
        "card": photo_url(photo.content_hash, "card"),
        "full": photo_url(photo.content_hash, "full"),
        "width": photo.width_px,
        "height": photo.height_px,
        "role": photo.role,
        "word": "" if photo.role == "other" else _(WORDS[photo.role]),
        "caption": photo.caption or "",
    }


def _key(watch_id: UUID) -> str:
    return f"gallery.{watch_id}"


def _said(watch_id: UUID) -> str:
    return f"gallery.{watch_id}.said"

"""What a member can do with the photos of a watch, as the gallery in the browser asks for it.

What comes from a browser is only text: every id is looked up in the member's own household, and
the version a person saw decides whether a change still fits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.language import N_, _
from data import db, media, photos, pictures
from data.accounts import Member
from data.errors import AppError, NotFoundError, RefusedError
from data.photos import Photo

ONLY_LOOKING = N_("You can look at these photos, but not change them.")
NOT_UNDERSTOOD = N_("This could not be done. Reload the page and try again.")
Wish = Mapping[str, Any]  # {"do": "turn", "id": …, "version": …, "clockwise": true}


@dataclass(frozen=True)
class Said:
    """What became of a wish, in words; ``undo`` is the photo that can be had back."""

    text: str = ""
    refused: bool = False
    undo: UUID | None = None
    place: int | None = None  # where it stood, from 1


def perform(member: Member, watch_id: UUID, wish: Wish) -> Said:
    """Do it, or say why not; what somebody else did meanwhile is never written over."""
    if member.role == "viewer":
        return Said(_(ONLY_LOOKING), refused=True)
    try:
        act = ACTS[str(wish.get("do"))]
        return act(member, watch_id, wish)
    except AppError as error:
        return Said(_(str(error)), refused=True)
    except (KeyError, TypeError, ValueError):  # not from our own gallery
        return Said(_(NOT_UNDERSTOOD), refused=True)


def _reorder(member: Member, watch_id: UUID, wish: Wish) -> Said:
    seen, wanted = ([UUID(one) for one in wish[name]] for name in ("seen", "wanted"))
    with db.write(member) as connection:
        photos.reorder(connection, member, watch_id, seen, wanted)
    return Said()


def _first(member: Member, _watch_id: UUID, wish: Wish) -> Said:
    seen = _seen(member, wish)
    with db.write(member) as connection:
        photos.make_first(connection, member, seen)
    return Said(_("This is the main photo now."))


def _change(member: Member, _watch_id: UUID, wish: Wish) -> Said:
    seen, caption = _seen(member, wish), str(wish["caption"]).strip() or None
    with db.write(member) as connection:
        photos.change(connection, member, seen, str(wish["role"]), caption)
    return Said(_("Saved."))


def _turn(member: Member, _watch_id: UUID, wish: Wish) -> Said:
    """A quarter turn; the picture is made anew before the transaction begins."""
    seen = _seen(member, wish)
    full = media.find(media.photo_key(member.household_id, seen.content_hash, "full"))
    if full is None:
        raise NotFoundError(N_("The file of this photo is not here any more."))
    picture = pictures.turned(full, clockwise=bool(wish["clockwise"]))
    photos.store(member, picture)
    with db.write(member) as connection:
        photos.turn(connection, member, seen, picture)
    return Said()


def _remove(member: Member, _watch_id: UUID, wish: Wish) -> Said:
    seen = _seen(member, wish)
    with db.write(member) as connection:
        photos.remove(connection, member, seen)
    return Said(_("Photo deleted."), undo=seen.photo_id, place=seen.position)


def _restore(member: Member, watch_id: UUID, wish: Wish) -> Said:
    """Out of the bin, and to where it stood."""
    photo_id, place = UUID(str(wish["id"])), wish["place"]
    with db.write(member) as connection:
        photos.restore(connection, member, photo_id)
        now = [photo.photo_id for photo in photos.of_watch(connection, member, watch_id)]
        wanted = [one for one in now if one != photo_id]
        wanted.insert(int(place) - 1, photo_id)
        photos.reorder(connection, member, watch_id, now, wanted)
    return Said(_("The photo is back."))


def _seen(member: Member, wish: Wish) -> Photo:
    """The photo as the person saw it: a newer version in the database is a conflict."""
    photo_id, version = UUID(str(wish["id"])), wish["version"]
    if not isinstance(version, int):
        raise RefusedError({"photo": NOT_UNDERSTOOD})
    with db.read(member) as connection:
        return replace(photos.get(connection, member, photo_id), version=version)


ACTS: dict[str, Callable[[Member, UUID, Wish], Said]] = {
    "reorder": _reorder,
    "first": _first,
    "change": _change,
    "turn": _turn,
    "remove": _remove,
    "restore": _restore,
}

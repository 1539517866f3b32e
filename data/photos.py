"""The photos of a watch: an order made by hand, of which the first stands for the watch.

There is no "primary" flag that could be set twice or not at all: the first is it. Whoever changes
photos of a watch holds the lock on the watch's row meanwhile, so two cannot block each other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import media, queries
from data.accounts import Member
from data.errors import ConflictError, NotFoundError, RefusedError
from data.media import photo_key
from data.pictures import Picture
from data.said import said
from data.typed import cleaned

ROLES = ("dial", "case_back", "serial", "clasp", "papers", "wrist", "other")
MOST = 100  # photos of a watch
CAPTION_LIMIT = 300  # characters
NOT_HERE = said("This photo is not in your collection.")
NO_WATCH = said("This watch is not in your collection any more, or in the bin.")
CHANGED = said("Someone else changed this photo meanwhile. Look at it again.")
REORDERED = said("Someone else changed these photos meanwhile. Look at them again.")


@dataclass(frozen=True)
class Photo:
    """A photo of a watch; its files are found by its hash (``app/photo_links.py``)."""

    photo_id: UUID
    watch_id: UUID
    content_hash: str
    width_px: int  # of the full size
    height_px: int
    size_bytes: int  # of all its files
    role: str  # one of ROLES
    caption: str | None
    position: int | None  # from 1; None: in the bin
    version: int
    added_at: datetime


def of_watch(db: Connection, member: Member, watch_id: UUID) -> list[Photo]:
    """The photos of a watch in order; the first stands for it."""
    return queries.many(
        db, Photo, "photo_list", household_id=member.household_id, watch_id=watch_id
    )


def get(db: Connection, member: Member, photo_id: UUID) -> Photo:
    """One photo, also one in the bin (no ``position``).

    Raises:
        NotFoundError: no such photo in this household.
    """
    keys = {"household_id": member.household_id, "photo_id": photo_id}
    found = queries.first(db, Photo, "photo_get", **keys)
    if found is None:
        raise NotFoundError(NOT_HERE)
    return found


def store(member: Member, picture: Picture) -> None:
    """Keep the files of a picture, before its row: outside of a transaction, then ``add``.

    Also when ``is_here``: it makes the files fresh ones, which no sweep takes.

    Raises:
        UnavailableError: the place for files does not answer.
    """
    for size, content in picture.files.items():
        media.put(photo_key(member.household_id, picture.content_hash, size), content)


def add(
    db: Connection,
    member: Member,
    watch_id: UUID,
    picture: Picture,
    role: str = "other",
    caption: str | None = None,
) -> UUID:
    """Put a stored picture at the end of a watch's photos; returns its id.

    Raises:
        NotFoundError: the watch is gone, or in the bin.
        RefusedError: the watch has this photo already, or too many; or its caption is too long.
    """
    _lock(db, member, watch_id)
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    if cast("int", queries.value(db, "photo_count", **keys)) >= MOST:
        raise RefusedError({"photo": said("A watch has up to {limit} photos.", limit=MOST)})
    words = {"role": role, "caption": _caption(caption)}
    return cast("UUID", queries.value(db, "photo_insert", **keys, **words, **_of_picture(picture)))


def reorder(
    db: Connection, member: Member, watch_id: UUID, seen: list[UUID], wanted: list[UUID]
) -> None:
    """Put a watch's photos into another order. ``seen``: the order that was on the screen.

    Raises:
        NotFoundError: the watch is gone, or in the bin.
        ConflictError: its photos are not in that order any more.
    """
    if sorted(seen) != sorted(wanted):
        raise ValueError("the same photos, in another order")
    _lock(db, member, watch_id)
    if _order(db, member, watch_id) != seen:
        raise ConflictError(REORDERED)
    queries.do(db, "photo_reorder", household_id=member.household_id, photo_ids=wanted)


def make_first(db: Connection, member: Member, photo: Photo) -> None:
    """Let a photo stand for its watch; the others keep their order.

    Raises:
        NotFoundError: the photo is gone, or in the bin; or its watch is.
    """
    _lock(db, member, photo.watch_id)
    order = _order(db, member, photo.watch_id)
    if photo.photo_id not in order:
        raise NotFoundError(NOT_HERE)
    order.remove(photo.photo_id)
    wanted = [photo.photo_id, *order]
    queries.do(db, "photo_reorder", household_id=member.household_id, photo_ids=wanted)


def change(db: Connection, member: Member, photo: Photo, role: str, caption: str | None) -> None:
    """Say what a photo shows, if it is still as ``photo``.

    Raises:
        RefusedError: the caption is too long, or (when ``write()`` ends) the role is unknown.
        NotFoundError: it is gone, or in the bin.
        ConflictError: someone else changed it meanwhile.
    """
    words = {"role": role, "caption": _caption(caption)}
    _lock(db, member, photo.watch_id)
    _still(db, member, photo, queries.value(db, "photo_update", **_keys(member, photo), **words))


def turn(db: Connection, member: Member, photo: Photo, picture: Picture) -> None:
    """Replace the pixels of a photo by a stored picture, if it is still as ``photo``.

    Raises:
        NotFoundError: it is gone, or in the bin.
        ConflictError: someone else changed it meanwhile.
    """
    _lock(db, member, photo.watch_id)
    found = queries.value(db, "photo_turn", **_keys(member, photo), **_of_picture(picture))
    _still(db, member, photo, found)


def remove(db: Connection, member: Member, photo: Photo) -> None:
    """Put a photo into the bin, if it is still as ``photo``; the next ones move up.

    Raises:
        NotFoundError: it is gone, or in the bin already; or its watch is.
        ConflictError: someone else changed it meanwhile.
    """
    _lock(db, member, photo.watch_id)
    _still(db, member, photo, queries.value(db, "photo_to_bin", **_keys(member, photo)))
    queries.do(db, "photo_close_up", household_id=member.household_id, watch_id=photo.watch_id)


def restore(db: Connection, member: Member, photo_id: UUID) -> None:
    """Take a photo out of the bin, to the end of its watch's photos.

    Raises:
        NotFoundError: it is not in the bin; or its watch is gone, or in the bin itself.
        RefusedError: the watch has as many photos as it may, or (when ``write()`` ends) this one.
    """
    photo = get(db, member, photo_id)
    _lock(db, member, photo.watch_id)
    keys = {"household_id": member.household_id, "watch_id": photo.watch_id}
    if cast("int", queries.value(db, "photo_count", **keys)) >= MOST:
        raise RefusedError({"photo": said("A watch has up to {limit} photos.", limit=MOST)})
    if queries.value(db, "photo_from_bin", **keys, photo_id=photo_id) is None:
        raise NotFoundError(said("This photo is not in the bin."))


def is_here(db: Connection, member: Member, content_hash: str) -> bool:
    """Whether any watch of the household has a photo of this content, in the bin or not."""
    keys = {"household_id": member.household_id, "content_hash": content_hash}
    return cast("bool", queries.value(db, "photo_is_here", **keys))


def purge(db: Connection) -> int:
    """Remove for good what has been in a bin for 30 days; returns how many (maintenance)."""
    return queries.do(db, "photo_purge")


def _lock(db: Connection, member: Member, watch_id: UUID) -> None:
    keys = {"household_id": member.household_id, "watch_id": watch_id}
    if queries.value(db, "photo_watch_lock", **keys) is None:
        raise NotFoundError(NO_WATCH)


def _order(db: Connection, member: Member, watch_id: UUID) -> list[UUID]:
    return [photo.photo_id for photo in of_watch(db, member, watch_id)]


def _still(db: Connection, member: Member, photo: Photo, found: object) -> None:
    if found is None:
        if get(db, member, photo.photo_id).position is None:
            raise NotFoundError(said("Someone put this photo into the bin meanwhile."))
        raise ConflictError(CHANGED)


def _keys(member: Member, photo: Photo) -> dict[str, object]:
    return {
        "household_id": member.household_id,
        "photo_id": photo.photo_id,
        "version": photo.version,
    }


def _of_picture(picture: Picture) -> dict[str, object]:
    return {
        "content_hash": picture.content_hash,
        "width_px": picture.width_px,
        "height_px": picture.height_px,
        "size_bytes": picture.size_bytes,
    }


def _caption(typed: str | None) -> str | None:
    caption = cleaned(typed)
    if len(caption or "") > CAPTION_LIMIT:
        raise RefusedError(
            {"caption": said("A caption has up to {limit} characters.", limit=CAPTION_LIMIT)}
        )
    return caption

"""Addresses of photos. They hold the hash of the content: a browser may keep them for good."""

from typing import Literal

Size = Literal["thumb", "card", "full"]


def photo_url(content_hash: str | None, size: Size) -> str | None:
    """Where a photo is served in that size; None: there is none."""
    return None if content_hash is None else f"/photo/{content_hash}/{size}.webp"

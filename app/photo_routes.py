"""``/photo/…``: the files of a household's photos, to its members only.

The address holds the hash of the content, so a browser may keep what it got for good.
"""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app import routes
from app.language import N_, _
from data import media, photos
from data.db import read
from data.errors import UnavailableError

HASH = re.compile(r"[0-9a-f]{64}")
SIZES: tuple[media.Size, ...] = ("thumb", "card", "full")
KEPT = {"cache-control": "private, max-age=31536000, immutable"}
NOTHING = N_("There is nothing here.")


async def photo(request: Request) -> Response:
    """A photo as WebP; 401 for a stranger, 404 for what is not this household's, or is nowhere."""
    return await run_in_threadpool(_photo, request)


def _photo(request: Request) -> Response:
    try:
        member = routes.find_member(request)
        routes.use_reader(request, member)
        if member is None:
            return PlainTextResponse(_("Sign in first."), 401, headers=routes.NOT_STORED)
        asked, name = request.path_params["content_hash"], request.path_params["size"]
        size = next((one for one in SIZES if one == name), None)
        if size is None or not HASH.fullmatch(asked):
            return PlainTextResponse(_(NOTHING), 404, headers=routes.NOT_STORED)
        with read(member) as db:
            is_ours = photos.is_here(db, member, asked)
        headers = KEPT | {"etag": f'"{asked}-{size}"', "x-content-type-options": "nosniff"}
        if is_ours and headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        content = is_ours and media.find(media.photo_key(member.household_id, asked, size))
    except UnavailableError as error:
        return PlainTextResponse(_(str(error)), 503, headers=routes.NOT_STORED)
    if not content:
        return PlainTextResponse(_(NOTHING), 404, headers=routes.NOT_STORED)
    return Response(content, media_type="image/webp", headers=headers)


ROUTES: list[BaseRoute] = [
    Route("/photo/{content_hash}/{size}.webp", photo, methods=["GET", "HEAD"]),
]

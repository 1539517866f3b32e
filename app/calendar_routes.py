"""``/calendar/{token}.ics``: a member's due dates for their calendar, by an address only they have.

Nobody is signed in here: the token says whose calendar it is, and the rows are read on behalf of
that member. Whatever leads nowhere (unknown, switched off, a disabled account) is answered alike.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app import calendar_text, language, rate_limits, routes
from app.authenticator import digest
from app.language import _
from data import calendar_feed, mail
from data.db import read
from data.errors import UnavailableError

PATH = "/calendar/{token}.ics"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
HEADERS = {
    "cache-control": "private, max-age=3600",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive",
}
NEVER_KEPT = HEADERS | {"cache-control": "no-store"}


async def feed(request: Request) -> Response:
    """The calendar, as a file that subscribes."""
    routes.use_reader(request, None)
    return await run_in_threadpool(_feed, request)


async def nothing(request: Request) -> Response:
    """The same answer for everything that leads nowhere."""
    routes.use_reader(request, None)
    return _nothing()


def _feed(request: Request) -> Response:
    token, now = request.path_params["token"], datetime.now(UTC)
    if not TOKEN.fullmatch(token):
        return _nothing()
    try:
        with read(None) as db:
            reader = calendar_feed.find(db, digest(token))
        if reader is None:
            return _nothing()
        if not rate_limits.take("calendar", digest(token).hex(), routes.visitor(request).network):
            return PlainTextResponse(_("Ask again in an hour."), 429, headers=NEVER_KEPT)
        with read(reader) as db:
            found = calendar_feed.dates(db, reader, now.astimezone(_zone(reader)).date())
    except UnavailableError as error:
        return PlainTextResponse(_(str(error)), 503, headers=NEVER_KEPT)
    with language.used(language.reader_of(reader.language, reader.number_format)):
        content = calendar_text.calendar(found, reader.household, now, mail.site())
    headers = HEADERS | {"content-disposition": 'inline; filename="caseback.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _zone(reader: calendar_feed.Reader) -> ZoneInfo:
    try:
        return ZoneInfo(reader.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _nothing() -> Response:
    return PlainTextResponse(_("There is nothing here."), 404, headers=NEVER_KEPT)


ROUTES: list[BaseRoute] = [
    Route(PATH, feed, methods=["GET"]),
    Route("/calendar/{rest:path}", nothing),
]

"""``/share/{token}``: what a link shows to somebody without an account, and its photos and papers.

Whatever does not work (unknown, expired, revoked, nothing left of it) is answered alike. Nothing
here knows who is signed in: a link shows the same to everybody.
"""

import hmac
import logging
import re
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qs
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from app import language, rate_limits, routes, share_markup, share_page
from app.auth import browser_name
from app.authenticator import digest, is_password
from app.document_routes import CONFINED, attachment
from app.language import N_, _
from app.photo_routes import HASH, SIZES
from data import media, share_links, shared
from data.db import read, write
from data.errors import NotFoundError, UnavailableError
from data.share_links import Opened

log = logging.getLogger(__name__)
PATH = "/share/{token}"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
NUMBER = re.compile(r"[1-9][0-9]{0,5}")
PROOF, VISIT = "share_password", "share_visit"  # cookies, sent to this link's addresses alone
VISIT_SECONDS, PROOF_SECONDS = 30 * 60, 24 * 3600
LARGEST_FORM = 2_000  # bytes
WRONG = N_("This is not the password.")
TOO_MANY = N_("Too many passwords were tried. Try again in a quarter of an hour.")
HEADERS = {
    "cache-control": "no-store",
    "vary": "Accept-Language",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
FILE = {"cache-control": "public, max-age=31536000, immutable", "x-robots-tag": "noindex"}


async def page(request: Request) -> Response:
    """The page of a link, or the form for its password."""
    _greet(request)
    return await run_in_threadpool(_page, request)


async def unlock(request: Request) -> Response:
    """Take a typed password; the right one is remembered in a cookie for this link."""
    _greet(request)
    return await run_in_threadpool(_unlock, request, await _typed(request))


async def photo(request: Request) -> Response:
    """A photo that the link shows, as WebP."""
    _greet(request)
    return await run_in_threadpool(_photo, request)


async def document(request: Request) -> Response:
    """A document that the link shows, as a download."""
    _greet(request)
    return await run_in_threadpool(_document, request)


async def nothing(request: Request) -> Response:
    """The same page for everything that does not work."""
    _greet(request)
    return _nothing()


async def style(unused: Request) -> Response:  # noqa: ARG001
    """The look of these pages; its address changes with it."""
    return PlainTextResponse(share_markup.CSS, media_type="text/css", headers=FILE)


async def icon(unused: Request) -> Response:  # noqa: ARG001
    """The icon of the tab."""
    return PlainTextResponse(share_markup.ICON, media_type="image/svg+xml", headers=FILE)


async def dial(unused: Request) -> Response:  # noqa: ARG001
    """What stands for a watch without a photo."""
    return PlainTextResponse(share_markup.DIAL, media_type="image/svg+xml", headers=FILE)


def _greet(request: Request) -> None:
    """Write in the language that the visitor's browser asks for."""
    accepted = request.headers.get("accept-language", "")
    language.use(language.reader_of(None, None, accepted))


def _page(request: Request) -> Response:
    try:
        link = _find(request)
        if link is None:
            return _nothing()
        if not _is_open(request, link):
            return _html(share_markup.ask(""))
        asked = request.query_params.get("page", "")
        number = int(asked) if NUMBER.fullmatch(asked) else 1
        with read(link) as db:
            found = shared.page(
                db,
                link,
                datetime.now(UTC).date(),
                share_page.PER_PAGE,
                (number - 1) * share_page.PER_PAGE,
            )
        response = _html(share_page.render(found, _path(request), number))
        _count(request, response)
    except NotFoundError:
        return _nothing()
    except UnavailableError as error:
        return _html(share_markup.away(_(str(error))), 503)
    return response


def _unlock(request: Request, typed: str) -> Response:
    try:
        link = _find(request)
        if link is None or routes.is_from_elsewhere(request):
            return _nothing()
        if link.password_hash is None:
            return RedirectResponse(_path(request), 303, headers=HEADERS)
        if not _may_try(request):
            return _html(share_markup.ask(_(TOO_MANY)), 429)
    except UnavailableError as error:
        return _html(share_markup.away(_(str(error))), 503)
    if not is_password(typed, link.password_hash):
        return _html(share_markup.ask(_(WRONG)), 403)
    response = RedirectResponse(_path(request), 303, headers=HEADERS)
    _set_cookie(request, response, PROOF, _proof(request, link.password_hash), PROOF_SECONDS)
    return response


def _photo(request: Request) -> Response:
    try:
        link = _find(request)
        asked, name = request.path_params["content_hash"], request.path_params["size"]
        size = next((one for one in SIZES if one == name), None)
        if link is None or not _is_open(request, link) or not size or not HASH.fullmatch(asked):
            return _nothing()
        with read(link) as db:
            is_shown = shared.shows_photo(db, link, asked)
        content = is_shown and media.find(media.photo_key(link.household_id, asked, size))
    except UnavailableError as error:
        return _html(share_markup.away(_(str(error))), 503)
    if not content:
        return _nothing()
    return Response(content, media_type="image/webp", headers=HEADERS)


def _document(request: Request) -> Response:
    try:
        link = _find(request)
        if link is None or not _is_open(request, link):
            return _nothing()
        wanted = UUID(request.path_params["document_id"])
        with read(link) as db:
            papers = shared.papers(db, link)
        found = next((one for one in papers if one.document_id == wanted), None)
        content = found and shared.find_file(link, found)
    except ValueError:
        return _nothing()
    except UnavailableError as error:
        return _html(share_markup.away(_(str(error))), 503)
    if not found or not content:
        return _nothing()
    headers = HEADERS | CONFINED | {"content-disposition": attachment(found.file_name)}
    return Response(content, media_type=found.media_type, headers=headers)


def _find(request: Request) -> Opened | None:
    token = request.path_params["token"]
    if not TOKEN.fullmatch(token):
        return None
    with read(None) as db:
        return share_links.find(db, digest(token))


def _is_open(request: Request, link: Opened) -> bool:
    """Whether there is no password, or this browser knew it."""
    if link.password_hash is None:
        return True
    shown = request.cookies.get(PROOF, "").encode()
    return hmac.compare_digest(shown, _proof(request, link.password_hash).encode())


def _proof(request: Request, password_hash: str) -> str:
    """What only this server can work out, and only for this link and this password."""
    token = request.path_params["token"]
    return hmac.new(password_hash.encode(), token.encode(), sha256).hexdigest()


def _may_try(request: Request) -> bool:
    link, network = digest(request.path_params["token"]).hex(), routes.visitor(request).network
    return (
        rate_limits.take("share_password", link, network)
        and rate_limits.take("share_password_address", network)
        and rate_limits.take("share_password_link", link)
    )


def _count(request: Request, response: Response) -> None:
    """Count this visit, unless it goes on or somebody calls all the time."""
    if request.method != "GET":
        return
    visitor, token_hash = routes.visitor(request), digest(request.path_params["token"])
    goes_on = VISIT in request.cookies
    _set_cookie(request, response, VISIT, "1", VISIT_SECONDS)
    if not goes_on and rate_limits.take("share_view", token_hash.hex(), visitor.network):
        with language.used(language.READER):
            browser = browser_name(visitor.client)
        with write(None) as db:
            share_links.note_seen(db, token_hash, browser)


async def _typed(request: Request) -> str:
    """The password of the form; what is no form of ours holds none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return ""
    try:
        return parse_qs(body.decode(), max_num_fields=4).get("password", [""])[0]
    except ValueError:
        return ""


def _set_cookie(request: Request, response: Response, name: str, value: str, age: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=age,
        path=_path(request),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _path(request: Request) -> str:
    return PATH.format(token=request.path_params["token"])


def _html(content: str, status: int = 200) -> Response:
    return HTMLResponse(content, status, headers=HEADERS)


def _nothing() -> Response:
    return _html(share_markup.nothing(), 404)


ROUTES: list[BaseRoute] = [
    Route(share_markup.STYLE, style, methods=["GET"]),
    Route(share_markup.ICON_AT, icon, methods=["GET"]),
    Route(share_markup.DIAL_AT, dial, methods=["GET"]),
    Route(PATH, page, methods=["GET"]),
    Route(PATH, unlock, methods=["POST"]),
    Route(PATH + "/photo/{content_hash}/{size}.webp", photo, methods=["GET"]),
    Route(PATH + "/document/{document_id}", document, methods=["GET"]),
    Route("/share/{rest:path}", nothing),
]

"""The addresses that are no pages: the session's two ends, and the health check."""

import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from app import language, privacy
from app.authenticator import END, HANDOFF, digest, safe_path
from app.language import _
from data import accounts
from data.accounts import Member, Visitor
from data.db import read, write
from data.errors import UnavailableError

SESSION_COOKIE = "watch_session"  # a random token; PostgreSQL has its SHA-256
BROWSER_COOKIE = "watch_browser"  # tells browsers apart before anybody is signed in
THIRTY_DAYS = 30 * 24 * 3600
NOT_STORED = {"cache-control": "no-store"}


def visitor(connection: HTTPConnection) -> Visitor:
    """Where a request comes from, for the security log."""
    address = connection.client.host if connection.client else ""
    return Visitor(address, connection.headers.get("user-agent", ""))


def session_hash(connection: HTTPConnection) -> bytes | None:
    """SHA-256 of the session token in the cookie, live or not; None without a cookie."""
    token = connection.cookies.get(SESSION_COOKIE)
    return digest(token) if token else None


def find_member(connection: HTTPConnection) -> Member | None:
    """The signed-in member behind a request; None for a stranger."""
    token_hash = session_hash(connection)
    if token_hash is None:
        return None
    with read(None) as db:
        return accounts.find_member(db, token_hash)


def use_reader(connection: HTTPConnection, member: Member | None) -> None:
    """From now on this request writes in the language of who asks, as their pages do."""
    language.use(
        language.reader_of(
            member.language if member else None,
            member.number_format if member else None,
            connection.headers.get("accept-language", ""),
            hides_amounts=member is not None and connection.cookies.get(privacy.COOKIE) == "1",
        )
    )


def is_from_elsewhere(request: Request) -> bool:
    """Whether another site sent the browser here. Old browsers and plain HTTP do not say."""
    return request.headers.get("sec-fetch-site", "same-origin") != "same-origin"


async def handoff(request: Request) -> Response:
    """Turn a one-time code into a session cookie, and go where the person wanted to go."""
    if is_from_elsewhere(request):
        use_reader(request, None)
        return PlainTextResponse(_("This link works only from the sign-in page."), 403)
    return await run_in_threadpool(redeemed, request, request.query_params.get("code", ""))


def redeemed(request: Request, code: str) -> Response:
    """The answer to who brings a one-time code: the session's cookie, and the way on.

    The token is always a new one, whatever cookie came along; a session that this browser had
    before ends.
    """
    token = _redeem(request, code)
    if token is None:
        return RedirectResponse("/", 303, headers=NOT_STORED)
    secret, next_path = token
    response = RedirectResponse(safe_path(next_path), 303, headers=NOT_STORED)
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=THIRTY_DAYS,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


def _redeem(request: Request, code: str) -> tuple[str, str] | None:
    browser = request.cookies.get(BROWSER_COOKIE, "")
    if not browser:  # the code belongs to the browser that typed the password
        return None
    secret, old = secrets.token_urlsafe(32), session_hash(request)
    with write(None) as db:
        found = accounts.redeem_handoff(db, digest(code + browser))
        if found is None:
            return None
        if old is not None:
            accounts.revoke_session(db, old, visitor(request))
        accounts.create_session(
            db, found.user_id, digest(secret), visitor(request), found.household_id
        )
    return secret, found.next_path


async def end(request: Request) -> Response:
    """Sign this browser out. Only our own pages may: POST carries no cookie across sites."""
    if is_from_elsewhere(request):
        use_reader(request, None)
        return PlainTextResponse(_("This works only from within the app."), 403)
    await run_in_threadpool(_end, request)
    response = Response(status_code=204, headers=NOT_STORED)
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")
    return response


def _end(request: Request) -> None:
    token_hash = session_hash(request)
    if token_hash is not None:
        with write(None) as db:
            accounts.revoke_session(db, token_hash, visitor(request))


async def nothing(request: Request) -> Response:
    """404; without it Streamlit would answer with its page."""
    use_reader(request, None)
    return PlainTextResponse(_("There is nothing here."), 404)


async def health(unused: Request) -> Response:  # noqa: ARG001
    """200 while PostgreSQL answers, 503 while it does not."""
    try:
        await run_in_threadpool(_ask_database)
    except UnavailableError:
        return JSONResponse({"status": "database unavailable"}, 503, headers=NOT_STORED)
    return JSONResponse({"status": "ok"}, headers=NOT_STORED)


def _ask_database() -> None:
    with read(None) as db:
        accounts.has_accounts(db)


ROUTES: list[BaseRoute] = [
    Route(HANDOFF, handoff, methods=["GET"]),
    Route(END, end, methods=["POST"]),
    Route("/session/{rest:path}", nothing),
    Route("/health", health, methods=["GET"]),
]

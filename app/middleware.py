"""What every request passes on its way in: headers, fence, identity, and our copy of the shell."""

import hashlib
import logging
import re
import secrets
import threading
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

import brotli
import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import routes
from app.language import _
from data import accounts
from data.db import read, write
from data.errors import UnavailableError

log = logging.getLogger(__name__)
BUNDLES = Path(streamlit.__file__).parent / "static"
# Streamlit's page would else look for the server under its own path first: two 404 a deep link.
AT_THE_ROOT = "window.__streamlit={BACKEND_BASE_URL:location.origin}"
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
PAGE = re.compile(r"/[\w-]*")  # pages have addresses of one part
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
DEEP = {"_stcore", "app", "component", "media", "session", "static"}  # may have sub-paths


def content_security_policy() -> str:
    """The strictest policy under which Streamlit, Plotly and components with inline JS work."""
    inline = [AT_THE_ROOT, *INLINE_SCRIPT.findall((BUNDLES / "index.html").read_text("utf-8"))]
    hashes = " ".join(
        f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in inline
    )
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'wasm-unsafe-eval' blob: {hashes}",
            "style-src 'self' 'unsafe-inline'",  # emotion, Plotly and style= in st.html
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' blob: data:",  # the camera and the microphone
            "media-src 'self' blob:",
            "manifest-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        ]
    )


class SecurityHeaders:
    """Tells the browser what this site never does."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "content-security-policy": content_security_policy(),
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(self), microphone=(self), geolocation=(), "
            "payment=(), usb=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers that a response does not have itself."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("strict-transport-security", "max-age=31536000")
            await send(message)

        is_http = scope["type"] == "http"
        await self.app(scope, receive, send_with_headers if is_http else send)


class Fence:
    """Keeps strangers from Streamlit's own metrics and agent API, and unknown paths from its shell.

    Streamlit answers any deeper path with its page and 200, with addresses that then do not work.
    """

    def __init__(self, app: ASGIApp, routes: Iterable[str] = ()) -> None:
        self.app = app
        self.deep = DEEP | {path.split("/")[1] for path in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 404 for what is not for browsers."""
        if scope["type"] == "http" and not self._is_known(scope["path"]):
            routes.use_reader(HTTPConnection(scope), None)
            said = _("There is nothing here.")
            await PlainTextResponse(said, 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_known(self, path: str) -> bool:
        first, __, rest = path.removeprefix("/").partition("/")
        return not path.startswith(CLOSED) and (not rest or first in self.deep)


class Identity:
    """Says who is there: our headers replace whatever a client sends under their names.

    ``server.trustedUserHeaders`` makes the first two ``st.user``; app/session.py reads the rest.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Strip; and on the handshake of the websocket, add."""
        if scope["type"] in ("http", "websocket"):
            kept = [pair for pair in scope["headers"] if not pair[0].startswith(b"x-app-")]
            scope = dict(scope, headers=kept)
        if scope["type"] == "websocket":
            scope["headers"] += await run_in_threadpool(_identity, HTTPConnection(scope))
        await self.app(scope, receive, send)


def _identity(connection: HTTPConnection) -> list[tuple[bytes, bytes]]:
    """Our headers for a websocket: the browser, its address, and who is signed in with it."""
    found = {
        "x-app-address": routes.visitor(connection).address,
        "x-app-browser": connection.cookies.get(routes.BROWSER_COOKIE, ""),
    }
    token_hash = routes.session_hash(connection)
    if token_hash is not None:
        found["x-app-session"] = token_hash.hex()
        try:
            with read(None) as db:
                member = accounts.find_member(db, token_hash)
            if member is not None:
                found["x-app-user-id"] = str(member.user_id)
                with write(None) as db:
                    accounts.note_seen(db, token_hash)
        except UnavailableError:
            log.warning("The database was away while a browser connected.")
    return [(name.encode(), value.encode("latin-1", "replace")) for name, value in found.items()]


class Shell:
    """Our copy of Streamlit's index.html, and the cookie that tells this browser from others.

    ``charts``: the pages that draw with Plotly; who is signed in gets its 4.7 MB early there.
    """

    def __init__(self, app: ASGIApp, *, title: str, icon: str, charts: frozenset[str]) -> None:
        self.app = app
        self.charts = charts
        html = (BUNDLES / "index.html").read_text("utf-8")
        html = re.sub(r"<title>.*?</title>", f"<title>{title}</title>", html)
        html = re.sub(
            r'<link rel="shortcut icon"[^>]*>', f'<link rel="icon" href="{icon}" />', html
        )
        html = re.sub(r'<link rel="service-desc"[^>]*>', "", html)
        html = re.sub(r"<noscript>.*?</noscript>", _noscript(title), html, flags=re.DOTALL)
        html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
        html = html.replace("</title>", f"</title><script>{AT_THE_ROOT}</script>")
        plotly = next((BUNDLES / "static" / "js").glob("PlotlyChart.*.js")).name
        preload = f'<link rel="modulepreload" crossorigin href="./static/js/{plotly}"></head>'
        self.plain = brotli_pair(html)
        self.with_charts = brotli_pair(html.replace("</head>", preload))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the pages' HTML; everything else goes on."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and _is_page(scope):
            await self._page(HTTPConnection(scope))(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _page(self, request: HTTPConnection) -> Response:
        signed_in = routes.SESSION_COOKIE in request.cookies
        early = signed_in and request.url.path[1:] in self.charts
        html, compressed = self.with_charts if early else self.plain
        headers = {"cache-control": "no-cache", "vary": "accept-encoding, cookie"}
        if "br" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"], html = "br", compressed
        response = Response(html, media_type="text/html", headers=headers)
        if routes.BROWSER_COOKIE not in request.cookies:
            response.set_cookie(
                routes.BROWSER_COOKIE,
                secrets.token_urlsafe(32),
                path="/",
                secure=request.url.scheme == "https",
                httponly=True,
                samesite="lax",
            )
        return response


def _is_page(scope: Scope) -> bool:
    return scope["path"] != "/health" and bool(PAGE.fullmatch(scope["path"]))


def brotli_pair(html: str) -> tuple[bytes, bytes]:
    """A text as it is, and compressed."""
    return html.encode(), brotli.compress(html.encode())


def _noscript(title: str) -> str:
    return f"<noscript><p>{title} needs JavaScript.</p></noscript>"


class Precompressed:
    """Serves Streamlit's scripts and styles compressed: a third of the bytes.

    The first start compresses them in the background, into ``folder``; until then, and to browsers
    without brotli, they go out as they are.
    """

    def __init__(self, app: ASGIApp, *, folder: Path) -> None:
        self.app = app
        self.folder = folder / streamlit.__version__
        self.ready: frozenset[str] = frozenset()
        threading.Thread(target=self._compress, daemon=True, name="compress").start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the compressed file if there is one."""
        name = scope["path"].rsplit("/", 1)[-1] if scope["type"] == "http" else ""
        if name in self.ready and scope["path"].startswith("/static/") and _takes_brotli(scope):
            await self._file(name)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _file(self, name: str) -> Response:
        return FileResponse(
            self.folder / f"{name}.br",
            media_type="text/css" if name.endswith(".css") else "text/javascript",
            headers={
                "content-encoding": "br",
                "vary": "accept-encoding",
                "cache-control": "public, max-age=31536000, immutable",
            },
        )

    def _compress(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        done = set()
        for path in (BUNDLES / "static").rglob("*"):
            if path.suffix in (".js", ".css"):
                target = self.folder / f"{path.name}.br"
                if not target.exists():
                    unfinished = target.with_suffix(f".{secrets.token_hex(4)}")
                    unfinished.write_bytes(brotli.compress(path.read_bytes(), quality=5))
                    unfinished.replace(target)
                done.add(path.name)
        self.ready = frozenset(done)


def _takes_brotli(scope: Scope) -> bool:
    return scope["method"] == "GET" and "br" in Headers(scope=scope).get("accept-encoding", "")

"""The server: Streamlit, our routes and middleware around it, and the start and stop of all."""

import asyncio
import gc
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import streamlit as st
from starlette.middleware import Middleware

from app import (
    calendar_routes,
    document_routes,
    mailing,
    middleware,
    oidc_routes,
    photo_routes,
    print_routes,
    routes,
    scheduler,
    security_export,
    share_routes,
    takeout,
    ui,
    uploads,
)
from app.language import _
from app.session import SignedOutError
from data import db, embedded, start_up
from data.errors import AppError, RefusedError, UnavailableError

log = logging.getLogger(__name__)
MAIN = Path(__file__).parent / "main.py"
ROUTES = [
    *oidc_routes.ROUTES,  # before /session/…, which has nothing else
    *routes.ROUTES,
    *photo_routes.ROUTES,
    *document_routes.ROUTES,
    *print_routes.ROUTES,
    *share_routes.ROUTES,
    *calendar_routes.ROUTES,
    *security_export.ROUTES,
    *takeout.ROUTES,
]
ICON = "data:image/svg+xml," + quote(Path(ui.FAVICON).read_text("utf-8").strip())
CHARTS = frozenset({"", "watch", "analytics", "accuracy"})  # pages that draw with Plotly
SECONDS_BETWEEN_LOOKS = 1
SECONDS_BETWEEN_JOBS, LONGEST_SLEEP = 5, 600


def show_error(error: Exception) -> bool:
    """The one door for errors that no page handled: a sentence, or a number to look up."""
    if isinstance(error, UnavailableError):
        ui.empty(_("The database does not answer"), _(str(error)))
        st.button(_("Try again"), type="primary", key=f"try_again.{uuid4().hex}")
    elif isinstance(error, SignedOutError):
        st.info(_(str(error)))
        st.button(_("Sign in"), type="primary", key=f"sign_in_again.{uuid4().hex}")
    elif isinstance(error, RefusedError):
        for sentence in error.problems.values():
            st.error(ui.plain(_(sentence)), icon=":material/error:")
    elif isinstance(error, AppError):
        st.error(ui.plain(_(str(error))), icon=":material/error:")
    else:
        number = uuid4().hex[:8]
        log.error("error %s", number, exc_info=error)
        said = _("Something went wrong (id {number}).", number=number)
        st.error(said, icon=":material/error:")
    return True


@asynccontextmanager
async def lifespan(unused: st.App) -> AsyncIterator[None]:  # noqa: ARG001
    """Database first, then the first page; and the other way round at the end."""
    await asyncio.to_thread(start_up.prepare)
    _answer_without_delay()
    _freeze()
    chores = [asyncio.create_task(_revive()), asyncio.create_task(_run_jobs())]
    try:
        yield
    finally:
        for chore in chores:
            chore.cancel()
            with suppress(asyncio.CancelledError):
                await chore
        await asyncio.to_thread(uploads.stop)
        await asyncio.to_thread(mailing.stop)
        db.close()
        await asyncio.to_thread(embedded.stop)


def _answer_without_delay() -> None:
    """Switch Nagle's algorithm off; Streamlit binds the socket itself and leaves it on.

    With it every answer waits 40 ms for the browser's acknowledgement.
    """
    for thing in gc.get_objects():
        if (
            isinstance(thing, socket.socket)
            and thing.fileno() >= 0
            and thing.type == socket.SOCK_STREAM
            and thing.family in (socket.AF_INET, socket.AF_INET6)
            and thing.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        ):
            thing.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _freeze() -> None:
    """Import what the pages import, and let the garbage collector leave all of it alone."""
    import pandas  # noqa: ICN001, PLC0415
    import plotly.graph_objects  # noqa: PLC0415
    import pyarrow  # type: ignore[import-untyped]  # noqa: ICN001, PLC0415

    log.debug("frozen: %s %s %s", pandas, plotly, pyarrow)
    gc.collect()
    gc.freeze()


async def _revive() -> None:
    """Start the embedded server again whenever it has died."""
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        try:
            await asyncio.to_thread(embedded.revive)
        except Exception:  # whatever it is, the next look may go better
            log.exception("PostgreSQL could not be started again; trying on.")


async def _run_jobs() -> None:
    """Let the scheduler look whenever something may be due; see app/scheduler.py."""
    while True:
        now = datetime.now(UTC)
        try:
            again = await asyncio.to_thread(scheduler.look, now)
        except Exception:  # whatever it is, the next look may go better
            log.exception("The scheduler could not look; trying on.")
            again = now + scheduler.MINUTE
        wait = (again - datetime.now(UTC)).total_seconds()
        await asyncio.sleep(min(max(wait, SECONDS_BETWEEN_JOBS), LONGEST_SLEEP))


app = st.App(
    str(MAIN),
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[
        Middleware(middleware.SecurityHeaders),
        Middleware(middleware.Fence, routes=[getattr(r, "path", "/") for r in ROUTES]),
        Middleware(middleware.Identity),
        Middleware(middleware.Precompressed, folder=embedded.var() / "bundles"),
        Middleware(middleware.Shell, title="Caseback", icon=ICON, charts=CHARTS),
    ],
    on_script_error=show_error,
)

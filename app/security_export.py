"""``/download/security-log.csv``: the lines an admin has chosen, as a file for a spreadsheet."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app import routes
from app.document_routes import CONFINED, attachment
from app.language import _
from app.watch_csv import harmless
from data import accounts, security_log
from data.db import read, write
from data.errors import UnavailableError
from data.security_log import LogFilter

PATH = "/download/security-log.csv"
NAMES = ("kind", "email", "address", "since", "until")  # in the address of the page and the file
LONGEST = 254  # characters of what is looked for


async def download(request: Request) -> Response:
    """The file; for who is no admin there is nothing here."""
    return await run_in_threadpool(_answer, request)


def _answer(request: Request) -> Response:
    try:
        member = routes.find_member(request)
        routes.use_reader(request, member)
        if member is None or not member.is_admin or routes.is_from_elsewhere(request):
            return PlainTextResponse(_("There is nothing here."), 404, headers=routes.NOT_STORED)
        asked = read_filter(request.query_params, _zone(request))
        target = io.StringIO(newline="")
        lines = csv.writer(target)
        with read(member) as db, security_log.export(db, asked) as (columns, rows):
            lines.writerow(columns)
            lines.writerows([harmless(cell) for cell in row] for row in rows)
        with write(member) as db:
            accounts.log(
                db,
                "security_log_exported",
                routes.visitor(request),
                user_id=member.user_id,
                email=member.email,
            )
    except UnavailableError as error:
        return PlainTextResponse(_(str(error)), 503, headers=routes.NOT_STORED)
    headers = CONFINED | routes.NOT_STORED | {"content-disposition": attachment("security-log.csv")}
    content = target.getvalue().encode("utf-8-sig")
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def read_filter(given: Mapping[str, str], zone: ZoneInfo) -> LogFilter:
    """What an address asks for; what can't be read is left out. Days are of ``zone``."""
    kind, email, address = (
        given.get(name, "").replace("\0", "")[:LONGEST] or None for name in NAMES[:3]
    )
    since = _begins(read_day(given.get("since", "")), zone)
    until = _begins(read_day(given.get("until", "")), zone, after=1)
    return LogFilter(kind=kind, email=email, address=address, since=since, until=until)


def _begins(day: date | None, zone: ZoneInfo, after: int = 0) -> datetime | None:
    """When a day begins, or the one so many ``after`` it; None where no calendar goes."""
    try:
        if day is None:
            return None
        return datetime.combine(day + timedelta(days=after), time.min, zone).astimezone(UTC)
    except OverflowError:
        return None


def read_day(text: str) -> date | None:
    """A day as an address has it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _zone(request: Request) -> ZoneInfo:
    try:
        return ZoneInfo(request.query_params.get("zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


ROUTES: list[BaseRoute] = [Route(PATH, download, methods=["GET"])]

"""Download my data: a zip that is written while it is sent, so that nothing large is ever held.

``/download/my-data.zip`` is for who is signed in; ``?files=1`` adds photos and documents.
"""

import csv
import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from app import rate_limits, routes
from app.document_routes import CONFINED, attachment
from app.language import N_, _
from app.watch_csv import harmless
from data import media, takeout
from data.accounts import Member
from data.db import write
from data.documents import EXTENSIONS
from data.errors import UnavailableError
from data.members import Household
from data.takeout import File, In, Table

log = logging.getLogger(__name__)
PATH = "/download/my-data.zip"
README = N_(
    "Your data, as of {day}.\n\n"
    "profile.json, sessions.csv, households.csv and security.csv are about you. Each household "
    "that you belong to has a folder: watches.csv, valuations.csv, services.csv, expenses.csv, "
    "documents.csv and photos.csv; rows with deleted_at are in the bin. Rows belong to a watch by "
    "its watch_id. Watches that are private to somebody else are not here.\n\n"
    "Files are UTF-8, dates are year-month-day, times are UTC, and a text that a spreadsheet would "
    "run has a ' before it. Amounts have their currency beside them.\n"
)
MISSING = N_("These files could not be read when this was made:")
STRANGE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
LONGEST = 80  # characters of a name in the zip


class Sink(io.RawIOBase):
    """Where the zip is written to; what was written is taken away and sent."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[bytes] = []

    def writable(self) -> bool:
        """It is; it can't be read, and there is no way back in it."""
        return True

    def write(self, content: object, /) -> int:
        """Keep a piece until it is taken."""
        piece = bytes(content)  # type: ignore[call-overload]
        self._written.append(piece)
        return len(piece)

    def take(self) -> bytes:
        """What was written since."""
        taken, self._written = b"".join(self._written), []
        return taken


async def download(request: Request) -> Response:
    """The zip; 401 for a stranger."""
    return await run_in_threadpool(_answer, request)


def _answer(request: Request) -> Response:
    with_files = request.query_params.get("files") == "1"
    try:
        member = routes.find_member(request)
        routes.use_reader(request, member)
        if member is None:
            return PlainTextResponse(_("Sign in to see this."), 401, headers=routes.NOT_STORED)
        if routes.is_from_elsewhere(request):
            return PlainTextResponse(_("This works only from within the app."), 403)
        if not rate_limits.take("takeout", str(member.user_id)):
            said = _("You downloaded your data often. Try again in an hour.")
            return PlainTextResponse(said, 429, headers=routes.NOT_STORED)
        with write(member) as db:
            takeout.note(db, member, routes.visitor(request), with_files=with_files)
        today = datetime.now(UTC).date()
        pieces = packed(member, today, with_files=with_files)
        first = next(pieces)  # what can't be read at all is told before anything is sent
    except UnavailableError as error:
        return PlainTextResponse(_(str(error)), 503, headers=routes.NOT_STORED)
    name = f"caseback-{today.isoformat()}.zip"
    headers = CONFINED | routes.NOT_STORED | {"content-disposition": attachment(name)}
    return StreamingResponse(_after(first, pieces), media_type="application/zip", headers=headers)


def _after(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def packed(member: Member, today: date, *, with_files: bool) -> Iterator[bytes]:
    """The zip in pieces, each as large as one table (packed) or one file.

    Raises:
        UnavailableError: PostgreSQL does not answer; the zip ends in the middle then.
    """
    sink = Sink()
    readme, missing = _(README, day=today.isoformat()), _(MISSING)
    lost: list[str] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as target:
        for name in takeout.OF_A_PERSON:
            _put(target, name, takeout.of_person(member, name))
        yield sink.take()
        for home in takeout.households(member):
            who = In(home.household_id, member.user_id)
            folder = _folder(home)
            for name in takeout.OF_A_HOUSEHOLD:
                if not _belongs(member, home):
                    break
                _put(target, f"{folder}/{name}", takeout.of_household(who, name))
                yield sink.take()
            for file in takeout.files(who) if with_files else ():
                if not _belongs(member, home):
                    break
                if not _put_file(target, folder, who, file):
                    lost.append(f"{file.watch}: {file.title or file.id}")
                yield sink.take()
        if lost:
            readme += "\n" + "\n".join([missing, *lost]) + "\n"
        target.writestr("README.txt", readme)
    yield sink.take()


def _belongs(member: Member, home: Household) -> bool:
    """Whether they are still in the household: a download may take longer than a membership."""
    return any(one.household_id == home.household_id for one in takeout.households(member))


def _put(target: zipfile.ZipFile, name: str, table: AbstractContextManager[Table]) -> None:
    with table as found:
        if name == "profile":
            row = dict(zip(found.columns, next(found.rows), strict=True))
            target.writestr(f"{name}.json", json.dumps(row, default=str, indent=2))
            return
        with (
            target.open(f"{name}.csv", "w", force_zip64=True) as raw,
            io.TextIOWrapper(raw, "utf-8-sig", newline="") as text,
        ):
            lines = csv.writer(text)
            lines.writerow(found.columns)
            lines.writerows([harmless(cell) for cell in row] for row in found.rows)


def _put_file(target: zipfile.ZipFile, folder: str, who: In, file: File) -> bool:
    """A photo or document as it is kept; False: it is not there."""
    try:
        content = media.find(file.key(who.household_id))
    except UnavailableError:
        content = None
    if content is None:
        log.warning("a file of %s could not be packed", who.household_id)
        return False
    kind, title = ("photos", "photo") if file.title is None else ("documents", file.title)
    extension = EXTENSIONS[file.media_type]
    of_watch = f"{safe(file.watch)} {str(file.watch_id)[:8]}"
    path = f"{folder}/{kind}/{of_watch}/{safe(title)} {str(file.id)[:8]}.{extension}"
    target.writestr(path, content, zipfile.ZIP_STORED)  # pictures and PDF are packed already
    return True


def _folder(home: Household) -> str:
    return f"{safe(home.name)} {str(home.household_id)[:8]}"


def safe(name: str) -> str:
    """A name for a file or folder on every system: it leads nowhere, and is never empty."""
    return STRANGE.sub(" ", name).strip(" .")[:LONGEST].strip(" .") or "unnamed"


ROUTES: list[BaseRoute] = [
    Route(PATH, download, methods=["GET"]),
    Route("/download/{rest:path}", routes.nothing),
]

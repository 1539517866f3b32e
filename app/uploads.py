"""Photos on their way in: one worker decodes and stores them, and pages only look how far it is.

A batch belongs to the page that started it and lives in its session; the work goes on whatever
the page does meanwhile. Each file ends as a photo or as a sentence.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4

from app import rate_limits
from data import db, photos, pictures
from data.accounts import Member
from data.errors import AppError, RefusedError

log = logging.getLogger(__name__)
MB = 1_000_000
LIMIT = 20 * MB  # a file
WAITING_LIMIT = 300 * MB  # of all members together; what waits is in memory
TOO_MUCH = "Too many photos are being added at the moment. Add this one again in a minute."
NOT_FINISHED = "The box was restarted before this photo was added. Add it again."


@dataclass(frozen=True)
class Upload:
    """A file to be read when its turn comes: from memory, or from a web address."""

    name: str
    size: int  # bytes; the most it may be where that is not known yet
    content: Callable[[], bytes]


@dataclass(frozen=True)
class Refusal:
    """A file that did not become a photo, and why."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Batch:
    """The files that were given at once, in their order."""

    watch_id: UUID
    names: tuple[str, ...]
    results: tuple[Future[UUID], ...]

    @property
    def finished(self) -> int:
        """How many files are through, as photos or as refusals."""
        return sum(result.done() for result in self.results)

    @property
    def is_running(self) -> bool:
        """Whether there is more to come."""
        return self.finished < len(self.results)

    @property
    def added(self) -> int:
        """How many photos there are of it so far."""
        return sum(result.done() and _refusal(result) is None for result in self.results)

    @property
    def current(self) -> str:
        """The name of the file whose turn it is; empty when all are through."""
        left = (n for n, result in zip(self.names, self.results, strict=True) if not result.done())
        return next(left, "")

    @property
    def refused(self) -> list[Refusal]:
        """The files that did not become photos."""
        pairs = zip(self.names, self.results, strict=True)
        done = [(name, _refusal(result)) for name, result in pairs if result.done()]
        return [Refusal(name, sentence) for name, sentence in done if sentence is not None]


def start(member: Member, watch_id: UUID, uploads: Sequence[Upload]) -> Batch:
    """Begin to add these photos to a watch, on behalf of this member; returns at once."""
    results = tuple(_queue(member, watch_id, upload) for upload in uploads)
    return Batch(watch_id, tuple(upload.name for upload in uploads), results)


def stop() -> None:
    """Finish the photo at hand and forget those that wait; before the database is closed."""
    with _opening:
        if _worker.cache_info().currsize:
            _worker().shutdown(cancel_futures=True)
        _worker.cache_clear()


class _Waiting:
    """How many bytes wait in memory, so that a hundred large files at once are refused."""

    def __init__(self) -> None:
        self.bytes = 0
        self.lock = threading.Lock()

    def take(self, size: int) -> bool:
        with self.lock:
            fits = self.bytes + size <= WAITING_LIMIT
            self.bytes += size if fits else 0
            return fits

    def give_back(self, size: int) -> None:
        with self.lock:
            self.bytes -= size


_opening = threading.Lock()
_waiting = _Waiting()


@cache
def _worker() -> ThreadPoolExecutor:
    """One thread for the process: decoding takes memory, and pages need the other core."""
    return ThreadPoolExecutor(1, thread_name_prefix="uploads")


def _queue(member: Member, watch_id: UUID, upload: Upload) -> Future[UUID]:
    sentence = ""
    if not rate_limits.take("upload", str(member.user_id)):
        sentence = rate_limits.SENTENCES["upload"]
    elif not _waiting.take(upload.size):
        sentence = TOO_MUCH
    if sentence:
        refused: Future[UUID] = Future()
        refused.set_exception(RefusedError({"photo": sentence}))
        return refused
    with _opening:
        result = _worker().submit(_add, member, watch_id, upload)
    result.add_done_callback(lambda _: _waiting.give_back(upload.size))
    return result


def _add(member: Member, watch_id: UUID, upload: Upload) -> UUID:
    """In the worker: the files first, then the row that names them."""
    picture = pictures.read(upload.content())
    photos.store(member, picture)
    with db.write(member) as connection:
        return photos.add(connection, member, watch_id, picture, "other", None)


@cache
def _number(error: BaseException) -> str:
    """Under which number a fault of ours is in the log; once."""
    number = uuid4().hex[:8]
    log.error("error %s", number, exc_info=error)
    return number


def _refusal(result: Future[UUID]) -> str | None:
    """Why a file that is through did not become a photo; None when it did."""
    if result.cancelled():
        return NOT_FINISHED
    error = result.exception()
    if error is None:
        return None
    if isinstance(error, AppError):
        return str(error)
    if isinstance(error, CancelledError):
        return NOT_FINISHED
    return f"Something went wrong with this photo (id {_number(error)})."

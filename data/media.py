"""Where the files of photos and documents live: a folder, or a bucket of any S3-like store.

By default ``var/media``; MEDIA_URL names another place as fsspec writes it, such as
``s3://bucket/prefix``. A file is named by the household and the SHA-256 of the content, so it
never changes once it is there. Files come before their rows and go after them: what has no row
is swept away a day later (``data/sweep.py``).
"""

import logging
import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import fsspec  # type: ignore[import-untyped]
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]

from data import embedded
from data.errors import UnavailableError
from data.said import said

log = logging.getLogger(__name__)
Size = Literal["thumb", "card", "full"]
EXTENSIONS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
}
AWAY = said("Photos and documents can't be reached at the moment. Try again in a few minutes.")
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(
    rf"(?P<household>{_UUID})/(?P<hash>[0-9a-f]{{64}})"
    r"(?:-(?:thumb|card|full)\.webp|\.(?:pdf|jpg|png|webp))"
)
_PART = re.compile(rf"{_KEY.pattern}\.[0-9a-f]{{16}}\.part")
_PREFIX = re.compile(rf"(?:{_UUID}/)?")
_BUCKET = {"connect_timeout": 5, "read_timeout": 30, "retries": {"max_attempts": 2}}


@dataclass(frozen=True)
class Stored:
    """A file that is there."""

    key: str
    size_bytes: int
    changed_at: datetime

    @property
    def household_id(self) -> UUID:
        """Whose it is."""
        return UUID(self.key.partition("/")[0])

    @property
    def content_hash(self) -> str:
        """SHA-256 of the photo (its full size) or document that it belongs to."""
        return self.key.partition("/")[2][:64]

    @property
    def is_whole(self) -> bool:
        """False for what a crash in the middle of storing left behind."""
        return not self.key.endswith(".part")


def photo_key(household_id: UUID, content_hash: str, size: Size) -> str:
    """What a photo's file of that size is called."""
    return f"{household_id}/{content_hash}-{size}.webp"


def document_key(household_id: UUID, content_hash: str, media_type: str) -> str:
    """What a document's file is called; ``media_type`` is one of EXTENSIONS."""
    return f"{household_id}/{content_hash}.{EXTENSIONS[media_type]}"


def put(key: str, content: bytes) -> None:
    """Store a file: whole or not at all. Again is no fault, and makes it a fresh one.

    Raises:
        UnavailableError: the place does not answer, or is full.
    """
    with _answering():
        files, root = _place()
        path = f"{root}/{_checked(key)}"
        if isinstance(files, LocalFileSystem):
            _put_into_folder(Path(path), content)
        else:
            files.pipe_file(path, content)  # object stores show an object once all of it is there


def find(key: str) -> bytes | None:
    """The content of a file; None: there is none. Raises UnavailableError."""
    with _answering():
        files, root = _place()
        try:
            return bytes(files.cat_file(f"{root}/{_checked(key)}"))
        except FileNotFoundError:
            return None


def look(key: str) -> Stored | None:
    """A file's size and age, as of now; None: there is none. Raises UnavailableError."""
    with _answering():
        files, root = _place()
        try:
            return _stored(key, files.info(f"{root}/{_checked(key)}"))
        except FileNotFoundError:
            return None


def remove(key: str) -> None:
    """Delete a file; none there is no fault. Raises UnavailableError."""
    with _answering():
        files, root = _place()
        try:
            files.rm_file(f"{root}/{_checked(key)}")
        except FileNotFoundError:
            return


def keys(prefix: str = "") -> Iterator[Stored]:
    """What is there, by key: of all households, or of one (``"{household_id}/"``).

    Files that are not ours are left out; those that a crash left half stored are not.

    Raises:
        UnavailableError: the place does not answer.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"not a prefix of files: {prefix!r}")
    with _answering():
        files, root = _place()
        found = files.find(f"{root}/{prefix}", detail=True)
    for path, info in sorted(found.items()):
        key = path.removeprefix(f"{root}/")
        if _KEY.fullmatch(key) or _PART.fullmatch(key):
            yield _stored(key, info)


def folders() -> list[UUID]:
    """The households that have a folder, an empty one too; a bucket has no empty ones.

    Raises:
        UnavailableError: the place does not answer.
    """
    with _answering():
        files, root = _place()
        if not isinstance(files, LocalFileSystem) or not Path(root).is_dir():
            return []
        return sorted(
            UUID(one.name)
            for one in Path(root).iterdir()
            if one.is_dir() and _PREFIX.fullmatch(f"{one.name}/")
        )


def remove_folder(household_id: UUID) -> bool:
    """Remove a household's folder; False: something is in it, or it is not there."""
    files, root = _place()
    try:
        if isinstance(files, LocalFileSystem):
            Path(root, str(household_id)).rmdir()
            return True
    except OSError:
        log.debug("the folder of %s stays", household_id)
    return False


def _place() -> tuple[Any, str]:
    """The file system, and the folder or bucket in it, without a slash at the end."""
    url = os.environ.get("MEDIA_URL") or str((embedded.var() / "media").resolve())
    of_a_bucket = {"config_kwargs": _BUCKET} if url.startswith(("s3://", "s3a://")) else {}
    files, root = fsspec.url_to_fs(url, use_listings_cache=False, **of_a_bucket)
    return files, root.rstrip("/")


def _checked(key: str) -> str:
    """The key, if it is one of ours: nothing that comes from outside becomes a path."""
    if not (_KEY.fullmatch(key) or _PART.fullmatch(key)):
        raise ValueError(f"not the key of a file: {key!r}")
    return key


def _put_into_folder(path: Path, content: bytes) -> None:
    """Write beside it under another name, to the disk, then rename: a crash leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name, too
    finally:
        os.close(folder)


def _stored(key: str, info: dict[str, Any]) -> Stored:
    changed = info.get("mtime") or info.get("LastModified") or info.get("created")
    if isinstance(changed, int | float):
        changed = datetime.fromtimestamp(changed, UTC)
    return Stored(key, int(info["size"]), changed or datetime.now(UTC))


def _faults() -> tuple[type[BaseException], ...]:
    """How a place says that it is away; botocore's own only once a bucket has been asked."""
    botocore = sys.modules.get("botocore.exceptions")
    return (OSError, botocore.BotoCoreError) if botocore else (OSError,)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except _faults() as error:
        raise UnavailableError(AWAY) from error

"""Photos as they come from phones, cameras and web pages, made into photos as they are kept.

The work is done in a process of its own (data/picture_worker.py), with limits of time and memory,
one at a time: ten uploads at once need the memory of one, and the pages stay quick meanwhile.
"""

import hashlib
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from data.errors import RefusedError
from data.media import Size
from data.picture_worker import DAMAGED
from data.said import said

MAX_BYTES = 20_000_000
WORKER = Path(__file__).parent / "picture_worker.py"
PATIENCE = 60  # seconds by the clock; the worker's own limit counts CPU only
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A photo ready to be kept."""

    content_hash: str  # SHA-256 of files["full"]
    width_px: int  # of files["full"]
    height_px: int
    size_bytes: int  # of all files together
    files: dict[Size, bytes]  # WebP


def read(content: bytes) -> Picture:
    """A photo in the sizes that are kept: upright, sRGB, without its metadata, first frame only.

    Raises:
        RefusedError: with the reason at ``photo``: not a picture, damaged, too large.
    """
    return _picture(*_ask("read", content, "photo"))


def turned(full: bytes, *, clockwise: bool) -> Picture:
    """A kept photo (its full size), turned by a quarter. Raises RefusedError."""
    return _picture(*_ask("right" if clockwise else "left", full, "photo"))


def cleaned(content: bytes) -> tuple[bytes, str]:
    """A document that is a picture, without its metadata, in its own format; and its media type.

    Its longest side is 4,000 px at most.

    Raises:
        RefusedError: with the reason at ``document``.
    """
    about, files = _ask("clean", content, "document")
    return files["document"], about["media_type"]


def _picture(about: dict[str, Any], files: dict[str, bytes]) -> Picture:
    return Picture(
        content_hash=hashlib.sha256(files["full"]).hexdigest(),
        width_px=about["width_px"],
        height_px=about["height_px"],
        size_bytes=sum(map(len, files.values())),
        files=cast("dict[Size, bytes]", files),
    )


def _ask(task: str, content: bytes, field: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the worker says about the picture, and the files it made."""
    if not content:
        raise RefusedError({field: said("This file is empty.")})
    if len(content) > MAX_BYTES:
        raise RefusedError(
            {field: said("This file is larger than {limit} MB.", limit=MAX_BYTES // 1_000_000)}
        )
    line, _, rest = _answer(task, content).partition(b"\n")
    about = json.loads(line or json.dumps({"refused": DAMAGED}))
    if "refused" in about:
        values = {
            name: said(value) if isinstance(value, str) else value
            for name, value in about.get("values", {}).items()
        }
        raise RefusedError({field: said(about["refused"], **values)})
    files = {}
    for name, length in about["files"].items():
        files[name], rest = rest[:length], rest[length:]
    return about, files


def _answer(task: str, content: bytes) -> bytes:
    """What a worker wrote; nothing if it crashed, or took too much time or memory."""
    command = [sys.executable, "-I", str(WORKER), task]
    with _one_at_a_time:
        try:
            done = subprocess.run(  # noqa: S603  (our own file, and a word of ours)
                command, input=content, capture_output=True, timeout=PATIENCE, check=False, env={}
            )
        except subprocess.TimeoutExpired:
            return b""
    return done.stdout if done.returncode == 0 else b""

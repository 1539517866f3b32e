"""PDF documents: checked by content, read for search, and their pages drawn.

PDFium does the work in a process of its own (data/pdf_worker.py), with limits of time and memory.
"""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from data.errors import RefusedError
from data.pdf_worker import MOST_PAGES
from data.said import said

LARGEST = 10_000_000  # bytes
WORKER = Path(__file__).parent / "pdf_worker.py"
PATIENCE = 40  # seconds by the clock; the worker's own limit counts CPU only
AFTER_THE_END = 1_024  # bytes; more after the end of a PDF is another file
BLANKS = b"\xef\xbb\xbf \t\r\n\0"  # a byte-order mark and white space before it do no harm
REFUSED = {
    "password": said("This PDF is protected by a password. Save a copy without it and add that."),
    "pages": said("A document has up to {limit} pages; this one has more.", limit=MOST_PAGES),
    "broken": said("This PDF can't be opened; it may be damaged."),
}
_at_once = threading.BoundedSemaphore(2)  # workers, each of which may take a core and its memory


@dataclass(frozen=True)
class Contents:
    """What a PDF holds: how many pages, and the words of the first of them."""

    pages: int
    text: str


def looks_like_one(content: bytes) -> bool:
    """Whether it begins as a PDF does; whatever it is called."""
    return content[:64].lstrip(BLANKS).startswith(b"%PDF-")


def check(content: bytes) -> Contents:
    """What a PDF holds, if it may be kept.

    Raises:
        RefusedError: too large, no PDF or more than one, damaged, protected, too many pages.
    """
    if len(content) > LARGEST:
        raise RefusedError({"document": said("A document has up to 10 MB; this one is larger.")})
    if not looks_like_one(content):
        raise RefusedError({"document": said("This is no PDF, whatever its name says.")})
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise RefusedError({"document": said("This PDF is cut off: its end is missing.")})
    if len(content) - end > AFTER_THE_END:
        raise RefusedError({"document": said("This PDF has another file attached to its end.")})
    answer = _ask(content, "read")
    found = json.loads(answer or '{"refused": "broken"}')
    if "refused" in found:
        raise RefusedError({"document": REFUSED[found["refused"]]})
    return Contents(found["pages"], found["text"])


def page_image(content: bytes, number: int, width_px: int) -> bytes | None:
    """A page, counted from 1, as WebP of at most that width; None if it cannot be drawn."""
    return _ask(content, "page", str(number), str(width_px)) or None


def _ask(content: bytes, *question: str) -> bytes:
    """What a worker answers; nothing if it crashed, or took too much time or memory."""
    command = [sys.executable, "-I", str(WORKER), *question]
    with _at_once:
        try:
            done = subprocess.run(  # noqa: S603  (our own file, and numbers)
                command, input=content, capture_output=True, timeout=PATIENCE, check=False, env={}
            )
        except subprocess.TimeoutExpired:
            return b""
    return done.stdout if done.returncode == 0 else b""

"""What is done with a PDF, in a process of its own: ``pdf_worker.py read`` or ``… page 3 1400``.

PDFium is written in C++ and reads what strangers made. Here it may crash, hang or fill the memory:
the process ends, and the server does not notice. The content comes on standard input, the answer
goes to standard output. Nothing of the project is imported.
"""

import contextlib
import io
import json
import re
import resource
import sys
import unicodedata

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

MOST_PAGES = 500
READ_PAGES = 50  # of these the text is kept
READ_CHARACTERS = 100_000
MOST_PIXELS = 6_000_000
TALLEST = 16_000  # pixels; a WebP has up to 16,383
MEMORY = 1 << 30  # bytes of address space
SECONDS = 20  # of CPU
JOINED = re.compile(r"[\x02\xad\ufffe]\s*")  # a hyphen at the end of a line, as PDFium writes it


def read(content: bytes) -> dict[str, object]:
    """``pages`` and ``text``; or ``refused``: ``password``, ``pages`` or ``broken``."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        return {"refused": "password" if locked else "broken"}
    with contextlib.closing(document):
        if len(document) > MOST_PAGES:
            return {"refused": "pages"}
        try:
            document.get_page(0).close()
        except pdfium.PdfiumError:
            return {"refused": "broken"}
        return {"pages": len(document), "text": _text(document)}


def page(content: bytes, number: int, width_px: int) -> bytes:
    """A page, counted from 1, as a WebP at most that wide; empty if it cannot be drawn."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return b""
    with contextlib.closing(document):
        if not 1 <= number <= len(document):
            return b""
        try:
            drawn = document.get_page(number - 1)
            width, height = drawn.get_size()
            if not (width > 0 and height > 0):
                return b""
            shape = (MOST_PIXELS / (width * height)) ** 0.5
            scale = min(width_px / width, TALLEST / height, shape)
            image = drawn.render(scale=scale, limit_image_cache=True).to_pil()
        except (pdfium.PdfiumError, ValueError):  # ValueError: thinner than a pixel
            return b""
    written = io.BytesIO()
    image.convert("RGB").save(written, "WEBP", quality=80, method=2)
    return written.getvalue()


def tidy(text: str) -> str:
    """The text as words to search for: ligatures and hyphenated words whole, nothing odd."""
    whole = JOINED.sub("", unicodedata.normalize("NFKC", text))
    plain = (" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in whole)
    return " ".join("".join(plain).split())


def _text(document: pdfium.PdfDocument) -> str:
    """The first characters of the first pages; a page that cannot be read is left out."""
    found, room = [], READ_CHARACTERS
    for number in range(min(len(document), READ_PAGES)):
        with contextlib.suppress(pdfium.PdfiumError):
            words = document.get_page(number).get_textpage()
            read_on = tidy(words.get_text_range(0, min(words.count_chars(), room)))
            found.append(read_on)
            room -= len(read_on) + 1
        if room <= 0:
            break
    return " ".join(filter(None, found))[:READ_CHARACTERS]


def _limit() -> None:
    """Take only so much memory and time; a system that knows no such limit goes without."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def main(task: str, *numbers: str) -> None:
    """Answer one question about the PDF on standard input."""
    _limit()
    content = sys.stdin.buffer.read()
    if task == "read":
        sys.stdout.buffer.write(json.dumps(read(content)).encode())
    else:
        sys.stdout.buffer.write(page(content, int(numbers[0]), int(numbers[1])))


if __name__ == "__main__":
    main(*sys.argv[1:])

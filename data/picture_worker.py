"""What is done with a picture, in a process of its own: ``picture_worker.py read`` and other tasks.

Decoders are written in C and read what strangers made. Here one may crash, hang or fill the memory:
the process ends, and the server does not notice. The content comes on standard input; a line of
JSON and then the files go to standard output. Nothing of the project is imported.

Everything is decoded in full and encoded anew: what can't be is refused with the reason, and what
is kept holds pixels and nothing else: no place, no camera, no comment, nothing appended.
"""

import contextlib
import io
import json
import resource
import struct
import sys
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pi_heif  # type: ignore[import-untyped]
from PIL import Image, ImageCms
from PIL.Image import Resampling, Transpose


def said(text: str) -> str:
    """Mark a text for translation; data/pictures.py makes it one that can be."""
    return text


MEMORY = 1 << 30  # bytes of address space
SECONDS = 30  # of CPU
MAX_PIXELS = 50_000_000
MAX_PIXELS_WEBP = 35_000_000  # its decoder holds the picture four times
MAX_DOCUMENT_SIDE_PX = 4000
MAX_SCANS = 200  # of a progressive JPEG: each costs a pass over the whole picture; cameras make 10
SIDES_PX = {"full": 2560, "card": 640, "thumb": 160}  # the longest one
QUALITY = 84  # of the full WebP
MOST_BYTES = {"card": 24_000, "thumb": 6_000}  # a page of 24 cards: 600 kB
# Smaller sizes give way, in quality and then in size, until they fit: (scale, quality)
SMALLER = ((1, 74), (1, 62), (1, 50), (0.75, 55), (0.75, 40), (0.5, 40), (0.5, 15))
BEHIND = (239, 237, 233)  # what shows through holes: paper, quiet on a light page and on a dark one
PHOTO_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF")  # MPO is JPEG to begin with
DOCUMENT_FORMATS = ("JPEG", "PNG", "WEBP")
PHOTO_WORDS = said("a JPEG, PNG, GIF, WebP, AVIF or HEIC picture")
DOCUMENT_WORDS = said("a PDF, or a JPEG, PNG or WebP picture")
DAMAGED = said("This picture is damaged or incomplete. Try the original file.")
_BAND_PIXELS = 4_000_000
_SRGB = ImageCms.createProfile("sRGB")

# What decoders, in C and in Python, raise over bytes that somebody made up.
_UNDECODABLE = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError,
    OSError, RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
    Image.DecompressionBombError,
)  # fmt: skip

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", said("a PDF document")),
    (b"PK\x03\x04", said("an archive or an office document")),
    (b"MZ", said("a program")),
    (b"\x7fELF", said("a program")),
    (b"II*\x00", said("a TIFF picture")),
    (b"MM\x00*", said("a TIFF picture")),
    (b"BM", said("a BMP picture")),
    (b"\x00\x00\x01\x00", said("an icon")),
    (b"\x00\x00\x00\x0cjP", said("a JPEG 2000 picture")),
    (b"\xff\x4f\xff\x51", said("a JPEG 2000 picture")),
    (b"GIF8", said("a GIF picture")),
)
_OURS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8")  # damaged rather than something else

pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


class RefusedError(Exception):
    """The content is no picture that is kept; ``text``, with its ``values``, says why to people."""

    def __init__(self, text: str, **values: str | int) -> None:
        super().__init__(text.format(**values))
        self.text, self.values = text, values


@dataclass(frozen=True)
class Result:
    """Encoded files by name, and the size of the picture in the first of them."""

    width_px: int
    height_px: int
    media_type: str = "image/webp"
    files: dict[str, bytes] = field(default_factory=dict)


def read(content: bytes) -> Result:
    """A photo in the sizes that are kept: upright, sRGB, without metadata, the first frame only.

    Raises:
        RefusedError: not a picture, damaged, too large.
    """
    return _in_sizes(_upright(content, PHOTO_FORMATS, SIDES_PX["full"]))


def turn(full: bytes, transpose: Transpose) -> Result:
    """A kept photo, turned by a quarter, in its sizes. Raises RefusedError."""
    return _in_sizes(_upright(full, ("WEBP",), SIDES_PX["full"]).transpose(transpose))


def clean(content: bytes) -> Result:
    """A document that is a picture, without its metadata, in its own format.

    Its longest side is 4,000 px at most: enough to print a page of A4 at 340 dpi.

    Raises:
        RefusedError: not a picture that a document may be, damaged, too large.
    """
    kept_format, grey = _format_of(content)
    picture = _upright(content, DOCUMENT_FORMATS, MAX_DOCUMENT_SIDE_PX)
    if grey:
        picture = picture.convert("L")
    settings: dict[str, Any] = {"optimize": True} if kept_format == "PNG" else {"quality": 90}
    files = {"document": _encoded(picture, kept_format, **settings)}
    return Result(picture.width, picture.height, f"image/{kept_format.lower()}", files)


def _format_of(content: bytes) -> tuple[str, bool]:
    """JPEG, PNG or WEBP; and whether it has no colours. What is no picture is refused later."""
    try:
        with Image.open(io.BytesIO(content), formats=DOCUMENT_FORMATS) as opened:
            found = "JPEG" if opened.format == "MPO" else str(opened.format)
            return found, opened.mode in ("1", "L", "I;16")
    except _UNDECODABLE:
        return "JPEG", False


def _in_sizes(full: Image.Image) -> Result:
    files = {"full": _encoded(full, "WEBP", quality=QUALITY, method=4)}
    for size, most in MOST_BYTES.items():
        files[size] = _small(full, SIDES_PX[size], most)
    return Result(full.width, full.height, files=files)


def _small(picture: Image.Image, side: int, most: int) -> bytes:
    """WebP of ``most`` bytes at most, as good as that allows."""
    encoded = b""
    for scale, quality in SMALLER:
        fitted = _fitted(picture, round(side * scale))
        encoded = _encoded(fitted, "WEBP", quality=quality, method=4)
        if len(encoded) <= most:
            break
    return encoded


def _encoded(picture: Image.Image, kept_format: str, **settings: Any) -> bytes:
    """Pixels alone: a new picture has no metadata that could go along."""
    out = io.BytesIO()
    picture.save(out, kept_format, **settings)
    return out.getvalue()


def _upright(content: bytes, formats: tuple[str, ...], side: int) -> Image.Image:
    """A new RGB picture, upright, sRGB, its longest side no longer than ``side``.

    Raises:
        RefusedError: with the reason.
    """
    decoded = _decoded(content, formats, side)
    try:
        turn = _UPRIGHT.get(_orientation(decoded))
        small = _fitted(_reduced(decoded, side), side)
    except _UNDECODABLE as error:
        raise RefusedError(DAMAGED) from error
    finally:
        decoded.close()
    return small.transpose(turn) if turn is not None else small


_UPRIGHT = {  # EXIF's orientation, and what sets it right
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def _decoded(content: bytes, formats: tuple[str, ...], side: int) -> Image.Image:
    """All pixels of the first frame; of a large JPEG a half, quarter or eighth of them."""
    try:
        opened = Image.open(io.BytesIO(content), formats=formats)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(MAX_PIXELS) from error
    except _UNDECODABLE as error:
        raise _what_it_is(content, formats) from error
    too_slow = opened.format in ("JPEG", "MPO") and content.count(b"\xff\xda") > MAX_SCANS
    most = MAX_PIXELS_WEBP if opened.format == "WEBP" else MAX_PIXELS
    if opened.width * opened.height > most or too_slow:
        raise RefusedError(DAMAGED) if too_slow else _too_many_pixels(most)
    try:
        opened.draft(opened.mode, _size_within(opened.size, side))
        opened.load()
    except _UNDECODABLE as error:
        raise RefusedError(DAMAGED) from error
    if opened.width * opened.height > MAX_PIXELS:  # a HEIC may turn out otherwise than it said
        raise _too_many_pixels(MAX_PIXELS)
    return opened


def _too_many_pixels(most: int) -> RefusedError:
    text = said("This picture has more than {limit} megapixels. Make it smaller.")
    return RefusedError(text, limit=most // 1_000_000)


def _what_it_is(content: bytes, formats: tuple[str, ...]) -> RefusedError:
    """What to say of a file that is no picture we take, whatever its name says."""
    is_photo = formats == PHOTO_FORMATS
    wanted = PHOTO_WORDS if is_photo else DOCUMENT_WORDS
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    found = next((name for sign, name in _SIGNATURES if content.startswith(sign)), "")
    if content.startswith(_OURS if is_photo else _OURS[:2]):
        return RefusedError(DAMAGED)
    if b"<svg" in start:
        found = said("an SVG drawing")
    elif start.startswith((b"<!doctype html", b"<html", b"<head", b"<script", b"<body")):
        found = said("a web page")
    if found:
        return RefusedError(said("This is {found}. Choose {wanted}."), found=found, wanted=wanted)
    return RefusedError(said("This is not {wanted}."), wanted=wanted)


def _orientation(picture: Image.Image) -> int:
    """How the camera was held, 1 to 8; 1 when its note is missing or broken."""
    try:
        held = picture.getexif().get(0x0112)
    except _UNDECODABLE:
        return 1
    return held if isinstance(held, int) else 1


def _size_within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The largest size of these proportions with no side longer than ``side``; never enlarged."""
    width, height = size
    longest = max(width, height)
    if longest <= side:
        return size
    return max(1, round(width * side / longest)), max(1, round(height * side / longest))


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    size = _size_within(picture.size, side)
    return picture if size == picture.size else picture.resize(size, Resampling.LANCZOS)


def _reduced(decoded: Image.Image, side: int) -> Image.Image:
    """RGB, at most twice as long as ``side``: band by band, never a second copy in full size."""
    factor = max(1, max(decoded.size) // side)
    to_rgb = _to_rgb(decoded)
    size = (-(-decoded.width // factor), -(-decoded.height // factor))
    reduced = Image.new("RGB", size)
    rows = max(1, _BAND_PIXELS // decoded.width // factor) * factor
    for top in range(0, decoded.height, rows):
        box = (0, top, decoded.width, min(top + rows, decoded.height))
        band = to_rgb(decoded.crop(box))
        reduced.paste(band.reduce(factor) if factor > 1 else band, (0, top // factor))
    return reduced


def _to_rgb(decoded: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """What makes a band of this picture RGB: by its colour profile, holes filled."""
    has_holes = decoded.mode in ("RGBA", "LA", "PA", "RGBa", "La") or (
        "transparency" in decoded.info and decoded.mode in ("P", "L", "RGB", "1")
    )
    mode = decoded.mode if decoded.mode in ("CMYK", "L") and not has_holes else "RGB"
    by_profile = _by_profile(decoded.info.get("icc_profile"), mode)

    def convert(band: Image.Image) -> Image.Image:
        if band.mode in ("I;16", "I;16B", "I;16L", "I;16N", "I"):
            band = band.convert("I").point(lambda level: level * (1 / 256)).convert("L")
        if has_holes:
            band = band.convert("RGBA")
            paint = by_profile(band.convert("RGB"))
            filled = Image.new("RGB", band.size, BEHIND)
            filled.paste(paint, mask=band.getchannel("A"))
            return filled
        return by_profile(band.convert(mode)).convert("RGB")

    return convert


def _by_profile(profile: bytes | None, mode: str) -> Callable[[Image.Image], Image.Image]:
    """What turns a band of that mode into sRGB; nothing to do without a profile that fits."""
    if not profile:
        return lambda band: band
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(own, _SRGB, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return lambda band: band

    def apply(band: Image.Image) -> Image.Image:
        converted = ImageCms.applyTransform(band, transform)
        return band if converted is None else converted

    return apply


TASKS: dict[str, Callable[[bytes], Result]] = {
    "read": read,
    "right": lambda content: turn(content, Transpose.ROTATE_270),
    "left": lambda content: turn(content, Transpose.ROTATE_90),
    "clean": clean,
}


def main(task: str) -> None:
    """Answer one question about the picture on standard input."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system that knows no such limit
            resource.setrlimit(what, (most, most))
    warnings.simplefilter("ignore")
    out = sys.stdout.buffer
    try:
        done = TASKS[task](sys.stdin.buffer.read())
    except (RefusedError, MemoryError) as error:
        refusal = error if isinstance(error, RefusedError) else _too_many_pixels(MAX_PIXELS)
        about = {"refused": refusal.text, "values": refusal.values}
        out.write(json.dumps(about).encode() + b"\n")
        return
    lengths = {name: len(file) for name, file in done.files.items()}
    size = {"width_px": done.width_px, "height_px": done.height_px, "media_type": done.media_type}
    out.write(json.dumps(size | {"files": lengths}).encode() + b"\n")
    for file in done.files.values():
        out.write(file)


if __name__ == "__main__":
    main(*sys.argv[1:])

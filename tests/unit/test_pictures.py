"""Photos: clean, upright, small; or refused with the reason. Nothing else comes out."""

import hashlib
import io
import resource
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, features

from data import picture_worker as worker
from data import pictures
from data.errors import RefusedError

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "photos"
FILES = sorted(path for path in SHARED.rglob("*") if path.suffix not in ("", ".csv", ".txt"))
REFUSED = {  # the only ones of the shared photos that may be
    "16_bit_noise.tif", "broken.png", "broken_data_stream.png", "comment.jp2",
    "decompression_bomb.gif", "decompression_bomb.ico", "fli_overflow.fli", "hopper_16bit.pgm",
    "hopper_webp_bits.ppm", "oom-225817ca0f8c663be7ab4b9e717b02c661e66834.tif",
    "png_decompression_dos.png", "truncated_image.png", "truncated_jpeg.jpg",
    "ultrahdr.jpg",  # cut off after 48 kB
}  # fmt: skip
shared = pytest.mark.skipif(not FILES, reason=f"{SHARED} is not here")
quiet = pytest.mark.filterwarnings("ignore")  # the worker's own process says nothing either
NORTH, SOUTH, WEST = (200, 30, 30), (30, 30, 200), (30, 160, 60)


def photo(size=(64, 48), mode="RGB"):
    """North red, south blue, a green west: one can see how it is held."""
    drawn = Image.new("RGB", size, NORTH)
    width, height = size
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, height // 2, width, height), fill=SOUTH)
    pen.rectangle((0, 0, width // 4, height), fill=WEST)
    return drawn.convert(mode)


def saved(picture, kind="PNG", **how):
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def full(content):
    return Image.open(io.BytesIO(pictures.read(content).files["full"]))


def near(found, wanted, most=24):
    return all(abs(a - b) <= most for a, b in zip(found, wanted, strict=True))


def assert_clean(content):
    """A WebP with pixels and nothing else."""
    opened = Image.open(io.BytesIO(content))
    assert (opened.format, opened.mode) == ("WEBP", "RGB")
    assert not set(opened.info) - {"loop", "background", "timestamp", "duration"}
    assert not opened.getexif()
    for mark in (b"EXIF", b"XMP ", b"ICCP", b"ANIM"):
        assert mark not in content[:100]
    opened.load()
    return opened.size


@shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_shared_photo_becomes_a_clean_one_or_is_refused(path):
    try:
        picture = pictures.read(path.read_bytes())
    except RefusedError:
        assert path.name in REFUSED
        return
    assert path.name not in REFUSED
    sizes = {size: assert_clean(content) for size, content in picture.files.items()}
    assert sizes["full"] == (picture.width_px, picture.height_px)
    assert max(sizes["full"]) <= 2560
    assert max(sizes["card"]) <= 640
    assert max(sizes["thumb"]) <= 160


@shared
def test_a_page_of_24_cards_stays_under_600_kb():
    watches = [path for path in FILES if path.parent.name == "watches"]
    cards = [len(pictures.read(path.read_bytes()).files["card"]) for path in watches]
    assert len(cards) >= 10
    assert max(cards) * 24 < 600_000


@quiet
def test_even_noise_makes_small_cards():
    noise = Image.merge("RGB", [Image.effect_noise((1200, 900), 90) for _ in range(3)])
    made = worker.read(saved(noise)).files
    assert len(made["card"]) <= 24_000
    assert len(made["thumb"]) <= 6_000


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_the_usual_formats_are_read(kind):
    if kind == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow has no AVIF")
    found = full(saved(photo(), kind))
    assert found.size == (64, 48)
    assert near(found.getpixel((48, 6)), NORTH, 45)
    assert near(found.getpixel((48, 42)), SOUTH, 45)


def test_the_hash_is_that_of_the_full_size():
    picture = pictures.read(saved(photo()))
    assert picture.content_hash == hashlib.sha256(picture.files["full"]).hexdigest()
    assert picture.size_bytes == sum(len(content) for content in picture.files.values())
    assert pictures.read(saved(photo())) == picture


def test_a_large_photo_is_made_smaller_and_a_small_one_never_larger():
    large = pictures.read(saved(photo((3000, 6000)), "JPEG"))
    assert (large.width_px, large.height_px) == (1280, 2560)
    assert assert_clean(large.files["card"]) == (320, 640)
    assert assert_clean(large.files["thumb"]) == (80, 160)
    small = pictures.read(saved(photo((3, 1))))
    assert (small.width_px, small.height_px) == (3, 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("held", range(1, 9))
@quiet
def test_a_photo_is_turned_upright_however_the_camera_was_held(kind, held):
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    taken = photo() if held == 1 else photo().transpose(back[held])
    exif = Image.Exif()
    exif[0x0112] = held
    made = worker.read(saved(taken, kind, exif=exif))
    assert (made.width_px, made.height_px) == (64, 48)
    found = Image.open(io.BytesIO(made.files["full"]))
    assert near(found.getpixel((48, 6)), NORTH, 40)
    assert near(found.getpixel((48, 42)), SOUTH, 40)
    assert near(found.getpixel((6, 24)), WEST, 40)


@shared
@quiet
def test_the_shared_portraits_are_all_held_upright():
    first = None
    for number in range(1, 9):
        path = SHARED / "exif_orientation_mit" / f"Portrait_{number}.jpg"
        made = worker.read(path.read_bytes())
        assert (made.width_px, made.height_px) == (1200, 1800)
        thumb = Image.open(io.BytesIO(made.files["full"])).resize((12, 18)).tobytes()
        first = first or thumb
        assert max(abs(a - b) for a, b in zip(thumb, first, strict=True)) < 24


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_place_the_camera_and_the_words_are_gone(kind):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 29.6)
    how = {"exif": exif}
    how |= {"comment": b"SecretWords"} if kind == "JPEG" else {}
    how |= {"xmp": b"<x>SecretWords</x>"} if kind in ("JPEG", "WEBP") else {}
    content = saved(photo(), kind, **how)
    assert b"Secret" in content
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    picture = pictures.read(content)
    document, _ = pictures.cleaned(content)
    for kept in (*picture.files.values(), document):
        assert b"Secret" not in kept
        assert not Image.open(io.BytesIO(kept)).getexif()
        assert not Image.open(io.BytesIO(kept)).info.keys() & {"exif", "xmp", "comment"}


def test_a_broken_note_about_the_camera_refuses_no_good_photo():
    content = saved(photo(), "JPEG")
    note = b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\xff" * 40
    broken = content[:2] + b"\xff\xe1" + struct.pack(">H", len(note) + 2) + note + content[2:]
    assert full(broken).size == (64, 48)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("1", "PNG"), ("L", "PNG"), ("P", "PNG"), ("P", "GIF"),
     ("I;16", "PNG")],
)  # fmt: skip
@quiet
def test_colours_of_all_kinds_become_rgb(mode, kind):
    if mode == "I;16":
        grey = photo(mode="L")
        other = Image.frombytes(
            "I;16", grey.size, b"".join(struct.pack("<H", level * 257) for level in grey.tobytes())
        )
    else:
        grey, other = photo(mode="L"), photo(mode=mode)
    found = Image.open(io.BytesIO(worker.read(saved(other, kind)).files["full"]))
    assert found.mode == "RGB"
    if mode in ("L", "I;16"):
        for place in ((48, 6), (48, 42), (6, 24)):
            assert near(found.getpixel(place), (grey.getpixel(place),) * 3)
    elif mode != "1":
        assert near(found.getpixel((48, 6)), NORTH, 45)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
@quiet
def test_holes_are_filled_with_paper(mode):
    seen = photo().convert("RGBA")
    seen.paste((0, 0, 0, 0), (20, 10, 60, 40))
    made = worker.read(saved(seen.convert(mode), "PNG"))
    found = Image.open(io.BytesIO(made.files["full"]))
    assert near(found.getpixel((40, 25)), worker.BEHIND, 12)
    assert not near(found.getpixel((6, 24)), worker.BEHIND, 12)


def swapped_profile():
    """A profile in which red and green have changed places (sRGB with its primaries swapped)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    table = {}
    for number in range(struct.unpack(">I", profile[128:132])[0]):
        entry = 132 + 12 * number
        table[bytes(profile[entry : entry + 4])] = entry
    red, green = table[b"rXYZ"], table[b"gXYZ"]
    profile[red + 4 : red + 12], profile[green + 4 : green + 12] = (
        profile[green + 4 : green + 12],
        profile[red + 4 : red + 12],
    )
    return bytes(profile)


@quiet
def test_a_colour_profile_is_applied_and_a_broken_one_ignored():
    red = Image.new("RGB", (32, 32), (220, 10, 10))
    swapped = worker.read(saved(red, "PNG", icc_profile=swapped_profile()))
    assert near(Image.open(io.BytesIO(swapped.files["full"])).getpixel((9, 9)), (10, 220, 10), 60)
    broken = worker.read(saved(red, "PNG", icc_profile=b"no profile at all"))
    assert near(Image.open(io.BytesIO(broken.files["full"])).getpixel((9, 9)), (220, 10, 10))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "MPO"])
def test_of_an_animation_the_first_frame_is_kept(kind):
    frames = [Image.new("RGB", (40, 30), colour) for colour in (NORTH, SOUTH)]
    content = saved(frames[0], kind, save_all=True, append_images=frames[1:])
    picture = pictures.read(content)
    assert_clean(picture.files["full"])
    assert near(full(content).getpixel((20, 15)), NORTH, 30)


@pytest.mark.parametrize(
    "tail", [b"<html><script>alert(1)</script>", b"PK\x03\x04" * 99, b"MZ" * 99]
)
@pytest.mark.parametrize("kind", ["JPEG", "GIF", "PNG"])
def test_what_is_appended_to_a_picture_does_not_come_along(kind, tail):
    content = saved(photo(), kind)
    picture = pictures.read(content + tail)
    assert picture == pictures.read(content)
    assert tail not in b"".join(picture.files.values())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>photo.png</body></html>", "web page"),
        (b"  \n<HTML>", "web page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"MZ\x90\x00" + b"\0" * 200, "program"),
        (b"PK\x03\x04" + b"\0" * 200, "archive"),
        (saved(photo(), "TIFF"), "TIFF"),
        (saved(photo(), "BMP"), "BMP"),
        (saved(photo(), "ICO"), "icon"),
        (saved(photo(), "JPEG2000"), "JPEG 2000"),
        (saved(photo(), "PPM"), "not a JPEG"),
        (saved(photo(), "TGA"), "not a JPEG"),
        (b"hello", "not a JPEG"),
        (b"GIF89a<script>alert(1)</script>", "damaged"),
        (b"\x89PNG\r\n\x1a\n<html>", "damaged"),
        (b"\xff\xd8\xff\xe0<?php", "damaged"),
        (bytes(20_000_001), "20 MB"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(content, words):
    for function, field in ((pictures.read, "photo"), (pictures.cleaned, "document")):
        if field == "document" and content.startswith(b"GIF89a"):
            continue
        with pytest.raises(RefusedError) as refused:
            function(content)
        assert list(refused.value.problems) == [field]
        if not (field == "document" and words == "not a JPEG"):
            assert words in refused.value.problems[field]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
@quiet
def test_a_file_that_ends_early_is_refused(kind):
    noise = Image.merge("RGB", [Image.effect_noise((300, 200), 60) for _ in range(3)])
    content = saved(noise, kind)
    for part in (0.3, 0.6, 0.9):
        with pytest.raises(worker.RefusedError, match=r"damaged|not a"):
            worker.read(content[: int(len(content) * part)])


def png(width, height, bits=8, colour=2, data=b""):
    def chunk(kind, content):
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    "content",
    [
        png(7100, 7100, data=zlib.compress(bytes(7100 * 100), 9)),
        png(2**31 - 1, 2**31 - 1),
        png(60_000, 60_000),
        b"GIF89a"
        + struct.pack("<HH", 65535, 65535)
        + b"\x80\0\0"
        + b"\0" * 6
        + b",\0\0\0\0\xff\xff\xff\xff\0\2\2\x4c\1\0;",
    ],
    ids=["51 megapixels", "giant", "3.6 gigapixels", "gif"],
)
@quiet
def test_a_bomb_is_refused_before_it_is_decoded(content):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(worker.RefusedError, match="50 megapixels"):
        worker.read(content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000  # kB


@quiet
def test_a_jpeg_of_a_thousand_scans_is_refused():
    content = saved(photo(), "JPEG", progressive=True)
    scan = content.index(b"\xff\xda")
    end = content.index(b"\xff", scan + 14)
    slow = content[:end] + content[scan:end] * 300 + content[end:]
    with pytest.raises(worker.RefusedError, match="damaged"):
        worker.read(slow)


MEASURED = """
import resource, sys
sys.path.insert(0, {root!r})
from data import pictures
made = pictures.read(sys.stdin.buffer.read())
assert max(made.width_px, made.height_px) == 2560
ours = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(ours, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def striped(bits, channels):
    """49 megapixels in stripes, packed small."""
    side, step = 7000, bits // 8 * channels
    packer = zlib.compressobj(1)
    rows = (b"\0" + bytes([row // 64 % 256]) * (side * step) for row in range(side))
    out = [packer.compress(row) for row in rows]
    colour = {1: 0, 3: 2, 4: 6}[channels]
    return png(side, side, bits, colour, b"".join([*out, packer.flush()]))


@pytest.mark.parametrize(
    "make",
    [
        lambda: striped(8, 3),
        lambda: striped(8, 4),
        lambda: striped(16, 1),
        lambda: striped(16, 3),
        lambda: saved(photo((7000, 7000)), "JPEG", progressive=True),
        lambda: saved(photo((7000, 7000), "CMYK"), "JPEG"),
        lambda: saved(photo((5800, 5800)), "WEBP", method=0, quality=50),
    ],
    ids=["rgb", "rgba", "grey 16 bit", "rgb 16 bit", "progressive", "cmyk", "webp"],
)
def test_the_largest_pictures_take_less_than_600_mb(make):
    said = subprocess.run(
        [sys.executable, "-c", MEASURED.format(root=str(ROOT))],
        input=make(), capture_output=True, check=True, timeout=120,
    ).stdout  # fmt: skip
    assert max(map(int, said.split())) < 600_000  # kB; of the asking process, and of the worker


def test_a_worker_that_dies_is_a_damaged_picture(monkeypatch, tmp_path):
    crashing = tmp_path / "worker.py"
    crashing.write_text("import os; os.abort()")
    monkeypatch.setattr(pictures, "WORKER", crashing)
    with pytest.raises(RefusedError, match="damaged"):
        pictures.read(saved(photo()))


def test_a_worker_that_hangs_is_ended(monkeypatch, tmp_path):
    hanging = tmp_path / "worker.py"
    hanging.write_text("while True: pass")
    monkeypatch.setattr(pictures, "WORKER", hanging)
    monkeypatch.setattr(pictures, "PATIENCE", 0.2)
    with pytest.raises(RefusedError, match="damaged"):
        pictures.read(saved(photo()))


SEEDS = {
    "jpeg": saved(photo(), "JPEG"),
    "progressive": saved(photo(), "JPEG", progressive=True),
    "png": saved(photo(), "PNG"),
    "png palette": saved(photo(mode="P"), "PNG"),
    "webp": saved(photo(), "WEBP"),
    "lossless": saved(photo(), "WEBP", lossless=True),
    "gif": saved(photo(mode="P"), "GIF"),
    "avif": saved(photo(), "AVIF") if features.check("avif") else b"",
}
CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255), st.sampled_from("=x-+")),
    min_size=1,
    max_size=12,
)


@quiet
@given(name=st.sampled_from(sorted(SEEDS)), changes=CHANGES)
@example(name="png", changes=[(0.3, 0, "x")])
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_bytes_a_photo_or_a_refusal_comes_out(name, changes):
    content = bytearray(SEEDS[name])
    for where, byte, how in changes:
        place = int(where * len(content))
        if how == "=":
            content[place : place + 1] = bytes([byte])
        elif how == "x":
            content[place : place + 4] = bytes([byte]) * 4
        elif how == "-":
            del content[place : place + byte]
        else:
            content[place:place] = bytes([byte])
    for task in ("read", "clean"):
        try:
            made = worker.TASKS[task](bytes(content))
        except worker.RefusedError:
            continue
        assert made.files


def test_a_kept_photo_is_turned_by_a_quarter():
    kept = pictures.read(saved(photo()))
    right = pictures.turned(kept.files["full"], clockwise=True)
    left = pictures.turned(kept.files["full"], clockwise=False)
    assert (right.width_px, right.height_px) == (left.width_px, left.height_px) == (48, 64)
    assert near(Image.open(io.BytesIO(right.files["full"])).getpixel((24, 6)), WEST, 45)
    assert near(Image.open(io.BytesIO(left.files["full"])).getpixel((24, 58)), WEST, 45)
    assert len({kept.content_hash, right.content_hash, left.content_hash}) == 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_document_keeps_its_format(kind):
    content, media_type = pictures.cleaned(saved(photo((4400, 2200)), kind))
    found = Image.open(io.BytesIO(content))
    assert (found.format, media_type) == (kind, f"image/{kind.lower()}")
    assert found.size == (4000, 2000)


def test_a_grey_scan_stays_grey_and_an_mpo_becomes_a_jpeg():
    scan, _ = pictures.cleaned(saved(photo(mode="1")))
    assert Image.open(io.BytesIO(scan)).mode == "L"
    both = saved(photo(), "MPO", save_all=True, append_images=[photo()])
    content, media_type = pictures.cleaned(both)
    assert media_type == "image/jpeg"
    assert getattr(Image.open(io.BytesIO(content)), "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["GIF", "AVIF"])
def test_a_document_is_no_gif_and_no_avif(kind):
    with pytest.raises(RefusedError, match=r"PDF, or a JPEG, PNG or WebP"):
        pictures.cleaned(saved(photo(), kind))

"""PDFs of strangers: checked by content, read, drawn; whatever they are, nothing breaks."""

import io
import json
import subprocess
import sys
import time

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from data import pdf, pdf_worker
from data.errors import RefusedError
from tests.papers import LOCK
from tests.papers import pdf as made

WHOLE = made("Invoice of Chronometrie Beyer", "Caf\xe9 \\(Z\xfcrich\\)", pages=2)


def refusal(content):
    with pytest.raises(RefusedError) as refused:
        pdf.check(content)
    assert set(refused.value.problems) == {"document"}
    return refused.value.problems["document"]


def test_a_pdf_tells_its_pages_and_words():
    found = pdf.check(WHOLE)
    assert found.pages == 2
    assert found.text.startswith("Invoice of Chronometrie Beyer Café (Zürich) Page 1 Invoice")


def test_a_pdf_after_a_byte_order_mark_and_a_line_break_is_one():
    assert pdf.check(b"\xef\xbb\xbf\r\n" + WHOLE).pages == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This is no PDF, whatever its name says."),
        (b"MZ\x90\x00" + WHOLE, "This is no PDF, whatever its name says."),
        (b"<html><script>x</script>" + WHOLE, "This is no PDF, whatever its name says."),
        (b"%PDF-1.7\nnothing more", "This PDF is cut off: its end is missing."),
        (WHOLE[:-40], "This PDF is cut off: its end is missing."),
        (WHOLE + b"PK\x03\x04" + b"x" * 2_000, "This PDF has another file attached to its end."),
        (b"%PDF-1.7\n%%EOF\n", "This PDF can't be opened; it may be damaged."),
        (made("secret", encrypt=LOCK), pdf.REFUSED["password"]),
        (made("long", pages=501), "A document has up to 500 pages; this one has more."),
        (b"%PDF-" + b"x" * 10_000_000, "A document has up to 10 MB; this one is larger."),
    ],
    ids=[
        "empty", "program", "web page", "cut off", "end missing", "archive behind", "hollow", "locked",
        "too many pages", "too large",
    ],
)  # fmt: skip
def test_what_is_not_one_whole_pdf_is_refused_with_the_reason(content, sentence):
    assert refusal(content) == sentence


def test_500_pages_are_taken_and_the_first_50_are_read():
    found = pdf.check(made("text", pages=500))
    assert found.pages == 500
    assert found.text.endswith("text Page 50")


def test_the_text_stops_at_100_000_characters():
    lines = ["a" * 1_000] * 300
    assert len(pdf.check(made(*lines, pages=2)).text) == 100_000


def test_text_is_tidied_for_a_search():
    assert (
        pdf_worker.tidy("Sub\x02\r\nmariner ﬁne\x00 A\ud800B   C\u00adD")
        == "Submariner fine A B CD"
    )


def test_a_page_is_drawn_as_webp_of_that_width():
    with Image.open(io.BytesIO(pdf.page_image(WHOLE, 2, 700))) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (700, 991))
        assert min(drawn.convert("L").get_flattened_data()) < 60  # there is ink on it


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there_is_not_drawn(number):
    assert pdf.page_image(WHOLE, number, 700) is None


@pytest.mark.parametrize(("width", "height"), [(14_400, 1), (1, 14_400), (14_400, 14_400), (3, 3)])
def test_whatever_the_shape_of_a_page_its_picture_has_bounded_pixels(width, height):
    box = f"[0 0 {width} {height}]".encode()
    odd = made("x").replace(b"[0 0 595 842]", box.ljust(len(b"[0 0 595 842]")))
    drawn = pdf_worker.page(odd, 1, 1_400)
    if drawn:  # thinner than a pixel is no picture
        with Image.open(io.BytesIO(drawn)) as image:
            assert image.width <= 1_400
            assert image.width * image.height <= 6_100_000


def test_a_pdf_of_pdfiums_own_making_is_read_and_drawn():
    document = pdfium.PdfDocument.new()
    document.new_page(200, 100)
    out = io.BytesIO()
    document.save(out)
    document.close()
    assert pdf.check(out.getvalue()) == pdf.Contents(1, "")
    assert pdf.page_image(out.getvalue(), 1, 100)


@settings(max_examples=150, deadline=None)
@given(
    some.lists(some.tuples(some.integers(0, len(WHOLE) - 1), some.integers(0, 255)), max_size=30),
    some.integers(0, len(WHOLE)),
)
def test_no_damage_breaks_the_worker(changes, cut):
    damaged = bytearray(WHOLE)
    for place, byte in changes:
        damaged[place] = byte
    content = bytes(damaged[:cut] if cut % 3 == 0 else damaged)
    answer = pdf_worker.read(content)
    assert json.loads(json.dumps(answer)) == answer
    assert answer.get("refused", "broken") in pdf.REFUSED
    assert "\x00" not in str(answer.get("text", ""))
    assert isinstance(pdf_worker.page(content, 1, 200), bytes)


@settings(max_examples=100, deadline=None)
@given(some.binary(max_size=300))
def test_bytes_that_are_no_pdf_are_only_refused(content):
    for begun in (content, b"%PDF-1.7\n" + content):
        if b"%%EOF" not in begun:
            refusal(begun)


def test_a_worker_that_takes_too_long_is_ended_and_the_file_refused(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pdf, "WORKER", slow)
    monkeypatch.setattr(pdf, "PATIENCE", 0.5)
    begun = time.monotonic()
    assert refusal(WHOLE) == pdf.REFUSED["broken"]
    assert time.monotonic() - begun < 20
    assert pdf.page_image(WHOLE, 1, 100) is None


def test_a_worker_that_crashes_takes_nothing_with_it(monkeypatch, tmp_path):
    crash = tmp_path / "crash.py"
    crash.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(pdf, "WORKER", crash)
    assert refusal(WHOLE) == pdf.REFUSED["broken"]


def test_a_worker_has_limits_and_none_of_our_secrets(monkeypatch, tmp_path):
    look = tmp_path / "look.py"
    look.write_text(
        f"import sys; sys.path.append({str(pdf.WORKER.parent)!r})\n"
        "import json, os, resource, pdf_worker; pdf_worker._limit()\n"
        "limits = [resource.getrlimit(x)[0] for x in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]\n"
        "print(json.dumps({'pages': limits, 'text': 'DATABASE_URL' in os.environ}))"
    )
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setattr(pdf, "WORKER", look)
    assert pdf.check(WHOLE) == pdf.Contents([1 << 30, 20], text=False)


def test_the_worker_imports_nothing_of_ours():
    code = f"import sys, runpy; runpy.run_path({str(pdf.WORKER)!r}); print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True)
    assert done.stdout == b"False\n"

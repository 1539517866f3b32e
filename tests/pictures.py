"""Pictures for tests: small files that decode, and some that don't."""

import io

from PIL import Image


def picture(colour: str = "navy", size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> bytes:
    """A picture of one colour, as a file."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def halves(left: str, right: str, size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture whose two halves differ, so that a turn shows."""
    image = Image.new("RGB", size, left)
    image.paste(right, (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()

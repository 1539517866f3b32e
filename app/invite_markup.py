"""A link as a QR code, for a phone to read from the screen."""

import segno

from app.markup import Safe, fill


def qr_code(link: str, alt: str) -> Safe:
    """The link as a square picture; ``alt`` says what the code is for."""
    drawn = segno.make_qr(link, error="m").svg_data_uri(border=4, dark="#000", light="#fff")
    return fill('<img class="cb-qr" src="{src}" alt="{alt}">', src=drawn, alt=alt)

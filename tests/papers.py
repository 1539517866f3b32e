"""Papers for tests: small PDFs and pictures, made by hand."""

import io

from PIL import Image


def pdf(*lines: str, pages: int = 1, encrypt: str = "") -> bytes:
    """A PDF whose every page shows these lines (Latin letters); ``encrypt`` goes into its trailer."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(pages))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    for number in range(pages):
        drawn = f"BT /F1 24 Tf 30 TL 72 720 Td {shown} T* (Page {number + 1}) Tj ET"
        stream = drawn.encode("cp1252")
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects += [
            page.encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R {encrypt} >>\nstartxref\n{start}\n%%EOF\n"
    return out + trailer.encode()


# Asks for a password that nobody knows: the check value is made up.
LOCK = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "ab" * 32 + "> /U <" + "cd" * 32 + "> >>"
    " /ID [<" + "00" * 16 + "> <" + "00" * 16 + ">]"
)


def picture(kind: str = "JPEG", *, place: bool = False) -> bytes:
    """A picture of brass, with the place where it was taken in it if wanted."""
    exif = Image.Exif()
    if place:
        exif[0x010F] = "Nikon"
        exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 50.0), 3: "E", 4: (10.0, 45.0, 8.0)})
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (132, 98, 42)).save(out, kind, exif=exif)
    return out.getvalue()

"""The HTML of the printed list of watches; ``fill`` escapes everything, as in app/markup.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app import language
from app.language import _
from app.markup import Safe, fill, join

PRINT = Path(__file__).parent / "assets" / "print"
CSS = Safe((PRINT / "print.css").read_text("utf-8"))
LANGUAGES = {"en": "en-GB", "de": "de", "fr": "fr"}  # of the page
SCRIPT = (PRINT / "print.js").read_text("utf-8")


@dataclass(frozen=True)
class PrintRow:
    """A watch on paper; texts as they are read."""

    photo_url: str | None
    brand: str
    model: str
    status: str
    reference: str
    serial_number: str
    bought: str
    paid: str
    value: str
    valued: str  # when, or why there is none


def page(
    title: str, detail: str, currency: str, rows: Iterable[PrintRow], totals: tuple[str, str, str]
) -> Safe:
    """The whole page; ``totals`` are what is left out, the cost, the value."""
    left_out, cost, value = totals
    return fill(
        '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><style>{css}</style>'
        '<script src="/print/print.js" defer></script></head><body><h1>{title}</h1><p>{detail}</p>'
        '<table><thead><tr><th scope="col" aria-label="{photo}"></th><th scope="col">{watch}</th>'
        '<th scope="col">{reference}</th><th scope="col">{serial}</th>'
        '<th scope="col" class="extra">{bought}</th>'
        '<th scope="col" class="number">{paid}</th>'
        '<th scope="col" class="number">{worth}</th></tr></thead><tbody>{rows}</tbody>'
        '<tfoot><tr><td></td><th scope="row" colspan="3">{total}'
        '<span class="quiet">{left_out}</span></th><td class="extra"></td>'
        '<td class="number">{cost}</td><td class="number">{value}</td></tr></tfoot>'
        "</table></body></html>",
        css=CSS, title=title, detail=detail, rows=join(map(_row, rows)),
        lang=LANGUAGES[language.reader().language], photo=_("Photo"), watch=_("Watch"),
        reference=_("Reference"), serial=_("Serial number"), bought=_("Bought"),
        paid=_("Cost, {currency}", currency=currency), total=_("Total"),
        worth=_("Value, {currency}", currency=currency), left_out=left_out, cost=cost, value=value,
    )  # fmt: skip


def _row(row: PrintRow) -> Safe:
    photo = fill('<img src="{url}" alt="">', url=row.photo_url) if row.photo_url else Safe("")
    return fill(
        '<tr><td>{photo}</td><th scope="row"><span class="quiet">{brand}</span>{model}'
        '<span class="quiet">{status}</span></th><td>{reference}</td><td>{serial}</td>'
        '<td class="extra">{bought}</td><td class="number">{paid}</td>'
        '<td class="number">{value}<span class="quiet">{valued}</span></td></tr>',
        photo=photo, brand=row.brand, model=row.model, status=row.status, reference=row.reference,
        serial=row.serial_number, bought=row.bought, paid=row.paid, value=row.value,
        valued=row.valued,
    )  # fmt: skip

"""Watches as CSV: every field of the record, exact, and harmless in a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from data import accounts, bulk
from data.db import read
from data.watches import Watch

# Stable: people and programs read files by these names. New ones go to the end.
HEADERS = (
    "watch_id", "brand", "model", "reference", "serial_number", "nickname", "production_year",
    "status", "condition", "box_papers", "collection", "tags", "notes", "purchased_on",
    "retailer", "purchase_price", "purchase_fees", "purchase_taxes", "purchase_currency",
    "cost", "disposed_on", "buyer", "sale_price", "sale_fees", "sale_currency",
    "movement_type", "calibre", "complications", "case_material", "case_diameter_mm",
    "thickness_mm", "lug_to_lug_mm", "lug_width_mm", "water_resistance_m", "power_reserve_h",
    "crystal", "dial_colour", "bezel", "strap", "value_amount", "value_currency", "valued_on",
    "added_at", "owner", "target_price", "target_currency", "warranty_until",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def export(token_hash: bytes, watch_ids: Sequence[UUID]) -> bytes:
    """The file, for whoever's session this is; only its headers once that has ended."""
    with read(None) as db:
        member = accounts.find_member(db, token_hash)
    if member is None:
        return written([])
    with read(member) as db:
        return written(bulk.get(db, member, watch_ids))


def written(found: Sequence[Watch]) -> bytes:
    """A line a watch, in UTF-8 with a mark so that spreadsheets know it; lists parted by ``;``."""
    target = io.StringIO(newline="")
    lines = csv.writer(target)
    lines.writerow(HEADERS)
    lines.writerows([harmless(getattr(watch, name)) for name in HEADERS] for watch in found)
    return target.getvalue().encode("utf-8-sig")


def harmless(held: object) -> str:
    """As a program reads it: 12390.50; a text that a spreadsheet would run gets a ``'`` first."""
    if held is None:
        return ""
    if isinstance(held, Decimal):
        return f"{held:f}"
    if isinstance(held, float):
        return repr(held)
    if isinstance(held, date):  # and datetime
        return held.isoformat()
    text = "; ".join(held) if isinstance(held, list) else str(held)
    return f"'{text}" if text.startswith(FORMULA) else text

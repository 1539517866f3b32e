"""The demo household: about forty invented watches with five years of values.

Its files hold months before today instead of dates, so that the demo never ages. The account is
``demo@example.com`` with the password ``show me the watches``; it is made once, and only when
the box is started as a demo (WATCH_DEMO=1).
"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import bcrypt
from sqlalchemy import Connection

from data import (
    accounts,
    care_plans,
    collections,
    db,
    expenses,
    photos,
    pictures,
    services,
    valuations,
    watches,
)
from data.accounts import Member, Visitor
from data.expenses import ExpenseDraft
from data.services import ServiceDraft
from data.valuations import ValuationDraft
from data.watches import WatchDraft

FOLDER = Path(__file__).parent / "demo"
EMAIL = "demo@example.com"
PASSWORD = "show me the watches"  # noqa: S105  (public on purpose)
COLOURS = {"Daily": "steel", "Dress": "brass", "Tool": "navy", "Vintage": "burgundy"}
Line = dict[str, str]


def seed(today: date | None = None) -> None:
    """Make the demo household on a box that nobody uses yet; else do nothing."""
    with db.write(None) as connection:
        if accounts.has_accounts(connection):
            return
        member = _sign_up(connection)
    today = today or datetime.now(UTC).date()
    with db.write(member) as connection:
        groups = {
            name: collections.add(connection, member, name, colour)
            for name, colour in COLOURS.items()
        }
        ids = {
            line["key"]: watches.add(
                connection, member, _watch(connection, member, line, groups, today), today
            )
            for line in _lines("watches.csv")
        }
        values = [
            (ids[line["watch_key"]], _value(line, today)) for line in _lines("valuations.csv")
        ]
        valuations.add_many(connection, member, values)
        for line in _lines("services.csv"):
            draft = _service(line, today)
            services.add(connection, member, ids[line["watch_key"]], draft, today)
        for line in _lines("expenses.csv"):
            cost = _expense(line, today)
            expenses.add(connection, member, ids.get(line["watch_key"]), cost, today)
        for line in _lines("care_plans.csv"):
            care_plans.add(
                connection,
                member,
                line["kind"],
                _whole(line["months"]),
                movement_type=line["movement_type_slug"] or None,
                watch_id=ids.get(line["watch_key"]),
            )
    _add_photos(member, ids)


def _add_photos(member: Member, ids: dict[str, UUID]) -> None:
    """Free photos of some of the watches; whose they are is in demo/photos/LICENCES.csv."""
    for line in _lines("photos.csv"):
        picture = pictures.read((FOLDER / "photos" / line["file"]).read_bytes())
        photos.store(member, picture)
        with db.write(member) as connection:
            photos.add(
                connection,
                member,
                ids[line["watch_key"]],
                picture,
                line["role"],
                line["caption"] or None,
            )


def _sign_up(connection: Connection) -> Member:
    """The demo account and its household."""
    user_id = accounts.sign_up(
        connection,
        email=EMAIL,
        name="Demo",
        password_hash=bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt()).decode(),
        household="Demo household",
        currency="CHF",
        visitor=Visitor(client="demo"),
    )
    accounts.create_session(connection, user_id, user_id.bytes, Visitor(client="demo"))
    member = accounts.find_member(connection, user_id.bytes)
    accounts.revoke_session(connection, user_id.bytes, Visitor(client="demo"))
    if member is None:
        raise LookupError("The demo account was made, but is not here.")
    return member


def _lines(file: str) -> Iterator[Line]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _watch(
    connection: Connection, member: Member, line: Line, groups: dict[str, UUID], today: date
) -> WatchDraft:
    plain: dict[str, Any] = {name: _number(line[name]) for name in NUMBERS}
    plain |= {name: line[name] or None for name in TEXTS}
    return WatchDraft(
        brand_id=watches.take_brand(connection, member, line["brand"]),
        collection_id=groups.get(line["collection"]),
        production_year=_whole(line["production_year"]),
        purchased_on=_day(line["purchased_months_ago"], line["purchased_day"], today),
        purchase_price=_number(line["purchase_price"]),
        purchase_fees=_number(line["purchase_fees"]),
        purchase_taxes=_number(line["purchase_taxes"]),
        purchase_currency=line["currency"] or None,
        disposed_on=_day(line["disposed_months_ago"], line["disposed_day"], today),
        sale_price=_number(line["sale_price"]),
        sale_fees=_number(line["sale_fees"]),
        sale_currency=line["currency"] if line["sale_price"] else None,
        target_price=_number(line["target_price"]),
        target_currency=line["target_currency"] or None,
        movement_type=line["movement_type_slug"] or None,
        water_resistance_m=_whole(line["water_resistance_m"]),
        tags=_list(line["tags"]),
        complications=_list(line["complications"]),
        **plain,
        status=line["status"],
    )


NUMBERS = ("case_diameter_mm", "thickness_mm", "lug_to_lug_mm", "lug_width_mm", "power_reserve_h")
TEXTS = (
    "model", "reference", "serial_number", "nickname", "condition", "box_papers", "notes",
    "retailer", "buyer", "calibre", "case_material", "crystal", "dial_colour", "bezel", "strap",
)  # fmt: skip


def _value(line: Line, today: date) -> ValuationDraft:
    return ValuationDraft(
        amount=Decimal(line["amount"]),
        currency=line["currency"],
        valued_on=_day(line["months_ago"], line["day"], today),
        kind=line["kind"],
        source=line["source"],
        note=line["note"] or None,
    )


def _service(line: Line, today: date) -> ServiceDraft:
    """A service; one without months_ago is being done, and back so many days from today."""
    done = _day(line["months_ago"], line["day"], today)
    back, again = line["expected_back_in_days"], line["next_due_in_months"]
    return ServiceDraft(
        kind=line["kind"],
        provider=line["provider"] or None,
        description=line["description"] or None,
        handed_over_on=_day(line["handed_over_months_ago"], line["handed_over_day"], today),
        expected_back_on=today + timedelta(int(back)) if back else None,
        quote=_number(line["quote"]),
        serviced_on=done,
        cost=_number(line["cost"]),
        currency=line["currency"],
        next_due_on=done + timedelta(int(again) * 30) if again and done else None,
    )


def _expense(line: Line, today: date) -> ExpenseDraft:
    """Another cost: of the watch it names, or of the whole collection."""
    return ExpenseDraft(
        kind=line["kind"],
        paid_on=_day(line["months_ago"], line["day"], today),
        amount=_number(line["amount"]),
        currency=line["currency"],
        every_months=_whole(line["every_months"]),
        note=line["note"] or None,
    )


def _day(months_ago: str, day: str, today: date) -> date | None:
    """The given day of the month so many months before this one; never in the future."""
    if not months_ago:
        return None
    years, month = divmod(today.year * 12 + today.month - 1 - int(months_ago), 12)
    return min(date(years, month + 1, int(day)), today)


def _number(typed: str) -> Decimal | None:
    return Decimal(typed) if typed else None


def _whole(typed: str) -> int | None:
    return int(typed) if typed else None


def _list(typed: str) -> list[str]:
    return typed.split("|") if typed else []

"""A list of watches for paper: ``/print/watches?ids=…``, a page without the app around it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app import format as say
from app import print_markup, routes
from app.photo_links import photo_url
from app.print_markup import PrintRow
from app.watch_words import STATUSES
from data import bulk
from data.accounts import Member
from data.bulk import Listed
from data.currencies import CURRENCIES
from data.db import read
from data.watches import Status

PATH = "/print/watches"
MOST = 1_000
PRIVATE = {"cache-control": "no-store"}
UUID_BYTES = 16


def address(watch_ids: Sequence[UUID], currency: str) -> str:
    """Where this list is printed; ids in 22 characters each, so that hundreds fit an address."""
    ids = ",".join(urlsafe_b64encode(one.bytes).decode().rstrip("=") for one in watch_ids)
    return f"{PATH}?currency={currency}&ids={ids}"


def read_ids(text: str) -> list[UUID]:
    """The watches of an address, in order and each once; what is no id is left out."""
    found: dict[UUID, None] = {}
    for part in text.split(",")[:MOST]:
        try:
            raw = urlsafe_b64decode(f"{part}==") if len(part) < UUID_BYTES * 2 else b""
            found[UUID(bytes=raw) if len(raw) == UUID_BYTES else UUID(part)] = None
        except ValueError:
            continue
    return list(found)


def render(found: Sequence[Listed], household: str, currency: str, today: date) -> str:
    """The page; its totals say what they leave out."""
    known = [one.value for one in found if one.value is not None]
    costs = [one.cost for one in found if one.cost is not None]
    here = say.count(len(found), "watch", "watches")
    missing = [
        f"{say.count(len(found) - len(there), 'watch', 'watches')} without a {what}"
        for what, there in (("cost", costs), ("value", known))
        if len(there) < len(found)
    ]
    return print_markup.page(
        household,
        f"{here}, {say.day(today)}. Amounts in {currency}, cost at the rate of its day.",
        currency,
        (_row(one, currency) for one in found),
        (
            "; ".join(missing),
            _amount(sum(costs, Decimal(0)) if costs else None, currency),
            _amount(sum(known, Decimal(0)) if known else None, currency),
        ),
    )


async def watches(request: Request) -> Response:
    """The list for the member behind the request; 401 for a stranger, 404 when none is theirs."""
    page = await run_in_threadpool(_page, request)
    if page is None:
        return PlainTextResponse("Sign in to print your watches.", 401, headers=PRIVATE)
    if not page:
        return PlainTextResponse("There is nothing here.", 404, headers=PRIVATE)
    return HTMLResponse(page, headers=PRIVATE)


async def script(_: Request) -> Response:
    """Opens the browser's print dialog; a file of its own, since inline scripts don't run here."""
    return PlainTextResponse(print_markup.SCRIPT, media_type="text/javascript")


def _page(request: Request) -> str | None:
    member = routes.find_member(request)
    if member is None:
        return None
    asked = request.query_params.get("currency", "").upper()
    currency = asked if asked in CURRENCIES else member.currency
    ids, today = read_ids(request.query_params.get("ids", "")), _today(member)
    with read(member) as db:
        found = bulk.listed(db, member, ids, currency, today)
    return render(found, member.household, currency, today) if found else ""


def _today(member: Member) -> date:
    try:
        return datetime.now(ZoneInfo(member.time_zone or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.now(UTC).date()


def _row(one: Listed, currency: str) -> PrintRow:
    valued = say.day(one.valued_on) if one.valued_on else "at cost"
    return PrintRow(
        photo_url(one.cover, "thumb"),
        one.brand,
        one.model,
        "" if one.status == Status.OWNED else STATUSES[Status(one.status)],
        one.reference or say.ABSENT,
        one.serial_number or say.ABSENT,
        say.day(one.purchased_on),
        _amount(one.cost, currency),
        _amount(one.value, currency),
        valued if one.value is not None else "",
    )


def _amount(amount: Decimal | None, currency: str) -> str:
    return say.money(amount, currency, cents=True).replace(f"{currency}{say.SPACE}", "")


ROUTES: list[BaseRoute] = [
    Route(PATH, watches, methods=["GET"]),
    Route("/print/print.js", script, methods=["GET"]),
]

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
from app.language import N_, _
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
NO_COST, NO_VALUE = N_("{watches} without a cost"), N_("{watches} without a value")
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
        _(sentence, watches=say.count(len(found) - len(there), "watch", "watches"))
        for sentence, there in ((NO_COST, costs), (NO_VALUE, known))
        if len(there) < len(found)
    ]
    return print_markup.page(
        household,
        _(
            "{watches}, {day}. Amounts in {currency}, cost at the rate of its day.",
            watches=here,
            day=say.day(today),
            currency=currency,
        ),
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
    return await run_in_threadpool(_answer, request)


async def script(_request: Request) -> Response:
    """Opens the browser's print dialog; a file of its own, since inline scripts don't run here."""
    return PlainTextResponse(print_markup.SCRIPT, media_type="text/javascript")


def _answer(request: Request) -> Response:
    member = routes.find_member(request)
    routes.use_reader(request, member)
    if member is None:
        return PlainTextResponse(_("Sign in to print your watches."), 401, headers=PRIVATE)
    page = _page(request, member)
    if not page:
        return PlainTextResponse(_("There is nothing here."), 404, headers=PRIVATE)
    return HTMLResponse(page, headers=PRIVATE)


def _page(request: Request, member: Member) -> str:
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
    valued = say.day(one.valued_on) if one.valued_on else _("at cost")
    return PrintRow(
        photo_url(one.cover, "thumb"),
        one.brand,
        one.model,
        "" if one.status == Status.OWNED else _(STATUSES[Status(one.status)]),
        one.reference or say.ABSENT,
        one.serial_number or say.ABSENT,
        say.day(one.purchased_on),
        _amount(one.cost, currency),
        _amount(one.value, currency),
        valued if one.value is not None else "",
    )


def _amount(amount: Decimal | None, currency: str) -> str:
    shown = say.money(amount, currency, cents=True)
    return shown.replace(f"{currency}{say.SPACE}", "").replace(f"{say.SPACE}{currency}", "")


ROUTES: list[BaseRoute] = [
    Route(PATH, watches, methods=["GET"]),
    Route("/print/print.js", script, methods=["GET"]),
]

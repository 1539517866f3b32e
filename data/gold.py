"""The price of gold: PLN for a gram, as the National Bank of Poland publishes it since 2013.

It is asked for only when the person who runs this box wants that (WATCH_FETCH_GOLD=1): a year at
a time, and afterwards only the days that are new.
"""

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import cast

from sqlalchemy import Connection

from data import queries
from data.calc.series import Point
from data.said import said

NBP = "https://api.nbp.pl/api/cenyzlota"
FIRST_DAY = date(2013, 1, 2)
MOST_DAYS = 360  # of one request; the bank answers up to 367
LIMIT = 200_000  # bytes; a year has less than 20,000
PAUSE = 0.5  # seconds between two requests
SECONDS = 20  # for each part of an answer
SECONDS_IN_ALL = 60  # for a server that sends a byte now and then
CHEAPEST, DEAREST = Decimal(1), Decimal(100_000)  # PLN for a gram: else it is no price
DECIMALS = 6  # at most; the bank gives two
NO_LIST = "This is not the bank's list of gold prices."
MISSING = said(
    "There are no gold prices here yet. Whoever runs this box can switch them on with "
    "WATCH_FETCH_GOLD=1; or import a gold series as a benchmark."
)


def allowed() -> bool:
    """Whether the person who runs this box lets it ask for the price of gold."""
    return os.environ.get("WATCH_FETCH_GOLD") == "1"


def newest(db: Connection) -> date | None:
    """The day of the newest price, or None."""
    return cast("date | None", queries.value(db, "gold_newest"))


def load(db: Connection, prices: Sequence[Point]) -> int:
    """Keep prices of days that are new; returns how many. Needs ``db.maintenance()``."""
    added = queries.do(
        db,
        "gold_put",
        days=[price.day for price in prices],
        amounts=[price.amount for price in prices],
    )
    if added:
        queries.run(db, "fx_changes_everything", {})
    return added


def fetch(known: date | None, today: date, source: str = "") -> Iterator[list[Point]]:
    """The prices after ``known`` up to today, a year at a time, oldest first.

    ``source`` stands in for the bank's address, ``NBP``.

    Raises:
        OSError: the bank can't be reached, or refuses.
        ValueError: what came is not its list of prices.
    """
    start = FIRST_DAY if known is None else known + timedelta(days=1)
    while start <= today:
        end = min(start + timedelta(days=MOST_DAYS), today)
        yield _ask(source or NBP, start, end)
        start = end + timedelta(days=1)
        if start <= today:
            time.sleep(PAUSE)


def read(answer: bytes, start: date, end: date) -> list[Point]:
    """The bank's answer for these days, oldest first. Raises ValueError for anything odd."""
    try:
        found = json.loads(answer, parse_float=Decimal, parse_int=Decimal)
    except (RecursionError, InvalidOperation) as error:
        raise ValueError(NO_LIST) from error
    if not isinstance(found, list):
        raise ValueError(NO_LIST)  # noqa: TRY004  (whoever reads a file expects this one)
    prices = [_price(each) for each in found]
    days = [price.day for price in prices]
    if days != sorted(set(days)) or not all(start <= day <= end for day in days):
        raise ValueError("The bank's gold prices are not of the days that were asked for.")
    return prices


def _price(each: object) -> Point:
    if not isinstance(each, dict):
        raise ValueError(NO_LIST)  # noqa: TRY004
    day, amount = each.get("data"), each.get("cena")
    if not isinstance(day, str) or not isinstance(amount, Decimal):
        raise ValueError("A gold price without its day or its amount.")  # noqa: TRY004
    exponent = amount.as_tuple().exponent
    if not CHEAPEST <= amount < DEAREST or not isinstance(exponent, int) or exponent < -DECIMALS:
        raise ValueError("What the bank says is no price of a gram of gold.")
    return Point(date.fromisoformat(day), amount)


def _ask(source: str, start: date, end: date) -> list[Point]:
    address = f"{source}/{start.isoformat()}/{end.isoformat()}/?format=json"
    headers = {"User-Agent": "Caseback (gold price)", "Accept": "application/json"}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310  (ours, not a person's)
    try:
        with _OPENER.open(request, timeout=SECONDS) as answer:
            content = _content(answer)
    except urllib.error.HTTPError as error:
        with error:
            if error.code == http.client.NOT_FOUND:  # a weekend: no price on any of these days
                return []
        raise
    except http.client.HTTPException as error:
        raise OSError("the bank's answer broke off") from error
    return read(content, start, end)


def _content(answer: http.client.HTTPResponse) -> bytes:
    """All of an answer, if it is not too long in bytes or in seconds."""
    content, end = b"", time.monotonic() + SECONDS_IN_ALL
    while part := answer.read1(LIMIT):
        content += part
        if len(content) > LIMIT:
            raise ValueError("This is too much for a year of gold prices.")
        if time.monotonic() > end:
            raise TimeoutError("the bank's answer does not end")
    return content


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The bank's address is the one that was agreed to; another one is not asked."""

    def redirect_request(self, *_: object) -> None:
        """Follow none: the answer is an error."""


_OPENER = urllib.request.build_opener(_NoRedirect)

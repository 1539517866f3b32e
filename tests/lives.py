"""Invented lives of watches in the first quarter of 2023, for the model and the database alike."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import psycopg
from hypothesis import strategies as st

from data.accounts import Member
from tests.collector import add_value, add_watch
from tests.oracle import OracleWatch, Rates

RATES = """select currency, rate_date, eur_rate from fx_rate where currency in ('USD', 'CHF', 'JPY', 'RUB')
    and (rate_date between '2022-12-01' and '2023-04-10' or rate_date >= '2026-10-01')"""
days = st.dates(date(2023, 1, 1), date(2023, 3, 31))
currencies = st.sampled_from(["EUR", "USD", "CHF", "JPY", "RUB"])
amounts = st.decimals(1, 10**6, places=2)


@st.composite
def histories(draw: st.DrawFn) -> OracleWatch:
    """A watch's life: bought or given, valued, perhaps gone."""
    bought = draw(days)
    gone = draw(st.none() | st.dates(bought, date(2023, 4, 5)))
    valued = draw(st.dictionaries(days, st.tuples(amounts, currencies), max_size=4))
    currency = draw(currencies)
    return OracleWatch(
        status="owned" if gone is None else draw(st.sampled_from(["sold", "gifted", "lost"])),
        acquired_on=bought,
        cost=draw(st.none() | st.just(Decimal(0)) | amounts),
        cost_currency=currency,
        disposed_on=gone,
        proceeds=None if gone is None else draw(st.none() | amounts),
        valuations=[(day, amount, own) for day, (amount, own) in valued.items()],
    )


def bring_in(member: Member, history: OracleWatch, **facts: object) -> UUID:
    """Record such a life as a person would; returns the watch's id."""
    price = f"{history.cost} {history.cost_currency}" if history.cost is not None else None
    watch_id = add_watch(
        member, status=history.status, purchased_on=history.acquired_on, price=price, disposed_on=history.disposed_on,
        sale_price=history.proceeds, sale_currency=history.proceeds and history.cost_currency, **facts,
    )  # fmt: skip
    for day, amount, currency in history.valuations:
        add_value(member, watch_id, f"{amount} {currency}", day)
    return watch_id


def rates(owner: psycopg.Connection) -> Rates:
    """The rates of that quarter, and the newest, as the model wants them."""
    found: Rates = {}
    for currency, day, eur_rate in owner.execute(RATES):
        found.setdefault(currency, []).append((day, eur_rate))
    return found

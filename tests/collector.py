"""A collector's hands: put watches and values in, in one line."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from data import db, valuations, watches
from data.accounts import Member
from data.valuations import ValuationDraft
from data.watches import Watch, WatchDraft

TODAY = date(2026, 10, 30)  # the day of the newest rates that ship


def add_watch(
    member: Member, brand: str = "Omega", model: str = "Speedmaster", **facts: object
) -> UUID:
    """A watch with these facts; returns its id. ``price="6500 EUR"`` fills price and currency."""
    if price := facts.pop("price", None):
        amount, currency = str(price).split()
        facts |= {"purchase_price": Decimal(amount), "purchase_currency": currency}
    with db.write(member) as connection:
        brand_id = watches.take_brand(connection, member, brand)
        draft = WatchDraft(brand_id=brand_id, model=model, **facts)  # type: ignore[arg-type]
        return watches.add(connection, member, draft, TODAY)


def add_value(
    member: Member, watch_id: UUID, amount: str, day: date = TODAY, **facts: object
) -> UUID:
    """A value of a watch, ``amount="7200 CHF"``; returns its id. Striking ones are confirmed."""
    number, currency = amount.split()
    draft = ValuationDraft(
        amount=Decimal(number),
        currency=currency,
        valued_on=day,
        confirmed=True,
        **facts,  # type: ignore[arg-type]
    )
    with db.write(member) as connection:
        return valuations.add(connection, member, watch_id, draft, TODAY)


def get_watch(member: Member, watch_id: UUID) -> Watch:
    """The watch as it is now."""
    with db.read(member) as connection:
        return watches.get(connection, member, watch_id)

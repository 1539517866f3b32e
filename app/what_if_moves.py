"""Choosing what to sell and buy on paper, and at what price; every change goes into the address."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import amounts, language, ui, what_if, what_if_markup
from app import format as say
from app.language import N_, _
from app.list_markup import Link
from app.many import name_of
from app.watch_words import typed_amount
from app.what_if import BUY, SELL, Known, Move
from data.analytics import Holding
from data.wishlist import Wish

ANY, PRICE, MONEY, FEES = 300, 200, 96, 120  # pixels; two of them beside each other on a phone
WORDS = {SELL: N_("Sell"), BUY: N_("Buy")}


def choose(moves: Sequence[Move], here: Known) -> None:
    """A watch of the collection to sell, a wish to buy: whatever is chosen is added."""
    _add(SELL, _("Sell a watch"), _("Choose one you own"), here.owned, moves, here)
    _add(BUY, _("Buy a wish"), _("Choose from the wishlist"), here.wishes, moves, here)


def rows(moves: Sequence[Move], here: Known) -> None:
    """Each move with its price, currency and fees."""
    for move in moves:
        _row(move, moves, here)


def _add(
    kind: str,
    label: str,
    hint: str,
    there: Mapping[UUID, Holding] | Mapping[UUID, Wish],
    moves: Sequence[Move],
    here: Known,
) -> None:
    taken = {move.watch_id for move in moves}
    names = {
        watch_id: name_of(one.brand, one.model, one.reference)
        for watch_id, one in there.items()
        if watch_id not in taken
    }
    if not names or len(moves) >= what_if.MOST:
        st.caption(_("{label}: none to choose", label=label), width=ANY)
        return
    chosen = st.selectbox(
        label,
        sorted(names, key=lambda watch_id: names[watch_id].casefold()),
        None,
        format_func=lambda watch_id: names.get(watch_id, ""),
        placeholder=hint,
        key=f"what_if.{kind}.{len(moves)}.{len(names)}",
        width=ANY,
    )
    if chosen and (move := what_if.usual(kind, chosen, here)):
        what_if.go([*moves, move])
        st.rerun()


def _row(move: Move, moves: Sequence[Move], here: Known) -> None:
    key = f"what_if.{move.watch_id}"
    shown = () if language.reader().hides_amounts else move.offers  # their addresses are amounts
    offers = [
        Link(
            f"{_(offer.label)} {say.money(offer.amount, offer.currency)}",
            _address(_instead(moves, replace(move, amount=offer.amount, currency=offer.currency))),
        )
        for offer in shown
        if (offer.amount, offer.currency) != (move.amount, move.currency)
    ]
    name = Link(move.name, f"/watch?id={move.watch_id}")
    with st.container(key=f"stay_what_if_{move.watch_id}", gap="xsmall"):
        ui.piece(what_if_markup.head(_(WORDS[move.kind]), name, offers))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            price, problem = _amount(
                _("Price"),
                f"{key}.price",
                move.amount,
                move.currency,
                PRICE,
                asked=_("Write a price."),
            )
            currency = st.selectbox(
                _("Currency"),
                here.currencies,
                index=here.currencies.index(move.currency),
                key=f"{key}.currency.{move.currency}",
                width=MONEY,
            )
            fees, wrong = _amount(_("Fees"), f"{key}.fees", move.fees or None, move.currency, FEES)
            st.button(
                _("Remove"),
                icon=":material/close:",
                key=f"{key}.remove",
                on_click=what_if.go,
                args=([one for one in moves if one != move],),
            )
        ui.field_problem({"": problem or wrong}, "")
    now = replace(move, amount=price, currency=currency, fees=fees or Decimal())
    if now != move:
        what_if.go(_instead(moves, now))
        st.rerun()


def _amount(
    label: str, key: str, held: Decimal | None, currency: str, width: int, asked: str = ""
) -> tuple[Decimal | None, str]:
    """What is typed, or what was there before if that can't be read; and why it can't.

    ``asked``: what to say where nothing is typed; without it, nothing may be typed.
    """
    typed = amounts.field(label, typed_amount(held), key=f"{key}.{held}", width=width)
    if not typed.strip():
        return (held, asked if held else "") if asked else (None, "")
    if typed == typed_amount(held):
        return held, ""
    try:
        return amounts.parse(typed, currency), ""
    except ValueError as problem:
        return held, _(str(problem))


def _instead(moves: Sequence[Move], now: Move) -> list[Move]:
    return [now if one.watch_id == now.watch_id else one for one in moves]


def _address(moves: Sequence[Move]) -> str:
    """A link to this page with these moves."""
    pairs = [(move.kind, move.written) for move in moves]
    pairs += [("currency", shown) for shown in st.query_params.get_all("currency")]
    return f"{what_if.PATH}?{urlencode(pairs, safe='~')}"

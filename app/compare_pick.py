"""Choosing watches to compare on the list: a card or line chooses its watch.

The choice is in the address, ``/watches?compare=a,b``; ``compare=pick`` while nothing is chosen.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import streamlit as st

from app import compare, ui
from app.cache import cached
from app.compare_markup import ticked
from app.language import N_, _
from app.list_markup import Link, TableRow
from app.markup import Card
from app.watch_filters import PICKING, Asked

ASKED_FOR = (  # by how many are chosen
    N_("Choose two to four watches"),
    N_("Choose one to three more"),
    N_("Up to two more fit"),
    N_("One more fits"),
    N_("Four chosen, no more fit"),
)


def chosen(asked: Asked) -> list[UUID]:
    """The watches chosen so far, in order; at most four."""
    return list(compare.read_ids(asked.picked.split(","))[0][: compare.MOST])


def button(asked: Asked) -> None:
    """Begin to choose, or stop it."""

    def turn() -> None:
        st.query_params.update({"compare": [] if asked.picked else PICKING})

    st.button(
        _("Close compare") if asked.picked else _("Compare"),
        icon=":material/compare_arrows:",
        key="watches.compare",
        on_click=turn,
    )


def card(asked: Asked, shown: Card, watch_id: UUID) -> Card:
    """The card, or while choosing one that chooses."""
    if not asked.picked:
        return shown
    brand = ticked(shown.brand, chosen=watch_id in chosen(asked))
    return replace(shown, href=_turned(asked, watch_id), brand=brand)


def line(asked: Asked, shown: TableRow, watch_id: UUID) -> TableRow:
    """The line of the table, or while choosing one that chooses."""
    if not asked.picked:
        return shown
    brand = ticked(shown.brand, chosen=watch_id in chosen(asked))
    return replace(shown, href=_turned(asked, watch_id), brand=brand)


def bar(asked: Asked) -> None:
    """At the bottom of the list: what is chosen, and the way to compare it."""
    if not asked.picked:
        return
    ids = chosen(asked)
    found = cached(compare.names_of, tuple(ids))
    known = [watch_id for watch_id in ids if watch_id in found]
    with st.container(key="compare_bar"):
        ui.choice_bar(
            _(ASKED_FOR[len(known)]),
            [Link(found[one], _without(asked, known, one)) for one in known],
            Link(_("Compare {number} watches", number=len(known)), compare.address(known))
            if len(known) > 1
            else None,
            Link(_("Cancel"), asked.address(asked.after, compare=None)),
        )


def _turned(asked: Asked, watch_id: UUID) -> str:
    """The way to choose a watch, or to take it out; where it leads if there are four is here."""
    ids = chosen(asked)
    if watch_id in ids:
        return _without(asked, ids, watch_id)
    return _with(asked, [*ids, watch_id][: compare.MOST])


def _without(asked: Asked, ids: Sequence[UUID], watch_id: UUID) -> str:
    return _with(asked, [one for one in ids if one != watch_id])


def _with(asked: Asked, ids: Sequence[UUID]) -> str:
    picked = ",".join(str(one) for one in ids) or PICKING
    return asked.address(asked.after, compare=picked)

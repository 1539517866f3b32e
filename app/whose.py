"""Whose watches are shown: all, mine, or the household's; in the address as ``?owner=``."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from app import session
from app.cache import cached
from app.language import N_, _
from data import members

ME, HOUSEHOLD = "me", "household"  # beside the ids of members
VIEWS = {"": N_("All"), ME: N_("Mine"), HOUSEHOLD: N_("Household's")}


def options() -> dict[str, str]:
    """What may stand in an address, and what people read: who reads, nobody in particular, each."""
    people = {str(one.user_id): one.name for one in cached(members.every)}
    if len(people) < 2:  # noqa: PLR2004
        return people
    return {ME: _("Mine"), HOUSEHOLD: _("Household's"), **people}


def stored(key: str) -> UUID | None:
    """As ``watch.owner_id`` has it; None: the household."""
    if key == ME:
        return session.member().user_id
    return None if key == HOUSEHOLD else UUID(key)


def is_view(given: Sequence[str]) -> bool:
    """Whether the choice itself says all that the address asks for."""
    return ",".join(given) in VIEWS


def named(key: str) -> str:
    """Whose it is, in a sentence about some watches: "Ana", "the household"."""
    if key == ME:
        return session.member().name
    return _("the household") if key == HOUSEHOLD else options()[key]


def choose(given: Sequence[str]) -> list[str] | None:
    """The choice, where there is one; ``given`` is what the address has.

    Returns what it is to have once another is chosen, else None. Of several owners none is marked.
    """
    if len(cached(members.every)) < 2:  # noqa: PLR2004
        return None
    here = ",".join(given)
    chosen = st.segmented_control(
        _("Whose watches"),
        list(VIEWS),
        default=here if here in VIEWS else None,
        format_func=lambda view: _(VIEWS[view]),
        required=here in VIEWS,
        key=f"whose.{here}",
        label_visibility="collapsed",
    )
    return None if chosen is None or chosen == here else [chosen] if chosen else []

"""What becomes of the households of somebody whose account is deleted: told, and asked."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from app import ui
from app.language import _, ngettext
from data.errors import RefusedError
from data.leaving import DELETE, Leaving
from data.said import said


def ask(plan: Sequence[Leaving], key: str) -> dict[UUID, str]:
    """A sentence for each household, and a choice for those whose last owner leaves.

    Returns what was chosen: DELETE or the id of the next owner; nothing for what is still open.
    """
    st.markdown("\n".join(f"- {_said(one)}" for one in plan))
    chosen: dict[UUID, str] = {}
    for one in plan:
        if one.must_choose and (choice := _choose(one, key)):
            chosen[one.household_id] = choice
    return chosen


def check(plan: Sequence[Leaving], chosen: Mapping[UUID, str]) -> None:
    """Refuse to go on while a household waits for a choice.

    Raises:
        RefusedError: with the first household that does, at ``household``.
    """
    for one in plan:
        if one.must_choose and one.household_id not in chosen:
            sentence = said("Choose what becomes of {household}.", household=one.name)
            raise RefusedError({"household": sentence})


def _choose(one: Leaving, key: str) -> str | None:
    names = {str(user_id): name for user_id, name in zip(one.heir_ids, one.heirs, strict=True)}

    def named(choice: str) -> str:
        if choice == DELETE:
            return _("Delete it with everything in it")
        return _("Make {name} its owner", name=names[choice])

    return st.selectbox(
        _("What becomes of {household}", household=ui.plain(one.name)),
        [*names, DELETE],
        index=None,
        format_func=named,
        placeholder=_("Choose"),
        key=f"{key}.{one.household_id}",
    )


def _said(one: Leaving) -> str:
    """What happens, with what goes counted where who asks may know it."""
    name = f"**{ui.plain(one.name)}**"
    if one.goes:
        contents = held(one)
        if contents:
            return _(
                "{household} goes with all in it: {contents}.", household=name, contents=contents
            )
        return _("{household} goes with everything in it.", household=name)
    if one.must_choose:
        told = ngettext(
            "{household} has {number} other member and needs an owner.",
            "{household} has {number} other members and needs an owner.",
            one.others,
            household=name,
        )
    else:
        told = _("{household} stays, and the watches in it.", household=name)
    if one.private_watches:
        told += " " + ngettext(
            "{number} watch there that only you see goes with you.",
            "{number} watches there that only you see go with you.",
            one.private_watches,
        )
    return told


def held(one: Leaving) -> str:
    """How many watches, photos and documents; empty where that is not told."""
    if one.watches is None or one.photos is None or one.documents is None:
        return ""
    return ", ".join(
        (
            ngettext("{number} watch", "{number} watches", one.watches),
            ngettext("{number} photo", "{number} photos", one.photos),
            ngettext("{number} document", "{number} documents", one.documents),
        )
    )

"""The foot of the page that updates values: save all at once, take it back, start over.

Refused: nothing is recorded, and what was typed stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from app import format as say
from app import session, value_round_cells
from app.language import _
from app.value_round import CONFIRMED, REFUSED, TYPED, Entry, Typed, typed
from data import value_rounds
from data.bulk import RowsRefusedError
from data.errors import AppError
from data.value_rounds import Stored

LAST = "update_values.last"  # what was done last, to be taken back


@dataclass(frozen=True)
class Recorded:
    """A round that was recorded; ``undone``: it is in the bin now."""

    stored: list[Stored]
    undone: bool = False


@dataclass(frozen=True)
class Cleared:
    """What was typed before somebody started over."""

    typed: dict[UUID, Typed]


def bar(found: list[Entry], problems: dict[str, str]) -> None:
    """At the foot of the screen: save what is typed, or take back what was done last."""
    last: Recorded | Cleared | None = session.get(LAST, None)
    if not typed() and last is None:
        return
    with st.bottom, st.container(horizontal=True, vertical_alignment="center"):
        if typed():
            waits = _in_the_way(found)
            label = _("Save {values}", values=say.count(len(found), "value", "values"))
            stopped = not found or bool(waits or problems)
            if st.button(label, type="primary", disabled=stopped, key="update_values.save"):
                with st.spinner(_("Recording")):
                    save(found)
                _again()
            if st.button(_("Start over"), key="update_values.clear"):
                clear()
                _again()
            st.markdown(waits, width="content")
        elif isinstance(last, Cleared):
            cells = say.count(len(last.typed), "cell", "cells")
            st.markdown(_("{cells} cleared.", cells=cells), width="content")
            if st.button(_("Undo"), icon=":material/undo:", key="update_values.back"):
                bring_back(last)
                _again()
        elif last:
            _undo_recorded(last)


def save(found: Sequence[Entry]) -> None:
    """Record all in one transaction. Refused: none is recorded, and what was typed stays."""
    drafts = {one.row.watch_id: one.draft for one in found if one.draft}
    names = {one.row.watch_id: one.name for one in found}
    try:
        with session.write() as db:
            stored = value_rounds.record(db, session.member(), drafts, session.today())
    except RowsRefusedError as error:
        session.put(REFUSED, [f"{names[one]}: {_(said)}" for one, said in _sentences(error)])
    except AppError as error:
        session.put(REFUSED, [_(str(error))])
    else:
        _forget()
        session.put(LAST, Recorded(stored))
        here = {one.watch_id for one in stored}
        for watch_id in names.keys() - here:
            sentence = _(
                "{watch} is in the bin meanwhile: no value was recorded.", watch=names[watch_id]
            )
            session.notice(sentence)


def take_back(last: Recorded) -> None:
    """Put the round that was recorded last into the bin."""
    _turn(last, undone=True)


def record_again(last: Recorded) -> None:
    """Take it out of the bin again."""
    _turn(last, undone=False)


def clear() -> None:
    """Nothing is typed any more; it can be brought back."""
    session.put(LAST, Cleared(typed()))
    _forget()


def bring_back(last: Cleared) -> None:
    """What was typed before."""
    session.put(TYPED, last.typed)
    session.drop(LAST)


def _in_the_way(found: list[Entry]) -> str:
    """Why there is nothing to save yet, in a few words."""
    unread = sum(bool(one.problem) for one in found)
    striking = sum(bool(one.striking) for one in found)
    unread_ones = say.count(unread, "amount", "amounts")
    striking_ones = say.count(striking, "amount", "amounts")
    said = [_("{amounts} to correct", amounts=unread_ones)] if unread else []
    said += [_("{amounts} to confirm", amounts=striking_ones)] if striking else []
    return ", ".join(said)


def _undo_recorded(last: Recorded) -> None:
    """What was recorded, and the way back and forth."""
    values = say.count(len(last.stored), "value", "values")
    taken_back, recorded = _("{values} taken back."), _("{values} recorded.")
    said = taken_back if last.undone else recorded
    st.markdown(said.format(values=values), width="content")
    turn = record_again if last.undone else take_back
    again, undo = (_("Record again"), None), (_("Undo"), ":material/undo:")
    label, icon = again if last.undone else undo
    key = "update_values.Record again" if last.undone else "update_values.Undo"
    if st.button(label, icon=icon, key=key):
        with st.spinner(_("Working")):
            turn(last)
        _again()


def _again() -> None:
    """The list afresh, with the next run."""
    value_round_cells.again()
    st.rerun()


def _forget() -> None:
    for key in (TYPED, CONFIRMED, REFUSED):
        session.drop(key)


def _turn(last: Recorded, *, undone: bool) -> None:
    act = value_rounds.remove if undone else value_rounds.restore
    try:
        with session.write() as db:
            moved = act(db, session.member(), last.stored)
    except AppError as error:
        session.notice(_(str(error)))
        return
    if left := len(last.stored) - len(moved):
        values = say.count(left, "value", "values")
        session.notice(_("{values} changed meanwhile, and left alone.", values=values))
    session.put(LAST, Recorded(moved, undone) if moved else None)


def _sentences(error: RowsRefusedError) -> list[tuple[UUID, str]]:
    return [(one, said) for one, problems in error.rows.items() for said in problems.values()]

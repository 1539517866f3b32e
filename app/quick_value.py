"""Today's values of the watches in a list: one field a watch, and Enter records it.

What was typed stays until it is recorded; a striking amount is asked about at its field. The last
one recorded can be taken back, and put back again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import streamlit as st

from app import amounts, session, ui
from app import format as say
from app.language import _
from app.photo_links import photo_url
from app.value_form import far_from
from data import valuations
from data.errors import AppError
from data.listing import WatchRow
from data.valuations import Earlier, StrikingError, ValuationDraft

LAST = "values.last"  # the value recorded last, to be taken back
WIDTH = 300


@dataclass(frozen=True)
class Recorded:
    """A value recorded here, and whether it was taken back since."""

    valuation_id: UUID
    draft: ValuationDraft
    watch: str  # its name
    undone: bool = False


@dataclass(frozen=True)
class Refused:
    """Why an amount was not recorded; with a draft: it may be right all the same."""

    typed: str
    sentence: str = ""
    draft: ValuationDraft | None = None
    before: Earlier | None = None  # what the draft is far from


def fields(rows: Sequence[WatchRow], currency: str) -> None:
    """A field for each watch; ``currency`` is for those that have no value yet."""
    with st.container(horizontal=True, gap="medium", key="value_fields"):
        for row in rows:
            with st.container(width=WIDTH):
                _field(row, row.value_currency or currency)


def last_recorded() -> None:
    """At the foot of the screen: what was recorded last, and the way back."""
    last: Recorded | None = session.get(LAST, None)
    if last is None:
        return
    with st.bottom, st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(ui.plain(_told(last)), width="content")
        if last.undone:
            st.button(_("Record again"), key="values.redo", on_click=_restore, args=(last,))
        else:
            st.button(
                _("Undo"), icon=":material/undo:", key="values.undo", on_click=_remove, args=(last,)
            )


def _told(last: Recorded) -> str:
    amount = say.money(last.draft.amount, last.draft.currency)
    said = _("{amount} recorded for {watch}.", amount=amount, watch=last.watch)
    return _("Taken back: {sentence}", sentence=said) if last.undone else said


def _field(row: WatchRow, currency: str) -> None:
    key = f"values.{row.watch_id}"
    name = " ".join(filter(None, (row.brand, row.model, row.reference)))
    photo = f"![]({photo_url(row.cover, 'thumb')}) " if row.cover else ""
    amounts.field(
        photo + _as_it_is(f"{name}, {currency}"),
        key=f"page.{key}",  # where session.get and session.put find it
        placeholder=_before(row),
        on_change=_record,
        args=(row, currency),
    )
    refused: Refused | None = session.get(f"{key}.refused", None)
    if refused is None or refused.typed != session.get(key, ""):
        return
    sentence = far_from(refused.before) if refused.before else refused.sentence
    ui.field_problem({"amount": sentence}, "amount")
    if refused.draft:
        st.button(
            _("Yes, it is right"),
            icon=":material/check:",
            key=f"{key}.confirm",
            on_click=_save,
            args=(row, replace(refused.draft, confirmed=True)),
        )


def _as_it_is(text: str) -> str:
    """Text for a label: few backslashes, since a screen reader is given them too."""
    return re.sub(r"[\\`*_\[\]~$<^]|:(?=\w)|&(?=#?\w+;)", r"\\\g<0>", text)


def _before(row: WatchRow) -> str:
    """What the field shows while it is empty: the value so far."""
    if row.value_amount is None or not row.value_currency:
        return _("No value yet")
    amount = say.money(row.value_amount, row.value_currency)
    return f"{amount}, {say.day(row.valued_on) if row.valued_on else _('at cost')}"


def _record(row: WatchRow, currency: str) -> None:
    key = f"values.{row.watch_id}"
    typed = session.get(key, "")
    session.drop(f"{key}.refused")
    if not typed.strip():
        return
    try:
        amount = amounts.parse(typed, currency)
    except ValueError as problem:
        session.put(f"{key}.refused", Refused(typed, str(problem)))
        return
    _save(row, ValuationDraft(amount, currency, session.today()))


def _save(row: WatchRow, draft: ValuationDraft) -> None:
    """Record it; refused: what was typed stays, and the field says why."""
    key = f"values.{row.watch_id}"
    typed = session.get(key, "")
    try:
        with session.write() as db:
            found = valuations.add(db, session.member(), row.watch_id, draft, session.today())
    except StrikingError as problem:
        session.put(f"{key}.refused", Refused(typed, "", draft, problem.before))
    except AppError as problem:
        session.put(f"{key}.refused", Refused(typed, str(problem)))
    else:
        session.put(LAST, Recorded(found, draft, f"{row.brand} {row.model}"))
        session.put(key, "")
        session.drop(f"{key}.refused")


def _remove(last: Recorded) -> None:
    try:
        with session.write() as db:
            member = session.member()
            valuations.remove(db, member, valuations.get(db, member, last.valuation_id))
    except AppError as problem:
        session.drop(LAST)
        session.notice(_(str(problem)))
    else:
        session.put(LAST, replace(last, undone=True))


def _restore(last: Recorded) -> None:
    try:
        with session.write() as db:
            valuations.restore(db, session.member(), last.valuation_id)
    except AppError as problem:
        session.drop(LAST)
        session.notice(_(str(problem)))
    else:
        session.put(LAST, replace(last, undone=False))

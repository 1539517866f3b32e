"""Adding and editing a watch: the form, its refusals at their fields, two people editing one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NoReturn, TypeVar
from uuid import UUID

import streamlit as st
from sqlalchemy import Connection

from app import session, ui
from app.language import N_, _
from app.watch_fields import FULL_GROUPS, GROUPS, Entry, Fields
from app.watch_words import LABELS, MEASURES
from data import watches
from data.errors import AppError, RefusedError
from data.said import said
from data.watches import Status, WatchDraft

T = TypeVar("T")
NOT_YOURS = N_("Only a watch that belongs to you can be private. Choose yourself as its owner.")
FIELD_OF = {  # constraint → the field at which its sentence shows
    **{measure.constraint: name for name, measure in MEASURES.items()},
    "brand_name_given": "brand",
    "watch_brand_known": "brand",
    "watch_model_given": "model",
    "watch_serial_taken": "serial_number",
    "watch_collection_known": "collection",
    "watch_movement_known": "movement_type",
    "watch_complication_known": "complications",
    "tag_given": "tags",
    "watch_purchase_date_plausible": "purchased_on",
    "watch_warranty_plausible": "warranty_until",
    "watch_purchase_currency_plausible": "purchase_currency",
    "watch_price_has_currency": "purchase_currency",
    "watch_fees_need_price": "purchase_price",
    "watch_sale_currency_plausible": "sale_currency",
    "watch_sale_has_currency": "sale_currency",
    "watch_sale_fees_need_price": "sale_price",
    "watch_disposal_dated": "disposed_on",
    "watch_disposal_after_purchase": "disposed_on",
    "watch_owner_known": "owner",
    "watch_private_has_owner": "is_private",
    "watch_target_not_negative": "target_price",
    "watch_target_currency_plausible": "target_currency",
    "watch_target_has_currency": "target_currency",
}


def new(
    form: str,
    shown: WatchDraft,
    *,
    everything: bool,
    more: Sequence[str] = (),
    left: bool = False,
) -> Entry | None:
    """The form for a new watch: what matters, the button, the rest on demand; None until pressed.

    Forty fields cost a browser a quarter of a second, and most watches are added with four.
    ``more`` are the fields that a pasted line has filled beside them; ``left``: there were words
    in it that belong to none, which join the notes.
    """
    problems = _problems(form, shown.status)
    with st.form(form, border=False):
        fields = Fields(form, shown, None, problems)
        fields.draw(["brand", "model", "purchase_price"])
        if shown.status != Status.WISHLIST:
            fields.draw(["purchased_on"])
        fields.wish()
        fields.departure()
        if more and not everything:
            fields.group((more[::2], more[1::2]))
        words = st.text_area(_("For the notes"), key=f"{form}.left", height=68) if left else ""
        with st.container(key="watch_bar_new"):
            _say(problems)
            pressed = st.form_submit_button(_("Add watch"), type="primary", width="stretch")
        for heading, halves in GROUPS.items() if everything else ():
            st.subheader(_(heading), anchor=False)
            fields.group(halves)
    return _with_notes(fields.entry(), words) if pressed else None


def edit(
    form: str, shown: WatchDraft, brand: str, bar: Callable[[Entry], str | None]
) -> tuple[Entry, str | None]:
    """All fields in groups, and a bar that stays in view; with it, what was pressed there."""
    problems = _problems(form, shown.status)
    with st.form(form, border=False):
        fields = Fields(form, shown, brand, problems)
        if shown.status in watches.GONE:
            st.header(_("How it left"), anchor=False)
            fields.departure()
        if shown.status in watches.WANTED:
            st.header(_("What it may cost"), anchor=False)
            fields.wish()
        for heading, halves in FULL_GROUPS.items():
            st.header(_(heading), anchor=False)
            fields.group(halves)
        with st.container(key="watch_bar_edit"):
            _say(problems)
            entry = fields.entry()
            return entry, bar(entry)


def save(form: str, entry: Entry, store: Callable[[Connection, WatchDraft], T]) -> T:
    """Store what was typed, in one transaction; a new brand is made with it, or not at all.

    Raises:
        RefusedError: every problem at once, by field.
        ConflictError, NotFoundError, UnavailableError: as ``store``.
    """
    try:
        with session.write() as db:
            return store(db, _checked(db, form, entry))
    except RefusedError as error:
        problems = {FIELD_OF.get(name, name): told for name, told in error.problems.items()}
        raise RefusedError(problems) from error


def refuse(form: str, entry: Entry, error: AppError, see: str = "") -> NoReturn:
    """Show the form again, as it was typed, and what to change at each field.

    ``see`` is an address: what belongs to no field then leads there.
    """
    sentence = ui.linked(_(str(error)), see) if see else str(error)
    found = error.problems if isinstance(error, RefusedError) else {"": sentence}
    session.put(f"{form}.problems", (entry.draft.status, found))
    st.rerun()


def settled(form: str) -> None:
    """Forget what was wrong."""
    session.drop(f"{form}.problems")
    session.drop(f"{form}.asked")


def _with_notes(entry: Entry, words: str) -> Entry:
    """The entry with these words under its notes."""
    notes = "\n".join(text for text in (entry.draft.notes, words) if text)
    return replace(entry, draft=replace(entry.draft, notes=notes or None)) if words else entry


def _problems(form: str, status: str) -> dict[str, str]:
    """What was wrong when Save was pressed last; nothing on a page just opened.

    Another status has other fields, so what was wrong with the one before it is no news.
    """
    if not session.is_shown(f"{form}.model"):
        settled(form)
    nothing: dict[str, str] = {}
    of_status, problems = session.get(f"{form}.problems", ("", nothing))
    return problems if of_status == status else nothing


def _take_brand(db: Connection, form: str, typed: str | None) -> UUID | None:
    """The brand's id. Asks once before "Rol" is made beside Rolex: Enter in the box adds "Rol".

    Raises:
        RefusedError: the name is too long, or the beginning of one that is known.
    """
    known = watches.brand_names(db, session.member())
    brand_id = watches.take_brand(db, session.member(), typed)
    if typed in known or brand_id is None or typed == session.get(f"{form}.asked", ""):
        return brand_id
    every = watches.brands(db, session.member())
    name = next((brand.name for brand in every if brand.brand_id == brand_id), typed or "")
    meant = next((one for one in known if one.casefold().startswith(name.casefold())), None)
    if meant is None or name in known:
        return brand_id
    session.put(f"{form}.asked", typed)
    told = said(
        "“{brand}” would be a new brand. Did you mean {meant}? If not, save again.",
        brand=name,
        meant=meant,
    )
    raise RefusedError({"brand": told})


def _checked(db: Connection, form: str, entry: Entry) -> WatchDraft:
    """The draft to store. Raises RefusedError with all that is wrong before PostgreSQL looks."""
    problems: dict[str, str] = {}
    draft = entry.draft
    try:
        draft = replace(draft, brand_id=_take_brand(db, form, entry.brand)).tidy()
    except RefusedError as error:
        problems |= error.problems
    try:
        draft.check(session.today())
    except RefusedError as error:
        problems = error.problems | problems
    if draft.is_private and draft.owner_id != session.member().user_id:
        problems["is_private"] = NOT_YOURS
    problems |= entry.unread
    if problems:
        raise RefusedError(problems)
    return draft


def _say(problems: Mapping[str, str]) -> None:
    """In the bar: how much is to be changed and where; in full what belongs to no field."""
    fields = [_(label) for name, label in LABELS.items() if name in problems]
    if fields:
        sentence = _("Not saved yet. Please look at: {fields}.", fields=", ".join(fields))
        ui.field_problem({"": sentence}, "")
    for name in problems.keys() - LABELS.keys():
        ui.field_problem(problems, name)

"""The form for a value of a watch, new or old, in a dialog that keeps what was typed.

``?value=new`` or ``?value=<id>`` in the URL opens it, until it is saved or dismissed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import format as say
from app import session, ui
from app.watch_values import KINDS, SOURCES, Worth
from data import valuations
from data.calc.amount import parse_amount
from data.currencies import CURRENCIES
from data.db import read
from data.errors import AppError, ConflictError, RefusedError
from data.valuations import StrikingError, Valuation, ValuationDraft

OPENED, NEW = "value", "new"  # in the URL
REMOVED = "value.removed"  # the value removed last, to be undone
LONGEST = 1_000  # characters of a note
Places = dict[str, DeltaGenerator]


def open_new() -> None:
    """Ask for a new value of the watch on this page."""
    st.query_params[OPENED] = NEW


def address(valuation_id: UUID) -> str:
    """Where a recorded value can be corrected or removed: this page as it is, and that one open."""
    return "?" + urlencode(st.query_params.to_dict() | {OPENED: str(valuation_id)})


def show(worth: Worth) -> None:
    """The dialog, if one is open; nobody who may only look ever sees one."""
    wanted = st.query_params.get(OPENED)
    if not wanted or session.member().role == "viewer":
        return
    if wanted == NEW:
        _dialog("Record value", partial(record, worth))
        return
    here = (v.valuation_id for v in worth.values if str(v.valuation_id) == wanted)
    _dialog("Edit value", partial(edit, next(here, None)))


def record(worth: Worth) -> None:
    """A new value: an amount and Enter is enough."""
    last = worth.values[0].currency if worth.values else worth.watch.purchase_currency
    shown = ValuationDraft(None, last or session.member().currency, session.today())
    watch_id = worth.watch.watch_id

    def save(draft: ValuationDraft) -> None:
        with session.write() as db:
            valuations.add(db, session.member(), watch_id, draft, session.today())
        session.notice("Value recorded.")

    if _ask(f"value.{watch_id}", shown, save, "Record value"):
        _done()


def edit(valuation_id: UUID | None) -> None:
    """A recorded value: save, remove, or settle that somebody else changed it meanwhile."""
    if valuation_id is None:
        st.info(valuations.GONE)
        return
    form = f"value.{valuation_id}"
    try:
        shown = session.opened(form, partial(_load, valuation_id))
    except AppError as error:
        st.info(ui.plain(str(error)))
        return
    key, meanwhile = f"{form}.{shown.version}", f"{form}.meanwhile"
    old = session.get(meanwhile, shown)

    def save(draft: ValuationDraft) -> None:
        same = (draft.amount, draft.currency) == (old.amount, old.currency)
        kept = replace(draft, confirmed=draft.confirmed or (old.confirmed and same))
        with session.write() as db:
            valuations.change(db, session.member(), old, kept, session.today())
        session.notice("Value saved.")

    conflict = st.container()
    try:
        if _ask(key, shown, save, "Save"):
            _done()
        if st.button("Remove value", icon=":material/delete:", type="tertiary", key=f"{key}.gone"):
            with session.write() as db:
                valuations.remove(db, session.member(), old)
            session.put(REMOVED, old)
            _done()
    except ConflictError:
        session.put(meanwhile, _load(valuation_id))
    except AppError as error:
        st.error(ui.plain(str(error)))
    if theirs := session.get(meanwhile, None):
        with conflict:
            _settle(form, theirs)


def _dialog(title: str, body: Callable[[], None]) -> None:
    def shown() -> None:
        body()

    st.dialog(title, on_dismiss=_close)(shown)()


def _ask(
    form: str, shown: ValuationDraft, save: Callable[[ValuationDraft], None], button: str
) -> bool:
    """The fields, with ``shown`` in them; True once what was typed is saved."""
    places: Places = {}
    with st.form(form, border=False):
        draft, problems = _fields(form, shown, places)
        pressed = st.form_submit_button(button, type="primary", width="stretch")
    striking = f"{form}.striking"
    if pressed:
        session.drop(striking)
        try:
            if problems:
                raise RefusedError(problems)  # noqa: TRY301  (shown like all others, below)
            save(draft)
        except StrikingError as error:
            session.put(striking, (draft, error.problems["amount"]))
        except RefusedError as error:
            _say(error, places)
        else:
            return True
    asked, sentence = session.get(striking, (None, ""))
    if asked is None or asked != draft:
        return False
    with places["amount"]:
        ui.field_problem({"amount": sentence}, "amount")
        amount = say.money(draft.amount, draft.currency)
        confirmed = st.form_submit_button(f"Yes, it is {amount}", icon=":material/check:")
    if confirmed:
        session.drop(striking)
        save(replace(draft, confirmed=True))
    return confirmed


def _fields(
    form: str, shown: ValuationDraft, places: Places
) -> tuple[ValuationDraft, dict[str, str]]:
    """What is typed now, and what is wrong with it; ``places`` are filled, one under each field."""
    left, right = st.columns([3, 2])
    with left:
        typed = st.text_input(
            "Amount",
            _typed(shown.amount),
            key=f"{form}.amount",
            autocomplete="off",
            placeholder="12,390.50",
        )
    codes = list(dict.fromkeys([*CURRENCIES, shown.currency]))
    with right:
        currency = st.selectbox(
            "Currency", codes, index=codes.index(shown.currency), key=f"{form}.currency"
        )
    places["amount"] = st.container()
    valued_on = st.date_input(
        "Value of",
        shown.valued_on,
        min_value=date.min,  # a day out of range would be dropped without a word; ours is refused
        max_value=date.max,
        format="YYYY-MM-DD",
        key=f"{form}.valued_on",
    )
    places["valued_on"] = st.container()
    folded = (shown.kind, shown.source, shown.note) == ("market", "manual", None)
    with st.expander("Kind, source and note", expanded=not folded):
        kind = st.selectbox(
            "Kind",
            list(KINDS),
            index=list(KINDS).index(shown.kind),
            format_func=KINDS.__getitem__,
            key=f"{form}.kind",
            help="Only market values count: insured and replacement values are kept apart.",
        )
        source = st.selectbox(
            "Source",
            list(SOURCES),
            index=list(SOURCES).index(shown.source),
            format_func=lambda key: SOURCES[key].capitalize(),
            key=f"{form}.source",
        )
        note = st.text_area("Note", shown.note or "", key=f"{form}.note", height=80)
        places["note"] = st.container()
    amount, problems = _parse(typed, currency)
    valued = valued_on if isinstance(valued_on, date) else None
    return ValuationDraft(amount, currency, valued, kind, source, note.strip() or None), problems


def _settle(form: str, theirs: Valuation) -> None:
    """Two people edited one value: say what it is now, and offer both ways on."""
    now = f"{say.money(theirs.amount, theirs.currency)} of {say.day(theirs.valued_on)}"
    st.warning(
        ui.plain(
            f"Someone else changed this value while you were editing it: it is now {now}. "
            "Save again to replace that with what you typed, or start again from theirs."
        )
    )
    if st.button("Start again from theirs", key=f"{form}.theirs"):
        session.close(form)
        session.drop(f"{form}.meanwhile")
        st.rerun(scope="app")


def _say(error: RefusedError, places: Places) -> None:
    """Each sentence under its field; what belongs to no field below the form."""
    for field, sentence in error.problems.items():
        with places.get(field) or st.container():
            ui.field_problem({field: sentence}, field)


def _parse(typed: str, currency: str) -> tuple[Decimal | None, dict[str, str]]:
    if not typed.strip():
        return None, {}  # data/valuations.py has the sentence for that
    try:
        return parse_amount(typed, currency), {}
    except ValueError as error:
        return None, {"amount": str(error)}


def _typed(amount: Decimal | None) -> str:
    """An amount as one would type it."""
    return "" if amount is None else f"{amount:,.2f}".removesuffix(".00")


def _load(valuation_id: UUID) -> Valuation:
    with read(session.member()) as db:
        return valuations.get(db, session.member(), valuation_id)


def _done() -> None:
    _close()
    st.rerun()


def _close() -> None:
    """Close the dialog, and forget what it opened."""
    valuation_id = st.query_params.pop(OPENED, None)
    session.close(f"value.{valuation_id}")
    session.drop(f"value.{valuation_id}.meanwhile")

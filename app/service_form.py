"""The form for a service of a watch, new or old, in a dialog that keeps what was typed.

``?service=new`` or ``?service=<id>`` in the URL opens it, until it is saved or dismissed;
``&back=1`` with it says that the watch is back from the watchmaker.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import format as say
from app import session, ui, watch_documents
from app.service_fields import Places, away_fields, day, description, done_fields
from app.watch_values import Worth
from data import services
from data.db import read
from data.errors import AppError, ConflictError, RefusedError
from data.services import KINDS, Service, ServiceDraft

OPENED, NEW, BACK = "service", "new", "back"  # in the URL
REMOVED = "service.removed"  # the service removed last, to be undone
STAGES = {"done": "Done", "away": "At the watchmaker"}
FIELD_OF = {  # constraints, where the form has the field
    "service_back_after_handed_over": "serviced_on",
    "service_due_after_service": "next_due_on",
    "service_amount_has_currency": "currency",
}


def open_new() -> None:
    """Ask for a new service of the watch on this page."""
    st.query_params.pop(BACK, None)
    st.query_params[OPENED] = NEW


def open_old(service_id: UUID) -> None:
    """Correct a service of the watch on this page."""
    st.query_params.pop(BACK, None)
    st.query_params[OPENED] = str(service_id)


def open_back(service_id: UUID) -> None:
    """The watch is back: open its service as done today."""
    st.query_params[OPENED] = str(service_id)
    st.query_params[BACK] = "1"


def address(service_id: UUID) -> str:
    """Where a recorded service can be corrected or removed: this page, and that one open."""
    query = {name: value for name, value in st.query_params.to_dict().items() if name != BACK}
    return "?" + urlencode(query | {OPENED: str(service_id)})


def show(worth: Worth, recorded: list[Service]) -> None:
    """The dialog, if one is open; nobody who may only look ever sees one."""
    wanted = st.query_params.get(OPENED)
    if not wanted or session.member().role == "viewer":
        return
    if wanted == NEW:
        _dialog("Record service", partial(record, worth, recorded))
        return
    here = (one.service_id for one in recorded if str(one.service_id) == wanted)
    _dialog("Edit service", partial(edit, next(here, None)))


def record(worth: Worth, recorded: list[Service]) -> None:
    """A new service: its day is enough."""
    last = next((one.currency for one in recorded if one.currency), None)
    shown = ServiceDraft(serviced_on=session.today(), currency=last or session.member().currency)
    watch_id = worth.watch.watch_id

    def save(draft: ServiceDraft) -> None:
        with session.write() as db:
            services.add(db, session.member(), watch_id, draft, session.today())
        session.notice("Watch handed over." if draft.serviced_on is None else "Service recorded.")

    if _ask(f"service.{watch_id}", watch_id, shown, save, "Record service"):
        _done()


def edit(service_id: UUID | None) -> None:
    """A recorded service: save, remove, or settle that somebody else changed it meanwhile."""
    if service_id is None:
        st.info(services.GONE)
        return
    form = f"service.{service_id}"
    try:
        opened = session.opened(form, partial(_load, service_id))
    except AppError as error:
        st.info(ui.plain(str(error)))
        return
    is_back = opened.away and BACK in st.query_params
    key, meanwhile = f"{form}.{opened.version}.{int(is_back)}", f"{form}.meanwhile"
    old = session.get(meanwhile, opened)
    shown: ServiceDraft = opened
    if is_back:
        cost = opened.quote if opened.cost is None else opened.cost
        shown = replace(opened, serviced_on=session.today(), cost=cost)

    def save(draft: ServiceDraft) -> None:
        with session.write() as db:
            services.change(db, session.member(), old, draft, session.today())
        session.notice("Service saved.")

    conflict = st.container()
    try:
        if _ask(key, opened.watch_id, shown, save, "Save"):
            _done()
        watch_documents.for_service(opened.watch_id, service_id)
        if st.button(
            "Remove service", icon=":material/delete:", type="tertiary", key=f"{key}.gone"
        ):
            with session.write() as db:
                services.remove(db, session.member(), old)
            session.put(REMOVED, old)
            _done()
    except ConflictError:
        session.put(meanwhile, _load(service_id))
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
    form: str,
    watch_id: UUID,
    shown: ServiceDraft,
    save: Callable[[ServiceDraft], None],
    button: str,
) -> bool:
    """The fields, with ``shown`` in them; True once what was typed is saved.

    Type, stage and day stand before the form, since the next due day follows them.
    """
    places: Places = {}
    kind = st.selectbox(
        "Type", list(KINDS), list(KINDS).index(shown.kind), KINDS.__getitem__, key=f"{form}.kind"
    )
    stage = st.segmented_control(
        "Stage",
        list(STAGES),
        default="away" if shown.serviced_on is None else "done",
        required=True,
        format_func=STAGES.__getitem__,
        key=f"{form}.stage",
        label_visibility="collapsed",
        width="stretch",
    )
    draft = replace(services.draft_of(shown), kind=kind)
    if stage == "done":
        done_on = day("Done on", f"{form}.serviced_on", shown.serviced_on or session.today())
        places["serviced_on"] = st.container()
        draft = replace(draft, serviced_on=done_on)
    with st.form(form, border=False):
        if stage == "done":
            draft, problems = done_fields(form, watch_id, shown, draft, places)
        else:
            draft, problems = away_fields(form, shown, draft, places)
        draft = replace(draft, description=description(form, shown, places))
        pressed = st.form_submit_button(button, type="primary", width="stretch")
    if not pressed:
        return False
    try:
        if problems:
            raise RefusedError(problems)  # noqa: TRY301  (shown like all others, below)
        save(draft)
    except RefusedError as error:
        _say(error, places)
        return False
    return True


def _settle(form: str, theirs: Service) -> None:
    """Two people edited one service: say what it is now, and offer both ways on."""
    when = say.day(theirs.serviced_on or theirs.handed_over_on)
    cost = f", {say.money(theirs.cost, theirs.currency or '')}" if theirs.cost is not None else ""
    st.warning(
        ui.plain(
            "Someone else changed this service while you were editing it: it is now "
            f"{KINDS[theirs.kind].lower()} of {when}{cost}. "
            "Save again to replace that with what you typed, or start again from theirs."
        )
    )
    if st.button("Start again from theirs", key=f"{form}.theirs"):
        session.close(form)
        session.drop(f"{form}.meanwhile")
        st.rerun(scope="app")


def _say(error: RefusedError, places: Places) -> None:
    """Each sentence under its field; what belongs to no field below the form."""
    for name, sentence in error.problems.items():
        field = FIELD_OF.get(name, name)
        with places.get(field) or st.container():
            ui.field_problem({field: sentence}, field)


def _load(service_id: UUID) -> Service:
    with read(session.member()) as db:
        return services.get(db, session.member(), service_id)


def _done() -> None:
    _close()
    st.rerun()


def _close() -> None:
    """Close the dialog, and forget what it opened."""
    service_id = st.query_params.pop(OPENED, None)
    st.query_params.pop(BACK, None)
    session.close(f"service.{service_id}")
    session.drop(f"service.{service_id}.meanwhile")

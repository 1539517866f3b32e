"""The form for a service of a watch, new or old, in a dialog that keeps what was typed.

``?service=new`` or ``?service=<id>`` in the URL opens it, until it is saved or dismissed;
``&back=1`` with it says that the watch is back from the watchmaker.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

import streamlit as st

from app import format as say
from app import record_form, session, watch_documents
from app.language import N_, _
from app.record_fields import day
from app.record_form import NEW, Places
from app.service_fields import away_fields, description, done_fields
from app.service_words import kind_in_text
from app.watch_values import Worth
from data import services
from data.services import KINDS, Service, ServiceDraft

BACK = "back"  # in the URL
STAGES = {"done": N_("Done"), "away": N_("At the watchmaker")}
FIELD_OF = {  # constraints, where the form has the field
    "service_back_after_handed_over": "serviced_on",
    "service_due_after_service": "next_due_on",
    "service_amount_has_currency": "currency",
}


def told(service: Service) -> str:
    """Which service it is: ``regulation of 3 May 2026, CHF 90``."""
    when = say.day(service.serviced_on or service.handed_over_on)
    told = _("{kind} of {day}", kind=kind_in_text(service.kind), day=when)
    if service.cost is None:
        return told
    return f"{told}, {say.money(service.cost, service.currency or '')}"


FORM = record_form.Kind(
    "service", "service", services.GONE, told, services.get, services.remove, (BACK,)
)


def open_back(service_id: UUID) -> None:
    """The watch is back: open its service as done today."""
    FORM.open(service_id, **{BACK: "1"})


def show(worth: Worth, recorded: list[Service]) -> None:
    """The dialog, if one is open; nobody who may only look ever sees one."""
    wanted = FORM.asked
    if wanted == NEW:
        FORM.dialog(_("Record service"), partial(record, worth, recorded))
    elif wanted:
        here = (one.service_id for one in recorded if str(one.service_id) == wanted)
        FORM.dialog(_("Edit service"), partial(edit, next(here, None)))


def record(worth: Worth, recorded: list[Service]) -> None:
    """A new service: its day is enough."""
    last = next((one.currency for one in recorded if one.currency), None)
    shown = ServiceDraft(serviced_on=session.today(), currency=last or session.member().currency)
    watch_id = worth.watch.watch_id

    def save(draft: ServiceDraft) -> None:
        with session.write() as db:
            services.add(db, session.member(), watch_id, draft, session.today())
        session.notice(
            _("Watch handed over.") if draft.serviced_on is None else _("Service recorded.")
        )

    if _ask(f"service.{watch_id}", watch_id, shown, save, _("Record service")):
        FORM.done()


def edit(service_id: UUID | None) -> None:
    """A recorded service: save, remove, or settle that somebody else changed it meanwhile."""
    FORM.edit(service_id, _correct, _papers)


def _papers(opened: Service) -> None:
    watch_documents.for_service(opened.watch_id, opened.service_id)


def _correct(form: str, opened: Service, old: Service) -> bool:
    is_back = opened.away and BACK in st.query_params
    shown: ServiceDraft = opened
    if is_back:
        cost = opened.quote if opened.cost is None else opened.cost
        shown = replace(opened, serviced_on=session.today(), cost=cost)

    def save(draft: ServiceDraft) -> None:
        with session.write() as db:
            services.change(db, session.member(), old, draft, session.today())
        session.notice(_("Service saved."))

    return _ask(f"{form}.{int(is_back)}", opened.watch_id, shown, save, _("Save"))


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
        _("Type"),
        list(KINDS),
        list(KINDS).index(shown.kind),
        lambda kind: _(KINDS[kind]),
        key=f"{form}.kind",
    )
    stage = st.segmented_control(
        _("Stage"),
        list(STAGES),
        default="away" if shown.serviced_on is None else "done",
        required=True,
        format_func=lambda stage: _(STAGES[stage]),
        key=f"{form}.stage",
        label_visibility="collapsed",
        width="stretch",
    )
    draft = replace(services.draft_of(shown), kind=kind)
    if stage == "done":
        done_on = day(_("Done on"), f"{form}.serviced_on", shown.serviced_on or session.today())
        places["serviced_on"] = st.container()
        draft = replace(draft, serviced_on=done_on)
    with st.form(form, border=False):
        if stage == "done":
            draft, problems = done_fields(form, watch_id, shown, draft, places)
        else:
            draft, problems = away_fields(form, shown, draft, places)
        draft = replace(draft, description=description(form, shown, places))
        pressed = st.form_submit_button(button, type="primary", width="stretch")
    return pressed and record_form.saved(save, draft, problems, places, FIELD_OF)

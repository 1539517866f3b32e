"""The service tab of a watch: what is due, whether it is away, what was done and what it cost."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from uuid import UUID

import streamlit as st

from app import (
    care_plan_form,
    expense_form,
    expense_list,
    record_form,
    service_form,
    session,
    ui,
)
from app import format as say
from app.cache import cached
from app.language import _, pgettext
from app.list_markup import Cell, Column, TableRow
from app.service_words import every, reason
from app.watch_ownership import ownership
from app.watch_values import Worth
from data import care_plans, expenses, services
from data.care_plans import Interval
from data.expenses import Recorded
from data.services import KINDS, Need, Service
from data.watches import Status


def tab(worth: Worth) -> None:
    """What is due and why, the watchmaker, and the records; with what can be done about each."""
    watch_id, writes = worth.watch.watch_id, session.member().role != "viewer"
    recorded = cached(services.of_watch, watch_id)
    intervals = cached(care_plans.of_watch, watch_id)
    if writes:
        with st.container(horizontal=True, key="service_actions"):
            st.button(
                _("Record service"),
                icon=":material/build:",
                on_click=service_form.FORM.open,
                key="service.new",
            )
            expense_list.button()
    for one in recorded:
        if one.away:
            _away(one, worth, writes=writes)
    if worth.watch.status == Status.OWNED:
        _due(worth, intervals, writes=writes)
    _undo_removal(watch_id)
    _records(recorded, worth, writes=writes)
    expense_list.undo_removal(watch_id)
    costs = cached(expenses.of_watch, watch_id, worth.today)
    _other_costs(costs, worth, alone=all(one.away for one in recorded))
    if "value" not in st.query_params:  # its dialog is open, and there can only be one
        if service_form.FORM.name in st.query_params:
            service_form.show(worth, recorded)
        elif expense_form.FORM.name in st.query_params:
            expense_form.show(watch_id, costs)
        else:
            care_plan_form.show_for_watch(watch_id, intervals)


def _away(one: Service, worth: Worth, *, writes: bool) -> None:
    """At the watchmaker: with whom, since when, until when, for how much; and it is back."""
    back, late = one.expected_back_on, False
    if back:
        late = back < worth.today
    facts = [
        (_("Watchmaker"), one.provider or ""),
        (_("For"), _(KINDS[one.kind])),
        (_("Handed over"), say.day(one.handed_over_on)),
        (_("Expected back"), f"{say.day(back)}, {say.ago(back, worth.today)}" if back else ""),
        (_("Quote"), say.money(one.quote, one.currency or "") if one.quote is not None else ""),
    ]
    st.header(_("At the watchmaker"), anchor=False)
    if late:
        ui.badges([ui.Badge(_("Late since {day}", day=say.day(back)), "loss")])
    ui.facts([fact for fact in facts if fact[1]])
    if writes:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("It is back"),
                type="primary",
                icon=":material/check:",
                on_click=service_form.open_back,
                args=(one.service_id,),
                key=f"service.back.{one.service_id}",
            )
            st.button(
                pgettext("verb", "Change"),
                on_click=service_form.FORM.open,
                args=(one.service_id,),
                key=f"service.change.{one.service_id}",
            )


def _due(worth: Worth, intervals: Sequence[Interval], *, writes: bool) -> None:
    """What this watch needs, and when; a click on a line changes how often."""
    needs = cached(services.due_of, worth.watch.watch_id)
    known = {need.kind for need in needs}
    rows = [_need_row(need, worth, writes=writes) for need in needs]
    rows += [_plan_row(one, writes=writes) for one in intervals if one.kind not in known]
    if rows:
        st.header(_("Due"), anchor=False)
        with st.container(key="stay_at_care"):
            ui.table(_("What is due, earliest first"), _need_columns(), rows)
    if writes:
        st.button(
            _("Plan a type of service"),
            icon=":material/event_repeat:",
            type="tertiary",
            on_click=care_plan_form.open_care,
            key="care.new",
        )


def _need_row(need: Need, worth: Worth, *, writes: bool) -> TableRow:
    late = need.due_on < worth.today
    return TableRow(
        care_plan_form.address(care_plan_form.CARE, need.kind) if writes else "",
        "",
        _(KINDS[need.kind]),
        cells=[
            Cell(say.day(need.due_on)),
            Cell(say.ago(need.due_on, worth.today), "loss" if late else ""),
            Cell(reason(need), hint=reason(need)),
        ],
    )


def _plan_row(one: Interval, *, writes: bool) -> TableRow:
    """What is planned and not due: the watch needs none, or is at the watchmaker for it."""
    none = one.months is None
    text = (
        _("this watch does not need it")
        if none
        else _("by plan, {interval}", interval=every(one.months))
    )
    return TableRow(
        care_plan_form.address(care_plan_form.CARE, one.kind) if writes else "",
        "",
        _(KINDS[one.kind]),
        cells=[Cell(say.ABSENT), Cell(_("not needed") if none else _("being done")), Cell(text)],
    )


def _records(recorded: Sequence[Service], worth: Worth, *, writes: bool) -> None:
    """All that was done, newest first; a click on one opens it, but not for a viewer."""
    done = [one for one in recorded if not one.away]
    if not done:
        if not any(one.away for one in recorded):
            ui.empty(
                _("What was done to it?"),
                _(
                    "Services, batteries, pressure tests: who did it, what it cost, and when it is "
                    "due again. The cost counts in the cost of ownership."
                ),
            )
        return
    st.header(_("Services"), anchor=False)
    if spent := ownership(worth):
        ui.figures(spent)
    converted = {paid.service_id: paid.cost for paid in worth.care}
    lines = [
        TableRow(
            service_form.FORM.address(one.service_id) if writes else "",
            "",
            say.day(one.serviced_on),
            cells=[
                Cell(_(KINDS[one.kind])),
                Cell(one.provider or "", hint=one.provider or ""),
                _cost(one, converted.get(one.service_id), worth.currency),
                Cell(say.day(one.next_due_on) if one.next_due_on else ""),
                Cell(one.description or "", hint=one.description or ""),
            ],
        )
        for one in done
    ]
    with st.container(key="stay_at_services"):
        ui.table(_("Services, newest first"), _record_columns(), lines)


def _other_costs(costs: Sequence[Recorded], worth: Worth, *, alone: bool) -> None:
    """What else was paid for it; ``alone``: no service above says what it costs to own."""
    if not costs:
        return
    st.header(_("Other costs"), anchor=False)
    if alone and (spent := ownership(worth)):
        ui.figures(spent)
    sums: dict[UUID, Decimal | None] = {}
    for paid in worth.extras:
        before, cost = sums.get(paid.expense_id, Decimal()), paid.cost
        sums[paid.expense_id] = None if before is None or cost is None else before + cost
    expense_list.table(_("Other costs, the latest first"), costs, worth.currency, sums)


def _cost(one: Service, converted: Decimal | None, currency: str) -> Cell:
    """What it cost in its own currency; what that was in the reader's shows on hover."""
    if one.cost is None:
        return Cell("")
    own = say.money(one.cost, one.currency or "")
    if one.currency == currency:
        return Cell(own)
    if converted is None:
        return Cell(own, hint=_("No rate to {currency} on this day", currency=currency))
    amount = say.money(converted, currency)
    return Cell(own, hint=_("{amount} at the rate of the day", amount=amount))


def _need_columns() -> list[Column]:
    return [
        Column(_("Type")),
        Column(_("Due"), number=True),
        Column(_("When")),
        Column(_("Why"), extra=True),
    ]


def _record_columns() -> list[Column]:
    return [
        Column(_("Day")),
        Column(_("Type")),
        Column(_("Provider"), extra=True),
        Column(_("Cost"), number=True),
        Column(_("Next due"), extra=True),
        Column(_("Description"), extra=True),
    ]


def _undo_removal(watch_id: UUID) -> None:
    """After a removal: what was removed, and the way back."""
    gone: Service | None = session.get(service_form.FORM.removed, None)
    if gone is not None and gone.watch_id == watch_id:
        when = say.day(gone.serviced_on or gone.handed_over_on)
        restore = partial(services.restore, service_id=gone.service_id)
        said = _("{service} of {day} was removed.", service=_(KINDS[gone.kind]), day=when)
        record_form.undo("service", said, restore)

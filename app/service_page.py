"""The parts of the service page: what is due and away, twelve months, the history, the plans."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from app import care_plan_form, session, ui
from app import format as say
from app.cache import cached
from app.language import N_, _
from app.list_markup import Cell, Column, Link, TableRow
from app.overview_markup import Listed
from app.service_markup import Month
from app.service_words import address, away_row, due_row, every, first, kind_in_text, many
from data import care_plans, services
from data.care_plans import CarePlan
from data.services import KINDS, Away, Done, Due, YearCost

SHORT, LONG = 6, 50  # lines of a list: at first, and when all are asked for
PAGE = 25  # lines of the history
MONTHS, IN_MONTH = 12, 3
ALL = "all"  # ?all=overdue
ANY, NOBODY = N_("Any"), N_("None named")


def lists(due: Sequence[Due], away: Sequence[Away], today: date) -> list[Listed]:
    """Overdue, due soon, at the watchmaker; none of them empty."""
    found = []
    for stage, title in (("overdue", _("Overdue")), ("soon", _("Due in 90 days"))):
        rows = [due_row(one, today) for one in first(due, stage, _length(stage))]
        if rows:
            found.append(Listed(title, rows, _more(stage, many(due, stage))))
    if away:
        rows = [away_row(one, today) for one in away[: _length("away")]]
        found.append(Listed(_("At the watchmaker"), rows, _more("away", len(away))))
    return found


def months(due: Sequence[Due], away: Sequence[Away], today: date) -> list[Month]:
    """This month and the eleven after it: what comes due, and what comes back."""
    found = []
    for offset in range(MONTHS):
        year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
        ahead = [one for one in due if one.month == offset and one.stage != "overdue"]
        back = [
            one
            for one in away
            if one.expected_back_on
            and one.expected_back_on >= today
            and (one.expected_back_on.year, one.expected_back_on.month) == (year, month + 1)
        ]
        links = [(one.due_on, _due_link(one)) for one in ahead]
        links += [
            (one.expected_back_on, _back_link(one, one.expected_back_on))
            for one in back
            if one.expected_back_on
        ]
        links.sort(key=lambda pair: pair[0])
        total = (ahead[0].in_month if ahead else 0) + len(back)
        name = say.month(date(year, month + 1, 1))
        found.append(Month(name, [link for __, link in links[:IN_MONTH]], total))
    return found


def _due_link(one: Due) -> Link:
    text = _(
        "{day} {watch}, {kind}",
        day=one.due_on.day,
        watch=one.model,
        kind=kind_in_text(one.kind),
    )
    return Link(text, address(one.watch_id))


def _back_link(one: Away, back: date) -> Link:
    text = _("{day} {watch} comes back", day=back.day, watch=one.model)
    return Link(text, address(one.watch_id))


def filters(costs: Sequence[YearCost]) -> tuple[int | None, str | None]:
    """The year and the provider the history is narrowed to, bound to the URL."""
    years = [str(year) for year in dict.fromkeys(one.year for one in costs if one.services)]
    names = sorted(
        {one.provider for one in costs if one.provider and one.services}, key=str.casefold
    )
    nobody = [NOBODY] if any(one.provider is None and one.services for one in costs) else []
    with st.container(horizontal=True, key="service_filters"):
        year = _filter(_("Year"), "year", [ANY, *years])
        provider = _filter(_("Provider"), "provider", [ANY, *names, *nobody])
    chosen = {ANY: None, NOBODY: ""}
    return int(year) if year != ANY else None, chosen.get(provider, provider)


def _filter(label: str, name: str, options: list[str]) -> str:
    return st.selectbox(
        label,
        options,
        format_func=lambda one: _(one) if one in {ANY, NOBODY} else one,
        key=name,
        bind="query-params",
        on_change=_first_page,
        args=(name,),
        width=220,
    )


def _first_page(name: str) -> None:
    """Another filter: the list begins anew."""
    session.hold(name)
    st.query_params.pop("after", None)


def history(year: int | None, provider: str | None, currency: str) -> None:
    """What was done, newest first, a page at a time."""
    after = st.query_params.get("after")
    found = cached(services.history, currency, year, provider, after, PAGE + 1)
    rows = found[:PAGE]
    if not rows:
        st.caption(_("Nothing was done in this selection."))
        return
    ui.table(
        _("What was done, newest first"), _history_columns(), [_line(one, currency) for one in rows]
    )
    here = {name: text for name, text in st.query_params.to_dict().items() if name != "after"}
    newest = Link(_("Newest"), "/service?" + urlencode(here)) if after else None
    older = None
    if len(found) > PAGE:
        older = Link(_("Older"), "/service?" + urlencode(here | {"after": rows[-1].cursor}))
    if newest or older:
        span = _(
            "{first} to {last}",
            first=say.month(rows[-1].serviced_on),
            last=say.month(rows[0].serviced_on),
        )
        ui.pager(span, newest, older)


def plans(found: Sequence[CarePlan], *, writes: bool) -> None:
    """How often what is due, for which watches; a click opens a plan."""
    lines = [
        TableRow(
            care_plan_form.address(care_plan_form.PLAN, one.plan_id) if writes else "",
            "",
            _(KINDS[one.kind]),
            cells=[Cell(every(one.months)), Cell(care_plan_form.whose(one))],
        )
        for one in found
    ]
    if lines:
        with st.container(key="stay_at_plans"):
            ui.table(_("Care plans"), _plan_columns(), lines)
    care_plan_form.undo_removal()
    if writes:
        with st.container(horizontal=True):
            st.button(_("Add plan"), icon=":material/add:", on_click=care_plan_form.open_new)
            if not _has_usual(found):
                usual(_("Add the usual intervals"))


def usual(label: str, kind: str = "secondary") -> None:
    """One click for the plans most collectors make."""
    if st.button(
        label,
        icon=":material/event_repeat:",
        type="primary" if kind == "primary" else "secondary",
        help=_(
            "Service every 5 years for mechanical watches, a battery every 3 years for quartz, "
            "a pressure test every year for all. Change them as you like."
        ),
    ):
        with session.write() as db:
            care_plans.add_usual(db, session.member())
        session.notice(_("Plans added. Change them at the end of this page."))
        st.rerun()


def _has_usual(found: Sequence[CarePlan]) -> bool:
    here = {(one.movement_type, one.kind) for one in found if one.watch_id is None}
    return all((movement, kind) in here for movement, kind, __ in care_plans.USUAL)


def _history_columns() -> list[Column]:
    return [
        Column(_("Watch")),
        Column(_("Day")),
        Column(_("Type"), extra=True),
        Column(_("Provider"), extra=True),
        Column(_("Cost"), number=True),
    ]


def _plan_columns() -> list[Column]:
    return [Column(_("Type")), Column(_("How often")), Column(_("For"))]


def _line(one: Done, currency: str) -> TableRow:
    cost = Cell(say.money(one.cost, currency))
    if one.own_cost is None:
        cost = Cell("")
    elif one.cost is None:
        own = say.money(one.own_cost, one.currency or "")
        cost = Cell(own, hint=_("No rate to {currency} on this day", currency=currency))
    elif one.currency != currency:
        own = say.money(one.own_cost, one.currency or "")
        cost = Cell(
            say.money(one.cost, currency), hint=_("{amount} at the rate of the day", amount=own)
        )
    return TableRow(
        address(one.watch_id),
        one.brand,
        one.model,
        cells=[
            Cell(say.day(one.serviced_on)),
            Cell(_(KINDS[one.kind])),
            Cell(one.provider or "", hint=one.provider or ""),
            cost,
        ],
    )


def _length(stage: str) -> int:
    return LONG if st.query_params.get(ALL) == stage else SHORT


def _more(stage: str, total: int) -> list[Link]:
    """The way to all of a list; at fifty it says that there are more."""
    if total <= SHORT or _length(stage) == LONG:
        left = total - LONG
        return (
            [Link(_("{number} more, not listed", number=say.number(left)), "/watches")]
            if left > 0
            else []
        )
    query = st.query_params.to_dict() | {ALL: stage}
    return [Link(_("All {number}", number=say.number(total)), "/service?" + urlencode(query))]

"""Analytics, the watches: who moved, best and worst, and all of them with their figures."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from app import analytics_table, paging, ui
from app import format as say
from app.analytics_asked import Asked, compared_with, holdings_of, payments_of
from app.analytics_table import ORDERS, USUAL, Entry
from app.cache import cached, computed
from app.language import N_, _, pgettext
from app.list_markup import Cell, Column, TableRow
from app.markup import Row
from app.overview_markup import Listed
from app.photo_links import photo_url
from app.watch_words import STATUSES
from data import movements
from data.analytics import Holding
from data.calc.missing import Missing
from data.movements import Movement
from data.watches import Status

FEW, PAGE = 5, 50  # lines of a short list, and of a page of the table
LABELS = {
    "name": N_("Watch"),
    "cost": N_("Cost"),
    "value": N_("Value"),
    "gain": N_("Gain"),
    "return": N_("Return"),
    "annualised": N_("A year"),
    "xirr": "XIRR",
    "share": "",  # its English alone is ambiguous
    "valued": N_("Valued"),
}
IN_CURRENCY = {
    "cost": N_("Cost, {currency}"),
    "value": N_("Value, {currency}"),
    "gain": N_("Gain, {currency}"),
}
EXTRA = {"annualised", "xirr", "share", "valued"}  # only where there is room


def tab(asked: Asked) -> None:
    """The lists, then the table."""
    found = computed(entries, asked)
    ui.heading(_("Who moved"))
    moved = movers_of(asked)
    st.markdown(ui.plain(answer(moved, asked)))
    if listed := lists(moved, [one.holding for one in found], asked):
        ui.lists(listed)
    ui.heading(_("All watches"))
    table(found, asked)


def entries(asked: Asked) -> tuple[Entry, ...]:
    """The lines of the table, in no order."""
    return analytics_table.entries(holdings_of(asked), payments_of(asked), asked.today)


def movers_of(asked: Asked) -> tuple[Movement, ...]:
    """The watches that moved most in the period, most up first."""
    start, end = compared_with(asked), asked.over.end
    return cached(movements.movers, asked.scope, asked.currency, start, end, FEW)


def answer(moved: Sequence[Movement], asked: Asked) -> str:
    """Who moved, in words."""
    if not moved:
        return _("No watch moved {since}.", since=asked.over.since)
    first = moved[0]
    values = {
        "since": f"{asked.over.since[:1].upper()}{asked.over.since[1:]}",
        "up": say.number(first.rising),
        "down": say.number(first.falling),
    }
    if first.moved > 0:
        return _(
            "{since}, {up} rose and {down} fell; most of all the {watch}, {amount}. What was paid "
            "or received for a watch is no move.",
            **values,
            watch=first.name,
            amount=say.money(first.moved, asked.currency, signed=True),
        )
    return _(
        "{since}, {up} rose and {down} fell. What was paid or received for a watch is no move.",
        **values,
    )


def lists(moved: Sequence[Movement], held: Sequence[Holding], asked: Asked) -> list[Listed]:
    """Up and down most in the period, highest and lowest return; none of them empty."""
    ranked = sorted(
        (one for one in held if one.return_fraction is not None and one.disposed_on is None),
        key=lambda one: (-(one.return_fraction or 0), one.watch_id),
    )
    half = -(-len(ranked) // 2)
    found = (
        (_("Up most"), [_moved(one, asked) for one in moved if one.moved > 0][:FEW]),
        (_("Down most"), [_moved(one, asked) for one in moved[::-1] if one.moved < 0][:FEW]),
        (_("Highest returns"), [_returned(one, asked) for one in ranked[: min(FEW, half)]]),
        (_("Lowest returns"), [_returned(one, asked) for one in ranked[half:][::-1][:FEW]]),
    )
    return [Listed(title, rows) for title, rows in found if rows]


def table(found: Sequence[Entry], asked: Asked) -> None:
    """A page of all watches, sorted by a click on a heading; the whole of it as a file."""
    order = st.query_params.get("sort", USUAL)
    order = order if order in ORDERS else USUAL
    down = st.query_params.get("dir", "up" if order == "name" else "down") == "down"
    lines = analytics_table.ordered(found, order, descending=down)
    page = paging.asked("p", len(lines), PAGE)
    rows = lines[page * PAGE : (page + 1) * PAGE]
    if not rows:
        ui.empty(_("No watch here"), _("No watch that is or was owned matches these filters."))
        return
    columns = [
        Column(
            _label(key, asked.currency),
            _sorted_by(key, order, down=down),
            ("descending" if down else "ascending") if key == order else "",
            number=key != "name",
            extra=key in EXTRA,
        )
        for key in LABELS
    ]
    with st.container(key="stay_at_table"):
        ui.table(_("All watches with their figures"), columns, [_line(one, asked) for one in rows])
        paging.ways("p", page, len(lines), PAGE)
    st.download_button(
        _("Download as CSV"),
        lambda: analytics_table.written(lines, asked.currency),
        f"watches-{asked.today.isoformat()}-{asked.currency}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="analytics.csv",
    )


def _label(key: str, currency: str) -> str:
    if key == "share":
        return pgettext("part of the value", "Share")
    return _(IN_CURRENCY.get(key, LABELS[key]), currency=currency)


def _sorted_by(key: str, order: str, *, down: bool) -> str:
    usual = "up" if key == "name" else "down"
    other = "up" if down else "down"
    return paging.address(sort=key, dir=other if key == order else usual, p="")


def _line(one: Entry, asked: Asked) -> TableRow:
    held = one.holding
    gone = held.disposed_on is not None

    def amount(number: Decimal | None, *, signed: bool = False, hint: str = "") -> Cell:
        whole = say.money(number, asked.currency, cents=False, signed=signed)
        exact = "" if number is None else say.money(number, asked.currency, cents=True)
        shown = whole.replace(f"{asked.currency}{say.SPACE}", "").removesuffix(
            f"{say.SPACE}{asked.currency}"
        )
        return Cell(shown, say.tone(number) if signed else "", hint or exact)

    why = ""
    if gone:
        why = _("Proceeds {amount}", amount=say.money(held.proceeds, asked.currency))
    elif held.valued_on is None and held.value is not None:
        why = _("At cost: never valued")
    return TableRow(
        f"/watch?id={held.watch_id}&tab=value",
        held.brand,
        held.model,
        _(STATUSES[Status(held.status)]) if gone else "",
        [
            amount(held.cost),
            amount(held.value, hint=why),
            amount(held.gain, signed=True),
            Cell(say.percent(held.return_fraction, signed=True), say.tone(held.return_fraction)),
            _rate(one.annualised),
            _rate(one.xirr),
            Cell(say.percent(one.share)),
            Cell(say.ago(held.valued_on, asked.today), hint=say.day(held.valued_on)),
        ],
    )


def _rate(found: float | Missing) -> Cell:
    if isinstance(found, Missing):
        return Cell(say.ABSENT, hint=_(found.reason))
    return Cell(say.percent(found, signed=True), say.tone(found))


def _moved(one: Movement, asked: Asked) -> Row:
    return Row(
        f"/watch?id={one.watch_id}&tab=value",
        one.model,
        f"{one.brand} · {say.money(one.after or one.taken_out, asked.currency)}",
        say.money(one.moved, asked.currency, signed=True),
        say.percent(one.fraction, signed=True),
        say.tone(one.moved),
        photo_url(one.cover, "thumb"),
    )


def _returned(one: Holding, asked: Asked) -> Row:
    return Row(
        f"/watch?id={one.watch_id}&tab=value",
        one.model,
        f"{one.brand} · {say.money(one.value, asked.currency)}",
        say.percent(one.return_fraction, signed=True),
        say.change(one.gain, asked.currency),
        say.tone(one.gain),
        photo_url(one.cover, "thumb"),
    )

"""Where the values of many watches are typed: a grid, or on a phone a field a watch."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

import pandas as pd
import streamlit as st

from app import amounts, session, ui, value_round
from app import format as say
from app.cache import cached
from app.language import N_, _
from app.list_markup import Link
from app.many import name_of
from app.value_round import ALL, FIELDS, GRID, NEVER, NO_COLLECTION, STALE_ONES, Asked, Typed
from app.watch_values import KINDS, SOURCES
from data import collections
from data.currencies import CURRENCIES
from data.errors import RefusedError
from data.valuations import ValuationDraft
from data.value_rounds import ToValue

ROUND = "update_values.round"  # grows with every reading of the list: its cells are fresh ones
SHOWN = "update_values.shown"  # what the address asked for in the run before
DAY, KIND, SOURCE = (f"update_values.{name}" for name in ("valued_on", "kind", "source"))
AT_ONCE = {GRID: 1_000, FIELDS: 24}
ROW, HEAD, HIGHEST = 35, 37, 560  # pixels
SHOWS = {ALL: N_("All"), STALE_ONES: N_("Over a year ago"), NEVER: N_("Never valued")}
VIEWS = {GRID: N_("Grid"), FIELDS: N_("Fields")}
FIELD, MONEY, CHOICE = 320, 96, 171  # pixels; two choices beside each other on a phone


@dataclass(frozen=True)
class Sheet:
    """The list as it was opened, with what was typed before in its cells."""

    wanted: Asked
    rows: list[ToValue]
    total: int
    typed: dict[UUID, Typed]
    today: date

    @property
    def first(self) -> int:
        """How many watches come before these."""
        return (self.wanted.page - 1) * AT_ONCE[self.wanted.view]


def choices(wanted: Asked) -> None:
    """Which watches, in which order, and how they are shown; all in the address."""
    groups = {str(one.collection_id): one.name for one in cached(collections.every)}
    groups = {"": _("All collections"), **groups, NO_COLLECTION: _("No collection")}
    sorts = {name: _(label) for name, label in value_round.SORTS.items()}
    lists = (("collection", _("Collection"), groups), ("sort", _("Sort by"), sorts))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _segmented("show", _("Watches"), SHOWS, wanted.show)
        for name, label, options in lists:
            shown = getattr(wanted, name)
            chosen = st.selectbox(
                label,
                list(options),
                list(options).index(shown),
                format_func=options.__getitem__,
                key=f"update_values.{name}.{shown}",
                label_visibility="collapsed",
                width=CHOICE,
            )
            if chosen != shown:
                value_round.go(**{name: chosen})
        _segmented("view", _("View"), VIEWS, wanted.view)


def sheet(wanted: Asked) -> Sheet:
    """The list as it was when the page was opened with this address, or after the last save."""

    def load() -> Sheet:
        session.put(ROUND, session.get(ROUND, 0) + 1)
        today = session.today()
        found = value_round.chosen(value_round.every(), wanted, today)
        size = AT_ONCE[wanted.view]
        page = min(wanted.page, max(-(-len(found) // size), 1))
        shown = Asked(wanted.show, wanted.collection, wanted.sort, wanted.view, page)
        rows = found[(page - 1) * size : page * size]
        return Sheet(shown, rows, len(found), value_round.typed(), today)

    if not session.is_shown(DAY) or session.get(SHOWN, None) != wanted:
        again()
    session.put(SHOWN, wanted)
    return session.opened("update_values", load)


def again() -> None:
    """Read the list afresh; what is typed stands in its cells."""
    session.close("update_values")


def common() -> tuple[value_round.Common, dict[str, str]]:
    """Day, kind and source of all values; and what is wrong with the day."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        day = st.date_input(
            _("Values of"),
            session.today(),
            min_value=date.min,  # a day out of range would be dropped without a word
            max_value=date.max,
            format="YYYY-MM-DD",
            key=DAY,
            width=CHOICE,
        )
        kind, source = session.held(KIND, "market"), session.held(SOURCE, "manual")
        label = f"{_(KINDS[kind])}, {_(SOURCES[source])}"
        with st.popover(label, icon=":material/tune:", key="update_values.more"):
            st.selectbox(
                _("Kind"),
                list(KINDS),
                format_func=lambda key: _(KINDS[key]),
                key=KIND,
                help=_("Only market values count: insured and replacement values are kept apart."),
            )
            st.selectbox(
                _("Source"),
                list(SOURCES),
                format_func=_source,
                key=SOURCE,
            )
    valued_on = day if isinstance(day, date) else None
    problems = day_problems(valued_on, session.today())
    ui.field_problem(problems, "valued_on")
    return value_round.Common(valued_on, kind, source), problems


def day_problems(day: date | None, today: date) -> dict[str, str]:
    """What is wrong with the day of the round."""
    try:
        ValuationDraft(Decimal(), valued_on=day).check(today)
    except RefusedError as error:
        return error.problems
    return {}


def cells(shown: Sheet, home: str) -> None:
    """Draw them, and keep what stands in them; ``home``: the currency of what has none."""
    drawn = _grid if shown.wanted.view == GRID else _fields
    value_round.keep(drawn(shown, home), home)


def pager(shown: Sheet) -> None:
    """The way to the other watches, if these are not all."""
    wanted, last = shown.wanted, shown.first + len(shown.rows)
    if shown.first == 0 and last == shown.total:
        return
    said = _(
        "{first}–{last} of {total}",
        first=say.number(shown.first + 1),
        last=say.number(last),
        total=say.number(shown.total),
    )
    before = Link(_("Previous"), wanted.address(wanted.page - 1)) if shown.first else None
    after = Link(_("Next"), wanted.address(wanted.page + 1)) if last < shown.total else None
    ui.pager(said, before, after)


def _segmented(name: str, label: str, options: dict[str, str], shown: str) -> None:
    """One of a few, kept in the address."""
    chosen = st.segmented_control(
        label,
        list(options),
        default=shown,
        required=True,
        format_func=lambda one: _(options[one]),
        key=f"update_values.{name}.{shown}",
        label_visibility="collapsed",
    )
    if chosen and chosen != shown:
        value_round.go(**{name: chosen})


def _grid(shown: Sheet, home: str) -> list[Typed]:
    """A line a watch; a whole column can be pasted."""
    lines: list[dict[str, Any]] = [
        {
            "watch": f"{row.brand} {row.model}",
            "reference": row.reference,
            "valued": value_round.age(row, shown.today),
            "last": value_round.last_value(row),
            **_standing(shown, row, home),
        }
        for row in shown.rows
    ]
    edited = st.data_editor(
        pd.DataFrame(lines, dtype=object),
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        disabled=["watch", "reference", "valued", "last"],
        height=min(len(lines) * ROW + HEAD, HIGHEST),
        key=f"update_values.{session.get(ROUND, 0)}",
        column_config=_columns([line["currency"] for line in lines]),
        alt=_("Watches with their last value, and cells for the new one"),
    )
    rows = cast("list[dict[str, object]]", edited.to_dict("records"))
    return [
        Typed(row, _text(line["amount"]), _text(line["currency"]))
        for row, line in zip(shown.rows, rows, strict=True)
    ]


def _fields(shown: Sheet, home: str) -> list[Typed]:
    """An amount and a currency a watch, under each other on a phone."""
    with st.container(horizontal=True, gap="medium", key="value_round_fields"):
        return [_field(shown, row, home) for row in shown.rows]


def _field(shown: Sheet, row: ToValue, home: str) -> Typed:
    key = f"update_values.{session.get(ROUND, 0)}.{row.watch_id}"
    standing = _standing(shown, row, home)
    name = name_of(row.brand, row.model, row.reference)
    codes = list(dict.fromkeys([*CURRENCIES, standing["currency"]]))
    with st.container(width=FIELD, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            amount = amounts.field(
                f"{ui.plain(name)}  \n:small[{ui.plain(value_round.age(row, shown.today))}]",
                standing["amount"],
                key=key,
                placeholder=value_round.last_value(row),
            )
            currency = st.selectbox(
                _("Currency, {watch}", watch=ui.plain(name)),
                codes,
                index=codes.index(standing["currency"]),
                key=f"{key}.currency",
                label_visibility="collapsed",
                width=MONEY,
            )
        ui.field_problem({"amount": value_round.problem_of(amount, currency)}, "amount")
    return Typed(row, amount, currency)


def _standing(shown: Sheet, row: ToValue, home: str) -> dict[str, str]:
    """What stands in the cells of a watch when they are opened."""
    kept = shown.typed.get(row.watch_id)
    usual = value_round.currency_of(row, home)
    return {"amount": kept.amount if kept else "", "currency": kept.currency if kept else usual}


def _columns(own: list[str]) -> dict[str, Any]:
    codes = list(dict.fromkeys([*CURRENCIES, *own]))
    config = st.column_config
    return {
        "watch": config.TextColumn(_("Watch"), pinned=True, width=270),
        "reference": config.TextColumn(_("Reference"), width=150),
        "valued": config.TextColumn(_("Last valued"), width=210),
        "last": config.TextColumn(_("Last value"), alignment="right", width=110),
        "amount": config.TextColumn(_("New value"), alignment="right", width=130),
        "currency": config.SelectboxColumn(_("Currency"), options=codes, width=90),
    }


def _source(key: str) -> str:
    shown = _(SOURCES[key])
    return shown[0].upper() + shown[1:]


def _text(held: object) -> str:
    """A cell as a text; what pandas puts where nothing is, is nothing."""
    return held if isinstance(held, str) else ""

"""A price series to compare the collection with: a new one, or more days for one that is here."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import streamlit as st
from sqlalchemy import Connection

from app import format as say
from app import navigation, price_source, record_form, session, ui
from app.cache import shared
from app.language import N_, _
from app.price_source import Source
from data import benchmarks
from data.accounts import Member
from data.benchmarks import NAME_LIMIT, Benchmark
from data.calc.price_file import Reading
from data.calc.series import Point
from data.errors import AppError, RefusedError

NAME = "series_import"
DONE = f"{NAME}.removed"  # where record_form.undo looks: the series, and its points before
ADD, REPLACE = "add", "replace"
CHOICES = {ADD: N_("Add these days"), REPLACE: N_("Replace the whole series")}
FIELD_OF = {"benchmark_name_taken": "name", "benchmark_named": "name"}


def offer_new(source: Source, reading: Reading) -> None:
    """A name, and the button."""
    ui.heading(_("What it is called"))
    with st.form(f"{NAME}.{source.key}", border=False):
        name = st.text_input(
            _("Name"),
            name_of(source, reading),
            max_chars=NAME_LIMIT,
            autocomplete="off",
            key=f"{NAME}.{source.key}.name",
        )
        place = st.container()
        days = say.count(len(reading.accepted), "day", "days")
        label = _("Add series of {days}", days=days)
        ready = not reading.questions and bool(reading.accepted)
        pressed = st.form_submit_button(
            label, type="primary", icon=":material/check:", disabled=not ready
        )
    if not ready:
        st.caption(_("Answer what is asked above first."))
    if not pressed or not ready:
        return
    try:
        with session.write() as db:
            member = session.member()
            currency = reading.currency or None
            added = benchmarks.add(db, member, name, currency, points_of(reading))
    except RefusedError as error:
        problems = {FIELD_OF.get(field, field): said for field, said in error.problems.items()}
        for field in problems:
            with place:
                ui.field_problem(problems, field)
        return
    session.notice(_("Series added."))
    _go(added)


def offer_more(source: Source, reading: Reading, old: Benchmark) -> None:
    """What is new beside the days that are here, and whether they stay."""
    here = {point.day: point.amount for point in shared(benchmarks.own_points, old.benchmark_id)}
    points = points_of(reading)
    new = sum(point.day not in here for point in points)
    same = sum(here.get(point.day) == point.amount for point in points)
    different = len(points) - new - same
    ui.heading(_("What is added"))
    ui.figures(
        [
            ui.Figure(_("New"), say.number(new), _("days")),
            ui.Figure(_("Already here"), say.number(same), _("with the same price")),
            ui.Figure(_("Different"), say.number(different), _("get the price of the file")),
        ]
    )
    way = st.segmented_control(
        _("What becomes of the days that are here"),
        list(CHOICES),
        default=ADD,
        required=True,
        format_func=lambda one: _(CHOICES[one]),
        key=f"{NAME}.{source.key}.way",
    )
    gone = len(here) - same - different if way == REPLACE else 0
    ready, changes = not reading.questions, bool(new or different or gone)
    if not ready:
        st.caption(_("Answer what is asked above first."))
    elif not changes:
        st.caption(_("Everything in it is here already."))
    if st.button(
        _(CHOICES[way]),
        type="primary",
        icon=":material/check:",
        disabled=not (ready and changes),
        key=f"{NAME}.go",
    ):
        put(old, points, replace=way == REPLACE)


def put(old: Benchmark, points: Sequence[Point], *, replace: bool) -> None:
    """Store them; the page of the series has the way back."""
    try:
        with session.write() as db:
            member = session.member()
            before = benchmarks.own_points(db, member, old.benchmark_id)
            benchmarks.put_points(db, member, old, points, replace=replace)
    except AppError as error:
        st.error(ui.plain(_(str(error))))
        return
    session.put(DONE, (old.benchmark_id, before))
    _go(old.benchmark_id)


def undo(benchmark_id: UUID) -> None:
    """After days were added: the way back to the days before."""
    done: tuple[UUID, tuple[Point, ...]] | None = session.get(DONE, None)
    if done is not None and done[0] == benchmark_id:
        record_form.undo(NAME, _("The days were changed."), partial(_take_back, done=done))


def points_of(reading: Reading) -> list[Point]:
    """The rows as a series, by day."""
    return [Point(row.day, row.amount) for row in reading.accepted]


def name_of(source: Source, reading: Reading) -> str:
    """What the series may be called: the heading of its prices, or the file's name."""
    column = reading.layout.price_column
    heading = reading.layout.header.cell(column) if reading.layout.header and column else ""
    named = heading if len(heading.split()) > 1 else source.name or heading
    return " ".join(named.split())[:NAME_LIMIT]


def _take_back(db: Connection, member: Member, done: tuple[UUID, tuple[Point, ...]]) -> None:
    now = benchmarks.get(db, member, done[0])
    benchmarks.put_points(db, member, now, done[1], replace=True)


def _go(benchmark_id: UUID) -> None:
    price_source.forget(NAME)
    st.switch_page(navigation.BENCHMARKS, query_params={"series": str(benchmark_id)})

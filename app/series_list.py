"""Series to compare the collection with: the list, and one of them with what can be done to it."""

from functools import partial
from typing import NoReturn
from uuid import UUID

import plotly.graph_objects as go
import streamlit as st

from app import format as say
from app import navigation, palette, price_preview, record_form, series_import, session, ui
from app.cache import cached, cached_figure, shared
from app.language import _
from app.palette import Palette
from data import benchmarks, gold
from data.benchmarks import NAME_LIMIT, Benchmark, Removed
from data.currencies import CURRENCIES
from data.errors import AppError, ConflictError

OPENED = "series"  # in the URL
NAME = "series"
REMOVED = f"{NAME}.removed"  # the series that was removed last, whole


def table(found: list[Benchmark]) -> None:
    """All series, each a link to its own page."""
    lines = [
        ui.TableRow(
            f"/benchmarks?{OPENED}={one.benchmark_id}",
            "",
            one.name,
            cells=[
                ui.Cell(say.number(one.points)),
                ui.Cell(say.day(one.first_day)),
                ui.Cell(say.day(one.last_day)),
                ui.Cell(last_value(one)),
            ],
        )
        for one in found
    ]
    columns = (
        ui.Column(_("Series")),
        ui.Column(_("Days"), number=True, extra=True),
        ui.Column(_("From"), extra=True),
        ui.Column(_("Until")),
        ui.Column(_("Last value"), number=True),
    )
    ui.table(_("Series to compare with"), columns, lines)


def about_gold() -> None:
    """Whether the price of gold is here, until when, and what to do if it is not."""
    ui.heading(_("Gold"))
    until = cached(benchmarks.gold_until)
    if until is None:
        st.markdown(ui.plain(_(gold.MISSING)))
    else:
        st.markdown(
            ui.plain(
                _(
                    "The price of a gram is here until {day}, as the National Bank of Poland "
                    "publishes it. Each price is converted at the rates of its day.",
                    day=say.day(until),
                )
            )
        )


def undo_removal() -> None:
    """After a series was removed: the way back."""
    gone: Removed | None = session.get(REMOVED, None)
    if gone is not None:
        said = _("“{name}” was removed.", name=gone.benchmark.name)
        record_form.undo(NAME, said, partial(benchmarks.restore, removed=gone))


def find(wanted: str) -> Benchmark | None:
    """The series of the URL; None: it is none of this household."""
    try:
        key = UUID(wanted)
    except ValueError:
        return None
    return next((one for one in cached(benchmarks.every) if one.benchmark_id == key), None)


def show(one: Benchmark, *, writes: bool) -> None:
    """One series: its line, its facts, and for who may write what can be done."""
    ui.page_title(one.name, _days(one))
    st.page_link(navigation.BENCHMARKS, label=_("All series"), icon=":material/arrow_back:")
    if writes:
        series_import.undo(one.benchmark_id)
    if one.points > 1:
        figure = cached_figure(line, one.benchmark_id, one.currency or "", palette.current())
        ui.chart(figure, alt=describe(one), key="series")
    ui.facts(
        [
            (_("Days with a price"), say.number(one.points)),
            (_("Last value"), last_value(one)),
            (_("Currency"), one.currency or _("None: points of an index, which are not converted")),
        ]
    )
    if one.currency and one.currency not in CURRENCIES:
        st.caption(
            _(
                "There are no rates for {currency}: it can't be compared with anything.",
                currency=one.currency,
            )
        )
    if writes:
        _actions(one)


def line(benchmark_id: UUID, currency: str, palette: Palette) -> go.Figure:
    """The series as it was brought in."""
    return price_preview.drawn(shared(benchmarks.own_points, benchmark_id), currency, palette)


def describe(one: Benchmark) -> str:
    """The line in a sentence."""
    return _(
        "{name}: {number} days from {days}, at the end {value}.",
        name=one.name,
        number=say.number(one.points),
        days=_days(one),
        value=last_value(one),
    )


def _days(one: Benchmark) -> str:
    return _("{first} to {last}", first=say.day(one.first_day), last=say.day(one.last_day))


def last_value(one: Benchmark) -> str:
    """What it stood at on its last day."""
    if one.last_amount is None:
        return say.ABSENT
    return price_preview.amount(one.last_amount, one.currency or "")


def _actions(one: Benchmark) -> None:
    """Add days, rename, remove."""
    with st.container(key="primary_step"):
        st.page_link(
            navigation.IMPORT_PRICES,
            label=_("Add days"),
            icon=":material/upload_file:",
            width="content",
            query_params={"series": str(one.benchmark_id)},
        )
    form = f"{NAME}.{one.benchmark_id}"
    if not session.is_shown(f"{form}.name"):  # another page was here meanwhile
        _forget(form)
    opened = session.opened(form, lambda: one)
    with st.form(form, border=False):
        name = st.text_input(
            _("Name"), one.name, max_chars=NAME_LIMIT, autocomplete="off", key=f"{form}.name"
        )
        ui.field_problem({"name": session.get(f"{form}.problem", "")}, "name")
        pressed = st.form_submit_button(_("Rename"))
    if pressed:
        _rename(form, opened, name)
    if st.button(_("Remove series"), icon=":material/delete:", type="tertiary", key=f"{form}.gone"):
        _remove(one)


def _rename(form: str, opened: Benchmark, name: str) -> NoReturn:
    """Give it the name; or say at the field what to change, with what was typed still there."""
    try:
        with session.write() as db:
            benchmarks.rename(db, session.member(), opened, name)
    except AppError as error:
        session.put(f"{form}.problem", _(str(error)))
        session.close(form)  # what it is now is read next, and may be renamed after all
    else:
        _forget(form)
        session.notice(_("Renamed."))
    st.rerun()


def _forget(form: str) -> None:
    """Nothing is open or wrong in this form."""
    session.close(form)
    session.drop(f"{form}.problem")


def _remove(one: Benchmark) -> None:
    try:
        with session.write() as db:
            session.put(REMOVED, benchmarks.remove(db, session.member(), one))
    except ConflictError as error:
        session.notice(_(str(error)))
        st.rerun()
    except AppError as error:
        session.notice(_(str(error)))
    st.switch_page(navigation.BENCHMARKS)

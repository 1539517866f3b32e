"""What a file of prices says, before any of it is stored: what is in it, and what is left out."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go
import streamlit as st

from app import format as say
from app import palette, ui
from app.chart_layout import faint, layout, settled
from app.language import _, ngettext
from app.palette import Palette
from app.watch_csv import harmless
from data.calc.price_file import Reading
from data.calc.price_rows import Priced, Reported
from data.calc.series import Point

HEIGHT = 220  # px
DRAWN = 400  # points of the line
FEW_DAYS, DAY_MS = 8, 86_400_000
SHOWN = 25  # lines of the table of what is left out


@dataclass(frozen=True)
class Run:
    """Rows after each other that are left out for one reason."""

    first: Reported
    last: Reported
    rows: int
    alike: bool  # the same stands in all of them


def show(reading: Reading) -> None:
    """The answer in words, the line, and every row that is left out with its reason."""
    ui.heading(_("What it says"))
    st.markdown(ui.plain(answer(reading)))
    for note in notes(reading):
        st.caption(ui.plain(note))
    unit = reading.accepted[0].currency if reading.accepted else None
    one_unit = all(row.currency == unit for row in reading.accepted)
    if len(reading.accepted) > 1 and one_unit:
        figure = drawn(reading.accepted, unit or "", palette.current())
        ui.chart(figure, alt=answer(reading), key="prices")
    if reading.reported:
        left_out(reading.reported)


def answer(reading: Reading) -> str:
    """How much of it can be imported, from when to when, from how much to how much."""
    if reading.refusal:
        return _(reading.refusal)
    rows = reading.accepted
    all_rows = say.count(reading.rows, "row", "rows")
    if not rows:
        return _("None of its {rows} can be imported as it is read now.", rows=all_rows)
    days = say.day(rows[0].day)
    if len(rows) > 1:
        days = _("{first} to {last}", first=days, last=say.day(rows[-1].day))
    told = {"rows": all_rows, "days": days, "amounts": _amounts(rows)}
    if len(rows) == reading.rows:
        return _("All {rows} can be imported: {days}, {amounts}.", **told)
    number = say.number(len(rows))
    return _("{number} of {rows} can be imported: {days}, {amounts}.", number=number, **told)


def notes(reading: Reading) -> list[str]:
    """What was not plain, and how it was taken."""
    found = []
    if reading.layout.above:
        found.append(
            _of(
                "{shown} line above the heading is not read.",
                "{shown} lines above the heading are not read.",
                reading.layout.above,
            )
        )
    if reading.short_years:
        found.append(
            _of(
                "{shown} day has a year of two digits; it is taken as the last one that has begun.",
                "{shown} days have a year of two digits; it is taken as the last one that has "
                "begun.",
                reading.short_years,
            )
        )
    if reading.months:
        found.append(
            _of(
                "{shown} row names no day, only a month; it is taken as the first of the month.",
                "{shown} rows name no day, only a month; it is taken as the first of the month.",
                reading.months,
            )
        )
    if reading.rounded:
        found.append(
            _of(
                "{shown} price is rounded to cents.",
                "{shown} prices are rounded to cents.",
                reading.rounded,
            )
        )
    return found


def left_out(reported: Sequence[Reported]) -> None:
    """Every row that is not imported: neighbours with one reason as one line."""
    ui.heading(_("Left out: {rows}", rows=say.count(len(reported), "row", "rows")))
    together = runs(reported)
    lines = [
        ui.TableRow(
            "",
            "",
            _lines(run),
            cells=[
                ui.Cell(run.first.column),
                ui.Cell(_text(run)),
                ui.Cell(_(run.first.reason), hint=_(run.first.reason)),
            ],
        )
        for run in together[:SHOWN]
    ]
    with st.container(key="prices_left_out"):
        columns = (
            ui.Column(_("Line")),
            ui.Column(_("Column"), extra=True),
            ui.Column(_("What stands there")),
            ui.Column(_("Why it is left out")),
        )
        ui.table(_("Rows that are left out"), columns, lines)
    if len(together) > SHOWN:
        more = sum(run.rows for run in together[SHOWN:])
        with st.container(horizontal=True, vertical_alignment="center"):
            said = _("And {rows} more.", rows=say.count(more, "row", "rows"))
            st.caption(said, width="content")
            st.download_button(
                _("All of them as CSV"),
                written(reported),
                "left-out.csv",
                "text/csv",
                icon=":material/download:",
                on_click="ignore",
            )


def runs(reported: Sequence[Reported]) -> list[Run]:
    """Lines after each other with the same column and reason, as one."""
    found: list[Run] = []
    for one in reported:
        if found and _goes_on(found[-1].last, one):
            run = found[-1]
            alike = run.alike and run.first.text == one.text
            found[-1] = Run(run.first, one, run.rows + 1, alike)
        else:
            found.append(Run(one, one, 1, alike=True))
    return found


def written(reported: Sequence[Reported]) -> bytes:
    """The rows that are left out as a file, harmless in a spreadsheet."""
    target = io.StringIO(newline="")
    lines = csv.writer(target)
    lines.writerow(("line", "column", "text", "reason"))
    for one in reported:
        lines.writerow((one.line, *map(harmless, (one.column, one.text, one.reason))))
    return target.getvalue().encode("utf-8-sig")


def drawn(rows: Sequence[Priced] | Sequence[Point], currency: str, palette: Palette) -> go.Figure:
    """The series as a quiet line; every so many days of a long one."""
    step = -(-len(rows) // DRAWN)
    shown = [*rows[:-1:step], rows[-1]]
    figure = go.Figure(layout=layout(palette, height=HEIGHT, unit=currency))
    figure.add_scatter(
        x=[row.day.isoformat() for row in shown],
        y=[float(row.amount) for row in shown],
        name=_("Price"),
        mode="lines",
        line={"color": palette.accent, "width": 1.5, "shape": "hv"},
        fill="tozeroy",
        fillcolor=faint(palette.accent),
        text=[amount(row.amount, currency) for row in shown],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.update_layout(margin={"r": 8})
    if (rows[-1].day - rows[0].day).days < FEW_DAYS:
        figure.update_xaxes(dtick=DAY_MS)  # else the axis would name hours
    figure.update_yaxes(rangemode="tozero")
    return settled(figure)


def _goes_on(before: Reported, one: Reported) -> bool:
    alike = (before.column, before.reason) == (one.column, one.reason)
    return alike and one.line == before.line + 1


def _lines(run: Run) -> str:
    first, last = say.number(run.first.line), say.number(run.last.line)
    return first if run.rows == 1 else _("{first} to {last}", first=first, last=last)


def _text(run: Run) -> str:
    """What stands there; of several the first."""
    if run.alike:
        return run.first.text or say.ABSENT
    return _("{text} and others", text=run.first.text)


def _amounts(rows: Sequence[Priced]) -> str:
    """From how much to how much; of several currencies which."""
    codes = sorted({row.currency or "" for row in rows})
    if len(codes) > 1:
        return _(" and ").join(filter(None, codes))
    low, high = min(row.amount for row in rows), max(row.amount for row in rows)
    first = amount(low, codes[0])
    return first if low == high else _("{low} to {high}", low=first, high=amount(high, codes[0]))


def amount(amount: Decimal, currency: str) -> str:
    """A price; points of an index without a currency."""
    if currency:
        return say.money(amount, currency)
    return say.localised(f"{amount:,.2f}".removesuffix(".00"))


def _of(one: str, many: str, number: int) -> str:
    return ngettext(one, many, number, shown=say.number(number))

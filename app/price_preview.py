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
from app.palette import Palette
from app.watch_csv import harmless
from data.calc.price_file import Reading
from data.calc.price_rows import Priced, Reported
from data.calc.series import Point

HEIGHT = 220  # px
DRAWN = 400  # points of the line
FEW_DAYS, DAY_MS = 8, 86_400_000
SHOWN = 25  # lines of the table of what is left out
COLUMNS = (
    ui.Column("Line"),
    ui.Column("Column", extra=True),
    ui.Column("What stands there"),
    ui.Column("Why it is left out"),
)


@dataclass(frozen=True)
class Run:
    """Rows after each other that are left out for one reason."""

    first: Reported
    last: Reported
    rows: int
    alike: bool  # the same stands in all of them


def show(reading: Reading) -> None:
    """The answer in words, the line, and every row that is left out with its reason."""
    ui.heading("What it says")
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
        return reading.refusal
    rows = reading.accepted
    all_rows = say.count(reading.rows, "row", "rows")
    if not rows:
        return f"None of its {all_rows} can be imported as it is read now."
    of = f"All {all_rows}" if len(rows) == reading.rows else f"{len(rows):,} of {all_rows}"
    days = say.day(rows[0].day)
    if len(rows) > 1:
        days = f"{days} to {say.day(rows[-1].day)}"
    return f"{of} can be imported: {days}, {_amounts(rows)}."


def notes(reading: Reading) -> list[str]:
    """What was not plain, and how it was taken."""
    found = []
    if reading.layout.above:
        above = say.count(reading.layout.above, "line", "lines")
        found.append(f"{above} above the heading {_is(reading.layout.above)} not read.")
    if reading.short_years:
        found.append(
            f"{say.count(reading.short_years, 'day has', 'days have')} a year of two digits; it is "
            "taken as the last one that has begun."
        )
    if reading.months:
        found.append(
            f"{say.count(reading.months, 'row names', 'rows name')} no day, only a month; it is "
            "taken as the first of the month."
        )
    if reading.rounded:
        rounded = say.count(reading.rounded, "price", "prices")
        found.append(f"{rounded} {_is(reading.rounded)} rounded to cents.")
    return found


def left_out(reported: Sequence[Reported]) -> None:
    """Every row that is not imported: neighbours with one reason as one line."""
    ui.heading(f"Left out: {say.count(len(reported), 'row', 'rows')}")
    together = runs(reported)
    lines = [
        ui.TableRow(
            "",
            "",
            _lines(run),
            cells=[
                ui.Cell(run.first.column),
                ui.Cell(_text(run)),
                ui.Cell(run.first.reason, hint=run.first.reason),
            ],
        )
        for run in together[:SHOWN]
    ]
    with st.container(key="prices_left_out"):
        ui.table("Rows that are left out", COLUMNS, lines)
    if len(together) > SHOWN:
        more = sum(run.rows for run in together[SHOWN:])
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"And {say.count(more, 'row', 'rows')} more.", width="content")
            st.download_button(
                "All of them as CSV",
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
        name="Price",
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
    return f"{run.first.line:,}" if run.rows == 1 else f"{run.first.line:,} to {run.last.line:,}"


def _text(run: Run) -> str:
    """What stands there; of several the first."""
    return (run.first.text or say.ABSENT) if run.alike else f"{run.first.text} and others"


def _amounts(rows: Sequence[Priced]) -> str:
    """From how much to how much; of several currencies which."""
    codes = sorted({row.currency or "" for row in rows})
    if len(codes) > 1:
        return " and ".join(filter(None, codes))
    low, high = min(row.amount for row in rows), max(row.amount for row in rows)
    first = amount(low, codes[0])
    return first if low == high else f"{first} to {amount(high, codes[0])}"


def amount(amount: Decimal, currency: str) -> str:
    """A price; points of an index without a currency."""
    return say.money(amount, currency) if currency else f"{amount:,.2f}".removesuffix(".00")


def _is(number: int) -> str:
    return "is" if number == 1 else "are"

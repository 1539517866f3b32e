"""A price series for one watch: what is new beside what is recorded, and one click to store it.

What was stored last can be undone as a whole on the watch's page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from app import format as say
from app import navigation, price_source, session, ui
from app.cache import cached
from app.price_source import Source
from data import price_import, valuations
from data.calc.price_file import Reading
from data.calc.price_rows import Priced
from data.errors import AppError
from data.price_import import Imported, Plan
from data.valuations import Valuation
from data.watches import Watch

NAME = "price_import"
DONE = f"{NAME}.done"  # the import that can be undone
KEEP, REPLACE = "keep", "replace"
CHOICES = {KEEP: "Keep what is here", REPLACE: "Replace it"}


@dataclass(frozen=True)
class Decision:
    """What a person said about the import as a whole; None: not yet."""

    replace: bool | None
    sure: bool


def link(watch: Watch) -> None:
    """The way to import prices, on the watch's page."""
    st.page_link(
        navigation.IMPORT_PRICES,
        label="Import prices",
        icon=":material/upload_file:",
        width="content",
        query_params={"watch": str(watch.watch_id)},
    )


def offer(watch: Watch, source: Source, reading: Reading) -> None:
    """What the rows are beside what is recorded, what has to be decided, and the button."""
    recorded = cached(valuations.of_watch, watch.watch_id)
    plan = price_import.plan(recorded, reading.accepted)
    ui.heading("What is imported")
    ui.figures(tiles(plan))
    for sentence in remarks(watch, plan):
        st.caption(ui.plain(sentence))
    decision = decide(f"{NAME}.{source.key}", plan, recorded)
    rows = len(plan.new) + (len(plan.different) if decision.replace else 0)
    waits = bool(reading.questions) or decision.replace is None or not decision.sure
    if waits:
        st.caption("Answer what is asked above first.")
    label = f"Import {say.count(rows, 'value', 'values')}"
    if st.button(
        label, type="primary", icon=":material/check:", disabled=waits or not rows, key=f"{NAME}.go"
    ):
        store(watch, reading.accepted, replace=bool(decision.replace))
    if not rows and not waits:
        st.caption("Everything in it is recorded already.")


def tiles(plan: Plan) -> list[ui.Figure]:
    """How many rows are what."""
    return [
        ui.Figure("New", f"{len(plan.new):,}", "days"),
        ui.Figure("Already here", f"{len(plan.same):,}", "imported before"),
        ui.Figure("Different", f"{len(plan.different):,}", "imported before, with another price"),
        ui.Figure("Kept", f"{len(plan.by_hand):,}", "recorded by somebody"),
    ]


def remarks(watch: Watch, plan: Plan) -> list[str]:
    """What a person should know before it is stored."""
    found = []
    if plan.by_hand:
        days = say.count(len(plan.by_hand), "day has a value", "days have values")
        found.append(f"{days} that somebody recorded: kept as recorded, never overwritten.")
    new = plan.new
    if new and watch.purchased_on is None and watch.status not in {"wishlist", "ordered"}:
        found.append(
            f"This watch has no purchase date, so it counts from its first value on: at the latest "
            f"from {say.day(new[0].day)}."
        )
    elif new and watch.purchased_on and new[0].day < watch.purchased_on:
        bought = say.day(watch.purchased_on)
        found.append(f"It was bought on {bought}: values before that are listed, but do not count.")
    if new and watch.disposed_on and new[-1].day > watch.disposed_on:
        gone = say.day(watch.disposed_on)
        found.append(f"It is gone since {gone}: values after that are listed, but do not count.")
    return found


def decide(form: str, plan: Plan, recorded: Sequence[Valuation]) -> Decision:
    """Ask, once, what to do with other prices, and whether a strange series is the right one."""
    replace: bool | None = False
    if plan.different:
        days = say.count(len(plan.different), "day was", "days were")
        chosen = st.segmented_control(
            f"{days} imported before with another price.",
            list(CHOICES),
            format_func=CHOICES.__getitem__,
            key=f"{form}.replace",
        )
        replace = None if chosen is None else chosen == REPLACE
    far = price_import.far_off(recorded, plan.new)
    sure = True
    if far:
        row, value = far[0].row, far[0].recorded
        said = say.money(row.amount, row.currency or "")
        here = say.money(value.amount, value.currency)
        st.warning(
            ui.plain(
                f"The prices are far from what is recorded: {said} on {say.day(row.day)}, and "
                f"{here} on {say.day(value.valued_on)}. Is it the series of this watch?"
            )
        )
        sure = st.checkbox("Yes, it is right", key=f"{form}.sure")
    return Decision(replace, sure)


def store(watch: Watch, rows: Sequence[Priced], *, replace: bool) -> None:
    """All of it in one transaction; then the watch's page, with the way back."""
    try:
        with session.write() as db:
            member = session.member()
            done = price_import.bring_in(db, member, watch.watch_id, rows, replace=replace)
    except AppError as error:
        st.error(ui.plain(str(error)))
        return
    session.put(DONE, done)
    price_source.forget(NAME)
    st.switch_page(navigation.WATCH, query_params={"id": str(watch.watch_id), "tab": "value"})


def undo(watch_id: UUID) -> None:
    """At the foot of the screen after an import: how much it was, and the way back."""
    done: Imported | None = session.get(DONE, None)
    if done is None or done.watch_id != watch_id:
        return
    said = f"{say.count(len(done.added), 'value was', 'values were')} imported."
    if done.replaced:
        said = f"{said} {len(done.replaced):,} of them replaced another."
    with st.bottom, st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(ui.plain(said), width="content")
        st.button(
            "Undo", icon=":material/undo:", key=f"{NAME}.undo", on_click=_take_back, args=(done,)
        )
        st.button("Keep", type="tertiary", key=f"{NAME}.keep", on_click=session.drop, args=(DONE,))


def _take_back(done: Imported) -> None:
    session.drop(DONE)
    try:
        with session.write() as db:
            undone = price_import.undo(db, session.member(), done)
    except AppError as error:
        session.notice(str(error))
        return
    left = f" {undone.left:,} stayed: somebody changed them since." if undone.left else ""
    session.notice(f"{say.count(undone.removed, 'value is', 'values are')} in the bin.{left}")

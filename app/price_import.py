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
from app.language import N_, _, ngettext
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
CHOICES = {KEEP: N_("Keep what is here"), REPLACE: N_("Replace it")}


@dataclass(frozen=True)
class Decision:
    """What a person said about the import as a whole; None: not yet."""

    replace: bool | None
    sure: bool


def link(watch: Watch) -> None:
    """The way to import prices, on the watch's page."""
    st.page_link(
        navigation.IMPORT_PRICES,
        label=_("Import prices"),
        icon=":material/upload_file:",
        width="content",
        query_params={"watch": str(watch.watch_id)},
    )


def offer(watch: Watch, source: Source, reading: Reading) -> None:
    """What the rows are beside what is recorded, what has to be decided, and the button."""
    recorded = cached(valuations.of_watch, watch.watch_id)
    plan = price_import.plan(recorded, reading.accepted)
    ui.heading(_("What is imported"))
    ui.figures(tiles(plan))
    for sentence in remarks(watch, plan):
        st.caption(ui.plain(sentence))
    decision = decide(f"{NAME}.{source.key}", plan, recorded)
    rows = len(plan.new) + (len(plan.different) if decision.replace else 0)
    waits = bool(reading.questions) or decision.replace is None or not decision.sure
    if waits:
        st.caption(_("Answer what is asked above first."))
    label = _("Import {values}", values=say.count(rows, "value", "values"))
    if st.button(
        label, type="primary", icon=":material/check:", disabled=waits or not rows, key=f"{NAME}.go"
    ):
        store(watch, reading.accepted, replace=bool(decision.replace))
    if not rows and not waits:
        st.caption(_("Everything in it is recorded already."))


def tiles(plan: Plan) -> list[ui.Figure]:
    """How many rows are what."""
    return [
        ui.Figure(_("New"), say.number(len(plan.new)), _("days")),
        ui.Figure(_("Already here"), say.number(len(plan.same)), _("imported before")),
        ui.Figure(
            _("Different"),
            say.number(len(plan.different)),
            _("imported before, with another price"),
        ),
        ui.Figure(_("Kept"), say.number(len(plan.by_hand)), _("recorded by somebody")),
    ]


def remarks(watch: Watch, plan: Plan) -> list[str]:
    """What a person should know before it is stored."""
    found = []
    if plan.by_hand:
        days = len(plan.by_hand)
        found.append(
            ngettext(
                "{shown} day has a value that somebody recorded: kept as recorded, never "
                "overwritten.",
                "{shown} days have values that somebody recorded: kept as recorded, never "
                "overwritten.",
                days,
                shown=say.number(days),
            )
        )
    new = plan.new
    if new and watch.purchased_on is None and watch.status not in {"wishlist", "ordered"}:
        found.append(
            _(
                "This watch has no purchase date, so it counts from its first value on: at the "
                "latest from {day}.",
                day=say.day(new[0].day),
            )
        )
    elif new and watch.purchased_on and new[0].day < watch.purchased_on:
        bought = say.day(watch.purchased_on)
        found.append(
            _(
                "It was bought on {day}: values before that are listed, but do not count.",
                day=bought,
            )
        )
    if new and watch.disposed_on and new[-1].day > watch.disposed_on:
        gone = say.day(watch.disposed_on)
        found.append(
            _("It is gone since {day}: values after that are listed, but do not count.", day=gone)
        )
    return found


def decide(form: str, plan: Plan, recorded: Sequence[Valuation]) -> Decision:
    """Ask, once, what to do with other prices, and whether a strange series is the right one."""
    replace: bool | None = False
    if plan.different:
        days = len(plan.different)
        chosen = st.segmented_control(
            ngettext(
                "{shown}\N{NO-BREAK SPACE}day was imported before with another price.",
                "{shown}\N{NO-BREAK SPACE}days were imported before with another price.",
                days,
                shown=say.number(days),
            ),
            list(CHOICES),
            format_func=lambda one: _(CHOICES[one]),
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
                _(
                    "The prices are far from what is recorded: {price} on {day}, and {value} on "
                    "{valued_on}. Is it the series of this watch?",
                    price=said,
                    day=say.day(row.day),
                    value=here,
                    valued_on=say.day(value.valued_on),
                )
            )
        )
        sure = st.checkbox(_("Yes, it is right"), key=f"{form}.sure")
    return Decision(replace, sure)


def store(watch: Watch, rows: Sequence[Priced], *, replace: bool) -> None:
    """All of it in one transaction; then the watch's page, with the way back."""
    try:
        with session.write() as db:
            member = session.member()
            done = price_import.bring_in(db, member, watch.watch_id, rows, replace=replace)
    except AppError as error:
        st.error(ui.plain(_(str(error))))
        return
    session.put(DONE, done)
    price_source.forget(NAME)
    st.switch_page(navigation.WATCH, query_params={"id": str(watch.watch_id), "tab": "value"})


def undo(watch_id: UUID) -> None:
    """At the foot of the screen after an import: how much it was, and the way back."""
    done: Imported | None = session.get(DONE, None)
    if done is None or done.watch_id != watch_id:
        return
    added, replaced = len(done.added), len(done.replaced)
    said = ngettext(
        "{shown} value was imported.",
        "{shown} values were imported.",
        added,
        shown=say.number(added),
    )
    if replaced:
        said += " " + _("{number} of them replaced another.", number=say.number(replaced))
    with st.bottom, st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(ui.plain(said), width="content")
        st.button(
            _("Undo"), icon=":material/undo:", key=f"{NAME}.undo", on_click=_take_back, args=(done,)
        )
        st.button(
            _("Keep"), type="tertiary", key=f"{NAME}.keep", on_click=session.drop, args=(DONE,)
        )


def _take_back(done: Imported) -> None:
    session.drop(DONE)
    try:
        with session.write() as db:
            undone = price_import.undo(db, session.member(), done)
    except AppError as error:
        session.notice(_(str(error)))
        return
    said = ngettext(
        "{shown} value is in the bin.",
        "{shown} values are in the bin.",
        undone.removed,
        shown=say.number(undone.removed),
    )
    if undone.left:
        left = say.number(undone.left)
        said += " " + _("{number} stayed: somebody changed them since.", number=left)
    session.notice(said)

"""What can be done with the ticked watches: change them, put them into the bin, export, print."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

import streamlit as st
from sqlalchemy import Connection

from app import format as say
from app import many, session, ui, watch_csv
from app.cache import cached
from app.language import N_, _, ngettext
from app.many import Opened
from app.print_routes import address
from app.watch_facts import CONDITION_NAMES
from app.watch_fields import LEFT_ON
from app.watch_words import STATUSES
from data import bulk, collections, watches
from data.bulk import Outcome, Picked, RowsRefusedError
from data.errors import AppError
from data.listing import WatchRow
from data.watches import EARLIEST, GONE, Status

REMOVED = "many.removed"  # the watches that went into the bin last
PROBLEM = "many.problem"
CHANGES = {  # what can be changed → what is said when it was
    N_("Collection"): N_("Collection set"),
    N_("Status"): N_("Status set"),
    N_("Condition"): N_("Condition set"),
    N_("Add tags"): N_("Tags changed"),
    N_("Remove tags"): N_("Tags changed"),
}
Change = Callable[[Connection, Picked], Outcome]


def bar(shown: Opened, ticked: Sequence[WatchRow], currency: str) -> None:
    """At the foot of the screen: how many are ticked, and what can be done with them."""
    with st.bottom, st.container(key="many_bar"):
        _undo()
        if not ticked:
            if shown.rows:
                st.caption(_("Tick watches to change, export or print them."))
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            count = say.count(len(ticked), "watch", "watches")
            what = st.selectbox(
                _("Change of {watches}", watches=count),
                list(CHANGES),
                format_func=_,
                key="many.what",
                width=170,
            )
            change = _field(what, ticked)
            if st.button(_("Apply"), type="primary", disabled=change is None) and change:
                _do(shown, ticked, change, _(CHANGES[what]))
            if st.button(_("Delete"), icon=":material/delete:"):
                _do(shown, ticked, _to_bin, _("Into the bin"))
            ids = tuple(row.watch_id for row in ticked)
            st.download_button(
                _("Export CSV"),
                partial(watch_csv.export, session.session_hash(), ids),
                f"watches-{session.today().isoformat()}.csv",
                "text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
            st.link_button(_("Print"), address(ids, currency), icon=":material/print:")
        problem: str = session.get(PROBLEM, "")
        ui.field_problem({"": problem} if problem else {}, "")


def _field(what: str, ticked: Sequence[WatchRow]) -> Change | None:
    """What to change it to; None: nothing is chosen yet."""
    member = session.member()
    if what == "Collection":
        names = {None: _("No collection")} | {
            one.collection_id: one.name for one in cached(collections.every)
        }
        into = st.selectbox(
            _("Collection"), list(names), format_func=names.__getitem__, key="many.into", width=220
        )
        return lambda db, picked: bulk.set_collection(db, member, picked, into)
    if what == "Condition":
        grades = {"": _("Not known")} | dict(reversed(CONDITION_NAMES.items()))
        grade = st.selectbox(
            _("Condition"), list(grades)[::-1], format_func=lambda key: _(grades[key]),
            key="many.grade", width=160,
        )  # fmt: skip
        return lambda db, picked: bulk.set_condition(db, member, picked, grade or None)
    if what == "Status":
        return _status(ticked)
    tags = cached(watches.tags)
    given = st.multiselect(
        _("Tags"), tags, key=f"many.tags.{what}", accept_new_options=what == "Add tags", width=280,
        placeholder=_("Type or choose") if what == "Add tags" else _("Choose"),
    )  # fmt: skip
    action = bulk.add_tags if what == "Add tags" else bulk.remove_tags
    return (lambda db, picked: action(db, member, picked, given)) if given else None


def _status(ticked: Sequence[WatchRow]) -> Change:
    """A status, with the day for those that leave."""
    member, today = session.member(), session.today()
    status = st.selectbox(
        _("Status"), [str(one) for one in STATUSES], key="many.status", width=150,
        format_func=lambda one: _(STATUSES[Status(one)]),
    )  # fmt: skip
    left_on: date | None = None
    if status in GONE:
        left_on = st.date_input(
            _(LEFT_ON[Status(status)]), today, min_value=EARLIEST, max_value=today,
            format="YYYY-MM-DD", key="many.left_on", width=150,
        )  # fmt: skip
    elif any(row.status in GONE for row in ticked):
        st.caption(_("What is recorded of their sale goes."))
    return lambda db, picked: bulk.set_status(db, member, picked, status, left_on, today)


def _to_bin(db: Connection, picked: Picked) -> Outcome:
    outcome = bulk.to_bin(db, session.member(), picked)
    session.put(REMOVED, outcome.changed)
    return outcome


def _do(shown: Opened, ticked: Sequence[WatchRow], change: Change, done: str) -> None:
    """All of it in one transaction; or none, with the reason in view."""
    if session.member().role == "viewer":
        return
    picked = {row.watch_id: row.version for row in ticked}
    session.put(PROBLEM, "")
    try:
        with session.write() as db:
            outcome = change(db, picked)
    except RowsRefusedError as error:
        session.put(PROBLEM, _why(error, shown.names))
    except AppError as error:
        session.put(PROBLEM, _(str(error)))
    else:
        many.tell(outcome, shown.names, done)
        many.again(list(picked))
    st.rerun()


def _why(error: RowsRefusedError, names: dict[UUID, str]) -> str:
    """Which watches are in the way, by sentence."""
    found: dict[str, list[UUID]] = {}
    for watch_id, problems in error.rows.items():
        for sentence in problems.values():
            found.setdefault(sentence, []).append(watch_id)
    said = [f"{_(sentence)} ({many.listed(ids, names)})" for sentence, ids in found.items()]
    return " ".join([_("Nothing was changed."), *said])


def _undo() -> None:
    """The way back for what went into the bin last."""
    removed: list[UUID] = session.get(REMOVED, [])
    if not removed:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        said = ngettext(
            "{watches} is in the bin.",
            "{watches} are in the bin.",
            len(removed),
            watches=say.count(len(removed), "watch", "watches"),
        )
        st.markdown(said, width="content")
        if st.button(_("Undo"), icon=":material/undo:", key="many.undo"):
            try:
                with session.write() as db:
                    bulk.from_bin(db, session.member(), removed)
            except AppError as error:
                session.notice(_(str(error)))
            session.drop(REMOVED)
            many.again(removed)
            st.rerun()

"""What is in the bin, in words; and what can be done with it: put back, or removed for good.

``?thing=photo.<id>`` opens one, ``?thing=all`` asks before the bin is emptied.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from app import format as say
from app import session, ui
from app.bin_markup import Thrown
from app.cache import cached
from app.document_words import KINDS as DOCUMENT_KINDS
from app.gallery import WORDS as PHOTO_ROLES
from app.photo_links import photo_url
from app.watch_values import KINDS as VALUE_KINDS
from data import bin as household_bin
from data.bin import KINDS, Binned
from data.errors import AppError
from data.expenses import KINDS as EXPENSE_KINDS
from data.services import KINDS as SERVICE_KINDS

OPENED, EVERYTHING = "thing", "all"  # in the URL
ICONS = {
    "watch": "watch",
    "value": "payments",
    "photo": "photo_camera",
    "document": "description",
    "service": "build",
    "expense": "receipt_long",
}
WHOLE = "The whole collection"
NAMES = {
    "watch": ("watch", "watches"),
    "value": ("value", "values"),
    "photo": ("photo", "photos"),
    "document": ("document", "documents"),
    "service": ("service", "services"),
    "expense": ("cost", "costs"),
}


def line(thing: Binned, *, writes: bool) -> Thrown:
    """A thing as it stands in the list."""
    return Thrown(
        ICONS[thing.kind],
        title(thing),
        "A watch, with all that belongs to it" if thing.kind == "watch" else _belongs(thing),
        f"until {say.day(_day(thing.until))}",
        f"{thing.who or 'someone'}, {say.day(_day(thing.deleted_at))}",
        _address(thing) if writes else "",
        photo_url(thing.hash, "thumb"),
    )


def title(thing: Binned) -> str:
    """What it is, in a few words."""
    if thing.kind == "watch":
        return thing.watch
    if thing.kind == "value":
        amount = say.money(thing.amount, thing.currency or "")
        return f"{VALUE_KINDS[thing.what or '']} value of {say.day(thing.day)}, {amount}"
    if thing.kind == "document":
        return f"{DOCUMENT_KINDS[thing.what or '']}: {thing.title}"
    if thing.kind == "service":
        by = f", {thing.title}" if thing.title else ""
        return f"{SERVICE_KINDS[thing.what or '']} of {say.day(thing.day)}{by}"
    if thing.kind == "expense":
        amount = say.money(thing.amount, thing.currency or "")
        return f"{EXPENSE_KINDS[thing.what or '']} of {say.day(thing.day)}, {amount}"
    shows = PHOTO_ROLES[thing.what or "other"]
    return thing.title or ("Photo" if thing.what == "other" else f"Photo: {shows.lower()}")


def show() -> None:
    """The dialog, if something is open; nobody who may only look ever sees one."""
    wanted = st.query_params.get(OPENED, "")
    if not wanted or session.member().role == "viewer":
        return
    if wanted == EVERYTHING:
        _dialog("Empty the bin", _ask_for_all)
    else:
        _dialog("In the bin", partial(_one, wanted))


def ask_to_empty() -> None:
    """Open the question."""
    st.query_params[OPENED] = EVERYTHING


def _one(wanted: str) -> None:
    """What it is, Restore, and the way out for good behind a second press."""
    thing = _find(wanted)
    if thing is None:
        st.info(household_bin.NOT_THERE)
        return
    ui.facts(_facts(thing))
    inside = thing.kind != "watch" and thing.watch_is_in_bin
    if inside:
        st.info("Its watch is in the bin too. Restore the watch first.")
    form = f"bin.{wanted}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if not inside and st.button(
            "Restore", type="primary", icon=":material/undo:", key=f"{form}.restore"
        ):
            _restore(form, thing)
        if st.button("Delete for good", icon=":material/delete_forever:", key=f"{form}.purge"):
            session.put(f"{form}.asked", value=True)
    if problem := session.get(f"{form}.problem", ""):
        ui.field_problem({"": problem}, "")
    if session.get(f"{form}.asked", default=False):
        rest = " and everything that belongs to it" if thing.kind == "watch" else ""
        st.warning(ui.plain(f"This removes {title(thing)}{rest}. It can't be undone."))
        if st.button("Yes, delete for good", key=f"{form}.sure"):
            _purge(form, thing)


def _ask_for_all() -> None:
    """How much it is, and the one button that does it."""
    counts = cached(household_bin.counts)
    if not counts:
        st.info("There is nothing in the bin.")
        return
    until = session.opened("bin.all", lambda: datetime.now(session.time_zone()))
    st.markdown(ui.plain(f"This removes {in_numbers(counts)} for good. It can't be undone."))
    if st.button(
        "Yes, empty the bin", type="primary", icon=":material/delete_forever:", key="bin.all.sure"
    ):
        with session.write() as db:
            household_bin.empty(db, session.member(), until)
        session.notice("The bin is empty.")
        _close()
        st.rerun()


def in_numbers(counts: dict[str, int]) -> str:
    """How much of what: ``1 watch, 3 photos and 2 values``."""
    each = [say.count(number, *NAMES[kind]) for kind, number in counts.items()]
    return " and ".join(filter(None, [", ".join(each[:-1]), *each[-1:]]))


def _restore(form: str, thing: Binned) -> None:
    """Put it back; or say why not, with the dialog still open."""
    try:
        with session.write() as db:
            household_bin.restore(db, session.member(), thing.kind, thing.id)
    except AppError as error:
        session.put(f"{form}.problem", str(error))
    else:
        session.notice(f"{ui.plain(title(thing))} is back.")
        _close()
    st.rerun()


def _purge(form: str, thing: Binned) -> None:
    try:
        with session.write() as db:
            household_bin.purge(db, session.member(), thing.kind, thing.id)
    except AppError as error:
        session.put(f"{form}.problem", str(error))
    else:
        session.notice(f"{ui.plain(title(thing))} was deleted for good.")
        _close()
    st.rerun()


def _facts(thing: Binned) -> list[tuple[str, str]]:
    """What a person needs to know it again."""
    return [
        ("What", title(thing)),
        *([] if thing.kind == "watch" else [("Belongs to", thing.watch or WHOLE)]),
        ("Deleted", f"{say.day(_day(thing.deleted_at))} by {thing.who or 'someone'}"),
        ("Stays until", say.day(_day(thing.until))),
    ]


def _belongs(thing: Binned) -> str:
    also = ", which is in the bin too" if thing.watch_is_in_bin else ""
    return f"{thing.watch or WHOLE}{also}"


def _find(wanted: str) -> Binned | None:
    """What the URL names; None when it is not in the bin of this household."""
    kind, _, thing_id = wanted.partition(".")
    try:
        return cached(household_bin.find, kind, UUID(thing_id)) if kind in KINDS else None
    except ValueError:
        return None


def _dialog(name: str, body: Callable[[], None]) -> None:
    def shown() -> None:
        body()

    st.dialog(name, on_dismiss=_close)(shown)()


def _close() -> None:
    """Close the dialog, and forget what was asked in it."""
    wanted = st.query_params.pop(OPENED, "")
    session.close("bin.all")
    session.drop(f"bin.{wanted}.asked")
    session.drop(f"bin.{wanted}.problem")


def _address(thing: Binned) -> str:
    return "?" + urlencode(st.query_params.to_dict() | {OPENED: f"{thing.kind}.{thing.id}"})


def _day(when: datetime) -> date:
    return when.astimezone(session.time_zone()).date()

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
from app.language import N_, N_n, _
from app.photo_links import photo_url
from app.watch_values import VALUE_NAMES
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
WHOLE = N_("The whole collection")
NAMES = {
    "watch": N_n("watch", "watches"),
    "value": N_n("value", "values"),
    "photo": N_n("photo", "photos"),
    "document": N_n("document", "documents"),
    "service": N_n("service", "services"),
    "expense": N_n("cost", "costs"),
}

SEVERAL = {
    "watch": N_("Watches"),
    "value": N_("Values"),
    "photo": N_("Photos"),
    "document": N_("Documents"),
    "service": N_("Services"),
    "expense": N_("Costs"),
}


def line(thing: Binned, *, writes: bool) -> Thrown:
    """A thing as it stands in the list."""
    return Thrown(
        ICONS[thing.kind],
        title(thing),
        _("A watch, with all that belongs to it") if thing.kind == "watch" else _belongs(thing),
        _("until {day}", day=say.day(_day(thing.until))),
        f"{thing.who or _('a former member')}, {say.day(_day(thing.deleted_at))}",
        _address(thing) if writes else "",
        photo_url(thing.hash, "thumb"),
    )


def title(thing: Binned) -> str:
    """What it is, in a few words."""
    what = thing.what or ""
    if thing.kind == "watch":
        return thing.watch
    if thing.kind in ("value", "expense"):
        names = VALUE_NAMES if thing.kind == "value" else EXPENSE_KINDS
        return _costing(thing, _(names[what]))
    if thing.kind == "document":
        return _("{kind}: {title}", kind=_(DOCUMENT_KINDS[what]), title=thing.title)
    if thing.kind == "service":
        done = _("{service} of {day}", service=_(SERVICE_KINDS[what]), day=say.day(thing.day))
        return f"{done}, {thing.title}" if thing.title else done
    if thing.title or what == "other":
        return thing.title or _("Photo")
    return _("Photo: {shows}", shows=say.inside(_(PHOTO_ROLES[what or "other"])))


def _costing(thing: Binned, name: str) -> str:
    amount = say.money(thing.amount, thing.currency or "")
    return _("{value} of {day}, {amount}", value=name, day=say.day(thing.day), amount=amount)


def show() -> None:
    """The dialog, if something is open; nobody who may only look ever sees one."""
    wanted = st.query_params.get(OPENED, "")
    if not wanted or session.member().role == "viewer":
        return
    if wanted == EVERYTHING:
        _dialog(_("Empty the bin"), _ask_for_all)
    else:
        _dialog(_("In the bin"), partial(_one, wanted))


def ask_to_empty() -> None:
    """Open the question."""
    st.query_params[OPENED] = EVERYTHING


def _one(wanted: str) -> None:
    """What it is, Restore, and the way out for good behind a second press."""
    thing = _find(wanted)
    if thing is None:
        st.info(_(household_bin.NOT_THERE))
        return
    ui.facts(_facts(thing))
    inside = thing.kind != "watch" and thing.watch_is_in_bin
    if inside:
        st.info(_("Its watch is in the bin too. Restore the watch first."))
    form = f"bin.{wanted}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if not inside and st.button(
            _("Restore"), type="primary", icon=":material/undo:", key=f"{form}.restore"
        ):
            _restore(form, thing)
        if st.button(_("Delete for good"), icon=":material/delete_forever:", key=f"{form}.purge"):
            session.put(f"{form}.asked", value=True)
    if problem := session.get(f"{form}.problem", ""):
        ui.field_problem({"": problem}, "")
    if session.get(f"{form}.asked", default=False):
        st.warning(ui.plain(_warning(thing)))
        if st.button(_("Yes, delete for good"), key=f"{form}.sure"):
            _purge(form, thing)


def _warning(thing: Binned) -> str:
    if thing.kind == "watch":
        return _(
            "This removes {thing} and everything that belongs to it. It can't be undone.",
            thing=title(thing),
        )
    return _("This removes {thing}. It can't be undone.", thing=title(thing))


def _ask_for_all() -> None:
    """How much it is, and the one button that does it."""
    counts = cached(household_bin.counts)
    if not counts:
        st.info(_("There is nothing in the bin."))
        return
    until = session.opened("bin.all", lambda: datetime.now(session.time_zone()))
    said = _("This removes {things} for good. It can't be undone.", things=in_numbers(counts))
    st.markdown(ui.plain(said))
    if st.button(
        _("Yes, empty the bin"),
        type="primary",
        icon=":material/delete_forever:",
        key="bin.all.sure",
    ):
        with session.write() as db:
            household_bin.empty(db, session.member(), until)
        session.notice(_("The bin is empty."))
        _close()
        st.rerun()


def in_numbers(counts: dict[str, int]) -> str:
    """How much of what: ``1 watch, 3 photos and 2 values``."""
    each = [say.count(number, *NAMES[kind]) for kind, number in counts.items()]
    if len(each) > 1:
        return _("{names} and {last}", names=", ".join(each[:-1]), last=each[-1])
    return "".join(each)


def _restore(form: str, thing: Binned) -> None:
    """Put it back; or say why not, with the dialog still open."""
    try:
        with session.write() as db:
            household_bin.restore(db, session.member(), thing.kind, thing.id)
    except AppError as error:
        session.put(f"{form}.problem", _(str(error)))
    else:
        session.notice(_("{thing} is back.", thing=ui.plain(title(thing))))
        _close()
    st.rerun()


def _purge(form: str, thing: Binned) -> None:
    try:
        with session.write() as db:
            household_bin.purge(db, session.member(), thing.kind, thing.id)
    except AppError as error:
        session.put(f"{form}.problem", _(str(error)))
    else:
        session.notice(_("{thing} was deleted for good.", thing=ui.plain(title(thing))))
        _close()
    st.rerun()


def _facts(thing: Binned) -> list[tuple[str, str]]:
    """What a person needs to know it again."""
    deleted = _(
        "{day} by {who}",
        day=say.day(_day(thing.deleted_at)),
        who=thing.who or _("a former member"),
    )
    return [
        (_("What"), title(thing)),
        *([] if thing.kind == "watch" else [(_("Belongs to"), thing.watch or _(WHOLE))]),
        (_("Deleted"), deleted),
        (_("Stays until"), say.day(_day(thing.until))),
    ]


def _belongs(thing: Binned) -> str:
    watch = thing.watch or _(WHOLE)
    return _("{watch}, which is in the bin too", watch=watch) if thing.watch_is_in_bin else watch


def _find(wanted: str) -> Binned | None:
    """What the URL names; None when it is not in the bin of this household."""
    kind, __, thing_id = wanted.partition(".")
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

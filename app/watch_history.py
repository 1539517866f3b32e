"""What one person changed in one minute, field by field, and the way back. ``?change=<event>``."""

from datetime import datetime
from functools import partial
from itertools import groupby
from uuid import UUID

import streamlit as st

from app import format as say
from app import history_words, session, text_diff, timeline_markup, ui
from app.language import _
from app.timeline_words import OPENED
from data import history
from data.db import read
from data.errors import AppError, ConflictError
from data.history import Change

LONG = 80  # characters: a longer text is shown as one, with its changes marked
OTHERS = ("value", "service", "plan")  # in the URL: another dialog is open


def show(watch_id: UUID) -> None:
    """The dialog, if a change is open."""
    wanted = st.query_params.get(OPENED, "")
    if not wanted or any(other in st.query_params for other in OTHERS):
        return

    def shown() -> None:
        _body(watch_id, wanted)

    st.dialog(_("What changed"), width="large", on_dismiss=_close)(shown)()


def _body(watch_id: UUID, wanted: str) -> None:
    """Each record with its fields; what was shown is what a restore must still find."""
    changes = session.opened(_form(wanted), partial(_load, watch_id, wanted))
    told = [change for change in changes if history_words.is_told(change.entity, change.field)]
    if not told:
        st.info(_("This change is not here any more."))
        return
    latest = max(change.happened_at for change in told)
    st.caption(ui.plain(f"{told[0].who or _('A former member')} · {_moment(latest)}"))
    refused: tuple[object, str] = (None, "")
    refused = session.get(f"{_form(wanted)}.refused", refused)
    ordered = sorted(told, key=lambda change: (change.record[0] != "watch", str(change.record)))
    for record, group in groupby(ordered, lambda change: change.record):
        of_record = list(group)
        if name := history_words.record(of_record[0]):
            st.subheader(ui.plain(name), anchor=False)
        for place, change in enumerate(of_record):
            _field(wanted, change, f"{record[1]}.{place}")
        back = [change for change in of_record if change.is_restorable]
        _all(wanted, _first_of_each(back), f"{record[1]}")
        if refused[0] == record:
            ui.field_problem({"": refused[1]}, "")


def _field(wanted: str, change: Change, place: str) -> None:
    """Before, after, and Restore where there is a way back."""
    label = history_words.label(change.entity, change.field)
    before, after = history_words.before(change), history_words.after(change)
    now = history_words.now(change)
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"change_field.{wanted}.{place}"
    ):
        if change.before and change.after and max(len(before), len(after)) > LONG:
            parts = text_diff.compare(before, after)
            ui.piece(timeline_markup.rewritten(label, parts, _short(now)))
        else:
            ui.piece(timeline_markup.changed(label, before, after, _short(now)))
        if change.is_restorable and session.member().role != "viewer":
            pressed = st.button(
                _("Restore"),
                icon=":material/undo:",
                key=f"change.{wanted}.{place}.restore",
                help=ui.plain(_("{label}: back to {text}", label=label, text=_short(before))),
            )
            if pressed:
                _restore(wanted, [change], _("{label} restored.", label=label))


def _all(wanted: str, back: list[Change], place: str) -> None:
    """The way back for all fields of a record at once: some only go together."""
    if len(back) < 2 or session.member().role == "viewer":  # noqa: PLR2004
        return
    if st.button(
        _("Restore all {number}", number=len(back)),
        icon=":material/undo:",
        key=f"change.{wanted}.{place}.all",
    ):
        _restore(wanted, back, _("Restored."))


def _restore(wanted: str, changes: list[Change], said: str) -> None:
    """Put it back, say so and close; or say why not, with the change still open."""
    form = _form(wanted)
    if session.member().role == "viewer":
        return
    try:
        with session.write() as db:
            history.restore(db, session.member(), changes, session.today())
    except ConflictError as error:
        session.close(form)  # what it holds now is read next
        why = f"{_(str(error))} {_('This is how it is now.')}"
        session.put(f"{form}.refused", (changes[0].record, why))
    except AppError as error:
        session.put(f"{form}.refused", (changes[0].record, _(str(error))))
    else:
        session.notice(said)
        _close()
    st.rerun()


def _first_of_each(changes: list[Change]) -> list[Change]:
    """Of several edits of one field in a minute the first: what it held before all of them."""
    first: dict[tuple[str, str], Change] = {}
    for change in sorted(changes, key=lambda one: one.event_id):
        tag = (change.before or change.after or "") if change.entity in history.LISTS else ""
        first.setdefault((change.field, tag), change)
    return list(first.values())


def _load(watch_id: UUID, wanted: str) -> list[Change]:
    """The changes as they are now; none for a link that names no event of this watch."""
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 18:  # noqa: PLR2004
        return []
    with read(session.member()) as db:
        return history.of_minute(db, session.member(), watch_id, int(wanted))


def _close() -> None:
    """Close the dialog, and forget what it opened."""
    wanted = st.query_params.pop(OPENED, "")
    session.close(_form(wanted))
    session.drop(f"{_form(wanted)}.refused")


def _form(wanted: str) -> str:
    return f"change.{wanted}"


def _moment(when: datetime) -> str:
    here = when.astimezone(session.time_zone())
    return f"{say.day(here.date())}, {here:%H:%M}"


def _short(text: str) -> str:
    return text if len(text) <= LONG else text[: LONG - 1] + "…"

"""Two people editing one watch: what was opened, what the other one changed, and both ways on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

import streamlit as st
from sqlalchemy import Connection

from app import session, ui
from app.cache import cached
from app.language import _
from app.watch_fields import Entry
from app.watch_words import in_words, label, touched
from data import reference_data, watches
from data.watches import Watch, WatchDraft, draft_of


def opened(watch_id: UUID, load: Callable[[], Watch]) -> Watch:
    """The watch as it was when this form was opened. Who left the page opens it afresh.

    Raises:
        NotFoundError: no such watch in this household.
    """
    watch = session.opened(_name(watch_id), load)
    if session.is_shown(f"{form_of(watch)}.model"):
        return watch
    close(watch)
    return session.opened(_name(watch_id), load)


def close(watch: Watch) -> None:
    """Forget what was opened, and the other one's changes."""
    session.close(_name(watch.watch_id))
    session.drop(f"{form_of(watch)}.theirs")


def form_of(watch: Watch) -> str:
    """The key of the form; another version of the watch is another form."""
    return f"edit.{watch.watch_id}.{watch.version}"


def meet(watch: Watch, theirs: Watch) -> None:
    """Note that somebody else has saved ``theirs`` meanwhile."""
    session.put(f"{form_of(watch)}.theirs", theirs)


def met(watch: Watch) -> Watch | None:
    """What somebody else has saved meanwhile, if anybody has."""
    nobody: Watch | None = None
    return session.get(f"{form_of(watch)}.theirs", nobody)


def store(watch: Watch, db: Connection, draft: WatchDraft, *, over: bool) -> None:
    """Save what was typed; ``over`` theirs, every field that I changed and no other.

    Raises:
        RefusedError, NotFoundError: as ``watches.change``.
        ConflictError: somebody else saved it meanwhile (again).
    """
    theirs, base = met(watch), watch
    if over and theirs:
        base = theirs
        mine = touched(draft_of(watch), draft)
        draft = replace(draft_of(theirs), **mine)  # type: ignore[arg-type]
    if touched(draft_of(base), draft):
        today = session.today()
        watches.change(db, session.member(), watch.watch_id, base.version, draft, today)


def describe(watch: Watch, theirs: Watch, entry: Entry) -> None:
    """Say what changed, field by field, and what a save would do."""
    ui.field_problem({"": _("Someone else changed this watch while you were editing it.")}, "")
    names = {choice.key: _(choice.name) for choice in cached(reference_data.complications)}
    mine = touched(draft_of(watch), entry.draft.tidy())
    if entry.brand != watch.brand:
        mine["brand_id"] = entry.brand
    else:
        mine.pop("brand_id", None)
    with st.container(key="watch_conflict"):
        ui.facts(
            (label(name), _changed(watch, theirs, name, names) + _also(mine, name))
            for name, __, __ in watches.differences(watch, theirs)
        )
    st.caption(_("Saving yours keeps their changes in the fields that you did not touch."))


def _name(watch_id: UUID) -> str:
    return f"watch {watch_id}"


def _changed(watch: Watch, theirs: Watch, name: str, complications: Mapping[str, str]) -> str:
    before = in_words(watch, name, complications)
    return f"{before} → {in_words(theirs, name, complications)}"


def _also(mine: Mapping[str, object], name: str) -> str:
    return f" · {_('you changed this too')}" if name in mine else ""

"""A dialog for one kind of record, opened by the URL: ``?value=new``, ``?service=<id>``.

It keeps what was typed, says at each field what to change, and settles that two people edited one
record. What was removed last can be had back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic, NoReturn, Protocol, TypeVar
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st
from sqlalchemy import Connection
from streamlit.delta_generator import DeltaGenerator

from app import session, ui
from app.language import N_, _
from data.accounts import Member
from data.db import read
from data.errors import AppError, ConflictError, RefusedError

NEW = "new"  # in the URL, instead of an id
REMOVE = {  # a noun → its button
    "value": N_("Remove value"),
    "service": N_("Remove service"),
    "cost": N_("Remove cost"),
}
CHANGED = {  # a noun → what to say when two people edited one
    "value": N_(
        "Someone else changed this value while you were editing it: it is now {now}. "
        "Save again to replace that with what you typed, or start again from theirs."
    ),
    "service": N_(
        "Someone else changed this service while you were editing it: it is now {now}. "
        "Save again to replace that with what you typed, or start again from theirs."
    ),
    "cost": N_(
        "Someone else changed this cost while you were editing it: it is now {now}. "
        "Save again to replace that with what you typed, or start again from theirs."
    ),
    "document": N_(
        "Someone else changed this document while you were editing it: it is now {now}. "
        "Save again to replace that with what you typed, or start again from theirs."
    ),
}
Places = dict[str, DeltaGenerator]  # field → the place under it, for what to change


class Stored(Protocol):
    """A row that counts its edits."""

    @property
    def version(self) -> int:
        """What an edit must quote back."""
        ...


R = TypeVar("R", bound=Stored)
D = TypeVar("D")


@dataclass(frozen=True)
class Kind(Generic[R]):
    """A kind of record with a form of its own."""

    name: str  # of the parameter in the URL
    noun: str  # a key of REMOVE and CHANGED
    gone: str  # what to say when it is not here any more
    told: Callable[[R], str]  # which one it is, in a sentence
    load: Callable[[Connection, Member, UUID], R]
    remove: Callable[[Connection, Member, R], None]
    also: tuple[str, ...] = ()  # more parameters of the URL that belong to the dialog

    def open(self, record: object = NEW, **also: str) -> None:
        """Ask for a new one, or for that one, on this page."""
        self.close()
        st.query_params.update({self.name: str(record), **also})

    def address(self, record: object) -> str:
        """This page as it is, with that one open."""
        query = st.query_params.to_dict()
        rest = {name: value for name, value in query.items() if name not in self.also}
        return "?" + urlencode(rest | {self.name: str(record)})

    @property
    def asked(self) -> str:
        """What the URL opens: ``new``, an id, or nothing. For a viewer it never opens anything."""
        viewer = session.member().role == "viewer"
        return "" if viewer else st.query_params.get(self.name, "")

    @property
    def removed(self) -> str:
        """Where the session keeps the one that was removed last."""
        return f"{self.name}.removed"

    def dialog(self, title: str, body: Callable[[], None]) -> None:
        """Show it; who dismisses it closes it."""

        def shown() -> None:
            body()

        st.dialog(title, on_dismiss=self.close)(shown)()

    def edit(
        self,
        record: UUID | None,
        ask: Callable[[str, R, R], bool],
        more: Callable[[R], None] | None = None,
    ) -> None:
        """A stored one: save, remove, or settle that somebody else changed it meanwhile.

        ``ask(form, opened, old)`` draws the fields as the record was ``opened`` and says whether
        it saved them over ``old``. ``more(opened)`` comes between the form and its end.
        """
        if record is None:
            st.info(_(self.gone))
            return
        key = f"{self.name}.{record}"
        try:
            opened = session.opened(key, partial(self._load, record))
        except AppError as error:
            st.info(ui.plain(_(str(error))))
            return
        old: R = session.get(f"{key}.meanwhile", opened)
        form, conflict = f"{key}.{opened.version}", st.container()
        try:
            if ask(form, opened, old):
                self.done()
            if more:
                more(opened)
            if st.button(
                _(REMOVE[self.noun]),
                icon=":material/delete:",
                type="tertiary",
                key=f"{form}.gone",
            ):
                with session.write() as db:
                    self.remove(db, session.member(), old)
                session.put(self.removed, old)
                self.done()
        except ConflictError:
            session.put(f"{key}.meanwhile", self._load(record))
        except AppError as error:
            st.error(ui.plain(_(str(error))))
        if theirs := session.get(f"{key}.meanwhile", None):
            with conflict:
                settle(key, self.noun, self.told(theirs))

    def _load(self, record: UUID) -> R:
        with read(session.member()) as db:
            return self.load(db, session.member(), record)

    def done(self) -> NoReturn:
        """Close the dialog, and show the page again."""
        self.close()
        st.rerun()

    def close(self) -> None:
        """Close the dialog, and forget what it opened."""
        record = st.query_params.pop(self.name, None)
        for name in self.also:
            st.query_params.pop(name, None)
        forget(f"{self.name}.{record}")


def settle(key: str, noun: str, now: str) -> None:
    """Two people edited one record: say what it is now, and offer both ways on."""
    st.warning(ui.plain(_(CHANGED[noun], now=now)))
    if st.button(_("Start again from theirs"), key=f"{key}.theirs"):
        forget(key)
        st.rerun(scope="app")


def forget(key: str) -> None:
    """Forget what a form opened, and what somebody else made of it."""
    session.close(key)
    session.drop(f"{key}.meanwhile")


def saved(
    save: Callable[[D], None],
    draft: D,
    problems: Mapping[str, str],
    places: Places,
    field_of: Mapping[str, str] | None = None,
) -> bool:
    """Whether what was typed is stored; else what to change stands at its field.

    ``problems`` is what can't be read; ``field_of`` leads from constraints to fields.
    """
    try:
        if problems:
            raise RefusedError(problems)  # noqa: TRY301  (shown like all others, below)
        save(draft)
    except RefusedError as error:
        for name, sentence in error.problems.items():
            field = (field_of or {}).get(name, name)
            with places.get(field) or st.container():
                ui.field_problem({field: sentence}, field)
        return False
    return True


def undo(name: str, sentence: str, restore: Callable[[Connection, Member], None]) -> None:
    """After a removal: what was removed, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(ui.plain(sentence), width="content")
        if st.button(_("Undo"), icon=":material/undo:", key=f"{name}.undo"):
            session.drop(f"{name}.removed")
            try:
                with session.write() as db:
                    restore(db, session.member())
            except AppError as error:
                session.notice(_(str(error)))
            st.rerun()

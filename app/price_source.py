"""Where prices come from: a file that is chosen, or text that is pasted; kept while it is read."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

import streamlit as st

from app import format as say
from app import session, ui
from app.language import N_, _
from data.calc.price_file import MAX_BYTES, MAX_ROWS, Reading, read
from data.calc.price_layout import Choices

FILE, PASTE = "file", "paste"
WAYS = {FILE: N_("Upload a file"), PASTE: N_("Paste")}
TYPES = ["csv", "tsv", "txt"]
MEGABYTE = 1_000_000
READ, KEPT = "prices.read", 5  # readings of a session: another answer often goes back to one
EXAMPLE = "2024-05-03, 12 390 CHF\n2024-05-04, 12 400 CHF"


@dataclass(frozen=True)
class Source:
    """What a person brought, and a key that tells it from all else."""

    content: bytes | str
    name: str  # of the file without its ending; empty: pasted
    key: str


def choose(form: str) -> Source | None:
    """The way to bring prices; None until there are some."""
    way = st.segmented_control(
        _("Where the prices are"),
        list(WAYS),
        default=FILE,
        required=True,
        format_func=lambda one: _(WAYS[one]),
        key=f"{form}.way",
        label_visibility="collapsed",
    )
    st.caption(
        _(
            "A day and a price in each line, and a currency if there is one. A heading, other "
            "columns and rows without a price may be there too. Nothing is stored until you say so."
        )
    )
    return _pasted(form) if way == PASTE else _uploaded(form)


def reading(source: Source, choices: Choices, *, series: bool) -> Reading:
    """What the source says; each set of choices is read once."""
    nothing: dict[object, Reading] = {}
    kept = session.get(READ, nothing)
    key = (source.key, choices, session.today(), series)
    if key not in kept:
        with st.spinner(_("Reading…")):
            found = read(source.content, choices, session.today(), series=series)
        kept = dict([*kept.items(), (key, found)][-KEPT:])
        session.put(READ, kept)
    return kept[key]


def forget(form: str) -> None:
    """The prices are stored: the next time the form is a fresh one."""
    session.drop(READ)
    session.put(f"{form}.turn", session.get(f"{form}.turn", 0) + 1)


def _uploaded(form: str) -> Source | None:
    file = st.file_uploader(
        _("CSV or text, up to {size} MB and {rows} rows", **_limits()),
        TYPES,
        max_upload_size=MAX_BYTES // MEGABYTE,
        key=f"{form}.file.{session.get(f'{form}.turn', 0)}",
    )
    return None if file is None else _source(file.getvalue(), PurePath(file.name).stem)


def _pasted(form: str) -> Source | None:
    text = st.text_area(
        _("Lines, up to {size} MB and {rows} rows", **_limits()),
        height=180,
        placeholder=EXAMPLE,
        key=f"{form}.text.{session.get(f'{form}.turn', 0)}",
    )
    if not text.strip():
        st.button(
            _("Read it"), icon=":material/arrow_downward:"
        )  # a tap outside of the field does it
        return None
    return _source(text, "")


def _limits() -> dict[str, str]:
    return {"size": str(MAX_BYTES // MEGABYTE), "rows": say.number(MAX_ROWS)}


def _source(content: bytes | str, name: str) -> Source:
    as_bytes = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if not as_bytes:
        ui.field_problem({"file": _("This file is empty.")}, "file")
    return Source(content, name, sha256(as_bytes).hexdigest()[:16])

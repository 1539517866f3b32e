"""Paste or type one line: what it says is put into the fields of the form below, to be checked."""

from dataclasses import replace

import streamlit as st

from app import format as say
from app import session, ui
from app.cache import cached
from app.language import _
from app.watch_words import LABELS, typed_amount
from data import watches
from data.currencies import CURRENCIES
from data.one_line import Line, parse
from data.watches import Status

EXAMPLE = "Omega Speedmaster 310.30.42.50.01.002 bought 2023-05-01 for 6500 EUR"
IN_SIGHT = {"status", "brand", "model", "purchase_price", "purchase_currency", "purchased_on"}
FACTS = [
    "status", "brand", "model", "reference", "nickname", "serial_number", "production_year",
    "purchased_on", "purchase_price", "purchase_currency", "retailer", "condition", "box_papers",
]  # fmt: skip


def line_field(form: str) -> bool:
    """The field, and under it what was understood and what was not; before the form is drawn.

    Returns whether a line was put into the form just now: its owner has not seen it yet, so a
    button pressed meanwhile does not count. A run may be cut short by the next one, therefore the
    line is new until ``shown`` says that the form has been drawn with it.
    """
    if not session.is_shown(f"{form}.model"):
        for name in (_read(form), _more(form), _last(form)):
            session.drop(name)
    with st.container(key="quick_line"):
        typed = st.text_input(
            _("Paste or type one line"),
            placeholder=EXAMPLE,
            help=_(
                "Brand and model first, then what you know: reference, date, price, seller, "
                "serial number, year, condition, box and papers. Enter fills the form; nothing "
                "is saved yet."
            ),
            key=f"page.{form}.line",
            autocomplete="off",
        )
        is_new = typed.strip() not in {"", session.get(_last(form), "")}
        if is_new:
            _fill(form, typed)
        if said := _said(session.get(_read(form), Line())):
            st.caption(ui.plain(said))
    return is_new


def shown(form: str) -> None:
    """The form has been drawn with what the line says."""
    session.put(_last(form), session.get(f"{form}.line", "").strip())


def found(form: str) -> list[str]:
    """The fields that lines have filled beside those that are always in sight."""
    nothing: list[str] = []
    return session.get(_more(form), nothing)


def left(form: str) -> bool:
    """Whether there were words that were not understood."""
    return bool(session.get(_read(form), Line()).left)


def _fill(form: str, typed: str) -> None:
    """Put what the line says into the fields; the others stay as they are."""
    spellings, own = cached(watches.brand_spellings), session.member().currency
    line = parse(typed, spellings, CURRENCIES, session.today(), own)
    status = line.status or session.held(f"{form}.status", str(Status.OWNED))
    if status == Status.WISHLIST and line.purchased_on:
        left_over = (*line.left, line.purchased_on.isoformat())
        line = replace(line, purchased_on=None, left=left_over)
    for name in _names(line):
        session.fill(_key(form, name, status), _shown(line, name))
    if line.left:
        session.fill(f"{form}.left", ", ".join(line.left))
    more = [name for name in _names(line) if name not in IN_SIGHT]
    session.put(_more(form), list(dict.fromkeys([*found(form), *more])))
    session.put(_read(form), line)


def _names(line: Line) -> list[str]:
    return [name for name in FACTS if getattr(line, name) is not None]


def _key(form: str, name: str, status: str) -> str:
    """As app/watch_fields.py names its fields."""
    if name == "purchased_on":
        return f"{form}.{name}.{'empty' if status == Status.ORDERED else 'filled'}"
    return f"{form}.{name}"


def _shown(line: Line, name: str) -> object:
    """As the field holds it."""
    if name == "purchase_price":
        return typed_amount(line.purchase_price)
    held = getattr(line, name)
    return str(held) if name == "production_year" else held


def _said(line: Line) -> str:
    """What happened, in a sentence or two."""
    names = [say.inside(_(LABELS[name])) for name in _names(line) if name != "purchase_currency"]
    sentences = [_("Filled in: {fields}.", fields=", ".join(names))] if names else []
    sentences += map(_, line.remarks)
    if line.left:
        words = ", ".join(_("“{text}”", text=words) for words in line.left)
        sentences.append(_("Not understood, and kept for the notes: {words}.", words=words))
    return " ".join(sentences)


def _read(form: str) -> str:
    return f"{form}.read"


def _last(form: str) -> str:
    return f"{form}.last"


def _more(form: str) -> str:
    return f"{form}.more"

"""Pages of a table that is all here already: which one the address asks for, and the ways on."""

from urllib.parse import urlencode

import streamlit as st

from app import format as say
from app import ui
from app.language import _
from app.list_markup import Link

LONGEST = 9  # digits of a page's number that are read


def asked(name: str, lines: int, size: int) -> int:
    """The page that ``?name=`` asks for, from 0; the last one when there are not so many."""
    text = st.query_params.get(name, "")
    digits = text.isascii() and text.isdigit() and len(text) <= LONGEST
    last = max(-(-lines // size), 1)
    return min(max(int(text) if digits else 1, 1), last) - 1


def address(**changes: str) -> str:
    """This page with these changes; an empty one goes."""
    here = {name: st.query_params.get_all(name) for name in st.query_params}
    given = here | {name: [text] if text else [] for name, text in changes.items()}
    return "?" + urlencode([(name, one) for name, every in given.items() for one in every])


def ways(name: str, page: int, lines: int, size: int) -> None:
    """Where this page stands, and the ways back and on; nothing where all is on one page."""
    if lines <= size:
        return
    first, last = page * size + 1, min((page + 1) * size, lines)
    ui.pager(
        _(
            "{first}–{last} of {number}",
            first=say.number(first),
            last=say.number(last),
            number=say.number(lines),
        ),
        Link(_("Previous"), address(**{name: str(page)})) if page else None,
        Link(_("Next"), address(**{name: str(page + 2)})) if last < lines else None,
    )

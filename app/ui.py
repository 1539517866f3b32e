"""The shapes pages are made of. Pages call these; only this module puts our own HTML on the page.

Text is data: everything given here is shown as it is, never read as HTML or Markdown.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

import plotly.graph_objects as go
import streamlit as st

from app import (
    compare_markup,
    document_markup,
    language,
    list_markup,
    markup,
    overview_markup,
    palette,
    photo_markup,
    service_markup,
    watch_markup,
)
from app.chart_layout import CONFIG
from app.compare_markup import FactGroup, Head
from app.document_markup import Pile
from app.language import _
from app.list_markup import Cell, Column, Group, Link, TableRow, marked_at
from app.markup import Badge, Card, Figure, Line, Row, Safe, Tone, linked, marked, plain
from app.overview_markup import Bar, Listed
from app.service_markup import Month

__all__ = [
    "FAVICON",
    "Badge",
    "Bar",
    "Card",
    "Cell",
    "Column",
    "Figure",
    "Group",
    "Line",
    "Link",
    "Listed",
    "Month",
    "Row",
    "Safe",
    "TableRow",
    "Tone",
    "badges",
    "bars",
    "cards",
    "chart",
    "download",
    "empty",
    "facts",
    "field_problem",
    "figures",
    "groups",
    "heading",
    "hero",
    "identity",
    "in_app_links",
    "linked",
    "links",
    "lists",
    "logo",
    "marked",
    "marked_at",
    "months",
    "page_picture",
    "page_title",
    "pager",
    "paper_head",
    "piece",
    "piles",
    "plain",
    "portrait",
    "refusals",
    "rows",
    "strip",
    "styles",
    "summary",
    "table",
]

ASSETS = Path(__file__).parent / "assets"
FAVICON = str(ASSETS / "favicon.svg")  # for st.set_page_config(page_icon=…)

# Registered once, at import: registering again warns.
_links = st.components.v2.component("in_app_links", js=(ASSETS / "links.js").read_text("utf-8"))


def styles() -> None:
    """Our classes, once per rerun and before the page; takes no place on it."""
    # Dialogs and popovers may stand outside .stApp, which has Streamlit's own color-scheme.
    st.html(_css() + f"<style>:root {{ color-scheme: {palette.current().mode}; }}</style>")


def logo() -> None:
    """The wordmark above the menu, in the ink of the mode; the dial when the menu is folded."""
    dark = palette.current().mode == "dark"
    wordmark = ASSETS / ("wordmark_dark.svg" if dark else "wordmark.svg")
    st.logo(str(wordmark), size="large", icon_image=str(ASSETS / "icon.svg"))


def in_app_links(paths: Sequence[str] = (), theme: str | None = None) -> None:
    """Let plain clicks on our links open the page in this session, without a reload.

    ``paths`` are the addresses of all pages ("/", "/watches", …): a theme chosen in the menu then
    holds on each of them, and a rerun follows so that charts take its colours. ``theme`` is the
    person's own (None: as the device says).
    """
    reader = language.reader()
    data = {
        "paths": list(paths),
        "theme": theme,
        "hides": reader.hides_amounts,
        "language": reader.language,
    }
    with st.container(key="in_app_links"):
        _links(key="in_app_links.js", data=data, on_theme_change=lambda: None)


def page_title(title: str, caption: str | None = None) -> None:
    """The page's one heading, and a quiet sentence under it."""
    st.title(plain(title), anchor=False)
    if caption:
        st.caption(plain(caption))


def hero(
    label: str, amount: str, *, delta_lines: Iterable[Line] = (), notes: Iterable[str] = ()
) -> None:
    """The one number the page answers with, how it moved, and what it leaves out."""
    st.html(markup.hero(label, amount, delta_lines, notes))


def figures(items: Iterable[Figure]) -> None:
    """A row of quiet tiles, four on a desktop and two on a phone."""
    st.html(markup.figures(items))


def cards(items: Iterable[Card]) -> None:
    """A grid of watches, each a link."""
    st.html(markup.cards(items))


def heading(title: str) -> None:
    """A section's heading; it looks like st.header, and the browser has less to do."""
    st.html(overview_markup.heading(title), width="content")


def answered(title: str, sentence: str) -> None:
    """A section's heading, and under it its answer in words."""
    st.html(overview_markup.answered(title, sentence))


def strip(title: str, more: Link, items: Iterable[Card]) -> None:
    """Watches in one line that scrolls sideways, under a heading with the way to all of them."""
    st.html(overview_markup.strip(title, more, items))


def lists(items: Sequence[Listed]) -> None:
    """Light lists side by side, each under its heading."""
    st.html(overview_markup.lists(items))


def rows(items: Iterable[Row]) -> None:
    """A light list of links with a figure at the right."""
    st.html(markup.rows(items))


def groups(items: Iterable[Group]) -> None:
    """A light list of collections, each a link to its watches."""
    st.html(list_markup.groups(items))


def facts(pairs: Iterable[tuple[str, str]]) -> None:
    """Label and text as a definition list; leave unknown facts out."""
    st.html(list_markup.facts(pairs))


def badges(items: Iterable[Badge]) -> None:
    """Short facts in a line, beside or under a title."""
    st.html(markup.badges(items))


def identity(brand: str, model: str, detail: str, items: Iterable[Badge]) -> None:
    """In place of ``page_title``: brand and model as the heading, a quiet line, badges."""
    st.html(watch_markup.identity(brand, model, detail, items))


def portrait(cover: str | None, alt: str, href: str = "", add: str = "") -> None:
    """The one large photo of a page, a link; the dial where there is none, with a word to add."""
    st.html(photo_markup.portrait(cover, alt, href, add))


def refusals(title: str, items: Iterable[tuple[str, str]]) -> None:
    """Files by name, each with the reason why it was refused."""
    st.html(photo_markup.refusals(title, [(name, _(reason)) for name, reason in items]))


def empty(title: str, text: str) -> None:
    """What this place is for; put the one next step, a button or a page link, right after it."""
    st.html(markup.empty(title, text))


def summary(said: str, chips: Sequence[Link] = (), clear: str = "", *tail: Safe) -> None:
    """How many there are, and a chip for each filter; ``clear`` is the way without any."""
    st.html(list_markup.summary(said, chips, clear, tail))


def links(items: Iterable[Link]) -> None:
    """Ways on, side by side: what to try under an empty list."""
    st.html(list_markup.links(items))


def contents(name: str, items: Iterable[tuple[str, str, bool]]) -> None:
    """Chapters as a list of links (text, href, whether it is the one shown)."""
    st.html(list_markup.contents(name, items))


def pager(said: str, before: Link | None, after: Link | None) -> None:
    """The way back and the way on in a list, and where in it this page stands."""
    st.html(list_markup.pager(said, before, after))


def table(caption: str, columns: Sequence[Column], rows: Iterable[TableRow]) -> None:
    """A dense table of watches, each line a link; ``caption`` is read out, not shown."""
    st.html(list_markup.table(caption, columns, rows))


def comparison(caption: str, heads: Sequence[Head], groups: Iterable[FactGroup]) -> None:
    """Watches side by side, a column each; ``caption`` is read out, not shown."""
    st.html(compare_markup.comparison(caption, heads, groups))


def choice_bar(said: str, chosen: Iterable[Link], go: Link | None, leave: Link) -> None:
    """What is chosen to be compared, and the way there."""
    st.html(compare_markup.choice_bar(said, chosen, go, leave))


def piles(items: Iterable[Pile]) -> None:
    """Documents by kind, each a link."""
    st.html(document_markup.piles(items))


def paper_head(back: Link, title: str, detail: str) -> None:
    """Above one document: the way back, its title, a quiet line."""
    st.html(document_markup.paper_head(back, title, detail))


def download(href: str, name: str) -> None:
    """A link that stores a file under this name."""
    st.html(document_markup.download(href, name), width="content")


def page_picture(src: str, alt: str) -> None:
    """A page of a document, whole on the screen; it opens in full size."""
    st.html(document_markup.page_picture(src, alt))


def piece(html: Safe, *, wide: bool = True) -> None:
    """What one of the markup modules made, as it is."""
    st.html(html, width="stretch" if wide else "content")


def field_problem(problems: Mapping[str, str], name: str) -> None:
    """Directly under the field of that name: what to change in it, if anything."""
    if sentence := problems.get(name):
        st.html(markup.problem(_(sentence)))


def bars(name: str, items: Iterable[Bar]) -> None:
    """What a whole is made of, a thin bar a part; ``name`` is read out, not shown."""
    st.html(overview_markup.bars(name, items))


def months(caption: str, items: Iterable[Month]) -> None:
    """Twelve months and what comes due in each; ``caption`` is read out, not shown."""
    st.html(service_markup.months(caption, items))


def chart(figure: go.Figure, *, alt: str, key: str | None = None) -> None:
    """A figure of app/charts.py, as wide as its place; ``alt`` says in a sentence what it shows."""
    # theme=None: Streamlit's Plotly theme would overwrite margins, fonts and colours of ours.
    st.plotly_chart(figure, theme=None, config=CONFIG, alt=alt, key=key)


@cache
def _css() -> str:
    dial = quote((ASSETS / "dial.svg").read_text("utf-8").strip())
    names = f":root {{ {palette.css_variables()} --cb-dial: url('data:image/svg+xml,{dial}'); }}"
    first = ASSETS / "look.css"
    files = [first, *sorted(path for path in ASSETS.glob("*.css") if path != first)]
    rules = "\n".join(path.read_text("utf-8") for path in files)
    return f"<style>{names}\n{rules}</style>"

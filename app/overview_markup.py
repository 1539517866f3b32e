"""The HTML of the overview: the bars of an allocation, lists side by side, sections with headings.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app import markup
from app.language import _
from app.list_markup import Link
from app.markup import Card, Row, Safe, fill, join, linked


@dataclass(frozen=True)
class Bar:
    """A part of a whole; ``length`` is a fraction of the longest bar's."""

    label: str
    text: str
    share: str
    length: float


@dataclass(frozen=True)
class Listed:
    """A light list under its heading, and the ways to the whole of it."""

    title: str
    rows: Sequence[Row]
    more: Sequence[Link] = ()


def heading(title: str, more: Link | None = None) -> Safe:
    """A section's heading; where there is more of it, the way there stands at the right."""
    return fill(
        '<div class="cb-heading"><h2>{title}</h2>{more}</div>',
        title=title,
        more=linked(more.text, more.href) if more else Safe(""),
    )


def answered(title: str, sentence: str) -> Safe:
    """A section's heading, and under it its answer in words."""
    return fill(
        '{heading}<p class="cb-answer">{sentence}</p>', heading=heading(title), sentence=sentence
    )


def bars(name: str, items: Iterable[Bar]) -> Safe:
    """Thin bars under their words; ``name`` is read out, not shown."""
    each = join(map(_bar, items))
    if not each:
        return fill('<p class="cb-quiet">{said}</p>', said=_("Nothing to divide yet"))
    return fill('<ul class="cb-bars" aria-label="{name}">{items}</ul>', name=name, items=each)


def lists(items: Sequence[Listed]) -> Safe:
    """Lists side by side, as many as stay readable; one alone takes half the width."""
    pictured = any(row.photo_url for one in items for row in one.rows)
    return fill(
        '<div class="cb-lists" style="--columns:{columns}">{items}</div>',
        columns=2 if len(items) == 4 else max(len(items), 2),  # noqa: PLR2004  (two and two)
        items=join(_listed(one, pictured=pictured) for one in items),
    )


def strip(title: str, more: Link, cards: Iterable[Card]) -> Safe:
    """Watches in one line that scrolls sideways, under a heading."""
    strip = fill(
        '<ul class="cb-strip" tabindex="0" aria-label="{name}">{items}</ul>',
        name=_("Watches, scrolls sideways"),
        items=join(map(markup.card, cards)),
    )
    return join([heading(title, more), strip])


def _bar(bar: Bar) -> Safe:
    return fill(
        '<li><span class="cb-part">{label}</span><span>{text} · <b>{share}</b></span>'
        '<span class="cb-bar" style="--length:{length}%" aria-hidden="true"></span></li>',
        label=bar.label,
        text=bar.text,
        share=bar.share,
        length=f"{bar.length * 100:.1f}",
    )


def _listed(one: Listed, *, pictured: bool) -> Safe:
    more = (fill('<p class="cb-more">{link}</p>', link=linked(m.text, m.href)) for m in one.more)
    return fill(
        "<section>{heading}{rows}{more}</section>",
        heading=heading(one.title),
        rows=markup.rows(one.rows, pictured=pictured),
        more=join(more),
    )

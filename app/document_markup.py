"""The HTML of documents: the list by kind, and one of them with a picture of a page.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.language import _
from app.list_markup import Link
from app.markup import Safe, fill, join, leads_to


@dataclass(frozen=True)
class Paper:
    """A document in a list; the whole line leads to it."""

    href: str
    title: str
    detail: str  # its date, what it belongs to
    text: str  # what it is: ``PDF, 4 pages``
    text_detail: str  # its size
    icon: str  # the name of a Material Symbol


@dataclass(frozen=True)
class Pile:
    """Documents of one kind."""

    heading: str  # empty: none is shown
    papers: Sequence[Paper]


def piles(items: Iterable[Pile]) -> Safe:
    """Documents by kind, each kind under its heading."""
    return fill('<div class="cb-piles">{items}</div>', items=join(map(_pile, items)))


def paper_head(back: Link, title: str, detail: str) -> Safe:
    """The way back to the list, what this document is, and a quiet line about it."""
    return fill(
        '<div class="cb-paper"><a class="cb-back" href="{href}">{sign}{back}</a>'
        '<h2>{title}</h2><p class="cb-quiet">{detail}</p></div>',
        href=leads_to(back.href),
        sign=_sign("arrow_back"),
        back=back.text,
        title=title,
        detail=detail,
    )


def download(href: str, name: str) -> Safe:
    """The link that stores the file."""
    return fill(
        '<a class="cb-step cb-download" href="{href}" download="{name}">{sign}{text}</a>',
        href=leads_to(href),
        name=name,
        sign=_sign("download"),
        text=_("Download"),
    )


def page_picture(src: str, alt: str) -> Safe:
    """A page as a picture, whole on the screen; it opens in full size."""
    return fill(
        '<a class="cb-page" href="{src}" target="_blank" rel="noopener" '
        'aria-label="{label}"><img src="{src}" alt="{alt}"></a>',
        src=leads_to(src),
        alt=alt,
        label=_("{picture}; opens in full size", picture=alt),
    )


def _pile(pile: Pile) -> Safe:
    heading = fill("<h3>{heading}</h3>", heading=pile.heading) if pile.heading else Safe("")
    return fill(
        '<section>{heading}<ul class="cb-rows cb-papers">{each}</ul></section>',
        heading=heading,
        each=join(map(_paper, pile.papers)),
    )


def _paper(paper: Paper) -> Safe:
    return fill(
        '<li><a class="cb-row" href="{href}">{sign}<span class="cb-what"><span>{title}</span>'
        '<span class="cb-quiet">{detail}</span></span><span class="cb-so"><span>{text}</span>'
        '<span class="cb-quiet">{more}</span></span></a></li>',
        href=leads_to(paper.href),
        sign=_sign(paper.icon),
        title=paper.title,
        detail=paper.detail,
        text=paper.text,
        more=paper.text_detail,
    )


def _sign(icon: str) -> Safe:
    return fill('<span class="cb-icon" aria-hidden="true">{icon}</span>', icon=icon)

"""The HTML of the bin: a line for each thing in it, with its picture or a sign for its kind.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.markup import Safe, fill, join, leads_to


@dataclass(frozen=True)
class Thrown:
    """Something in the bin; without ``href`` it can only be looked at."""

    icon: str  # a Material Symbol, where there is no photo
    title: str
    detail: str
    until: str
    by: str
    href: str = ""
    photo_url: str | None = None


def thrown(items: Iterable[Thrown]) -> Safe:
    """A light list; a line leads to what can be done with it."""
    return fill('<ul class="cb-rows cb-bin">{items}</ul>', items=join(map(_line, items)))


def _line(item: Thrown) -> Safe:
    if item.photo_url:
        image = '<img class="cb-thumb" src="{url}" alt="" loading="lazy" decoding="async">'
        picture = fill(image, url=leads_to(item.photo_url))
    else:
        sign = '<span class="cb-thumb cb-icon" aria-hidden="true">{icon}</span>'
        picture = fill(sign, icon=item.icon)
    tag = fill('a href="{href}"', href=leads_to(item.href)) if item.href else Safe("div")
    return fill(
        '<li><{tag} class="cb-row">{picture}<span class="cb-what"><span>{title}</span>'
        '<span class="cb-quiet">{detail}</span></span><span class="cb-so"><span>{until}</span>'
        '<span class="cb-quiet">{by}</span></span></{end}></li>',
        tag=tag,
        picture=picture,
        title=item.title,
        detail=item.detail,
        until=item.until,
        by=item.by,
        end="a" if item.href else "div",
    )

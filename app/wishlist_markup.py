"""The HTML of the wishlist: a line a watch on a desk, a card on a phone.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.list_markup import Link
from app.markup import Badge, Safe, Tone, fill, join, leads_to, linked, photo


@dataclass(frozen=True)
class Sum:
    """An amount under its label, and a quiet word on it."""

    label: str
    text: str
    detail: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class WishLine:
    """A watch that is not here yet: its sums, and what can be done about it."""

    href: str
    photo_url: str | None
    brand: str
    model: str
    detail: str
    marks: Sequence[Badge]
    sums: Sequence[Sum]
    ways: Sequence[Link]


def wishes(items: Iterable[WishLine]) -> Safe:
    """The list; each name leads to its watch."""
    return fill('<ul class="cb-wishes">{items}</ul>', items=join(map(_wish, items)))


def _wish(wish: WishLine) -> Safe:
    marks = join(
        fill('<span class="cb-badge {tone}">{text}</span>', tone=mark.tone, text=mark.text)
        for mark in wish.marks
    )
    ways = join(fill("<li>{link}</li>", link=linked(way.text, way.href)) for way in wish.ways)
    return fill(
        '<li><a class="cb-wish" href="{href}">{photo}<span><span class="cb-brand">{brand}</span>'
        '<span class="cb-model">{model}</span><span class="cb-quiet">{detail}</span>{marks}'
        '</span></a><dl>{sums}</dl><ul class="cb-wish-ways">{ways}</ul></li>',
        href=leads_to(wish.href),
        photo=photo(wish.photo_url, ""),
        brand=wish.brand,
        model=wish.model,
        detail=wish.detail,
        marks=fill('<span class="cb-marks">{marks}</span>', marks=marks) if marks else Safe(""),
        sums=join(map(_sum, wish.sums)),
        ways=ways,
    )


def _sum(one: Sum) -> Safe:
    return fill(
        '<div><dt class="cb-label">{label}</dt><dd><span class="{tone}">{text}</span>'
        '<span class="cb-quiet">{detail}</span></dd></div>',
        label=one.label,
        tone=one.tone,
        text=one.text,
        detail=one.detail,
    )

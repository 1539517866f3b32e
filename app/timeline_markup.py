"""The HTML of a watch's life: a line with marks; of an edit: before and after; of filter chips.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.language import _
from app.list_markup import Link
from app.markup import Safe, Tone, fill, join, leads_to
from app.text_diff import Part


@dataclass(frozen=True)
class Mark:
    """Something that happened: its icon on the line, its words, its figure at the right."""

    icon: str  # a Material Symbol
    title: str
    day: str
    href: str = ""
    detail: str = ""  # who did it, and what else there is to say
    text: str = ""  # an amount
    note: str = ""
    tone: Tone = ""  # of the icon
    photos: Sequence[str] = ()  # addresses
    more: str = ""  # "+ 12" after the photos
    opens: bool = False  # the link shows more of the same, here


@dataclass(frozen=True)
class Period:
    """Marks under a heading: a year, or what is to come."""

    name: str
    marks: Sequence[Mark]


def timeline(periods: Iterable[Period]) -> Safe:
    """The line, from the newest to the oldest."""
    template = '<section class="cb-life"><h2>{name}</h2><ol>{marks}</ol></section>'
    return join(
        fill(template, name=period.name, marks=join(map(_mark, period.marks))) for period in periods
    )


def _mark(mark: Mark) -> Safe:
    title = fill("<span>{title}</span>", title=mark.title)
    if mark.href:
        sign = '<span class="cb-icon" aria-hidden="true">chevron_right</span>'
        title = fill(
            '<a href="{href}">{title}{sign}</a>',
            href=leads_to(mark.href),
            title=mark.title,
            sign=Safe(sign) if mark.opens else Safe(""),
        )
    return fill(
        '<li><span class="cb-mark cb-icon {tone}" aria-hidden="true">{icon}</span>'
        '<div class="cb-event"><div class="cb-said-so"><span class="cb-title">{title}</span>'
        '{text}</div><div class="cb-when"><span>{day}</span>{detail}</div>'
        "{note}{photos}</div></li>",
        tone=mark.tone,
        icon=mark.icon,
        title=title,
        text=_if(mark.text, '<span class="cb-sum">{text}</span>'),
        day=mark.day,
        detail=_if(mark.detail, "<span>{text}</span>"),
        note=_if(mark.note, "<p>{text}</p>"),
        photos=_photos(mark),
    )


def _photos(mark: Mark) -> Safe:
    if not mark.photos:
        return Safe("")
    image = '<img src="{url}" alt="" loading="lazy" decoding="async">'
    return fill(
        '<div class="cb-shots">{images}{more}</div>',
        images=join(fill(image, url=leads_to(url)) for url in mark.photos),
        more=_if(mark.more, "<span>{text}</span>"),
    )


def choices(name: str, items: Iterable[Link], current: str) -> Safe:
    """Filters side by side, one of them in force: the one whose text is ``current``."""
    each = (
        fill(
            '<a class="cb-chip cb-choice" href="{href}"{here}>{text}</a>',
            href=leads_to(item.href),
            here=Safe(' aria-current="true"') if item.text == current else Safe(""),
            text=item.text,
        )
        for item in items
    )
    return fill(
        '<nav class="cb-choices" aria-label="{name}">{each}</nav>', name=name, each=join(each)
    )


def changed(label: str, before: str, after: str, now: str = "") -> Safe:
    """A field of an edit: what it held, what it was given; ``now`` when that is something else."""
    return fill(
        '<div class="cb-changed"><span class="cb-label">{label}</span><p><del>{before}</del>'
        '<span class="cb-icon" aria-label="{became}">arrow_forward</span><ins>{after}</ins></p>'
        "{now}</div>",
        label=label,
        before=before,
        after=after,
        became=_("became"),
        now=_now(now),
    )


def rewritten(label: str, parts: Iterable[Part], now: str = "") -> Safe:
    """A long text with what went struck out and what came marked."""
    tags = {"same": "{text}", "gone": "<del>{text}</del>", "new": "<ins>{text}</ins>"}
    return fill(
        '<div class="cb-changed"><span class="cb-label">{label}</span>'
        '<p class="cb-rewritten">{parts}</p>{now}</div>',
        label=label,
        parts=join(fill(tags[kind], text=text) for kind, text in parts),
        now=_now(now),
    )


def _now(text: str) -> Safe:
    said = _("Now: {text}", text=text) if text else ""
    return _if(said, '<span class="cb-now">{text}</span>')


def _if(text: str, template: str) -> Safe:
    return fill(template, text=text) if text else Safe("")

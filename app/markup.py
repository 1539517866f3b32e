"""The HTML of the few shapes pages are made of; pure functions, the only place that writes tags.

Every value that goes into a template is escaped unless it is ``Safe``, and only this module makes
something Safe. app/ui.py puts the results on the page.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal
from urllib.parse import quote

from app.language import _

Tone = Literal["", "gain", "loss", "accent", "muted"]


class Safe(str):
    """HTML that is safe to show as it is."""

    __slots__ = ()


@dataclass(frozen=True)
class Line:
    """A short text in a tone, with a quiet word after it: ``▲ +CHF 12,400`` ``since January``."""

    text: str
    tone: Tone = ""
    detail: str = ""


@dataclass(frozen=True)
class Figure:
    """A number in a row of quiet tiles; ``help`` shows on hover and on tap."""

    label: str
    text: str
    detail: str = ""
    tone: Tone = ""  # of the detail
    spark: Sequence[float] | None = None
    help: str = ""
    more: str = ""  # a second, quiet line under the detail
    explained_at: str = ""  # where it is worked out step by step


@dataclass(frozen=True)
class Card:
    """A watch in a grid or a strip; the text fields take ``marked(…)`` as well."""

    href: str
    brand: str
    model: str
    reference: str = ""
    value: str = ""
    change: str = ""
    tone: Tone = ""  # of the change
    mark: str = ""  # one status at most, "Sold" or "Service due"
    mark_tone: Tone = ""
    photo_url: str | None = None


@dataclass(frozen=True)
class Row:
    """A linked line of a light list, its figure at the right."""

    href: str
    title: str
    detail: str = ""
    text: str = ""
    text_detail: str = ""
    tone: Tone = ""  # of the text_detail, or of the text where there is none
    photo_url: str | None = None


@dataclass(frozen=True)
class Badge:
    """A short fact beside a title; ``colour`` is a collection's, as in data/collections.py."""

    text: str
    tone: Tone = ""
    colour: str = ""


def fill(template: str, /, **values: object) -> Safe:
    """The template with each ``{name}`` replaced by its value, escaped unless Safe."""
    shown = {k: v if isinstance(v, Safe) else escape(str(v)) for k, v in values.items()}
    return Safe(template.format_map(shown))


def join(parts: Iterable[Safe]) -> Safe:
    """Safe pieces, one after another."""
    return Safe("".join(parts))


def marked(text: str, words: Iterable[str]) -> Safe:
    """The text with every hit of a search word in ``<mark>``, in any case; longer words first."""
    wanted = sorted({word for word in words if word.strip()}, key=len, reverse=True)
    if not wanted:
        return fill("{text}", text=text)
    pieces = re.split(f"({'|'.join(map(re.escape, wanted))})", text, flags=re.IGNORECASE)
    return join(
        fill("<mark>{hit}</mark>" if place % 2 else "{hit}", hit=piece)
        for place, piece in enumerate(pieces)
    )


def linked(text: str, href: str) -> Safe:
    """A sentence that leads to what it speaks of."""
    return fill('<a href="{href}">{text}</a>', href=leads_to(href), text=text)


def plain(text: str) -> str:
    """A person's text for st.title, st.button and others that read Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:<>&^=])", r"\\\1", text)


def hero(label: str, amount: str, delta_lines: Iterable[Line], notes: Iterable[str]) -> Safe:
    """The one number a page answers with, how it moved, and what to know about it."""
    return fill(
        '<div class="cb-hero"><div class="cb-label">{label}</div><div class="cb-big">{amount}</div>'
        "{lines}{notes}</div>",
        label=label,
        amount=amount,
        lines=_some('<div class="cb-lines">{0}</div>', join(map(_line, delta_lines))),
        notes=join(fill('<p class="cb-note">{note}</p>', note=note) for note in notes),
    )


def figures(items: Iterable[Figure]) -> Safe:
    """A row of quiet tiles: four on a desktop, two on a phone."""
    return fill('<dl class="cb-figures">{items}</dl>', items=join(map(_figure, items)))


def cards(items: Iterable[Card]) -> Safe:
    """A grid of watches; a card is a link as a whole."""
    return fill('<ul class="cb-cards">{items}</ul>', items=join(map(card, items)))


def rows(items: Iterable[Row], *, pictured: bool = False) -> Safe:
    """A light list of linked lines; all have a picture, or the dial, as soon as one has."""
    lines = list(items)
    pictured = pictured or any(row.photo_url for row in lines)
    each = (_row(row, pictured=pictured) for row in lines)
    return fill('<ul class="cb-rows">{items}</ul>', items=join(each))


def badges(items: Iterable[Badge]) -> Safe:
    """Short facts in a line."""
    each = (_badge("li", badge) for badge in items)
    return fill('<ul class="cb-badges">{items}</ul>', items=join(each))


def empty(title: str, text: str) -> Safe:
    """What a place is for, before anything is in it; the next step is a button below."""
    return fill(
        '<div class="cb-empty"><div class="cb-dial" aria-hidden="true"></div>'
        "<h3>{title}</h3><p>{text}</p></div>",
        title=title,
        text=text,
    )


def problem(sentence: str) -> Safe:
    """What to change in the field above."""
    return fill(
        '<p class="cb-problem" role="alert"><span class="cb-icon" aria-hidden="true">error</span>'
        "{sentence}</p>",
        sentence=sentence,
    )


def sparkline(points: Sequence[float]) -> Safe:
    """A line without axes, as a mask, so that it takes the colour of its text.

    An ``<svg>`` would not survive: st.html sanitises with DOMPurify's HTML profile.
    """
    if len(points) < 2:  # noqa: PLR2004  (a line has two ends)
        return Safe('<span class="cb-spark"></span>')
    points = [*points[: -1 : len(points) // 120 + 1], points[-1]]  # as many as can be told apart
    low, high = min(points), max(points)
    step, span = 100 / (len(points) - 1), (high - low) or 1
    path = " ".join(
        f"{i * step:.1f},{27 - (p - low) / span * 24:.1f}" for i, p in enumerate(points)
    )
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 30' preserveAspectRatio='none'>"
        f"<polyline points='{path}' fill='none' stroke='#000' stroke-width='1.5' "
        "stroke-linejoin='round' vector-effect='non-scaling-stroke'/></svg>"
    )
    return fill(
        '<span class="cb-spark" aria-hidden="true" style="--line:url({url})"></span>',
        url=f"'data:image/svg+xml,{quote(svg)}'",
    )


def _some(template: str, content: Safe) -> Safe:
    return Safe(template.format(content)) if content else content


def leads_to(url: str) -> str:
    """Our own addresses and https; anything else (``javascript:``, ``//host``) leads nowhere."""
    return url if re.match(r"(/(?![/\\])|\?|https://)", url) else "#"


def _bare(text: str) -> str:
    """The text without the tags ``marked`` put in, for an attribute."""
    return unescape(re.sub(r"<[^>]*>", "", text)) if isinstance(text, Safe) else text


def _badge(tag: Literal["li", "span"], badge: Badge) -> Safe:
    dot = _some('<span class="cb-dot {0}"></span>', fill("{colour}", colour=badge.colour))
    template = '<{tag} class="cb-badge {tone}">{dot}{text}</{tag}>'
    return fill(template, tag=tag, tone=badge.tone, dot=dot, text=badge.text)


def _line(line: Line) -> Safe:
    return fill(
        '<div><span class="{tone}">{text}</span> <span class="cb-quiet">{detail}</span></div>',
        tone=line.tone,
        text=line.text,
        detail=line.detail,
    )


def _figure(figure: Figure) -> Safe:
    hint = _some(
        '<span class="cb-help cb-icon" tabindex="0" role="note" aria-label="{0}" data-help="{0}">'
        "info</span>",
        fill("{help}", help=figure.help),
    )
    if figure.explained_at:
        hint = fill(
            '<a class="cb-help cb-icon" href="{href}" aria-label="{name}"'
            ' data-help="{help}">info</a>',
            href=leads_to(figure.explained_at),
            name=_("How {label} is worked out", label=figure.label),
            help=figure.help,
        )
    return fill(
        '<div class="cb-figure"><dt class="cb-label">{label}{hint}</dt>'
        '<dd><span class="cb-number">{text}</span>'
        '<span class="cb-detail {tone}">{detail}</span>{more}{spark}</dd></div>',
        label=figure.label,
        hint=hint,
        text=figure.text,
        tone=figure.tone,
        detail=figure.detail,
        more=_some('<span class="cb-detail">{0}</span>', fill("{more}", more=figure.more)),
        spark=Safe("") if figure.spark is None else sparkline(figure.spark),
    )


def photo(url: str | None, alt: str) -> Safe:
    """A picture of a watch, or the dial in its place."""
    if url is None:
        return Safe('<span class="cb-photo cb-dial" aria-hidden="true"></span>')
    image = '<img class="cb-photo" src="{url}" alt="{alt}" loading="lazy" decoding="async">'
    return fill(image, url=url, alt=alt)


def card(card: Card) -> Safe:
    """One watch of a grid or a strip."""
    return fill(
        '<li><a class="cb-card" href="{href}">{photo}{mark}<span class="cb-brand">{brand}</span>'
        '<span class="cb-model">{model}</span><span class="cb-quiet">{reference}</span>'
        '<span class="cb-worth"><span>{value}</span><span class="{tone}">{change}</span></span>'
        "</a></li>",
        href=leads_to(card.href),
        photo=photo(card.photo_url, f"{_bare(card.brand)} {_bare(card.model)}"),
        mark=_badge("span", Badge(card.mark, card.mark_tone)) if card.mark else Safe(""),
        brand=card.brand,
        model=card.model,
        reference=card.reference,
        value=card.value,
        tone=card.tone,
        change=card.change,
    )


def _row(row: Row, *, pictured: bool) -> Safe:
    return fill(
        '<li><a class="cb-row" href="{href}">{photo}<span class="cb-what"><span>{title}</span>'
        '<span class="cb-quiet">{detail}</span></span><span class="cb-so"><span class="{first}">'
        '{text}</span><span class="cb-quiet {second}">{more}</span></span></a></li>',
        href=leads_to(row.href),
        photo=photo(row.photo_url, _bare(row.title)) if pictured else Safe(""),
        title=row.title,
        detail=row.detail,
        text=row.text,
        more=row.text_detail,
        first="" if row.text_detail else row.tone,
        second=row.tone if row.text_detail else "",
    )

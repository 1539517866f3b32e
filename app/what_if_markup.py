"""The HTML of what-if: the head of a move, and shares before and after as pairs of bars.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.language import _
from app.list_markup import Link
from app.markup import Safe, fill, join, leads_to, linked


@dataclass(frozen=True)
class Twin:
    """A share now and after; the lengths are fractions of the longest bar's."""

    label: str
    now: str
    after: str
    length_now: float
    length_after: float


def head(what: str, name: Link, offers: Sequence[Link]) -> Safe:
    """What would be done with which watch, and the prices it may be done at."""
    each = join(fill("<li>{link}</li>", link=linked(one.text, one.href)) for one in offers)
    return fill(
        '<div class="cb-move"><span><span class="cb-label">{what}</span> '
        '<a class="cb-model" href="{href}">{name}</a></span><ul>{offers}</ul></div>',
        what=what,
        href=leads_to(name.href),
        name=name.text,
        offers=each,
    )


def twins(name: str, items: Iterable[Twin]) -> Safe:
    """Shares as two bars each, the upper one now; ``name`` is read out, not shown."""
    return fill(
        '<p class="cb-quiet cb-twin-key"><span class="cb-bar now" aria-hidden="true"></span>{now}'
        '<span class="cb-bar" aria-hidden="true"></span>{after}</p>'
        '<ul class="cb-bars cb-twins" aria-label="{name}">{items}</ul>',
        now=_("now"),
        after=_("after"),
        name=name,
        items=join(map(_twin, items)),
    )


def _twin(one: Twin) -> Safe:
    return fill(
        '<li><span class="cb-part">{label}</span><span>{now} → <b>{after}</b></span>'
        '<span class="cb-bar now" style="--length:{length_now}%" aria-hidden="true"></span>'
        '<span class="cb-bar" style="--length:{length_after}%" aria-hidden="true"></span></li>',
        label=one.label,
        now=one.now,
        after=one.after,
        length_now=f"{one.length_now * 100:.1f}",
        length_after=f"{one.length_after * 100:.1f}",
    )

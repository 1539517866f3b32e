"""The HTML of the service page: twelve months, and what comes due in each.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app import format as say
from app.language import ngettext
from app.list_markup import Link
from app.markup import Safe, fill, join, leads_to


@dataclass(frozen=True)
class Month:
    """A month, the first things of it, and how many there are."""

    name: str
    links: Sequence[Link]
    many: int


def months(caption: str, items: Iterable[Month]) -> Safe:
    """A strip of months; on a phone only those in which something is due."""
    return fill(
        '<ul class="cb-months" aria-label="{caption}">{items}</ul>',
        caption=caption,
        items=join(map(_month, items)),
    )


def _month(month: Month) -> Safe:
    links = (
        fill('<a href="{href}" title="{text}">{text}</a>', href=leads_to(one.href), text=one.text)
        for one in month.links
    )
    rest = month.many - len(month.links)
    return fill(
        '<li class="{kind}"><span class="cb-month"><span>{name}</span><b>{many}</b></span>'
        "{links}{rest}</li>",
        kind="" if month.many else "cb-free",
        name=month.name,
        many=say.number(month.many) if month.many else "",
        links=join(links),
        rest=fill(
            '<span class="cb-quiet">{rest}</span>',
            rest=ngettext("and {number} more", "and {number} more", rest),
        )
        if rest
        else Safe(""),
    )

"""The HTML of photos outside the gallery: the portrait of a watch, files that were refused.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable

from app.language import _
from app.markup import Safe, fill, join, leads_to, photo
from app.photo_links import photo_url

CARD_WIDTH, FULL_WIDTH = 640, 2560  # px, as data/pictures.py makes them


def portrait(cover: str | None, alt: str, href: str, add: str) -> Safe:
    """The one large photo of a page, or the dial with the word that invites to add one.

    A photo opens what ``href`` leads to; without a photo only the invitation does.
    """
    card, full = photo_url(cover, "card"), photo_url(cover, "full")
    if card is None or full is None:
        picture, words = (
            photo(None, ""),
            fill('<span class="cb-portrait-add">{add}</span>', add=add),
        )
        shown = _linked(href, "", join([picture, words])) if href and add else picture
    else:
        picture = fill(
            '<img class="cb-photo" src="{card}" srcset="{card} {small}w, {full} {large}w" '
            'sizes="(max-width: 640px) 100vw, 400px" alt="{alt}" decoding="async">',
            card=card,
            full=full,
            small=CARD_WIDTH,
            large=FULL_WIDTH,
            alt=alt,
        )
        shown = _linked(href, _("Photos of {watch}", watch=alt), picture) if href else picture
    return fill('<div class="cb-portrait">{shown}</div>', shown=shown)


def refusals(title: str, items: Iterable[tuple[str, str]]) -> Safe:
    """Files by name, each with the reason why it did not become a photo."""
    each = (
        fill("<li><b>{name}</b> {sentence}</li>", name=name, sentence=_(sentence))
        for name, sentence in items
    )
    return fill(
        '<div class="cb-refusals" role="alert"><p>{title}</p><ul>{each}</ul></div>',
        title=title,
        each=join(each),
    )


def _linked(href: str, label: str, content: Safe) -> Safe:
    named = fill(' aria-label="{label}"', label=label) if label else Safe("")
    template = '<a href="{href}"{named}>{content}</a>'
    return fill(template, href=leads_to(href), named=named, content=content)

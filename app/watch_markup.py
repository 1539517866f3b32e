"""The HTML at the head of one watch: its name, what is known about it in badges.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable

from app.markup import Badge, Safe, badges, fill


def identity(brand: str, model: str, detail: str, items: Iterable[Badge]) -> Safe:
    """What a page is about: brand and model as its one heading, a quiet line, badges."""
    return fill(
        '<div class="cb-identity"><h1><span class="cb-brand">{brand}</span> {model}</h1>'
        "{detail}{badges}</div>",
        brand=brand,
        model=model,
        detail=fill('<p class="cb-quiet">{text}</p>', text=detail) if detail else Safe(""),
        badges=badges(items),
    )

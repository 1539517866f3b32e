"""A share link's page from what its link allows: one watch, a comparison, or a list of watches."""

from collections.abc import Callable
from uuid import UUID

from app import format as say
from app import share_markup as markup
from app import share_words as words
from app.language import N_, _
from app.markup import Safe
from app.share_markup import Paper, Picture, SharedCard, Tile
from data.share_links import COMPARISON, WATCH
from data.shared import Page, SharedWatch

PER_PAGE = 48
Photos = dict[UUID, list[Picture]]


def render(page: Page, at: str, number: int) -> Safe:
    """The whole page; ``at`` is the address of the link, ``number`` which page of a long list."""
    photos = {
        one.watch_id: [
            Picture(
                f"{at}/photo/{content_hash}/card.webp",
                f"{at}/photo/{content_hash}/full.webp",
                _("{watch}, photo {place}", watch=words.name(one), place=place),
            )
            for place, content_hash in enumerate(page.photos.get(one.watch_id, []), 1)
        ]
        for one in page.watches
    }
    kinds: dict[str, Callable[[Page, str, Photos], list[Safe]]] = {
        WATCH: _watch,
        COMPARISON: _comparison,
    }
    show = kinds.get(page.link.kind)
    body = show(page, at, photos) if show else _list(page, at, photos, number)
    title = words.title(page)
    return markup.page(title, title, body, words.footing(page.link))


def _watch(page: Page, at: str, photos: Photos) -> list[Safe]:
    (one,) = page.watches
    found = page.facts.get(one.watch_id)
    known = [(_(label), words.fact(found, name)) for name, label in words.LABELS.items() if found]
    known += [(_("Serial number"), page.serials.get(one.watch_id, ""))]
    papers = [
        Paper(f"{at}/document/{each.document_id}", each.title, words.document(each))
        for each in page.documents
    ]
    return [
        markup.heading(one.brand, one.model or ""),
        markup.pictures(photos[one.watch_id]),
        markup.tiles(tile for tile in _amounts(page, one) if tile.text != say.ABSENT),
        markup.facts((label, text) for label, text in known if text),
        markup.papers(papers),
    ]


def _comparison(page: Page, _at: str, photos: Photos) -> list[Safe]:
    heads = [_card(one, photos, []) for one in page.watches]
    rows = {label: [tile.text for tile in tiles] for label, tiles in _amount_rows(page).items()}
    for name, label in words.LABELS.items():
        rows[_(label)] = [
            words.fact(page.facts[one.watch_id], name) if page.facts else "" for one in page.watches
        ]
    rows[_("Serial number")] = [page.serials.get(one.watch_id, "") for one in page.watches]
    shown = [
        (label, [text or say.ABSENT for text in texts])
        for label, texts in rows.items()
        if any(texts)
    ]
    names = words.listed([words.name(one) for one in page.watches])
    return [
        markup.heading("", _("Side by side"), names),
        markup.side_by_side(_("{watches} side by side", watches=names), heads, shown),
    ]


def _list(page: Page, at: str, photos: Photos, number: int) -> list[Safe]:
    total = say.count(page.count, "watch", "watches")
    first = (number - 1) * PER_PAGE + 1
    last = first + len(page.watches) - 1
    body = [
        markup.heading("", page.title or total, total if page.title else ""),
        markup.tiles(_totals(page)),
        markup.cards(_card(one, photos, _lines(page, one)) for one in page.watches),
    ]
    if page.count > PER_PAGE:
        before = f"{at}?page={number - 1}" if number > 1 else ""
        after = f"{at}?page={number + 1}" if last < page.count else ""
        here = f"{say.number(first)}–{say.number(last)}"
        body.append(
            markup.pager(_("{number} of {watches}", number=here, watches=total), before, after)
        )
    return body


def _card(one: SharedWatch, photos: Photos, lines: list[str]) -> SharedCard:
    cover = next(iter(photos[one.watch_id]), None)
    return SharedCard(cover, one.brand, one.model or "", lines)


def _lines(page: Page, one: SharedWatch) -> list[str]:
    found = page.facts.get(one.watch_id)
    reference = (found.reference or "") if found else ""
    serial = page.serials.get(one.watch_id, "")
    amounts = [
        f"{tile.label} {tile.text}" for tile in _amounts(page, one) if tile.text != say.ABSENT
    ]
    numbered = _("No. {serial}", serial=serial) if serial else ""
    return [text for text in (reference, numbered, *amounts) if text]


def _amounts(page: Page, one: SharedWatch) -> list[Tile]:
    tiles = []
    if one.watch_id in page.values:
        tiles.append(Tile(_("Value"), *words.value(page, one)))
    if one.watch_id in page.prices:
        tiles.append(Tile(_("Cost"), *words.price(page, one)))
    if one.watch_id in page.gains:
        tiles.append(Tile(_("Gain"), *words.gain(page.gains[one.watch_id], page.link.currency)))
    return tiles


def _amount_rows(page: Page) -> dict[str, list[Tile]]:
    rows: dict[str, list[Tile]] = {}
    for one in page.watches:
        for tile in _amounts(page, one):
            rows.setdefault(tile.label, []).append(tile)
    return rows


def _totals(page: Page) -> list[Tile]:
    tiles, currency = [], page.link.currency
    for label, found in ((N_("Value"), page.value), (N_("Cost"), page.cost)):
        if found:
            without = say.count(page.count - found.known, "watch", "watches")
            left_out = _("without {watches}", watches=without) if found.known < page.count else ""
            tiles.append(Tile(_(label), say.money(found.amount, currency), left_out))
    if page.gain:
        tiles.append(Tile(_("Gain"), *words.gain(page.gain, currency)))
    return tiles

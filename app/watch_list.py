"""A page of the list of watches: its rows, what was meant, where it stands, and how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from app import copy_link, overview, session, ui, watch_filters
from app import format as say
from app.cache import cached
from app.language import N_, _, pgettext
from app.list_markup import Cell, Column, Link, TableRow, marked_at
from app.markup import Card, Safe
from app.photo_links import photo_url
from app.search_hits import spans
from app.watch_filters import Asked, usual_direction
from data import listing
from data.listing import Sort, WatchFilter, WatchRow
from data.watches import Status

PAGE_SIZES = {"grid": 24, "table": 100, "values": 24}
TRAIL = (
    "watches.trail"  # where pages of the list shown last began: cursor → (the one before, offset)
)
Trail = dict[str | None, tuple[str | None, int]]
NEEDS_BOTH = N_("Needs a cost and a value")
STALE = timedelta(days=365)


@dataclass(frozen=True)
class Page:
    """What one page of the list shows."""

    rows: list[WatchRow]
    total: int
    wanted: WatchFilter  # with the search that was meant
    corrected: str | None  # what was searched for instead of what was typed
    offset: int | None  # watches before these; None: somebody else's link leads here
    before: str | None  # cursor of the page before
    following: str | None  # cursor of the next page
    is_first: bool


def page(asked: Asked, currency: str, today: date) -> Page:
    """The rows that are asked for; a typo in a search that finds nothing is corrected."""
    wanted, corrected = _meant(asked), None
    total = cached(listing.count, wanted, currency, today)
    if not total and wanted.search:
        corrected = cached(listing.corrected, wanted.search)
        meant = replace(wanted, search=corrected)
        if corrected and (total := cached(listing.count, meant, currency, today)):
            wanted = meant
        else:
            corrected = None
    size, after = PAGE_SIZES[asked.view], asked.after
    found = _rows(wanted, asked, currency, today, after, size)
    if not found and after:  # these watches are gone, or the link was not ours
        after = None
        found = _rows(wanted, asked, currency, today, after, size)
    rows = found[:size]
    following = rows[-1].cursor if len(found) > size else None
    before, offset = _place(asked, currency, after, following, len(rows))
    return Page(rows, total, wanted, corrected, offset, before, following, after is None)


def _meant(asked: Asked) -> WatchFilter:
    """Values are recorded for what is owned, unless another status is asked for."""
    if asked.view == "values" and not asked.wanted.statuses:
        return replace(asked.wanted, statuses=[Status.OWNED.value])
    return asked.wanted


def _rows(
    wanted: WatchFilter, asked: Asked, currency: str, today: date, after: str | None, size: int
) -> list[WatchRow]:
    """One more than a page holds: then there is a next one."""
    return cached(
        listing.page, wanted, asked.sort, asked.descending, currency, today, after, size + 1
    )


def _place(
    asked: Asked, currency: str, after: str | None, following: str | None, shown: int
) -> tuple[str | None, int | None]:
    """Where the page before began, and how many watches come before this one."""
    mark = f"{asked.address()} {currency}"
    of, known = session.get(TRAIL, ("", Trail()))
    trail: Trail = {**(known if of == mark else {}), None: (None, 0)}
    before, offset = trail.get(after, (None, None))
    if following and offset is not None:
        trail[following] = (after, offset + shown)
    session.put(TRAIL, (mark, trail))
    return before, offset


def counted(asked: Asked, page: Page) -> str:
    """``1 watch``, ``1,024 watches``; ``38 watches owned`` where only those are shown."""
    watches = say.count(page.total, "watch", "watches")
    if page.wanted.statuses == asked.wanted.statuses:
        return watches
    return _("{watches} owned", watches=watches)


def summary(asked: Asked, page: Page, currency: str) -> None:
    """How many there are, what filters them, and the way to hand the list on."""
    chips = watch_filters.chips(asked, currency)
    ui.summary(counted(asked, page), chips, asked.cleared(), copy_link.html())


def steps(asked: Asked, page: Page) -> tuple[str, Link | None, Link | None]:
    """Where this page stands, the way back and the way on."""
    on = Link(_("Next"), asked.address(page.following)) if page.following else None
    if page.offset is None:
        return counted(asked, page), Link(_("First page"), asked.address()), on
    back = None if page.is_first else Link(_("Previous"), asked.address(page.before))
    said = _(
        "{first}–{last} of {total}",
        first=say.number(page.offset + 1),
        last=say.number(page.offset + len(page.rows)),
        total=say.number(page.total),
    )
    return said, back, on


def card(row: WatchRow, currency: str, searched: str | None) -> Card:
    """A watch in the grid, with what the search has hit."""
    plain = overview.card(row, currency)
    why = "" if row.status in overview.STATUSES else _why(row)
    return replace(
        plain,
        brand=_hits(row.brand, searched),
        model=_hits(row.model, searched),
        reference=_hits(" · ".join(filter(None, (row.reference, row.nickname))), searched),
        change=why or plain.change,
        tone="muted" if why else plain.tone,
    )


def columns(asked: Asked, currency: str) -> list[Column]:
    """The headings of the table; a click sorts, a second one the other way round."""

    def heading(label: str, sort: Sort | None = None, *, extra: bool = False) -> Column:
        if sort is None:
            return Column(label, extra=extra)
        number = sort in listing.FIGURES
        here = asked.sort is sort
        down = not asked.descending if here else usual_direction(sort)
        turned = None if down == usual_direction(sort) else "down" if down else "up"
        order = ("descending" if asked.descending else "ascending") if here else ""
        return Column(
            label, asked.address(sort=sort.value, dir=turned), order, number=number, extra=extra
        )

    return [
        heading(_("Watch"), Sort.NAME),
        heading(_("Reference"), extra=True),
        heading(_("Collection"), extra=True),
        heading(pgettext("heading", "Bought"), Sort.PURCHASED, extra=True),
        heading(_("Cost, {currency}", currency=currency), Sort.COST, extra=True),
        heading(_("Value, {currency}", currency=currency), Sort.VALUE),
        heading(pgettext("heading", "Valued"), extra=True),
        heading(_("Gain, {currency}", currency=currency), Sort.GAIN, extra=True),
        heading(_("Return"), Sort.RETURN),
    ]


def line(row: WatchRow, currency: str, searched: str | None, today: date) -> TableRow:
    """A watch in the table."""

    def amount(number: Decimal | None, *, signed: bool = False, missing: str = "") -> Cell:
        whole = say.money(number, currency, cents=False, signed=signed)
        tone = say.tone(number) if signed else "muted" if missing else ""
        exact = "" if number is None else say.money(number, currency, cents=True, signed=signed)
        bare = whole.replace(f"{currency}{say.SPACE}", "").replace(f"{say.SPACE}{currency}", "")
        return Cell(bare, tone, missing or exact)

    why, plain = _why(row), overview.card(row, currency)
    is_stale = row.valued_on is not None and today - row.valued_on > STALE
    return TableRow(
        f"/watch?id={row.watch_id}",
        _hits(row.brand, searched),
        _hits(row.model, searched),
        plain.mark,
        [
            Cell(_hits(row.reference, searched) if row.reference else say.ABSENT),
            Cell(row.collection or say.ABSENT),
            Cell(say.day(row.purchased_on)),
            amount(row.cost, missing=_("No purchase price") if row.cost is None else ""),
            amount(row.value, missing=why),
            Cell(
                say.ago(row.valued_on, today),
                "accent" if is_stale else "" if row.valued_on else "muted",
                say.day(row.valued_on) if row.valued_on else why,
            ),
            amount(row.gain, signed=True, missing="" if row.gain is not None else _(NEEDS_BOTH)),
            Cell(say.percent(row.return_fraction, signed=True), say.tone(row.return_fraction)),
        ],
        photo_url(row.cover, "thumb"),
    )


def _hits(text: str, searched: str | None) -> Safe:
    return marked_at(text, spans(text, searched))


def _why(row: WatchRow) -> str:
    """Why there is no value of a market; empty when there is one."""
    if row.status in {Status.SOLD, Status.GIFTED, Status.LOST}:
        return _("Not in the collection any more")
    if row.value_amount is None:
        return _("No value yet")
    if row.value is None:
        return _("No exchange rate for {currency}", currency=row.value_currency)
    return "" if row.valued_on else _("At cost")


def about(rows: Sequence[WatchRow]) -> str:
    """What the table is, for who can't see it."""
    return _("Watches, {number} on this page", number=len(rows))

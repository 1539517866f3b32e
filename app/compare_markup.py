"""The HTML of a comparison: one table, a column a watch; and the bar to choose watches with.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
Links inside ``st-key-stay`` leave the page where it is scrolled to (app/assets/links.js).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.language import N_, _
from app.list_markup import Link
from app.markup import Safe, Tone, fill, join, leads_to, photo


@dataclass(frozen=True)
class Head:
    """The top of a column: a watch, its photo, the way to it and the way out of the comparison."""

    href: str
    brand: str
    model: str
    detail: str
    photo_url: str | None
    colours: tuple[str, str]  # of its line in the chart: light, dark
    remove_href: str


@dataclass(frozen=True)
class Fact:
    """What is known of a watch in a row; ``detail`` says more, or why nothing is known.

    ``hint`` shows on hover and is read out.
    """

    text: str
    detail: str = ""
    hint: str = ""
    tone: Tone = ""
    best: bool = False


@dataclass(frozen=True)
class FactRow:
    """A fact of each watch, in the order of the columns."""

    label: str
    facts: Sequence[Fact]
    differs: bool = False


@dataclass(frozen=True)
class FactGroup:
    """Rows under a heading."""

    title: str
    rows: Sequence[FactRow]


def comparison(caption: str, heads: Sequence[Head], groups: Iterable[FactGroup]) -> Safe:
    """Watches side by side; the names and the labels stay in view while the rest scrolls."""
    return fill(
        '<div class="cb-compare" tabindex="0" role="region" aria-label="{caption}" '
        'style="--watches:{number}"><table><caption>{caption}</caption>'
        '<thead><tr class="cb-compare-photos"><td></td>{shots}</tr>'
        '<tr class="cb-names"><td>{key}</td>{heads}</tr></thead>{groups}</table></div>',
        caption=caption,
        number=len(heads),
        key=_key(len(heads)),
        shots=join(map(_shot, heads)),
        heads=join(map(_head, heads)),
        groups=join(_group(group, len(heads)) for group in groups),
    )


def ticked(brand: str, *, chosen: bool) -> Safe:
    """A brand with the mark of a choice before it; CSS puts it into the corner of a card."""
    return fill(
        '<span class="cb-tick {state}" role="img" aria-label="{said}"></span>{brand}',
        state="chosen" if chosen else "",
        said=_("Chosen") if chosen else _("Not chosen"),
        brand=brand,
    )


def choice_bar(said: str, chosen: Iterable[Link], go: Link | None, leave: Link) -> Safe:
    """What is chosen so far, each with the way to take it out, and the way to compare them."""
    chips = join(
        fill(
            '<li><a class="cb-chip" href="{href}" aria-label="{label}"><span>{text}</span>'
            '<span class="cb-icon" aria-hidden="true">close</span></a></li>',
            href=leads_to(one.href),
            label=_("Take out {watch}", watch=one.text),
            text=one.text,
        )
        for one in chosen
    )
    onward = (
        fill('<a class="cb-go" href="{href}">{text}</a>', href=leads_to(go.href), text=go.text)
        if go
        else Safe("")
    )
    return fill(
        '<div class="cb-compare-bar"><span role="status">{said}</span>'
        '<ul class="st-key-stay">{chips}</ul><span class="cb-ways"><span class="st-key-stay">'
        '<a class="cb-step" href="{href}">{leave}</a></span>{onward}</span></div>',
        said=said,
        chips=chips,
        href=leads_to(leave.href),
        leave=leave.text,
        onward=onward,
    )


def _key(watches: int) -> Safe:
    """What the marks mean; one watch alone has none."""
    if watches < 2:  # noqa: PLR2004  (nothing to differ from)
        return Safe("")
    return fill(
        '<span class="cb-key"><span class="cb-differs" aria-hidden="true"></span> {differs}</span>'
        '<span class="cb-key"><span class="cb-icon cb-best" aria-hidden="true">star</span> {best}'
        '<span class="cb-help cb-icon" tabindex="0" role="note" aria-label="{help}" '
        'data-help="{help}">info</span></span>',
        differs=_("differs"),
        best=_("best"),
        help=_(BEST_HELP),
    )


BEST_HELP = N_(
    "Marked as best: the highest value, gain, return, water resistance and power reserve. "
    "For size, price and taste there is no best."
)


def _shot(head: Head) -> Safe:
    """The photo leads to the watch like its name; so who can't see it is told only once."""
    return fill(
        '<td><div class="cb-compare-photo"><a href="{href}" tabindex="-1" '
        'aria-hidden="true">{photo}</a>'
        '<span class="st-key-stay"><a class="cb-out" href="{out}" title="{remove}" '
        'aria-label="{label}"><span class="cb-icon" aria-hidden="true">close</span>'
        "</a></span></div></td>",
        href=leads_to(head.href),
        photo=photo(head.photo_url, ""),
        out=leads_to(head.remove_href),
        remove=_("Remove"),
        label=_("Remove {watch}", watch=f"{head.brand} {head.model}"),
    )


def _head(head: Head) -> Safe:
    light, dark = head.colours
    return fill(
        '<th scope="col"><a class="cb-of" href="{href}"><span class="cb-brand">{brand}</span> '
        '<span class="cb-model">{model}</span></a><span class="cb-quiet">{detail}</span>'
        '<span class="cb-hue" style="--hue:light-dark({light}, {dark})"></span></th>',
        href=leads_to(head.href),
        brand=head.brand,
        model=head.model,
        detail=head.detail,
        light=light,
        dark=dark,
    )


def _group(group: FactGroup, columns: int) -> Safe:
    return fill(
        '<tbody><tr class="cb-section"><th scope="rowgroup" colspan="{span}"><span>{title}</span>'
        "</th></tr>{rows}</tbody>",
        span=columns + 1,
        title=group.title,
        rows=join(map(_row, group.rows)),
    )


def _row(row: FactRow) -> Safe:
    mark = fill(
        '<span class="cb-differs" role="img" aria-label="{said}"></span>', said=_("differs")
    )
    return fill(
        '<tr><th scope="row"><span>{label}</span>{mark}</th>{facts}</tr>',
        label=row.label,
        mark=mark if row.differs else Safe(""),
        facts=join(map(_fact, row.facts)),
    )


def _fact(fact: Fact) -> Safe:
    star = fill(
        '<span class="cb-icon cb-best" role="img" aria-label="{said}">star</span>', said=_("best")
    )
    detail = fill('<span class="cb-detail">{detail}</span>', detail=fact.detail)
    return fill(
        '<td class="{best}"{hint}><span class="{tone}">{text}</span>{star}{detail}</td>',
        best="best" if fact.best else "",
        hint=fill(' title="{hint}"', hint=fact.hint) if fact.hint else Safe(""),
        tone=fact.tone,
        text=fact.text,
        star=star if fact.best else Safe(""),
        detail=detail if fact.detail else Safe(""),
    )

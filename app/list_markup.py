"""The HTML of the list of watches: what is filtered, the table, the way to the next page.

As in app/markup.py everything is escaped by ``fill``; app/ui.py puts the results on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.language import _, pgettext
from app.markup import Safe, Tone, fill, join, leads_to, photo


@dataclass(frozen=True)
class Link:
    """A word that leads somewhere."""

    text: str
    href: str


@dataclass(frozen=True)
class Column:
    """A column of the table; with ``href`` its heading sorts by it."""

    label: str
    href: str = ""
    sorted: str = ""  # "ascending", "descending"; empty: not by this one
    number: bool = False  # stands at the right
    extra: bool = False  # only where there is room


@dataclass(frozen=True)
class Cell:
    """What stands in a column; ``hint`` shows on hover and is read out."""

    text: str
    tone: Tone = ""
    hint: str = ""


@dataclass(frozen=True)
class TableRow:
    """A line of the table: its name is the link, and the whole line with it; or none of it is."""

    href: str
    brand: str
    model: str
    mark: str = ""
    cells: Sequence[Cell] = field(default_factory=tuple)
    photo_url: str | None = None


@dataclass(frozen=True)
class Group:
    """A collection in a list: the line leads to its watches, ``edit_href`` to its form, if any."""

    href: str
    name: str
    colour: str  # as in data/collections.py
    detail: str = ""
    text: str = ""
    edit_href: str = ""


def groups(items: Iterable[Group]) -> Safe:
    """A light list of collections, each with its colour."""
    return fill('<ul class="cb-rows cb-groups">{items}</ul>', items=join(map(_group, items)))


def _group(group: Group) -> Safe:
    edit = fill(
        '<a class="cb-step" href="{href}" aria-label="{name}">{edit}</a>',
        href=leads_to(group.edit_href),
        name=_("Edit {name}", name=group.name),
        edit=pgettext("verb", "Edit"),
    )
    return fill(
        '<li><a class="cb-row" href="{href}"><span class="cb-dot {colour}"></span>'
        '<span class="cb-what"><span>{name}</span><span class="cb-quiet">{detail}</span></span>'
        '<span class="cb-so"><span class="cb-quiet">{text}</span></span></a>{edit}</li>',
        href=leads_to(group.href),
        colour=group.colour,
        name=group.name,
        detail=group.detail,
        text=group.text,
        edit=edit if group.edit_href else Safe(""),
    )


def marked_at(text: str, spans: Iterable[tuple[int, int]]) -> Safe:
    """The text with these parts of it in ``<mark>``; spans in order, none over another."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [
            fill("{text}", text=text[done:start]),
            fill("<mark>{text}</mark>", text=text[start:end]),
        ]
        done = end
    return join([*pieces, fill("{text}", text=text[done:])])


def summary(said: str, chips: Sequence[Link], clear: str, tail: Iterable[Safe] = ()) -> Safe:
    """How many there are, and what they are filtered by; a chip takes its filter away."""
    each = (
        fill(
            '<li><a class="cb-chip" href="{href}" aria-label="{name}">{text}'
            '<span class="cb-icon" aria-hidden="true">close</span></a></li>',
            href=leads_to(chip.href),
            name=_("Remove filter {text}", text=chip.text),
            text=chip.text,
        )
        for chip in chips
    )
    all_of_them = fill(
        '<li><a class="cb-clear" href="{href}">{text}</a></li>',
        href=leads_to(clear),
        text=_("Clear all"),
    )
    return fill(
        '<div class="cb-summary"><span role="status">{said}</span>{chips}{tail}</div>',
        said=said,
        tail=join(tail),
        chips=fill("<ul>{each}{clear}</ul>", each=join(each), clear=all_of_them)
        if chips
        else Safe(""),
    )


def links(items: Iterable[Link]) -> Safe:
    """Ways on, side by side in the middle."""
    each = (
        fill('<a class="cb-step" href="{href}">{text}</a>', href=leads_to(i.href), text=i.text)
        for i in items
    )
    return fill('<p class="cb-links">{each}</p>', each=join(each))


def copy_link(text: str, said: str, failed: str) -> Safe:
    """A button that copies the address; what it says then is read out too (assets/links.js)."""
    return fill(
        '<a class="cb-copy" role="button" href="#copy" data-said="{said}" data-failed="{failed}">'
        '<span class="cb-icon" aria-hidden="true">link</span><span>{text}</span></a>',
        said=said,
        failed=failed,
        text=text,
    )


def contents(name: str, items: Iterable[tuple[str, str, bool]]) -> Safe:
    """Chapters as a list of links (text, href, whether it is the one shown)."""
    each = (
        fill(
            '<li><a href="{href}"{here}>{text}</a></li>',
            href=leads_to(href),
            here=Safe(' aria-current="page"') if shown else Safe(""),
            text=text,
        )
        for text, href, shown in items
    )
    template = '<nav aria-label="{name}"><ul class="cb-contents">{each}</ul></nav>'
    return fill(template, name=name, each=join(each))


def facts(pairs: Iterable[tuple[str, str]]) -> Safe:
    """A definition list in as many columns as fit."""
    items = (
        fill("<div><dt>{label}</dt><dd>{text}</dd></div>", label=label, text=text)
        for label, text in pairs
    )
    return fill('<dl class="cb-facts">{items}</dl>', items=join(items))


def pager(said: str, before: Link | None, after: Link | None) -> Safe:
    """Where in the list this page stands, between the way back and the way on."""

    def step(link: Link | None, icon: str) -> Safe:
        if link is None:
            return Safe("<span></span>")
        template = '<a class="cb-step" href="{href}">{first}{text}{last}</a>'
        sign = fill('<span class="cb-icon" aria-hidden="true">{icon}</span>', icon=icon)
        back = icon == "chevron_left"
        return fill(
            template,
            href=leads_to(link.href),
            text=link.text,
            first=sign if back else Safe(""),
            last=Safe("") if back else sign,
        )

    return fill(
        '<nav class="cb-pager" aria-label="{name}">{before}<span>{said}</span>{after}</nav>',
        name=_("Pages"),
        before=step(before, "chevron_left"),
        said=said,
        after=step(after, "chevron_right"),
    )


def table(caption: str, columns: Sequence[Column], rows: Iterable[TableRow]) -> Safe:
    """A dense table; the first column names the watch, the others are the cells in order."""
    lines = list(rows)
    pictured = any(row.photo_url for row in lines)
    return fill(
        '<div class="cb-scroll" tabindex="0" role="region" aria-label="{caption}">'
        '<table class="cb-table"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        "<tbody>{body}</tbody></table></div>",
        caption=caption,
        head=join(_heading(column) for column in columns),
        body=join(_line(row, columns[1:], pictured=pictured) for row in lines),
    )


def _heading(column: Column) -> Safe:
    arrow = {"ascending": "arrow_upward", "descending": "arrow_downward"}.get(column.sorted)
    sign = fill('<span class="cb-icon" aria-hidden="true">{icon}</span>', icon=arrow or "")
    label = fill("{label}", label=column.label)
    if column.href:
        label = fill(
            '<a href="{href}">{label}{sign}</a>',
            href=leads_to(column.href),
            label=column.label,
            sign=sign if arrow else Safe(""),
        )
    return fill(
        '<th scope="col" class="{place}"{order}>{label}</th>',
        place=_place(column),
        order=fill(' aria-sort="{order}"', order=column.sorted) if column.sorted else Safe(""),
        label=label,
    )


def _line(row: TableRow, columns: Sequence[Column], *, pictured: bool) -> Safe:
    cells = (
        fill(
            '<td class="{place} {tone}"{hint}>{text}</td>',
            place=_place(column),
            tone=cell.tone,
            hint=fill(' title="{hint}"', hint=cell.hint) if cell.hint else Safe(""),
            text=cell.text,
        )
        for column, cell in zip(columns, row.cells, strict=True)
    )
    badge = fill('<span class="cb-badge">{mark}</span>', mark=row.mark) if row.mark else Safe("")
    brand = fill('<span class="cb-brand">{brand}</span>', brand=row.brand)
    model = fill('<span class="cb-model">{model}</span>', model=row.model)
    name = join([brand, model]) if row.brand else model
    if row.href:
        name = fill('<a href="{href}">{name}</a>', href=leads_to(row.href), name=name)
    template = '<div class="cb-with-photo">{photo}<div>{named}</div></div>'
    named = join([name, badge])
    if pictured:
        named = fill(template, photo=photo(row.photo_url, ""), named=named)
    return fill('<tr><th scope="row">{named}</th>{cells}</tr>', named=named, cells=join(cells))


def _place(column: Column) -> str:
    return f"{'number' if column.number else ''} {'extra' if column.extra else ''}".strip()

"""The HTML of shared pages; ``fill`` escapes everything, as in app/markup.py. No scripts."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from app import language, palette
from app.language import _, pgettext
from app.markup import Safe, fill, join
from app.palette import Palette

ASSETS = Path(__file__).parent / "assets"
ICON = (ASSETS / "favicon.svg").read_text("utf-8")
DIAL = (ASSETS / "dial.svg").read_text("utf-8")


@dataclass(frozen=True)
class Picture:
    """A photo in two sizes, and what it shows."""

    small: str
    large: str
    alt: str


@dataclass(frozen=True)
class Tile:
    """An amount under its label."""

    label: str
    text: str
    detail: str = ""
    tone: str = ""  # of the text


@dataclass(frozen=True)
class Paper:
    """A document to download."""

    href: str
    title: str
    detail: str


@dataclass(frozen=True)
class SharedCard:
    """A watch among others: its photo, its name, and lines under it."""

    picture: Picture | None
    brand: str
    model: str
    lines: Sequence[str]


def _colours(colours: Palette) -> str:
    names = [f.name for f in fields(Palette) if f.name not in {"mode", "categorical", "sequential"}]
    return " ".join(f"--{name}: {getattr(colours, name)};" for name in names)


CSS = (
    f":root {{ color-scheme: light dark; {_colours(palette.LIGHT)} }}\n"
    f"@media (prefers-color-scheme: dark) {{ :root {{ {_colours(palette.DARK)} }} }}\n"
    + (ASSETS / "share" / "share.css").read_text("utf-8")
)
STYLE = f"/share/{hashlib.sha256(CSS.encode()).hexdigest()[:12]}.css"
ICON_AT, DIAL_AT = "/share/icon.svg", "/share/dial.svg"
SPOKEN = {"en": "en-GB"}  # a language as HTML names it, where that says more


def page(title: str, preview: str, body: Iterable[Safe], footing: Iterable[str] = ()) -> Safe:
    """The whole page; ``preview`` is what a message with the link shows, empty for nothing."""
    told = (
        '<meta property="og:title" content="{preview}"><meta property="og:type" content="website">'
    )
    return fill(
        '<!doctype html><html lang="{spoken}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow"><meta name="color-scheme"'
        ' content="light dark">{told}<link rel="icon" href="{icon}"><link rel="stylesheet"'
        ' href="{style}"></head><body><main>{body}</main><footer>{lines}'
        "<p>{made_by}</p></footer></body></html>",
        spoken=SPOKEN.get(language.reader().language, language.reader().language),
        title=title, icon=ICON_AT, style=STYLE, body=join(body),
        made_by=_("Shared from Caseback."),
        told=fill(told, preview=preview) if preview else Safe(""),
        lines=join(fill("<p>{line}</p>", line=line) for line in footing),
    )  # fmt: skip


def heading(small: str, large: str, detail: str = "") -> Safe:
    """What the page is about."""
    return fill(
        "<header>{small}<h1>{large}</h1>{detail}</header>",
        small=fill('<p class="brand">{text}</p>', text=small) if small else Safe(""),
        large=large,
        detail=fill('<p class="quiet">{text}</p>', text=detail) if detail else Safe(""),
    )


def pictures(photos: Sequence[Picture]) -> Safe:
    """The first photo large, the others in a row under it; each leads to its full size."""
    if not photos:
        return fill('<p class="quiet">{said}</p>', said=_("There is no photo yet."))
    first, *rest = photos
    others = join(_linked(one) for one in rest)
    return fill(
        '<section class="photos" aria-label="{name}"><a class="large" href="{large}">'
        '<img src="{large}" alt="{alt}"></a>{others}</section>',
        name=_("Photos"), large=first.large, alt=first.alt,
        others=fill('<div class="row">{others}</div>', others=others) if rest else Safe(""),
    )  # fmt: skip


def tiles(items: Iterable[Tile]) -> Safe:
    """Amounts side by side."""
    each = join(
        fill(
            '<div><dt>{label}</dt><dd class="{tone}">{text}</dd>'
            '<dd class="quiet">{detail}</dd></div>',
            label=one.label, text=one.text, detail=one.detail, tone=one.tone,
        )
        for one in items
    )  # fmt: skip
    return fill('<dl class="tiles">{each}</dl>', each=each) if each else Safe("")


def facts(pairs: Iterable[tuple[str, str]]) -> Safe:
    """Label and text."""
    each = join(
        fill("<div><dt>{label}</dt><dd>{text}</dd></div>", label=label, text=text)
        for label, text in pairs
    )
    return fill('<dl class="facts">{each}</dl>', each=each) if each else Safe("")


def papers(items: Iterable[Paper]) -> Safe:
    """Documents, each a download."""
    each = join(
        fill(
            '<li><a href="{href}" download>{title}</a><span class="quiet">{detail}</span></li>',
            href=one.href, title=one.title, detail=one.detail,
        )
        for one in items
    )  # fmt: skip
    if not each:
        return Safe("")
    return fill('<h2>{title}</h2><ul class="papers">{each}</ul>', title=_("Documents"), each=each)


def cards(items: Iterable[SharedCard]) -> Safe:
    """Watches in a grid."""
    return fill('<ul class="cards">{each}</ul>', each=join(map(_card, items)))


def side_by_side(
    caption: str, heads: Sequence[SharedCard], rows: Iterable[tuple[str, Sequence[str]]]
) -> Safe:
    """A column for each watch; the label of a fact stands above its line."""
    across = str(len(heads))
    lines = join(
        fill(
            '<tbody><tr class="label"><th scope="rowgroup" colspan="{across}">{label}</th></tr>'
            "<tr>{cells}</tr></tbody>",
            across=across, label=label,
            cells=join(fill("<td>{text}</td>", text=text) for text in texts),
        )
        for label, texts in rows
    )  # fmt: skip
    names = join(
        fill(
            '<th scope="col">{photo}<span class="brand">{brand}</span>{model}</th>',
            photo=_linked(one.picture), brand=one.brand, model=one.model,
        )
        for one in heads
    )  # fmt: skip
    return fill(
        '<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table>'
        '<caption class="hidden">{caption}</caption><thead><tr>{names}</tr></thead>{lines}'
        "</table></div>",
        caption=caption, names=names, lines=lines,
    )  # fmt: skip


def pager(said: str, before: str, after: str) -> Safe:
    """Where in a long list this is, and the way on."""
    ways = [(_("Earlier ones"), before), (_("More watches"), after)]
    links = join(fill('<a href="{href}">{text}</a>', href=at, text=text) for text, at in ways if at)
    return fill('<nav class="pager"><span>{said}</span>{links}</nav>', said=said, links=links)


def ask(sentence: str) -> Safe:
    """The form for the password; ``sentence``: what was wrong with the last one."""
    told = Safe("")
    if sentence:
        told = fill('<p class="wrong" id="wrong" role="alert">{text}</p>', text=sentence)
    body = fill(
        '<form method="post"><h1>{title}</h1>'
        '<p class="quiet">{hint}</p><label for="password">{label}</label>'
        '<input id="password" name="password" type="password" required maxlength="72" autofocus'
        ' autocomplete="off" aria-describedby="wrong">{told}<button>{go}</button></form>',
        title=_("This link asks for a password"),
        hint=_("Who sent it to you knows it."),
        label=_("Password"),
        told=told,
        go=pgettext("verb", "Open"),
    )
    return page(_("Shared with you"), "", [body])


def nothing() -> Safe:
    """For every link that does not work, whatever the reason."""
    said = _("It may be incomplete, or not in use any more. Ask who sent it to you for another.")
    title = _("There is nothing here")
    return page(title, "", [heading("", _("This link does not work"), said)])


def away(sentence: str) -> Safe:
    """While PostgreSQL does not answer."""
    return page(_("Not now"), "", [heading("", _("This page can't be shown now"), sentence)])


def _card(card: SharedCard) -> Safe:
    return fill(
        '<li>{photo}<span class="brand">{brand}</span><b>{model}</b>{lines}</li>',
        photo=_linked(card.picture), brand=card.brand, model=card.model,
        lines=join(fill('<span class="quiet">{text}</span>', text=text) for text in card.lines),
    )  # fmt: skip


def _linked(photo: Picture | None) -> Safe:
    if photo is None:
        return Safe('<span class="blank" aria-hidden="true"></span>')
    return fill(
        '<a href="{large}"><img src="{small}" alt="{alt}" loading="lazy" decoding="async"></a>',
        large=photo.large, small=photo.small, alt=photo.alt,
    )  # fmt: skip

"""Analytics, allocation: what the value is made of, as a treemap of watches and as bars."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import plotly.graph_objects as go
import streamlit as st

from app import choice, language, overview_charts, palette, ui
from app import format as say
from app.analytics_asked import Asked, holdings_of
from app.cache import cached_figure
from app.chart_layout import FACE, TEXT, as_text
from app.language import N_, _, pgettext
from app.overview_markup import Bar
from app.palette import Palette
from app.watch_words import STATUSES
from data.analytics import Holding
from data.figures import Slice
from data.watches import Status

HEIGHT, MOST = 440, 80  # px; tiles of the treemap, the smallest as one
BANDS = (1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000)
DECADE = 10
COST_OF = "status"  # what is gone has no value: this one divides the cost
UNKNOWN = {
    "brand": N_("No brand"),
    "collection": N_("No collection"),
    "movement": N_("Movement not known"),
    "material": N_("Material not known"),
    "decade": N_("Year not known"),
    "currency": N_("No currency"),
}


def _decade(one: Holding) -> str | None:
    year = one.production_year
    return None if year is None else _("{decade}s", decade=year // DECADE * DECADE)


def _status(one: Holding) -> str:
    return _(STATUSES[Status(one.status)])


DIVISIONS: dict[str, Callable[[Holding], str | None]] = {
    "brand": lambda one: one.brand,
    "collection": lambda one: one.collection,
    "movement": lambda one: _(one.movement or ""),
    "material": lambda one: one.material,
    "decade": _decade,
    "price": lambda one: one.model,  # replaced by ``band``, which needs the currency
    "currency": lambda one: one.value_currency,
    "status": _status,
}
NAMES = {  # on the buttons
    "brand": N_("brand"),
    "collection": N_("collection"),
    "movement": N_("movement"),
    "material": N_("material"),
    "decade": N_("decade"),
    "price": "",  # see names
    "currency": N_("currency"),
    "status": N_("status"),
}
WORDS = NAMES | {  # in a sentence
    "material": N_("case material"),
    "price": N_("value of a watch"),
    "decade": N_("decade of production"),
}


def tab(asked: Asked) -> None:
    """The choice of a division, the answer in words, treemap and bars."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        ui.heading(_("What it is made of"))
        by = choice.buttons(_("Allocation by"), names(), "by", "brand")
    slices = divided(holdings_of(asked), by, asked.currency)
    parts = overview_charts.parts(slices)
    if not parts:
        ui.empty(_("Nothing to divide yet"), _("Give your watches a value or a purchase price."))
        return
    st.markdown(ui.plain(answer(slices, by, asked)))
    with st.container(key="wide_columns"):
        left, right = st.columns([3, 2], gap="large")
        with left:
            figure = cached_figure(treemap, asked, by, palette.current())
            ui.chart(figure, alt=_alt(by), key="treemap")
        with right:
            longest = max(part.share for part in parts)
            counts = {one.label: one.watches for one in slices}
            ui.bars(
                _("Share by {division}", division=names()[by]),
                [
                    Bar(
                        f"{part.label} ({say.number(counts[part.label])})",
                        say.money(part.amount, asked.currency),
                        say.percent(part.share),
                        part.share / longest,
                    )
                    for part in parts
                ],
            )
    st.caption(_rounding(by))


def names() -> dict[str, str]:
    """What stands on the buttons; "price" is also the one of "1 price", hence its context."""
    found = {key: _(name) for key, name in NAMES.items()}
    return found | {"price": pgettext("allocation", "price")}


def divided(held: Sequence[Holding], by: str, currency: str) -> list[Slice]:
    """What each part amounts to, from most to least; what is in none is named so."""
    sums: dict[str, tuple[Decimal, int]] = {}
    for one in held:
        amount = one.cost if by == COST_OF else one.value
        if amount is None:
            continue
        label = _label(one, by, currency)
        total, watches = sums.get(label, (Decimal(), 0))
        sums[label] = (total + amount, watches + 1)
    found = [Slice(label, None, amount, n) for label, (amount, n) in sums.items()]
    return sorted(found, key=lambda one: (-one.amount, one.label or ""))


def band(value: Decimal, currency: str) -> str:
    """The price band of a watch in the display currency."""
    place = next((at for at, limit in enumerate(BANDS) if value < limit), len(BANDS))
    if language.reader().hides_amounts:  # bands are amounts too
        return _("Band {number}", number=place + 1)
    if place == len(BANDS):
        return _("{amount} and more", amount=say.money(Decimal(BANDS[-1]), currency))
    if not place:
        return _("Under {amount}", amount=say.money(Decimal(BANDS[0]), currency))
    low, high = say.money(Decimal(BANDS[place - 1]), currency), say.number(BANDS[place])
    return _("{amount} to {number}", amount=low, number=high)


def answer(slices: Sequence[Slice], by: str, asked: Asked) -> str:
    """The largest part in words."""
    total = sum((one.amount for one in slices), Decimal())
    first = slices[0]
    share = say.percent(first.amount / total) if total else say.ABSENT
    amount = say.money(first.amount, asked.currency)
    values = {
        "label": first.label,
        "share": share,
        "amount": amount,
        "division": _(WORDS[by]),
        "parts": say.count(len(slices), "part", "parts"),
    }
    if by == COST_OF:
        return _(
            "{label} is {share} of what was paid, {amount}; by {division} there are {parts}.",
            **values,
        )
    return _(
        "{label} is {share} of the value, {amount}; by {division} there are {parts}.", **values
    )


def treemap(asked: Asked, by: str, palette: Palette) -> go.Figure:
    """A tile a watch within its part, sized by value; the smallest of a part are one tile."""
    held = [one for one in holdings_of(asked) if _amount(one, by)]
    held.sort(key=lambda one: -(_amount(one, by) or 0))
    order = [one.label for one in divided(held, by, asked.currency)]
    ids, labels, parents, values, colours, texts = [], [], [], [], [], []
    for place, part in enumerate(order):
        of_part = [one for one in held if _label(one, by, asked.currency) == part]
        total = sum((_amount(one, by) or Decimal() for one in of_part), Decimal())
        shade = palette.sequential[max(5 - place, 1)]
        ids.append(f"part {place}")
        labels.append(as_text(str(part)))
        parents.append("")
        values.append(float(total))
        colours.append(shade)
        texts.append(say.money(total, asked.currency))
        room = max(MOST // len(order), 3)
        shown, rest = of_part[:room], of_part[room:]
        tiles = [(f"{one.brand} {one.model}", _amount(one, by) or Decimal()) for one in shown]
        if rest:
            amount = sum((_amount(one, by) or Decimal() for one in rest), Decimal())
            tiles.append((say.count(len(rest), "more watch", "more watches"), amount))
        for number, (name, amount) in enumerate(tiles):
            ids.append(f"tile {place} {number}")
            labels.append(as_text(name))
            parents.append(f"part {place}")
            values.append(float(amount))
            colours.append(shade)
            texts.append(say.money(amount, asked.currency))
    if language.reader().hides_amounts:
        whole = sum(float(_amount(one, by) or 0) for one in held) or 1
        values = [value / whole for value in values]
    figure = go.Figure(
        go.Treemap(
            ids=ids,
            labels=labels,
            parents=parents,
            values=values,
            text=texts,
            branchvalues="total",
            marker={"colors": colours, "line": {"color": palette.background, "width": 1.5}},
            tiling={"pad": 1},
            marker_pad={"t": 24, "l": 2, "r": 2, "b": 2},
            pathbar={"visible": False},
            textfont={"family": FACE, "size": TEXT},
            texttemplate="%{label}<br>%{text}",
            hovertemplate="%{label}<br><b>%{text}</b> (%{percentRoot:.1%})<extra></extra>",
        )
    )
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        uniformtext={"minsize": 11, "mode": "hide"},
        hoverlabel={
            "bgcolor": palette.surface,
            "bordercolor": palette.border,
            "font": {"family": FACE, "size": TEXT, "color": palette.text},
        },
    )
    return figure


def _label(one: Holding, by: str, currency: str) -> str:
    if by == "price":
        return band(one.value or Decimal(), currency)
    return DIVISIONS[by](one) or _(UNKNOWN[by])


def _amount(one: Holding, by: str) -> Decimal | None:
    return one.cost if by == COST_OF else one.value


def _alt(by: str) -> str:
    division = _(WORDS[by])
    if by == COST_OF:
        return _(
            "Treemap of what was paid, also for what is gone by {division}.", division=division
        )
    return _("Treemap of the value by {division}.", division=division)


def _rounding(by: str) -> str:
    whole = say.percent(1)
    if by == COST_OF:
        return _(
            "Shares of what was paid, also for what is gone, rounded so that they add up to "
            "{whole}. In brackets: watches.",
            whole=whole,
        )
    return _(
        "Shares of the value, rounded so that they add up to {whole}. In brackets: watches.",
        whole=whole,
    )

"""Analytics, allocation: what the value is made of, as a treemap of watches and as bars."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import plotly.graph_objects as go
import streamlit as st

from app import format as say
from app import overview_charts, palette, ui
from app.analytics_asked import Asked, holdings_of
from app.cache import cached_figure
from app.chart_layout import FACE, TEXT, as_text
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
    "brand": "No brand",
    "collection": "No collection",
    "movement": "Movement not known",
    "material": "Material not known",
    "decade": "Year not known",
    "currency": "No currency",
}


def _decade(one: Holding) -> str | None:
    year = one.production_year
    return None if year is None else f"{year // DECADE * DECADE}s"


def _status(one: Holding) -> str:
    return STATUSES[Status(one.status)]


DIVISIONS: dict[str, Callable[[Holding], str | None]] = {
    "brand": lambda one: one.brand,
    "collection": lambda one: one.collection,
    "movement": lambda one: one.movement,
    "material": lambda one: one.material,
    "decade": _decade,
    "price": lambda one: one.model,  # replaced by ``band``, which needs the currency
    "currency": lambda one: one.value_currency,
    "status": _status,
}
WORDS = {"material": "case material", "price": "value of a watch", "decade": "decade of production"}


def tab(asked: Asked) -> None:
    """The choice of a division, the answer in words, treemap and bars."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        ui.heading("What it is made of")
        by = st.segmented_control(
            "Allocation by",
            list(DIVISIONS),
            default="brand",
            required=True,
            key="by",
            bind="query-params",
            label_visibility="collapsed",
        )
    by = by or "brand"
    slices = divided(holdings_of(asked), by, asked.currency)
    parts = overview_charts.parts(slices)
    if not parts:
        ui.empty("Nothing to divide yet", "Give your watches a value or a purchase price.")
        return
    st.markdown(ui.plain(answer(slices, by, asked)))
    with st.container(key="wide_columns"):
        left, right = st.columns([3, 2], gap="large")
        with left:
            figure = cached_figure(treemap, asked, by, palette.current())
            ui.chart(figure, alt=f"Treemap of {_what(by)} by {WORDS.get(by, by)}.", key="treemap")
        with right:
            longest = max(part.share for part in parts)
            counts = {one.label: one.watches for one in slices}
            ui.bars(
                f"Share by {by}",
                [
                    Bar(
                        f"{part.label} ({counts[part.label]:,})",
                        say.money(part.amount, asked.currency),
                        say.percent(part.share),
                        part.share / longest,
                    )
                    for part in parts
                ],
            )
    st.caption(
        f"Shares of {_what(by)}, rounded so that they add up to 100.0%. In brackets: watches."
    )


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
    upper = next((limit for limit in BANDS if value < limit), None)
    if upper is None:
        return f"{currency}{say.SPACE}{BANDS[-1]:,} and more"
    place = BANDS.index(upper)
    if not place:
        return f"Under {currency}{say.SPACE}{upper:,}"
    return f"{currency}{say.SPACE}{BANDS[place - 1]:,} to {upper:,}"


def answer(slices: Sequence[Slice], by: str, asked: Asked) -> str:
    """The largest part in words."""
    total = sum((one.amount for one in slices), Decimal())
    first = slices[0]
    share = say.percent(first.amount / total) if total else say.ABSENT
    amount = say.money(first.amount, asked.currency)
    what = "of what was paid" if by == COST_OF else "of the value"
    groups = say.count(len(slices), "part", "parts")
    return f"{first.label} is {share} {what}, {amount}; by {WORDS.get(by, by)} there are {groups}."


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
    return DIVISIONS[by](one) or UNKNOWN[by]


def _amount(one: Holding, by: str) -> Decimal | None:
    return one.cost if by == COST_OF else one.value


def _what(by: str) -> str:
    return "what was paid, also for what is gone" if by == COST_OF else "the value"

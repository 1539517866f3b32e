"""What the trend is compared with: gold, a series of the household, another collection.

Both are indexed: 100 is the first day. The collection's line is its time-weighted return, so that
what was bought or sold moves neither.
"""

from dataclasses import replace
from uuid import UUID

import plotly.graph_objects as go
import streamlit as st

from app import format as say
from app import palette, trend_charts, ui
from app.analytics_asked import Asked, days_of
from app.cache import cached, cached_figure, shared
from app.language import N_, _
from app.palette import Palette
from app.trend_charts import Indexed
from data import benchmarks, collections
from data.calc import performance
from data.calc.missing import Missing
from data.scope import Scope

NONE, OF_COLLECTION = "", "collection:"
OWN = N_("This selection")


def options() -> dict[str, str]:
    """What there is to compare with: what stands in the address → its name."""
    found = {NONE: _("Nothing")}
    if cached(benchmarks.gold_until):
        found[benchmarks.GOLD] = _("Gold")
    found |= {str(one.benchmark_id): one.name for one in cached(benchmarks.every) if one.points}
    return found | {
        f"{OF_COLLECTION}{one.collection_id}": _("Collection {name}", name=one.name)
        for one in cached(collections.every)
    }


def choose() -> str:
    """The choice, bound to ``?against=``; empty: nothing."""
    found = options()
    return st.selectbox(
        _("Compare with"),
        list(found),
        format_func=lambda key: found.get(key, _("Nothing")),
        key="against",
        bind="query-params",
        width=220,
    )


def chart(asked: Asked, against: str) -> None:
    """The two lines, and in words which did better."""
    name = options()[against]
    found = [one for one in (own(asked), other(asked, against, name)) if one]
    lacking = [n for n in (_(OWN), name) if n not in {one.name for one in found}]
    for one in lacking:
        st.caption(ui.plain(_("{name}: nothing is known in this period.", name=one)))
    if not lacking:
        st.markdown(ui.plain(answer(found, asked)))
    figure = cached_figure(drawn, asked, against, name, palette.current())
    ui.chart(figure, alt=answer(found, asked) if not lacking else _("No comparison."), key="trend")


def drawn(asked: Asked, against: str, name: str, palette: Palette) -> go.Figure:
    """The chart of the comparison."""
    found = [one for one in (own(asked), other(asked, against, name)) if one]
    return trend_charts.indexed(found, palette)


def own(asked: Asked) -> Indexed | None:
    """The selection by its time-weighted return; None: there is none in this period."""
    found = performance.time_weighted(days_of(asked))
    if isinstance(found, Missing):
        return None
    points = [(one.day, 100 * (1 + one.total)) for one in found.days if one.day >= found.since]
    return Indexed(_(OWN), points)


def other(asked: Asked, against: str, name: str) -> Indexed | None:
    """What it is compared with; None: nothing is known of it in this period."""
    if against.startswith(OF_COLLECTION):
        scope = Scope(collection_ids=(UUID(against.removeprefix(OF_COLLECTION)),))
        theirs = own(replace(asked, scope=scope))
        return None if theirs is None else Indexed(name, theirs.points)
    over = asked.over
    points = shared(benchmarks.points, against, asked.currency, over.start, over.end)
    if len(points) < 2 or not points[0].amount:  # noqa: PLR2004  (a line has two ends)
        return None
    first = points[0].amount
    levels = [(point.day, float(100 * point.amount / first)) for point in points]
    return Indexed(name, [*levels, (over.end, levels[-1][1])])


def answer(found: list[Indexed], asked: Asked) -> str:
    """Which did better, in words."""
    mine, theirs = (one.points[-1][1] / 100 - 1 for one in found)
    values = {
        "share": say.percent(mine, signed=True),
        "since": asked.over.since,
        "number": say.percent(abs(mine - theirs)).removesuffix("%").rstrip(),
        "name": found[1].name,
        "theirs": say.percent(theirs, signed=True),
    }
    if mine >= theirs:
        return _(
            "{share} {since}: {number} points more than {name} with {theirs}. Both begin at 100; "
            "what was bought or sold does not count as a move.",
            **values,
        )
    return _(
        "{share} {since}: {number} points less than {name} with {theirs}. Both begin at 100; "
        "what was bought or sold does not count as a move.",
        **values,
    )

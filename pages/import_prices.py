"""Import prices: a series for a watch (``?watch=…``), or one to compare with (``?series=…``)."""

from uuid import UUID

import streamlit as st

from app import (
    navigation,
    price_choices,
    price_import,
    price_preview,
    price_source,
    series_import,
    series_list,
    session,
    ui,
)
from app.cache import cached
from app.language import _
from data import benchmarks, watches
from data.benchmarks import Benchmark
from data.calc.price_file import POINTS
from data.errors import NotFoundError
from data.watches import Watch

NEW = "new"
member = session.member()


def asked_watch() -> Watch | None:
    """The watch of the URL; None when it is none of ours, or in the bin."""
    try:
        found = cached(watches.get, UUID(st.query_params.get("watch", "")))
    except (ValueError, NotFoundError):
        return None
    return None if found.deleted_at else found


def for_watch(watch: Watch) -> None:
    """Prices that become recorded values of a watch."""
    ui.page_title(_("Import prices"), _("For {watch}", watch=watch.title))
    st.page_link(
        navigation.WATCH,
        label=_("Back to the watch"),
        icon=":material/arrow_back:",
        query_params={"id": str(watch.watch_id), "tab": "value"},
    )
    source = price_source.choose(price_import.NAME)
    if source is None:
        return
    reading = price_choices.ask(source)
    price_preview.show(reading)
    if reading.accepted:
        price_import.offer(watch, source, reading)


def for_series(old: Benchmark | None) -> None:
    """Prices to compare the collection with."""
    of = _("For the series {name}", name=old.name) if old else _("A series to compare with")
    ui.page_title(_("Import prices"), of)
    st.page_link(
        navigation.BENCHMARKS,
        label=_("Back to the series") if old else _("All series"),
        icon=":material/arrow_back:",
        query_params={"series": str(old.benchmark_id)} if old else None,
    )
    source = price_source.choose(series_import.NAME)
    if source is None:
        return
    currency = (old.currency or POINTS) if old else None
    reading = price_choices.ask(source, series=True, currency=currency)
    price_preview.show(reading)
    if not reading.accepted:
        return
    if old:
        series_import.offer_more(source, reading, old)
    else:
        series_import.offer_new(source, reading)


wanted = st.query_params.get("series", "")
watch = None if wanted else asked_watch()
series = series_list.find(wanted)
if member.role == "viewer":
    ui.page_title(_("Import prices"))
    st.info(_("You can look at this collection. Owners and editors can import prices."))
elif watch:
    for_watch(watch)
elif wanted == NEW or series:
    for_series(series)
elif wanted:
    ui.page_title(
        _(benchmarks.NOT_HERE), _("The link may be incomplete, or from another household.")
    )
    st.page_link(navigation.BENCHMARKS, label=_("All series"), icon=":material/show_chart:")
else:
    ui.page_title(_(watches.NOT_HERE), _("Open a watch, and import prices from its values."))
    st.page_link(navigation.WATCHES, label=_("All watches"), icon=":material/watch:")

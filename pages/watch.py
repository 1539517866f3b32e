"""Watch: one watch, what it is worth and what is known about it. ``/watch?id=…&tab=value``."""

from uuid import UUID

import streamlit as st

from app import (
    amounts,
    elsewhere,
    navigation,
    palette,
    session,
    share_panel,
    ui,
    value_form,
    value_list,
    watch_actions,
    watch_documents,
    watch_facts,
    watch_outlook,
    watch_photos,
    watch_service,
    watch_tiles,
    watch_timeline,
)
from app import watch_values as values
from app.cache import cached, cached_figure
from app.language import N_, _
from data import reference_data
from data.errors import NotFoundError

member = session.member()
today = session.today()
currency = amounts.currency()


def asked() -> values.Worth | None:
    """The watch of the URL; None when it is none of ours."""
    try:
        return values.load(UUID(st.query_params.get("id", "")), currency, today)
    except (ValueError, NotFoundError):
        return None


def head(worth: values.Worth) -> None:
    """Photo, name, badges, the three figures, and what can be done."""
    watch = worth.watch
    with st.container(key="watch_head"):
        photo, rest = st.columns([1, 2], gap="large")
    with photo:
        here = "" if watch.deleted_at else f"/watch?id={watch.watch_id}&tab=photos"
        add = "" if member.role == "viewer" else _("Add a photo")
        ui.portrait(watch.cover, watch.title, here, add)
    with rest:
        nickname = _("“{text}”", text=watch.nickname) if watch.nickname else ""
        detail = " · ".join(filter(None, [watch.reference, nickname]))
        ui.identity(watch.brand, watch.model or "", detail, watch_facts.badges(watch))
        if watch.deleted_at:
            watch_actions.in_the_bin(worth.watch)
            return
        ui.figures(watch_tiles.headline(worth))
        act = watch_actions.to_compare if member.role == "viewer" else watch_actions.bar
        act(watch)


def value_tab(worth: values.Worth) -> None:
    """The line over time, the figures, and every recorded value."""
    tiles, points = watch_tiles.tiles(worth), values.history(worth).points
    only_values = bool(worth.wanted and worth.values)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        title = _("Recorded values") if only_values else _("Value over time")
        st.header(title, anchor=False, width="content")
        with st.container(width=190):
            amounts.choose_currency()
    if len(points) > 1:
        figure = cached_figure(
            values.trend_figure, worth.watch.watch_id, currency, today, palette.current()
        )
        ui.chart(figure, alt=values.describe(worth), key="trend")
    elif not only_values:
        ui.empty(*values.nothing_yet(worth))
    if tiles and points:
        ui.figures(tiles)
    watch_outlook.section(worth)
    if worth.values and not only_values:
        st.header(_("Recorded values"), anchor=False)
    value_list.undo_removal(worth.watch.watch_id)
    value_list.show(worth)


def facts_tab(worth: values.Worth) -> None:
    """What is known, in groups; what is not is named behind the link to add it."""
    names = {choice.key: _(choice.name) for choice in cached(reference_data.complications)}
    groups = watch_facts.groups(worth.watch, names)
    for heading, facts in groups.items():
        if known := [fact for fact in facts if fact[1]]:
            st.header(_(heading), anchor=False)
            ui.facts((_(label), text) for label, text in known)
    if worth.watch.notes:
        st.header(_("Notes"), anchor=False)
        lines = [ui.plain(line.strip()) for line in worth.watch.notes.splitlines()]
        st.markdown("  \n".join(lines))
    missing = watch_facts.unknown(groups)
    if missing and member.role != "viewer":
        st.page_link(
            navigation.EDIT_WATCH,
            label=watch_facts.to_add(missing),
            icon=":material/add:",
            query_params={"id": str(worth.watch.watch_id)},
        )


# As on the page; in small letters as in the URL.
TABS = {
    N_("Value"): value_tab,
    N_("Photos"): watch_photos.tab,
    N_("Service"): watch_service.tab,
    N_("Documents"): watch_documents.tab,
    N_("Facts"): facts_tab,
    N_("Timeline"): watch_timeline.tab,
}


def tabs(worth: values.Worth) -> None:
    """The tabs; the URL says which one is open."""
    wanted = st.query_params.get("tab", "").capitalize()
    session.put("tab", _(wanted if wanted in TABS else "Value"))
    shown = st.tabs([_(name) for name in TABS], key="page.tab", on_change=note_tab)
    for show, tab in zip(TABS.values(), shown, strict=True):
        with tab:
            if tab.open:
                show(worth)


def note_tab() -> None:
    """Put the tab that was clicked into the URL."""
    names = {_(name): name.lower() for name in TABS}
    st.query_params["tab"] = names.get(session.get("tab", ""), "value")


worth = asked()
if worth is None:
    elsewhere.watch()
else:
    st.set_page_config(page_title=worth.watch.title)
    head(worth)
    if not worth.watch.deleted_at:
        tabs(worth)
        value_form.show(worth)
        share_panel.watch(worth.watch)

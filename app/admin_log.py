"""The admin's view of the security log: filters in the address, pages, and a file of it."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from app import auth, paging, security_export, security_words, session, ui
from app import format as say
from app.language import _
from app.security_export import LONGEST, NAMES, read_day, read_filter
from data import security_log
from data.accounts import Member
from data.db import read
from data.security_log import DAYS_KEPT, LogLine

SIZE = 50  # lines a page


def tab(member: Member) -> None:
    """Filters, the lines, and the way to earlier ones."""
    given = {name: st.query_params.get(name, "") for name in NAMES}
    _ask(given)
    asked = read_filter(given, session.time_zone())
    with read(member) as db:
        after = st.query_params.get("after")
        found = security_log.page(db, asked, after, SIZE + 1)
    if not found:
        ui.empty(_("Nothing like that happened"), _("Or it was too long ago."))
    else:
        _table(found[:SIZE])
        _ways(found)
    said = _("Lines are kept for {number} days. The file holds up to {most} of those chosen.",
             number=DAYS_KEPT, most=say.number(security_log.MOST))  # fmt: skip
    st.caption(said)
    chosen = {name: text for name, text in given.items() if text}
    zone = {"zone": str(session.time_zone())}
    ui.download(f"{security_export.PATH}?{urlencode(chosen | zone)}", "security-log.csv")


def _ask(given: Mapping[str, str]) -> None:
    """The filters; the button puts them into the address."""
    if session.get("admin.log", None) != given:  # a link led here, or this very form did
        session.put("admin.log", dict(given))
        for name in NAMES:
            value = read_day(given[name]) if name in ("since", "until") else given[name]
            session.fill(f"log.{name}", value)
        session.fill("log.kind", given["kind"] if given["kind"] in security_words.KINDS else None)
    with (
        st.form("log", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.selectbox(
            _("What"),
            sorted(security_words.KINDS, key=security_words.said),
            format_func=security_words.said,
            placeholder=_("Anything"),
            index=None,
            key="log.kind",
            width=200,
        )
        st.text_input(_("E-mail"), key="log.email", max_chars=LONGEST, width=190)
        st.text_input(_("Address"), key="log.address", max_chars=100, width=130)
        st.date_input(_("From"), None, key="log.since", format="YYYY-MM-DD", width=135)
        st.date_input(_("Until"), None, key="log.until", format="YYYY-MM-DD", width=135)
        pressed = st.form_submit_button(_("Show"))
    if pressed:
        typed = {name: session.held(f"log.{name}", None) for name in NAMES}
        st.query_params.from_dict(
            {"tab": "log"} | {name: str(value).strip() for name, value in typed.items() if value}
        )
        st.rerun()


def _table(lines: list[LogLine]) -> None:
    columns = [
        ui.Column(_("What")),
        ui.Column(_("When")),
        ui.Column(_("Who")),
        ui.Column(_("Address"), extra=True),
        ui.Column(_("Browser"), extra=True),
        ui.Column(_("To whom or what"), extra=True),
    ]
    ui.table(_("Security log"), columns, [_row(one) for one in lines])


def _row(one: LogLine) -> ui.TableRow:
    here = one.happened_at.astimezone(session.time_zone())
    return ui.TableRow(
        href=f"/admin?person={one.user_id}" if one.user_id else "",
        brand="",
        model=security_words.said(one.kind),
        cells=(
            ui.Cell(f"{say.day(here.date())}, {here:%H:%M}"),
            ui.Cell(one.email or ""),
            ui.Cell(one.address),
            ui.Cell(auth.browser_name(one.client) if one.client else "", hint=one.client),
            ui.Cell(one.detail, hint=one.detail),
        ),
    )


def _ways(found: list[LogLine]) -> None:
    """To the newest lines and to earlier ones, where there are any."""
    more = len(found) > SIZE
    newest = (
        ui.Link(_("Newest"), paging.address(after="")) if st.query_params.get("after") else None
    )
    earlier = ui.Link(_("Earlier"), paging.address(after=found[SIZE - 1].cursor)) if more else None
    if newest or earlier:
        ui.pager("", newest, earlier)

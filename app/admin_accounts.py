"""The admin's list of accounts: who may sign in here, and whether others may join."""

import streamlit as st

from app import format as say
from app import paging, session, ui
from app.language import N_, _
from data import accounts, admin
from data.accounts import Member
from data.admin import Account
from data.db import read

SIZE = 50  # accounts a page
STATES = {
    "": N_("All accounts"),
    "active": N_("Not disabled"),
    "admins": N_("Admins"),
    "disabled": N_("Disabled"),
}
LONGEST = 100  # characters that are looked for


def tab(member: Member) -> None:
    """Whether others may join, search, the list."""
    _registration(member)
    given = st.query_params.get("state", "")
    session.fill("admin.state", given if given in STATES else "")
    with st.container(horizontal=True, vertical_alignment="bottom", key="admin_search"):
        typed = st.text_input(
            _("Find an account"),
            key="who",
            bind="query-params",
            type="search",
            max_chars=LONGEST,
            placeholder=_("Name, e-mail or household"),
            on_change=_first_page,
        )
        wanted = st.selectbox(
            _("Which"),
            list(STATES),
            format_func=lambda state: _(STATES[state]),
            key="admin.state",
            width=170,
            on_change=_note_state,
        )
    with read(member) as db:
        count = admin.count(db, typed, wanted or None)
        page = paging.asked("page", count, SIZE)
        found = admin.listed(db, typed, wanted or None, page * SIZE, SIZE)
    if found:
        _table(found, member)
        paging.ways("page", page, count, SIZE)
    else:
        ui.empty(_("No account is like that"), _("Look for less, or for all accounts."))


def _first_page() -> None:
    st.query_params.pop("page", None)


def _note_state() -> None:
    """Put the choice into the URL by its own name, which is the same in every language."""
    session.hold("who")
    _first_page()
    if chosen := session.held("admin.state", ""):
        st.query_params["state"] = chosen
    else:
        st.query_params.pop("state", None)


def _table(found: list[Account], member: Member) -> None:
    columns = [
        ui.Column(_("Name")),
        ui.Column(_("E-mail"), extra=True),
        ui.Column(_("Households"), extra=True),
        ui.Column(_("Second step"), extra=True),
        ui.Column(_("Last seen"), number=True),
    ]
    ui.table(_("Accounts"), columns, [_row(one, member) for one in found])


def _row(one: Account, member: Member) -> ui.TableRow:
    return ui.TableRow(
        href=f"/admin?person={one.user_id}",
        brand="",
        model=_("{name} (you)", name=one.name) if one.user_id == member.user_id else one.name,
        mark=state(one),
        cells=(
            ui.Cell(one.email),
            ui.Cell(", ".join(one.households)),
            ui.Cell(_("on") if one.has_second_step else _("off")),
            ui.Cell(seen(one)),
        ),
    )


def state(one: Account) -> str:
    """What is special about an account, in a word; empty for most."""
    if one.disabled_at:
        return _("Disabled")
    return _("Admin") if one.is_admin else ""


def seen(one: Account) -> str:
    """When they were here last, as far back as sessions are kept."""
    if one.seen_at is None:
        return _("not lately")
    return say.ago(one.seen_at.astimezone(session.time_zone()).date(), session.today())


def _registration(member: Member) -> None:
    """Whether strangers may create an account on this box."""
    with read(member) as db:
        is_open = accounts.registration_is_open(db)
    wanted = st.toggle(
        _("Anyone who can reach this box may create an account"),
        is_open,
        help=_("Each new account starts a household of its own and sees nothing of yours."),
        key="box.registration",
    )
    if wanted != is_open:
        with session.write() as db:
            admin.set_registration(db, member, session.visitor(), is_open=wanted)
        st.toast(_("Registration is open.") if wanted else _("Registration is closed."))

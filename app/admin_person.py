"""One account, as the admin opens it: ``/admin?person=<id>``. Nothing here is done to oneself."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st
from sqlalchemy import Connection

from app import auth, leaving_form, navigation, resets, session, ui
from app import format as say
from app.admin_accounts import seen, state
from app.language import _, pgettext
from data import admin, leaving
from data.accounts import Member
from data.admin import Account
from data.db import read
from data.errors import AppError, NotFoundError

LINK = "admin.link"  # a link for a new password, until the page is left


def asked(member: Member) -> Account | None:
    """The account that the address names; None: none, or one that is gone."""
    with suppress(ValueError):
        user_id = UUID(st.query_params.get("person", ""))
        with read(member) as db:
            return admin.find(db, user_id)
    return None


def page(member: Member, person: Account) -> None:
    """Who it is, and what an admin can do."""
    zone = session.time_zone()
    said = " · ".join(filter(None, [person.email, state(person)]))
    log = urlencode({"tab": "log", "email": person.email})
    ui.pager(
        "",
        ui.Link(_("All accounts"), "/admin"),
        ui.Link(_("In the security log"), f"/admin?{log}"),
    )
    ui.page_title(person.name, said)
    facts = [
        (_("Member since"), say.day(person.created_at.astimezone(zone).date())),
        (_("Last seen"), seen(person)),
        (_("Second step"), _("on") if person.has_second_step else _("off")),
        (_("Households"), ", ".join(person.households)),
    ]
    if person.disabled_at:
        facts.append((_("Disabled since"), say.day(person.disabled_at.astimezone(zone).date())))
    ui.facts(facts)
    if person.user_id == member.user_id:
        st.caption(_("This is you: another admin has to change this."))
        st.page_link(navigation.ACCOUNT, label=_("Account and security"), icon=":material/lock:")
        return
    with st.container(horizontal=True, key="admin_actions"):
        _role(member, person)
        _door(member, person)
        _password(member, person)
        if person.has_second_step:
            _second_step(member, person)
    _show_link(person)
    _delete(member, person)


def _role(member: Member, person: Account) -> None:
    if person.disabled_at and not person.is_admin:
        return
    name, wanted = ui.plain(person.name), not person.is_admin
    label = _("Make admin") if wanted else _("Take admin away")
    with st.popover(label, icon=":material/shield_person:"):
        if wanted:
            st.markdown(_("{name} then sees all accounts and the security log.", name=name))
        else:
            st.markdown(_("{name} stays a member of their households.", name=name))
        if st.button(label, type="primary", key="admin.role"):
            _do(
                lambda db: admin.set_admin(
                    db, member, person.user_id, session.visitor(), is_admin=wanted
                ),
                _("{name} is an admin now.", name=name)
                if wanted
                else _("{name} is no admin any more.", name=name),
            )


def _door(member: Member, person: Account) -> None:
    name, wanted = ui.plain(person.name), person.disabled_at is None
    label = _("Disable") if wanted else _("Enable")
    with st.popover(label, icon=":material/block:" if wanted else ":material/check_circle:"):
        if wanted:
            st.markdown(
                _(
                    "{name} is signed out everywhere at once and can't sign in. Their share links "
                    "and invitations stop working until they are enabled again.",
                    name=name,
                )
            )
        else:
            st.markdown(_("{name} may sign in again.", name=name))
        if st.button(label, type="primary", key="admin.door"):
            _do(
                lambda db: admin.set_disabled(
                    db, member, person.user_id, session.visitor(), is_disabled=wanted
                ),
                _("{name} is disabled.", name=name)
                if wanted
                else _("{name} is enabled.", name=name),
            )


def _password(member: Member, person: Account) -> None:
    label = _("Reset password")
    with st.popover(label, icon=":material/lock_reset:"):
        st.markdown(
            _(
                "Makes a link by which {name} chooses a new password. Hand it on yourself: it "
                "works once, within 24 hours. The old password works until then.",
                name=ui.plain(person.name),
            )
        )
        if st.button(_("Make the link"), type="primary", key="admin.reset"):
            try:
                link = resets.link_by_admin(member, person.user_id)
            except AppError as error:
                st.error(ui.plain(_(str(error))))
                return
            session.put(LINK, (person.user_id, link))
            st.rerun()


def _show_link(person: Account) -> None:
    """The link that was made, shown only now."""
    whose, link = session.get(LINK, (None, ""))
    if whose != person.user_id:
        return
    with st.container(border=True):
        name = ui.plain(person.name)
        st.markdown(_("**Send this link to {name}.** It is shown only now.", name=name))
        st.code(link, language=None, wrap_lines=True)
        if st.button(pgettext("button", "Done"), key="admin.link_done"):
            session.drop(LINK)
            st.rerun()


def _second_step(member: Member, person: Account) -> None:
    label = _("Switch off second step")
    with st.popover(label, icon=":material/phonelink_off:"):
        st.markdown(
            _(
                "For who has lost phone and recovery codes. Make sure that it is {name} who asks: "
                "the password alone opens the door then.",
                name=ui.plain(person.name),
            )
        )
        if st.button(label, type="primary", key="admin.second_step"):
            _do(
                lambda db: admin.switch_off_second_step(
                    db, member, person.user_id, session.visitor()
                ),
                _("The second step is off."),
            )


def _delete(member: Member, person: Account) -> None:
    """The account goes; for each household that would have no owner there is a choice."""
    with st.expander(_("Delete this account"), icon=":material/delete_forever:"):
        with read(member) as db:
            plan = leaving.plan(db, person.user_id)
        st.markdown(_("It can't be undone."))
        chosen = leaving_form.ask(plan, "admin.leaving")
        with st.form("admin.delete", border=False):
            typed = st.text_input(
                _("Write {word} to go on", word=ui.plain(f"“{person.name}”")),
                autocomplete="off",
                key="admin.typed",
            )
            places = {"typed": st.container()}
            pressed = st.form_submit_button(_("Delete account"))
            places["household"] = st.container()
        if pressed:
            with auth.problems_at(places):
                leaving.check_typed(typed, person.name)
                leaving_form.check(plan, chosen)
                _do(
                    lambda db: leaving.delete_account_of(
                        db, member, person.user_id, chosen, session.visitor()
                    ),
                    _("The account of {name} was deleted.", name=ui.plain(person.name)),
                    leave=True,
                )


def _do(change: Callable[[Connection], object], said: str, *, leave: bool = False) -> None:
    """Write and say so; or say why not. ``leave``: go back to the list."""
    try:
        with session.write() as db:
            change(db)
    except AppError as error:
        st.error(ui.plain(_(str(error))), icon=":material/error:")
        if not isinstance(error, NotFoundError):
            return
    else:
        session.notice(said)
    if leave:
        st.switch_page(navigation.ADMIN)
    st.rerun()

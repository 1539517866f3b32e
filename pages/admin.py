"""The box, for its admin: accounts, the security log, how it is. For others it is not there.

``?person=…`` opens an account, ``?tab=log`` and ``?tab=box`` the other two.
"""

import streamlit as st

from app import admin_accounts, admin_box, admin_log, admin_person, navigation, session, ui
from app.language import N_, _

member = session.member()
TABS = {
    "accounts": (N_("Accounts"), admin_accounts.tab),
    "log": (N_("Security log"), admin_log.tab),
    "box": (N_("This box"), admin_box.tab),
}


def tabs() -> None:
    """The tabs; the URL says which one is open, and only that one asks the database."""
    names = {_(label): name for name, (label, _tab) in TABS.items()}
    wanted = st.query_params.get("tab", "")
    label, _show = TABS.get(wanted, TABS["accounts"])
    session.put("admin.tab", _(label))
    shown = st.tabs(list(names), key="page.admin.tab", on_change=note_tab)
    for (_label, show), tab in zip(TABS.values(), shown, strict=True):
        with tab:
            if tab.open:
                show(member)


def note_tab() -> None:
    """Put the tab that was clicked into the URL; what the other one had there goes."""
    names = {_(label): name for name, (label, _tab) in TABS.items()}
    st.query_params.from_dict({"tab": names.get(session.get("admin.tab", ""), "")})


if not member.is_admin:  # who was one until a moment ago; the menu has no such page for others
    st.switch_page(navigation.OVERVIEW)
person = admin_person.asked(member)
if person is not None:
    admin_person.page(member, person)
else:
    ui.page_title(_("Admin"), _("What is true for everybody on this box"))
    if "person" in st.query_params:
        st.info(_("This person has no account any more."))
    tabs()

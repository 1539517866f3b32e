"""Streamlit entry point: who is there, which page, and run it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # so that every way to start finds app, data

import streamlit as st

from app import auth, bell, gate, households, language, navigation, privacy, session, shortcuts, ui
from app.language import _

member = session.find_member()
reader = language.reader_of(
    member.language if member else None,
    member.number_format if member else None,
    session.accepted_languages(),
    hides_amounts=member is not None and privacy.is_on(),
)
language.use(reader)
page = navigation.menu(
    visible=member is not None,
    shares=member is not None and member.role != "viewer",
    admin=member is None or member.is_admin,  # a stranger signs in first
)
st.set_page_config(
    page_title=page.title if member or page.url_path in navigation.PUBLIC else _("Sign in"),
    page_icon=ui.FAVICON,
    layout="wide" if member else "centered",
    # Without an entry of ours the menu, with its choice of theme, would go.
    menu_items={"About": _("Caseback, a private watch collection tracker.")},
)
ui.styles()
if member is None and page.url_path in navigation.PUBLIC:
    session.keep_reader(reader)
    page.run()
elif member is None:
    session.keep_reader(reader)
    gate.gate(gate.here(page.url_path))
elif session.entered(member):
    session.notice(ui.plain(_("You are looking at {household} now.", household=member.household)))
    st.switch_page(navigation.OVERVIEW)
else:
    session.keep_reader(reader)
    session.remember_signed_in()
    ui.logo()
    with st.sidebar:
        ui.in_app_links(navigation.ADDRESSES, member.theme)
        bell.bell(member)
        households.who(member)
        privacy.switch()
        auth.sign_out_button()
        shortcuts.mount(member)
    session.show_notices()
    page.run()

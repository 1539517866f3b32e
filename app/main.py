"""Streamlit entry point: who is there, which page, and run it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # so that every way to start finds app, data

import streamlit as st

from app import auth, households, navigation, session, shortcuts, ui

member = session.find_member()
page = navigation.menu(
    visible=member is not None, shares=member is not None and member.role != "viewer"
)
st.set_page_config(
    page_title=page.title if member or page.url_path in navigation.PUBLIC else "Sign in",
    page_icon=ui.FAVICON,
    layout="wide" if member else "centered",
    menu_items={"About": "Caseback, a private watch collection tracker."},  # keeps the theme menu
)
ui.styles()
if member is None and page.url_path in navigation.PUBLIC:
    page.run()
elif member is None:
    auth.gate(auth.here(page.url_path))
elif session.entered(member):
    session.notice(ui.plain(f"You are looking at {member.household} now."))
    st.switch_page(navigation.OVERVIEW)
else:
    session.remember_signed_in()
    ui.logo()
    with st.sidebar:
        ui.in_app_links(navigation.ADDRESSES)
        households.who(member)
        auth.sign_out_button()
        shortcuts.mount(member)
    session.show_notices()
    page.run()

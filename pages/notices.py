"""Notices: what this member was told, how they want to be told, and their calendar of due dates.

``?open=…`` marks one as read and leads to what it is about; ``?p=2`` shows earlier ones.
"""

import streamlit as st

from app import calendar_panel, notice_form, notice_list, session, ui
from app.language import _

member = session.member()
notice_list.follow()
ui.page_title(_("Notices"))
left, right = st.columns([3, 2], gap="large")
with left:
    notice_list.section(member)
with right:
    notice_form.section(member)
    calendar_panel.section(member)

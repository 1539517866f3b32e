"""Account and security: how I sign in, and where I am signed in."""

import streamlit as st

from app import (
    account_identity,
    account_leave,
    account_password,
    account_second_step,
    account_sessions,
    session,
    ui,
)
from app.language import _

member = session.member()
ui.page_title(_("Account and security"), _("How you sign in, and where you are signed in"))
left, right = st.columns(2, gap="large")
with left:
    account_password.section(member)
    account_second_step.section(member)
    account_identity.section(member)
with right:
    account_sessions.section(member)
    account_leave.section(member)

"""The button that leads to the OpenID provider, and what is said when it led nowhere."""

from uuid import UUID

import streamlit as st

from app import auth, oidc, rate_limits, session
from app.language import _
from app.oidc_routes import TROUBLE, TROUBLES
from data import mail
from data.errors import AppError, RefusedError


def offer(next_path: str, invitation_hash: bytes | None = None) -> None:
    """Under a form to sign in: the same by the provider, if one is set up."""
    provider = oidc.provider()
    if provider is None:
        return
    label = _("Sign in with {name}", name=provider.name)
    if st.button(label, width="stretch", key="oidc.start", icon=":material/login:"):
        go(next_path, invitation_hash=invitation_hash)


def go(
    next_path: str, *, user_id: UUID | None = None, invitation_hash: bytes | None = None
) -> None:
    """Leave for the provider, to come back signed in or connected; or say why not."""
    secret, site = session.browser_secret(), mail.site() or session.site()
    try:
        if session.visitor().address and not secret:
            raise RefusedError({"": auth.NO_COOKIE})
        rate_limits.check("oidc", session.visitor().network)
        auth.leave_for(
            oidc.leave(site, secret, next_path, user_id=user_id, invitation_hash=invitation_hash)
        )
    except AppError as error:
        st.error(_(str(error)), icon=":material/error:")


def say_trouble() -> None:
    """What went wrong on the way back, if the address says so; any other word says nothing."""
    if sentence := TROUBLES.get(st.query_params.get(TROUBLE, "")):
        st.space("xxsmall")
        st.error(_(sentence), icon=":material/error:")

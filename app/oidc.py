"""Sign-in by an OpenID provider: what is asked of it, and whether its answer may be believed.

Authlib speaks the protocol (discovery, PKCE, the ID token's signature); state, nonce and verifier
are kept in PostgreSQL, and the state is bound to the browser that left. Why this is not
``st.login`` is in docs/decisions/0017-openid-connect-in-own-routes.md.
"""

import logging
import os
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError

from app.authenticator import digest, safe_path
from app.language import N_
from data import db, identities
from data.errors import RefusedError, UnavailableError
from data.identities import Visit

log = logging.getLogger(__name__)
CALLBACK = "/session/oidc"
SECONDS = 10  # for each answer of the provider
LEEWAY = 60  # seconds that its clock may differ from ours
# Signed with a private key of the provider; never "none", and never with what we know ourselves.
SIGNED = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
FAULTS = (AuthlibBaseError, JoseError, OSError, ValueError, TypeError, KeyError, RuntimeError)
AWAY = N_("The sign-in service does not answer at the moment. Try again in a few minutes.")
NOT_BELIEVED = N_("The answer of the sign-in service could not be believed. Try again.")


@dataclass(frozen=True)
class Provider:
    """The OpenID provider of this box, as its settings name it."""

    issuer: str
    client_id: str
    client_secret: str
    name: str  # "Sign in with …"


@dataclass(frozen=True)
class Claims:
    """Who somebody is, as the provider has signed it."""

    issuer: str
    subject: str
    email: str  # empty: not told
    is_verified: bool  # the provider says that the address is theirs
    name: str
    locale: str


class Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]  # the library has no types
    """Authlib's client, for a framework that keeps nothing for it."""

    client_cls = OAuth2Session


def provider() -> Provider | None:
    """The provider of OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET; None: not set up."""
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    issuer, client_id, client_secret = (os.environ.get(name, "").strip() for name in names)
    if not (issuer and client_id and client_secret):
        return None
    name = os.environ.get("OIDC_NAME", "").strip() or "OpenID"
    return Provider(issuer, client_id, client_secret, name)


@cache
def _client(wanted: Provider) -> Client:
    """A client that has read what the provider says about itself; a failure is not kept."""
    client = Client(
        None,
        "oidc",
        client_id=wanted.client_id,
        client_secret=wanted.client_secret,
        server_metadata_url=f"{wanted.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )
    about = client.load_server_metadata()
    if about.get("issuer") != wanted.issuer:
        raise ValueError(f"the issuer calls itself {about.get('issuer')!r}")
    offered = about.get("id_token_signing_alg_values_supported") or ["RS256"]
    about["id_token_signing_alg_values_supported"] = sorted(SIGNED & set(offered))
    return client


def leave(
    site: str,
    browser_secret: str,
    next_path: str,
    *,
    user_id: UUID | None = None,
    invitation_hash: bytes | None = None,
) -> str:
    """The address at the provider to send this browser to; it comes back within 10 minutes.

    ``user_id``: whose account to connect; None: to sign in, and to accept an invitation.

    Raises:
        UnavailableError: the provider does not answer, or is not set up.
    """
    wanted, back = provider(), site + CALLBACK
    if wanted is None:
        raise UnavailableError(AWAY)
    state = secrets.token_urlsafe(32)
    try:
        made = _client(wanted).create_authorization_url(back, state=state)
    except FAULTS as error:
        log.warning("The OpenID provider %s cannot be used: %s", wanted.issuer, error)
        raise UnavailableError(AWAY) from error
    visit = Visit(
        made["nonce"], made["code_verifier"], back, safe_path(next_path), user_id, invitation_hash
    )
    with db.write(None) as connection:
        identities.begin_visit(connection, digest(state + browser_secret), visit)
    return str(made["url"])


def back(state: str, browser_secret: str) -> Visit | None:
    """Why this browser had left; None: it had not, or too long ago. A state works once."""
    if not browser_secret:
        return None
    with db.write(None) as connection:
        return identities.take_visit(connection, digest(state + browser_secret))


def claims(visit: Visit, code: str) -> Claims:
    """Redeem the provider's code for what it has signed about who was there.

    Raises:
        RefusedError: the code or the token is not good, or meant for somebody else.
    """
    wanted = provider()
    if wanted is None:
        raise RefusedError({"": NOT_BELIEVED})
    try:
        client = _client(wanted)
        token = client.fetch_access_token(visit.return_url, code=code, code_verifier=visit.verifier)
        # Named here, since Authlib alone takes a foreign audience if "azp" is ours.
        must = {"iss": wanted.issuer, "aud": wanted.client_id}
        options = {name: {"essential": True, "value": value} for name, value in must.items()}
        found = client.parse_id_token(token, visit.nonce, options, leeway=LEEWAY)
        if found is None:
            raise ValueError("no ID token")
        return _read(wanted, found if "email" in found else _with_more(client, token, found))
    except FAULTS as error:
        log.warning("An answer of the OpenID provider was refused: %s", error)
        raise RefusedError({"": NOT_BELIEVED}) from error


def _with_more(client: Client, token: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The claims with what the provider tells only when asked again, about the same person."""
    if "userinfo_endpoint" not in client.server_metadata:
        return found
    more = client.userinfo(token=token)
    if more.get("sub") != found["sub"]:
        raise ValueError("userinfo is about somebody else")
    return {**more, **found}


def _read(wanted: Provider, found: dict[str, Any]) -> Claims:
    """The claims that we use; what is of an odd type is as if it were not there."""

    def text(name: str) -> str:
        value = found.get(name)
        return value.strip() if isinstance(value, str) and "\0" not in value else ""

    if not text("sub"):
        raise ValueError("no subject")
    is_verified = found.get("email_verified") is True
    return Claims(
        wanted.issuer, text("sub"), text("email"), is_verified, text("name"), text("locale")
    )

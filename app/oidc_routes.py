"""Where the OpenID provider sends a browser back to: signed in, asked for a code, or told why not.

The provider's word signs somebody in only where its identity (issuer and subject) was connected to
an account before. An e-mail address opens no account that is there already: its owner connects
it, signed in by password, on the account page.
"""

import secrets
from urllib.parse import urlencode
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from app import invited, oidc, routes, second_step
from app.authenticator import LONGEST_NAME, RULES, handoff_code, hash_password, safe_path
from app.language import N_, _
from app.oidc import Claims
from data import accounts, currencies, identities, members
from data.db import read, write
from data.errors import RefusedError, UnavailableError
from data.identities import Known, Visit

TROUBLE = "trouble"  # in the address: a key of TROUBLES
TROUBLES = {
    "late": N_("Signing in took too long, or began in another browser. Try again."),
    "refused": N_("The sign-in service did not sign you in."),
    "doubt": oidc.NOT_BELIEVED,
    "mail": N_("The sign-in service has not verified your e-mail address, so it can’t be used."),
    "taken": N_(
        "An account with your e-mail address is here already. Sign in with its password, then"
        " connect the two under “Account and security”."
    ),
    "closed": N_("Registration is closed on this box. Ask its admin for an account."),
    "invitation": invited.NOT_GOOD,
    "disabled": N_("This account is closed for now. Ask the admin of this box."),
    "connected": N_("This identity is connected to another account already."),
    "stranger": N_("You were signed out meanwhile. Sign in and connect again."),
    "away": N_("The database does not answer at the moment. Try again in a few seconds."),
}
ACCOUNT = "/account"
FIELDS = {"user_email_taken": "taken", "identity_one_of_each": "connected"}


class TroubleError(Exception):
    """Why nobody was signed in; the message is a key of TROUBLES."""


async def callback(request: Request) -> Response:
    """Take the provider's answer. It comes from another site: the state says whose browser left."""
    routes.use_reader(request, None)
    return await run_in_threadpool(_answer, request)


def _answer(request: Request) -> Response:
    browser, back_to = request.cookies.get(routes.BROWSER_COOKIE, ""), "/"
    try:
        visit = _visit(request, browser)
        back_to = ACCOUNT if visit.user_id else "/"
        claims = _claims(request, visit)
        if visit.user_id:
            return _connect(request, visit.user_id, claims)
        known = _known(request, claims)
        if known is None:
            return _begin(request, visit, claims, browser)
        return _enter(request, visit, known, browser)
    except TroubleError as error:
        trouble = str(error)
    except UnavailableError:
        trouble = "away"
    return _to(f"{back_to}?{urlencode({TROUBLE: trouble})}")


def _visit(request: Request, browser: str) -> Visit:
    found = oidc.back(request.query_params.get("state", "")[:200], browser)
    if found is None:
        raise TroubleError("late")
    return found


def _to(path: str) -> Response:
    return RedirectResponse(safe_path(path), 303, headers=routes.NOT_STORED)


def _claims(request: Request, visit: Visit) -> Claims:
    asked = request.query_params
    ours = oidc.provider()
    if "error" in asked:
        raise TroubleError("refused")
    if ours is None or asked.get("iss", ours.issuer) != ours.issuer:  # RFC 9207
        raise TroubleError("doubt")
    try:
        return oidc.claims(visit, asked.get("code", ""))
    except RefusedError as error:
        raise TroubleError("doubt") from error


def _connect(request: Request, user_id: UUID, claims: Claims) -> Response:
    """Connect an identity to the account of who is signed in here, and had asked for it there."""
    member = routes.find_member(request)
    if member is None or member.user_id != user_id:
        raise TroubleError("stranger")
    who, email = Known(user_id, member.email), claims.email[:254]
    with read(None) as db:
        known = identities.account_of(db, claims.issuer, claims.subject)
        taken = identities.is_known(db, claims.issuer, claims.subject)
    if taken and (known is None or known.user_id != user_id):
        raise TroubleError("connected")
    if known is None:
        _store(request, claims, who, email)
    return _to(ACCOUNT)


def _store(request: Request, claims: Claims, who: Known, email: str) -> None:
    visitor = routes.visitor(request)
    try:
        with write(None) as db:
            identities.connect(db, claims.issuer, claims.subject, who, email, visitor)
    except RefusedError as error:
        raise TroubleError(FIELDS.get(next(iter(error.problems)), "connected")) from error


def _known(request: Request, claims: Claims) -> Known | None:
    """The account that an identity was connected to; None: it never was."""
    with read(None) as db:
        known = identities.account_of(db, claims.issuer, claims.subject)
        if known is None and identities.is_known(db, claims.issuer, claims.subject):
            raise TroubleError("disabled")
    if known is not None:
        _log(request, known)
    return known


def _log(request: Request, known: Known) -> None:
    owes = second_step.is_asked_for(known.user_id)
    kind, visitor = "identity_right" if owes else "sign_in", routes.visitor(request)
    with write(None) as db:
        detail = "with OpenID Connect"
        accounts.log(db, kind, visitor, user_id=known.user_id, email=known.email, detail=detail)


def _begin(request: Request, visit: Visit, claims: Claims, browser: str) -> Response:
    """Make an account for who has none, by invitation or while registration is open."""
    if not claims.is_verified or not RULES.validate_email(claims.email):
        raise TroubleError("mail")
    with read(None) as db:
        if accounts.find_credentials(db, claims.email):
            raise TroubleError("taken")
    try:
        user_id = _sign_up(request, visit, claims)
    except RefusedError as error:
        field = next(iter(error.problems), "")
        raise TroubleError(FIELDS.get(field, "doubt" if field else "closed")) from error
    return routes.redeemed(request, handoff_code(user_id, visit.next_path, browser))


def _sign_up(request: Request, visit: Visit, claims: Claims) -> UUID:
    """The new account; nobody knows its password, "Forgot your password?" sets one."""
    name = claims.name if not RULES.diagnose_name(claims.name) else claims.email.partition("@")[0]
    password_hash = hash_password(secrets.token_urlsafe(32))
    currency = currencies.of_locale(claims.locale or _language(request))
    visitor, email, code = routes.visitor(request), claims.email, visit.invitation_hash
    with write(None) as db:
        found = (
            accounts.sign_up(
                db,
                email=email,
                name=name[:LONGEST_NAME],
                password_hash=password_hash,
                household=_("{name}'s watches", name=name)[:LONGEST_NAME],
                currency=currency,
                visitor=visitor,
            )
            if code is None
            else members.sign_up(
                db,
                email=email,
                name=name[:LONGEST_NAME],
                password_hash=password_hash,
                currency=currency,
                token_hash=code,
                visitor=visitor,
            )
        )
        if found is None:
            raise TroubleError("invitation")
        who = Known(found, email)
        identities.connect(db, claims.issuer, claims.subject, who, email, visitor)
    return found


def _language(request: Request) -> str:
    """What the browser asks for first: ``de-CH``."""
    return request.headers.get("accept-language", "").split(",")[0].split(";")[0].strip()


def _enter(request: Request, visit: Visit, who: Known, browser: str) -> Response:
    """Sign this browser in, or ask it for the code of the second step first."""
    if second_step.is_asked_for(who.user_id):
        second_step.begin(who.user_id, browser, visit.invitation_hash)
        return _to(visit.next_path)
    code = visit.invitation_hash
    home = None if code is None else _accepted(request, code, who)
    one_time = handoff_code(who.user_id, visit.next_path, browser, home)
    return routes.redeemed(request, one_time)


def _accepted(request: Request, invitation_hash: bytes, who: Known) -> UUID:
    try:
        return invited.accept(who.user_id, invitation_hash, routes.visitor(request))
    except RefusedError as error:
        raise TroubleError("invitation") from error


ROUTES: list[BaseRoute] = [Route(oidc.CALLBACK, callback, methods=["GET"])]

"""Signing in by the organisation's account: OpenID Connect with authlib (code, PKCE, state and nonce)."""

from typing import Any

import flask
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from involve.i18n import LANGUAGES, page_language
from involve.i18n import lazy_gettext as _l
from involve.services.staff.accounts import note_refusal
from involve.services.staff.identities import IdentityRefused, find_by_identity
from involve.web.accounts import blueprint
from involve.web.accounts.entry import safe_address, welcome
from involve.web.addresses import PAGE, page
from involve.web.errors import show_explanation
from involve.web.explanations import BY_STATUS
from involve.web.limits import SIGNING_IN, limiter
from involve.web.security import find_staff
from involve.web.site import site

PATIENCE = 5  # seconds that the provider has to answer
WAITING = "organisation"
PROBLEMS: dict[str, LazyString] = {
    "unreachable": _l(
        "The sign-in of your organisation does not answer. Try again later, or use your password."
    ),
    "declined": _l("You, or your organisation, did not let Involve know who you are. Nothing has changed."),
    "expired": _l("That took too long, or began in another window. Please begin again."),
    "failed": _l(
        "What the sign-in of your organisation answered could not be checked. Tell whoever runs this site."
    ),
    "unverified": _l(
        "Your organisation did not say that your e-mail address is verified, so we cannot tell who you are."
    ),
    "no_account": _l(
        "You have no account here that is switched on. Ask an administrator of your organisation to invite you."
    ),
    "other": _l(
        "The account with your e-mail address belongs to another person at your organisation. Ask an administrator."
    ),
}
# All that can go wrong between us and a provider that is away, wrong or not what it says.
TROUBLE = (AuthlibBaseError, JoseError, RequestException, KeyError, TypeError, ValueError, RuntimeError)


@page(blueprint, cy="/staff/mewngofnodi/sefydliad", en="/staff/sign-in/organisation")
@limiter.limit(SIGNING_IN)
def go_to_organisation() -> ResponseReturnValue:
    """Go to the organisation's sign-in."""
    if not site().settings.oidc_issuer:
        return show_explanation(BY_STATUS[404])
    wanted = safe_address(request.args.get("next"))
    # Whatever was begun before in this browser is forgotten: its cookie has little room.
    for name in [each for each in flask.session if each.startswith("_state_")]:
        flask.session.pop(name)
    flask.session[WAITING] = [page_language(), wanted]
    try:
        return organisation().authorize_redirect(_return_address())  # type: ignore[no-any-return]
    except TROUBLE as error:
        return _explain(error)


@blueprint.get("/oidc/return")
@limiter.limit(SIGNING_IN)
def return_from_organisation() -> ResponseReturnValue:
    """Come back from the organisation's sign-in; its address is registered there, so it has no language."""
    _language, wanted = _waiting()
    settings = site().settings
    if not settings.oidc_issuer:
        return show_explanation(BY_STATUS[404])
    try:
        said = _who_came()
    except TROUBLE as error:
        return _explain(error)
    try:
        with site().writing() as session:
            user_id, job = find_by_identity(
                session,
                settings.oidc_issuer,
                str(said["sub"]),
                str(said.get("email") or ""),
                said.get("email_verified") is True,
                site().clock(),
            )
    except IdentityRefused as refused:
        return _problem(refused.why)
    site().carry_out(job)
    return welcome(find_staff(user_id), "organisation", safe_address(wanted))


@page(
    blueprint,
    cy="/staff/mewngofnodi/sefydliad/problem/<why>",
    en="/staff/sign-in/organisation/problem/<why>",
)
def show_organisation_problem(why: str) -> ResponseReturnValue:
    """Read why the organisation's account did not open one here."""
    if why not in PROBLEMS:
        return show_explanation(BY_STATUS[404])
    return make_response(render_template("accounts/organisation_problem.html", problem=PROBLEMS[why]), 403)


def organisation() -> Any:
    """Return the client of the provider that the settings name; it reads where to go from the provider itself."""
    settings = site().settings
    kept = current_app.extensions.get("involve.organisation")
    if kept is None:
        kept = OAuth(current_app).register(
            "organisation",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email",
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE,
            },
        )
        current_app.extensions["involve.organisation"] = kept
    return kept


def _who_came() -> dict[str, Any]:
    """Return what the provider says of who came back: of its signed token, and where that says no address, of its page.

    Raises:
        TROUBLE: it says nothing that can be believed.
    """
    issuer = {"iss": {"essential": True, "values": [site().settings.oidc_issuer]}}
    token = organisation().authorize_access_token(claims_options=issuer)
    said = dict(token["userinfo"])
    if "email" not in said:
        more = organisation().userinfo(token=token)
        if more["sub"] != said["sub"]:
            raise ValueError("sub")
        said |= {name: more.get(name) for name in ("email", "email_verified")}
    return said


def _explain(error: Exception) -> Response:
    """Lead to the page that explains what went wrong; the log gets its kind, and no word of anybody."""
    current_app.logger.warning("single sign-on failed: %s", type(error).__name__)
    if isinstance(error, RequestException):
        refused = error.response is not None and error.response.status_code < 500
        return _problem("failed" if refused else "unreachable")
    code = getattr(error, "error", "")
    return _problem({"access_denied": "declined", "mismatching_state": "expired"}.get(code, "failed"))


def _problem(why: str) -> Response:
    """Lead to the page of a problem, in the language in which the way began."""
    with site().writing() as session:
        note_refusal(session, "", site().clock(), "organisation")
    language, _wanted = _waiting()
    return redirect(url_for("accounts.show_organisation_problem", why=why, **{PAGE: language}), 303)


def _waiting() -> tuple[str, str]:
    """Return the language in which the way to the provider began, and where it leads."""
    language, wanted = flask.session.get(WAITING, ["cy", ""])
    return (language if language in LANGUAGES else "cy"), wanted


def _return_address() -> str:
    """Return the address that is registered at the provider."""
    own = site().settings.public_url.rstrip("/")
    path = url_for("accounts.return_from_organisation")
    return own + path if own else url_for("accounts.return_from_organisation", _external=True)

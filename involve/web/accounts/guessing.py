"""Slowing guessers down without locking the owner out (decision 0008).

Wrong tries are counted per account, but apart for each browser in which its owner has signed in before: a stranger
who uses up the tries of strangers takes none from that browser. Nothing is ever locked; the count is forgotten within
minutes. What was typed is only counted, under a keyed hash.
"""

import hmac
from secrets import token_urlsafe

from flask import Response, request
from itsdangerous import BadSignature, URLSafeSerializer
from limits import parse

from involve.i18n import lazy_gettext as _l
from involve.web.limits import limiter
from involve.web.site import site

PASSWORD, CODE = "password", "code"
# Stated on the pages. A stranger has at most 960 tries a day, at passwords that are not among the first 100,000,000.
WRONG_TRIES = {PASSWORD: parse("10 per 15 minutes"), CODE: parse("5 per 15 minutes")}
SLOWED = _l(
    "There were too many wrong tries for this account. Wait 15 minutes; or use a browser in which you have signed in "
    "before, a passkey, or the link for a forgotten password: these still work."
)
KNOWN_BROWSER = "involve_known"
KNOWN_FOR = 180 * 24 * 3600
MOST_KNOWN = 8


def is_slowed(kind: str, name: str, user_id: int | None) -> bool:
    """Whether there were too many wrong tries of a *kind* (PASSWORD, CODE) for *name* from where this one comes."""
    return limiter.enabled and not limiter.limiter.test(WRONG_TRIES[kind], kind, _tries_of(name, user_id))


def note_wrong_try(kind: str, name: str, user_id: int | None) -> None:
    """Count a wrong try."""
    if limiter.enabled:
        limiter.limiter.hit(WRONG_TRIES[kind], kind, _tries_of(name, user_id))


def note_known_browser(response: Response, user_id: int) -> Response:
    """Have this browser remembered as one in which that person has signed in; it opens nothing by itself."""
    browser, known = _known()
    ids = [user_id, *(each for each in known if each != user_id)][:MOST_KNOWN]
    response.set_cookie(
        known_cookie(),
        _signer().dumps([browser or token_urlsafe(12), ids]),
        max_age=KNOWN_FOR,
        secure=site().settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return response


def known_cookie() -> str:
    """Return the name of the cookie: one that browsers let no other host set, wherever cookies need https."""
    return f"__Host-{KNOWN_BROWSER}" if site().settings.secure_cookies else KNOWN_BROWSER


def _tries_of(name: str, user_id: int | None) -> str:
    """Return under what the tries of this browser for that account are counted."""
    browser, known = _known()
    whose = f"{browser}\0{user_id}" if user_id in known else f"strangers\0{name.strip().lower()}"
    return hmac.digest(site().settings.secret_key.encode(), whose.encode("utf-8", "replace"), "sha256").hex()


def _known() -> tuple[str, list[int]]:
    """Return the name that this browser was given, and who has signed in in it."""
    try:
        browser, ids = _signer().loads(request.cookies.get(known_cookie(), ""))
    except (BadSignature, TypeError, ValueError):
        return "", []
    return browser, ids


def _signer() -> URLSafeSerializer:
    """Return what signs the cookie."""
    return URLSafeSerializer(site().settings.secret_key, salt="known browser")

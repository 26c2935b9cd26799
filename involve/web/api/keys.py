"""Keys of programs: read from the header before anything else, and never from an address."""

import re

from flask import Response, g, request

from involve.errors import BadInput
from involve.services.staff.api_keys import START, KeyUnknown, KnownKey, note_use, read_key
from involve.web.api import blueprint
from involve.web.limits import (
    KEYED_SEARCHING,
    KEYED_SENDING,
    SEARCHING,
    SENDING,
    WRONG_KEYS,
    address_key,
    limiter,
    say_limit,
)
from involve.web.site import site
from involve.web.unchanged import send_if_changed

# Names under which programs put keys into addresses.
NAMES = frozenset({"key", "api_key", "apikey", "api-key", "access_token", "token", "authorization", "bearer"})
KEY = re.compile(rf"\b{START}[\w-]{{20}}")
# A gate in front of the whole site may ask for a name and password of its own, which are none of our business.
FOREIGN = "basic"
# Headers that scripts of other pages may read.
TOLD = "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"


class KeyInAddress(BadInput):
    """A key stands in the address, where logs keep it."""

    code = "key_in_address"


@blueprint.before_request
def meet_caller() -> None:
    """Find out which key is shown, if any.

    Raises:
        KeyInAddress: there is one in the address.
        KeyUnknown, KeyRevoked, KeyEnded: it opens nothing.
    """
    if any(name.lower() in NAMES or KEY.search(value) for name, value in request.args.items(multi=True)):
        raise KeyInAddress("key")
    g.api_key = None
    shown = request.headers.get("Authorization", "")
    scheme, _, secret = shown.partition(" ")
    if shown and scheme.lower() != FOREIGN:
        g.api_key = _find(secret.strip() if scheme.lower() == "bearer" else "")


@blueprint.after_request
def finish_answer(response: Response) -> Response:
    """Say what the caller may still ask, and send nothing twice."""
    response.vary.add("Authorization")
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Involve", error="invalid_token"'
    say_limit(response)
    if request.method in ("GET", "HEAD"):
        # What is read here is public and the same for all, so the scripts of any page may read it: they send no cookie.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = TOLD
        if response.status_code == 200:
            send_if_changed(response)
    return response


def searching() -> str:
    """Return how often the caller may read."""
    return KEYED_SEARCHING if _key() else SEARCHING


def sending() -> str:
    """Return how often the caller may send."""
    return KEYED_SENDING if _key() else SENDING


def caller() -> str:
    """Return who is counted: the key, wherever it is used, or else the address."""
    key = _key()
    return f"key {key.id}" if key else address_key()


def _key() -> KnownKey | None:
    key: KnownKey | None = g.get("api_key")
    return key


def _find(secret: str) -> KnownKey:
    """Return the key, and note once a day that it is used. Raises KeyUnknown, KeyRevoked or KeyEnded."""
    try:
        with site().reading() as session:
            key = read_key(session, secret, site().settings.code_key, site().today)
    except KeyUnknown:
        _count_wrong()
        raise
    if key.used_on != site().today:
        with site().writing() as session:
            note_use(session, key.id, site().today)
    return key


@limiter.limit(WRONG_KEYS)
def _count_wrong() -> None:
    """Count a key that nobody gave out; past the limit the answer is that of any limit."""

"""Limits on requests, counted under keyed hashes of addresses that are forgotten within the hour."""

import hmac

from flask import Flask, Response, request
from flask_limiter import Limiter, RequestLimit

from involve.web.site import site

# Generous, since a library or a village hall may share one address; each is stated on the page that it touches.
SENDING = "60 per hour"
# Of codes that open nothing only: right ones and slips never count, and a right one opens its story even when others at
# the same address were wrong too often.
OPENING = "20 per minute; 200 per hour"
SIGNING_IN = "10 per minute; 60 per hour"
# Wishes to follow, right and wrong ones.
FOLLOWING = "30 per hour"
# Files of many stories; making one takes some seconds of a processor.
EXPORTING = "20 per hour"
# Files of stories that staff bring in: each is read whole.
IMPORTING = "30 per hour"
SEARCHING = "120 per minute"
# Making a PDF takes about a third of a second of a processor.
PRINTING = "20 per minute"
# A brief on long stories takes about half a second of a processor, its PDF, which has tables, about one.
BRIEFING = "20 per minute"
PACKING = "10 per minute"
# Of programs that show a key of their body: counted by key, wherever they run.
KEYED_SENDING = "1200 per hour"
KEYED_SEARCHING = "1200 per minute"
# Of keys that nobody gave out, by address; right ones never count.
WRONG_KEYS = "30 per minute"


def address_key() -> str:
    """Return who asks, as a hash whose key changes every hour; the address itself is stored nowhere."""
    hour = site().clock().strftime("%Y%m%d%H")
    message = f"{hour} {request.remote_addr}".encode()
    return hmac.digest(site().settings.secret_key.encode(), message, "sha256").hex()


limiter = Limiter(key_func=address_key, headers_enabled=False)


def amount_of(limit: str) -> int:
    """Return how many requests a limit lets through."""
    return int(limit.split()[0])


def say_limit(response: Response) -> Response:
    """Say how many requests are left, and for how many seconds, in the headers that programs know.

    After the draft “RateLimit header fields for HTTP” of the IETF, in the form that most programs read (draft 06).
    """
    if limiter.enabled and (reached := limiter.current_limit) is not None:
        response.headers["RateLimit-Limit"] = str(reached.limit.amount)
        response.headers["RateLimit-Remaining"] = str(reached.remaining)
        response.headers["RateLimit-Reset"] = str(_wait(reached))
    return response


def _say_when(response: Response) -> Response:
    """Say after how many seconds it is worth trying again, where a limit was reached."""
    if response.status_code == 429 and (reached := limiter.current_limit) is not None:
        response.headers["Retry-After"] = str(_wait(reached))
    return response


def _wait(reached: RequestLimit) -> int:
    """Return the whole seconds until all may be asked again: at least one, at most as long as is counted."""
    seconds = round(reached.reset_at - site().clock().timestamp())
    return min(max(seconds, 1), reached.limit.get_expiry())


def init_limits(app: Flask) -> None:
    """Switch limits on as the settings say."""
    settings = app.extensions["involve"].settings
    app.config["RATELIMIT_STORAGE_URI"] = settings.limiter_url
    app.config["RATELIMIT_ENABLED"] = settings.limits
    limiter.init_app(app)
    app.after_request(_say_when)

"""Limits on requests, counted under keyed hashes of addresses that are forgotten within the hour."""

import hmac

from flask import Flask, request
from flask_limiter import Limiter

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
# A brief takes up to a quarter of a second, its PDF, which has tables, about one.
BRIEFING = "20 per minute"
PACKING = "10 per minute"


def address_key() -> str:
    """Return who asks, as a hash whose key changes every hour; the address itself is stored nowhere."""
    hour = site().clock().strftime("%Y%m%d%H")
    message = f"{hour} {request.remote_addr}".encode()
    return hmac.digest(site().settings.secret_key.encode(), message, "sha256").hex()


limiter = Limiter(key_func=address_key, headers_enabled=False)


def init_limits(app: Flask) -> None:
    """Switch limits on as the settings say."""
    settings = app.extensions["involve"].settings
    app.config["RATELIMIT_STORAGE_URI"] = settings.limiter_url
    app.config["RATELIMIT_ENABLED"] = settings.limits
    limiter.init_app(app)

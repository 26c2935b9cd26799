"""What GOV.UK Notify reports by itself: whether letters arrived. For a program alone, which shows a bearer token."""

import hmac
from typing import Any

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from involve.services.upkeep.delivery import SAID, take_receipt
from involve.web.limits import limiter
from involve.web.site import site

blueprint = Blueprint("notify", __name__)
limiter.exempt(blueprint)
LARGEST = 20_000
KINDS = frozenset({"email", "sms"})


@blueprint.post("/notify/delivery")
def take_delivery() -> ResponseReturnValue:
    """Note what became of an e-mail or a text. Whether there was such a letter is not told."""
    expected = site().settings.notify_callback_token
    if not expected:
        abort(404)
    if not hmac.compare_digest(f"Bearer {expected}".encode(), _shown().encode("utf-8", "replace")):
        abort(401)
    request.max_content_length = LARGEST
    if (request.content_length or 0) > LARGEST:
        abort(413)
    receipt = request.get_json(force=True, silent=True)
    if not _is_receipt(receipt):
        abort(400)
    with site().writing() as session:
        key, said = site().settings.code_key, SAID[receipt["status"]]
        take_receipt(session, key, receipt["reference"] or "", said, site().clock())
    return jsonify({})


def _shown() -> str:
    """Return the token that was shown, with its kind."""
    return request.headers.get("Authorization", "")


def _is_receipt(receipt: Any) -> bool:
    """Whether this is a delivery receipt of an e-mail or a text, as Notify describes it."""
    return (
        isinstance(receipt, dict)
        and all(isinstance(receipt.get(name), str) for name in ("id", "notification_type", "status"))
        and receipt["notification_type"] in KINDS
        and receipt["status"] in SAID
        and isinstance(receipt.get("reference", 0), str | None)
    )

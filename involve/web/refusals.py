"""Noting in the audit trail that a page was refused to somebody who is signed in: trying doors should be seen."""

from flask import Flask, Response, request

from involve.errors import InvolveError, NotAllowed, NotFound
from involve.services.trail.record import record
from involve.web.errors import explain_own
from involve.web.security import is_signed_in, signed_in
from involve.web.site import site


def init_refusals(app: Flask) -> None:
    """Note refusals before they are explained."""
    for kind in (NotAllowed, NotFound):
        app.register_error_handler(kind, _note_and_explain)


def _note_and_explain(error: InvolveError) -> Response:
    """Note a refusal, and return its page."""
    note_refusal(error)
    return explain_own(error)


def note_refusal(error: InvolveError) -> None:
    """Record that a page of staff was refused, or that what it was asked for is not theirs; never what was typed."""
    if request.blueprint != "staff" or not is_signed_in():
        return
    actor = signed_in()
    with site().writing() as session:
        record(
            session,
            "page_refused",
            "user",
            actor.user_id,
            site().clock(),
            user_id=actor.user_id,
            page=request.endpoint,
            code=error.code,
        )

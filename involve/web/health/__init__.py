"""Whether the site is up (/healthz) and ready to keep stories (/readyz), for whoever watches over it."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from involve.database import is_ready
from involve.web.limits import limiter
from involve.web.site import site

blueprint = Blueprint("health", __name__)
limiter.exempt(blueprint)


@blueprint.get("/healthz")
def show_health() -> ResponseReturnValue:
    """Answer at all."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def show_readiness() -> ResponseReturnValue:
    """Answer 200 when the database answers, else 503."""
    if is_ready(site().factory):
        return jsonify(status="ok")
    return jsonify(status="database not ready"), 503

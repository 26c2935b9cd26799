"""Telling a story: one question a page, and nothing kept anywhere until it is sent."""

from flask import Blueprint

from involve.web.leave import offer_leaving

blueprint = Blueprint("tell", __name__)
offer_leaving(blueprint)

from involve.web.tell import views  # noqa: E402, F401  the views need the blueprint first

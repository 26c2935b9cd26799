"""What happened, as feeds that anyone's reader may fetch."""

from flask import Blueprint

blueprint = Blueprint("feeds", __name__)

from involve.web.feeds import views  # noqa: E402, F401  the views need the blueprint first

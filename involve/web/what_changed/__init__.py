"""What changed: asked, said, answered."""

from flask import Blueprint

blueprint = Blueprint("what_changed", __name__)

from involve.web.what_changed import views  # noqa: E402, F401  the views need the blueprint first

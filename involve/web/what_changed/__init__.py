"""What changed: asked, said, done and not done, and the same in small for the sites of bodies."""

from flask import Blueprint

blueprint = Blueprint("what_changed", __name__)

from involve.web.what_changed import embedded, views  # noqa: E402, F401  the views need the blueprint first

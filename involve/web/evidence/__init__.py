"""Evidence: published stories, filtered and searched."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__)

from involve.web.evidence import views  # noqa: E402, F401  the views need the blueprint first

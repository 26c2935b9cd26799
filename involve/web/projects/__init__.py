"""Projects: what is being asked, on which rung, and what can still be influenced."""

from flask import Blueprint

blueprint = Blueprint("projects", __name__)

from involve.web.projects import views  # noqa: E402, F401  the views need the blueprint first

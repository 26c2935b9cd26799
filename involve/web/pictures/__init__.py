"""Pictures of evidence: drawn on the server, each with a sentence that says what it shows and a table with the same."""

from flask import Blueprint

blueprint = Blueprint("pictures", __name__)

from involve.web.pictures import views  # noqa: E402, F401  the views need the blueprint first

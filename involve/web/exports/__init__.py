"""Taking published stories along as a file: at once where they are few, made in the background where they are many."""

from flask import Blueprint

blueprint = Blueprint("exports", __name__)

from involve.web.exports import asking, codes, files  # noqa: E402, F401  they need the blueprint first

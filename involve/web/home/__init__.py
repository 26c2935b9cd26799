"""The first pages: the choice of language, the home page, and what everyone should be able to read."""

from flask import Blueprint

blueprint = Blueprint("home", __name__)

from involve.web.home import moderation, views  # noqa: E402, F401  the views need the blueprint first

"""Promises: what each body promised, what it kept, what is late, and what people say of it."""

from flask import Blueprint

blueprint = Blueprint("promises", __name__)

from involve.web.promises import ballots, decisions, views  # noqa: E402, F401  the views need the blueprint first

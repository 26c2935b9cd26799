"""Promises: what each body promised, what it kept, what is late, and what people say of it."""

from flask import Blueprint

blueprint = Blueprint("promises", __name__)

# The views need the blueprint first.
from involve.web.promises import ballots, decisions, sheets, views  # noqa: E402, F401

"""Following by e-mail: asked for by anyone, confirmed by whoever reads there, changed and ended without an account."""

from flask import Blueprint

blueprint = Blueprint("following", __name__)

from involve.web.following import asking, mine  # noqa: E402, F401  they need the blueprint first

"""Taking figures elsewhere: as a feed, in a frame on another site, by program, and how to do each."""

from flask import Blueprint

blueprint = Blueprint("sharing", __name__)

from involve.web.sharing import embedded, stories_feed, views  # noqa: E402, F401  they need the blueprint first

"""The API: send a story, and read what is public. No key is needed for either."""

from apiflask import APIBlueprint

blueprint = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Involve")

from involve.web.api import keys, returns, views  # noqa: E402, F401  they need the blueprint first

"""Reading together: participants, by their code, and staff group what was published into themes on the same pages."""

from flask import Blueprint

from involve.web.leave import offer_leaving

blueprint = Blueprint("reading", __name__)
offer_leaving(blueprint)

from involve.web.reading import grouping, naming, themes  # noqa: E402, F401  they need the blueprint first

"""My story: coming back by code to see what was understood, decided and answered."""

from flask import Blueprint

from involve.web.leave import offer_leaving

blueprint = Blueprint("my_story", __name__)
offer_leaving(blueprint)

from involve.web.my_story import ballots, panel, promise, views  # noqa: E402, F401  they need the blueprint first

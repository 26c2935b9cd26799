"""My story: coming back by code to see what was understood, decided and answered."""

from flask import Blueprint

from involve.web.leave import offer_leaving

blueprint = Blueprint("my_story", __name__)
offer_leaving(blueprint)

from involve.web.my_story import (  # noqa: E402  they need the blueprint first
    about,  # noqa: F401
    appeal,  # noqa: F401
    ballots,  # noqa: F401
    contact,  # noqa: F401
    conversation,  # noqa: F401
    copy,  # noqa: F401
    corrections,  # noqa: F401
    panel,  # noqa: F401
    promise,  # noqa: F401
    translations,  # noqa: F401
    views,  # noqa: F401
)

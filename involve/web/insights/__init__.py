"""Front-line insight: staff log what they keep hearing, see what became of it, and are answered."""

from flask import Blueprint

blueprint = Blueprint("insights", __name__)

from involve.web.insights import (  # noqa: E402  they need the blueprint first
    answering,  # noqa: F401
    logging,  # noqa: F401
    mine,  # noqa: F401
    several,  # noqa: F401
)

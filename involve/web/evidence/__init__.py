"""Evidence: published stories, filtered and searched."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__)

from involve.web.evidence import (  # noqa: E402  they need the blueprint first
    brief,  # noqa: F401
    missing,  # noqa: F401
    views,  # noqa: F401
)

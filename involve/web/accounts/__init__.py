"""Signing in and out, taking up an invitation, and one's own account. Accounts are for staff only."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from involve.web.accounts import (  # noqa: E402  they need the blueprint first
    guard,  # noqa: F401
    my_account,  # noqa: F401
    organisation,  # noqa: F401
    passkeys,  # noqa: F401
    passwords,  # noqa: F401
    reset,  # noqa: F401
    second_step,  # noqa: F401
    second_step_setup,  # noqa: F401
    views,  # noqa: F401
)

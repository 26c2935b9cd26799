"""Signing in and out, and taking up an invitation. Accounts are for staff only."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from involve.web.accounts import views  # noqa: E402, F401  the views need the blueprint first

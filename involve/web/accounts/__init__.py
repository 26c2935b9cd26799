"""Signing in and out, taking up an invitation, and one's own account. Accounts are for staff only."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from involve.web.accounts import guard, my_account, passwords, views  # noqa: E402, F401  they need the blueprint first

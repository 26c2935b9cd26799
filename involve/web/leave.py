"""Where "Leave this page" goes: somewhere that anyone might be reading, in the language of the page."""

from flask import Blueprint

from involve.i18n import page_language

# Busy public pages without a subject that could give someone away.
PLACES = {"cy": "https://www.bbc.co.uk/cymrufyw", "en": "https://www.bbc.co.uk/weather"}


def leave_url() -> str:
    """Return the address to leave for."""
    return PLACES[page_language()]


def offer_leaving(blueprint: Blueprint) -> None:
    """Show the way out on every page of *blueprint*, its errors included."""
    blueprint.context_processor(lambda: {"leave_url": leave_url()})

"""Where passkeys are used: this site, in this browser."""

from urllib.parse import urlsplit

import flask
from flask import request
from flask_wtf.csrf import generate_csrf

from involve.services.staff.passkeys import Place, options_to_sign_in
from involve.web.site import site

LOCAL = "localhost"


def passkey_options() -> str:
    """Return what this browser needs to offer its passkeys."""
    return options_to_sign_in(place(), site().clock())


def place() -> Place:
    """Return where passkeys are used: the site's own address, or the one in the browser where none is set.

    A passkey belongs to a name, never to a number such as 127.0.0.1: on one's own machine the name is localhost.
    """
    own = site().settings.public_url
    origin = urlsplit(request.url_root if not own or urlsplit(request.url_root).hostname == LOCAL else own)
    # The mark is made with the first form of this browser, and replaced when someone signs in.
    generate_csrf()
    return Place(
        host=origin.hostname or "",
        origin=f"{origin.scheme}://{origin.netloc}",
        secret_key=site().settings.secret_key,
        browser=flask.session.get("csrf_token", ""),
    )

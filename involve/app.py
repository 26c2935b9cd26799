"""The one place where everything is wired together."""

from collections.abc import Callable
from datetime import UTC, datetime

from apiflask import APIFlask
from flask import Flask
from flask_compress import Compress
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from involve.database import SessionFactory, open_database, session_factory
from involve.i18n import init_languages
from involve.jobs.dispatch import make_dispatch
from involve.paths import PACKAGE, asset_dir
from involve.settings import Settings, check_keys, from_environment
from involve.web import register_journeys
from involve.web.addresses import init_addresses
from involve.web.api.describing import init_description
from involve.web.api.schemas import ErrorOut
from involve.web.built import init_built
from involve.web.csrf import init_csrf
from involve.web.errors import init_errors
from involve.web.gate import init_gate
from involve.web.headers import init_headers
from involve.web.limits import init_limits
from involve.web.page import init_page
from involve.web.refusals import init_refusals
from involve.web.security import init_security
from involve.web.site import Site

YEAR = 365 * 24 * 3600
# A story of 20,000 characters of four bytes each, form-encoded, with the rest of the form beside it.
LARGEST_REQUEST = 512 * 1024
# In this order: addresses know the language before anything asks for it, and journeys need all the others.
PARTS = (
    init_addresses,
    init_built,
    init_headers,
    init_errors,
    init_refusals,
    init_limits,
    init_security,
    init_page,
    register_journeys,
    init_description,
    init_gate,
)


def create_app(
    settings: Settings | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Flask:
    """Return the site, ready to serve.

    Raises:
        SettingsError: a setting is missing or cannot be used.
        FileNotFoundError: the installation lacks catalogues or built assets.
    """
    settings = check_keys(settings or from_environment())
    app = APIFlask(
        "involve",
        title="Involve",
        version="1.0",
        spec_path=None,
        docs_path=None,
        json_errors=False,
        template_folder=str(asset_dir("templates")),
        static_folder=str(PACKAGE / "web" / "static"),
        static_url_path="/static",
    )
    app.config.update(_configuration(settings))
    factory = session_factory(open_database(settings.resolved_database_url))
    app.extensions["involve"] = make_site(settings, clock, factory)
    _init_templates(app)
    init_languages(app)
    for init in PARTS:
        init(app)
    init_csrf(app)
    Compress(app)
    _wrap(app, settings)
    return app


def make_site(settings: Settings, clock: Callable[[], datetime], factory: SessionFactory) -> Site:
    """Return what the views of a site reach, on a database that is open."""
    return Site(settings, factory, clock, make_dispatch(settings))


def _configuration(settings: Settings) -> dict[str, object]:
    """Return Flask's own configuration."""
    return {
        "SECRET_KEY": settings.secret_key,
        # A browser takes a cookie of this name from this very host only, and over https only.
        "SESSION_COOKIE_NAME": "__Host-involve" if settings.secure_cookies else "involve",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_MIMETYPES": ["text/html", "application/json", "application/atom+xml"],
        "WTF_CSRF_TIME_LIMIT": 8 * 3600,
        # The description of the API: one shape for every error.
        "HTTP_ERROR_SCHEMA": ErrorOut,
        "VALIDATION_ERROR_SCHEMA": ErrorOut,
    }


def _init_templates(app: Flask) -> None:
    """An undefined name in a template is an error, not an empty place."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined


def _wrap(app: Flask, settings: Settings) -> None:
    """Serve packed static files, and believe the proxies that the settings name."""
    static = PACKAGE / "web" / "static"
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=str(static), prefix="/static/", max_age=YEAR)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

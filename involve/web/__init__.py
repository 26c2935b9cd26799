"""The site: blueprints, one folder per journey."""

from importlib import import_module

from flask import Flask

JOURNEYS = (
    "home",
    "projects",
    "tell",
    "my_story",
    "reading",
    "evidence",
    "exports",
    "sharing",
    "what_changed",
    "promises",
    "feeds",
    "following",
    "accounts",
    "staff",
    "insights",
    "api",
    "health",
    "notify",
    "pictures",
)


def register_journeys(app: Flask) -> None:
    """Add every journey to the site. They are imported here, so that a part of the floor can be used alone."""
    for name in JOURNEYS:
        blueprint = import_module(f"involve.web.{name}").blueprint
        # APIFlask asks every blueprint whether it belongs into the description of the API; pages do not.
        blueprint.enable_openapi = name == "api"
        app.register_blueprint(blueprint)

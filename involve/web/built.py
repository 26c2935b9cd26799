"""The built style sheet and script: from a plain name to the address with the content hash."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, url_for

BUILD = Path(__file__).resolve().parent / "static" / "build"


def init_built(app: Flask) -> None:
    """Give templates the function `asset`.

    Raises:
        FileNotFoundError: the assets were not built.
    """
    read_manifest()
    app.jinja_env.globals["asset"] = asset_address


@cache
def read_manifest() -> dict[str, str]:
    """Return hashed names by plain name, as the build wrote them.

    Raises:
        FileNotFoundError: the assets were not built; says how.
    """
    manifest = BUILD / "manifest.json"
    if not manifest.is_file():
        raise FileNotFoundError("The style sheet is not built: run 'make install'.")
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return names


def asset_address(name: str) -> str:
    """Return the address of the built file *name* ("involve.css")."""
    return url_for("static", filename=f"build/{read_manifest()[name]}")

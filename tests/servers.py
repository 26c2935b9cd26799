"""The servers and the browser that some tests need: used where they are, else skipped with a reason, never in CI."""

import os
import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

POSTGRES_URL = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
REDIS_URL = "redis://127.0.0.1:6379/15"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def require_postgres() -> str:
    """Return the address of a PostgreSQL where tests may make databases of their own, or skip the test."""
    return require_server("PostgreSQL", "INVOLVE_TEST_POSTGRES_URL", POSTGRES_URL, 5432)


def require_redis() -> str:
    """Return the address of a Redis database that tests may empty, or skip the test."""
    return require_server("Redis", "INVOLVE_TEST_REDIS_URL", REDIS_URL, 6379)


def require_browser() -> str:
    """Return the path of a Chromium, or skip the test."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    return give_up("no Chromium on the PATH: install it (on Debian: apt-get install chromium)")


def require_shared(name: str) -> Path:
    """Return a file of the reference data beside the checkout, or skip the test: it is never part of the project."""
    path = Path(__file__).resolve().parents[2] / "shared" / name
    if not path.exists():
        pytest.skip(f"reference data ../shared/{name} is not on this machine")
    return path


def require_server(name: str, variable: str, default: str, port: int) -> str:
    """Return the address in the environment *variable* when something answers there."""
    url = os.environ.get(variable, default)
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or port), timeout=2).close()
    except OSError as error:
        return give_up(
            f"{name} does not answer at {parts.hostname}:{parts.port or port} ({error}); set {variable}"
        )
    return url


def give_up(reason: str) -> str:
    """Skip the test on a developer's machine; fail it in CI, where everything must be there."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"CI lacks what this test needs: {reason}")
    pytest.skip(reason)

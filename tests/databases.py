"""Databases for tests, one for each test: a file of SQLite, or a database of its own on PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from tests import servers

KINDS = ("sqlite", "postgresql")
# For a test that need not run on both, or not in the same way.
ON_SQLITE = pytest.mark.parametrize("template_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("template_url", ["postgresql"], indirect=True)


@contextmanager
def new_database(kind: str, folder: Path, copy_of: str | None = None) -> Iterator[str]:
    """Give the address of an empty database, or of a copy; it is gone afterwards. Without a server: skip."""
    if kind == "sqlite":
        path = folder / "test.sqlite3"
        if copy_of is not None:
            shutil.copy(make_url(copy_of).database or "", path)
        yield f"sqlite:///{path}"
        return
    url = make_copy(copy_of)
    try:
        yield url
    finally:
        drop(url)


def make_copy(copy_of: str | None = None) -> str:
    """Return the address of a new database on PostgreSQL, empty or a copy; skip the test without a server."""
    admin = create_engine(servers.require_postgres(), isolation_level="AUTOCOMMIT")
    name = f"involve_test_{uuid4().hex}"
    template = "" if copy_of is None else f" template {make_url(copy_of).database}"
    with admin.connect() as connection:
        connection.execute(text(f"create database {name}{template}"))
    admin.dispose()
    # A test that ends with its database need not wait for the disk.
    quick = {"options": "-c synchronous_commit=off"}
    return admin.url.set(database=name, query=quick).render_as_string(hide_password=False)


def drop(url: str) -> None:
    """Drop a database of PostgreSQL, whoever is still connected to it."""
    admin = create_engine(servers.require_postgres(), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"drop database {make_url(url).database} with (force)"))
    admin.dispose()

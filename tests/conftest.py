"""What every test may ask for."""

import gc
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import event
from sqlalchemy.pool import Pool

from involve.database import SessionFactory, open_database, session_factory, upgrade_schema
from tests import databases, servers
from tests.once import make_once
from tests.spare import SpareFile, SpareServer

# Speed is for `involve bench`: a machine that is busy fails no test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@event.listens_for(Pool, "checkout")
def _leave_the_disk_alone(connection: Any, record: Any, _proxy: object) -> None:
    """Let files of SQLite in this process be written without waiting for the disk: no test cuts the power."""
    if isinstance(connection, sqlite3.Connection) and not record.info.get("hurried"):
        connection.execute("PRAGMA synchronous=OFF")
        # What asks for no order gets the other one than usual: nothing may depend on it.
        connection.execute("PRAGMA reverse_unordered_selects=ON")
        record.info["hurried"] = True


def pytest_collection_finish() -> None:
    """Thousands of tests, once collected, stay: looking through them for rubbish again and again costs a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of a PostgreSQL where tests may make databases of their own."""
    return servers.require_postgres()


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The address of a Redis database that tests may empty."""
    return servers.require_redis()


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The path of a Chromium."""
    return servers.require_browser()


@pytest.fixture(params=databases.KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database without tables; a test that asks for it runs on SQLite and on PostgreSQL."""
    with databases.new_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite with all the tables and nothing in them, to be copied."""
    return make_once(tmp_path_factory, "tables", _make_tables) / "empty.sqlite3"


def _make_tables(folder: Path) -> None:
    engine = open_database(f"sqlite:///{folder / 'empty.sqlite3'}")
    upgrade_schema(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.fixture(scope="session", params=databases.KINDS)
def template_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database with tables and no rows, to be copied: migrating one for each test would be slow."""
    if request.param == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('empty_database')}"
        return
    with databases.new_database(request.param, tmp_path_factory.mktemp("template")) as url:
        engine = open_database(url)
        upgrade_schema(engine)
        engine.dispose()
        yield url


@pytest.fixture(scope="session")
def spare(template_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpareFile | SpareServer]:
    """Databases that wait to be borrowed."""
    if template_url.startswith("sqlite"):
        yield SpareFile(template_url, tmp_path_factory.mktemp("spare"))
        return
    server = SpareServer(template_url)
    yield server
    server.drop()


@pytest.fixture
def factory(spare: SpareFile | SpareServer) -> Iterator[SessionFactory]:
    """Sessions on an empty database with tables; a test that asks for it runs on SQLite and on PostgreSQL."""
    with spare.borrow() as engine:
        yield session_factory(engine)

"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from involve.database import SessionFactory, open_database, session_factory, upgrade_schema
from tests import databases, servers
from tests.spare import Spare

# Speed is for `involve bench`: a machine that is busy fails no test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


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


@pytest.fixture(scope="session", params=databases.KINDS)
def template_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database with tables and no rows, to be copied: migrating one for each test would be slow."""
    with databases.new_database(request.param, tmp_path_factory.mktemp("template")) as url:
        engine = open_database(url)
        upgrade_schema(engine)
        engine.dispose()
        yield url


@pytest.fixture(scope="session")
def spare(template_url: str) -> Iterator[Spare]:
    """Databases of PostgreSQL that wait to be borrowed."""
    spare = Spare(template_url)
    yield spare
    spare.drop()


@pytest.fixture
def factory(template_url: str, spare: Spare, tmp_path: Path) -> Iterator[SessionFactory]:
    """Sessions on an empty database with tables; a test that asks for it runs on SQLite and on PostgreSQL."""
    kind = template_url.partition(":")[0].partition("+")[0]
    lent = spare.borrow() if kind == "postgresql" else databases.new_database(kind, tmp_path, template_url)
    with lent as url:
        engine = open_database(url)
        yield session_factory(engine)
        engine.dispose()

"""A site of its own for each test: embedded SQLite, a clock that stands still, and a browser that checks its pages."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from involve.app import create_app, make_site
from involve.database import session_factory
from involve.services.staff.sessions import begin_session
from involve.settings import Settings
from involve.web.limits import limiter
from involve.web.site import Site
from tests import factories
from tests.factories import make_staff
from tests.once import find_run
from tests.pages import Browser, CheckedClient

SignIn = Callable[[str], Browser]


@pytest.fixture
def clock() -> factories.Clock:
    """The clock of the site, which stands still until a test moves it."""
    return factories.Clock()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sites of a run keep their data, one after the other."""
    return tmp_path_factory.mktemp("house")


@pytest.fixture
def data_dir(house: Path, empty_database: Path) -> Path:
    """The data folder of the test's site: always the same one, so that the site need not be built for each test."""
    shutil.rmtree(house)
    house.mkdir()
    shutil.copy(empty_database, house / "involve.sqlite3")
    return house


@pytest.fixture
def settings(data_dir: Path) -> Settings:
    """The settings of the site; a test may ask for others with `dataclasses.replace`."""
    return Settings(
        data_dir=data_dir,
        secret_key=factories.SECRET_KEY,
        code_key=factories.CODE_KEY,
        limits=False,
        secure_cookies=False,
    )


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates as code, so that each site of the run need not compile them again."""
    folder = find_run(tmp_path_factory) / "compiled-templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def built_apps() -> dict[Settings, Flask]:
    """Sites that were built before, by their settings: building the addresses of one takes longer than most tests."""
    return {}


@pytest.fixture
def app(
    settings: Settings,
    clock: factories.Clock,
    compiled_templates: FileSystemBytecodeCache,
    built_apps: dict[Settings, Flask],
) -> Iterator[Flask]:
    """The whole site, on the test's own database. One that counts requests is the test's own altogether."""
    app = built_apps.get(settings)
    if app is None:
        app = create_app(settings, clock)
        app.jinja_env.bytecode_cache = compiled_templates
        if not settings.limits:
            built_apps[settings] = app
    else:
        # With its engine, which remembers every statement that it compiled before.
        engine = app.extensions["involve"].factory.kw["bind"]
        app.extensions["involve"] = make_site(settings, clock, session_factory(engine))
        # It belongs to the process: another site may have switched it on.
        limiter.enabled = settings.limits
    app.test_client_class = CheckedClient
    configuration = dict(app.config)
    yield app
    # What a test switched off is on again for the next.
    app.config.clear()
    app.config.update(configuration)
    app.extensions["involve"].factory.kw["bind"].dispose()


@pytest.fixture
def site(app: Flask) -> Site:
    """What the views reach: `site.writing()` and `site.reading()` are sessions on the site's database."""
    running: Site = app.extensions["involve"]
    return running


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A browser without scripts, whose every page is checked."""
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.fixture
def page(client: CheckedClient) -> Browser:
    """The same browser, giving pages that were taken apart: `page.get("/cy")`, `page.send(…)`."""
    return Browser(client)


@pytest.fixture
def project(site: Site) -> str:
    """The slug of a project that takes stories."""
    with site.writing() as session:
        return factories.make_project(session)


class AtWork(FlaskClient):
    """The browser of a member of staff, who signs in again whenever the clock of the test has moved on."""

    user_id = 0
    signed_in_at: datetime | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as someone who signed in a moment ago."""
        running: Site = self.application.extensions["involve"]
        if self.signed_in_at != running.clock():
            self.signed_in_at = running.clock()
            with running.writing() as session:
                token = begin_session(session, self.user_id, "password", "", running.clock())
            with self.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
        return super().open(*args, **kwargs)


@pytest.fixture
def sign_in(app: Flask, site: Site) -> SignIn:
    """Make a member of staff with a role, and return the browser in which they are signed in."""

    def open_browser(role: str, body: str = "corff-prawf") -> Browser:
        with site.writing() as session:
            actor = make_staff(session, role, body)
        kind = type("AtWork", (AtWork, app.test_client_class or FlaskClient), {})
        client = kind(app, app.response_class)
        client.user_id = actor.user_id
        return Browser(client)

    return open_browser

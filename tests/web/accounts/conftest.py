"""Someone who can sign in with a password, in as many browsers as a test needs."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from argon2 import PasswordHasher
from flask import Flask

from involve.services.staff.access import Actor
from involve.services.staff.accounts import keep_password
from involve.web.site import Site
from tests.factories import make_staff
from tests.pages import Browser, Page

PASSWORD = "cwch-pannas-telyn-9"
EMAIL = "mair@corff.example"
# The weakest that the library knows: a test is no guesser.
HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash


@dataclass(frozen=True)
class Person:
    """A member of staff with a password."""

    actor: Actor
    open: Callable[[], Browser]

    def type_password(self, browser: Browser, password: str = PASSWORD, language: str = "en") -> Page:
        """Fill in the page of signing in."""
        address = "/en/staff/sign-in" if language == "en" else "/cy/staff/mewngofnodi"
        return browser.send(browser.get(address), email=EMAIL, password=password)

    def signed_in(self) -> Browser:
        """Return a new browser in which they are signed in."""
        browser = self.open()
        assert self.type_password(browser).status == 200
        return browser


@pytest.fixture
def browsers(app: Flask) -> Callable[[], Browser]:
    """Open a new browser."""
    return lambda: Browser(app.test_client())  # type: ignore[arg-type]


@pytest.fixture
def mair(site: Site, browsers: Callable[[], Browser]) -> Person:
    """A moderator with a password."""
    with site.writing() as session:
        actor = make_staff(session, "moderator", email=EMAIL)
        make_staff(session, "moderator", email="noise@corff.example")
        keep_password(session, actor.user_id, HASHED(PASSWORD))
    return Person(actor, browsers)

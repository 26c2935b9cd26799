"""Members of staff who are signed in, each in a browser of their own."""

from collections.abc import Callable

import pytest
from flask import Flask

from involve.web.site import Site
from tests.factories import make_project, make_staff
from tests.pages import Browser

SignIn = Callable[[str], Browser]


@pytest.fixture
def sign_in(app: Flask, site: Site) -> SignIn:
    """Make a member of staff with a role, and return the browser in which they are signed in."""

    def open_browser(role: str, body: str = "corff-prawf") -> Browser:
        with site.writing() as session:
            actor = make_staff(session, role, body)
            mark = session.connection().exec_driver_sql(
                f'select fs_uniquifier from "user" where id = {actor.user_id}'
            )
            uniquifier = mark.scalar_one()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = uniquifier, True
        return Browser(client)  # type: ignore[arg-type]

    return open_browser


@pytest.fixture
def moderator(sign_in: SignIn, site: Site) -> Browser:
    """A moderator of the body, which has a project that takes stories."""
    with site.writing() as session:
        make_project(session)
    return sign_in("moderator")

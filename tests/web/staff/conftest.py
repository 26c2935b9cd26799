"""Members of staff who are signed in, each in a browser of their own."""

import pytest

from involve.web.site import Site
from tests.factories import make_project
from tests.pages import Browser
from tests.web.conftest import SignIn


@pytest.fixture
def moderator(sign_in: SignIn, site: Site) -> Browser:
    """A moderator of the body, which has a project that takes stories."""
    with site.writing() as session:
        make_project(session)
    return sign_in("moderator")

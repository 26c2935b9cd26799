"""Who logs insights, and who answers them, each in a browser of their own."""

import pytest

from involve.web.site import Site
from tests.factories import make_project
from tests.pages import Browser, Page
from tests.web.conftest import SignIn

LOG = {"cy": "/cy/staff/mewnwelediadau/newydd", "en": "/en/staff/insights/new"}
MINE = {"cy": "/cy/staff/fy-mewnwelediadau", "en": "/en/staff/my-insights"}
HEARD = {
    "cy": "Does dim bws gyda’r nos: dyna mae pobl yn ei ddweud dro ar ôl tro.",
    "en": "People keep telling me that the evening bus is gone and they cannot get home.",
}
FORM = "#insight"


@pytest.fixture
def worker(sign_in: SignIn, site: Site) -> Browser:
    """A front-line worker of a body with one project."""
    with site.writing() as session:
        make_project(session)
    return sign_in("worker")


def log(browser: Browser, language: str = "en", **typed: str) -> Page:
    """Log an insight on the page for it."""
    return browser.send(browser.get(LOG[language]), form=FORM, **{"text": HEARD[language], **typed})

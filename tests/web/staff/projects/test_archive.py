"""Putting a project away from its staff page, and what the public sees of it."""

import pytest

from involve.web.site import Site
from tests.factories import Clock, make_project, make_story
from tests.pages import Browser
from tests.web.conftest import SignIn

STAFF = {"cy": "/cy/staff/prosiectau/bywyd-da", "en": "/en/staff/projects/bywyd-da"}
PUBLIC = {"cy": "/cy/prosiectau/bywyd-da", "en": "/en/projects/bywyd-da"}
ARCHIVE = {"cy": 'form[action$="/archif"]', "en": 'form[action$="/archive"]'}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])


@BOTH
def test_a_finished_project_is_archived_and_brought_back(
    page: Browser, sign_in: SignIn, site: Site, clock: Clock, language: str
) -> None:
    with site.writing() as session:
        make_project(session)
    clock.move(days=30)
    staff = sign_in("administrator")
    done = staff.send(staff.get(STAFF[language]), form=ARCHIVE[language])
    assert done.soup.select(".notice--good")
    listed = PUBLIC[language].rsplit("/", 1)[0]
    assert "bywyd-da" not in str(page.get(listed).soup)
    assert page.get(PUBLIC[language]).soup.select("main .notice")
    staff.send(done, {"restore": "1"}, form=ARCHIVE[language])
    assert "bywyd-da" in str(page.get(listed).soup)


@BOTH
def test_the_page_says_who_still_waits(sign_in: SignIn, site: Site, clock: Clock, language: str) -> None:
    with site.writing() as session:
        make_project(session)
        make_story(session)
    clock.move(days=30)
    staff = sign_in("administrator")
    refused = staff.send(staff.get(STAFF[language]), form=ARCHIVE[language])
    assert refused.soup.select(".notice--warn")

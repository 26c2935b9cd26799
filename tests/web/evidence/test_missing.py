"""Who has not been heard, in pages: the table with what it shows in words, the line on findings, and whom to reach."""

import pytest
from sqlalchemy import select

from involve.models import HeardCount, HeardSnapshot, Project
from involve.services.missing.snapshots import month_of
from involve.web.site import Site
from tests.factories import NOW, make_project
from tests.pages import Browser
from tests.web.staff.conftest import SignIn

LEAST = {"cy": "Anabl", "en": "Disabled"}
PAGES = {
    "cy": (
        "/cy/prosiectau/bywyd-da/pwy-sydd-heb-eu-clywed",
        "/cy/staff/prosiectau/bywyd-da/pwy-i-w-cyrraedd",
    ),
    "en": ("/en/projects/bywyd-da/who-is-missing", "/en/staff/projects/bywyd-da/who-to-reach"),
}


@pytest.fixture
def heard(site: Site) -> None:
    """A hundred who are not disabled were counted, and nobody else."""
    with site.writing() as session:
        make_project(session)
        project_id = session.scalars(select(Project.id)).one()
        session.add(HeardSnapshot(month=month_of(NOW), taken_at=NOW))
        session.flush()
        row = {"question": "disability", "answer": "not_disabled", "number": 100}
        session.add(HeardCount(month=month_of(NOW), project_id=project_id, **row))


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.usefixtures("heard")
def test_who_is_missing_stands_on_the_page_on_findings_and_on_the_list_of_whom_to_reach(
    page: Browser, sign_in: SignIn, language: str
) -> None:
    shown, reach = PAGES[language]
    table = page.get(shown)
    assert LEAST[language] in table.one("section[aria-labelledby=disability] p b").get_text()
    # Nothing is said of what too few have answered.
    assert not page.get(shown).soup.select("section[aria-labelledby=sex] .state--warn")
    evidence = page.get({"cy": "/cy/tystiolaeth", "en": "/en/evidence"}[language] + "?project=bywyd-da")
    assert LEAST[language] in evidence.one(f'p:has(a[href="{shown}"]) b').get_text()
    asked = sign_in("intermediary").get(reach)
    assert LEAST[language] in asked.one("tbody th").get_text()

"""What came back has no dead ends: from decision to project, to what changed, to the evidence, and back."""

import pytest
from sqlalchemy import update

from involve.models import Project
from involve.services.deciding.decisions import draft_decision
from involve.web.site import Site
from tests.factories import NOW, make_project, make_staff
from tests.grounds import publish_with_ground
from tests.pages import Browser, Page
from tests.web.promises.test_sheets import DRAFT, SHEET

DECISION = {"cy": "/cy/penderfyniadau/1", "en": "/en/decisions/1"}
PROJECT = {"cy": "/cy/prosiectau/bywyd-da", "en": "/en/projects/bywyd-da"}
CHANGED = {"cy": "/cy/beth-newidiodd/prosiectau/bywyd-da", "en": "/en/what-changed/projects/bywyd-da"}
EVIDENCE = {"cy": "/cy/tystiolaeth", "en": "/en/evidence"}


@pytest.fixture
def decided(site: Site, project: str) -> None:
    """A published decision that relies on a published story."""
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        publish_with_ground(session, staff, draft_decision(session, staff, 1, DRAFT, NOW))


def hrefs(shown: Page) -> set[str]:
    return {str(each["href"]) for each in shown.soup.select("main a[href]")}


@pytest.mark.parametrize("language", ["cy", "en"])
def test_each_page_leads_on_to_the_next_and_back(page: Browser, decided: None, language: str) -> None:
    decision, project, changed, evidence = (each[language] for each in (DECISION, PROJECT, CHANGED, EVIDENCE))
    listed = f"{evidence}?project=bywyd-da"
    (story,) = (each for each in hrefs(page.get(decision)) if each.startswith(f"{evidence}/"))
    assert {project, changed} <= hrefs(page.get(decision))
    assert {decision, changed, listed, SHEET[language]} <= hrefs(page.get(project))
    assert {decision, project, listed, SHEET[language]} <= hrefs(page.get(changed))
    assert {project, changed, story} <= hrefs(page.get(listed))
    assert {decision, project, changed} <= hrefs(page.get(story))
    assert DRAFT.title.in_language(language) in page.get(project)


def test_a_project_that_is_not_listed_offers_no_sheet_that_nobody_gets(
    page: Browser, site: Site, decided: None
) -> None:
    with site.writing() as session:
        session.execute(update(Project).values(listed=False))
    for path in (PROJECT["en"], CHANGED["en"], DECISION["en"], f"{PROJECT['en']}/promise"):
        assert not [each for each in hrefs(page.get(path)) if ".pdf" in each or "/follow/" in each], path


def test_a_project_that_has_not_opened_leads_to_no_account_yet(page: Browser, site: Site) -> None:
    with site.writing() as session:
        make_project(session, "dyfodol", opens=2, closes=9)
    for path in ("/en/projects/dyfodol", "/en/projects/dyfodol/promise"):
        assert not [each for each in hrefs(page.get(path)) if "what-changed" in each], path

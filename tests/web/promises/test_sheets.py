"""Results sheets are taken by anybody, hold published words only, and are made again only when something changed."""

from io import BytesIO

import pypdf
import pytest

from involve.models import Project, Story
from involve.services.deciding.decisions import DecisionDraft, draft_decision
from involve.services.stories.erasing import erase_story
from involve.vocabulary.bilingual import Bilingual
from involve.web.site import Site
from tests.documents.tagged import find_faults
from tests.factories import NOW, WELSH_STORY, make_staff
from tests.grounds import publish_with_ground
from tests.pages import Browser
from tests.publications import make_public

SHEET = {"cy": "/cy/prosiectau/bywyd-da/taflen.pdf", "en": "/en/projects/bywyd-da/sheet.pdf"}
DECISION = {"cy": "/cy/penderfyniadau/1/taflen.pdf", "en": "/en/decisions/1/sheet.pdf"}
DRAFT = DecisionDraft(
    Bilingual("Bws am wyth", "A bus at eight"),
    Bilingual("Bydd bws am wyth.", "There will be a bus at eight."),
    Bilingual("Roedd y bws am saith.", "The first plan had it at seven."),
)


def read(page: Browser, path: str) -> str:
    answer = page.client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert find_faults(answer.data) == []
    pages = pypdf.PdfReader(BytesIO(answer.data)).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_sheet_of_a_decision_and_of_its_project_say_what_was_decided(
    page: Browser, project: str, site: Site, language: str
) -> None:
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        publish_with_ground(session, staff, draft_decision(session, staff, 1, DRAFT, NOW))
    for path in (DECISION[language], SHEET[language]):
        words = read(page, path)
        assert DRAFT.title.in_language(language) in words
        assert DRAFT.text.in_language(language) in words
    assert len(pypdf.PdfReader(BytesIO(page.client.get(DECISION[language]).data)).pages) == 1


def test_a_story_that_is_taken_back_is_on_no_later_sheet(page: Browser, project: str, site: Site) -> None:
    with site.writing() as session:
        reference = make_public(session, WELSH_STORY)
    before = page.client.get(SHEET["cy"])
    assert "bws olaf" in read(page, SHEET["cy"])
    same = page.client.get(SHEET["cy"], headers={"If-None-Match": before.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    with site.writing() as session:
        erase_story(session, session.query(Story).filter_by(reference=reference).one(), NOW)
    after = page.client.get(SHEET["cy"], headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "bws olaf" not in read(page, SHEET["cy"])


def test_words_that_may_not_be_quoted_are_on_no_sheet(page: Browser, project: str, site: Site) -> None:
    with site.writing() as session:
        make_public(session, WELSH_STORY, uses=frozenset({"read", "publish"}))
    assert "bws olaf" not in read(page, SHEET["cy"])


def test_both_languages_stand_on_one_sheet_welsh_first(page: Browser, project: str) -> None:
    words = read(page, SHEET["en"] + "?both=1&large=1")
    assert words.index("Bywyd da yn y fro") < words.index("A good life locally")


@pytest.mark.parametrize("path", [*DECISION.values(), "/en/projects/dim/sheet.pdf"])
def test_there_is_no_sheet_of_what_is_not_there(page: Browser, project: str, path: str) -> None:
    assert page.client.get(path).status_code == 404


def test_there_is_no_sheet_of_a_project_that_is_not_listed(page: Browser, project: str, site: Site) -> None:
    with site.writing() as session:
        session.query(Project).filter_by(slug=project).one().listed = False
    assert page.client.get(SHEET["cy"]).status_code == 404


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_page_of_the_promise_leads_to_the_sheets(page: Browser, project: str, language: str) -> None:
    path = {"cy": "/cy/prosiectau/bywyd-da/addewid", "en": "/en/projects/bywyd-da/promise"}[language]
    links = [str(each["href"]) for each in page.get(path).soup.select("main a[href*='.pdf']")]
    assert links == [SHEET[language], f"{SHEET[language]}?large=1", f"{SHEET[language]}?both=1"]

"""Saying something of oneself after the story: voluntary, kept apart, changed and deleted by code."""

import pytest
from sqlalchemy import select

from involve.models import AboutAnswer
from involve.services.stories.tell import Receipt
from involve.web.site import Site
from tests.factories import make_project, make_story
from tests.pages import Browser
from tests.publications import publish
from tests.web.my_story.coming_back import type_code

PAGES = {"cy": "/cy/fy-stori/amdanoch-chi", "en": "/en/my-story/about-you"}


@pytest.fixture
def told(site: Site) -> Receipt:
    with site.writing() as session:
        make_project(session)
        receipt = make_story(session)
        publish(session, receipt)
        return receipt


def kept(site: Site) -> dict[str, str | None]:
    with site.reading() as session:
        return {row.question: row.answer for row in session.scalars(select(AboutAnswer))}


@pytest.mark.parametrize("language", ["cy", "en"])
def test_answers_are_given_with_consent_stand_on_no_public_page_and_are_deleted(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    assert PAGES[language] in type_code(page, told.code, language).html
    asked = page.get(PAGES[language])
    refused = page.send(asked, form="form#about", ethnic_group="asian")
    assert refused.status == 422
    assert kept(site) == {}
    # What was chosen is still there.
    page.send(refused, form="form#about", agreed="y")
    assert kept(site) == {"ethnic_group": "asian"}
    assert "Asian" not in page.get(f"/en/evidence/{told.reference}")
    page.send(page.get(PAGES[language]), form="form:has(button[value=remove])", go="remove")
    assert kept(site) == {}


def test_the_receipt_leads_to_the_questions_after_the_story_was_told(page: Browser, told: Receipt) -> None:
    sent = page.client.post("/en/my-story", data={"code": told.code, "go": "about"})
    assert sent.status_code == 303
    assert sent.headers["Location"] == PAGES["en"]

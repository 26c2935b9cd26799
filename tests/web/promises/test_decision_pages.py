"""A decision in public: found by its number once it is published, and by nobody before."""

import pytest

from involve.services.deciding.decisions import DecisionDraft, draft_decision
from involve.vocabulary.bilingual import Bilingual
from involve.web.site import Site
from tests.factories import NOW, make_staff
from tests.grounds import publish_with_ground
from tests.pages import Browser

DECISION = {"cy": "/cy/penderfyniadau/1", "en": "/en/decisions/1"}
PROMISE = {"cy": "/cy/prosiectau/bywyd-da/addewid", "en": "/en/projects/bywyd-da/promise"}
DRAFT = DecisionDraft(
    Bilingual("Bws am wyth", "A bus at eight"),
    Bilingual("Bydd bws am wyth.", "There will be a bus at eight."),
    Bilingual("Roedd y bws am saith yn y cynllun cyntaf.", "The first plan had it at seven."),
)


def decide(site: Site, publish: bool = True) -> None:
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        decision_id = draft_decision(session, staff, 1, DRAFT, NOW)
        if publish:
            publish_with_ground(session, staff, decision_id)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_published_decision_has_a_page_that_the_promise_leads_to(
    page: Browser, project: str, site: Site, language: str
) -> None:
    decide(site)
    listed = page.get(PROMISE[language])
    link = listed.one(f'main a[href="{DECISION[language]}"]')
    assert link.get_text() == DRAFT.title.in_language(language)
    shown = page.get(DECISION[language])
    assert shown.h1 == DRAFT.title.in_language(language)
    assert DRAFT.text.in_language(language) in shown
    assert DRAFT.change.in_language(language) in shown


@pytest.mark.parametrize("language", ["cy", "en"])
def test_nobody_learns_of_a_draft(page: Browser, project: str, site: Site, language: str) -> None:
    decide(site, publish=False)
    draft, unknown = page.get(DECISION[language]), page.get(DECISION[language].replace("1", "999"))
    assert (draft.status, unknown.status) == (404, 404)
    assert draft.one("main").get_text() == unknown.one("main").get_text()
    assert DRAFT.title.in_language(language) not in page.get(PROMISE[language])

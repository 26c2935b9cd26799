"""A decision in public: found by its number once it is published, with all that was considered and came of it."""

from dataclasses import replace

import pytest

from involve.models import Story
from involve.services.deciding.behind import stories_behind
from involve.services.deciding.considered import Considered
from involve.services.deciding.decisions import DecisionDraft, draft_decision
from involve.services.deciding.outcomes import OutcomeDraft, note_outcome
from involve.vocabulary.bilingual import Bilingual
from involve.web.site import Site
from tests.factories import NOW, Clock, make_staff
from tests.grounds import publish_with_ground
from tests.pages import Browser

DECISION = {"cy": "/cy/penderfyniadau/1", "en": "/en/decisions/1"}
PROMISE = {"cy": "/cy/prosiectau/bywyd-da/addewid", "en": "/en/projects/bywyd-da/promise"}
DRAFT = DecisionDraft(
    Bilingual("Bws am wyth", "A bus at eight"),
    Bilingual("Bydd bws am wyth.", "There will be a bus at eight."),
    Bilingual("Roedd y bws am saith yn y cynllun cyntaf.", "The first plan had it at seven."),
)


WHY = Bilingual("Nid oedd gyrrwr i’w gael.", "There was no driver to be found.")


def decide(site: Site, publish: bool = True, draft: DecisionDraft = DRAFT) -> None:
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        decision_id = draft_decision(session, staff, 1, draft, NOW)
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


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_page_says_in_short_how_it_stands_what_else_could_be_and_what_came_of_it(
    page: Browser, project: str, site: Site, clock: Clock, language: str
) -> None:
    hostile = Bilingual("<script>x()</script> Bws", "<script>x()</script> Bus")
    options = (Considered(hostile, True, DRAFT.change),)
    decide(site, draft=replace(DRAFT, question=hostile, decided_by=DRAFT.title, options=options))
    shown = page.get(DECISION[language])
    assert {"cy": "Penderfynwyd hyn ar 2 Ebrill 2026.", "en": "This was decided on 2 April 2026."}[
        language
    ] in shown
    assert hostile.in_language(language) in shown
    assert "<script>x()" not in shown.html
    assert {"cy": "Wedi’i ddewis", "en": "Chosen"}[language] in shown
    clock.move(days=3)
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        note_outcome(session, staff, 1, OutcomeDraft("not_done", WHY, site.today), site.clock())
    shown = page.get(DECISION[language])
    assert {"cy": "ond ni chafodd ei wneud", "en": "but it was not done"}[language] in shown
    assert WHY.in_language(language) in shown.one("ol.timeline").get_text()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_published_story_leads_to_the_decision_that_relies_on_it(
    page: Browser, project: str, site: Site, language: str
) -> None:
    decide(site)
    with site.reading() as session:
        (story_id,) = stories_behind(session, 1)
        reference = session.get_one(Story, story_id).reference
    path = {"cy": f"/cy/tystiolaeth/{reference}", "en": f"/en/evidence/{reference}"}[language]
    shown = page.get(path)
    assert shown.one(f'main a[href="{DECISION[language]}"]').get_text() == DRAFT.title.in_language(language)
    assert {"cy": "Mae’n dibynnu ar eiriau o’r stori hon", "en": "It relies on words of this story"}[
        language
    ] in shown

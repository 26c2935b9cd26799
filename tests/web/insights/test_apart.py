"""Insights are second-hand: no number or word of them is on a page of stories, evidence, promises or the queue."""

import re
from uuid import uuid4

from involve.services.evidence.exporting import export_row
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.published import published_stories
from involve.services.insights.insight_answers import AnswerDraft, answer_insights
from involve.services.insights.insight_draft import InsightDraft
from involve.services.insights.insight_matches import judge_story
from involve.services.insights.insights import log_insight
from involve.web.site import Site
from tests.factories import CODE_KEY, ENGLISH_STORY, NOW, WELSH_STORY, make_staff, make_story
from tests.pages import Browser
from tests.publications import publish
from tests.web.conftest import SignIn

SECRET = "Geiriaumewnzeb: the evening bus is gone, people say."
PUBLIC = (
    "/en",
    "/cy",
    "/en/projects",
    "/cy/prosiectau/bywyd-da",
    "/en/evidence",
    "/cy/tystiolaeth?q=bws",
    "/en/evidence?q=people+say",
    "/en/what-changed",
    "/en/promises",
    "/cy/prosiectau/bywyd-da/addewid",
    "/api/v1/stories?project=bywyd-da",
    "/api/v1/evidence?project=bywyd-da",
)
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
STAFF = ("/en/staff", "/cy/staff?state=published", "/en/staff/projects")


def main_of(browser: Browser, address: str) -> str:
    """Return what stands in the main part of a page, or all that a program is given."""
    shown = browser.get(address)
    assert shown.status == 200, address
    return shown.html.partition("<main")[2].partition("</main")[0] or shown.html


def test_no_page_export_or_count_of_stories_moves_when_insights_come(
    worker: Browser, page: Browser, sign_in: SignIn, site: Site
) -> None:
    with site.writing() as session:
        told = [make_story(session, text=text) for text in (WELSH_STORY, ENGLISH_STORY)]
        publish(session, told[0])
    staff = sign_in("administrator")
    with site.writing() as session:
        actor = make_staff(session, "administrator")

    def everything() -> list[str]:
        shown = [main_of(page, address) for address in PUBLIC]
        shown += [TOKEN.sub("", main_of(staff, address)) for address in STAFF]
        with site.reading() as session:
            return [
                *shown,
                *map(repr, map(export_row, published_stories(session, EvidenceFilter(project="bywyd-da")))),
            ]

    before = everything()
    with site.writing() as session:
        ids = [
            log_insight(session, actor, InsightDraft("bywyd-da", SECRET, people=9), uuid4(), NOW, CODE_KEY)
            for _each in range(7)
        ]
        answer_insights(session, actor, ids, AnswerDraft("changed", SECRET, SECRET), NOW)
        judge_story(session, actor, ids[0], told[0].reference, "same", NOW)
    assert everything() == before

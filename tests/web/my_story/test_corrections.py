"""Small corrections by code: both wordings side by side, yes, no and undone, and what the public then reads."""

import pytest
from flask import Flask

from involve.services.moderation.moderate import decide_story
from involve.services.publishing.corrections import offer_correction, take_correction_back
from involve.services.stories.tell import Receipt
from involve.web.site import Site
from tests.factories import NOW, make_staff, make_story
from tests.pages import Browser, Page
from tests.web.conftest import SignIn
from tests.web.my_story.coming_back import type_code

WORDS = "The buss to the hopsital is gone, and I feel lonely in the evenings."
MINE = {"cy": "/cy/fy-stori/cywiriadau", "en": "/en/my-story/corrections"}
STAFF = {"cy": "/cy/staff/straeon/{}/cywiriadau", "en": "/en/staff/stories/{}/corrections"}
NOTE = {
    "cy": "Cafodd ychydig eiriau eu cywiro gyda chytundeb y sawl a ddywedodd y stori.",
    "en": "A few words were corrected with the teller’s agreement.",
}
EVIDENCE = {"cy": "/cy/tystiolaeth/{}", "en": "/en/evidence/{}"}


@pytest.fixture
def told(site: Site, project: str) -> Receipt:
    """A published story, beside somebody else's."""
    with site.writing() as session:
        staff = make_staff(session)
        other, mine = make_story(session, text="Noise: the library."), make_story(session, text=WORDS)
        for receipt in (other, mine):
            decide_story(session, staff, receipt.reference, "published", NOW)
        return mine


def offer(site: Site, told: Receipt, old: str = "hopsital", new: str = "hospital") -> None:
    with site.writing() as session:
        offer_correction(session, make_staff(session), told.reference, old, new, "slip", NOW)


def answer(page: Browser, at: Page, said: str) -> Page:
    return page.send(at, {"answer": said}, form="main section form")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_correction_is_announced_compared_accepted_and_undone(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    offer(site, told)
    mine = type_code(page, told.code, language)
    assert mine.soup.select('main .notice a[href="#corrections"]')
    offered = page.get(MINE[language])
    assert [mark.get_text() for mark in offered.soup.select(".pane mark")] == ["hopsital", "hospital"]
    assert {quote["lang"] for quote in offered.soup.select(".pane blockquote")} == {"en"}
    assert "hopsital" in page.get(EVIDENCE[language].format(told.reference))
    accepted = answer(page, offered, "accepted")
    public = page.get(EVIDENCE[language].format(told.reference))
    assert "hospital" in public
    assert NOTE[language] in public
    answer(page, accepted, "undone")
    public = page.get(EVIDENCE[language].format(told.reference))
    assert "hopsital" in public
    assert NOTE[language] not in public


def test_no_means_that_nothing_changes(page: Browser, site: Site, told: Receipt) -> None:
    offer(site, told)
    type_code(page, told.code)
    refused = answer(page, page.get(MINE["en"]), "refused")
    assert "Your own words stay as they are." in refused
    assert "hopsital" in page.get(EVIDENCE["en"].format(told.reference))
    assert not refused.soup.select("main section button")


def test_an_offer_that_was_taken_back_meanwhile_is_told(page: Browser, site: Site, told: Receipt) -> None:
    offer(site, told)
    type_code(page, told.code)
    offered = page.get(MINE["en"])
    with site.writing() as session:
        take_correction_back(session, make_staff(session), told.reference, 1, NOW)
    assert "The staff took this correction back" in answer(page, offered, "accepted")


@pytest.mark.parametrize("said", ["", "offered", "\0", "x" * 9999])
def test_a_garbled_answer_is_a_page(page: Browser, site: Site, told: Receipt, said: str) -> None:
    offer(site, told)
    type_code(page, told.code)
    assert answer(page, page.get(MINE["en"]), said).status == 400


@pytest.mark.parametrize("language", ["cy", "en"])
def test_staff_offer_a_correction_and_what_they_typed_stays_after_a_mistake(
    app: Flask, sign_in: SignIn, told: Receipt, language: str
) -> None:
    staff = sign_in("moderator")
    form = staff.get(STAFF[language].format(told.reference))
    refused = staff.send(form, form="form#correction", old="hospital", new="surgery", reason="name")
    assert (refused.status, len(refused.errors)) == (422, 1)
    kept = refused.fields("form#correction")
    assert (kept["old"], kept["new"], kept["reason"]) == ("hospital", "surgery", "name")
    other = staff.post(str(refused.one(".switch button")["formaction"]), {**kept, "switch": "1"})
    assert other.fields("form#correction")["new"] == "surgery"
    sent = staff.send(refused, form="form#correction", old="hopsital", new="hospital", reason="slip")
    assert [mark.get_text() for mark in sent.soup.select(".pane mark")] == ["hopsital", "hospital"]
    teller = Browser(app.test_client())  # type: ignore[arg-type]
    assert type_code(teller, told.code).soup.select('a[href="/en/my-story/corrections"]')
    taken = staff.send(
        sent, form='main section form[action*="corrections/"], main section form[action*="cywiriadau/"]'
    )
    assert not taken.soup.select("main section form")


@pytest.mark.parametrize(("role", "status"), [("worker", 403), ("analyst", 403), ("administrator", 200)])
def test_offering_is_for_those_who_moderate(sign_in: SignIn, told: Receipt, role: str, status: int) -> None:
    assert sign_in(role).get(STAFF["en"].format(told.reference)).status == status


def test_a_story_without_leave_to_publish_shows_no_way_to_correct(
    site: Site, sign_in: SignIn, project: str
) -> None:
    with site.writing() as session:
        private = make_story(session, uses=frozenset({"read"}))
    staff = sign_in("moderator")
    assert not staff.get(f"/en/staff/stories/{private.reference}").soup.select('a[href*="corrections"]')

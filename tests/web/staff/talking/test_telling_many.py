"""Answering everybody of an audience, and the outbox: what staff see, and what people find."""

import pytest
from flask import Flask
from sqlalchemy import select

from involve.models import Decision, DecisionPassage, Letter, Publication
from involve.services.moderation.replies import Answer, answer_stories
from involve.services.tellers.my_story import withdraw_story
from involve.web.site import Site
from tests.factories import NOW, make_project, make_staff, make_story
from tests.pages import Browser, Page
from tests.publications import publish
from tests.web.conftest import SignIn
from tests.web.my_story.coming_back import type_code

FIELDS = {
    "text_cy": "Eich stori {cyfeirnod}: “{penderfyniad}”. Diolch.",
    "text_en": "Your story {reference}: “{decision}”. Thank you.",
}


@pytest.fixture
def decider(sign_in: SignIn, site: Site) -> Browser:
    """A decision-maker of the body, which has a project that takes stories."""
    with site.writing() as session:
        make_project(session)
    return sign_in("decision_maker")


def decide(site: Site, stories: int = 2) -> tuple[int, list[str], list[int]]:
    """Publish a decision on so many published stories, every other one Welsh; return its id, their codes and ids."""
    with site.writing() as session:
        receipts = [
            make_story(session, text=f"Bus {n} is late.", reply_language=("cy", "en")[n % 2], tagged=False)
            for n in range(stories)
        ]
        words = dict.fromkeys(("text_cy", "text_en", "change_cy", "change_en"), "Ie.")
        decision = Decision(
            project_id=1, stage_id=1, title_cy="Bws am saith", title_en="A bus at seven", **words
        )
        decision.state, decision.created_at, decision.published_at = "published", NOW, NOW
        session.add(decision)
        session.flush()
        for receipt in receipts:
            publish(session, receipt)
            found = select(Publication).where(Publication.story_id == receipt.story_id)
            publication = session.scalars(found).one()
            passage = {"publication_id": publication.id, "start": 0, "stop": 3, "added_at": NOW}
            session.add(DecisionPassage(decision_id=decision.id, **passage))
        return decision.id, [each.code for each in receipts], [each.story_id for each in receipts]


def come_back(app: Flask, code: str) -> Page:
    """Open a story by its code in a browser that knows nothing."""
    return type_code(Browser(app.test_client()), code, "en")  # type: ignore[arg-type]


def preview(browser: Browser, decision_id: int, language: str = "en", **typed: str) -> Page:
    paths = {"en": "/en/staff/replies/new", "cy": "/cy/staff/atebion/newydd"}
    form = browser.get(f"{paths[language]}?to=decision:{decision_id}")
    return browser.send(form, {"go": "preview"}, form="#reply", **{**FIELDS, **typed})


def test_everybody_behind_a_decision_is_answered_from_the_outbox_each_in_their_language(
    app: Flask, decider: Browser, site: Site
) -> None:
    _, codes, _ = decide(site)
    outbox = decider.get("/en/staff/projects/bywyd-da/outbox")
    assert "2 people are not told yet" in outbox
    assert "In Welsh: 1. In English: 1." in outbox
    form = decider.get(str(outbox.soup.select("main a[href*='to=decision']")[0]["href"]))
    looked = decider.send(form, {"go": "preview"}, form="#reply", **FIELDS)
    assert "“A bus at seven”" in looked
    assert "{reference}" not in looked.one("main").get_text()
    sent = decider.send(looked, {"go": "send"}, form="#reply")
    assert sent.h1 == "Outbox"
    assert "2 people are told." in sent
    assert "They are behind the decision" not in sent
    assert "Eich stori" in come_back(app, codes[0])
    assert "“A bus at seven”. Thank you." in come_back(app, codes[1])


def test_the_page_of_a_decision_says_who_was_not_told_yet_and_leads_to_telling_them(
    decider: Browser, site: Site
) -> None:
    decision_id, _, _ = decide(site)
    decision = decider.get(f"/cy/staff/penderfyniadau/{decision_id}")
    assert "Mae 2 berson heb gael gwybod eto" in decision
    form = decider.get(str(decision.soup.select("main a[href*='to=decision']")[0]["href"]))
    assert form.one("form#reply")


def test_a_story_taken_back_after_the_preview_is_said_and_the_others_are_told(
    app: Flask, decider: Browser, site: Site
) -> None:
    decision_id, codes, ids = decide(site, 3)
    looked = preview(decider, decision_id)
    with site.writing() as session:
        withdraw_story(session, ids[1], NOW)
    sent = decider.send(looked, {"go": "send"}, form="#reply")
    assert "2 people are told." in sent
    assert "1 story was taken back since you chose it." in sent
    assert "A bus at seven" not in come_back(app, codes[1])
    assert "Eich stori" in come_back(app, codes[2])


def test_when_everybody_took_their_story_back_nobody_is_told_and_the_page_says_so(
    decider: Browser, site: Site
) -> None:
    decision_id, _, ids = decide(site)
    looked = preview(decider, decision_id)
    with site.writing() as session:
        for story_id in ids:
            withdraw_story(session, story_id, NOW)
    sent = decider.send(looked, {"go": "send"}, form="#reply")
    assert "everyone whom you chose has taken their story back" in sent


def test_an_answer_sent_twice_says_that_nobody_is_told_twice(decider: Browser, site: Site) -> None:
    decision_id, _, _ = decide(site)
    looked = preview(decider, decision_id)
    decider.send(looked, {"go": "send"}, form="#reply")
    again = decider.send(looked, {"go": "send"}, form="#reply")
    assert "Nobody is told them twice." in again
    assert "Everyone there has been told already." in decider.get(
        f"/en/staff/replies/new?to=decision:{decision_id}"
    )


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        (
            "en",
            {"text_en": "Dear {name}"},
            "There is no field {name}. These can stand in an answer: {reference}",
        ),
        ("cy", {"text_cy": "Annwyl {enw}"}, "Nid oes maes o’r enw {enw}"),
        ("en", {"text_en": "Your story {reference"}, "The brace { stands alone"),
        ("en", {"text_en": "Thank you."}, "The other language has the field {reference}"),
        ("en", {"public": "y"}, "{cyfeirnod} differs from teller to teller"),
    ],
)
def test_a_field_that_cannot_be_filled_is_named_beside_its_box_and_nothing_typed_is_lost(
    decider: Browser, site: Site, language: str, typed: dict[str, str], said: str
) -> None:
    decision_id, _, _ = decide(site)
    refused = preview(decider, decision_id, language, **typed)
    assert refused.status == 422
    assert any(said in error for error in refused.errors)
    assert refused.fields("#reply")["text_cy"].strip() == {**FIELDS, **typed}["text_cy"]


@pytest.mark.parametrize(
    "to",
    ["decision:99", "decision:x", "theme:99", "stage:99", "stage:-1", "nobody:1", "decision:9999999999999"],
)
def test_an_audience_that_is_not_there_is_no_crash(decider: Browser, to: str) -> None:
    assert decider.get(f"/en/staff/replies/new?to={to}").status in (200, 404)


def test_everybody_of_a_stage_is_chosen_from_a_list(decider: Browser, site: Site) -> None:
    decide(site)
    outbox = decider.get("/cy/staff/prosiectau/bywyd-da/blwch-anfon")
    (choice, *_) = outbox.soup.select("select#to option")
    form = decider.get(f"/cy/staff/atebion/newydd?project=bywyd-da&to={choice['value']}")
    assert "Mae’n mynd i 2 stori." in form or "2 stori" in form


@pytest.mark.parametrize("to", ["project=bywyd-da", "to=decision:1"])
def test_who_was_told_before_is_left_out_and_may_be_told_again(decider: Browser, site: Site, to: str) -> None:
    decide(site, 3)
    with site.writing() as session:
        actor = make_staff(session, "decision_maker")
        first = session.scalars(select(Publication.reference)).first() or ""
        answer_stories(session, actor, [first], Answer("Do.", "Yes.", decision_id=1), NOW)
    form = decider.get(f"/en/staff/replies/new?{to}")
    assert "It goes to 2 stories." in form
    assert "1 more person was told before and is left out." in form
    again = decider.get(str(form.soup.select("main a[href*='again=1']")[0]["href"]))
    assert "It goes to 3 stories." in again


def test_a_letter_that_failed_is_listed_with_its_reason_and_tried_again(decider: Browser, site: Site) -> None:
    with site.writing() as session:
        told = make_story(session, contact="mair@example.org", tagged=False)
    form = decider.get(f"/en/staff/replies/new?story={told.reference}")
    looked = decider.send(form, {"go": "preview"}, form="#reply", text_en="Thank you.")
    decider.send(looked, {"go": "send"}, form="#reply")
    with site.writing() as session:
        letter = session.scalars(select(Letter)).one()
        letter.state, letter.last_error = "failed", "PostDelayed"
    outbox = decider.get("/en/staff/projects/bywyd-da/outbox")
    assert "The mail server did not take the letter for a week." in outbox
    assert "mair@example.org" not in outbox.html
    again = decider.send(outbox, {"letter": str(letter.id)}, form="main form[action$='/again']")
    assert "It is tried again." in again
    assert "Letters that did not get through" not in again


@pytest.mark.parametrize(
    "query", ["state=lost&language=fr", "start=-1", "start=99999999999", "state=read&start=30"]
)
def test_an_outbox_asked_for_nonsense_shows_what_it_can(decider: Browser, query: str) -> None:
    assert decider.get(f"/en/staff/projects/bywyd-da/outbox?{query}").status == 200

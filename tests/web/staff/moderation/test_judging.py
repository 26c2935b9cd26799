"""Judging at the desk: a reason that its teller reads, the next story opens, a second person, undo."""

from dataclasses import replace

import pytest

from involve.documents.letters import write_words
from involve.services.upkeep.letters import Envelope
from involve.settings import Settings
from involve.web.site import Site
from tests.factories import NOW, make_story
from tests.pages import Browser, Page
from tests.web.conftest import SignIn

RISK = "Some nights I just want to end my life and nobody comes."
ROUND = "We are looking for the bus that my mother took every Tuesday for thirty years to the market."


def judge(browser: Browser, at: Page, verdict: str, **typed: object) -> Page:
    return browser.send(at, {"verdict": verdict}, form="#moderate", **typed)


def story_page(browser: Browser, reference: str, language: str = "en") -> Page:
    return browser.get(
        f"/en/staff/stories/{reference}" if language == "en" else f"/cy/staff/straeon/{reference}"
    )


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_reason_and_a_sentence_reach_the_teller_in_their_page(
    moderator: Browser, site: Site, page: Browser, language: str
) -> None:
    with site.writing() as session:
        told = make_story(session, text=ROUND, reply_language="cy")
    opened = story_page(moderator, told.reference, language)
    refused = judge(moderator, opened, "held", sentence="Pa fws oedd hi?")
    assert refused.status == 422
    assert refused.fields("#moderate")["sentence"].strip() == "Pa fws oedd hi?"
    assert refused.errors
    judge(moderator, refused, "held", held_reason="asked")
    seen = page.send(
        page.get(f"/{language}/" + ("fy-stori" if language == "cy" else "my-story")), code=told.code
    )
    assert ("Mae gennym gwestiwn i chi" if language == "cy" else "We have a question for you") in seen
    quote = seen.one('.timeline [lang="cy"]')
    assert quote.text == "Pa fws oedd hi?"


def test_a_sentence_in_the_other_language_is_kept_on_the_page_and_not_sent(
    moderator: Browser, site: Site
) -> None:
    with site.writing() as session:
        reference = make_story(session, text=ROUND, reply_language="cy").reference
    typed = {"held_reason": "asked", "sentence": "Which of the buses was it that she took on Tuesdays?"}
    refused = judge(moderator, story_page(moderator, reference), "held", **typed)
    assert (refused.status, refused.fields("#moderate")["sentence"].strip()) == (422, typed["sentence"])
    assert "Write the sentence in Welsh" in refused.text
    assert "Received" in story_page(moderator, reference)


def test_the_next_story_of_the_same_filter_opens_and_undo_is_offered_there(
    moderator: Browser, site: Site, page: Browser
) -> None:
    with site.writing() as session:
        first = make_story(session, text=ROUND).reference
        make_story(session, text="Mae’r llyfrgell wedi cau ac mae’r plant yn oer ar ôl ysgol bob dydd.")
        third = make_story(session, text="The park is closed in the evening and nobody knows why.").reference
    opened = moderator.get(f"/en/staff/stories/{first}?language=en")
    following = judge(moderator, opened, "published")
    assert third in following.h1
    assert first in following.text
    assert page.get(f"/en/evidence/{first}").status == 200
    undone = moderator.send(following, form="form.undo", step=str(following.one("form.undo button")["value"]))
    assert first in undone.h1
    assert page.get(f"/en/evidence/{first}").status == 404
    assert undone.soup.select(".timeline s")


def test_after_the_last_story_the_queue_opens(moderator: Browser, site: Site) -> None:
    with site.writing() as session:
        reference = make_story(session, text=ROUND).reference
    assert judge(moderator, story_page(moderator, reference), "published").h1 == "Queue"


def test_a_second_person_agrees_on_the_page_and_the_first_cannot(
    moderator: Browser, sign_in: SignIn, site: Site
) -> None:
    with site.writing() as session:
        reference = make_story(session, text=RISK).reference
    alone = story_page(moderator, reference)
    assert "Nobody else moderates this project" in alone
    colleague = sign_in("administrator")
    judge(moderator, story_page(moderator, reference), "declined", declined_reason="threat")
    mine = story_page(moderator, reference, "cy")
    assert "Chi a benderfynodd hyn" in mine
    assert mine.soup.select("button[name=answer]") == []
    assert "A second person must agree" in moderator.get("/en/staff?why=second").one(".tasks").text
    theirs = story_page(colleague, reference)
    agreed = colleague.send(theirs, {"answer": "agree"}, form='form[action*="/agree"]')
    assert "Will not be published" in agreed
    forged = moderator.post(
        f"/en/staff/stories/{reference}/agree", {**agreed.fields("#moderate"), "answer": "disagree"}
    )
    assert forged.status in (200, 400)
    assert "Will not be published" in story_page(moderator, reference)


def test_whoever_opens_a_story_is_told_which_colleague_opened_it_lately(
    moderator: Browser, sign_in: SignIn, site: Site, clock: object
) -> None:
    with site.writing() as session:
        reference = make_story(session, text=ROUND).reference
    assert "Opened by a colleague" not in story_page(moderator, reference)
    colleague = sign_in("moderator")
    assert "Opened by a colleague" in story_page(colleague, reference)
    assert "Agorwyd gan gydweithiwr" in story_page(colleague, reference, "cy")
    clock.move(minutes=20)  # type: ignore[attr-defined]
    assert "Opened by a colleague" not in story_page(sign_in("moderator"), reference)


def test_a_step_that_is_not_the_last_or_not_there_is_told_not_undone(moderator: Browser, site: Site) -> None:
    with site.writing() as session:
        reference = make_story(session, text=ROUND).reference
    judge(moderator, story_page(moderator, reference), "published")
    form = story_page(moderator, reference)
    for step in ("0", "99999", "x", "-1"):
        sent = moderator.send(form, {"step": step}, form='form[action*="/undo"]')
        assert sent.status == 200
        assert "cannot be undone any more" in sent


@pytest.mark.parametrize(
    ("language", "said", "path"),
    [
        ("cy", "Mae cydweithiwr am wrthod stori", "/cy/staff/straeon/1234-5678"),
        ("en", "A colleague wants to decline a story", "/en/staff/stories/1234-5678"),
    ],
)
def test_the_letter_to_a_second_person_leads_to_the_story_and_says_nothing_of_it(
    settings: Settings, language: str, said: str, path: str
) -> None:
    envelope = Envelope(
        1, "second_person", language, "mair@corff.example", {"reference": "1234-5678"}, NOW, user_id=1
    )
    words = write_words(envelope, replace(settings, public_url="https://involve.example"))
    assert said in words.body
    assert f"https://involve.example{path}" in words.body
    assert words.subject

"""What says the same, on the pages: the words that show it, and two buttons for people to say."""

import pytest

from involve.web.site import Site
from tests.factories import ENGLISH_STORY, WELSH_STORY, make_story
from tests.pages import Browser, Page
from tests.publications import publish
from tests.web.conftest import SignIn
from tests.web.insights.conftest import log

PAGE = {"cy": "/cy/staff/mewnwelediadau/1", "en": "/en/staff/insights/1"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])
SECRET = "Cuddiedig: the evening bus home is gone."


@pytest.fixture
def stories(worker: Browser, site: Site) -> None:
    """Stories on buses: two that are public and one that is not."""
    with site.writing() as session:
        for text in (WELSH_STORY, ENGLISH_STORY):
            publish(session, make_story(session, text=text))
        make_story(session, text=SECRET)


def say(browser: Browser, page: Page, verdict: str) -> Page:
    return browser.send(page, {"verdict": verdict}, form="article.card form")


@BOTH
@pytest.mark.usefixtures("stories")
def test_stories_in_both_languages_stand_beside_an_insight_with_the_words_that_show_why(
    worker: Browser, sign_in: SignIn, language: str
) -> None:
    receipt = log(worker, language)
    assert WELSH_STORY in receipt
    assert ENGLISH_STORY in receipt
    log(worker, language)
    opened = sign_in("analyst").get(PAGE[language])
    cards = opened.soup.select("article.card")
    assert len(cards) == 3
    assert all("bws" in card.get_text() or "bus" in card.get_text() for card in cards)
    assert SECRET not in opened.html + receipt.html


@BOTH
@pytest.mark.usefixtures("stories")
def test_people_say_whether_it_is_the_same_and_take_it_back(
    worker: Browser, sign_in: SignIn, language: str
) -> None:
    log(worker, language)
    analyst = sign_in("analyst")
    same = say(analyst, analyst.get(PAGE[language]), "same")
    assert len(same.soup.select("article.card .state--good")) == 1
    other = say(analyst, same, "different")
    assert len(other.soup.select("details article.card")) == 1
    back = analyst.send(other, {"verdict": ""}, form="details article.card form")
    assert back.soup.select("article.card .state") == []


def test_a_made_up_verdict_or_story_is_refused(worker: Browser, sign_in: SignIn) -> None:
    log(worker)
    analyst = sign_in("analyst")
    token = analyst.get("/en/staff").soup.select("input[name=csrf_token]")[0]["value"]
    for sent, status in (
        ({"reference": "0000-0000", "verdict": "same"}, 404),
        ({"other": "1", "verdict": "same"}, 400),
        ({"other": "99", "verdict": "same"}, 404),
        ({}, 404),
    ):
        assert analyst.post(f"{PAGE['en']}/same", {**sent, "csrf_token": token}).status == status

"""Staff ask what stories mean, and read what tellers answered."""

from typing import Any

import pytest

from involve.services.projects.signifiers import Signified, list_signifiers
from involve.web.site import Site
from tests.factories import make_project, make_story
from tests.pages import Browser
from tests.web.conftest import SignIn

ASK = {
    "cy": "/cy/staff/prosiectau/bywyd-da/camau/1/arwyddwyr",
    "en": "/en/staff/projects/bywyd-da/stages/1/signifiers",
}
READ = {
    "cy": "/cy/staff/prosiectau/bywyd-da/camau/1/ystyron",
    "en": "/en/staff/projects/bywyd-da/stages/1/meanings",
}
TRIAD = {
    "kind": "triad",
    "question_cy": "Beth oedd yn bwysig?",
    "question_en": "What mattered?",
    "labels_cy": "Cwmni\r\nCymorth\r\nClust",
    "labels_en": "Company\r\nHelp\r\nAn ear",
}
SCALE = {**TRIAD, "kind": "scale", "labels_cy": "Drwg\r\nDa", "labels_en": "Bad\r\nGood"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])


@pytest.fixture
def decider(sign_in: SignIn, site: Site) -> Browser:
    """A decision-maker of a body with a project."""
    with site.writing() as session:
        make_project(session)
    return sign_in("decision_maker")


def ask(browser: Browser, language: str = "en", **typed: Any) -> Any:
    return browser.send(browser.get(ASK[language]), form="#question", **{**TRIAD, **typed})


@BOTH
def test_a_triad_is_asked_and_taken_back(decider: Browser, site: Site, language: str) -> None:
    assert TRIAD[f"question_{language}"] in ask(decider, language)
    shown = decider.get(ASK[language])
    assert TRIAD[f"question_{language}"] in shown
    decider.send(shown, form='form[action$="/1"]')
    assert TRIAD[f"question_{language}"] not in decider.get(ASK[language])


@BOTH
@pytest.mark.parametrize(
    "typed",
    [
        {"labels_cy": "Cwmni\r\nCymorth"},
        {"labels_cy": "Cwmni\r\nCymorth", "labels_en": "Company\r\nHelp"},
        {"labels_en": "Company\r\n \r\nAn ear"},
        {"labels_en": "Company\r\nHelp\r\n" + "x" * 61},
        {"question_cy": ""},
        {"kind": ""},
    ],
)
def test_a_question_that_is_not_whole_comes_back_with_what_was_typed(
    decider: Browser, site: Site, language: str, typed: dict[str, str]
) -> None:
    back = ask(decider, language, **typed)
    assert back.status == 422
    assert back.one('textarea[name="labels_en"]').get_text().split()[0] == "Company"
    with site.reading() as session:
        assert list_signifiers(session, 1) == ()


@BOTH
def test_an_analyst_reads_the_answers_and_opens_the_stories_behind_them(
    decider: Browser, sign_in: SignIn, site: Site, language: str
) -> None:
    ask(decider)
    ask(decider, **SCALE)
    with site.writing() as session:
        told = make_story(
            session, signified={"q1": Signified(triad=(70, 20, 10)), "q2": Signified(place=100)}
        )
        make_story(session, text="Noise: another one.", signified={"q1": Signified(fits=False)})
    analyst = sign_in("analyst")
    assert analyst.get(f"/{language}/staff").soup.select(f'a[href="{READ[language]}"]')
    shown = analyst.get(READ[language])
    assert len(shown.soup.select("svg .point")) == 1
    for place in ("svg a[aria-label]", "table td a"):
        opened = analyst.get(str(shown.soup.select_one(place)["href"]))  # type: ignore[index]
        assert [each.get_text() for each in opened.soup.select("#opened a")] == [told.reference]


def test_two_groups_stand_side_by_side(decider: Browser, sign_in: SignIn, site: Site) -> None:
    ask(decider)
    with site.writing() as session:
        make_story(session, signified={"q1": Signified(triad=(70, 20, 10))})
        make_story(
            session,
            text="Told for another.",
            told_as="on_behalf",
            signified={"q1": Signified(triad=(0, 0, 100))},
        )
    shown = sign_in("analyst").get(f"{READ['en']}?one=told_as:own&other=told_as:on_behalf")
    assert [each.get_text() for each in shown.soup.select(".side-by-side h3")] == [
        "Told by themselves",
        "Told for someone else",
    ]
    assert len(shown.soup.select(".side-by-side > div")[0].select("svg .point")) == 1


def test_who_may_not_read_the_queue_may_not_read_meanings(decider: Browser, sign_in: SignIn) -> None:
    assert sign_in("worker").get(READ["en"]).status == 403
    assert sign_in("moderator").get(ASK["en"]).status == 403

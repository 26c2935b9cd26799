"""My story: what its teller sees of it, says of it and changes, in both languages."""

from typing import Any

import pytest
from sqlalchemy import select

from involve.models import Publication, Story, Tag
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.moderation.replies import reply_to_stories
from involve.services.projects.signposts import seed_signposts
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import show_uses
from involve.web.site import Site
from tests.factories import NOW, WELSH_STORY, make_staff, make_story
from tests.pages import Browser, Page
from tests.web.my_story.coming_back import PARTS, press, type_code

WORDS = "There is no bus after six, so I cannot get to my doctor. <b>It is hard.</b>"


@pytest.fixture
def told(site: Site, project: str) -> Receipt:
    """A story that the machine has read, beside somebody else's."""
    with site.writing() as session:
        make_story(session, text="Noise: somebody else’s words about the library.")
        return make_story(session, text=WORDS)


def decide(site: Site, told: Receipt, verdict: str) -> None:
    with site.writing() as session:
        decide_story(session, make_staff(session), told.reference, verdict, NOW)


def reply(site: Site, told: Receipt) -> None:
    with site.writing() as session:
        reply_to_stories(
            session, make_staff(session), [told.reference], "Dyma’r ateb.", "Here is the answer.", NOW
        )


def said(site: Site, told: Receipt) -> dict[str, tuple[str, str]]:
    """Return what the teller says of each concept, with the stance."""
    with site.reading() as session:
        rows = session.scalars(select(Tag).where(Tag.story_id == told.story_id, Tag.voice == "participant"))
        return {row.concept: (row.state, row.stance) for row in rows}


def verdicts(page: Page) -> list[str]:
    """Return what the buttons of the suggestions send."""
    return [str(button["value"]) for button in page.soup.select("button[name=verdict]")]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_each_suggestion_shows_the_words_that_led_to_it(page: Browser, told: Receipt, language: str) -> None:
    mine = type_code(page, told.code, language)
    rows = mine.soup.select(".tag-row")
    assert rows
    for row in rows:
        quoted = [quote.get_text() for quote in row.select("q")]
        assert quoted
        assert all(words in WORDS for words in quoted)
        assert all(quote["lang"] == "en" for quote in row.select("q"))
    marked = [mark.get_text() for mark in mine.soup.select(".words mark")]
    assert marked
    assert mine.one(".words").get_text() == WORDS
    assert mine.one(".words")["lang"] == "en"


def test_an_answer_is_kept_and_can_be_changed(page: Browser, site: Site, told: Receipt) -> None:
    mine = type_code(page, told.code)
    confirm = next(value for value in verdicts(mine) if value.startswith("confirmed:goal:"))
    concept = confirm.split(":")[2]
    confirmed = press(page, mine, "tags", verdict=confirm)
    assert "Thank you. We have saved your answer." in confirmed
    assert said(site, told)[concept][0] == "confirmed"
    assert confirm not in verdicts(confirmed)
    rejected = press(page, confirmed, "tags", verdict=confirm.replace("confirmed", "rejected"))
    assert said(site, told)[concept][0] == "rejected"
    assert confirm in verdicts(rejected)


def test_what_was_missed_is_added_with_its_stance(page: Browser, site: Site, told: Receipt) -> None:
    mine = press(page, type_code(page, told.code), "add", concept="way:prevention", stance="idea")
    assert said(site, told)["prevention"] == ("confirmed", "idea")
    assert "rejected:way:prevention" in verdicts(mine)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, ["Choose what your story is about", "Choose strength, concern, idea or mixed"]),
        ({"concept": "goal:happier", "stance": "idea"}, ["Choose from the answers shown"]),
        ({"concept": "goal:healthier", "stance": "anger"}, ["Choose from the answers shown"]),
        ({"concept": "\0", "stance": "idea"}, ["Choose from the answers shown"]),
    ],
)
def test_a_half_chosen_tag_comes_back_with_the_reason(
    page: Browser, site: Site, told: Receipt, typed: dict[str, Any], errors: list[str]
) -> None:
    answer = press(page, type_code(page, told.code), "add", **typed)
    assert (answer.status, answer.errors) == (422, errors)
    assert answer.soup.select("details[open]")
    assert answer.one(".switch a")["href"] == "/cy/fy-stori"
    assert said(site, told) == {}


@pytest.mark.parametrize(
    "verdict", [None, "", "confirmed", "confirmed:goal:happier", "maybe:goal:healthier", "\0:\0:\0"]
)
def test_a_garbled_answer_is_refused_with_a_page(
    page: Browser, site: Site, told: Receipt, verdict: str | None
) -> None:
    answer = press(page, type_code(page, told.code), "tags", verdict=verdict)
    assert answer.status == 400
    assert said(site, told) == {}


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_form_without_its_token_is_refused(page: Browser, site: Site, told: Receipt, part: str) -> None:
    type_code(page, told.code)
    answer = page.post(PARTS[part]["en"], {"verdict": "confirmed:goal:healthier", "uses": "share"})
    assert answer.status == 400
    assert "This page was open for too long" in answer
    with site.reading() as session:
        assert session.get_one(Story, told.story_id).state == "received"
    assert said(site, told) == {}


def test_a_story_that_the_machine_has_yet_to_read_is_shown_all_the_same(
    page: Browser, site: Site, project: str
) -> None:
    with site.writing() as session:
        receipt = make_story(session, text=WELSH_STORY, tagged=False)
    mine = type_code(page, receipt.code, "cy")
    assert mine.one(".words").get_text() == WELSH_STORY
    assert mine.one(".words")["lang"] == ""
    assert verdicts(mine) == []


def test_the_way_of_a_story_is_told_as_it_goes(page: Browser, site: Site, told: Receipt) -> None:
    mine = type_code(page, told.code)
    assert "Nobody has read it yet" in mine
    assert "It is not published yet" in mine
    assert "You get an answer by 1 June 2026" in mine
    with site.writing() as session:
        session.get_one(Story, told.story_id).read_at = NOW
    decide(site, told, "held")
    mine = page.get("/en/my-story")
    assert "Someone read it 2 April 2026" in mine
    assert "Someone is looking at it more closely" in mine
    decide(site, told, "declined")
    assert "It will not be published" in page.get("/en/my-story")
    decide(site, told, "published")
    assert "It was published 2 April 2026" in page.get("/en/my-story")


def test_the_published_words_stand_beside_their_own(page: Browser, site: Site, told: Receipt) -> None:
    with site.writing() as session:
        staff = make_staff(session)
        redact_story(session, staff, told.reference, [(0, 12, "other")], NOW)
        decide_story(session, staff, told.reference, "published", NOW)
    mine = type_code(page, told.code)
    own, public = [each.get_text() for each in mine.soup.select(".words")]
    assert own == WORDS
    assert "There is no" not in public
    assert "after six" in public


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_answer_arrives_in_the_language_that_was_chosen(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    with site.writing() as session:
        session.get_one(Story, told.story_id).reply_language = "cy"
    reply(site, told)
    mine = type_code(page, told.code, language)
    answer = mine.one(".answer [lang]")
    assert (answer.get_text(), answer["lang"]) == ("Dyma’r ateb.", "cy")
    assert "Here is the answer." not in mine


def test_what_was_agreed_to_is_changed_at_once(page: Browser, site: Site, told: Receipt) -> None:
    decide(site, told, "published")
    type_code(page, told.code)
    form = page.get("/en/my-story/agreement")
    assert sorted(form.fields("form#agreement")["uses"]) == ["publish", "quote"]
    mine = page.send(form, form="form#agreement", uses=["research"])
    assert "We have saved your choices. They apply from now on." in mine
    assert "You did not agree to that." in mine
    with site.reading() as session:
        assert show_uses(session, told.story_id) == {"read", "research"}
        assert session.scalars(select(Publication)).all() == []


def test_unticking_everything_leaves_reading(page: Browser, site: Site, told: Receipt) -> None:
    type_code(page, told.code)
    page.send(page.get("/en/my-story/agreement"), form="form#agreement", uses=None)
    with site.reading() as session:
        assert show_uses(session, told.story_id) == {"read"}


def test_a_use_that_there_is_not_is_refused(page: Browser, site: Site, told: Receipt) -> None:
    type_code(page, told.code)
    answer = page.send(page.get("/en/my-story/agreement"), form="form#agreement", uses=["publish", "sell"])
    assert (answer.status, answer.errors) == (422, ["Choose from the answers shown"])
    with site.reading() as session:
        assert show_uses(session, told.story_id) == {"read", "publish", "quote"}


def test_the_other_language_keeps_what_was_ticked(page: Browser, site: Site, told: Receipt) -> None:
    type_code(page, told.code)
    form = page.get("/en/my-story/agreement")
    switch = str(form.one(".switch button")["formaction"])
    other = page.post(switch, {**form.fields("form#agreement"), "uses": ["learn"], "switch": "1"})
    assert other.one("html")["lang"] == "cy"
    assert other.fields("form#agreement")["uses"] == "learn"
    with site.reading() as session:
        assert "learn" not in show_uses(session, told.story_id)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_story_is_withdrawn_only_after_being_asked(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    type_code(page, told.code, language)
    asked = page.get(PARTS["withdraw"][language])
    with site.reading() as session:
        assert session.get_one(Story, told.story_id).state == "received"
    done = press(page, asked, "withdraw", language)
    assert done.status == 200
    with site.reading() as session:
        story = session.get_one(Story, told.story_id)
        assert (story.state, story.text) == ("withdrawn", "")
    assert type_code(page, told.code, language).status == 404


def test_help_stands_first_when_the_words_speak_of_danger(page: Browser, site: Site, told: Receipt) -> None:
    with site.writing() as session:
        seed_signposts(session)
        danger = make_story(session, text="My husband hits me and I am afraid to go home.")
    assert not type_code(page, told.code).soup.select("main > .signposts")
    mine = page.post("/en/my-story", {"code": danger.code})
    assert mine.soup.select("main > .signposts a[href='tel:999']")

"""Talking with the staff by code: asked, answered, declined, written first, in both languages."""

import pytest
from flask import Flask

from involve.services.moderation.moderate import decide_story
from involve.services.stories.tell import Receipt
from involve.services.tellers.conversation import MOST_A_DAY, write_to_staff, write_to_teller
from involve.services.tellers.my_story import withdraw_story
from involve.web.site import Site
from tests.factories import NOW, make_staff, make_story
from tests.pages import Browser, Page
from tests.web.conftest import SignIn
from tests.web.my_story.coming_back import ADDRESSES, type_code

QUESTION = {
    "cy": "Ble ydych chi’n aros am y bws gyda’r nos?",
    "en": "Where do you wait for the bus at night?",
}
ANSWER = "Wrth yr hen harbwr. <b>Mae’n dywyll.</b>"
NEW = {"cy": "2 beth newydd ers i chi fod yma", "en": "2 new things since you were here"}


@pytest.fixture
def told(site: Site, project: str) -> Receipt:
    """A story whose teller reads English, beside somebody else's of which something was asked."""
    with site.writing() as session:
        other = make_story(session, text="Noise: the library.")
        write_to_teller(session, make_staff(session), other.reference, "What about the library?", NOW)
        return make_story(session)


def ask(site: Site, told: Receipt, *texts: str, language: str = "en") -> None:
    with site.writing() as session:
        for text in texts:
            other = language != "en"
            write_to_teller(session, make_staff(session), told.reference, text, NOW, other_language=other)


def follow(page: Browser, at: Page, part: str) -> Page:
    """Press the first link of the page that leads to a part of it by that name."""
    return page.get(str(at.soup.select(f'main a[href*="{part}"]')[0]["href"]))


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_question_is_announced_answered_and_shown_with_its_own_language(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    ask(site, told, QUESTION["en"], "And in the morning, where do you wait?")
    mine = type_code(page, told.code, language)
    assert NEW[language] in mine
    assert "library?" not in mine
    form = follow(page, mine, {"cy": "/cwestiynau/", "en": "/questions/"}[language])
    assert form.one("p.ask")["lang"] == "en"
    assert "2,000" in form
    back = page.send(form, {"go": "send"}, form="form#answer", text=ANSWER)
    assert back.response.request.path == ADDRESSES[language]
    answered = back.soup.select(".talk__said--own p[lang]")
    assert [(each.get_text(), each["lang"]) for each in answered] == [(ANSWER, "cy")]
    assert NEW[language] not in back


def test_a_question_in_the_other_language_says_why(page: Browser, site: Site, told: Receipt) -> None:
    ask(site, told, QUESTION["cy"], language="cy")
    assert "This is in Welsh because nobody here could write it in English." in type_code(page, told.code)


def test_a_question_can_be_declined_and_is_gone_from_what_waits(
    page: Browser, site: Site, told: Receipt
) -> None:
    ask(site, told, QUESTION["en"])
    form = follow(page, type_code(page, told.code), "/questions/")
    back = page.send(form, {"go": "decline"}, form="form#answer", text="")
    assert "You would rather not answer" in back
    assert not back.soup.select('a[href*="/questions/"]')
    assert "This question does not wait" in page.get(str(form.response.request.path))


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "a\0b"])
def test_what_cannot_be_kept_comes_back_with_the_reason(
    page: Browser, site: Site, told: Receipt, text: str
) -> None:
    type_code(page, told.code)
    refused = page.send(page.get("/en/my-story/conversation"), form="form#message", text=text)
    assert refused.status == 422
    assert refused.errors
    assert refused.fields("form#message")["text"].strip() == text.strip().replace(
        "\0", "\N{REPLACEMENT CHARACTER}"
    )


def test_words_are_kept_after_the_limit_and_in_the_other_language(
    page: Browser, site: Site, told: Receipt
) -> None:
    with site.writing() as session:
        for number in range(MOST_A_DAY):
            write_to_staff(session, told.story_id, f"Thing {number}", NOW)
    type_code(page, told.code)
    form = page.get("/en/my-story/conversation")
    assert "at most 10 messages a day" in form
    refused = page.send(form, form="form#message", text="One more thing.")
    assert refused.status == 429
    assert refused.fields("form#message")["text"].strip() == "One more thing."
    switch = str(refused.one(".switch button")["formaction"])
    other = page.post(switch, {**refused.fields("form#message"), "switch": "1"})
    assert (other.one("html")["lang"], other.fields("form#message")["text"].strip()) == (
        "cy",
        "One more thing.",
    )


@pytest.mark.parametrize("language", ["cy", "en"])
def test_staff_find_the_answer_marked_in_the_queue_and_on_the_story(
    site: Site, sign_in: SignIn, told: Receipt, language: str
) -> None:
    with site.writing() as session:
        write_to_staff(session, told.story_id, ANSWER, NOW)
    staff, mark = sign_in("moderator"), {"cy": "Newydd gan y sawl a’i dywedodd", "en": "New from the teller"}
    with site.writing() as session:
        decide_story(session, make_staff(session), told.reference, "declined", NOW)
    assert staff.get(f"/{language}/staff").soup.select(f'.notice a[href*="{told.reference}"]')
    queue = staff.get(f"/{language}/staff?state=declined")
    assert mark[language] in queue
    assert "harbwr" not in queue
    story = staff.get({"cy": "/cy/staff/straeon/", "en": "/en/staff/stories/"}[language] + told.reference)
    said = story.one(".talk__said p[lang]")
    assert (said.get_text(), said["lang"]) == (ANSWER, "cy")
    assert story.soup.select(".talk__said .state")
    assert mark[language] not in staff.get(f"/{language}/staff")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_staff_ask_in_the_language_that_was_chosen(
    app: Flask, site: Site, sign_in: SignIn, told: Receipt, language: str
) -> None:
    staff = sign_in("moderator")
    form = follow(
        staff,
        staff.get(f"/{language}/staff/{'straeon' if language == 'cy' else 'stories'}/{told.reference}"),
        {"cy": "/sgwrs", "en": "/conversation"}[language],
    )
    refused = staff.send(form, {"go": "ask"}, form="form#write", text=QUESTION["cy"])
    assert (refused.status, len(refused.errors)) == (422, 1)
    assert refused.fields("form#write")["text"].strip() == QUESTION["cy"]
    sent = staff.send(refused, {"go": "ask"}, form="form#write", text=QUESTION["en"])
    assert QUESTION["en"] in sent
    mine = type_code(Browser(app.test_client()), told.code)  # type: ignore[arg-type]
    assert QUESTION["en"] in mine
    assert mine.soup.select('a[href*="/questions/"]')


@pytest.mark.parametrize("role", ["worker", "analyst", "decision_maker"])
def test_a_role_that_reads_no_originals_reads_no_conversation(
    site: Site, sign_in: SignIn, told: Receipt, role: str
) -> None:
    with site.writing() as session:
        write_to_staff(session, told.story_id, ANSWER, NOW)
    staff = sign_in(role)
    assert staff.get(f"/en/staff/stories/{told.reference}/conversation").status == 403
    assert "harbwr" not in staff.get(f"/en/staff/stories/{told.reference}")


def test_nothing_can_be_written_to_a_story_that_was_withdrawn(
    page: Browser, site: Site, sign_in: SignIn, told: Receipt
) -> None:
    type_code(page, told.code)
    form = page.get("/en/my-story/conversation")
    with site.writing() as session:
        withdraw_story(session, told.story_id, NOW)
    back = page.send(form, form="form#message", text="Still here?")
    assert back.soup.select("form#open")
    assert sign_in("moderator").get(f"/en/staff/stories/{told.reference}/conversation").status == 404

"""Telling a story from the first question to the receipt, with and without mistakes, in both languages."""

import logging
from dataclasses import replace

import pytest
from sqlalchemy import select

from involve.app import create_app
from involve.models import Consent, Job, Story, Tag
from involve.services.projects.signposts import list_signposts, seed_signposts
from involve.services.tellers.my_story import find_by_code, withdraw_story
from involve.settings import Settings
from involve.web.site import Site
from tests.factories import CODE_KEY, ENGLISH_STORY, NOW, WELSH_STORY, Clock, make_story
from tests.pages import Browser, CheckedClient, Page
from tests.web.tell.telling import FORM, Teller, code_on, step_of, stories, whole_form

TOLD = {"cy": WELSH_STORY, "en": ENGLISH_STORY}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])


@pytest.fixture
def teller(page: Browser, project: str) -> Teller:
    """Someone telling in English."""
    return Teller(page, project)


@BOTH
def test_a_story_is_told_in_four_pages_and_read_at_once(
    page: Browser, project: str, site: Site, language: str
) -> None:
    teller = Teller(page, project, language)
    first = teller.start()
    assert (first.status, step_of(first)) == (200, "story")
    second = teller.go_on(first, story=TOLD[language])
    third = teller.go_on(second, told_as="on_behalf", area="W06000008")
    fourth = teller.go_on(third, read="y", uses=["publish", "learn"])
    assert [step_of(each) for each in (second, third, fourth)] == ["about", "agree", "check"]
    assert stories(site) == 0
    receipt = teller.press(fourth, "sent")
    assert receipt.status == 200
    with site.reading() as session:
        story = session.get_one(Story, find_by_code(session, code_on(receipt), CODE_KEY))
        given = session.scalars(select(Consent.use).where(Consent.given)).all()
        assert session.scalars(select(Tag.voice).distinct()).all() == ["machine"]
    assert (story.text, story.told_as, story.area) == (TOLD[language], "on_behalf", "W06000008")
    assert (story.language, story.page_language, story.reply_language) == (language, language, language)
    assert sorted(given) == ["learn", "publish", "read"]
    assert story.reference in receipt


def test_every_other_use_is_off_until_it_is_ticked(teller: Teller) -> None:
    agree = teller.go_on(teller.go_on(teller.start(), story="Some words."))
    assert agree.soup.select("input[type=checkbox][checked]") == []
    assert len(agree.soup.select("input[name=uses]")) == 5


@BOTH
def test_the_answer_comes_in_the_language_of_the_page_unless_another_is_chosen(
    page: Browser, project: str, site: Site, language: str
) -> None:
    teller = Teller(page, project, language)
    agree = teller.go_on(teller.go_on(teller.start(), story="Some words."))
    assert agree.one("input[name=reply_language][checked]")["value"] == language
    other = {"cy": "en", "en": "cy"}[language]
    assert teller.press(teller.go_on(agree, read="y", reply_language=other), "sent").status == 200
    with site.reading() as session:
        assert session.scalars(select(Story.reply_language)).all() == [other]


@BOTH
def test_each_page_says_what_is_missing_and_keeps_the_rest(
    page: Browser, project: str, language: str
) -> None:
    teller = Teller(page, project, language)
    empty = teller.go_on(teller.start(), story="  \n ")
    assert (empty.status, step_of(empty), len(empty.errors)) == (422, "story", 1)
    agree = teller.go_on(teller.go_on(empty, story=TOLD[language]), area="W06000015")
    unread = teller.go_on(agree, uses=["quote"], reply_language="cy")
    assert (unread.status, step_of(unread), len(unread.errors)) == (422, "agree", 1)
    assert unread.one("input[name=uses][checked]")["value"] == "quote"
    check = teller.go_on(unread, read="y")
    assert step_of(check) == "check"
    assert check.fields(FORM)["story"] == TOLD[language]
    assert (check.fields(FORM)["area"], check.fields(FORM)["reply_language"]) == ("W06000015", "cy")


def test_a_page_with_a_mistake_says_so_in_its_title_and_at_the_field(teller: Teller) -> None:
    empty = teller.go_on(teller.start())
    assert empty.one("title").get_text().startswith("Error: ")
    assert empty.errors == ["Write your story. A few words are enough."]
    field = empty.one("textarea[name=story]")
    assert empty.one(".govuk-error-summary a")["href"] == f"#{field['id']}"
    assert "story-error" in str(field["aria-describedby"])


def test_going_back_loses_nothing(teller: Teller) -> None:
    check = teller.last_page("Words that\nstay.", uses=["share"])
    agree = teller.press(check, "agree")
    about = teller.press(agree, "about", reply_language="cy")
    story = teller.press(about, "story", told_as="on_behalf")
    assert story.fields(FORM)["story"] == "Words that\nstay."
    carried = story.fields(FORM)
    assert (carried["told_as"], carried["uses"], carried["reply_language"]) == ("on_behalf", "share", "cy")
    assert carried["client_id"] == check.fields(FORM)["client_id"]


def test_who_changes_one_answer_goes_straight_back_to_the_last_page(teller: Teller) -> None:
    story = teller.press(teller.last_page("First words."), "story")
    check = teller.go_on(story, story="Better words.")
    assert step_of(check) == "check"
    assert "Better words." in check


def test_a_change_that_cannot_be_taken_is_told_before_going_back(teller: Teller) -> None:
    story = teller.press(teller.last_page("First words."), "story")
    assert teller.go_on(story, story=" ").status == 422


@BOTH
@pytest.mark.parametrize("steps", [0, 1, 2, 3], ids=["story", "about", "agree", "check"])
def test_the_other_language_shows_the_same_page_with_everything_typed(
    page: Browser, project: str, language: str, steps: int
) -> None:
    teller = Teller(page, project, language)
    at = teller.start()
    answers = [
        {"story": TOLD[language]},
        {"area": "W06000008"},
        {"read": "y", "uses": ["quote", "share"]},
        {},
    ]
    for step in range(steps):
        at = teller.go_on(at, **answers[step])
    other = teller.switch(at, **answers[steps])
    assert (other.status, other.errors) == (200, [])
    assert other.one("html")["lang"] != language
    assert step_of(other) == step_of(at)
    sent = other.fields(FORM)
    expected = {name: value for given in answers[: steps + 1] for name, value in given.items()}
    assert {name: sent[name] for name in expected} == expected


@BOTH
def test_a_receipt_can_be_loaded_again_in_either_language(
    page: Browser, project: str, site: Site, language: str
) -> None:
    teller = Teller(page, project, language)
    receipt = teller.tell(TOLD[language])
    again = page.post(teller.address, receipt.fields("form#receipt"))
    other = teller.switch(receipt, form="form#receipt")
    assert {code_on(receipt), code_on(again), code_on(other)} == {code_on(receipt)}
    assert other.one("html")["lang"] != language
    assert stories(site) == 1


def test_the_receipt_says_what_happens_next_and_by_when(teller: Teller) -> None:
    receipt = teller.tell("There is no bus.")
    assert "1 June 2026" in receipt
    assert "sections 128 and 130" in receipt
    assert receipt.one(".code__qr svg")


def test_the_receipt_says_how_the_code_is_read_aloud_in_both_languages(teller: Teller) -> None:
    receipt = teller.tell(ENGLISH_STORY)
    said = receipt.soup.select("details .spoken tbody th")
    assert "".join(each.get_text() for each in said) == code_on(receipt).replace("-", "")
    first = receipt.soup.select(".spoken tbody tr")[0]
    assert [cell["lang"] for cell in first.select("td")] == ["cy", "en"]


def test_help_stands_on_the_first_page_and_the_receipt(teller: Teller, site: Site) -> None:
    with site.writing() as session:
        seed_signposts(session)
        shown = {each.name.en for each in list_signposts(session)}
        hidden = {each.name.en for each in list_signposts(session, verified_only=False)} - shown
    assert shown
    assert hidden
    for page in (teller.start(), teller.tell("There is no bus.")):
        assert all(name in page for name in shown)
        assert not any(name in page for name in hidden)
        assert page.soup.select("details a[href='tel:999']")


def test_words_of_danger_bring_help_to_the_top_of_the_receipt_and_change_nothing_else(
    teller: Teller, site: Site
) -> None:
    with site.writing() as session:
        seed_signposts(session)
    receipt = teller.tell("My husband hits me and I am afraid to go home.")
    panel = receipt.one("main > .signposts")
    assert panel.select("a[href='tel:999']")
    assert receipt.soup.select("main > .signposts, .code")[0] is panel
    with site.reading() as session:
        assert session.scalars(select(Story.state)).all() == ["received"]


def test_a_changed_story_from_the_same_page_becomes_a_new_one_only_when_it_is_sent_again(
    teller: Teller, site: Site
) -> None:
    check = teller.last_page("The first words.")
    first = teller.press(check, "sent")
    changed = teller.go_on(teller.press(check, "story"), story="Other words.")
    again = teller.press(changed, "sent")
    assert (again.status, step_of(again)) == (409, "check")
    assert "Other words." in again
    assert stories(site) == 1
    second = teller.press(again, "sent")
    assert code_on(second) != code_on(first)
    assert stories(site) == 2


def test_loading_the_receipt_of_a_withdrawn_story_brings_nothing_back(teller: Teller, site: Site) -> None:
    receipt = teller.tell("Taken back later.")
    with site.writing() as session:
        withdraw_story(session, find_by_code(session, code_on(receipt), CODE_KEY), NOW)
    again = teller.page.post(teller.address, receipt.fields("form#receipt"))
    assert again.status == 409
    with site.reading() as session:
        assert session.scalars(select(Story.text)).all() == [""]


def test_a_failing_job_does_not_touch_the_receipt(teller: Teller, site: Site) -> None:
    with site.writing() as session:
        make_story(session, tagged=False)
        session.connection().exec_driver_sql("DROP TABLE tag")
    receipt = teller.tell("Kept all the same.")
    assert receipt.status == 200
    assert code_on(receipt)
    with site.reading() as session:
        job = session.scalars(select(Job).order_by(Job.id.desc())).first()
    assert job is not None
    assert job.state == "due"


def test_nothing_of_telling_sets_a_cookie_or_is_kept_by_a_cache(
    page: Browser, project: str, clock: Clock, site: Site
) -> None:
    teller = Teller(page, project)
    check = teller.last_page("There is no bus.")
    answers = [
        teller.start(),
        teller.go_on(teller.start()),
        check,
        teller.press(check, "sent"),
        page.get("/en/projects/nowhere/tell"),
        page.post("/en/projects/nowhere/tell", whole_form()),
        page.post(teller.address, whole_form(story="other")),
    ]
    clock.move(days=100)
    answers += [teller.start(), page.post(teller.address, whole_form())]
    with site.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE consent")
    clock.move(days=-100)
    broken = page.post(teller.address, whole_form(client_id="1d399234-928c-494b-a0fe-7ad2d4d30dfe"))
    assert broken.status == 500
    for answer in (*answers, broken):
        assert "Set-Cookie" not in answer.response.headers
        assert answer.response.headers["Cache-Control"] == "no-store"


def test_when_something_breaks_the_words_come_back_and_are_not_logged(
    teller: Teller, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    check = teller.last_page("Unmistakable words about the harbour, which are long enough to be shown.")
    with site.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE consent")
    with caplog.at_level(logging.DEBUG):
        broken = teller.press(check, "sent")
    assert broken.status == 500
    assert "harbour" in broken.one("main textarea").get_text()
    assert caplog.text
    assert "harbour" not in caplog.text


def test_the_code_stands_in_no_address_header_or_log(
    teller: Teller, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        receipt = teller.tell("There is no bus.")
        code = code_on(receipt)
        opened = teller.page.send(receipt, form='form[action$="my-story"]')
    assert opened.h1 == "My story"
    for secret in (code, code.replace("-", "")):
        assert secret not in caplog.text
        for answer in (receipt.response, opened.response, *opened.response.history):
            assert secret not in str(answer.headers)
            assert secret not in answer.request.url
        assert secret not in opened.html
    links = [str(each.get("href") or each.get("action")) for each in receipt.soup.select("[href], [action]")]
    assert not any(code in link for link in links)


def test_a_program_that_fills_in_everything_is_asked_once_more(teller: Teller, site: Site) -> None:
    asked = teller.press(teller.last_page("A person, perhaps."), "sent", website="https://spam.example")
    assert (asked.status, step_of(asked)) == (422, "check")
    assert stories(site) == 0
    assert teller.press(asked, "sent").status == 200
    assert stories(site) == 1


def test_only_sending_is_limited_and_nothing_typed_is_lost(settings: Settings, clock: Clock) -> None:
    app = create_app(replace(settings, limits=True), clock)
    app.test_client_class = CheckedClient
    page = Browser(app.test_client())  # type: ignore[arg-type]
    address = "/en/projects/nowhere/tell"
    for _ in range(60):
        assert page.client.post(address, data=whole_form()).status_code == 404
    words = "There is no bus after six, and so on for a while."
    limited = page.post(address, whole_form(story=words))
    assert limited.status == 429
    assert limited.one("main textarea").get_text().strip() == words
    assert "Set-Cookie" not in limited.response.headers
    assert page.post(address, whole_form(step="story", go="next")).status == 404
    clock.move(hours=1)
    assert page.post(address, whole_form()).status == 404


def test_a_closed_project_says_so_and_gives_the_words_back(
    page: Browser, project: str, site: Site, clock: Clock
) -> None:
    teller = Teller(page, project)
    story, check = teller.go_on(teller.start(), story="Too late?"), teller.last_page("Too late?")
    clock.move(days=100)
    assert (teller.start().status, teller.start().h1) == (200, "This project is not taking stories now")
    for closed in (teller.go_on(story), teller.press(check, "sent")):
        assert closed.status == 409
        assert closed.fields(FORM)["story"] == "Too late?"
        other = teller.switch(closed)
        assert (other.one("html")["lang"], other.fields(FORM)["story"]) == ("cy", "Too late?")
    assert stories(site) == 0


def test_a_robot_that_asks_for_the_head_only_gets_it(page: Browser, project: str) -> None:
    assert page.client.head(f"/en/projects/{project}/tell").status_code == 200


def test_the_page_reads_the_same_without_a_form_at_all(page: Browser, project: str) -> None:
    answer: Page = page.post(f"/en/projects/{project}/tell", {})
    assert (answer.status, step_of(answer)) == (422, "story")

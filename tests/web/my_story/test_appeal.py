"""Appeals on the pages: the reason is read, a second person asked, decided by somebody else, and the outcome told."""

import pytest
from flask import Flask
from sqlalchemy import select

from involve.models import User
from involve.services.moderation.moderate import Press, judge_story
from involve.services.staff.access import Actor, load_actor
from involve.services.stories.tell import Receipt
from involve.services.tellers.appeals import appeal_judgement
from involve.web.site import Site
from tests.factories import Clock, make_staff, make_story
from tests.pages import Browser, Page
from tests.web.conftest import SignIn
from tests.web.my_story.coming_back import ADDRESSES, type_code

MINE = {"cy": "/cy/fy-stori/ail-berson", "en": "/en/my-story/second-person"}
STAFF = {"cy": "/cy/staff/straeon/{}/ail-berson", "en": "/en/staff/stories/{}/second-person"}
WORDS = "Wnes i ddim enwi neb wrth yr harbwr."
SENTENCE = "I read it too, and the shopkeeper could be recognised."
NEWS = {"cy": "Beth sy’n digwydd i’ch stori", "en": "What becomes of your story"}


@pytest.fixture
def told(site: Site, project: str, clock: Clock) -> Receipt:
    """A story that was declined with a reason, beside somebody else's."""
    with site.writing() as session:
        make_story(session, text="Noise: the library.")
        return make_story(session)


@pytest.fixture
def judge(site: Site, told: Receipt, clock: Clock) -> Actor:
    clock.move(hours=1)
    with site.writing() as session:
        actor = make_staff(session)
        press = Press("declined", reason="identifies", sentence="The shop is easy to find.")
        judge_story(session, actor, told.reference, press, clock())
    clock.move(minutes=1)
    return actor


def appeal(site: Site, told: Receipt, clock: Clock) -> None:
    with site.writing() as session:
        appeal_judgement(session, told.story_id, WORDS, clock())


def come_back(app: Flask, told: Receipt, language: str = "en") -> Page:
    return type_code(Browser(app.test_client()), told.code, language)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_teller_reads_the_reason_and_asks_for_a_second_person(
    page: Browser, told: Receipt, judge: Actor, language: str
) -> None:
    mine = type_code(page, told.code, language)
    assert NEWS[language] in mine
    assert NEWS[language] not in page.get(ADDRESSES[language])
    form = page.get(MINE[language])
    assert "The shop is easy to find." in form
    assert form.one(".ask p[lang]")["lang"] == "en"
    asked = page.send(form, form="form#appeal", words=WORDS)
    assert not asked.soup.select(f'main a[href="{MINE[language]}"]')
    again = page.get(MINE[language])
    assert again.response.request.path == ADDRESSES[language]


def test_words_that_are_too_long_come_back(page: Browser, told: Receipt, judge: Actor) -> None:
    type_code(page, told.code)
    refused = page.send(page.get(MINE["en"]), form="form#appeal", words="x" * 1001)
    assert (refused.status, len(refused.errors)) == (422, 1)
    assert refused.fields("form#appeal")["words"].strip() == "x" * 1001


def test_nothing_is_offered_where_nothing_was_decided(page: Browser, told: Receipt) -> None:
    mine = type_code(page, told.code)
    assert not mine.soup.select("#second-person")
    assert page.get(MINE["en"]).response.request.path == ADDRESSES["en"]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_somebody_else_finds_it_on_top_of_the_queue_and_decides(
    app: Flask, site: Site, sign_in: SignIn, told: Receipt, judge: Actor, clock: Clock, language: str
) -> None:
    appeal(site, told, clock)
    staff = sign_in("moderator")
    address = STAFF[language].format(told.reference)
    assert staff.get(f"/{language}/staff").soup.select(f'.notice a[href="{address}"]')
    form = staff.get(address)
    assert form.one("blockquote.words")["lang"] == "cy"
    assert WORDS in form
    refused = staff.send(form, form="form#second", stands="yes", sentence="")
    assert (refused.status, refused.fields("form#second")["stands"]) == (422, "yes")
    decided = staff.send(refused, form="form#second", stands="yes", sentence=SENTENCE)
    assert decided.status == 200
    assert not staff.get(f"/{language}/staff").soup.select(f'.notice a[href="{address}"]')
    mine = come_back(app, told, language)
    assert mine.one("#second-person ~ blockquote p[lang]").get_text() == SENTENCE
    assert mine.soup.select('.notice a[href="#second-person"]')


def test_a_decision_that_does_not_stand_is_told_and_the_story_waits_again(
    app: Flask, site: Site, sign_in: SignIn, told: Receipt, judge: Actor, clock: Clock
) -> None:
    appeal(site, told, clock)
    staff = sign_in("moderator")
    staff.send(staff.get(STAFF["en"].format(told.reference)), form="form#second", stands="no", sentence="")
    assert "and the decision was changed" in come_back(app, told)
    assert told.reference in staff.get("/en/staff")
    assert "Nobody waits for a second person" in staff.get(STAFF["en"].format(told.reference))


def test_whoever_judged_sees_what_the_teller_says_and_cannot_decide(
    site: Site, sign_in: SignIn, told: Receipt, clock: Clock
) -> None:
    browser = sign_in("moderator")
    with site.writing() as session:
        user_id = session.scalars(select(User.id).order_by(User.id.desc())).first() or 0
        judge_story(
            session, load_actor(session, user_id), told.reference, Press("held", reason="legal"), clock()
        )
    appeal(site, told, clock)
    mine = browser.get(STAFF["en"].format(told.reference))
    assert WORDS in mine
    assert not mine.soup.select("form#second")
    assert not browser.get("/en/staff").soup.select('.notice a[href*="second-person"]')

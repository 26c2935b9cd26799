"""What came back to a teller: decisions with their story, what came of them, and who said something like it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from involve.models import Publication
from involve.services.moderation.replies import reply_to_stories
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import add_tag, withdraw_story
from involve.web.site import Site
from tests.factories import NOW, Clock, make_staff, make_story
from tests.pages import Browser, Page
from tests.publications import Shown, add_rows, publish
from tests.returns import ON_DAY, REASON, cite, hear, make_decision, note
from tests.web.my_story.coming_back import ADDRESSES, press, type_code

CULTURE = (("goal", "culture", "concern"),)
CARDIFF, POWYS = "W06000015", "W06000023"
SECRET = "Cuddzeb"


@pytest.fixture
def told(site: Site, project: str) -> Receipt:
    """A published story about culture, of a teller who reads English."""
    with site.writing() as session:
        receipt = make_story(session, text="The choir has gone quiet and nobody sings.")
        add_tag(session, receipt.story_id, "goal", "culture", "concern", NOW)
        publish(session, receipt)
        return receipt


def decide(site: Site, told: Receipt) -> int:
    with site.writing() as session:
        decision = make_decision(session, now=NOW + timedelta(hours=1))
        cite(session, decision, told.story_id)
        hear(session, decision, "culture", "not_followed")
        return decision


def part(page: Page, heading: str) -> str:
    """Return what can be read in the section under a heading."""
    return " ".join(page.one(f'section[aria-labelledby="{heading}"]').get_text(" ").split())


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_decision_is_told_with_what_it_did_not_follow_and_why(
    page: Browser, site: Site, told: Receipt, clock: Clock, language: str
) -> None:
    decision = decide(site, told)
    clock.move(hours=2)
    mine = type_code(page, told.code, language)
    assert {"cy": "1 penderfyniad a ystyriodd", "en": "1 decision that considered"}[language] in mine
    told_here = part(mine, "decisions")
    assert {"cy": "Bws am wyth", "en": "A bus at eight"}[language] in told_here
    assert {"cy": "Wedi’i glywed, ond heb ei ddilyn", "en": "Heard, but not followed"}[language] in told_here
    assert REASON[language == "en"] in told_here
    link = {"cy": f"/cy/penderfyniadau/{decision}", "en": f"/en/decisions/{decision}"}[language]
    assert page.get(str(mine.one(f'#decisions ~ article a[href="{link}"]')["href"])).status == 200
    assert not page.get(ADDRESSES[language]).soup.select('.notice a[href="#decisions"]')


@pytest.mark.parametrize("language", ["cy", "en"])
def test_what_came_of_it_is_news_and_asks_whether_it_is_true(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    decision = decide(site, told)
    ask = {"cy": "/cy/fy-stori/newid", "en": "/en/my-story/changed"}[language]
    assert not type_code(page, told.code, language).soup.select(f'form[action="{ask}"]')
    with site.writing() as session:
        note(session, decision, "done", ON_DAY, NOW + timedelta(hours=2))
    mine = page.get(ADDRESSES[language])
    assert mine.soup.select('.notice a[href="#decisions"]')
    assert mine.soup.select('.tasks a[href="#promise"]')
    assert {"cy": "Mae’r bws yn rhedeg.", "en": "The bus runs."}[language] in part(mine, "decisions")
    said = page.send(mine, {"changed": "no"}, form=f'form[action="{ask}"]')
    assert said.soup.select('button[value="no"][aria-pressed="true"]')
    assert not said.soup.select('.tasks a[href="#promise"]')


def test_the_next_promise_stands_on_the_line_with_its_day(page: Browser, told: Receipt) -> None:
    ahead = [each.get_text(" ", strip=True) for each in type_code(page, told.code).soup.select(".ahead")]
    assert any("You get an answer by" in line and "1 June 2026" in line for line in ahead)
    assert all("Still to come:" in line for line in ahead)


@pytest.mark.parametrize(
    ("language", "words"),
    [("cy", "Nid oes neb arall wedi dweud hyn yn gyhoeddus"), ("en", "Nobody else has said this in public")],
)
def test_nobody_else_is_said_honestly(page: Browser, told: Receipt, language: str, words: str) -> None:
    alike = part(type_code(page, told.code, language), "alike")
    assert words in alike
    assert "0" not in alike


@pytest.mark.parametrize("language", ["cy", "en"])
def test_numbers_are_told_from_five_on_and_small_places_stay_hidden(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    with site.writing() as session:
        add_rows(session, "bywyd-da", [Shown(tags=CULTURE, area=POWYS) for _ in range(4)])
    few = part(type_code(page, told.code, language), "alike")
    assert {"cy": "llai na phump", "en": "fewer than five"}[language] in few
    assert "Powys" not in few
    with site.writing() as session:
        add_rows(session, "bywyd-da", [Shown(tags=CULTURE, area=CARDIFF, language="cy") for _ in range(8)])
        add_rows(session, "bywyd-da", [Shown(tags=CULTURE, language="cy") for _ in range(9)])
    alike = part(page.get(ADDRESSES[language]), "alike")
    assert {"cy": "21 o straeon cyhoeddedig", "en": "21 published stories"}[language] in alike
    assert "Powys" not in alike
    assert {"cy": "Caerdydd", "en": "Cardiff"}[language] in page.get(ADDRESSES[language])


def test_only_published_words_are_among_those_to_read(page: Browser, site: Site, told: Receipt) -> None:
    with site.writing() as session:
        (shown,) = add_rows(session, "bywyd-da", [Shown("The choir is open to all.", tags=CULTURE)])
        session.execute(update(Publication).where(Publication.reference == shown).values(quotable=True))
        hidden, gone = (
            make_story(session, text=f"The choir of {SECRET} has gone quiet.", area=POWYS) for _ in range(2)
        )
        for each in (hidden, gone):
            add_tag(session, each.story_id, "goal", "culture", "concern", NOW)
        publish(session, gone)
        withdraw_story(session, gone.story_id, NOW)
    mine = type_code(page, told.code)
    links = [str(link["href"]) for link in mine.soup.select("section article.story a")]
    assert links == [f"/en/evidence/{shown}"]
    for secret in (SECRET, hidden.reference, gone.reference, "Powys"):
        assert secret not in mine


def test_once_answered_the_long_parts_are_folded_and_open_again_for_who_works_on_them(
    page: Browser, site: Site, told: Receipt
) -> None:
    assert not type_code(page, told.code).soup.select("details .tag-row")
    with site.writing() as session:
        staff = make_staff(session)
        reply_to_stories(session, staff, [told.reference], "Dyma’r ateb.", "Here is the answer.", NOW)
    mine = page.get(ADDRESSES["en"])
    assert mine.soup.select("details:not([open]) .tag-row")
    value = str(mine.soup.select("button[name=verdict]")[0]["value"])
    assert press(page, mine, "tags", verdict=value).soup.select("details[open] .tag-row")


def test_what_the_teller_can_do_goes_with_the_project(
    page: Browser, site: Site, told: Receipt, clock: Clock
) -> None:
    def steps() -> list[str]:
        return [
            link.get_text()
            for link in page.post(ADDRESSES["en"], {"code": told.code}).soup.select(".tasks a")
        ]

    assert "Tell another story" in steps()
    assert "Say whether anything has changed for you" not in steps()
    clock.move(days=70)
    assert "Tell another story" not in steps()
    assert steps()[0] == "Say whether anything has changed for you"

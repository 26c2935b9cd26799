"""Reading together on the site: by code and as staff, without scripts, in both languages."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from involve.models import Publication, Stage
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import withdraw_story
from involve.web.site import Site
from tests.factories import ENGLISH_STORY, NOW, WELSH_STORY, make_project, make_story
from tests.pages import Browser, Page
from tests.publications import publish
from tests.web.conftest import SignIn
from tests.web.my_story.coming_back import ADDRESSES, type_code

BOTH = pytest.mark.parametrize("language", ["cy", "en"])
PROJECT = {"cy": "/cy/staff/prosiectau/bywyd-da", "en": "/en/staff/projects/bywyd-da"}
TABLE = {"cy": "/cy/darllen/1", "en": "/en/reading/1"}
THEMES = {"cy": "/cy/prosiectau/bywyd-da/themau", "en": "/en/projects/bywyd-da/themes"}
OPEN = '.row:has(button):not([id])[action$="reading"], .row[action$="darllen"]'
NEW = "form#name"


@dataclass
class Room:
    """A collaborative project with two published stories, somebody who decides, and the two tellers."""

    decider: Browser
    receipts: list[Receipt]
    tellers: list[Browser]


@pytest.fixture
def room(sign_in: SignIn, site: Site, app: Flask) -> Room:
    """The session is open."""
    with site.writing() as session:
        make_project(session)
        session.scalars(select(Stage)).one().rung = "collaborate"
        receipts = [make_story(session, text=text) for text in (WELSH_STORY, ENGLISH_STORY)]
        for receipt in receipts:
            publish(session, receipt)
    decider = sign_in("decision_maker")
    decider.send(decider.get(PROJECT["en"]), form=OPEN)
    tellers = [Browser(app.test_client()) for _ in receipts]  # type: ignore[arg-type]
    for teller, receipt in zip(tellers, receipts, strict=True):
        type_code(teller, receipt.code)
    return Room(decider, receipts, tellers)


def put_forward(browser: Browser, language: str = "en", **name: str) -> Page:
    return browser.send(browser.get(TABLE[language]), form=NEW, **name)


def find_theme(page: Page, name: str) -> str:
    """Return the id of the card of a theme."""
    return next(str(card["id"]) for card in page.soup.select(".theme") if name in card.h3.text)  # type: ignore[union-attr]


def press(browser: Browser, name: str, language: str = "en", **button: str) -> Page:
    page = browser.get(TABLE[language])
    return browser.send(page, button, form=f"#{find_theme(page, name)} form")


def close(room: Room) -> Page:
    return room.decider.send(room.decider.get(PROJECT["en"]), {"close": "1"}, form=OPEN)


@BOTH
def test_a_participant_and_staff_make_a_theme_that_everyone_can_read(room: Room, language: str) -> None:
    teller, other = room.tellers
    assert teller.get(ADDRESSES[language]).soup.select(f'a[href="{TABLE[language]}"]')
    story = teller.get(
        f"{TABLE[language]}/{'straeon' if language == 'cy' else 'stories'}/{room.receipts[0].reference}"
    )
    kept = teller.send(
        story, form="form#group", sentences=["0"], theme="new", name_cy="Teithio gyda’r nos", name_en=""
    )
    assert "Teithio gyda’r nos" in kept
    press(other, "Teithio gyda’r nos", say="agree")
    refused = close(room)
    assert refused.h1 == "Reading together"
    number = find_theme(refused, "Teithio gyda’r nos").removeprefix("theme-")
    naming = room.decider.get(f"/en/reading/1/themes/{number}/name")
    room.decider.send(naming, form=NEW, name_en="Getting about at night")
    close(room)
    public = other.get(THEMES[language])
    assert {"cy": "Teithio gyda’r nos", "en": "Getting about at night"}[language] in public
    assert WELSH_STORY.split(",")[0] in public
    assert public.soup.select(".state--good")
    # It can be followed from here, and who follows it comes back to it.
    follow = {"cy": f"/cy/dilyn/thema/{number}", "en": f"/en/follow/theme/{number}"}[language]
    (link,) = public.soup.select(f'#theme-{number} ~ p a[href="{follow}"]')
    assert {"cy": "Teithio gyda’r nos", "en": "Getting about at night"}[language] in link.get_text()
    asked = other.get(follow)
    assert asked.soup.select(f'a[href="{THEMES[language]}#theme-{number}"]')


def test_nobody_comes_in_without_a_story_of_the_project(room: Room, site: Site, page: Browser) -> None:
    assert "Reading together" not in page.get(TABLE["en"]).h1
    with site.writing() as session:
        make_project(session, "other")
        stranger = make_story(session, "other")
    type_code(page, stranger.code)
    assert page.get(TABLE["en"]).h1 == "My story"
    with site.writing() as session:
        withdraw_story(session, room.receipts[0].story_id, NOW)
    assert room.tellers[0].client.get(TABLE["en"]).status_code == 303
    assert room.tellers[1].get(TABLE["en"]).h1 == "Reading together"
    assert page.get("/en/reading/99").h1 != "Reading together"


def test_staff_of_another_body_and_front_line_staff_are_turned_away(room: Room, sign_in: SignIn) -> None:
    for browser in (sign_in("analyst", "corff-arall"), sign_in("worker")):
        assert browser.get(TABLE["en"]).h1 != "Reading together"
    assert sign_in("analyst").get(TABLE["en"]).h1 == "Reading together"


@BOTH
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"name_cy": "", "name_en": " "}, ""),
        ({"name_cy": "a" * 121, "name_en": "b"}, "a" * 121),
    ],
)
def test_a_name_that_cannot_be_taken_comes_back(
    room: Room, language: str, typed: dict[str, str], kept: str
) -> None:
    page = put_forward(room.tellers[0], language, **typed)
    assert page.status == 422
    assert page.errors
    assert page.one("#name_cy").get("value", "") == kept


def test_choosing_nothing_says_what_to_choose_and_keeps_the_rest(room: Room) -> None:
    story = room.tellers[0].get(f"/en/reading/1/stories/{room.receipts[1].reference}")
    page = room.tellers[0].send(story, form="form#group", theme="new", name_en="Loneliness")
    assert page.errors == ["Choose at least one sentence"]
    assert page.one("#name_en")["value"] == "Loneliness"
    page = room.tellers[0].send(page, form="form#group", sentences=["0"], name_en="", name_cy="")
    assert page.errors == ["Give the theme a name, in Welsh, in English or in both"]


def test_a_story_that_changed_meanwhile_asks_again(room: Room, site: Site) -> None:
    story = room.tellers[0].get(f"/en/reading/1/stories/{room.receipts[1].reference}")
    sent = {**story.fields("form#group"), "sentences": ["7"], "theme": "new", "name_en": "Loneliness"}
    page = room.tellers[0].post(f"/en/reading/1/stories/{room.receipts[1].reference}", sent)
    assert page.status == 422
    assert page.one("#name_en")["value"] == "Loneliness"
    assert "Loneliness" not in room.tellers[0].get(TABLE["en"])


@BOTH
def test_two_who_name_a_theme_at_once_both_keep_their_words(
    room: Room, sign_in: SignIn, language: str
) -> None:
    put_forward(room.decider, name_en="Buses", name_cy="Bysiau")
    number = find_theme(room.decider.get(TABLE["en"]), "Buses").removeprefix("theme-")
    word = {"cy": "themau", "en": "themes"}[language], {"cy": "enw", "en": "name"}[language]
    address = f"{TABLE[language]}/{word[0]}/{number}/{word[1]}"
    first, second = room.decider, sign_in("analyst")
    open_first, open_second = first.get(address), second.get(address)
    second.send(open_second, form=NEW, name_en="Evening buses", name_cy="Bysiau gyda’r nos")
    page = first.send(open_first, form=NEW, name_en="Late buses", name_cy="Bysiau hwyr")
    assert page.status == 409
    assert {"cy": "Bysiau gyda’r nos", "en": "Evening buses"}[language] in page
    assert page.one("#name_cy")["value"] == "Bysiau hwyr"
    assert "Late buses" in first.send(page, form=NEW) if language == "en" else first.send(page, form=NEW)


def test_a_participants_theme_is_merged_when_the_participant_says_so(room: Room) -> None:
    put_forward(room.tellers[0], name_en="Evenings")
    put_forward(room.decider, name_en="Buses")
    page = room.decider.get(TABLE["en"])
    theirs, own = (find_theme(page, name).removeprefix("theme-") for name in ("Evenings", "Buses"))
    asking = room.decider.get(f"/en/reading/1/themes/{theirs}/merge")
    asked = room.decider.send(asking, form="form#merge", into=own)
    assert "Whoever put this theme forward is asked" in asked
    press(room.tellers[0], "Evenings", merge="accept")
    after = room.tellers[0].get(TABLE["en"])
    assert not [card for card in after.soup.select(".theme h3") if "Evenings" in card.text]
    assert "Evenings" in after.one(f"#theme-{own}").text
    room.tellers[0].send(after, {"part": theirs}, form=f"#theme-{own} form")
    assert find_theme(room.tellers[0].get(TABLE["en"]), "Evenings")


def test_everyone_sees_their_own_word_and_not_that_of_others(room: Room) -> None:
    put_forward(room.tellers[0], name_en="Evenings")
    press(room.tellers[1], "Evenings", say="disagree")
    for teller, word in zip(room.tellers, ("You agree", "You do not agree"), strict=True):
        page = teller.get(TABLE["en"])
        card = page.one(f"#{find_theme(page, 'Evenings')}")
        assert word in [each.text for each in card.select(".state")]


def test_a_passage_of_the_machine_can_be_taken_out(room: Room) -> None:
    page, other = (teller.get(TABLE["en"]) for teller in room.tellers)
    card = page.soup.select(".theme:has(button[name=out])")[0]
    number = str(card.select("button[name=out]")[0]["value"])
    after = room.tellers[0].send(page, {"out": number}, form=f"#{card['id']} form")
    assert not after.soup.select(f'button[name=out][value="{number}"]')
    again = room.tellers[1].send(other, {"out": number}, form=f"#{card['id']} form")
    assert "was changed or merged meanwhile" in again


@pytest.mark.parametrize("button", [{}, {"say": "perhaps"}, {"out": "x"}, {"part": "999999999999999999999"}])
def test_a_button_that_was_not_on_the_page_changes_nothing(room: Room, button: dict[str, str]) -> None:
    put_forward(room.tellers[0], name_en="Evenings")
    assert press(room.tellers[1], "Evenings", **button).status in (200, 400)
    assert "Agree: 1 (participants: 1). Do not agree: 0." in room.tellers[0].get(TABLE["en"])


def test_after_closing_everything_stands_and_nothing_can_be_pressed(room: Room) -> None:
    put_forward(room.tellers[0], name_en="Evenings", name_cy="Nosweithiau")
    before = room.tellers[0].get(TABLE["en"])
    close(room)
    late = room.tellers[0].send(before, form=NEW, name_en="Too late")
    assert "was closed meanwhile" in late
    assert not late.soup.select(".theme button, form#name")
    assert "Evenings" in room.decider.get("/en/projects/bywyd-da")


def test_a_lower_rung_shows_themes_but_lets_nobody_make_any(room: Room, site: Site) -> None:
    with site.writing() as session:
        session.scalars(select(Stage)).one().rung = "involve"
    page = room.tellers[0].get(TABLE["en"])
    assert "staff group the stories" in page
    assert page.soup.select("button[name=say]")
    assert not page.soup.select("form#name, button[name=out]")
    number = str(page.soup.select(".theme")[0]["id"]).removeprefix("theme-")
    assert "only they can change it" in room.tellers[0].get(f"/en/reading/1/themes/{number}/name")


@BOTH
def test_without_anything_published_no_session_opens_and_staff_are_told_why(
    sign_in: SignIn, site: Site, language: str
) -> None:
    with site.writing() as session:
        make_project(session)
        session.scalars(select(Stage)).one().rung = "collaborate"
        session.query(Publication).delete()
    decider = sign_in("decision_maker")
    page = decider.send(decider.get(PROJECT[language]), form=OPEN)
    assert page.soup.select(".notice--warn")
    assert page.status == 200


def test_on_a_rung_where_nobody_sees_themes_no_session_is_offered(sign_in: SignIn, site: Site) -> None:
    with site.writing() as session:
        make_project(session)
    decider = sign_in("decision_maker")
    assert not decider.get(PROJECT["en"]).soup.select(OPEN)

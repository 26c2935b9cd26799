"""The queue: what waits, risk first, and nothing of the words."""

from datetime import timedelta

import pytest

from involve.web.site import Site
from tests.factories import NOW, make_project, make_story
from tests.pages import Browser
from tests.web.conftest import SignIn


def test_risk_stands_first_then_the_oldest_and_no_words_are_shown(moderator: Browser, site: Site) -> None:
    with site.writing() as session:
        first = make_story(session, text="The library closed and nobody asked.").reference
        second = make_story(session, text="He hits me every night and I am scared to go home.").reference
    queue = moderator.get("/en/staff")
    order = [link.text for link in queue.soup.select(".tasks a")]
    assert order == [second, first]
    assert "library" not in queue
    assert "scared" not in queue


def test_ticks_are_kept_when_stories_of_two_projects_cannot_be_answered_together(
    moderator: Browser, site: Site
) -> None:
    with site.writing() as session:
        make_project(session, "arall")
        chosen = [make_story(session).reference, make_story(session, "arall").reference]
        make_story(session)
    query = "&".join(f"story={reference}" for reference in chosen)
    back = moderator.get(f"/en/staff/replies/new?state=open&{query}")
    assert back.h1 == "Queue"
    ticked = [str(box["value"]) for box in back.soup.select("input[name=story][checked]")]
    assert sorted(ticked) == sorted(chosen)


def test_stories_of_another_body_are_neither_listed_nor_found(
    moderator: Browser, sign_in: SignIn, site: Site
) -> None:
    with site.writing() as session:
        reference = make_story(session).reference
    stranger = sign_in("moderator", "corff-arall")
    assert reference not in stranger.get("/en/staff")
    assert stranger.get(f"/en/staff/stories/{reference}").status == 404


def test_strange_addresses_show_the_queue(moderator: Browser) -> None:
    for query in ("state=withdrawn", "start=-5", "start=abc", "start=99999999999", "story=%F0"):
        assert moderator.get(f"/cy/staff?{query}").status == 200


@pytest.mark.parametrize("language", ["cy", "en"])
def test_each_line_says_in_words_what_was_noticed(moderator: Browser, site: Site, language: str) -> None:
    letter = (
        "Please keep the dry shed for bicycles at the station, because they rust in the rain and people stop."
    )
    with site.writing() as session:
        first = make_story(session, text=letter).reference
        make_story(session, text=f"{letter} Thank you.")
        make_story(session, text="My neighbour Gwenllian Tudur rings 01632 960123 when the bus fails.")
        make_story(session, text="Those planners should all be shot for that timetable.")
        make_story(session, text="test")
        make_story(session, text="The park is closed.", now=NOW - timedelta(days=9))
    lines = moderator.get(f"/{language}/staff").one(".tasks").text
    words = {
        "cy": (
            "Bron yr un fath â 1 stori arall",
            "enw (1), ffôn (1)",
            "Bygythiad neu gasineb",
            "Yn hwyr",
            "prawf",
        ),
        "en": ("Nearly the same as 1 other story", "name (1), phone (1)", "Threat or hatred", "Late", "test"),
    }
    for each in words[language]:
        assert each in lines
    assert first in lines
    assert "bicycles" not in lines


def test_filters_go_on_through_a_story_and_back(moderator: Browser, site: Site) -> None:
    with site.writing() as session:
        for text in (
            "Mae’r llyfrgell wedi cau ac mae’r plant yn oer ar ôl ysgol bob dydd.",
            "The park is closed.",
        ):
            make_story(session, text=text)
    queue = moderator.get("/en/staff")
    welsh = queue.one('.filters a[href*="language=cy"]')
    shown = moderator.get(str(welsh["href"]))
    [line] = shown.soup.select(".tasks a")
    story = moderator.get(str(line["href"]))
    assert story.soup.select(".story-nav a[rel]") == []
    back = moderator.get(str(story.one('.story-nav a[href*="language=cy"]')["href"]))
    assert len(back.soup.select(".tasks a")) == 1

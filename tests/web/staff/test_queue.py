"""The queue: what waits, risk first, and nothing of the words."""

from involve.web.site import Site
from tests.factories import make_project, make_story
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

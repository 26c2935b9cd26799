"""The feed of a filter: the list's own stories, each in its language, quoted only where its teller agreed to that."""

from typing import Any

import feedparser
import pytest
from lxml import etree

from involve.models import Publication, Story
from involve.services.tellers.my_story import withdraw_story
from involve.web.sharing.stories_feed import ENTRIES
from involve.web.site import Site
from tests.factories import NOW, make_project
from tests.pages import Browser, CheckedClient
from tests.publications import Shown, add_rows
from tests.web.feeds.test_feeds import ATOM, LANG, check_atom

FEEDS = {"cy": "/cy/tystiolaeth.atom", "en": "/en/evidence.atom"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])


@pytest.fixture
def stories(site: Site) -> list[str]:
    """References of a Welsh, an English and a mixed story that may be quoted, and one that may not, oldest first."""
    with site.writing() as session:
        slug = make_project(session)
        found = add_rows(
            session,
            slug,
            [
                Shown("Does dim bws <yma>.", "cy", tags=(("goal", "healthier", "concern"),)),
                Shown("The bus & the train.", area="W06000023"),
                Shown("Bws, or no bus?", "mixed"),
                Shown("Not to be quoted."),
            ],
        )
        session.query(Publication).filter(Publication.reference != found[-1]).update({"quotable": True})
    return found


def read(client: CheckedClient, path: str) -> Any:
    """Fetch a feed, hold it to RFC 4287, and return it as another's parser has it."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    check_atom(answer.data)
    feed = feedparser.parse(answer.data)
    assert (feed.bozo, feed.version) == (False, "atom10")
    return feed


@BOTH
def test_a_feed_holds_the_stories_newest_first_each_in_its_own_language(
    client: CheckedClient, stories: list[str], language: str
) -> None:
    feed = read(client, FEEDS[language])
    title = {"cy": "Stori", "en": "Story"}[language]
    assert [entry.title for entry in feed.entries] == [f"{title} {each}" for each in stories[::-1]]
    texts = {
        content.text: content.get(LANG)
        for content in etree.fromstring(client.get(FEEDS[language]).data).iter(f"{ATOM}content")
    }
    assert texts == {"Does dim bws <yma>.": "cy", "The bus & the train.": "en", "Bws, or no bus?": ""}
    assert "quoted" not in feed.entries[0].get("content", "")
    assert {"cy": "ddyfynnu", "en": "agreed"}[language] in feed.entries[0].summary
    for entry, reference in zip(feed.entries, stories[::-1], strict=True):
        assert client.get(entry.link.removeprefix("http://localhost")).status_code == 200
        assert entry.id == f"tag:localhost,2026:{language}/story/{reference}"


@BOTH
def test_a_filter_is_that_of_the_page_which_leads_to_the_feed(
    page: Browser, client: CheckedClient, stories: list[str], language: str
) -> None:
    listed = {"cy": "/cy/tystiolaeth", "en": "/en/evidence"}[language]
    shown = page.get(f"{listed}?area=W06000023&q=bus")
    (link,) = shown.soup.select('link[type="application/atom+xml"]')
    feed = read(client, str(link["href"]))
    assert [entry.title.split()[-1] for entry in feed.entries] == [stories[1]]
    assert "Powys" in feed.feed.title
    rels = {(each.rel, each.get("type"), each.get("hreflang")): each.href for each in feed.feed.links}
    other = {"cy": "en", "en": "cy"}[language]
    assert rels["self", "application/atom+xml", None].endswith(str(link["href"]))
    twin = rels["alternate", "application/atom+xml", other].removeprefix("http://localhost")
    assert len(read(client, twin).entries) == 1
    assert page.get(rels["alternate", "text/html", language].removeprefix("http://localhost")).status == 200


def test_the_same_filter_is_the_same_feed_and_another_is_another(
    client: CheckedClient, stories: list[str]
) -> None:
    asked = ("goal=healthier&stance=concern", "stance=concern&goal=healthier", "stance=concern", "")
    ids = [read(client, f"{FEEDS['en']}?{each}").feed.id for each in asked]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_a_long_feed_goes_on_page_by_page_and_a_withdrawn_story_is_gone(
    client: CheckedClient, site: Site, project: str
) -> None:
    with site.writing() as session:
        expected = add_rows(session, project, [Shown()] * (ENTRIES + 2))
    found, path = [], FEEDS["en"]
    while path:
        feed = read(client, path)
        found += [entry.title.split()[-1] for entry in feed.entries]
        path = next((each.href for each in feed.feed.links if each.rel == "next"), "").removeprefix(
            "http://localhost"
        )
    assert found == expected[::-1]
    with site.writing() as session:
        withdraw_story(session, session.query(Story).filter_by(reference=expected[-1]).one().id, NOW)
    assert expected[-1] not in client.get(FEEDS["en"]).get_data(as_text=True)


@BOTH
def test_an_address_that_cannot_be_used_says_what_is_wrong(page: Browser, language: str) -> None:
    refused = page.get(f"{FEEDS[language]}?goal=dim&colour=coch&from=2026-02-31")
    assert refused.status == 400
    for word in ("colour", "2026-02-31", "stance"):
        assert word in refused.html

"""Feeds: read by another's parser, found from the pages, the same until something happens, and with nothing private."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from lxml import etree
from sqlalchemy import update

from involve.models import Outcome, Project, Reply, Stage
from involve.vocabulary.news import NEWS_KINDS
from involve.web.site import Site
from tests.factories import NOW, make_project
from tests.pages import Browser, CheckedClient
from tests.services.following.happened import answer, decide, note_outcome, stage_of

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEEDS = {"cy": "/cy/ffrydiau/prosiect/bywyd-da.xml", "en": "/en/feeds/project/bywyd-da.xml"}
ALL = {"cy": "/cy/ffrydiau/popeth.xml", "en": "/en/feeds/everything.xml"}


@pytest.fixture
def decision(site: Site, project: str) -> int:
    """A decision in a project where several things happened, beside another project."""
    with site.writing() as session:
        make_project(session, "arall", body="corff-arall")
        answer(session, "arall")
        answer(session, at=NOW - timedelta(hours=1))
        found = decide(session, at=NOW - timedelta(hours=3))
        note_outcome(session, found, at=NOW - timedelta(hours=2))
        return found


def read(client: CheckedClient, path: str) -> Any:
    """Fetch a feed, hold it to what RFC 4287 demands, and return it as the parser has it."""
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    check_atom(response.get_data())
    feed = feedparser.parse(response.get_data())
    assert (feed.bozo, feed.version) == (False, "atom10")
    return feed


def check_atom(written: bytes) -> None:
    """Hold a feed to the rules of RFC 4287 about what must be there, and how often."""
    root = etree.fromstring(written)
    assert root.tag == f"{ATOM}feed"
    once = ("id", "title", "updated")
    for element in (root, *root.findall(f"{ATOM}entry")):
        assert [len(element.findall(f"{ATOM}{name}")) for name in once] == [1, 1, 1]
        assert element.find(f"{ATOM}author/{ATOM}name").text
        links = [
            (each.get("rel", "alternate"), each.get("type"), each.get("hreflang"))
            for each in element.findall(f"{ATOM}link")
        ]
        alternate = [each for each in links if each[0] == "alternate"]
        assert alternate
        assert len(set(alternate)) == len(alternate)
        assert all(each.get("href", "").startswith("http") for each in element.findall(f"{ATOM}link"))
        for moment in element.findall(f"{ATOM}updated") + element.findall(f"{ATOM}published"):
            assert moment.text.endswith(("+00:00", "Z"))
    assert [each.get("rel") for each in root.findall(f"{ATOM}link")].count("self") == 1
    ids = [each.text for each in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("tag:") for each in ids)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_feed_says_in_its_language_what_happened_newest_first(
    client: CheckedClient, decision: int, language: str
) -> None:
    feed = read(client, FEEDS[language])
    titles = {
        "cy": [
            "Ateb cyhoeddus: Bywyd da yn y fro",
            "Penderfyniad wedi’i wireddu: Bws hwyr ar nos Wener",
            "Penderfyniad: Bws hwyr ar nos Wener",
            "Prosiect newydd: Bywyd da yn y fro",
            "Ar agor i straeon: Bywyd da yn y fro",
        ],
        "en": [
            "Public answer: A good life locally",
            "Decision carried out: A late bus on Fridays",
            "Decision: A late bus on Fridays",
            "New project: A good life locally",
            "Open for stories: A good life locally",
        ],
    }
    found = [entry.title for entry in feed.entries]
    assert sorted(found) == sorted(titles[language])
    moments = [entry.published_parsed for entry in feed.entries]
    assert moments == sorted(moments, reverse=True)
    assert {entry.title_detail.language for entry in feed.entries} == {language}
    summary = next(each.summary for each in feed.entries if "decision" in each.id)
    assert summary == {"cy": "Bydd bws am ddeg.", "en": "There will be a bus at ten."}[language]
    assert feed.feed.links[0].href.endswith(FEEDS[language])
    twin = next(
        each for each in feed.feed.links if each.type == "application/atom+xml" and each.rel == "alternate"
    )
    assert twin.href.endswith(FEEDS["en" if language == "cy" else "cy"])


def test_every_entry_leads_to_a_page_that_is_there(
    client: CheckedClient, site: Site, page: Browser, decision: int
) -> None:
    with site.writing() as session:
        for status in ("agreed", "under_way", "not_done"):
            note_outcome(session, decision, status)
        stage_of(session).closes_on = (NOW + timedelta(days=3)).date()
        make_project(session, "trydydd", body="corff-arall")
        # One was answered too late, the other not at all.
        for slug in ("arall", "trydydd"):
            missed = stage_of(session, slug)
            missed.closes_on = missed.answer_by = NOW.date() - timedelta(days=1)
    seen = set()
    for language in ("cy", "en"):
        for entry in read(client, ALL[language]).entries:
            path, _, part = entry.link.partition("://")[2].partition("/")[2].partition("#")
            shown = page.get(f"/{path}")
            assert shown.status == 200, entry.link
            assert shown.soup.html is not None
            assert shown.soup.html["lang"] == language
            assert not part or shown.soup.find(id=part) is not None, entry.link
            seen.add(entry.title.partition(":")[0])
    told = {kind.heading.en for kind in NEWS_KINDS} - {"The promise was lowered", "The promise was changed"}
    assert told - seen <= {"The promise was kept in time"}


def test_ids_stay_when_more_happens_and_differ_by_language(
    client: CheckedClient, site: Site, clock: Any, decision: int
) -> None:
    before = {entry.title: entry.id for entry in read(client, FEEDS["en"]).entries}
    clock.move(days=100)
    with site.writing() as session:
        answer(session, at=clock.now)
    after = read(client, FEEDS["en"])
    assert set(before.values()) < {entry.id for entry in after.entries}
    welsh = read(client, FEEDS["cy"])
    assert not {each.id for each in welsh.entries} & {each.id for each in after.entries}
    assert welsh.feed.id != after.feed.id


def test_a_reader_that_has_the_newest_is_sent_nothing_until_something_happens(
    client: CheckedClient, site: Site, decision: int
) -> None:
    for packing in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}):
        first = client.get(FEEDS["en"], headers=packing)
        marks = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
        for sent in (
            marks,
            {"If-None-Match": marks["If-None-Match"]},
            {"If-Modified-Since": marks["If-Modified-Since"]},
        ):
            again = client.get(FEEDS["en"], headers={**packing, **sent})
            assert (again.status_code, again.get_data()) == (304, b"")
            other = client.get(ALL["en"], headers={**packing, "If-None-Match": marks["If-None-Match"]})
            assert other.status_code == 200
    with site.writing() as session:
        answer(session, at=NOW + timedelta(minutes=1))
    assert client.get(FEEDS["en"], headers=marks).status_code == 200


def test_what_is_taken_back_or_unlisted_is_gone_from_the_feed_at_once(
    client: CheckedClient, site: Site, decision: int
) -> None:
    def titles() -> str:
        return " ".join(entry.title for entry in read(client, ALL["en"]).entries)

    assert "Decision carried out" in titles()
    with site.writing() as session:
        session.query(Outcome).delete()
    assert "Decision carried out" not in titles()
    with site.writing() as session:
        session.execute(update(Reply).values(public=False))
    assert "Public answer" not in titles()
    with site.writing() as session:
        session.execute(update(Project).where(Project.slug == "bywyd-da").values(listed=False))
    assert "late bus" not in titles()
    for path in (FEEDS["en"], f"/en/feeds/decision/{decision}.xml", "/en/feeds/body/corff-prawf.xml"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("/en/projects/bywyd-da", "/en/feeds/project/bywyd-da.xml"),
        ("/cy/prosiectau/bywyd-da", "/cy/ffrydiau/prosiect/bywyd-da.xml"),
        ("/en/what-changed", "/en/feeds/everything.xml"),
        ("/cy/beth-newidiodd", "/cy/ffrydiau/popeth.xml"),
        ("/en/decisions/{decision}", "/en/feeds/decision/{decision}.xml"),
    ],
)
def test_a_page_tells_programs_and_people_where_its_feed_is(
    page: Browser, decision: int, address: str, feed: str
) -> None:
    shown = page.get(address.format(decision=decision))
    there = feed.format(decision=decision)
    assert shown.one('head link[type="application/atom+xml"]')["href"] == there
    assert [each["href"] for each in shown.soup.select(f'main a[href="{there}"]')] == [there]
    assert page.client.get(there).status_code == 200


def test_an_unlisted_project_offers_no_feed(page: Browser, site: Site, decision: int) -> None:
    with site.writing() as session:
        session.execute(update(Project).values(listed=False))
    for address in ("/en/projects/bywyd-da", f"/en/decisions/{decision}"):
        assert not page.get(address).soup.select('[type="application/atom+xml"]')


def test_words_that_no_xml_can_hold_break_no_feed(client: CheckedClient, site: Site, decision: int) -> None:
    with site.writing() as session:
        session.execute(update(Reply).values(text_en="Bell \x07, <b>bold</b> & \ufffe ]]> end"))
        session.execute(update(Stage).values(question_en="q" * 10_000))
    answered = next(each for each in read(client, FEEDS["en"]).entries if "answer" in each.id)
    assert answered.summary.startswith("Bell \ufffd, ")
    assert "end" in answered.summary


def test_a_thing_to_which_nothing_happened_has_an_empty_feed(client: CheckedClient) -> None:
    for path in (ALL["cy"], "/cy/ffrydiau/nod/culture.xml", "/en/feeds/area/W06000023.xml"):
        assert read(client, path).entries == []


@pytest.mark.parametrize(
    "path",
    [
        "project/nid-yw-yma",
        "decision/1",
        "decision/x",
        "goal/happiness",
        "area/W99",
        "body/x%00",
        "nothing/1",
        "theme/9",
    ],
)
def test_a_feed_of_nothing_is_not_found(client: CheckedClient, path: str) -> None:
    assert client.get(f"/en/feeds/{path}.xml").status_code == 404

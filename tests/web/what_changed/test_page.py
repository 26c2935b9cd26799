"""The list of what changed: each project's question, its published stories, and the answer or its absence."""

import pytest

from involve.services.moderation.replies import reply_to_stories
from involve.services.snapshots.due import take_snapshot
from involve.web.site import Site
from tests.factories import Clock, make_project, make_staff, make_story
from tests.pages import Browser, words_of
from tests.publications import make_public

PATHS = ("/cy/beth-newidiodd", "/en/what-changed")
PROJECT = {"cy": "/cy/beth-newidiodd/prosiectau/bywyd-da", "en": "/en/what-changed/projects/bywyd-da"}
ANSWER = ("Bydd bws hwyr o fis Medi ymlaen.", "There will be a late bus from September.")


def answer(site: Site, reference: str, clock: Clock, public: bool) -> None:
    with site.writing() as session:
        reply_to_stories(session, make_staff(session), [reference], *ANSWER, clock(), public=public)


def test_an_answer_is_shown_in_the_language_of_the_page(
    page: Browser, site: Site, project: str, clock: Clock
) -> None:
    with site.writing() as session:
        reference = make_public(session, "There is no bus after six.")
    answer(site, reference, clock, public=True)
    for path, words, other in zip(PATHS, ANSWER, ANSWER[::-1], strict=True):
        shown = page.get(path)
        assert words in words_of(shown.one("blockquote.answer"))
        assert other not in shown


def test_a_private_answer_is_not_shown(page: Browser, site: Site, project: str, clock: Clock) -> None:
    with site.writing() as session:
        reference = make_public(session, "There is no bus after six.")
    answer(site, reference, clock, public=False)
    for path in PATHS:
        assert page.get(path).soup.select("blockquote.answer") == []


def test_the_number_is_of_published_stories_and_leads_to_them(
    page: Browser, site: Site, project: str
) -> None:
    with site.writing() as session:
        make_public(session, "There is no bus after six, and I am ill.")
        make_public(session, "Nid oes bws ar ôl chwech.")
        make_story(session, text="Nobody has published this one.")
    shown = page.get("/en/what-changed")
    (link,) = [each for each in shown.soup.select("article.card p a") if "published" in words_of(each)]
    assert words_of(link) == "2 published stories"
    assert words_of(page.get(str(link["href"])).one(".count-line")) == "2 stories"
    for bar in page.get(f"/en/what-changed/projects/{project}").soup.select(".bars li"):
        assert words_of(page.get(str(bar.a["href"])).one(".count-line")).split()[0] == words_of(
            bar.select(".count")[0]
        )  # type: ignore[index]


@pytest.mark.parametrize("days", [60, 61])
def test_a_missing_answer_is_said_to_be_late_the_day_after_it_was_due(
    page: Browser, project: str, clock: Clock, days: int
) -> None:
    clock.move(days=days)
    for path in PATHS:
        shown = page.get(path)
        assert any(words in shown for words in ("The public answer is late", "ateb cyhoeddus yn hwyr")) == (
            days > 60
        )


def test_projects_to_come_are_left_out_and_unlisted_ones_too(page: Browser, site: Site) -> None:
    with site.writing() as session:
        make_project(session, "eto-i-ddod", opens=2, closes=20)
    for path in PATHS:
        assert page.get(path).soup.select(".empty")


def test_the_project_with_the_newest_answer_stands_first(
    page: Browser, site: Site, project: str, clock: Clock
) -> None:
    with site.writing() as session:
        make_project(session, "prosiect-arall")
        references = [
            make_public(session, f"No bus, {slug}.", project=slug) for slug in (project, "prosiect-arall")
        ]
    for reference in references:
        clock.move(days=1)
        answer(site, reference, clock, public=True)
    headings = page.get("/en/what-changed").soup.select("article.card h2 a")
    assert [str(link["href"]).split("/")[-1] for link in headings] == ["prosiect-arall", project]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_how_people_were_answered_is_counted_by_language_with_the_day_and_what_it_means(
    page: Browser, site: Site, project: str, clock: Clock, language: str
) -> None:
    with site.writing() as session:
        told = [make_story(session).reference for _ in range(11)]
        reply_to_stories(session, make_staff(session), told, *ANSWER, clock())
    clock.move(days=100)
    with site.writing() as session:
        take_snapshot(session, clock())
    few, day = {"cy": ("Rhy ychydig i ddweud", "6 Gorffennaf 2026"), "en": ("Too few to say", "6 July 2026")}[
        language
    ]
    for path in (PATHS[language == "en"], PROJECT[language]):
        rows = {
            words_of(row.th): [words_of(cell) for cell in row.select("td")]
            for row in page.get(path).soup.select("tr:has(td)")
        }
        assert rows[{"cy": "Straeon a gafodd ateb", "en": "Stories that were answered"}[language]][1] == few
        shown = page.get(path)
        assert {"cy": "11 o 11", "en": "11 of 11"}[language] in shown
        assert day in shown
        assert {
            "cy": "straeon a gafodd ateb ÷ straeon a gyfrifwyd",
            "en": "stories answered ÷ stories counted",
        }[language] in shown
    assert {"cy": "1 wythnos", "en": "1 week"}[language] in page.get(PROJECT[language])
